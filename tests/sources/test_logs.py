from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bisect_ml.sources import open_predictions
from bisect_ml.types import Slice
from tests.prediction_logs import START, assert_equal, make_frame, named, reference


@pytest.fixture
def frame() -> pd.DataFrame:
    return make_frame()


@pytest.fixture
def parquet(tmp_path: Path, frame: pd.DataFrame) -> Path:
    path = tmp_path / "log.parquet"
    frame.to_parquet(path, row_group_size=500)
    return path


def test_buckets_of_all_rows_are_those_of_pandas(parquet: Path, frame: pd.DataFrame) -> None:
    expected = reference(frame, 3_600)
    with open_predictions(parquet) as log:
        series = named(log.buckets(3_600, slice_values=(), quantiles="overall"))
    assert list(series) == ["mean", "std", "p05", "p50", "p95", "null_rate", "count"]
    for metric, one in series.items():
        assert one.width_s == 3_600
        assert_equal(one.times, expected.index)
        assert_equal(one.values, expected[metric])
        assert_equal(one.counts, expected["count" if metric in ("count", "null_rate") else "filled"])


def test_empty_buckets_have_no_value_and_no_rows(parquet: Path) -> None:
    with open_predictions(parquet) as log:
        series = named(log.buckets(3_600, slice_values=()))
    gap = slice(37, 47)
    assert (series["count"].values[gap] == 0).all()
    assert (series["mean"].counts[gap] == 0).all()
    assert np.isnan(series["mean"].values[gap]).all()
    assert np.isnan(series["null_rate"].values[gap]).all()
    assert np.isfinite(series["null_rate"].values[:36]).all()


def test_a_bucket_of_nulls_has_a_null_rate_and_no_mean(frame: pd.DataFrame) -> None:
    third_hour = (frame["ts"] >= START + pd.Timedelta("3h")) & (frame["ts"] < START + pd.Timedelta("4h"))
    frame.loc[third_hour, "score"] = np.nan
    with open_predictions(frame) as log:
        series = named(log.buckets(3_600, slice_values=()))
    assert series["null_rate"].values[3] == 1
    assert np.isnan(series["mean"].values[3])
    assert series["mean"].counts[3] == 0
    assert series["null_rate"].counts[3] == third_hour.sum()


def test_slices_are_those_of_pandas(parquet: Path, frame: pd.DataFrame) -> None:
    with open_predictions(parquet) as log:
        assert log.columns.slices == ("country", "tier")
        assert log.largest_slices(2)[:2] == (
            Slice(column="country", value="US"),
            Slice(column="country", value="DE"),
        )
        series = named(log.buckets(21_600, quantiles="all"))
    grid = reference(frame, 21_600).index
    for column in ("country", "tier"):
        for value, rows in frame.groupby(column):
            expected = reference(rows, 21_600).reindex(grid)
            expected["count"] = expected["count"].fillna(0)
            for metric in ("mean", "p05", "p50", "p95", "null_rate", "count"):
                one = series[f"{metric} of {column}={value}"]
                assert_equal(one.times, grid)
                assert_equal(one.values, expected[metric])
    assert "std of country=US" not in series


def test_thin_buckets_have_no_spread_and_no_tails(parquet: Path) -> None:
    with open_predictions(parquet) as log:
        metrics = {one.metric for one in log.buckets(60, slice_values=())}
    assert metrics == {"mean", "null_rate", "count"}


def test_only_the_wanted_slices_get_series(parquet: Path) -> None:
    wanted = (Slice(column="tier", value="paid"), Slice(column="country", value="none such"))
    with open_predictions(parquet) as log:
        series = log.buckets(3_600, slice_values=wanted, quantiles="none")
    assert {one.slice for one in series} == {None, *wanted}
    assert "p50" not in {one.metric for one in series}
    missing = named(series)["count of country=none such"]
    assert (missing.values == 0).all()


