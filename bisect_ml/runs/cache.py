"""Results of earlier runs, by all that they depend on.

An entry is made elsewhere and renamed into its place whole; of two processes that made the same one,
the first wins. What was not used for longest goes when the cache has grown beyond its bound, but only
while no other process uses the cache.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bisect_ml.runs.folders import remove
from bisect_ml.runs.locks import FileLock

_FORMAT = 1


def key_of(parts: Mapping[str, Any]) -> str:
    """Return the name of the entry for all that a result depends on."""
    text = json.dumps({"format": _FORMAT, **parts}, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


class Cache:
    """The results below a root folder.

    Args:
        root: The folder, laid out as `folders.py` says.
        limit_bytes: How much its entries may hold together.
    """

    def __init__(self, root: Path, limit_bytes: int) -> None:
        self.root = root
        self._limit_bytes = limit_bytes
        self._used: set[Path] = set()
        self._lock = FileLock(root / "in-use.lock")
        # While one process prunes, which is soon over, the others wait.
        self._lock.wait(shared=True)

    def find(self, key: str) -> tuple[Path, float] | None:
        """Return the output of an entry and the seconds it took, None where there is none that is whole."""
        entry = self.root / "results" / key
        try:
            about = json.loads((entry / "run.json").read_text("utf-8"))
            output = entry / str(about["output"])
            seconds = float(about["seconds"])
            whole = size(output) == about["bytes"] and (entry / "log").is_file()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not whole:
            return None
        self.use(entry)
        return output, seconds

    def keep(self, key: str, output: Path, suffix: str, *, log: Path, seconds: float, entry: Path) -> Path:
        """Move an output and its log into the cache, and return where the output is now.

        Args:
            key: The name of the entry.
            output: The file or folder, on the same file system as the cache.
            suffix: What its name ends in from now on.
            log: The log of the run.
            seconds: How long it took.
            entry: A folder that does not exist, on the same file system; it becomes the entry.
        """
        entry.mkdir()
        name = f"predictions{suffix}"
        if output.is_symlink():
            # What it leads to lies in a checkout that the next commit overwrites.
            _copy(output.resolve(), entry / name)
        else:
            output.rename(entry / name)
        log.rename(entry / "log")
        about = {"output": name, "bytes": size(entry / name), "seconds": seconds}
        (entry / "run.json").write_text(json.dumps(about), "utf-8")
        place = self.root / "results" / key
        try:
            entry.rename(place)
        except OSError:
            # Another process had the same result first, or something broke an earlier one.
            if (theirs := self.find(key)) is not None:
                return theirs[0]
            remove(place)
            entry.rename(place)
        self.use(place)
        return place / name

    def keep_log(self, key: str, log: Path) -> Path:
        """Move the log of a run that came to nothing to where it is kept, over that of an earlier one."""
        entry = self.root / "failures" / key
        entry.mkdir(exist_ok=True)
        log.replace(entry / "log")
        self.use(entry)
        return entry / "log"

    def use(self, entry: Path) -> None:
        """Note that an entry is in use now."""
        self._used.add(entry)
        os.utime(entry)

    def close(self) -> None:
        """Give the cache back, after what is too much was removed where nobody else uses it."""
        try:
            if self._lock.take():
                self._prune()
        finally:
            self._lock.close()

    def _prune(self) -> None:
        entries = sorted(self._entries(), key=lambda entry: entry.stat().st_mtime, reverse=True)
        total = 0
        for entry in entries:
            total += size(entry)
            if total > self._limit_bytes and entry not in self._used:
                remove(entry)
                entry.with_name(f"{entry.name}.lock").unlink(missing_ok=True)

    def _entries(self) -> Iterator[Path]:
        for room in ("results", "failures", "environments"):
            yield from (entry for entry in (self.root / room).iterdir() if entry.is_dir())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def size(path: Path) -> int:
    """Return the bytes of a file, or of all files of a folder."""
    if not path.is_dir():
        return path.stat().st_size
    return sum(Path(place, name).lstat().st_size for place, _, names in os.walk(path) for name in names)
