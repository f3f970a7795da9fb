from pathlib import Path

import pytest

from bisect_ml.errors import InputError
from bisect_ml.sources.files import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "a.parquet",
        "b.pq",
        "2026/c.parquet",
        ".hidden/d.parquet",
        "_temporary/e.parquet",
        "read.me",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def test_a_folder_stands_for_its_logs(folder: Path) -> None:
    files = find_files([folder])
    assert [str(path.relative_to(folder)) for path in files.paths] == ["2026/c.parquet", "a.parquet", "b.pq"]
    assert files.format == "parquet"
    assert files.size_bytes == 3


def test_patterns_match_below(folder: Path) -> None:
    assert [path.name for path in find_files([f"{folder}/*.parquet"]).paths] == ["a.parquet"]
    found = find_files([f"{folder}/**/[ac].parquet"])
    assert [path.name for path in found.paths] == ["c.parquet", "a.parquet"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(find_files([folder / "a.parquet", f"{folder}/a.*"]).paths) == 1


def test_a_name_that_looks_like_a_pattern_is_a_name_first(tmp_path: Path) -> None:
    odd = tmp_path / "log[1]*.csv"
    odd.write_text("ts,score\n")
    assert find_files([odd]).paths == (odd,)


@pytest.mark.parametrize(
    "name", ["a.csv", "a.CSV", "a.tsv.gz", "a.txt", "a.jsonl.zst", "a.ndjson", "a.json", "a.parquet", "a.pq"]
)
def test_formats_are_told_by_the_suffix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    expected = "csv" if ".c" in name.lower() or ".t" in name else "json" if "json" in name else "parquet"
    assert find_files([path]).format == expected


def test_empty_files_are_left_out_while_others_are_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    (tmp_path / "b.csv").write_text("ts,score\n")
    files = find_files([tmp_path])
    assert files.paths == (tmp_path / "b.csv",)
    assert files.empty == (tmp_path / "a.csv",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none.csv", "no such file"),
        ("none/*.csv", "no file matches this pattern"),
        ("bare", "no prediction log in this folder"),
        ("log.xlsx", "unknown kind of file"),
        ("empty.csv", "is empty"),
        ("both", "several formats (.csv, .parquet)"),
    ],
)
def test_what_cannot_be_a_log(tmp_path: Path, given: str, said: str) -> None:
    for name in ("bare/notes.md", "log.xlsx", "both/a.csv", "both/b.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InputError) as caught:
        find_files([str(tmp_path / given)])
    assert caught.value.message.startswith(f"{tmp_path / given}: ")
    assert said in caught.value.message
    assert caught.value.hint


def test_addresses_are_refused() -> None:
    with pytest.raises(InputError, match="is not a local file"):
        find_files(["s3://bucket/log.parquet"])


def test_nothing_given_is_refused() -> None:
    with pytest.raises(InputError, match="no prediction log was given"):
        find_files([])


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"
    path.write_text("ts,score\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The superuser may open every file, so that modes alone cannot show it.
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as caught:
        find_files([path])
    assert caught.value.message == f"{path}: cannot be opened: Permission denied"
    assert "permissions" in caught.value.hint
