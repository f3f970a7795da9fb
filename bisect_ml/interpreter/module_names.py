"""The names by which the files of a tree are imported."""

from collections.abc import Container
from functools import lru_cache
from pathlib import PurePosixPath

PACKAGE = "__init__.py"
_GAP = 2


@lru_cache(maxsize=64)
def named(paths: frozenset[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the files of a tree by the names that they are imported by, and the names of its folders.

    The versions of a tree that differ in texts alone share them.
    """
    longest_first = sorted(sorted(paths), key=len, reverse=True)
    found = {dotted(path, paths): path for path in longest_first}
    for path in longest_first:
        found.setdefault(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), path)
    folders = {each for path in paths for each in PurePosixPath(path).parents if each.parts}
    return found, frozenset(".".join(each.parts) for each in folders)


def dotted(path: str, sources: Container[str]) -> str:
    """Return the name by which a file is imported: from the outermost folder that is a package on."""
    at = PurePosixPath(path)
    parts = [] if at.name == PACKAGE else [at.stem]
    folders = [each for each in at.parents if each.name]
    outermost = 0
    for place, folder in enumerate(folders, 1):
        # A folder without that file, within a package, is a package too.
        if place - outermost <= _GAP and f"{folder}/{PACKAGE}" in sources:
            outermost = place
    parts += [each.name for each in folders[:outermost]]
    return ".".join(reversed(parts))
