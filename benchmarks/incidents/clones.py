"""The few questions that the generator asks of a clone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

_GIT = ("git", "-c", "safe.directory=*", "-c", "core.quotePath=false")


class Clone:
    """A bare clone, read through plumbing; blobs through one process that stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = subprocess.Popen(
            [*_GIT, "-C", str(path), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def lines(self, *arguments: str) -> list[str]:
        """Return what git prints, line by line."""
        done = subprocess.run([*_GIT, "-C", str(self.path), *arguments], check=True, capture_output=True)
        return done.stdout.decode(errors="replace").splitlines()

    def main_line(self, head: str = "HEAD") -> list[str]:
        """Return the first-parent history of a head, newest first."""
        return self.lines("rev-list", "--first-parent", head)

    def brought(self, sha: str) -> list[str]:
        """Return the commits that a step of the main line brought, without the step, newest first."""
        return self.lines("rev-list", "--topo-order", sha, f"^{sha}^1")[1:]

    def parents(self, sha: str) -> list[str]:
        """Return the parents of a commit."""
        return self.lines("rev-parse", f"{sha}^@")

    def files(self, sha: str, roots: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Yield path and blob of the files of a commit, those below the roots where there are any."""
        for line in self.lines("ls-tree", "-r", sha, "--", *roots):
            meta, path = line.split("\t", 1)
            mode, kind, blob = meta.split()
            if kind == "blob" and mode != "120000":
                yield path, blob

    def blob(self, blob: str) -> bytes:
        """Return the content of a blob, empty where the clone lacks it."""
        stdin, stdout = self._reader.stdin, self._reader.stdout
        if stdin is None or stdout is None:
            return b""
        stdin.write(f"{blob}\n".encode())
        stdin.flush()
        header = stdout.readline().split()
        if header[-1] == b"missing":
            return b""
        data = stdout.read(int(header[2]))
        stdout.read(1)
        return data
