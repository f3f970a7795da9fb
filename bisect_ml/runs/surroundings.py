"""The environment variables of a command, and what of the user's own set-up its result depends on."""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

# A hook or a CI job starts us with these set to another repository than the checkout; compiled files of a
# shared folder would be taken for those of another commit whose file has the same size and time.
_UNSET = ("PYTHONPYCACHEPREFIX", "PYTHONSTARTUP", "OLDPWD")
_SAME_EACH_TIME = {
    "PYTHONUNBUFFERED": "1",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "TF_DETERMINISTIC_OPS": "1",
}


def environment(checkout: Path, folder: Path, *, user_top: Path | None, seed: int) -> dict[str, str]:
    """Return the variables of a command that runs the code of a checkout.

    They are the user's own, but for what would make two runs differ, and for Python's search path: the
    checkout comes first, with its `src`, and no entry leads into the user's own checkout, so that
    a package that was installed from there for editing does not stand in for the code of the commit.

    Args:
        checkout: The top folder of the checkout.
        folder: Where in it the command starts.
        user_top: The user's own checkout, None where there is none.
        seed: Python's hash seed.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in _UNSET
    }
    own = [place for place in (folder / "src", folder, checkout / "src", checkout) if place.is_dir()]
    given = [entry for entry in kept.get("PYTHONPATH", "").split(os.pathsep) if entry]
    entries = [*map(str, own), *(_moved(entry, user_top, checkout) for entry in given)]
    fixed = {name: kept.get(name, value) for name, value in _SAME_EACH_TIME.items()}
    return {
        **kept,
        **fixed,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(entries)),
        "PYTHONHASHSEED": str(seed % 2**32),
        "PWD": str(folder),
        "GIT_CEILING_DIRECTORIES": str(checkout.parent),
    }


def toolchain(command: str) -> Mapping[str, str]:
    """Return the program that a command starts with, and the state of the Python packages beside it.

    A package that is installed or removed changes the folder that holds it; a result from before is
    then another command's.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return {}
    program = next((word for word in words if "=" not in word), "")
    found = shutil.which(program)
    if found is None or "{" in program:
        return {}
    prefix = Path(found).absolute().parent.parent
    folders = sorted(prefix.glob("lib/python*/*-packages"))
    return {
        "program": str(Path(found).resolve()),
        **{str(each): str(each.stat().st_mtime_ns) for each in folders},
    }


def _moved(entry: str, user_top: Path | None, checkout: Path) -> str:
    """Return an entry of a search path as it would be, were the checkout the user's own."""
    if user_top is None:
        return entry
    try:
        return str(checkout / Path(entry).resolve().relative_to(user_top.resolve()))
    except ValueError:
        return entry
