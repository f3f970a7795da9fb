import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources.column_parts import Wanted, assign_parts
from bisect_ml.sources.columns import ColumnProfile

ROWS = 1_000


def instant(name: str) -> ColumnProfile:
    return ColumnProfile(name=name, type="instant", filled=ROWS, distinct=ROWS)


def floats(name: str) -> ColumnProfile:
    return ColumnProfile(
        name=name, type="number", filled=ROWS, distinct=ROWS, numbers=ROWS, integers=3, low=0, high=1
    )


def whole(name: str, distinct: int, low: float = 0) -> ColumnProfile:
    return ColumnProfile(
        name=name,
        type="number",
        filled=ROWS,
        distinct=distinct,
        numbers=ROWS,
        integers=ROWS,
        low=low,
        high=low + distinct,
    )


def text(name: str, distinct: int) -> ColumnProfile:
    return ColumnProfile(name=name, type="text", filled=ROWS, distinct=distinct)


def test_an_ordinary_log_is_understood() -> None:
    parts = assign_parts(
        [
            text("request_id", ROWS),
            instant("Event-Time"),
            text("country", 12),
            ColumnProfile(name="is_mobile", type="boolean", filled=ROWS, distinct=2),
            whole("tier", 3),
            whole("customer_id", 900),
            floats("amount"),
            whole("age", 60),
            floats("Score"),
            floats("y_true"),
            text("git.sha", 4),
        ],
        Wanted(),
        "log.csv",
    )
    assert parts.timestamp == "Event-Time"
    assert parts.prediction == "Score"
    assert parts.version == "git.sha"
    assert parts.slices == ("country", "is_mobile", "tier")
    assert parts.features == ("amount", "age")
    assert parts.guesses == (
        "timestamp: column 'Event-Time'",
        "prediction: column 'Score'",
        "version: column 'git.sha'",
        "slices: 'country', 'is_mobile', 'tier'",
        "features: 'amount', 'age'",
    )


@pytest.mark.parametrize(
    "name", ["timestamp", "ts", "TIME", "created_at", "event_time", "logged at", "date", "createdAt"]
)
def test_names_of_times(name: str) -> None:
    assert assign_parts([floats("score"), instant(name)], Wanted(), "log").timestamp == name


@pytest.mark.parametrize("name", ["prediction", "Score", "y_pred", "yhat", "output", "probability", "value"])
def test_names_of_predictions(name: str) -> None:
    columns = [instant("ts"), floats("other"), floats(name)]
    assert assign_parts(columns, Wanted(), "log").prediction == name


def test_names_of_two_words_may_be_written_as_one_with_a_capital() -> None:
    columns = [instant("createdAt"), floats("modelScore"), text("gitSha", 4), whole("customerId", 900)]
    parts = assign_parts(columns, Wanted(), "log")
    assert (parts.prediction, parts.version, parts.features) == ("modelScore", "gitSha", ())


def test_of_two_candidates_the_order_of_names_decides_and_is_said() -> None:
    parts = assign_parts(
        [instant("created_at"), instant("ts"), floats("value"), floats("score")], Wanted(), "log"
    )
    assert (parts.timestamp, parts.prediction) == ("ts", "score")
    assert parts.guesses[:2] == (
        "timestamp: column 'ts' (not 'created_at'; choose with --timestamp COLUMN)",
        "prediction: column 'score' (not 'value'; choose with --prediction COLUMN)",
    )


def test_the_only_column_with_fractions_is_the_prediction() -> None:
    parts = assign_parts([instant("ts"), whole("n", 50), floats("flesch"), floats("y_true")], Wanted(), "log")
    assert parts.prediction == "flesch"


def test_the_only_column_of_times_needs_no_name() -> None:
    assert assign_parts([instant("zeit"), floats("score")], Wanted(), "log").timestamp == "zeit"


def test_numbers_are_times_only_under_the_name_of_one() -> None:
    epochs = whole("logged", 900, low=1.7e9)
    with pytest.raises(InputError, match="which column is the timestamp"):
        assign_parts([epochs, floats("score")], Wanted(), "log")
    assert assign_parts([whole("logged_at", 900, low=1.7e9), floats("score")], Wanted(), "log").timestamp


@pytest.mark.parametrize(
    ("columns", "part"),
    [
        ([floats("score"), text("when?", ROWS)], "timestamp"),
        ([instant("ts"), floats("a"), floats("b")], "prediction"),
        ([instant("ts"), text("note", ROWS)], "prediction"),
    ],
)
def test_what_cannot_be_guessed_is_asked_for(columns: list[ColumnProfile], part: str) -> None:
    with pytest.raises(InputError) as caught:
        assign_parts(columns, Wanted(), "log.csv")
    assert caught.value.message.startswith(f"log.csv: cannot tell which column is the {part}")
    assert all(repr(column.name) in caught.value.message for column in columns)
    assert caught.value.hint == f"name it with --{part} COLUMN"


def test_named_columns_are_taken_and_not_guessed_again() -> None:
    wanted = Wanted(timestamp="seen", prediction="B", slices=("shop",), features=(), version="tag")
    columns = [
        instant("ts"),
        instant("seen"),
        floats("score"),
        floats("b"),
        text("shop", 400),
        text("tag", 3),
    ]
    parts = assign_parts([*columns, text("country", 3)], wanted, "log")
    assert (parts.timestamp, parts.prediction, parts.version) == ("seen", "b", "tag")
    assert parts.slices == ("shop",)
    assert parts.features == ()
    assert parts.guesses == ()


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("timestamp", Wanted(timestamp="nope")),
        ("prediction", Wanted(prediction="nope")),
        ("version", Wanted(version="nope")),
    ],
)
def test_a_named_column_must_be_there(part: str, wanted: Wanted) -> None:
    with pytest.raises(InputError, match="no column 'nope'") as caught:
        assign_parts([instant("ts"), floats("score")], wanted, "log")
    assert f"--{part} COLUMN" in caught.value.hint
    assert "'ts', 'score'" in caught.value.hint


def test_named_slices_and_features_must_be_there() -> None:
    with pytest.raises(InputError, match="no column 'x'"):
        assign_parts([instant("ts"), floats("score")], Wanted(slices=("x",)), "log")
    with pytest.raises(InputError, match="no column 'y'"):
        assign_parts([instant("ts"), floats("score")], Wanted(features=("y",)), "log")


def test_too_many_slice_columns_are_cut_and_said() -> None:
    columns = [instant("ts"), floats("score"), *(text(f"kind{n}", 4) for n in range(9))]
    parts = assign_parts(columns, Wanted(), "log")
    assert parts.slices == tuple(f"kind{n}" for n in range(6))
    assert "left out: 'kind6', 'kind7', 'kind8'" in parts.guesses[2]


@pytest.mark.parametrize(
    "column",
    [
        text("user", 800),
        text("constant", 1),
        text("shop", 51),
        whole("shop_id", 51),
        text("label", 2),
        whole("n", 5),
    ],
)
def test_what_is_no_slice(column: ColumnProfile) -> None:
    assert assign_parts([instant("ts"), floats("score"), column], Wanted(), "log").slices == ()
