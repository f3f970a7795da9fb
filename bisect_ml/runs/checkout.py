"""The code of commits in folders of our own, taken from a repository that is only ever read.

A checkout borrows the objects of the user's repository through `objects/info/alternates`, as `git clone
--shared` does, and has refs of its own, so that nothing that happens in it, a kill included, can change
the repository, its worktrees, refs or index, and none of its hooks, filters or settings act. One folder
serves one commit after the other: git writes only the files that differ.

The repository that git reads while it checks out lies outside of the folder; the `.git` inside is a copy
for the command to look at (`git describe`), made anew each time.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from bisect_ml.errors import GitError
from bisect_ml.git.process import GitProcess
from bisect_ml.runs import filters
from bisect_ml.runs.folders import remove
from bisect_ml.runs.listing import Listing

_MAX_ALTERNATES = 5


class Origin:
    """The repository that commits come from, which is read and never written to.

    Args:
        path: The repository, or any folder inside its checkout.

    Raises:
        GitError: There is no git, or no repository.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.git = GitProcess(self.path)

    @cached_property
    def top(self) -> Path | None:
        """The top folder of the checkout around the path, None for a bare repository."""
        git_dir, path = self.git.git_dir.resolve(), self.path.resolve()
        if git_dir == path or git_dir in path.parents:
            return None
        return next(
            (folder for folder in (self.path, *self.path.parents) if (folder / ".git").exists()), None
        )

    @property
    def subfolder(self) -> str:
        """Where below the top the path is, `.` for the top itself."""
        return "." if self.top is None else os.path.relpath(self.path, self.top)

    @cached_property
    def is_partial(self) -> bool:
        """Whether git left objects behind at the remote."""
        pattern = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
        return bool(self.git.run("config", "--local", "--get-regexp", pattern, allowed=(0, 1)))

    @cached_property
    def is_sha256(self) -> bool:
        """Whether objects have names of 64 digits instead of 40."""
        answer = self.git.run("config", "--local", "--get", "extensions.objectformat", allowed=(0, 1))
        return answer.strip() == b"sha256"

    @cached_property
    def refs(self) -> bytes:
        """The branches and tags, as git packs them."""
        names = ("refs/heads", "refs/remotes", "refs/tags")
        listed = self.git.run("for-each-ref", "--format=%(objectname) %(refname)", *names)
        return b"# pack-refs with: sorted \n" + listed

    def object_folders(self) -> Iterator[Path]:
        """Yield the folders that hold the objects: its own, and those that it borrows from."""
        seen: set[Path] = set()
        found = [(self.git.common_dir / "objects").resolve()]
        for _ in range(_MAX_ALTERNATES + 1):
            found = [folder for folder in found if folder not in seen and folder.is_dir()]
            seen.update(found)
            yield from found
            found = [(folder / line).resolve() for folder in found for line in _alternates(folder)]

    @cached_property
    def head(self) -> str | None:
        """The commit that is checked out, None where there is none."""
        answer = self.git.run("cat-file", "--batch-check=%(objectname)", lines=["HEAD^{commit}"])
        return None if answer.endswith(b"missing\n") else answer.decode().strip()


class Borrower:
    """A bare-bones repository of our own that borrows the objects of another.

    Args:
        folder: Where to make it; its parent exists.
        origin: Whose objects it borrows.
    """

    def __init__(self, folder: Path, origin: Origin) -> None:
        self.folder = folder
        self.origin = origin
        self.write(folder, head=origin.head or "ref: refs/heads/main")

    def origin_is_dirty(self) -> bool:
        """Tell whether tracked files differ from the commit that is checked out; False where nobody knows.

        Asked of the repository of our own, which has none of the filters that the other may name.
        """
        top, index = self.origin.top, self.origin.git.git_dir / "index"
        if top is None or self.origin.head is None or not index.is_file():
            return False
        variables = {"GIT_WORK_TREE": str(top), "GIT_INDEX_FILE": str(index)}
        arguments = ("status", "--porcelain", "-uno", "--ignore-submodules", "--no-renames", "-z")
        try:
            return bool(GitProcess(self.folder, variables).run(*arguments))
        except GitError:
            return False

    def write(self, folder: Path, *, head: str) -> None:
        """Write such a repository into a folder that does not exist."""
        (folder / "objects" / "info").mkdir(parents=True)
        (folder / "refs").mkdir()
        (folder / "HEAD").write_text(f"{head}\n")
        (folder / "config").write_text(_settings(sha256=self.origin.is_sha256))
        lines = b"".join(_quoted_path(each) + b"\n" for each in self.origin.object_folders())
        (folder / "objects" / "info" / "alternates").write_bytes(lines)
        (folder / "packed-refs").write_bytes(self.origin.refs)
        shallow = self.origin.git.common_dir / "shallow"
        if shallow.is_file():
            shutil.copyfile(shallow, folder / "shallow")


