"""What the tree of a commit holds, as far as running it needs to know before it is checked out."""

import fnmatch
import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from bisect_ml.errors import GitError
from bisect_ml.git import safety
from bisect_ml.git.process import GitProcess

# The files that say which packages, tools and interpreters an environment has, in any folder.
_LOCK_FILES = (
    "requirements*.txt", "requirements*.in", "constraints*.txt", "pyproject.toml", "setup.py", "setup.cfg",
    "*.lock", "pylock*.toml", "Pipfile", "environment*.yml", "environment*.yaml", "conda-lock.yml",
    "meta.yaml", ".python-version", ".tool-versions", "package.json", "package-lock.json", "go.mod",
    "npm-shrinkwrap.json", "pnpm-lock.yaml", "go.sum", "DESCRIPTION", "Cargo.toml",
)  # fmt: skip
_LOCK_FOLDERS = ("requirements",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A commit's tree: `files` are its blobs by path, `submodules` the paths of its submodules."""

    sha: str
    tree: str
    files: dict[str, str]
    submodules: tuple[str, ...]

    def lock_files(self, setup: str) -> dict[str, str]:
        """Return the blobs that decide what a set-up command makes, those that it names included."""
        named = {os.path.normpath(word) for word in _words(setup)}
        return {path: blob for path, blob in self.files.items() if path in named or _is_lock_file(path)}


def read_listing(git: GitProcess, sha: str, path: Path) -> Listing:
    """Return the tree of a commit, from two git processes.

    Raises:
        GitError: The text is no full sha, or git does not have the commit or its trees.
    """
    if not safety.is_full_sha(sha):
        raise GitError(f"not a full commit sha: {sha!r}", "give all 40 (or 64) hex digits")
    answer = git.run("cat-file", "--batch-check=%(objectname)", lines=[f"{sha}^{{commit}}^{{tree}}"])
    tree = answer.split()[-1].decode()
    if not safety.is_full_sha(tree):
        shallow = git.common_dir.joinpath("shallow").is_file()
        hint = "it is a shallow clone: git fetch --unshallow" if shallow else "fetch it, then try again"
        raise GitError(f"no commit {sha} in {path}", hint)
    files: dict[str, str] = {}
    submodules: list[str] = []
    for record in git.run("ls-tree", "-r", "-z", "--end-of-options", tree).split(b"\0"):
        if record:
            about, _, name = record.partition(b"\t")
            _, kind, blob = about.split()
            if kind == b"commit":
                submodules.append(os.fsdecode(name))
            else:
                files[os.fsdecode(name)] = blob.decode()
    return Listing(sha=sha, tree=tree, files=files, submodules=tuple(submodules))


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return command.split()


def _is_lock_file(path: str) -> bool:
    *folders, name = path.split("/")
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in _LOCK_FILES):
        return True
    return bool(folders) and folders[-1] in _LOCK_FOLDERS
