"""From paths, patterns and folders to the files of one log."""

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bisect_ml.errors import InputError

FileFormat: TypeAlias = Literal["csv", "parquet", "json"]

SUFFIXES: dict[str, FileFormat] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
COMPRESSIONS = (".gz", ".zst")
KNOWN = "CSV, TSV, Parquet and JSON lines, by their suffix; text also with .gz or .zst"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFiles:
    """The files of one log, sorted within each given path, all of one format and none of them empty."""

    paths: tuple[Path, ...]
    format: FileFormat
    size_bytes: int
    empty: tuple[Path, ...] = ()


def find_files(predictions: Sequence[str | Path]) -> LogFiles:
    """Return the files that paths, glob patterns and folders stand for.

    A folder stands for every log file below it, hidden ones and those that begin with `_` left out.

    Raises:
        InputError: Nothing is there, cannot be read, is empty, or is of no or of several known formats.
    """
    paths = list(dict.fromkeys(path for given in predictions for path in _expand(str(given))))
    if not paths:
        raise InputError("no prediction log was given", "name a file, a folder or a pattern")
    formats = {path: _format(path) for path in paths}
    if len(set(formats.values())) > 1:
        kinds = sorted({_kind(path) for path in paths})
        raise InputError(
            f"{', '.join(map(str, predictions))}: holds files of several formats ({', '.join(kinds)})",
            "name the files of the log, or give a pattern such as 'logs/*.parquet'",
        )
    sizes = {path: _size(path) for path in paths}
    empty = tuple(path for path in paths if sizes[path] == 0)
    filled = tuple(path for path in paths if sizes[path] > 0)
    if not filled:
        raise InputError(f"{_name(empty)}: is empty", "the log needs at least two rows")
    return LogFiles(paths=filled, format=formats[filled[0]], size_bytes=sum(sizes.values()), empty=empty)


def _expand(given: str) -> list[Path]:
    if "://" in given:
        raise InputError(f"{given}: is not a local file", "copy the log to this machine and name the copy")
    path = Path(given).expanduser()
    if path.is_dir():
        found = [below for below in sorted(path.rglob("*")) if _is_log(below, path)]
        if not found:
            raise InputError(f"{given}: no prediction log in this folder", f"readable are {KNOWN}")
        return found
    if path.exists():
        return [path]
    if glob.has_magic(given):
        found = sorted(match for match in _matches(path) if match.is_file())
        if not found:
            raise InputError(f"{given}: no file matches this pattern", "check the pattern and the folder")
        return found
    raise InputError(f"{given}: no such file", "check the path")


def _matches(pattern: Path) -> Iterator[Path]:
    # `glob`, not `Path.glob`: it matches absolute patterns and `**` in the way that shells do.
    return map(Path, glob.iglob(str(pattern), recursive=True))  # noqa: PTH207 - as said above


def _is_log(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    return not hidden and _kind(path) in SUFFIXES and path.is_file()


def _kind(path: Path) -> str:
    """The suffix that tells the format, without the compression's."""
    inner = path.with_suffix("") if path.suffix.lower() in COMPRESSIONS else path
    return inner.suffix.lower()


def _format(path: Path) -> FileFormat:
    found = SUFFIXES.get(_kind(path))
    if found is None:
        raise InputError(f"{path}: unknown kind of file", f"readable are {KNOWN}")
    return found


def _size(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{path}: cannot be opened: {reason}", "check the file's permissions") from error


def _name(paths: tuple[Path, ...]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more files"