@pytest.mark.parametrize("quantiles", ["none", "overall", "all"])
def test_a_slice_column_with_many_values_keeps_the_largest(frame: pd.DataFrame, quantiles: str) -> None:
    rng = np.random.default_rng(0)
    frame["shop"] = "shop " + pd.Series(np.minimum(rng.geometric(0.01, len(frame)), 400)).astype(str)
    with open_predictions(frame, slices=["shop"]) as log:
        series = log.buckets(21_600, quantiles=quantiles)  # type: ignore[arg-type] # any number
    largest = frame["shop"].value_counts()
    kept = {one.slice.value for one in series if one.slice is not None}
    assert len(kept) == 20
    assert min(largest[shop] for shop in kept) >= largest.iloc[19]
    shop = max(kept)
    expected = frame[frame["shop"] == shop].groupby(frame["ts"].dt.floor("6h")).size()
    counts = named(series)[f"count of shop={shop}"]
    assert counts.values.sum() == largest[shop]
    assert counts.values.max() == expected.max()


def test_labels_have_a_share_for_each_class(tmp_path: Path, frame: pd.DataFrame) -> None:
    frame["score"] = pd.cut(frame["score"], [0, 10, 25, np.inf], labels=["low", "mid", "high"]).astype(object)
    frame.to_csv(tmp_path / "log.csv", index=False)
    with open_predictions(tmp_path / "log.csv", prediction="score") as log:
        assert log.columns.kind == "label"
        series = named(log.buckets(3_600))
    bucket = frame["ts"].dt.floor("h")
    for name in ("low", "mid", "high"):
        is_class = (frame["score"] == name).astype(float).where(frame["score"].notna())
        expected = is_class.groupby(bucket).mean().reindex(pd.date_range(START, bucket.max(), freq="h"))
        assert_equal(series[f"share[{name}]"].values, expected)
        is_us = frame["country"] == "US"
        expected = is_class[is_us].groupby(bucket[is_us]).mean().reindex(expected.index)
        assert_equal(series[f"share[{name}] of country=US"].values, expected)
    given = frame["score"].notna().groupby(bucket).mean().reindex(expected.index)
    assert_equal(series["null_rate"].values, 1 - given)
    assert "mean" not in series


def test_of_two_classes_only_the_rarer_gets_a_series(frame: pd.DataFrame) -> None:
    frame["verdict"] = np.where(frame["score"] > 40, "fraud", "fine")
    with open_predictions(frame, prediction="verdict") as log:
        metrics = [one.metric for one in log.buckets(3_600, slice_values=())]
    assert metrics == ["share[fraud]", "null_rate", "count"]


@pytest.mark.parametrize("as_text", [False, True])
def test_true_and_false_have_the_share_of_true(tmp_path: Path, frame: pd.DataFrame, as_text: bool) -> None:
    frame["flag"] = frame["score"] > 20
    frame = frame.drop(columns="score")
    path = tmp_path / ("log.csv" if as_text else "log.parquet")
    frame.to_csv(path, index=False) if as_text else frame.to_parquet(path)
    with open_predictions(path, prediction="flag") as log:
        assert log.columns.kind == "boolean"
        series = named(log.buckets(3_600, slice_values=()))
    assert list(series) == ["mean", "null_rate", "count"]
    assert_equal(
        series["mean"].values, reference(frame.assign(flag=frame["flag"] * 1.0), 3_600, "flag")["mean"]
    )


def test_zeros_and_ones_stay_numeric(frame: pd.DataFrame) -> None:
    with open_predictions(frame.assign(score=(frame["score"] > 20).astype(int))) as log:
        assert log.columns.kind == "numeric"


@pytest.mark.parametrize("as_text", [False, True])
def test_zeros_and_ones_are_boolean_on_demand(tmp_path: Path, frame: pd.DataFrame, as_text: bool) -> None:
    flags = frame.assign(score=(frame["score"] > 20).astype(int))
    path = tmp_path / ("log.csv" if as_text else "log.parquet")
    flags.to_csv(path, index=False) if as_text else flags.to_parquet(path)
    with open_predictions(path, kind="boolean") as log:
        series = named(log.buckets(3_600, slice_values=()))
    assert list(series) == ["mean", "null_rate", "count"]
    assert_equal(series["mean"].values, reference(flags, 3_600)["mean"])


