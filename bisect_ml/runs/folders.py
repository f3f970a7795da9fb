"""Where runs keep what they make: a cache that lasts, and a private folder for as long as a run lives.

    results/KEY/        predictions.SUFFIX, log, run.json
    failures/KEY/       log
    environments/KEY/   what a set-up command made; KEY.lock
    running/NAME/       lock, checkouts and unfinished results of one live process

A private folder whose lock nobody holds belongs to a process that was killed, and goes.
"""

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from bisect_ml.errors import ConfigError
from bisect_ml.runs.locks import FileLock, held

_ROOMS = ("results", "failures", "environments", "running")
_HINT = "set XDG_CACHE_HOME to a folder that can be written to"


def default_root() -> Path:
    """Return `bisect-ml` in the user's cache folder.

    Raises:
        ConfigError: The user has no home.
    """
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError as problem:
        raise ConfigError("there is no home folder to keep runs in", _HINT) from problem
    return base / "bisect-ml"


class Private:
    """The folder of one live process below a root, and its lock.

    Args:
        root: The cache's folder, made where it is missing.

    Raises:
        ConfigError: The root cannot be written to.
    """

    def __init__(self, root: Path) -> None:
        try:
            # Predictions and logs are nobody else's business.
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for room in _ROOMS:
                (root / room).mkdir(exist_ok=True)
            (root / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
            with held(root / "running.lock"):
                self.removed = _remove_dead(root / "running")
                self.path = root / "running" / secrets.token_hex(4)
                self.path.mkdir(mode=0o700)
                self.lock = FileLock(self.path / "lock")
                self.lock.take()
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise ConfigError(
                f"cannot keep runs in {root}: {reason}",
                _HINT,
            ) from problem

    def close(self) -> None:
        """Remove the folder, then give its lock back."""
        try:
            remove(self.path)
        finally:
            self.lock.close()


def remove(path: Path) -> bool:
    """Remove a file or a folder with all that is in it, and tell whether it is gone.

    Folders that a command made read-only are made writable first; what another user owns stays.
    """
    # A process that is just ending may still write: what appears meanwhile goes in the next round.
    for _ in range(3):
        if path.is_dir() and not path.is_symlink():
            _remove_tree(path)
        else:
            path.unlink(missing_ok=True)
        if not os.path.lexists(path):
            return True
    return False


def _remove_dead(running: Path) -> int:
    removed = 0
    for folder in running.iterdir():
        if not (folder / "lock").exists():
            removed += remove(folder)
            continue
        lock = FileLock(folder / "lock")
        try:
            if lock.take():
                removed += remove(folder)
        finally:
            lock.close()
    return removed


def _remove_tree(folder: Path) -> None:
    def retry(action: Callable[[str], object], name: str, _: object) -> None:
        for place in (Path(name).parent, Path(name)):
            try:
                if not place.is_symlink():
                    place.chmod(place.stat().st_mode | stat.S_IRWXU)
            except OSError:
                continue
        try:
            if action in (os.unlink, os.rmdir):
                action(name)
            elif Path(name).is_dir() and os.access(name, os.W_OK | os.X_OK):
                _remove_tree(Path(name))
        except OSError:
            return

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=retry)
    else:
        shutil.rmtree(folder, onerror=retry)
