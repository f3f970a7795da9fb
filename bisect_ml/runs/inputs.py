"""The recorded inputs that every run reads: what they are, by content, and whether a run changed them."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bisect_ml.errors import InputError

_HINT = "give a file or a folder of files that can be read"


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of all files of a folder and their names.

    Raises:
        InputError: It is missing, cannot be read, or holds something that is no file.
    """
    try:
        if not path.is_dir():
            return _digest(path)
        listed = hashlib.sha256()
        for each in _files(path):
            digest = str(each.readlink()) if _is_folder_link(each) else _digest(each)
            listed.update(os.fsencode(f"{each.relative_to(path)}\0{digest}\0"))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError(f"{path}: cannot be read: {reason}", _HINT) from problem
    return listed.hexdigest()


def state(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Return the names, sizes and times of change of the files, which tell whether one was changed."""
    found = []
    for each in _files(path) if path.is_dir() else [path]:
        try:
            about = each.stat()
        except OSError:
            continue
        found.append((str(each), about.st_size, about.st_mtime_ns))
    return tuple(found)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        # Links to folders are not followed: they may lead in circles.
        yield from (Path(place, name) for name in folders if Path(place, name).is_symlink())
        yield from (Path(place, name) for name in sorted(names))


def _raise(problem: OSError) -> None:
    raise problem


def _is_folder_link(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


def _digest(path: Path) -> str:
    if not stat.S_ISREG(path.stat().st_mode):
        raise InputError(f"{path}: is not a file", _HINT)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
