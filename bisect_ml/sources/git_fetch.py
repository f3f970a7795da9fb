"""Fetching what a partial clone lacks, only where the user asked for it.

The repository says no more than which address it was cloned from: git runs in an empty repository of
our own that writes into the objects of the clone, so that no hook, helper or command in the clone's
configuration is ever read. The user's own configuration is: it holds the credentials and proxies.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bisect_ml.errors import GitError
from bisect_ml.git import safety
from bisect_ml.git.process import GitProcess

_SCHEMES = ("https", "http", "ssh", "git", "file")
_ADDRESS = re.compile(rf"(?:{'|'.join(_SCHEMES)})://[^\s-]\S*|[\w.-]+@[\w.-]+:[^\s:-]\S*|/[^\s]*")


class Fetcher:
    """Brings objects from the remote of a partial clone.

    Args:
        git: Git in the clone.
        url: Where the clone came from.

    Raises:
        GitError: The address is none that git may be sent to.
    """

    def __init__(self, git: GitProcess, url: str | None) -> None:
        if url is None or not _ADDRESS.fullmatch(url):
            shown = "no address" if url is None else repr(safety.without_credentials(url)[:80])
            raise GitError(
                f"cannot fetch what {git.path} lacks: its remote has {shown}",
                "set the address of the remote to an https, ssh or file address",
            )
        self._git = git
        self._url = url

    def bring(self, objects: Sequence[str]) -> None:
        """Fetch objects, all in one request.

        Raises:
            GitError: The remote cannot be reached or does not give them.
        """
        if not objects:
            return
        with tempfile.TemporaryDirectory(prefix="bisect-ml-fetch-") as folder:
            _make_repository(Path(folder), sha256=len(objects[0]) == 64)
            environment = safety.fetch_environment(Path(folder), self._git.common_dir, self._url)
            self._git.fetch(environment, objects)


def promisor_url(config: Sequence[tuple[str, str]]) -> str | None:
    """Return the address of the remote that promised the missing objects, from settings of a clone."""
    settings: Mapping[str, str] = dict(config)
    named = [settings[name] for name in ("extensions.partialclone",) if name in settings]
    marked = [
        name.removeprefix("remote.").rpartition(".")[0]
        for name, _ in config
        if name.endswith((".promisor", ".partialclonefilter"))
    ]
    urls = (settings.get(f"remote.{remote}.url") for remote in (*named, *marked))
    return next((url for url in urls if url), None)


def _make_repository(folder: Path, *, sha256: bool) -> None:
    (folder / "refs").mkdir()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    form = "[core]\nrepositoryformatversion = 1\nbare = true\n"
    (folder / "config").write_text(form + ("[extensions]\nobjectformat = sha256\n" if sha256 else ""))
