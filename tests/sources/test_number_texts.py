"""Numbers as people and spreadsheets write them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources import PredictionLog, open_predictions
from bisect_ml.sources.database import Database, literal
from bisect_ml.sources.number_texts import NumberGuess, NumberStyle, guess_style
from bisect_ml.sources.pairs import PairOptions, tally_predictions
from tests.prediction_logs import START, assert_equal, write_rows

BARE = "write all numbers with a decimal point and no other sign, such as 1234.5"


def guessed(*texts: str) -> NumberGuess:
    with Database() as database:
        return guess_style(database, " UNION ALL ".join(f"SELECT {literal(text)} AS x" for text in texts))


def values(style: NumberStyle, *texts: str) -> list[float | None]:
    with Database() as database:
        return [database.row(f"SELECT {style.sql(literal(text))}")[0] for text in texts]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["0,34", "0,5", "1"], [0.34, 0.5, 1.0]),
        (["0,340", "0,120", "1,234"], [0.34, 0.12, 1.234]),
        (["1.234,56", "-12,5", "+7", "1.234", ",5"], [1234.56, -12.5, 7.0, 1234.0, 0.5]),
        (["1 234,5", "1\u00a0234,5", "1\u202f234 567,5", "1,5E-05"], [1234.5, 1234.5, 1234567.5, 1.5e-05]),
        (["0,5", "inf", "-Infinity", "0,25", "1"], [0.5, np.inf, -np.inf, 0.25, 1.0]),
        (["1,234.56", "999.50", "1,234", "12"], [1234.56, 999.5, 1234.0, 12.0]),
        (["1,234,567", "12,34,567", "1,234"], [1234567.0, 1234567.0, 1234.0]),
        (["1'234.50", "1\u2019234", "12"], [1234.5, 1234.0, 12.0]),
        (["1 234", "12"], [1234.0, 12.0]),
        (["\u22120,5", "\u22121.234,5", "0,5"], [-0.5, -1234.5, 0.5]),
        (["\u22120.5", "0.5"], [-0.5, 0.5]),
        (["12.3%", "5 %", "-100%"], [0.123, 0.05, -1.0]),
        (["12,3 %", "1.200,5%", "0%"], [0.123, 12.005, 0.0]),
    ],
)
def test_what_can_be_read_in_one_way_is_read(texts: list[str], numbers: list[float]) -> None:
    guess = guessed(*texts)
    assert guess.doubt == ""
    assert guess.style.decimal
    assert values(guess.style, *texts) == pytest.approx(numbers, rel=1e-12)


@pytest.mark.parametrize(
    "texts",
    [
        ["0.34", "12", "1e-05", "nan", "inf"],
        ["1.234", "2.345"],
        ["7"] * 9 + ["1.234"] * 50,
        ["7"] * 50 + ["1.234"] * 50 + ["1.5"],
        ["7"] * 50 + ["1.234"] * 50 + ["1000"],
        ["approve", "review", "0,5"],
        ["10.0.0.1", "10.1.200.3"],
        ["a,b", "c,d"],
        ["2026-03-02 10:00:00,5", "2026-03-02 10:00:01,5"],
        ["-", ",", "%"],
        [""],
    ],
)
def test_other_columns_are_left_alone(texts: list[str]) -> None:
    assert guessed(*texts) == NumberGuess()


@pytest.mark.parametrize(
    ("texts", "doubt"),
    [
        (["1,234", "987", "12,345"], "'1,234', whose comma may part thousands or decimals"),
        (["7"] * 10 + ["1.234"] * 10, "'1.234', whose point may part thousands or decimals"),
        (["7"] * 999 + ["1,234"], "'1,234', whose comma may part thousands or decimals"),
        (["0,34", "0.34"], "'0,34', with a decimal comma, and '0.34', with a decimal point"),
        (["0,5", "1,234.5"], "'0,5', with a decimal comma, and '1,234.5', with a decimal point"),
        (["12.3%", "0.123"], "'12.3%', in per cent, and '0.123', which is not"),
    ],
)
def test_what_can_be_read_in_two_ways_is_in_doubt(texts: list[str], doubt: str) -> None:
    assert guessed(*texts) == NumberGuess(doubt=doubt)


def test_slips_do_not_change_how_the_others_are_read() -> None:
    assert guessed(*["0.5"] * 199, "0,5") == NumberGuess()
    assert guessed(*["0.5"] * 199, "5%") == NumberGuess()
    assert guessed(*["0,5"] * 199, "0.5").style == NumberStyle(decimal=",")
    assert guessed(*["5%"] * 199, "5").style == NumberStyle(decimal=".", percent=True)
    assert values(NumberStyle(decimal=","), "0.5", "5%", "much", "") == [None] * 4
    assert values(NumberStyle(decimal=".", percent=True), "5") == [None]


def comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def written(folder: Path, cell: Callable[[float], str], *, step: float = 0.01) -> Path:
    """A CSV file of 400 hours, semicolons between, whose scores have forty values."""
    moments = pd.date_range(START, periods=400, freq="h")
    lines = [f"{at:%Y-%m-%dT%H:%MZ};{cell(n % 40 * step)};{cell(n / 8)}" for n, at in enumerate(moments)]
    return write_rows(folder / "log.csv", ["ts;score;amount", *lines])


def means(log: PredictionLog) -> Sequence[float]:
    found = {one.name: one for one in (*log.buckets(86_400), *log.features(86_400))}
    return [*found["mean"].values, *found["feature[amount]"].values]


def test_decimal_commas_are_numbers_in_predictions_and_features(tmp_path: Path) -> None:
    with open_predictions(written(tmp_path, lambda number: f"{number:.2f}")) as log:
        expected = means(log)
    with open_predictions(written(tmp_path, comma)) as log:
        assert (log.columns.kind, log.columns.features) == ("numeric", ("amount",))
        assert log.rows == 400
        assert "numbers: 'score': '0,00' is read as 0" in log.guesses
        assert "numbers: 'amount': '0,00' is read as 0" in log.guesses
        assert_equal(np.array(means(log)), expected)


@pytest.mark.parametrize(
    ("cell", "guess"),
    [
        (lambda number: f"{number * 1e6:,.2f}", "'10,000.00' is read as 10000"),
        (lambda number: f"{number:.1%}", "'0.0%' is read as 0"),
    ],
)
def test_thousands_and_per_cent_are_numbers(tmp_path: Path, cell: Callable[[float], str], guess: str) -> None:
    with open_predictions(written(tmp_path, cell)) as log:
        assert log.columns.kind == "numeric"
        assert f"numbers: 'score': {guess}" in log.guesses


def test_a_log_whose_numbers_are_in_doubt_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, lambda number: f"{number:,.0f}", step=100)
    with pytest.raises(InputError) as caught:
        open_predictions(path)
    assert caught.value.message == (
        f"{path}: column 'score' has numbers such as '1,000', whose comma may part thousands or decimals"
    )
    assert caught.value.hint == BARE
    with open_predictions(path, kind="label") as log:
        assert log.columns.kind == "label"


def test_a_named_feature_in_doubt_is_refused_and_no_other_is_guessed(tmp_path: Path) -> None:
    moments = pd.date_range(START, periods=400, freq="h")
    lines = [f'{at:%Y-%m-%dT%H:%MZ},0.{n % 90},"{n * 10:,}"' for n, at in enumerate(moments)]
    path = write_rows(tmp_path / "log.csv", ["ts,score,amount", *lines])
    with open_predictions(path) as log:
        assert log.columns.features == ()
    with pytest.raises(InputError, match="column 'amount' has numbers such as '1,000'"):
        open_predictions(path, features=["amount"])


def test_other_numbers_beyond_the_first_rows_are_told_from_a_wrong_column(tmp_path: Path) -> None:
    moments = pd.date_range(START, periods=6_000, freq="min")
    cells = ["1"] * 5_500 + ["0,5"] * 500
    lines = [f"{at:%Y-%m-%dT%H:%MZ};{cell}" for at, cell in zip(moments, cells, strict=True)]
    path = write_rows(tmp_path / "log.csv", ["ts;score", *lines])
    with pytest.raises(InputError) as caught:
        open_predictions(path)
    assert caught.value.message.endswith(f"the first is {path}: row 5501: 'score' is '0,5'")
    assert caught.value.hint == BARE


def test_texts_that_are_neither_are_shown(tmp_path: Path) -> None:
    path = written(tmp_path, lambda number: f"€{number:.2f}", step=0.1)
    with pytest.raises(InputError, match=r"column 'amount' holds 400 texts such as '€0\.00', neither"):
        open_predictions(path, prediction="amount")


def test_epochs_with_parted_thousands_are_no_times(tmp_path: Path) -> None:
    lines = [f'"{1_772_409_657 + 60 * n:,}",{n}' for n in range(50)]
    with pytest.raises(InputError, match="column 'ts' holds no times: row 1 is '1,772,409,657'"):
        open_predictions(write_rows(tmp_path / "log.csv", ["ts,score", *lines]))


def test_two_sides_may_write_numbers_differently(tmp_path: Path) -> None:
    sides = {}
    for name, cell in (("base", "{:.2f}".format), ("head", comma)):
        lines = [f"{n};{cell(n / 8)}" for n in range(200)]
        sides[name] = write_rows(tmp_path / f"{name}.csv", ["id;score", *lines])
    tallies = tally_predictions(sides["base"], sides["head"], PairOptions())
    assert tallies.kind == "numeric"
    assert f"numbers: 'score' in {sides['head']}: '0,00' is read as 0" in tallies.guesses
    pair = tallies.tallies[0].pair
    assert pair is not None
    assert (pair.pairs, pair.changed) == (200, 0)
