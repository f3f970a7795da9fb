"""Logs that cannot be used, and rows that cannot be read."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from bisect_ml.errors import BisectError, ConfigError, InputError
from bisect_ml.sources import open_predictions
from tests.prediction_logs import START, make_frame, write_rows

GOOD = [
    f"{at:%Y-%m-%dT%H:%MZ},{row / 7:.3f},{'ab'[row % 2]}"
    for row, at in enumerate(pd.date_range(START, periods=300, freq="h"))
]
HEADER = "ts,score,kind"


def refused(predictions: object, **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        open_predictions(predictions, **options)  # type: ignore[arg-type] # of any kind
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


def written(folder: Path, lines: Sequence[str], name: str = "log.csv") -> Path:
    return write_rows(folder / name, lines)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADER], "has no rows"),
        ([""], "is empty"),
        ([HEADER, "2026-03-02,1.5,a"], "there is only one row"),
        ([HEADER, *["2026-03-02,1.5,a"] * 5], "all 5 rows have the same time"),
        ([HEADER, *(f"2026-03-{day:02d},,a" for day in range(1, 29))], "column 'score' is null in every row"),
        ([HEADER, *(f",{day},a" for day in range(1, 29))], "column 'ts' is empty in every row"),
        (
            [HEADER, *(f"banana,{day},a" for day in range(1, 29))],
            "column 'ts' holds no times: row 1 is 'banana'",
        ),
        (
            [HEADER, "2026-03-02 00:00,1,a", "yesterday,2,a"],
            "column 'ts' holds too few times: row 2 is 'yesterday'",
        ),
        (["1,2", "3,4", "5,6"], "has no header line"),
        (['{"ts": 1, "score": 2}', '{"ts": 2, "score": 3}'], "looks like JSON lines, not like CSV"),
        (["PAR1 and more"], "looks like Parquet, not like CSV"),
        (
            ["ts,score", "2026-03-02,0,5", "2026-03-03,0,7"],
            "line 2 does not fit the columns: '2026-03-02,0,5'",
        ),
        (["a,b", "x,y", "z,w"], "cannot tell which column is the timestamp; the columns are 'a', 'b'"),
    ],
)
def test_logs_that_cannot_be_used(tmp_path: Path, lines: list[str], said: str) -> None:
    path = written(tmp_path, lines)
    error = refused(path)
    assert error.message == f"{path}: {said}"


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv").message == f"{tmp_path / 'none.csv'}: no such file"


def test_a_missing_column(tmp_path: Path) -> None:
    error = refused(written(tmp_path, [HEADER, *GOOD]), prediction="probability")
    assert error.message.endswith("no column 'probability'")
    assert error.hint == "the columns are 'ts', 'score', 'kind'; choose one with --prediction COLUMN"


@pytest.mark.parametrize("content", [b"PAR1 and then nothing", b"not at all", b""])
def test_a_corrupt_parquet_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.parquet"
    path.write_bytes(content)
    error = refused(path)
    assert error.message.startswith(f"{path}: is ")


def test_a_parquet_file_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    make_frame().to_parquet(path)
    path.write_bytes(path.read_bytes()[:-200])
    assert "is not a readable Parquet file" in refused(path).message


def test_a_parquet_file_with_damaged_pages(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    make_frame(50_000).to_parquet(path, row_group_size=5_000)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = bytes(20_000)
    path.write_bytes(content)
    with pytest.raises(InputError) as caught, open_predictions(path) as log:
        log.buckets(3_600)
    assert "\n" not in caught.value.message


def test_a_file_that_is_not_compressed_as_it_says(tmp_path: Path) -> None:
    assert "cannot be read" in refused(written(tmp_path, [HEADER, *GOOD], "log.csv.gz")).message


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("[1, 2]\n[3]\n")
    assert "holds no JSON objects" in refused(tmp_path / "log.jsonl").message
    (tmp_path / "log.csv").write_bytes(bytes(range(256)) * 50)
    assert refused(tmp_path / "log.csv").message.startswith(str(tmp_path))


def test_files_that_do_not_belong_together(tmp_path: Path) -> None:
    written(tmp_path, [HEADER, *GOOD], "a.csv")
    written(tmp_path, ["ts,service", "2026-03-02,scorer"], "b.csv")
    error = refused(tmp_path)
    assert error.message == f"{tmp_path / 'b.csv'}: no column 'score', which other files of the log have"


def test_texts_are_neither_numbers_nor_labels(tmp_path: Path) -> None:
    lines = [f"2026-03-{day:02d},word {day} {hour},a" for day in range(1, 29) for hour in range(3)]
    error = refused(written(tmp_path, [HEADER, *lines]))
    assert "column 'score' holds 84 texts such as 'word 1 0', neither numbers nor labels" in error.message


def test_lists_are_no_predictions(tmp_path: Path) -> None:
    frame = make_frame(100)
    frame["score"] = [[0.1, 0.9]] * len(frame)
    frame.to_parquet(tmp_path / "log.parquet")
    assert "neither numbers" in refused(tmp_path / "log.parquet", prediction="score").message


def test_empty_data_frames() -> None:
    assert refused(make_frame()[:0]).message == "the DataFrame: has no rows"
    assert refused(pd.DataFrame()).message == "the DataFrame: has no columns"


def test_two_columns_of_one_name() -> None:
    frame = make_frame(100)
    assert "two columns are called 'ts'" in refused(frame.rename(columns={"score": "ts"})).message


@pytest.mark.parametrize(
    ("bad", "first"),
    [
        (["banana,1,a"], "row 301: 'ts' is 'banana'"),
        ([",1,a"], "row 301: 'ts' is empty"),
        (["2026-13-45,1,a"], "row 301: 'ts' is '2026-13-45'"),
        (["2026-03-05,much,a"], "row 301: 'score' is 'much'"),
        (["2026-03-05,1,a,b"], "line 302 does not fit the columns: '2026-03-05,1,a,b'"),
        (["2026-03-05"], "line 302 does not fit the columns: '2026-03-05'"),
        (["banana,1,a", "2026-03-05", "2026-03-05,much,a"], "row 301: 'ts' is 'banana'"),
    ],
)
def test_few_unreadable_rows_are_counted_and_named(tmp_path: Path, bad: list[str], first: str) -> None:
    path = written(tmp_path, [HEADER, *GOOD, *bad])
    with open_predictions(path) as log:
        assert log.rows == 300
        assert log.unreadable_rows == len(bad)
        (warning,) = log.warnings
        assert (
            sum(one.values.sum() for one in log.buckets(86_400, slice_values=()) if one.metric == "count")
            == 300
        )
    assert warning.startswith(f"{len(bad)} of {300 + len(bad)} rows (0.")
    assert warning.endswith(f"cannot be read and were left out; the first is {path}: {first}")


@pytest.mark.parametrize(
    ("bad", "hint"),
    [
        ("banana,1,a", "--timestamp COLUMN"),
        ("2026-03-05,much,a", "--prediction COLUMN"),
        ("x", "--max-unreadable"),
    ],
)
def test_many_unreadable_rows_are_refused(tmp_path: Path, bad: str, hint: str) -> None:
    path = written(tmp_path, [HEADER, *GOOD, *[bad] * 10])
    error = refused(path)
    assert "10 of 310 rows (3.23%) cannot be read; the first is" in error.message
    assert hint in error.hint
    with open_predictions(path, max_unreadable=0.05) as log:
        assert log.unreadable_rows == 10


def test_broken_json_lines_are_counted(tmp_path: Path) -> None:
    lines = [
        f'{{"ts": "2026-03-{day:02d}T{hour:02d}:00Z", "score": {hour}}}'
        for day in range(1, 29)
        for hour in range(24)
    ]
    lines[100] = '{"ts": "2026'
    with open_predictions(write_rows(tmp_path / "log.jsonl", lines)) as log:
        assert (log.rows, log.unreadable_rows) == (671, 1)
        assert "row 101" in log.warnings[0]


def test_null_times_in_parquet_are_counted_with_their_row(tmp_path: Path) -> None:
    frame = make_frame()
    frame.loc[1_234, "ts"] = None
    frame.to_parquet(tmp_path / "log.parquet", row_group_size=500)
    with open_predictions(tmp_path / "log.parquet") as log:
        assert log.unreadable_rows == 1
        assert "row 1235: 'ts' is empty" in log.warnings[0]
        assert log.window(log.start, log.end + 1).times.size == log.rows


def test_every_error_is_one_of_ours(tmp_path: Path) -> None:
    """The first line of a file of each kind is replaced by rubbish."""
    for suffix in ("csv", "csv.gz", "csv.zst", "tsv", "jsonl", "jsonl.gz", "json", "parquet"):
        path = tmp_path / f"log.{suffix}"
        path.write_bytes(b"\x00\xff\xfe{[,;\n\x1f" * 40)
        with pytest.raises(BisectError):
            open_predictions(path)


def test_an_empty_file_among_others_is_said(tmp_path: Path) -> None:
    written(tmp_path, [HEADER, *GOOD], "a.csv")
    (tmp_path / "b.csv").touch()
    with open_predictions(tmp_path) as log:
        assert log.warnings == (f"1 of 2 files are empty, the first is {tmp_path / 'b.csv'}",)


def test_too_narrow_a_bucket_is_refused(tmp_path: Path) -> None:
    with open_predictions(written(tmp_path, [HEADER, *GOOD])) as log:
        with pytest.raises(ConfigError, match="buckets of 1 s would be 1,076,401 in this log"):
            log.buckets(1)
        assert log.buckets(60)
