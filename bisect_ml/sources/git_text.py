"""What git writes as bytes, decoded: messages, names and files, paths, moments."""

from datetime import UTC, datetime


def text(raw: bytes) -> str:
    """Decode a message, a name or a file; what is not UTF-8 is read as Latin-1, which loses nothing."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def path(raw: bytes) -> str:
    r"""Decode a path; a byte that is not UTF-8 is written `\xNN`, so that two paths never become one."""
    return raw.decode("utf-8", "backslashreplace")


def moment(epoch_s: bytes) -> datetime:
    """Return an aware UTC datetime; a date that is missing or out of all range is put at the epoch."""
    try:
        return datetime.fromtimestamp(int(epoch_s), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