def test_integers_are_labels_on_demand(frame: pd.DataFrame) -> None:
    with open_predictions(frame.assign(score=frame.index % 3), kind="label") as log:
        metrics = {one.metric for one in log.buckets(3_600, slice_values=())}
    assert metrics == {"share[0]", "share[1]", "share[2]", "null_rate", "count"}


def test_nan_and_infinity_count_as_null_and_are_said(tmp_path: Path, frame: pd.DataFrame) -> None:
    values = frame["score"].fillna(0.0).to_numpy(copy=True)
    values[[3, 4, 5]] = np.nan, np.inf, -np.inf
    path = tmp_path / "log.parquet"
    table = pa.table({"ts": pa.array(frame["ts"]), "score": pa.array(values, from_pandas=False)})
    pq.write_table(table, path)
    with open_predictions(path) as log:
        series = named(log.buckets(86_400))
        assert log.warnings == ("3 predictions are NaN or infinite; they count as null",)
    expected = reference(frame.assign(score=np.where(np.isfinite(values), values, np.nan)), 86_400)
    assert_equal(series["mean"].values, expected["mean"])
    assert_equal(series["std"].values, expected["std"])
    assert_equal(series["null_rate"].values, expected["null_rate"])


def test_constant_predictions_are_no_error(frame: pd.DataFrame) -> None:
    with open_predictions(frame.assign(score=1.0)) as log:
        series = named(log.buckets(21_600, slice_values=()))
    there = series["count"].values > 0
    assert (series["mean"].values[there] == 1).all()
    assert (series["std"].values[there] == 0).all()


def test_features_are_averaged(parquet: Path, frame: pd.DataFrame) -> None:
    expected = reference(frame, 3_600, "amount")
    with open_predictions(parquet) as log:
        (series,) = log.features(3_600)
    assert series.metric == "feature[amount]"
    assert_equal(series.values, expected["mean"])
    assert_equal(series.counts, expected["filled"])


def test_versions_say_when_each_served(parquet: Path, frame: pd.DataFrame) -> None:
    with open_predictions(parquet) as log:
        spans = log.versions()
    old = frame[frame["model_version"] == "v1"]
    assert [span.version for span in spans] == ["v1", "v2"]
    assert spans[0].rows == len(old)
    assert spans[0].first == log.start
    assert spans[0].last == old["ts"].max().timestamp()
    assert spans[1].last == log.end


def test_a_window_holds_the_rows_in_between(parquet: Path, frame: pd.DataFrame) -> None:
    low, high = START + pd.Timedelta("5h"), START + pd.Timedelta("9h")
    expected = frame[(frame["ts"] >= low) & (frame["ts"] < high)]
    with open_predictions(parquet) as log:
        window = log.window(low.timestamp(), high.timestamp())
        nothing = log.window(log.end + 10, log.end + 20)
    assert_equal(window.times, expected["ts"].astype("int64") / 1e6, relative=1e-15)
    assert_equal(window.values, expected["score"])
    for column in ("country", "tier"):
        codes = window.slices[column]
        names = [codes.values[code] if code >= 0 else None for code in codes.codes]
        assert names == [value if isinstance(value, str) else None for value in expected[column]]
    cells = pd.Series(window.cells, index=expected.index)
    groups = expected.groupby([expected["country"], expected["tier"].fillna("-")])
    assert cells.groupby([expected["country"], expected["tier"].fillna("-")]).nunique().eq(1).all()
    assert cells.nunique() == groups.ngroups
    assert len(nothing.times) == 0


