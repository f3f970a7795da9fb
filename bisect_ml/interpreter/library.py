"""Modules of the standard library that are written in Python: they are read step by step like all other code.

What they do is paid for like that of the code that asks them, and they reach no more than it does.
"""

import sysconfig
from functools import lru_cache
from pathlib import Path

from bisect_ml.interpreter.tables import words

_READ = words(
    "configparser contextlib fnmatch http.cookies pprint shlex string stringprep textwrap urllib.parse xml "
    "xml.etree xml.etree.ElementPath xml.etree.ElementTree"
)
_SCHEME = "python:"


@lru_cache(maxsize=64)
def library_text(name: str) -> str | None:
    """Return the text of a module; None of those that are not read, and where Python came without texts."""
    if name not in _READ:
        return None
    stem = Path(sysconfig.get_path("stdlib")).joinpath(*name.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def library_path(name: str) -> str:
    """Return what stands for the path of a module, which no file of a tree has."""
    return f"{_SCHEME}{name}"


def library_name(path: str) -> str | None:
    """Return the name of a module by what stands for its path; None of the path of a file."""
    return path.removeprefix(_SCHEME) if path.startswith(_SCHEME) else None
