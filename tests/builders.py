"""Git repositories made from a list of operations, each by one `git init` and one `git fast-import`."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
STEP = timedelta(hours=1)

REGULAR, EXECUTABLE, SYMLINK, SUBMODULE = "100644", "100755", "120000", "160000"

# A text, bytes, a mode with either (the sha for a submodule), or None to delete the file.
File: TypeAlias = str | bytes | tuple[str, str | bytes] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOf:
    """A commit; without `parents` it goes on top of its branch, without `at` it is one hour later."""

    name: str
    files: Mapping[str | bytes, File] = field(default_factory=dict)
    parents: tuple[str, ...] | None = None
    branch: str = "main"
    message: str | bytes = ""
    author: str = "Ada <ada@example.org>"
    at: datetime | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagOf:
    """A tag on a commit; annotated where it has a date of its own."""

    name: str
    commit: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchOf:
    """A further branch, or any other full ref name, at a commit."""

    name: str
    commit: str


Operation: TypeAlias = CommitOf | TagOf | BranchOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A repository that was built, with the sha of each named commit."""

    path: Path
    shas: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.shas[name]

    def git(self, *arguments: str) -> str:
        """Run git in the repository and return what it prints, without the last newline."""
        return run_git("-C", str(self.path), *arguments).removesuffix("\n")


def commit(
    name: str,
    files: Mapping[str | bytes, File] | None = None,
    *,
    parents: Sequence[str] | None = None,
    branch: str = "main",
    message: str | bytes | None = None,
    author: str = "Ada <ada@example.org>",
    at: datetime | None = None,
    encoding: str | None = None,
) -> CommitOf:
    """Return a commit operation; the first parent's files stay as they are where `files` does not say."""
    return CommitOf(
        name=name,
        files=files or {},
        parents=None if parents is None else tuple(parents),
        branch=branch,
        message=f"Commit {name}" if message is None else message,
        author=author,
        at=at,
        encoding=encoding,
    )


def build_repository(
    path: Path,
    operations: Sequence[Operation],
    *,
    bare: bool = False,
    checkout: bool = False,
    object_format: str = "sha1",
) -> Built:
    """Build a repository at a path that does not exist yet.

    Args:
        path: Where to build it.
        operations: Commits, tags and branches in the order in which they are made.
        bare: Whether it has no work tree.
        checkout: Whether to write the files of `main` into the work tree.
        object_format: `sha1` or `sha256`.
    """
    marks = path / ("marks" if bare else ".git/marks")
    kind = ("--bare",) if bare else ()
    run_git("init", "-q", "-b", "main", "--template=", f"--object-format={object_format}", *kind, str(path))
    numbers = {
        operation.name: number
        for number, operation in enumerate((o for o in operations if isinstance(o, CommitOf)), start=1)
    }
    stream = b"".join(_stream(operations, numbers))
    run_git("-C", str(path), "fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=stream)
    by_mark = dict(line.split() for line in marks.read_text().splitlines()) if marks.exists() else {}
    marks.unlink(missing_ok=True)
    built = Built(path=path, shas={name: by_mark[f":{number}"] for name, number in numbers.items()})
    if checkout:
        built.git("checkout", "-q", "-f", "main")
    return built


def run_git(*arguments: str, stdin: bytes = b"") -> str:
    """Run git without any configuration but the repository's own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
    }
    done = subprocess.run(["git", *arguments], input=stdin, capture_output=True, env=environment, check=False)
    if done.returncode != 0:
        raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _stream(operations: Sequence[Operation], numbers: Mapping[str, int]) -> Iterator[bytes]:
    tips: dict[str, str] = {}
    clock = START
    for operation in operations:
        if isinstance(operation, CommitOf):
            clock = operation.at or clock + STEP
            if operation.parents is not None:
                parents = operation.parents
            else:
                parents = (tips[operation.branch],) if operation.branch in tips else ()
            tips[operation.branch] = operation.name
            yield from _commit(operation, [numbers[parent] for parent in parents], numbers, clock)
        elif isinstance(operation, TagOf) and operation.at is not None:
            yield (
                f"tag {operation.name}\nfrom :{numbers[operation.commit]}\n"
                f"tagger Ada <ada@example.org> {_seconds(operation.at)} +0000\ndata 0\n\n"
            ).encode()
        else:
            kind = "refs/tags" if isinstance(operation, TagOf) else "refs/heads"
            ref = operation.name if operation.name.startswith("refs/") else f"{kind}/{operation.name}"
            yield f"reset {ref}\nfrom :{numbers[operation.commit]}\n\n".encode()


def _commit(
    operation: CommitOf, parents: Sequence[int], numbers: Mapping[str, int], clock: datetime
) -> Iterator[bytes]:
    message = operation.message
    raw = message.encode() if isinstance(message, str) else message
    seconds = _seconds(clock)
    if not parents:
        yield f"reset refs/heads/{operation.branch}\n\n".encode()
    yield f"commit refs/heads/{operation.branch}\nmark :{numbers[operation.name]}\n".encode()
    yield f"author {operation.author} {seconds} +0000\n".encode()
    yield f"committer {operation.author} {seconds} +0000\n".encode()
    if operation.encoding is not None:
        yield f"encoding {operation.encoding}\n".encode()
    yield b"data %d\n%s\n" % (len(raw), raw)
    for word, parent in zip(("from", *["merge"] * len(parents)), parents, strict=False):
        yield f"{word} :{parent}\n".encode()
    for path, file in operation.files.items():
        yield from _file(path.encode() if isinstance(path, str) else path, file)
    yield b"\n"


def _file(path: bytes, file: File) -> Iterator[bytes]:
    quoted = b'"' + b"".join(b"\\%03o" % byte for byte in path) + b'"'
    if file is None:
        yield b"D %s\n" % quoted
        return
    mode, content = file if isinstance(file, tuple) else (REGULAR, file)
    raw = content.encode() if isinstance(content, str) else content
    if mode == SUBMODULE:
        yield b"M %s %s %s\n" % (mode.encode(), raw, quoted)
    else:
        yield b"M %s inline %s\ndata %d\n%s\n" % (mode.encode(), quoted, len(raw), raw)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
