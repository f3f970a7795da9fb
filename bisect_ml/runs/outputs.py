"""What a command wrote: found, and told by its content what kind of file it is."""

import os
import zlib
from pathlib import Path

_HEAD_BYTES = 1 << 16
_PARQUET = b"PAR1"
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_READABLE = "CSV, Parquet or JSON lines"


class BadOutputError(Exception):
    """The output is no file of predictions; the text says why, in words that end a sentence."""


def found_output(asked: Path) -> Path:
    """Return what lies where a command was asked to write, or beside it with a suffix that it added.

    Raises:
        BadOutputError: Nothing is there, or more than one thing.
    """
    beside = [asked] if asked.exists() else sorted(asked.parent.glob(f"{asked.name}*"))
    if len(beside) == 1:
        if not beside[0].is_dir() and not beside[0].is_file():
            raise BadOutputError("wrote an output that is neither a file nor a folder")
        return beside[0]
    if beside:
        raise BadOutputError(f"wrote {len(beside)} outputs: {', '.join(each.name for each in beside[:3])}")
    raise BadOutputError("wrote nothing where {output} says; without {output}, what it prints is its output")


def suffix(path: Path) -> str:
    """Return the suffix that tells readers what a file holds: `.csv`, `.parquet`, `.jsonl.gz`, ...

    A folder has none.

    Raises:
        BadOutputError: It is empty, or of no known kind.
    """
    if path.is_dir():
        if not any(each.is_file() and each.stat().st_size for each in path.rglob("*")):
            raise BadOutputError("wrote an empty folder as its output")
        return ""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(_PARQUET):
            file.seek(-len(_PARQUET), os.SEEK_END)
            if file.tell() < len(_PARQUET) or file.read() != _PARQUET:
                raise BadOutputError("wrote a Parquet file that is cut short")
            return ".parquet"
    if head.startswith(_ZSTD):
        raise BadOutputError(f"wrote zstd; its output has to be {_READABLE}, plain or with gzip")
    if head.startswith(_GZIP):
        return f"{_text_suffix(_unzipped(head))}.gz"
    return _text_suffix(head)


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD_BYTES)
    except zlib.error as problem:
        raise BadOutputError("wrote a broken gzip file") from problem


def _text_suffix(head: bytes) -> str:
    try:
        # The last letter may be cut in two.
        text = head.decode("utf-8-sig", "strict" if len(head) < _HEAD_BYTES else "ignore")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    if not text.strip():
        raise BadOutputError("wrote an empty output")
    if "\0" in text:
        raise BadOutputError(f"wrote an output that is not {_READABLE}")
    if text.lstrip().startswith(("{", "[")):
        return ".jsonl"
    if len(head) < _HEAD_BYTES and len(text.strip().splitlines()) < 2:
        raise BadOutputError("wrote an output of one line: a header, or no table at all")
    return ".csv"
