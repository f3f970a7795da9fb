"""The module `tomllib`, for settings that are not endless."""

import tomllib
from typing import Any

from bisect_ml.interpreter.machine import Exhausted

_LONGEST = 50_000
# Each part of a key costs as much as all before it.
_MOST_DOTS = 200


def read_toml(text: Any, /, **_: Any) -> Any:
    """Return what `tomllib.loads` does."""
    if isinstance(text, str) and (len(text) > _LONGEST or _dots(text) > _MOST_DOTS):
        raise Exhausted
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Exhausted from error


def _dots(text: str) -> int:
    return max(line.count(".") for line in text.split("\n"))


def read_toml_file(file: Any, /, **_: Any) -> Any:
    """Return what `tomllib.load` does."""
    given = file.read()
    return read_toml(given.decode() if isinstance(given, bytes) else given)


TOML: dict[str, Any] = {
    "loads": read_toml,
    "load": read_toml_file,
    "TOMLDecodeError": tomllib.TOMLDecodeError,
}
"""The module by its names."""
