"""Modules of the standard library that are written in Python: they are read step by step like all other code.

What they do is paid for like that of the code that asks them, and they reach no more than it does.
"""

import sysconfig
from pathlib import Path

from bisect_ml.interpreter.tables import words

_READ = words(
    "_markupbase configparser contextlib fnmatch html.parser http.cookies pprint shlex string stringprep "
    "textwrap urllib.parse xml xml.etree xml.etree.ElementPath xml.etree.ElementTree"
)
_SCHEME = "python:"


def _text(name: str) -> str | None:
    stem = Path(sysconfig.get_path("stdlib")).joinpath(*name.split("."))
    paths = (stem.with_suffix(".py"), stem / "__init__.py")
    return next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), None)


# Read with the tool itself, as its own modules are: who asks about a commit opens no file.
_TEXTS = {name: _text(name) for name in sorted(_READ)}


def library_text(name: str) -> str | None:
    """Return the text of a module; None of those that are not read, and where Python came without texts."""
    return _TEXTS.get(name)


def library_path(name: str) -> str:
    """Return what stands for the path of a module, which no file of a tree has."""
    return f"{_SCHEME}{name}"


def library_name(path: str) -> str | None:
    """Return the name of a module by what stands for its path; None of the path of a file."""
    return path.removeprefix(_SCHEME) if path.startswith(_SCHEME) else None
