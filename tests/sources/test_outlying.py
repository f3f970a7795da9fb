"""The share of far rows: which predictions are far and new, and what is only a tail, a drift or a slice."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bisect_ml.sources import open_predictions
from bisect_ml.sources.outlying import find_edge
from bisect_ml.types import FloatArray, Series
from tests.prediction_logs import START, assert_equal

HOUR_S = 3600
HOURS, AT, ROWS = 300, 180, 50
SENTINEL = -999.0
STRUCK = 0.01


def _struck(rows: FloatArray, value: float = SENTINEL, *, share: float = STRUCK) -> FloatArray:
    """The same rows, an hour a row of the array, a share of those from a moment on of one value."""
    hit = np.random.default_rng(11).random(rows.shape) < share
    hit[:AT] = False
    return np.where(hit, value, rows)


def _unit(rng: np.random.Generator) -> FloatArray:
    return np.asarray(rng.beta(3.0, 3.0, (HOURS, ROWS)))


def _edge(rows: FloatArray, sign: int = 1) -> float | None:
    rows = sign * rows
    found = find_edge(rows.min(axis=1), np.median(rows, axis=1), np.quantile(rows, 0.05, axis=1))
    return found.far if found else None


def _frame(rows: FloatArray) -> pd.DataFrame:
    seconds = (np.arange(HOURS)[:, None] + np.linspace(0.0, 0.99, ROWS)) * HOUR_S
    moments = (START + pd.to_timedelta(np.round(seconds.ravel(), 3), unit="s")).as_unit("us")
    return pd.DataFrame({"ts": moments, "score": rows.ravel()})


def _far(frame: pd.DataFrame) -> list[Series]:
    with open_predictions(frame, timestamp="ts", prediction="score") as log:
        return [one for one in log.buckets(HOUR_S) if one.within is not None]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("value", [SENTINEL, -1e9, -1.0])
def test_what_lies_far_beyond_the_others_is_told_by_the_gap(
    rng: np.random.Generator, value: float, sign: int
) -> None:
    edge = _edge(_struck(_unit(rng), value))
    assert edge is not None
    assert value < edge < 0
    assert _edge(sign * _struck(_unit(rng), value), sign) is not None


def test_a_value_at_the_end_of_the_others_counts_where_none_had_it_before(rng: np.random.Generator) -> None:
    assert _edge(_struck(_unit(rng), 0.0)) == 0.0


def test_a_far_value_that_was_always_there_is_how_the_log_is(rng: np.random.Generator) -> None:
    rows = _unit(rng)
    rows[rng.random(rows.shape) < STRUCK] = SENTINEL
    assert _edge(rows) is None


def test_one_broken_request_before_makes_no_habit(rng: np.random.Generator) -> None:
    rows = _struck(_unit(rng))
    rows[20, 7] = SENTINEL
    assert _edge(rows) is not None


def test_what_ceased_is_found_as_what_began(rng: np.random.Generator) -> None:
    assert _edge(_struck(_unit(rng))[::-1]) is not None


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("shape", ["lognormal", "pareto", "cauchy"])
def test_a_heavy_tail_is_not_far(shape: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = {
        "lognormal": rng.lognormal(0.0, 2.0, (HOURS, ROWS)),
        "pareto": rng.pareto(0.8, (HOURS, ROWS)),
        "cauchy": rng.standard_cauchy((HOURS, ROWS)),
    }[shape]
    assert _edge(rows) is None
    assert _edge(rows, -1) is None


def test_predictions_that_drift_to_their_floor_gather_there_by_themselves(rng: np.random.Generator) -> None:
    level = np.linspace(0.5, 0.15, HOURS)[:, None]
    assert _edge(np.clip(level + rng.normal(0.0, 0.1, (HOURS, ROWS)), 0.0, 1.0)) is None


def test_the_share_is_that_of_the_rows_with_a_prediction(rng: np.random.Generator) -> None:
    rows = _struck(_unit(rng))
    rows[rng.random(rows.shape) < 0.1] = np.nan
    (far,) = _far(_frame(rows))
    assert far.metric == "values[-999]"
    assert_equal(far.counts, np.isfinite(rows).sum(axis=1))
    assert_equal(far.values, (rows == SENTINEL).sum(axis=1) / np.isfinite(rows).sum(axis=1))


def test_far_rows_of_many_values_are_told_by_their_ends(rng: np.random.Generator) -> None:
    rows = _struck(_unit(rng))
    hit = rows == SENTINEL
    rows[hit] = rng.uniform(1_000.0, 2_000.0, hit.sum())
    (far,) = _far(_frame(rows))
    assert far.within is not None
    assert (far.within.low, far.within.high) == (rows[hit].min(), rows[hit].max())
    assert far.metric == f"values[{rows[hit].min():.6g}..{rows[hit].max():.6g}]"
    assert_equal(far.values, hit.mean(axis=1))


def test_a_new_value_among_other_new_ones_is_no_sentinel(rng: np.random.Generator) -> None:
    rows = _unit(rng) / 2 + 0.25
    wide = rng.random(rows.shape) < 0.02
    wide[:AT] = False
    assert not _far(_frame(np.where(wide, np.clip(rng.uniform(-0.1, 0.3, rows.shape), 0.0, 1.0), rows)))


def test_when_all_rows_move_far_other_metrics_show_it(rng: np.random.Generator) -> None:
    rows = _unit(rng)
    rows[AT:] *= 1_000
    assert not _far(_frame(rows))


def test_when_a_slice_moves_as_a_whole_its_own_metrics_show_it(
    rng: np.random.Generator, tmp_path: Path
) -> None:
    frame = _frame(_unit(rng))
    frame["country"] = rng.choice(["BR", "DE", "US"], len(frame), p=[0.05, 0.35, 0.6])
    frame["late"] = np.arange(len(frame)) >= AT * ROWS
    part = frame.copy()
    frame.loc[frame["late"] & (frame["country"] == "BR"), "score"] *= 1_000
    part.loc[part["late"] & (rng.random(len(part)) < 0.05), "score"] *= 1_000
    found = {}
    for name, each in (("slice", frame), ("part", part)):
        path = tmp_path / f"{name}.parquet"
        each.drop(columns="late").to_parquet(path)
        with open_predictions(path, timestamp="ts", prediction="score", slices=["country"]) as log:
            found[name] = [one.metric for one in log.buckets(HOUR_S) if one.within is not None]
    assert not found["slice"]
    assert len(found["part"]) == 1


def test_thin_or_logical_predictions_have_none(rng: np.random.Generator) -> None:
    rows = _struck(_unit(rng))
    assert not _far(_frame(rows).assign(score=lambda frame: frame["score"] < 0))
    assert not [one for one in _points(_frame(rows).iloc[:: ROWS // 2]) if one.within is not None]


def _points(frame: pd.DataFrame) -> tuple[Series, ...]:
    with open_predictions(frame, timestamp="ts", prediction="score") as log:
        return log.points()