def test_a_window_knows_the_version_of_each_row(frame: pd.DataFrame) -> None:
    frame["model_version"] = ["v1", "v2", None, "v1"] * (len(frame) // 4) + ["v1"] * (len(frame) % 4)
    with open_predictions(frame, prediction="score", version="model_version") as log:
        window = log.window(log.start, log.start + 3_600)
    with open_predictions(frame[["ts", "score", "country"]]) as log:
        assert log.window(log.start, log.start + 3_600).versions is None
    codes = window.versions
    assert codes is not None
    names = [codes.values[code] if code >= 0 else None for code in codes.codes]
    assert names == [
        value if isinstance(value, str) else None for value in frame["model_version"][: len(names)]
    ]


def test_a_window_of_too_many_rows_is_thinned_alike_each_time(
    parquet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bisect_ml.sources.windows.MAX_WINDOW_ROWS", 300)
    with open_predictions(parquet) as log:
        first, again = (log.window(log.start, log.end + 1) for _ in range(2))
        assert log.rows > 600
        assert 150 <= first.times.size <= 450
        assert first.times.tolist() == again.times.tolist()


def test_a_window_of_labels_has_codes(frame: pd.DataFrame) -> None:
    frame["verdict"] = np.where(frame["score"] > 40, "fraud", "fine")
    frame.loc[5, "verdict"] = None
    with open_predictions(frame, prediction="verdict") as log:
        window = log.window(log.start, log.start + 3_600)
    names = [window.classes[int(value)] if np.isfinite(value) else None for value in window.values]
    assert window.classes == ("fine", "fraud")
    assert names == [value if isinstance(value, str) else None for value in frame["verdict"][: len(names)]]


def test_sparse_logs_keep_their_own_points() -> None:
    times = START + pd.to_timedelta([0, 1, 5, 5, 30, 31], unit="D")
    frame = pd.DataFrame({"ts": times, "score": [1.0, 2.0, 3.0, 5.0, None, 4.0], "suite": list("aababb")})
    with open_predictions(frame) as log:
        assert log.sparse
        assert log.distinct_times == 5
        series = named(log.points(slice_values=(Slice(column="suite", value="a"),)))
    mean = series["mean"]
    assert mean.width_s is None
    assert_equal(mean.times, (START.timestamp() + 86_400 * np.array([0, 1, 5, 30, 31])))
    assert_equal(mean.values, [1, 2, 4, np.nan, 4])
    assert_equal(mean.counts, [1, 1, 2, 0, 1])
    assert_equal(series["null_rate"].values, [0, 0, 0, 1, 0])
    assert_equal(series["count of suite=a"].times, START.timestamp() + 86_400 * np.array([0, 1, 5]))


def test_a_dense_log_is_not_sparse(parquet: Path) -> None:
    with open_predictions(parquet) as log:
        assert not log.sparse
        assert log.row_counts(3_600).sum() == log.rows


def test_points_of_features_stand_at_the_same_moments() -> None:
    times = START + pd.to_timedelta([0, 1, 5], unit="D")
    with open_predictions(pd.DataFrame({"ts": times, "score": [0.1, 0.2, 0.3], "load": [1, 2, 4]})) as log:
        (series,) = log.features(None)
    assert series.width_s is None
    assert_equal(series.values, [1, 2, 4])


def test_a_closed_log_leaves_no_files(parquet: Path) -> None:
    with open_predictions(parquet) as log:
        folder = log._rows.database.folder
        assert folder.is_dir()
    assert not folder.exists()
    log.close()


@settings(max_examples=25)
@given(
    moments=st.lists(st.integers(-(10**9), 4 * 10**9), min_size=2, max_size=40, unique=True),
    width_s=st.sampled_from([1, 60, 900, 3_600, 86_400, 604_800]),
)
def test_the_grid_is_complete_and_every_row_is_in_its_bucket(moments: list[int], width_s: int) -> None:
    span = min(moments), min(moments) + 1_000 * width_s
    moments = [*(moment for moment in moments if moment <= span[1]), span[0] + width_s]
    frame = pd.DataFrame({"ts": pd.to_datetime(sorted(moments), unit="s", utc=True), "score": 1.0})
    with open_predictions(frame) as log:
        counts = named(log.buckets(width_s, slice_values=(), quantiles="none"))["count"]
    assert counts.times[0] <= min(moments) < counts.times[0] + width_s
    assert counts.times[-1] <= max(moments) < counts.times[-1] + width_s
    assert (np.diff(counts.times) == width_s).all()
    assert (counts.times % width_s == 0).all()
    expected = np.zeros(len(counts.times))
    for moment in moments:
        expected[int((moment - counts.times[0]) // width_s)] += 1
    assert_equal(counts.values, expected)
