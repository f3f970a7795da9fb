"""The environment variables of a command, and what of the user's own set-up its result depends on."""

import os
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Compiled files in a folder of the user's own would be taken for those of another commit, whose file may
# have the same size and the same time.
_UNSET = ("PYTHONPYCACHEPREFIX", "PYTHONHOME", "OLDPWD")
_SAME_EACH_TIME = {
    "PYTHONUNBUFFERED": "1",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "TF_DETERMINISTIC_OPS": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command runs: the checkout's top, the folder in it, and the user's own checkout, if any."""

    checkout: Path
    folder: Path
    user_top: Path | None


def environment(place: Place, *, seed: int, made: Path | None = None) -> dict[str, str]:
    """Return the variables of a command.

    They are the user's own, but for what would make two runs differ. Variables of git are left out: a hook
    or a CI job sets them to another repository than the checkout.

    Args:
        place: Where it runs.
        seed: Python's hash seed.
        made: An environment to be active, as `source bin/activate` makes it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in _UNSET
    }
    variables = {
        **_SAME_EACH_TIME,
        **kept,
        "PYTHONHASHSEED": str(seed % 2**32),
        "PYTHONPATH": os.pathsep.join(_search_path(kept, place)),
        "PWD": str(place.folder),
        # Should a command remove its `.git`, no repository further up must answer for it.
        "GIT_CEILING_DIRECTORIES": str(place.checkout.parent),
    }
    if made is not None:
        variables["PATH"] = os.pathsep.join([str(made / "bin"), kept.get("PATH", os.defpath)])
        variables["VIRTUAL_ENV"] = str(made)
    return variables


def of_the_commit(variables: Mapping[str, str], place: Place) -> dict[str, str]:
    """Return variables with which Python finds the code of the commit before any other of its name.

    A package that was installed for editing from the user's own checkout would otherwise stand in for it, on
    both sides of a comparison, which would then find them equal.
    """
    own = (place.folder / "src", place.folder, place.checkout / "src", place.checkout)
    entries = [*(str(each) for each in own if each.is_dir()), variables["PYTHONPATH"]]
    return {**variables, "PYTHONPATH": os.pathsep.join(dict.fromkeys(entry for entry in entries if entry))}


def program(command: str) -> Mapping[str, str]:
    """Return the program that a command starts with, and when it was last changed; empty where unknown."""
    found = _program(command)
    return {} if found is None else {"program": str(found), "changed": str(found.stat().st_mtime_ns)}


def packages(command: str) -> Mapping[str, str]:
    """Return the folders of the Python packages beside the program of a command, and when they changed.

    A package that is installed or removed changes the folder that holds it; what a command came to before
    is then worth nothing.
    """
    found = _program(command, links=True)
    if found is None:
        return {}
    folders = found.parent.parent.glob("lib/python*/*-packages")
    return {str(each): str(each.stat().st_mtime_ns) for each in sorted(folders)}


def _program(command: str, *, links: bool = False) -> Path | None:
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    name = next((word for word in words if "=" not in word), "")
    found = None if "{" in name else shutil.which(name)
    if found is None:
        return None
    return Path(found).absolute() if links else Path(found).resolve()


def _search_path(variables: Mapping[str, str], place: Place) -> list[str]:
    """Return the user's own search path, with the checkout in the place of the user's."""
    entries = [entry for entry in variables.get("PYTHONPATH", "").split(os.pathsep) if entry]
    if place.user_top is None:
        return entries
    top = place.user_top.resolve()
    moved = []
    for entry in map(Path, entries):
        inside = entry.resolve().is_relative_to(top)
        moved.append(str(place.checkout / entry.resolve().relative_to(top) if inside else entry))
    return moved
