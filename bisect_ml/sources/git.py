"""The git repository: the only place that asks git.

Every answer comes from one process that is asked about everything at once; the object model of
GitPython starts a process, or parses in Python, for each commit, which is too slow for ranges of
thousands. Nothing is written or run on behalf of the repository, and nothing is fetched unless asked.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bisect_ml.git import safety
from bisect_ml.git.process import GitProcess
from bisect_ml.sources import git_blobs, git_fetch, git_log, git_ranges, git_text, git_undone
from bisect_ml.sources.git_commits import CommitReader, checked
from bisect_ml.sources.git_refs import FoundRef, decide, possible_names
from bisect_ml.types import Commit, Step, Undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag, the commit it leads to, and when it was made: the tagger's date, else the commit's."""

    name: str
    sha: str
    tagged_at: datetime
    annotated: bool


class Repository:
    """A git repository: bare or not, a linked worktree, or a folder inside a checkout.

    Args:
        path: The repository or any folder inside its checkout.
        fetch: Whether a partial clone may fetch what it lacks from the remote that it came from.

    Raises:
        GitError: There is no git, no such folder, or no repository around it.
    """

    def __init__(self, path: str | Path, *, fetch: bool = False) -> None:
        self.path = Path(path)
        self._may_fetch = fetch
        self._git = GitProcess(self.path)
        self._warnings: dict[str, None] = {}
        self._found: dict[str, FoundRef] = {}
        self._warn_of_rewriting()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be answered in full so far, each once, in the order in which it came up."""
        return tuple(self._warnings)

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents a shallow clone does not have; empty for a whole one."""
        try:
            return frozenset(self._git.common_dir.joinpath("shallow").read_text("ascii").split())
        except FileNotFoundError:
            return frozenset()

    @property
    def is_shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned or fetched."""
        return bool(self.boundary)

    @cached_property
    def is_partial(self) -> bool:
        """Whether git left objects behind at the remote, to be fetched when they are needed."""
        return any(
            name == "extensions.partialclone"
            or name.endswith(".partialclonefilter")
            or (name.endswith(".promisor") and value != "false")
            for name, value in self._config
        )

    def head(self) -> str | None:
        """Return the sha that is checked out, or that a bare repository calls its head."""
        return self.find(["HEAD"])["HEAD"].sha

    def worktree(self) -> Path | None:
        """Return the top folder of the checkout, None for a bare repository."""
        here = self.path.absolute()
        return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)

    def web_url(self) -> str | None:
        """Return the web address of `origin`, or of the first remote, without any credentials."""
        urls = {name: value for name, value in self._config if name.endswith(".url")}
        url = urls.get("remote.origin.url", next(iter(urls.values()), None))
        return None if url is None else safety.web_url(url)

    def resolve(self, refs: Sequence[str]) -> dict[str, str | None]:
        """Return the full sha of the commit behind each name, None where git does not know one.

        Names are shas, short shas, tags, branches, `origin/main`, or what `git describe` prints. A name
        that could be more than one commit is None, with a warning.
        """
        return {ref: found.sha for ref, found in self.find(refs).items()}

    def find(self, refs: Sequence[str]) -> dict[str, FoundRef]:
        """Return what each name is, and its commit; a branch stands for where it points now."""
        asked = [ref for ref in dict.fromkeys(refs) if ref not in self._found]
        names = {ref: possible_names(ref) for ref in asked}
        lines = [f"{name}^{{commit}}" for ref in asked for _, name in names[ref]]
        answers = iter(self._objects(lines))
        for ref in asked:
            self._found[ref] = decide([(kind, next(answers)) for kind, _ in names[ref]])
            if self._found[ref].kind == "ambiguous":
                self._warn(f"'{ref}' could be more than one commit in {self.path}; give the full sha")
        return {ref: self._found[ref] for ref in refs}

    def walk(self, tips: Iterable[str]) -> Generator[Step, None, None]:
        """Yield the ancestors of some commits, the commits included, newest commit date first.

        One process, read as far as the caller goes on; closing the generator ends it.
        """
        lines = [checked(tip) for tip in tips]
        fields = self._git.records("log", "-z", "--format=%H %P%x00%ct%x00%B", "--stdin", lines=lines)
        with closing(fields):
            for ids, committed, message in zip(fields, fields, fields, strict=True):
                sha, *parents = ids.decode().split()
                yield Step(
                    sha=sha,
                    parents=tuple(parents),
                    committed_at=git_text.moment(committed),
                    pull_request=git_log.pull_request(git_text.text(message)),
                )

    def first_parents(self, tip: str) -> tuple[tuple[str, datetime], ...]:
        """Return the main line that ends at a commit, newest first, each with its commit date."""
        arguments = ("log", "-z", "--first-parent", "--format=%H %ct", "--stdin")
        output = self._git.run(*arguments, lines=[checked(tip)])
        pairs = (record.split(b" ") for record in output.split(b"\0") if record)
        return tuple((sha.decode(), git_text.moment(epoch_s)) for sha, epoch_s in pairs)

    def names(self) -> tuple[str, ...]:
        """Return the names of all branches and tags, as people write them."""
        return git_ranges.names(self._git)

    def merge_base(self, first: str, second: str) -> str | None:
        """Return the commit that two commits grew from, None where they share none."""
        return git_ranges.merge_base(self._git, first, second)

    def parents_between(self, base: str, head: str) -> dict[str, tuple[str, ...]]:
        """Return the commits that `head` reaches and `base` does not with their parents, parents first."""
        return git_ranges.parents_between(self._git, base, head)

    def changed_blobs(self, base: str, head: str) -> dict[str, str]:
        """Return the paths that differ between two commits with their blobs at `head`, empty where gone."""
        return git_ranges.changed_blobs(self._git, base, head)

    def blobs(self, sha: str) -> Mapping[str, str]:
        """Return the paths of a commit's files with their blobs."""
        return git_ranges.blobs(self._git, sha)

    def file_text(self, sha: str, path: str) -> str | None:
        """Return the text of a file at a commit, None where it has no such file."""
        return git_ranges.file_text(self._git, sha, path)

    def commits(
        self, shas: Iterable[str], *, patches: bool = True, suffixes: Collection[str] | None = None
    ) -> dict[str, Commit]:
        """Return commits with their files: status, renames and line counts, and more where asked.

        Args:
            shas: Full shas. One that git does not have raises GitError.
            patches: Whether to read the hunks, and the texts before and after, of each file, as far as
                the limits of `git_blobs` and `git_log` go.
            suffixes: The endings of the files whose texts are wanted, or None for all.

        A merge has the files that it made different from all of its parents, by resolving a conflict
        or otherwise, with patches and without texts: a clean merge has none, and no merge has any
        where patches are not read. Nor have commits at the edge of a shallow clone, whose difference
        to their unknown parents would be the whole tree. Where a partial clone lacks a file of a commit,
        the commit has the paths of its files and nothing else of them.
        """
        raw = self._reader.log(shas, "patches" if patches else "lines")
        if patches:
            raw = self._reader.with_texts(raw, suffixes)
        return {each.commit.sha: each.commit for each in raw}

    def paths(self, shas: Iterable[str]) -> dict[str, Commit]:
        """Return commits with the paths and the status of their files only, which reads no file.

        A renamed file is a deletion and an addition here, and a merge has every file that differs from
        all of its parents, be it by joining them.
        """
        return {each.commit.sha: each.commit for each in self._reader.log(shas, "names")}

    def messages(self, shas: Iterable[str]) -> dict[str, Commit]:
        """Return commits without their files, which reads nothing but the commits."""
        return {each.commit.sha: each.commit for each in self._reader.messages(shas)}

    def undoings(self, commits: Mapping[str, Commit]) -> tuple[Undoing, ...]:
        """Return which of some commits were reverted, fixed or undone since, oldest undoing first.

        Every branch and tag is looked at, up to the newest commit; two processes.

        Args:
            commits: The commits by sha, with their patches.
        """
        if not commits:
            return ()
        since = int(min(commit.committed_at for commit in commits.values()).timestamp())
        scope = ("--branches", "--remotes", "--tags", "--no-merges", f"--since=@{since}")
        told = git_undone.by_message(commits, self._reader.since(scope, "metadata", []))
        found = list(told)
        paths = sorted({file.path for commit in commits.values() for file in commit.files if file.patch})
        if paths and not self.is_partial:
            found += git_undone.by_lines(commits, self._reader.since(scope, "patches", ["--", *paths]))
        return tuple(sorted(found, key=lambda each: (each.committed_at, each.by)))

    def tree(self, sha: str, suffixes: Collection[str] = (".py",)) -> dict[str, str]:
        """Return the text of each file at a commit whose path ends in one of the suffixes."""
        return self.tree_with_gaps(sha, suffixes)[0]

    def tree_with_gaps(
        self, sha: str, suffixes: Collection[str] = (".py",)
    ) -> tuple[dict[str, str], frozenset[str]]:
        """Return the same texts, and the paths of the files that are missing here, too large or no text."""
        self._reader.bring_trees([sha])
        output = self._git.run("ls-tree", "-r", "-z", "--end-of-options", checked(sha))
        wanted = git_blobs.tree_entries(output, tuple(suffixes))
        texts = self._reader.texts(dict.fromkeys(wanted.values()))
        found = {path: texts[blob] for path, blob in wanted.items() if blob in texts}
        return found, frozenset(wanted.keys() - found.keys())

    def resources(self, sha: str, wanted: Callable[[str], bool], most_bytes: int) -> dict[str, str]:
        """Return the texts of some files at a commit by their paths: the smallest, as many as fit.

        Empty in a partial clone, which would have to fetch them.

        Args:
            sha: The commit.
            wanted: Whether a path is one of them.
            most_bytes: How large all of them together may be.
        """
        if self.is_partial:
            return {}
        output = self._git.run("ls-tree", "-r", "-l", "-z", "--end-of-options", checked(sha))
        entries = {path: pair for path, pair in git_blobs.sized_entries(output).items() if wanted(path)}
        chosen = git_blobs.smallest(entries, most_bytes)
        texts = self._reader.texts(dict.fromkeys(chosen.values()))
        return {path: texts[blob] for path, blob in chosen.items() if blob in texts}

    def tags(self, pattern: str = "*") -> tuple[Tag, ...]:
        """Return the tags of commits whose names match a pattern such as `deploy/*`, oldest first."""
        kinds = ("%(objectname)", "%(objecttype)", "%(*objecttype)", "%(*objectname)", "%(taggerdate:unix)")
        fields = (*kinds, "%(creatordate:unix)", "%(*committerdate:unix)", "%(refname)")
        form = "--format=" + "%00".join(fields)
        tags = []
        for line in self._git.run("for-each-ref", form, f"refs/tags/{pattern}").splitlines():
            sha, kind, peeled_kind, peeled, tagged, created, committed, name = line.split(b"\0")
            if b"commit" in (kind, peeled_kind):
                tags.append(
                    Tag(
                        name=git_text.path(name).removeprefix("refs/tags/"),
                        sha=(peeled or sha).decode(),
                        tagged_at=git_text.moment(tagged or committed or created),
                        annotated=bool(tagged),
                    )
                )
        return tuple(sorted(tags, key=lambda tag: (tag.tagged_at, tag.name)))

    @cached_property
    def _reader(self) -> CommitReader:
        fetcher = None
        if self._may_fetch and self.is_partial:
            fetcher = git_fetch.Fetcher(self._git, git_fetch.promisor_url(self._config))
        return CommitReader(
            self._git,
            self.path,
            boundary=self.boundary,
            partial=self.is_partial,
            fetcher=fetcher,
            warn=self._warn,
        )

    @cached_property
    def _config(self) -> tuple[tuple[str, str], ...]:
        """The settings of remotes and extensions that the repository itself makes."""
        arguments = ("config", "--local", "--null", "--get-regexp", r"^(remote|extensions)\.")
        output = self._git.run(*arguments, allowed=(0, 1))
        pairs = (record.partition(b"\n") for record in output.split(b"\0") if record)
        return tuple((git_text.path(name), git_text.text(value)) for name, _, value in pairs)

    def _objects(self, names: Sequence[str]) -> list[str | None]:
        """Return for each name its object, `ambiguous`, or None, from one process."""
        if not names:
            return []
        output = self._git.run("cat-file", "--batch-check=%(objectname)", lines=names)
        answers = [line.rsplit(b" ", 1)[-1].decode() for line in output.splitlines()]
        return [None if answer == "missing" else answer for answer in answers]

    def _warn(self, warning: str) -> None:
        self._warnings.setdefault(warning)

    def _warn_of_rewriting(self) -> None:
        if self._git.run("for-each-ref", "--count=1", "refs/replace/"):
            self._warn("the repository has replacement objects (git replace): the original ones are read")
        if self._git.common_dir.joinpath("info/grafts").is_file():
            self._warn("the repository has grafts (info/grafts): the original parents are read")
