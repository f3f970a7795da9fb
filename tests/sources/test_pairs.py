import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources import pair_cells, pair_paired
from bisect_ml.sources.pairs import PairOptions, tally_predictions
from bisect_ml.tallies import Tallies, Tally
from tests.prediction_logs import write_rows
from tests.prediction_pairs import Shape, make_predictions, scaled, swapped, with_nulls

SMALL = Shape(rows=3_000, regions=4, missing=0.02)
BASE = make_predictions(SMALL).assign(tier=lambda frame: np.where(frame["order_id"] % 3 == 0, "paid", "free"))
HEAD = swapped(with_nulls(scaled(BASE, 1.1, "region-02"), 0.05), 0.1)


def named(tallies: Tallies) -> dict[str | None, Tally]:
    return {str(one.slice) if one.slice else None: one for one in tallies.tallies}


def check_pairs(tally: Tally, base: pd.Series, head: pd.Series) -> None:
    """Hold a tally of pairs to what pandas makes of the same rows."""
    both = base.notna() & head.notna()
    pair = tally.pair
    assert pair is not None
    assert tally.base.rows == tally.head.rows == pair.pairs == len(base)
    assert (tally.base.filled, tally.head.filled) == (base.notna().sum(), head.notna().sum())
    assert pair.value_to_null == (base.notna() & head.isna()).sum()
    assert pair.null_to_value == (base.isna() & head.notna()).sum()
    assert tally.base.values == tally.head.values == both.sum()
    for side, values in ((tally.base, base[both]), (tally.head, head[both])):
        assert side.mean == pytest.approx(values.mean())
        assert side.variance == pytest.approx(values.var())
        assert side.mean_abs == pytest.approx(values.abs().mean())
        assert side.quantiles is not None
        assert side.quantiles[len(side.quantiles) // 2] == pytest.approx(values.median())
    assert pair.covariance == pytest.approx(base[both].cov(head[both]))
    change = head[both] - base[both]
    assert pair.difference_variance == pytest.approx(change.var())
    assert pair.changed == (change != 0).sum() + (base.notna() != head.notna()).sum()
    assert pair.sizes["max"] == pytest.approx((change / base[both]).abs().max())


@pytest.mark.parametrize("cells", [20_000, 0])
@pytest.mark.parametrize("held", [1_000_000, 0])
def test_pairs_are_tallied_as_pandas_would(monkeypatch: pytest.MonkeyPatch, cells: int, held: int) -> None:
    monkeypatch.setattr(pair_cells, "MAX_CELLS", cells)
    monkeypatch.setattr(pair_paired, "HELD_PAIRS", held)
    mixed = HEAD.sample(frac=1.0, random_state=4)
    tallies = tally_predictions(BASE, mixed, PairOptions())
    assert tallies.coverage.key == ("order_id",)
    assert tallies.coverage.problems == ()
    found = named(tallies)
    assert set(found) == {None, *(f"region=region-0{one}" for one in range(4)), "tier=free", "tier=paid"}
    for name, tally in found.items():
        column, _, value = (name or "").partition("=")
        rows = BASE[column] == value if name else BASE["order_id"] >= 0
        check_pairs(tally, BASE.loc[rows, "eta"], HEAD.loc[rows, "eta"])


@pytest.mark.parametrize("cells", [20_000, 0])
def test_unpaired_rows_are_tallied_as_pandas_would(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    monkeypatch.setattr(pair_cells, "MAX_CELLS", cells)
    tallies = tally_predictions(BASE, HEAD[:2_000], PairOptions(key=()))
    for name, tally in named(tallies).items():
        column, _, value = (name or "").partition("=")
        for side, frame in ((tally.base, BASE), (tally.head, HEAD[:2_000])):
            values = frame.loc[frame[column] == value if name else frame["order_id"] >= 0, "eta"]
            assert (side.rows, side.filled) == (len(values), values.notna().sum())
            assert side.mean == pytest.approx(values.mean())
            assert side.variance == pytest.approx(values.var())
            assert side.quantiles is not None
            assert side.quantiles[len(side.quantiles) // 2] == pytest.approx(values.median())


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl", "frame"])
def test_every_format_gives_the_same_tallies(tmp_path: Path, kind: str) -> None:
    def written(frame: pd.DataFrame, name: str) -> Path | pd.DataFrame:
        path = tmp_path / f"{name}.{kind}"
        if kind == "parquet":
            frame.to_parquet(path)
        elif kind == "csv":
            frame.to_csv(path, index=False)
        elif kind == "jsonl":
            frame.to_json(path, orient="records", lines=True, double_precision=15)
        return frame if kind == "frame" else path

    found = named(tally_predictions(written(BASE, "base"), written(HEAD, "head")))
    check_pairs(found[None], BASE["eta"], HEAD["eta"])
    assert len(found) == 7


def test_sides_of_two_formats_are_paired_by_what_their_keys_say(tmp_path: Path) -> None:
    HEAD.to_csv(tmp_path / "head.csv", index=False)
    found = tally_predictions(BASE, tmp_path / "head.csv")
    assert (found.coverage.key, found.coverage.matched) == (("order_id",), 3_000)


def test_labels_are_counted_as_a_matrix_of_flips() -> None:
    base = pd.DataFrame({"id": range(400), "label": ["cat", "dog", "cat", None] * 100})
    head = base.assign(label=["cat", "cow", "cat", "cat"] * 100)
    tallies = tally_predictions(base, head, PairOptions(prediction="label"))
    pair = tallies.tallies[0].pair
    assert pair is not None
    assert tallies.kind == "label"
    assert pair.flips == {("cat", "cat"): 200, ("dog", "cow"): 100}
    assert (pair.null_to_value, pair.changed) == (100, 200)
    assert (tallies.coverage.classes_lost, tallies.coverage.classes_new) == (("dog",), ("cow",))


def test_truth_values_and_thresholds_are_classes_too() -> None:
    base = pd.DataFrame({"id": range(100), "score": np.linspace(0, 1, 100)})
    head = base.assign(score=1 - base["score"])
    pair = tally_predictions(base, head, PairOptions(threshold=0.5)).tallies[0].pair
    assert pair is not None
    assert pair.flips == {("<0.5", ">=0.5"): 50, (">=0.5", "<0.5"): 50}
    base, head = (frame.assign(score=frame["score"] > 0.25) for frame in (base, head))
    tallies = tally_predictions(base, head, PairOptions(prediction="score"))
    assert tallies.kind == "boolean"
    assert tallies.tallies[0].base.classes == {"true": 75, "false": 25}


def test_a_key_of_two_columns_is_found() -> None:
    frame = BASE.assign(user=BASE["order_id"] % 60, visit=BASE["order_id"] // 60).drop(columns="order_id")
    tallies = tally_predictions(frame, frame.sample(frac=1.0, random_state=1))
    assert set(tallies.coverage.key) == {"user", "visit"}
    assert tallies.coverage.matched == 3_000


def test_fresh_samples_are_not_paired_by_row_numbers() -> None:
    fresh = BASE.assign(region=BASE["region"].sample(frac=1.0, random_state=9).to_numpy())
    tallies = tally_predictions(BASE, fresh)
    assert tallies.coverage.key == ()
    assert any("differ in 'region'" in one for one in tallies.guesses)
    other = BASE.assign(order_id=BASE["order_id"] + 10_000)
    assert tally_predictions(BASE, other).coverage.key == ()


def test_duplicate_keys_cannot_decide() -> None:
    twice = pd.concat([HEAD, HEAD[:5]])
    tallies = tally_predictions(BASE, twice, PairOptions(key=("order_id",)))
    assert (tallies.coverage.base_duplicates, tallies.coverage.head_duplicates) == (0, 10)
    assert "10 of the head share theirs" in tallies.coverage.problems[0]
    assert tallies.tallies == ()


def test_duplicates_that_others_make_up_for_are_seen() -> None:
    # As many pairs as rows: one key of the base twice, and one of the head without a partner.
    base = BASE.assign(order_id=BASE["order_id"].replace(7, 8))
    tallies = tally_predictions(base, HEAD, PairOptions(key=("order_id",)))
    assert tallies.coverage.base_duplicates == 2


def test_a_key_that_tells_nothing_apart_does_not_explode() -> None:
    rows = Shape(rows=200_000)
    base = make_predictions(rows).assign(order_id=1)
    tallies = tally_predictions(base, base, PairOptions(key=("order_id",)))
    assert tallies.coverage.base_duplicates == 200_000


def test_rows_without_a_partner_are_counted() -> None:
    tallies = tally_predictions(BASE, HEAD[:2_900])
    assert (tallies.coverage.matched, tallies.coverage.base_only, tallies.coverage.head_only) == (
        2_900,
        100,
        0,
    )
    assert tallies.coverage.problems[0].startswith("only 96.7% of the rows have a partner")
    assert tally_predictions(BASE, HEAD[:2_990]).coverage.problems == ()


def test_no_matching_key_is_a_problem_not_an_error() -> None:
    other = HEAD.assign(order_id=HEAD["order_id"] + 10_000)
    tallies = tally_predictions(BASE, other, PairOptions(key=("order_id",)))
    assert tallies.coverage.problems == ("no value of the key order_id is on both sides",)


def test_columns_slices_and_kinds_that_differ_are_told() -> None:
    head = HEAD.drop(columns="tier").replace({"region": {"region-03": "region-99"}}).assign(extra=1)
    coverage = tally_predictions(BASE, head, PairOptions(slices=("region", "tier"))).coverage
    assert (coverage.columns_lost, coverage.columns_new) == (("tier",), ("extra",))
    assert coverage.slices_lost == ("region=region-03",)
    assert coverage.slices_new == ("region=region-99",)
    assert "25.0% of the pairs have another region" in coverage.problems[0]
    words = BASE.assign(eta=np.where(BASE["order_id"] % 2 == 0, "soon", "late"))
    mixed = tally_predictions(BASE, words, PairOptions(prediction="eta"))
    assert mixed.coverage.problems == ("the base predicts numbers, the head labels",)


def test_single_pairs_are_counted_for_what_they_are() -> None:
    far, none, no_number = 3.0, None, float("inf")
    pairs = [
        (0.0, 0.0), (0.0, 5.0), (1.0, 1.0 + 1e-9), (1.0, 1.001), (1.0, -1.0), (far, none), (none, far),
        (none, none), (no_number, far), (far, no_number), (no_number, no_number), (no_number, none),
        *((float(one), float(one)) for one in range(2, 40)),
    ]  # fmt: skip
    base, head = (
        pd.DataFrame({"id": range(len(pairs)), "score": pd.array(values, dtype="Float64")})
        for values in zip(*pairs, strict=True)
    )
    tallies = tally_predictions(base, head, PairOptions(key=("id",)))
    tally = named(tallies)[None]
    assert tally.pair is not None
    assert (tally.base.filled, tally.head.filled, tally.base.values) == (45, 45, 43)
    assert (tally.pair.value_to_null, tally.pair.null_to_value) == (2, 2)
    # 0 to 5, 1 to 1.001 and 1 to -1, beside the four that came or went.
    assert (tally.pair.changed, tally.pair.moved, tally.pair.signs) == (7, 6, 1)
    assert tally.pair.sizes["max"] == math.inf
    assert sum("NaN, infinite" in one for one in tallies.warnings) == 2


def test_predictions_that_are_no_numbers_count_as_null(tmp_path: Path) -> None:
    base = write_rows(tmp_path / "base.csv", ["id,score", *(f"{one},{one}.5" for one in range(50))])
    lines = ["id,score", "0,inf", "1,nan", "2,", "3,oops", *(f"{one},{one}.5" for one in range(4, 50))]
    tallies = tally_predictions(base, write_rows(tmp_path / "head.csv", lines))
    assert tallies.tallies[0].head.filled == 46
    assert any("1 predictions cannot be read" in one for one in tallies.warnings)
    assert any("predictions of the head are NaN, infinite or beyond 1e150" in one for one in tallies.warnings)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (PairOptions(key=("nowhere",)), "no column 'nowhere'"),
        (PairOptions(prediction="nowhere"), "no column 'nowhere'"),
        (PairOptions(slices=("nowhere",)), "no column 'nowhere'"),
        (PairOptions(group="nowhere"), "no column 'nowhere'"),
        (PairOptions(key=("tier",)), "no column 'tier'"),
    ],
)
def test_a_missing_column_is_named(options: PairOptions, said: str) -> None:
    with pytest.raises(InputError, match=said):
        tally_predictions(BASE, HEAD.drop(columns="tier"), options)


def test_files_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    empty, header = tmp_path / "empty.csv", write_rows(tmp_path / "header.csv", ["order_id,eta"])
    empty.touch()
    for path in (empty, header, tmp_path / "none.csv"):
        with pytest.raises(InputError, match=path.name):
            tally_predictions(BASE, path)
    with pytest.raises(InputError, match="no column in common"):
        tally_predictions(BASE, pd.DataFrame({"a": [1.0, 2.0]}))


def test_groups_widen_the_errors_and_move_no_mean() -> None:
    users = BASE.assign(user=BASE["order_id"] % 50)
    factors = np.random.default_rng(3).lognormal(0, 0.3, 50)[users["user"]]
    base, head = users.assign(eta=users["eta"] * factors), users.assign(eta=users["eta"] * factors**1.1)
    alone = tally_predictions(base, head, PairOptions(slices=("tier",)))
    grouped = tally_predictions(base, head, PairOptions(slices=("tier",), group="user"))
    for one, other in zip(alone.tallies, grouped.tallies, strict=True):
        assert one.pair is not None
        assert other.pair is not None
        assert other.base.units == 50
        assert other.base.mean == one.base.mean
        assert other.base.variance > 3 * one.base.variance
        assert other.pair.difference_variance > 3 * one.pair.difference_variance
    # Each row a group of its own: the errors are those of independent rows, but for the groups without value.
    single = tally_predictions(base, head, PairOptions(key=("order_id",), slices=("tier",), group="order_id"))
    for one, other in zip(alone.tallies, single.tallies, strict=True):
        assert one.pair is not None
        assert other.pair is not None
        assert other.base.variance == pytest.approx(one.base.variance, rel=1e-4)
        assert other.pair.covariance == pytest.approx(one.pair.covariance, rel=1e-4)
        rows = other.pair.pairs
        assert other.design["rows"] == pytest.approx(rows / (rows - 1))
