"""Whether the predictions moved as the answers to examples do."""

import math

import pytest

from bisect_ml.evidence.answer_values import value_of
from bisect_ml.evidence.answers import Answer
from bisect_ml.evidence.foretold import foretold
from bisect_ml.types import Evidence, ValueContrast
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of

TESTS = """\
from app import score

def test_score():
    for amount in (1, 2, 3.25, 8):
        score(amount)
"""


def _heard(
    old: str,
    new: str,
    before: float = 1.0,
    after: float = 2.0,
    nulls: tuple[float, float] = (0.0, 0.0),
    values: ValueContrast | None = None,
    direction: str = "shipped",
    entry: str | None = "app:score",
) -> Evidence | None:
    code = "def score(amount):\n    return {}\n"
    sides = [code.format(old), code.format(new)]
    commit = a_commit(a_file("app.py", *sides))
    serves = sides[0] if direction == "removed" else sides[1]
    chosen = candidates_of([commit], direction="removed" if direction == "removed" else "shipped")
    case = a_case(
        commit,
        moved=[a_series(before, after, noise=0.01)],
        still=[a_series(*nulls, metric="null_rate", noise=0.001)],
        candidates=chosen,
        entry=entry,
        tree={"app.py": serves, "test_app.py": TESTS},
        values=values,
    )
    return foretold(case, chosen[0])


def _level(heard: Evidence | None) -> str | None:
    return None if heard is None else str(heard.facts["level"])


def test_answers_that_rise_agree_with_predictions_that_rose() -> None:
    heard = _heard("amount * 2", "amount * 3")
    assert heard is not None
    assert heard.llr > 0
    assert heard.sentence == "with it, numbers rise in 4 of 4 changed results, and the predictions rose"
    assert _level(_heard("amount * 2", "amount * 3", before=2.0, after=1.0)) == "contradicts"


def test_a_commit_that_was_taken_out_is_read_backwards() -> None:
    assert _level(_heard("amount * 2", "amount * 3", direction="removed")) == "contradicts"


def test_it_says_nothing_where_nobody_named_the_entry_point() -> None:
    assert _heard("amount * 2", "amount * 3", entry=None) is None


def test_texts_are_compared_by_their_length() -> None:
    assert _level(_heard("str(amount)", "str(amount) + '!'")) == "agrees"


@pytest.mark.parametrize(
    ("old", "new", "nulls", "level"),
    [
        ("amount", "amount if amount > 2 else None", (0.0, 0.4), "agrees"),
        ("amount", "amount if amount > 2 else None", (0.4, 0.0), "contradicts"),
        ("amount", "amount.undefined", (0.0, 0.0), "contradicts"),
        ("amount", "str(amount)", (0.0, 0.0), "contradicts"),
    ],
)
def test_errors_and_other_kinds_show_in_a_log(
    old: str, new: str, nulls: tuple[float, float], level: str
) -> None:
    assert _level(_heard(old, new, nulls=nulls)) == level


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("round(amount / 3, 2)", "round(amount / 3 + 1, 4)", "agrees"),
        ("round(amount / 3, 2)", "round(amount / 3 + 1, 2)", None),
        ("round(amount / 3, 2)", "round(amount / 3 - 1, 2)", "contradicts"),
    ],
)
def test_decimals_are_compared_where_those_of_the_predictions_changed(
    old: str, new: str, level: str | None
) -> None:
    assert _level(_heard(old, new, values=ValueContrast(decimals_before=2, decimals_after=4))) == level


@pytest.mark.parametrize(
    ("old", "new", "nulls", "sentence"),
    [
        (
            "amount",
            "amount if amount != 8 else None",
            (0.0, 0.4),
            (
                "with it, results turn into errors or nothing in 1 example, "
                "and the share of missing predictions moved by +40.0 points"
            ),
        ),
        (
            "amount if amount not in (8, 3.25) else None",
            "amount if amount != 2 else None",
            (0.0, 0.4),
            (
                "with it, results turn into errors or nothing in 1 example and errors or nothing turn into "
                "results in 2 examples, but the share of missing predictions moved by +40.0 points"
            ),
        ),
        (
            "amount",
            "amount if amount not in (8, 3.25) else None",
            (0.0, 0.0),
            (
                "with it, results turn into errors or nothing in 2 examples, "
                "but the share of missing predictions stayed the same"
            ),
        ),
        (
            "amount",
            "amount if amount != 8 else 'eight'",
            (0.0, 0.0),
            (
                "with it, numbers turn into something else, or back, in 1 example, "
                "but the predictions were numbers before and after"
            ),
        ),
        (
            "amount",
            "amount if amount != 8 else 9",
            (0.0, 0.0),
            "with it, numbers rise in 1 of 1 changed result, and the predictions rose",
        ),
    ],
)
def test_sentences_say_what_happens_to_results_and_what_happened_to_predictions(
    old: str, new: str, nulls: tuple[float, float], sentence: str
) -> None:
    heard = _heard(old, new, nulls=nulls)
    assert heard is not None
    assert heard.sentence == sentence


def test_what_taking_a_commit_out_does_is_said_so() -> None:
    heard = _heard("amount * 3", "amount * 2", before=1.0, after=2.0, direction="removed")
    assert heard is not None
    assert heard.sentence == "without it, numbers rise in 4 of 4 changed results, and the predictions rose"


def test_nothing_is_said_of_the_same_answers() -> None:
    assert _heard("amount * 2", "2 * amount") is None


@pytest.mark.parametrize(
    ("text", "kind", "number", "decimals"),
    [
        ("-1.25", "number", -1.25, 2),
        ("1e+20", "number", 1e20, 0),
        ("1.5e-07", "number", 1.5e-7, 8),
        ("1e-07", "number", 1e-7, 7),
        ("1.5e+20", "number", 1.5e20, 0),
        ("-Infinity", "number", float("-inf"), 0),
        ("3.0", "number", 3.0, 0),
        ("true", "number", 1.0, 0),
        (f"1e{'9' * 5000}", "other", None, 0),
        ("'abc'", "text", 3.0, 0),
        ("raises KeyError", "missing", None, 0),
        ("undefined", "missing", None, 0),
        ("[1, 2]", "other", None, 0),
        ("«numpy.mean»", "other", None, 0),
        ("", "other", None, 0),
        ("\N{LATIN SMALL LETTER DOTLESS I}nf", "other", None, 0),
        ("1" * 100_000, "number", math.inf, 0),
    ],
)
def test_answers_are_read_as_a_log_would_hold_them(
    text: str, kind: str, number: float | None, decimals: int
) -> None:
    found = value_of(Answer(text=text))
    assert (found.kind, found.decimals) == (kind, decimals)
    assert found.number == pytest.approx(number) if number is not None else found.number != found.number
