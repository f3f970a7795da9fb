"""Commits with their files, as far as a clone has them: whole, shallow or partial."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from bisect_ml.errors import GitError
from bisect_ml.git import safety
from bisect_ml.git.process import GitProcess
from bisect_ml.sources import git_blobs, git_log
from bisect_ml.sources.git_fetch import Fetcher
from bisect_ml.types import Commit

Detail = Literal["metadata", "names", "lines", "patches"]

_RAW = ("--raw", "--no-abbrev")
_DIFF: Mapping[Detail, tuple[tuple[str, ...], str | None]] = {
    "metadata": (("--no-patch",), None),
    "names": ((*_RAW, "--no-renames", "-c"), None),
    "lines": ((*_RAW, "--numstat", "-M"), "numstat"),
    "patches": ((*_RAW, "--full-index", "--patch", "-M", "--cc"), "patch"),
}


class CommitReader:
    """Reads the commits of one repository and the files that they changed.

    Args:
        git: Git in the repository.
        path: What messages call the repository.
        boundary: The commits whose parents a shallow clone does not have.
        partial: Whether git left objects behind at the remote.
        fetcher: Brings what a partial clone lacks, None where that is not wanted.
        warn: Told what could not be read.
    """

    def __init__(
        self,
        git: GitProcess,
        path: Path,
        *,
        boundary: frozenset[str],
        partial: bool,
        fetcher: Fetcher | None,
        warn: Callable[[str], None],
    ) -> None:
        self._git = git
        self._path = path
        self._boundary = boundary
        self._partial = partial
        self._fetcher = fetcher
        self._warn = warn

    def messages(self, shas: Iterable[str]) -> list[git_log.RawCommit]:
        """Read commits without their files."""
        return self._process(all_checked(shas), "metadata")

    def log(self, shas: Iterable[str], detail: Detail) -> list[git_log.RawCommit]:
        """Read commits with their files in some detail, in the order that is asked for."""
        asked = all_checked(shas)
        cut = [sha for sha in asked if sha in self._boundary]
        if cut:
            self._warn(
                f"{len(cut)} commits lie at the edge of this shallow clone and cannot be compared with "
                f"their parents: run git -C {self._path} fetch --unshallow"
            )
        whole = [sha for sha in asked if sha not in self._boundary]
        log = self._partially if self._partial else self._process
        raw = [*log(whole, detail), *self._process(cut, "metadata")]
        by_sha = {each.commit.sha: each for each in raw}
        return [by_sha[sha] for sha in asked]

    def since(self, scope: tuple[str, ...], detail: Detail, lines: Sequence[str]) -> Iterator[Commit]:
        """Yield the commits of a scope; lines from `--` on name the paths that they must touch."""
        mark = secrets.token_hex(16)
        flags, ending = _DIFF[detail]
        diff = (*safety.DIFF_OPTIONS, *flags)
        form = git_log.header_format(mark)
        output = self._git.run("log", "-z", form, *scope, *diff, "HEAD", "--stdin", lines=lines)
        return (each.commit for each in git_log.parse(output, mark, ending=ending))

    def with_texts(
        self, raw: Sequence[git_log.RawCommit], suffixes: Collection[str] | None
    ) -> list[git_log.RawCommit]:
        """Add the texts before and after to the files whose paths end in one of the suffixes."""
        texts = self.texts(git_blobs.wanted(raw, None if suffixes is None else tuple(suffixes)))
        return [
            replace(each, commit=replace(each.commit, files=git_blobs.with_texts(each, texts)))
            for each in raw
        ]

    def texts(self, blobs: Iterable[str], *, needed: bool = True) -> dict[str, str]:
        """Return the blobs that are text and within the limits; sizes first, then contents.

        Those that are not needed are left out without a word, and not fetched, where they lack.
        """
        warn, find = (self._warn, self._present) if needed else (_in_silence, self._listed)
        asked = list(blobs)
        present = find(asked) if self._partial and asked else set(asked)
        here = [blob for blob in asked if blob in present]
        if len(here) < len(asked):
            warn(f"this partial clone lacks {len(asked) - len(here)} of {len(asked)} files")
        if not here:
            return {}
        sizes = self._git.run("cat-file", "--batch-check=%(objectsize)", lines=here)
        chosen = git_blobs.within_limits(here, sizes)
        if len(chosen) < len(here):
            warn(f"{len(here) - len(chosen)} of {len(here)} files are too large to be read as texts")
        return git_blobs.texts(self._git.run("cat-file", "--batch", lines=chosen)) if chosen else {}

    def bring_trees(self, shas: Sequence[str]) -> None:
        """Fetch the folders of commits that a partial clone lacks, where fetching is wanted."""
        if self._fetcher is None or not shas:
            return
        arguments = ("--objects", "--no-walk", "--missing=print", "--filter=blob:none", "--stdin")
        listed = self._git.run("rev-list", *arguments, lines=shas).decode("utf-8", "replace").splitlines()
        self._fetcher.bring([line[1:] for line in listed if line.startswith("?")])

    def _process(self, shas: Sequence[str], detail: Detail, *more: str) -> list[git_log.RawCommit]:
        if not shas:
            return []
        mark = secrets.token_hex(16)
        flags, ending = _DIFF[detail]
        diff = (*safety.DIFF_OPTIONS, *flags, *more)
        form = git_log.header_format(mark)
        output = self._git.run("log", "-z", "--no-walk=unsorted", form, *diff, "--stdin", lines=shas)
        return list(git_log.parse(output, mark, ending=ending))

    def _partially(self, shas: Sequence[str], detail: Detail) -> list[git_log.RawCommit]:
        """Read as much of the commits as a partial clone has, and say what it lacks."""
        hint = f"use --fetch, or get it all with: git -C {self._path} fetch --refetch --no-filter"
        if self._fetcher is not None:
            parents = (parent for each in self._process(shas, "metadata") for parent in each.commit.parents)
            self.bring_trees([*shas, *(sha for sha in dict.fromkeys(parents))])
        try:
            named = self._process(shas, "names")
        except GitError:
            self._warn(f"this partial clone lacks the trees of some commits, so no file is known: {hint}")
            return self._process(shas, "metadata")
        if detail in {"metadata", "names"}:
            return named
        present = self._present(frozenset().union(*(each.needed for each in named)))
        lacking = [each for each in named if not each.needed <= present]
        if lacking:
            self._warn(f"this partial clone lacks files of {len(lacking)} of {len(named)} commits: {hint}")
        skipped = {each.commit.sha for each in lacking}
        merges = {each.commit.sha for each in named if len(each.commit.parents) > 1} - skipped
        plain = [sha for sha in shas if sha not in skipped and sha not in merges]
        # To follow renames into a merge, git reads more files than the merge itself changed.
        joined = self._process([sha for sha in shas if sha in merges], detail, "--no-renames")
        return [*lacking, *self._process(plain, detail), *joined]

    def _present(self, objects: Collection[str]) -> set[str]:
        """Return those of some objects that a partial clone has, after fetching where that is wanted."""
        here = self._listed(objects)
        if self._fetcher is None or len(here) == len(set(objects)):
            return here
        self._fetcher.bring([each for each in dict.fromkeys(objects) if each not in here])
        return self._listed(objects)

    def _listed(self, objects: Iterable[str]) -> set[str]:
        # `cat-file` would fetch what is missing, or fail.
        arguments = ("--objects", "--no-object-names", "--no-walk", "--missing=allow-any", "--ignore-missing")
        return set(self._git.run("rev-list", *arguments, "--stdin", lines=list(objects)).decode().split())


def _in_silence(_: str) -> None:
    return None


def checked(sha: str) -> str:
    """Return a full sha, and refuse anything that git could take for something else.

    Raises:
        GitError: It is not a full sha.
    """
    if not safety.is_full_sha(sha):
        raise GitError(f"not a full sha: {sha!r}", "look names up in git before asking about commits")
    return sha


def all_checked(shas: Iterable[str]) -> list[str]:
    """Return full shas, each once."""
    return [checked(sha) for sha in dict.fromkeys(shas)]
