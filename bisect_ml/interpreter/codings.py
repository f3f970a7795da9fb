"""Codecs, as far as they turn texts into bytes and back, and take no longer for that than these are long."""

import codecs
import io
from typing import Any

from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.machine import Unsupported

_CHARSETS = frozenset(
    {
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
        *("utf-32-be", "iso8859-1", "iso8859-15", "cp1252", "cp437", "koi8-r"),
    }
)


def _charset(name: Any) -> str:
    """Return the name of a codec of texts that is simple.

    Raises:
        Unsupported: It unpacks, or searches, what it is given.
        LookupError: There is none.
    """
    found = codecs.lookup(name).name
    if found not in _CHARSETS:
        raise Unsupported
    return found


def incremental_decoder(name: Any) -> Any:
    """Return what `codecs.getincrementaldecoder` does."""
    return codecs.getincrementaldecoder(_charset(name))


def incremental_encoder(name: Any) -> Any:
    """Return what `codecs.getincrementalencoder` does."""
    return codecs.getincrementalencoder(_charset(name))


def encode(text: Any, encoding: Any = "utf-8", errors: str = "strict") -> Any:
    """Return what `codecs.encode` does; `rot13` of texts is one more that is simple."""
    return codecs.encode(text, _rotated(encoding) or _charset(encoding), errors)


def decode(given: Any, encoding: Any = "utf-8", errors: str = "strict") -> Any:
    """Return what `codecs.decode` does."""
    return codecs.decode(given, _rotated(encoding) or _charset(encoding), errors)


def _rotated(encoding: Any) -> str | None:
    return "rot13" if encoding in {"rot13", "rot_13", "rot-13"} else None


class TextIOWrapper(io.TextIOWrapper):
    """`io.TextIOWrapper` of bytes in memory; to what interpreted code makes texts are written only.

    Python would read from there without end.
    """

    def __init__(self, buffer: Any, encoding: Any = None, *args: Any, **options: Any) -> None:
        if type(buffer) is not io.BytesIO and not made_here(type(buffer)):
            raise Unsupported
        super().__init__(buffer, _charset(encoding or "utf-8"), *args, **options)

    def _must_be_bytes(self) -> None:
        if type(self.buffer) is not io.BytesIO:
            raise Unsupported

    def read(self, size: int | None = -1, /) -> str:
        """Read what is left, or so many characters."""
        self._must_be_bytes()
        return super().read(size)

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """Read a line."""
        self._must_be_bytes()
        return super().readline(size)

    def __next__(self) -> str:  # type: ignore[override]
        self._must_be_bytes()
        return super().__next__()
