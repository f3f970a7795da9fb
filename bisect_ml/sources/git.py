"""The git repository: the only place that runs git.

Every answer comes from one process that is asked about everything at once, over GitPython's command
runner; the object model of GitPython starts a process, or parses in Python, for each commit, which is
too slow for ranges of thousands. Nothing is written, fetched or run on behalf of the repository.
"""

import re
import secrets
import subprocess
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bisect_ml.errors import GitError
from bisect_ml.sources import git_log, git_safety
from bisect_ml.types import Commit, FileChange, Step

if TYPE_CHECKING:
    import git

Detail = Literal["metadata", "names", "lines", "patches"]
RefKind = Literal["commit", "tag", "branch", "remote branch", "ambiguous", "unknown"]

TEXT_LIMIT_BYTES = 1 << 20
TEXTS_LIMIT_BYTES = 256 << 20
FILES_LIMIT = 400

_FULL_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT_SHA = re.compile(r"[0-9a-fA-F]{4,64}|.+-g[0-9a-f]{4,64}")
_DIFF: Mapping[Detail, tuple[tuple[str, ...], str | None]] = {
    "metadata": (("--no-patch",), None),
    "names": (("--raw", "--no-abbrev", "--no-renames"), None),
    "lines": (("--raw", "--no-abbrev", "--numstat", "-M"), "numstat"),
    "patches": (("--raw", "--no-abbrev", "--patch", "-M"), "patch"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRef:
    """What a name in a deploy log is to git, and the commit it leads to, None where there is not one."""

    sha: str | None
    kind: RefKind


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

    Raises:
        GitError: There is no git, no such folder, or no repository around it.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.git_dir = _git_dir(self.path)
        self.common_dir = _common_dir(self.git_dir)
        self._environment = git_safety.environment(self.git_dir, self.common_dir)
        self._warnings: dict[str, None] = {}
        self._found: dict[str, FoundRef] = {}
        if self.common_dir.joinpath("refs/replace").is_dir() and self._run("for-each-ref", "refs/replace"):
            self._warn("the repository has replacement refs (git replace); the original commits are read")
        if self.common_dir.joinpath("info/grafts").is_file():
            self._warn("the repository has grafts (info/grafts); the original parents are read")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be answered in full so far, each once, in the order in which it came up."""
        return tuple(self._warnings)

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents a shallow clone does not have; empty for a whole one."""
        try:
            return frozenset(self.common_dir.joinpath("shallow").read_text("ascii").split())
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
            name.startswith("extensions.partialclone")
            or (name.endswith((".promisor", ".partialclonefilter")) and value != "false")
            for name, value in self._config
        )

    def head(self) -> str | None:
        """Return the sha that is checked out, or that a bare repository calls its head."""
        return self.find(["HEAD"])["HEAD"].sha

    def web_url(self) -> str | None:
        """Return the web address of `origin`, or of the first remote, without any credentials."""
        urls = {name.split(".", 1)[1]: value for name, value in self._config if name.endswith(".url")}
        url = urls.get("origin.url", next(iter(urls.values()), None))
        return None if url is None else git_safety.web_url(url)

    def resolve(self, refs: Sequence[str]) -> dict[str, str | None]:
        """Return the full sha of the commit behind each name, None where git does not know one.

        Names are shas, short shas, tags, branches, `origin/main`, or what `git describe` prints. A name
        that could be more than one commit is None, with a warning.
        """
        return {ref: found.sha for ref, found in self.find(refs).items()}

    def find(self, refs: Sequence[str]) -> dict[str, FoundRef]:
        """Return what each name is, and its commit; a branch stands for where it points now."""
        asked = [ref for ref in dict.fromkeys(refs) if ref not in self._found]
        names = {ref: _possible_names(ref) for ref in asked}
        lines = [f"{name}^{{commit}}" for ref in asked for _, name in names[ref]]
        answers = iter(self._batch_check(lines))
        for ref in asked:
            self._found[ref] = self._decide(ref, [(kind, next(answers)) for kind, _ in names[ref]])
        return {ref: self._found[ref] for ref in refs}

    def walk(self, tips: Iterable[str]) -> Iterator[Step]:
        """Yield the ancestors of some commits, the commits included, newest commit date first.

        One process, read as far as the caller goes on; closing the iterator ends it.
        """
        lines = [_checked(tip) for tip in tips]
        fields = self._stream("log", "-z", "--format=%H %P%x00%ct%x00%B", "--stdin", lines=lines)
        with closing(fields):
            for ids, committed, message in zip(fields, fields, fields, strict=True):
                sha, *parents = ids.decode().split()
                yield Step(
                    sha=sha,
                    parents=tuple(parents),
                    committed_at=git_log.moment(committed),
                    pull_request=git_log.pull_request(git_log.text(message)),
                )

    def first_parents(self, tip: str) -> tuple[tuple[str, datetime], ...]:
        """Return the main line that ends at a commit, newest first, each with its commit date."""
        output = self._run("log", "-z", "--first-parent", "--format=%H %ct", "--stdin", lines=[_checked(tip)])
        pairs = (record.split(b" ") for record in output.split(b"\0") if record)
        return tuple((sha.decode(), git_log.moment(epoch_s)) for sha, epoch_s in pairs)

    def commits(
        self, shas: Iterable[str], *, patches: bool = True, suffixes: Collection[str] | None = None
    ) -> dict[str, Commit]:
        """Return commits with their files: status, renames and line counts, and more where asked.

        Args:
            shas: Full shas. One that git does not have raises GitError.
            patches: Whether to read the hunks, and the texts before and after, of each file, as far as
                the limits of this module go.
            suffixes: The endings of the files whose texts are wanted, or None for all.

        Merges have no files, nor have commits at the edge of a shallow clone, whose difference to
        their unknown parents would be the whole tree.
        """
        raw = self._log(shas, "patches" if patches else "lines")
        if patches:
            raw = self._with_texts(raw, suffixes)
        return {each.commit.sha: each.commit for each in raw}

    def paths(self, shas: Iterable[str]) -> dict[str, Commit]:
        """Return commits with the paths and the status of their files only, which reads no file.

        A renamed file is a deletion and an addition here.
        """
        return {each.commit.sha: each.commit for each in self._log(shas, "names")}

    def tree(self, sha: str, suffixes: Collection[str] = (".py",)) -> dict[str, str]:
        """Return the text of each file at a commit whose path ends in one of the suffixes."""
        output = self._run("ls-tree", "-r", "-z", "--long", "--end-of-options", _checked(sha))
        wanted: dict[str, str] = {}
        for record in output.split(b"\0")[:-1]:
            (mode, _, blob, size), raw_path = record.split(b"\t", 1)[0].split(), record.split(b"\t", 1)[1]
            name = git_log.path(raw_path)
            if mode.startswith(b"100") and name.endswith(tuple(suffixes)) and int(size) <= TEXT_LIMIT_BYTES:
                wanted[name] = blob.decode()
        texts = self._texts(list(dict.fromkeys(wanted.values())))
        return {name: texts[blob] for name, blob in wanted.items() if blob in texts}

    def tags(self, pattern: str = "*") -> tuple[Tag, ...]:
        """Return the tags of commits whose names match a pattern such as `deploy/*`, oldest first."""
        kinds = ("%(objectname)", "%(objecttype)", "%(*objecttype)", "%(*objectname)", "%(taggerdate:unix)")
        fields = (*kinds, "%(creatordate:unix)", "%(*committerdate:unix)", "%(refname)")
        arguments = ("--format=" + "%00".join(fields), "--end-of-options", f"refs/tags/{pattern}")
        tags = []
        for line in self._run("for-each-ref", *arguments).splitlines():
            sha, kind, peeled_kind, peeled, tagged, created, committed, name = line.split(b"\0")
            if b"commit" in (kind, peeled_kind):
                tags.append(
                    Tag(
                        name=git_log.path(name).removeprefix("refs/tags/"),
                        sha=(peeled or sha).decode(),
                        tagged_at=git_log.moment(tagged or committed or created),
                        annotated=bool(tagged),
                    )
                )
        return tuple(sorted(tags, key=lambda tag: (tag.tagged_at, tag.name)))

    # Answers put together

    @cached_property
    def _config(self) -> tuple[tuple[str, str], ...]:
        """The names, in lower case but for their middle part, and values of remotes and extensions."""
        wanted = r"^(remote\..*|extensions\..*)$"
        output = self._run("config", "--null", "--get-regexp", wanted, allowed=(0, 1))
        pairs = (record.partition(b"\n") for record in output.split(b"\0") if record)
        return tuple((git_log.path(name), git_log.text(value)) for name, _, value in pairs)

    def _decide(self, ref: str, answers: list[tuple[RefKind, str | None]]) -> FoundRef:
        present: list[tuple[RefKind, str]] = [(kind, sha) for kind, sha in answers if sha is not None]
        if not present:
            return FoundRef(sha=None, kind="unknown")
        known = [(kind, sha) for kind, sha in present if kind != "remote branch"] or present
        shas = {sha for _, sha in known}
        if "ambiguous" in shas or len(shas) > 1:
            self._warn(f"'{ref}' could be more than one commit in {self.path}; give the full sha")
            return FoundRef(sha=None, kind="ambiguous")
        return FoundRef(sha=known[0][1], kind=known[0][0])

    def _batch_check(self, names: list[str]) -> list[str | None]:
        """Return for each name its object, `ambiguous`, or None, from one process."""
        if not names:
            return []
        output = self._run("cat-file", "--batch-check=%(objectname)", lines=names)
        answers = [line.rsplit(b" ", 1)[-1].decode() for line in output.splitlines()]
        return [None if answer == "missing" else answer for answer in answers]

    def _log(self, shas: Iterable[str], detail: Detail) -> list[git_log.RawCommit]:
        asked = [_checked(sha) for sha in dict.fromkeys(shas)]
        cut = [sha for sha in asked if sha in self.boundary]
        if cut:
            self._warn(
                f"{len(cut)} commits lie at the edge of this shallow clone and cannot be compared with "
                f"their parents: run {_fetch_command(self.path, '--unshallow')}"
            )
        whole = [sha for sha in asked if sha not in self.boundary]
        raw = [*self._log_process(whole, detail), *self._log_process(cut, "metadata")]
        by_sha = {each.commit.sha: each for each in raw}
        return [by_sha[sha] for sha in asked]

    def _log_process(self, shas: list[str], detail: Detail) -> Iterator[git_log.RawCommit]:
        if not shas:
            return iter(())
        mark = secrets.token_hex(16)
        flags, ending = _DIFF[detail]
        diff = (*git_safety.DIFF_OPTIONS, *flags)
        form = git_log.header_format(mark)
        output = self._run("log", "-z", "--no-walk=unsorted", form, *diff, "--stdin", lines=shas)
        return git_log.parse(output, mark, ending=ending)

    def _with_texts(
        self, raw: list[git_log.RawCommit], suffixes: Collection[str] | None
    ) -> list[git_log.RawCommit]:
        endings = None if suffixes is None else tuple(suffixes)
        wanted: dict[str, None] = {}
        for each in raw:
            for file, pair in list(zip(each.commit.files, each.blobs, strict=True))[:FILES_LIMIT]:
                if file.patch is not None and (endings is None or file.path.endswith(endings)):
                    wanted.update(dict.fromkeys(blob for blob in pair if blob))
        texts = self._texts(self._within_limits(list(wanted)))
        return [
            replace(each, commit=replace(each.commit, files=tuple(_files_with_texts(each, texts))))
            for each in raw
        ]

    def _within_limits(self, blobs: list[str]) -> list[str]:
        if not blobs:
            return []
        output = self._run("cat-file", "--batch-check=%(objectsize)", lines=blobs)
        chosen, total = [], 0
        for blob, size in zip(blobs, output.splitlines(), strict=True):
            if size.isdigit() and int(size) <= TEXT_LIMIT_BYTES and total + int(size) <= TEXTS_LIMIT_BYTES:
                total += int(size)
                chosen.append(blob)
        return chosen

    def _texts(self, blobs: list[str]) -> dict[str, str]:
        """Return the blobs that are text, from one process; a missing one is left out."""
        if not blobs:
            return {}
        output = self._run("cat-file", "--batch", lines=blobs)
        texts, position = {}, 0
        for blob in blobs:
            end = output.index(b"\n", position)
            header = output[position:end].split()
            position = end + 1
            if header[-1] == b"missing":
                continue
            content = output[position : position + int(header[2])]
            position += len(content) + 1
            if b"\0" not in content[:8000]:
                texts[blob] = git_log.text(content)
        return texts

    # Processes

    def _warn(self, warning: str) -> None:
        self._warnings.setdefault(warning)

    @cached_property
    def _git(self) -> "git.Git":
        runner: git.Git = _gitpython().Git(str(self.git_dir))
        return runner

    def _start(self, *arguments: str) -> Any:
        command = [self._git.GIT_PYTHON_GIT_EXECUTABLE, *git_safety.OPTIONS, *arguments]
        # Any: GitPython wraps Popen in an object that ends the process when it is dropped.
        return self._git.execute(command, istream=subprocess.PIPE, as_process=True, env=self._environment)

    def _run(self, *arguments: str, lines: Sequence[str] = (), allowed: tuple[int, ...] = (0,)) -> bytes:
        """Run git to its end, with lines on its input, and return what it wrote."""
        process = self._start(*arguments)
        output, complaint = process.communicate("".join(f"{line}\n" for line in lines).encode())
        if process.returncode not in allowed:
            raise self._error(arguments[0], complaint)
        return bytes(output)

    def _stream(self, *arguments: str, lines: Sequence[str]) -> Generator[bytes, None, None]:
        """Yield NUL-ended records as git finds them; closing the iterator ends the process."""
        process = self._start(*arguments)
        try:
            process.stdin.write("".join(f"{line}\n" for line in lines).encode())
            process.stdin.close()
            rest = b""
            while chunk := process.stdout.read1(1 << 16):
                *records, rest = (rest + chunk).split(b"\0")
                yield from records
            if rest:
                yield rest
            complaint = process.stderr.read()
            if process.proc.wait() != 0:
                raise self._error(arguments[0], complaint)
        finally:
            process.proc.kill()
            process.proc.wait()
            process.proc.stdout.close()
            process.proc.stderr.close()

    def _error(self, command: str, complaint: bytes) -> GitError:
        reason = git_safety.single_line(complaint, {str(self.git_dir): str(self.path)})
        if self.is_shallow:
            hint = f"the clone is shallow; get the whole history: {_fetch_command(self.path, '--unshallow')}"
        elif self.is_partial:
            hint = (
                f"the clone is partial and lacks objects: {_fetch_command(self.path, '--refetch --filter=')}"
            )
        else:
            hint = f"check the repository with: git -C {self.path} fsck"
        return GitError(f"git {command} failed in {self.path}: {reason}", hint)


def _fetch_command(path: Path, option: str) -> str:
    return f"git -C {path} fetch {option}"


def _gitpython() -> Any:
    """Import GitPython, which looks for the git program as it is imported."""
    try:
        import git
    except ImportError as problem:
        raise GitError("there is no git program on the PATH", "install git 2.31 or newer") from problem
    return git


def _git_dir(path: Path) -> Path:
    library = _gitpython()
    hint = "give the folder of a git checkout or of a bare repository with --repo"
    try:
        repository = library.Repo(path, search_parent_directories=True, expand_vars=False)
    except library.NoSuchPathError as problem:
        raise GitError(f"no such folder: {path}", hint) from problem
    except (library.InvalidGitRepositoryError, OSError, ValueError) as problem:
        raise GitError(f"not a git repository: {path}", hint) from problem
    git_dir = Path(repository.git_dir).absolute()
    repository.close()
    return git_dir


def _common_dir(git_dir: Path) -> Path:
    """Return where refs and objects are: elsewhere than `git_dir` for a linked worktree."""
    try:
        return (git_dir / (git_dir / "commondir").read_text("utf-8").strip()).resolve()
    except FileNotFoundError:
        return git_dir


def _checked(sha: str) -> str:
    if not _FULL_SHA.fullmatch(sha):
        raise GitError(f"not a full sha: {sha!r}", "resolve names before asking about commits")
    return sha


def _possible_names(ref: str) -> list[tuple[RefKind, str]]:
    """Return all that a name can be, so that two things of one name do not go unnoticed."""
    if not git_safety.is_plain_ref(ref):
        return []
    if _FULL_SHA.fullmatch(ref.lower()):
        return [("commit", ref.lower())]
    if ref == "HEAD" or ref.startswith("refs/"):
        return [("tag" if ref.startswith("refs/tags/") else "branch", ref)]
    names: list[tuple[RefKind, str]] = [
        ("tag", f"refs/tags/{ref}"),
        ("branch", f"refs/heads/{ref}"),
        ("remote branch", f"refs/remotes/{ref}"),
        ("remote branch", f"refs/remotes/origin/{ref}"),
    ]
    if _SHORT_SHA.fullmatch(ref):
        names.append(("commit", ref))
    return names


def _files_with_texts(raw: git_log.RawCommit, texts: Mapping[str, str]) -> Iterator[FileChange]:
    for file, (before, after) in zip(raw.commit.files, raw.blobs, strict=True):
        yield replace(file, before=texts.get(before or ""), after=texts.get(after or ""))
