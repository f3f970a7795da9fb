from pathlib import Path

import pandas as pd
import pytest

from bisect_ml.sources import open_predictions
from bisect_ml.sources.buckets import plan_windows
from bisect_ml.sources.cells import make_buckets
from bisect_ml.sources.ordering import count_reads
from tests.prediction_logs import assert_equal, make_frame, named, reference

FORMS = ["instant", "wall", "epoch", "text"]


@pytest.fixture(autouse=True)
def _narrow_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bisect_ml.sources.buckets.WINDOW_VALUES", 200)
    monkeypatch.setattr("bisect_ml.sources.rows.MEMORY_BYTES", 0)


def write(path: Path, frame: pd.DataFrame, form: str, *, ordered: bool) -> Path:
    times = {
        "instant": frame["ts"],
        "wall": frame["ts"].dt.tz_localize(None),
        "epoch": frame["ts"].astype("int64"),
        "text": frame["ts"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }[form]
    written = frame.assign(ts=times)
    if not ordered:
        written = written.sample(frac=1, random_state=3)
    written.to_parquet(path, row_group_size=50)
    return path


@pytest.mark.parametrize("quantiles", ["overall", "all"])
@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_the_rows_does_not_matter(
    tmp_path: Path, form: str, ordered: bool, quantiles: str
) -> None:
    frame = make_frame(1_500)
    path = write(tmp_path / "log.parquet", frame, form, ordered=ordered)
    expected = reference(frame, 3_600)
    with open_predictions(path) as log:
        series = named(log.buckets(3_600, quantiles=quantiles))  # type: ignore[arg-type] # any number
        again = named(log.buckets(3_600, quantiles=quantiles))  # type: ignore[arg-type] # any number
        window = log.window(log.start, log.start + 3_600)
    for metric in ("mean", "std", "p05", "p50", "p95", "null_rate", "count"):
        assert_equal(series[metric].values, expected[metric])
        assert_equal(again[metric].values, expected[metric])
    assert (window.times[1:] >= window.times[:-1]).all()
    assert len(window.times) == (frame["ts"] < frame["ts"].iloc[0] + pd.Timedelta("1h")).sum()


@pytest.mark.parametrize("form", ["instant", "wall", "epoch"])
def test_only_a_file_out_of_order_is_sorted(tmp_path: Path, form: str) -> None:
    frame = make_frame(1_500)
    for ordered in (True, False):
        path = write(tmp_path / f"{ordered}.parquet", frame, form, ordered=ordered)
        with open_predictions(path) as log:
            cells = make_buckets(*log._span_us, 3_600 * 10**6)
            windows = plan_windows(log._rows, cells, 1)
            reads = count_reads(log._rows, cells, windows)
            log.buckets(3_600)
            assert (log._rows.database.folder / "log.parquet").exists() is not ordered
        assert len(windows) > 5
        assert reads < 2 if ordered else reads > 0.9 * len(windows)


def test_windows_hold_few_rows_and_all_cells(tmp_path: Path) -> None:
    frame = make_frame(1_500)
    with open_predictions(write(tmp_path / "log.parquet", frame, "instant", ordered=True)) as log:
        cells = make_buckets(*log._span_us, 3_600 * 10**6)
        windows = plan_windows(log._rows, cells, 2)
    counts = reference(frame, 3_600)["count"].to_numpy()
    assert [first for first, _ in windows] == [0, *(stop for _, stop in windows[:-1])]
    assert windows[-1][1] == len(counts)
    assert all(counts[first:stop].sum() <= 100 or stop == first + 1 for first, stop in windows)
