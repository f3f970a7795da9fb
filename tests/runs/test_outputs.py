"""What a command may write, and what it is told when it wrote nothing that can be read."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from bisect_ml.runs.outputs import BadOutputError, found_output, suffix


def parquet(path: Path) -> None:
    duckdb.execute(f"COPY (SELECT 1 AS prediction) TO '{path}' (FORMAT parquet)")


def written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def folder(path: Path) -> None:
    path.mkdir()
    parquet(path / "part-0.parquet")


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (written(b"key,prediction\n1,2\n"), ".csv"),
        (written(b"\xef\xbb\xbfkey;prediction\r\n1;2\r\n"), ".csv"),
        (written("schlüssel\n1\n".encode("latin-1")), ".csv"),
        (written("é".encode() * 40_000 + b"\n1\n"), ".csv"),
        (written(b"x" + "é".encode() * 40_000 + b"\n1\n"), ".csv"),
        (written(b'{"prediction": 1}\n'), ".jsonl"),
        (written(b'\n[{"prediction": 1}]'), ".jsonl"),
        (written(gzip.compress(b"key,prediction\n1,2\n" * 100_000)), ".csv.gz"),
        (written(gzip.compress(b'{"prediction": 1}\n')), ".jsonl.gz"),
        (parquet, ".parquet"),
        (folder, ""),
    ],
)
def test_the_content_tells_the_format(tmp_path: Path, write: Callable[[Path], object], expected: str) -> None:
    write(tmp_path / "predictions")

    assert suffix(found_output(tmp_path / "predictions")) == expected


def cut_parquet(path: Path) -> None:
    parquet(path)
    path.write_bytes(path.read_bytes()[:-10])


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda _: None, "wrote nothing where {output} says; without {output}, what it prints is its output"),
        (written(b""), "wrote an empty output"),
        (written(b" \n\n"), "wrote an empty output"),
        (written(gzip.compress(b"")), "wrote an empty output"),
        (written(b"\x1f\x8bnonsense"), "wrote a broken gzip file"),
        (written(b"key,prediction\n"), "wrote an output of one line: a header, or no table at all"),
        (written(b"\x80\x04\x95\x00\x00pickled"), "wrote an output that is not CSV, Parquet or JSON lines"),
        (
            written(b"\x28\xb5\x2f\xfd123"),
            "wrote zstd; its output has to be CSV, Parquet or JSON lines, plain or with gzip",
        ),
        (written(b"PAR1"), "wrote a Parquet file that is cut short"),
        (cut_parquet, "wrote a Parquet file that is cut short"),
        (Path.mkdir, "wrote an empty folder as its output"),
        (os.mkfifo, "wrote an output that is neither a file nor a folder"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, write: Callable[[Path], object], reason: str) -> None:
    write(tmp_path / "predictions")

    with pytest.raises(BadOutputError) as found:
        suffix(found_output(tmp_path / "predictions"))
    assert str(found.value) == reason


def test_a_suffix_that_the_command_added_is_found(tmp_path: Path) -> None:
    (tmp_path / "predictions.json").write_text('{"a": 1}\n')

    assert found_output(tmp_path / "predictions") == tmp_path / "predictions.json"
    (tmp_path / "predictions.txt").touch()
    with pytest.raises(BadOutputError, match="wrote 2 outputs: predictions"):
        found_output(tmp_path / "predictions")