class Checkout:
    """A folder that holds the code of one commit after the other.

    Args:
        folder: Where the code goes; made when it is first needed.
        borrower: The repository that git reads meanwhile.
    """

    def __init__(self, folder: Path, borrower: Borrower) -> None:
        self.folder = folder
        self._borrower = borrower
        self._index = borrower.folder / f"index-{folder.name}"
        self._submodules: tuple[str, ...] = ()

    def move_to(self, listing: Listing) -> None:
        """Make the folder hold exactly the files of a commit.

        Raises:
            GitError: Git cannot write them.
        """
        if self._is_usable():
            try:
                self._move_to(listing)
            except (GitError, OSError):
                # Whatever the command before did to the folder, a new one knows nothing of it.
                pass
            else:
                return
        self.discard()
        try:
            self.folder.mkdir()
            self._move_to(listing)
        except OSError as problem:
            raise GitError(problem.strerror or type(problem).__name__) from problem
        except GitError as problem:
            # Ours is about to be removed; what it lacks is missing in theirs.
            ours, theirs = str(self._borrower.folder), str(self._borrower.origin.path)
            raise GitError(problem.message.replace(ours, theirs), problem.hint) from problem

    def missing_files(self, listing: Listing) -> list[str]:
        """Return the paths whose content git does not have, which a partial clone left at its remote.

        Asked of the repository of our own, which has no remote: git would try to fetch in the other.
        """
        blobs = list(dict.fromkeys(listing.files.values()))
        answers = self._git.run("cat-file", "--batch-check=%(objecttype)", lines=blobs).splitlines()
        missing = {blob for blob, answer in zip(blobs, answers, strict=True) if answer.endswith(b"missing")}
        return [path for path, blob in listing.files.items() if blob in missing]

    def discard(self) -> None:
        """Remove the folder, so that the next commit gets a new one."""
        remove(self.folder)
        self._index.unlink(missing_ok=True)

    def complete(self, listing: Listing, store: Path, warn: Callable[[str], None]) -> None:
        """Bring what git keeps in another form than a checkout has it, as `filters.py` says."""
        filters.complete(self.folder, listing, git=self._git, store=store, warn=warn)

    def left_behind(self) -> tuple[str, ...]:
        """Return the files that no commit brought, folders with a slash at the end."""
        output = self._git.run("ls-files", "--others", "--directory", "--no-empty-directory", "-z")
        return tuple(os.fsdecode(name) for name in output.split(b"\0") if name)

    @cached_property
    def _git(self) -> GitProcess:
        variables = {"GIT_WORK_TREE": str(self.folder), "GIT_INDEX_FILE": str(self._index)}
        return GitProcess(self._borrower.folder, variables)

    def _is_usable(self) -> bool:
        """Tell whether the folder is still the one that we made, with nothing in it that git would not clean.

        A command may have put a link in its place, which git would follow to whatever it leads to. And
        git takes submodules for others' affairs: what a command fetched into one would stay.
        """
        if self.folder.is_symlink() or not self.folder.is_dir():
            return False
        places = [self.folder / path for path in self._submodules]
        return not any(place.is_dir() and any(place.iterdir()) for place in places)

    def _move_to(self, listing: Listing) -> None:
        remove(self.folder / ".git")
        self._git.run("read-tree", "--reset", "-u", listing.sha)
        self._git.run("clean", "-ffdxq")
        self._submodules = listing.submodules
        self._borrower.write(self.folder / ".git", head=listing.sha)
        shutil.copyfile(self._index, self.folder / ".git" / "index")


def _alternates(objects: Path) -> list[str]:
    try:
        text = os.fsdecode((objects / "info" / "alternates").read_bytes())
    except OSError:
        return []
    # Git quotes a path only where it begins with a quotation mark, which nobody's does.
    return [line for line in text.splitlines() if line and not line.startswith(("#", '"'))]


def _quoted_path(path: Path) -> bytes:
    raw = os.fsencode(path)
    if not raw.startswith((b'"', b"#")) and b"\n" not in raw:
        return raw
    return b'"' + b"".join(b"\\%03o" % byte if byte in b'"\\\n' else bytes([byte]) for byte in raw) + b'"'


def _settings(*, sha256: bool) -> str:
    folds_case = sys.platform == "darwin"
    return (
        "[core]\nrepositoryformatversion = 1\nbare = false\nlogallrefupdates = false\n"
        + ("ignorecase = true\nprecomposeunicode = true\n" if folds_case else "")
        + "[gc]\nauto = 0\n[maintenance]\nauto = false\n"
        + ("[extensions]\nobjectformat = sha256\n" if sha256 else "")
    )
