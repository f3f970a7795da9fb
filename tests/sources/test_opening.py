"""The same log in every format gives the same series."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from bisect_ml.sources import PredictionLog, open_predictions
from bisect_ml.sources.rows import MEMORY_BYTES
from tests.prediction_logs import START, assert_equal, make_frame, named, reference, write_rows


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make_frame(2_000)


def check(log: PredictionLog, frame: pd.DataFrame) -> None:
    expected = reference(frame, 3_600)
    series = named(log.buckets(3_600))
    for metric in ("mean", "std", "p50", "null_rate", "count"):
        # Text keeps seventeen digits, so that numbers come back exactly.
        assert_equal(series[metric].values, expected[metric])
    assert log.columns.slices == ("country", "tier")
    assert log.columns.version == "model_version"
    assert log.columns.features == ("amount",)
    assert log.unreadable_rows == 0
    assert log.rows == len(frame)


WRITERS: dict[str, str] = {
    "csv": "(FORMAT csv, HEADER)",
    "csv.gz": "(FORMAT csv, HEADER, COMPRESSION gzip)",
    "csv.zst": "(FORMAT csv, HEADER, COMPRESSION zstd)",
    "tsv": r"(FORMAT csv, HEADER, DELIMITER '\t')",
    "txt": "(FORMAT csv, HEADER, DELIMITER ';')",
    "parquet": "(FORMAT parquet)",
    "pq": "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)",
    "jsonl": "(FORMAT json)",
    "ndjson.gz": "(FORMAT json, COMPRESSION gzip)",
    "jsonl.zst": "(FORMAT json, COMPRESSION zstd)",
    "json": "(FORMAT json, ARRAY true)",
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_format(tmp_path: Path, frame: pd.DataFrame, suffix: str) -> None:
    path = tmp_path / f"log.{suffix}"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("made", frame)
    connection.execute(f"COPY made TO '{path}' {WRITERS[suffix].replace('TAB', chr(9))}")
    with open_predictions(path) as log:
        assert log.paths == (str(path),)
        check(log, frame)


def test_a_data_frame(frame: pd.DataFrame) -> None:
    with open_predictions(frame) as log:
        assert log.paths == ()
        check(log, frame)


@pytest.mark.parametrize("name", [None, "seen"])
def test_the_index_of_a_data_frame_counts_where_it_holds_times(frame: pd.DataFrame, name: str | None) -> None:
    with open_predictions(frame.set_index("ts").rename_axis(name)) as log:
        assert log.columns.timestamp == (name or "timestamp")
        check(log, frame)
    with open_predictions(frame.set_index(frame.index + 10)) as log:
        check(log, frame)


def test_a_data_frame_is_left_as_it_is(frame: pd.DataFrame) -> None:
    copy = frame.set_index("ts")
    before = copy.copy(deep=True)
    with open_predictions(copy) as log:
        log.buckets(3_600)
    pd.testing.assert_frame_equal(copy, before)


def test_categories_and_numbered_columns(frame: pd.DataFrame) -> None:
    frame = frame.assign(country=frame["country"].astype("category"))
    with open_predictions(frame.rename(columns={"score": 0}), prediction="0") as log:
        check(log, frame)


def split(frame: pd.DataFrame, write: Callable[[pd.DataFrame, int], object]) -> None:
    for part, rows in enumerate(np.array_split(np.arange(len(frame)), 4)):
        write(frame.iloc[rows], part)


@pytest.mark.parametrize("given", ["folder", "pattern", "list"])
def test_many_files(tmp_path: Path, frame: pd.DataFrame, given: str) -> None:
    split(frame, lambda rows, part: rows.to_parquet(tmp_path / f"part-{part}.parquet"))
    predictions: object = {
        "folder": tmp_path,
        "pattern": f"{tmp_path}/part-?.parquet",
        "list": sorted(tmp_path.iterdir(), reverse=True),
    }[given]
    with open_predictions(predictions) as log:  # type: ignore[arg-type] # of any kind
        assert len(log.paths) == 4
        check(log, frame)


def test_files_whose_columns_stand_in_other_orders(tmp_path: Path, frame: pd.DataFrame) -> None:
    split(
        frame,
        lambda rows, part: rows[rows.columns[:: (-1) ** part]].to_csv(tmp_path / f"{part}.csv", index=False),
    )
    with open_predictions(tmp_path) as log:
        check(log, frame)


def test_files_whose_types_differ(tmp_path: Path, frame: pd.DataFrame) -> None:
    whole = frame.assign(score=frame["score"].round())

    def write(rows: pd.DataFrame, part: int) -> None:
        scores = rows["score"]
        text = scores.map(lambda score: None if pd.isna(score) else str(score))
        kinds = (scores.astype("float32"), scores, scores.astype("Int64"), text)
        rows.assign(score=kinds[part]).to_parquet(tmp_path / f"{part}.pq")

    split(whole, write)
    with open_predictions(tmp_path) as log:
        check(log, whole)


def test_a_column_that_some_files_lack_is_null_there(tmp_path: Path, frame: pd.DataFrame) -> None:
    split(
        frame,
        lambda rows, part: rows.drop(columns=["tier"] if part < 2 else []).to_csv(
            tmp_path / f"{part}.csv", index=False
        ),
    )
    with open_predictions(tmp_path, slices=["tier"], version="model_version", features=["amount"]) as log:
        assert log.warnings == (
            f"column 'tier' is missing in 2 of 4 files, the first is {tmp_path / '0.csv'}",
        )
        series = named(log.buckets(3_600))
    later = frame.iloc[sum(len(rows) for rows in np.array_split(np.arange(len(frame)), 4)[:2]) :]
    assert series["count of tier=paid"].values.sum() == (later["tier"] == "paid").sum()


@pytest.mark.parametrize(
    "name", ["a b.csv", "it's.csv", "log[1].csv", 'say "hi".csv', "50%.csv", "star*.csv", "ä;.csv"]
)
def test_odd_file_names(tmp_path: Path, frame: pd.DataFrame, name: str) -> None:
    frame.to_csv(tmp_path / name, index=False)
    frame.head(5).to_csv(tmp_path / "star-not-this-one.csv", index=False)
    with open_predictions(tmp_path / name) as log:
        check(log, frame)


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_odd_column_names(tmp_path: Path, frame: pd.DataFrame, suffix: str) -> None:
    names = {
        "ts": "select",
        "score": 'a"b',
        "country": "group by; --",
        "tier": "it's",
        "amount": "f0",
        "model_version": "t",
    }
    path = tmp_path / f"log.{suffix}"
    odd = frame.rename(columns=names)
    odd["select"] = odd["select"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if suffix == "jsonl" else odd["select"]
    if suffix == "csv":
        odd.to_csv(path, index=False)
    elif suffix == "jsonl":
        odd.to_json(path, orient="records", lines=True, double_precision=15)
    else:
        odd.to_parquet(path)
    with open_predictions(
        path,
        timestamp="select",
        prediction='a"b',
        slices=["group by; --", "it's"],
        features=["f0"],
        version="t",
    ) as log:
        expected = reference(frame, 3_600)
        series = named(log.buckets(3_600))
        assert_equal(series["mean"].values, expected["mean"], relative=1e-11)
        assert series["count of group by; --=US"].values.sum() == (frame["country"] == "US").sum()
        assert log.features(3_600)[0].metric == "feature[f0]"
        assert len(log.versions()) == 2


def test_odd_slice_values(tmp_path: Path) -> None:
    values = ["it's", 'a"b', "NULL", "", " x ", "ü, ö", "'; DROP TABLE log; --"]
    frame = pd.DataFrame(
        {"ts": pd.date_range(START, periods=700, freq="min"), "score": 1.5, "kind": values * 100}
    )
    frame.to_parquet(tmp_path / "log.parquet")
    with open_predictions(tmp_path / "log.parquet", slices=["kind"]) as log:
        assert {part.value for part in log.largest_slices()} == set(values)
        counts = [one for one in log.buckets(3_600) if one.metric == "count" and one.slice is not None]
        assert [one.values.sum() for one in counts] == [100] * 7
        assert set(log.window(log.start, log.end + 1).slices["kind"].values) == set(values)


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    lines = [f'"2026-03-{day:02d}","{day},5\r\nnote",{day}.5' for day in range(1, 29)]
    (tmp_path / "log.csv").write_bytes("\r\n".join(["\ufeffts,note,score", *lines, ""]).encode())
    with open_predictions(tmp_path / "log.csv") as log:
        assert (log.rows, log.unreadable_rows) == (28, 0)
        assert_equal(log.points()[0].values, np.arange(1, 29) + 0.5)


def test_text_that_stands_for_nothing_is_null(tmp_path: Path) -> None:
    lines = [
        f"2026-03-{day:02d},{value}"
        for day, value in enumerate(["1", "", "NULL", "NaN", "n/a", "None", " 2.5 "], 1)
    ]
    with open_predictions(write_rows(tmp_path / "log.csv", ["ts,score", *lines])) as log:
        series = named(log.points())
        assert log.unreadable_rows == 0
    assert_equal(series["mean"].values, [1, *[np.nan] * 5, 2.5])


def test_predictions_that_begin_late_are_seen(tmp_path: Path) -> None:
    moments = pd.date_range(START, periods=30_000, freq="min")
    scores = np.where(np.arange(30_000) < 25_000, np.nan, 0.25)
    pd.DataFrame({"ts": moments, "score": scores}).to_csv(tmp_path / "log.csv", index=False)
    with open_predictions(tmp_path / "log.csv") as log:
        assert named(log.buckets(86_400))["null_rate"].values[0] == 1


def test_json_rows_with_other_keys_and_nested_values(tmp_path: Path) -> None:
    lines = [
        f'{{"ts": {1_772_000_000 + 60 * row}, "score": {row}, "input": {{"x": [1, 2]}}, "tags": ["a"]}}'
        for row in range(500)
    ]
    lines[7] = '{"score": 7, "ts": 1772000420, "extra": true}'
    with open_predictions(write_rows(tmp_path / "log.jsonl", lines)) as log:
        assert log.columns.slices == ()
        assert (log.rows, log.unreadable_rows) == (500, 0)
        assert_equal(log.points()[0].values, np.arange(500))


def test_large_text_goes_to_a_file_and_gives_the_same(
    tmp_path: Path, frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MEMORY_BYTES > 2**20
    monkeypatch.setattr("bisect_ml.sources.rows.MEMORY_BYTES", 0)
    frame.to_csv(tmp_path / "log.csv", index=False)
    with open_predictions(tmp_path / "log.csv") as log:
        assert (log._rows.database.folder / "log.parquet").exists()
        check(log, frame)
        window = log.window(log.start, log.start + 7_200)
    expected = frame[frame["ts"] < frame["ts"].iloc[0] + pd.Timedelta("2h")]
    assert_equal(window.values, expected["score"])
