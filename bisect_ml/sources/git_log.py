"""The output of one `git log` process, read into commits.

The layout is `git log -z` with `header_format(mark)` and `--raw`, followed by `--numstat` or `--patch`;
merges, where they are shown at all, have a combined diff (`-c` or `--cc`).
Every commit begins with a mark drawn at random for the process, so that no message, path or patch can
pose as the start of another commit; in between, fields end in NUL, and the number of raw entries tells
how many statistics or patches follow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bisect_ml.sources.git_merges import merged_files, merged_status
from bisect_ml.sources.git_text import moment, path, text
from bisect_ml.types import Commit, FileChange

PATCH_LIMIT_BYTES = 1 << 20

# A raw entry of an ordinary commit: two modes, two blobs, the status.
_PLAIN_FIELDS = 5
_FIELDS = ("%H", "%P", "%an", "%ct", "%s", "%b")
_PATCH_START = re.compile(rb"^diff --git ", re.MULTILINE)
_PULL_REQUEST = (
    re.compile(r"^Merge pull request #(\d+)\b"),
    re.compile(r"^Merged in \S+ \(pull request #(\d+)\)"),
    re.compile(r"\(#(\d+)\)\s*$"),
    re.compile(r"^Merged PR (\d+):"),
    re.compile(r"^See merge request \S*!(\d+)\s*$", re.MULTILINE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCommit:
    """A commit, and the blobs that it is made of.

    `blobs` are those on either side of each of its files, None where there is no text to compare, as
    for a merge, which has more than two sides. `needed` are all that git reads to show the diff.
    """

    commit: Commit
    blobs: tuple[tuple[str | None, str | None], ...]
    needed: frozenset[str] = frozenset()


def header_format(mark: str) -> str:
    """Return the `--format` that `parse` understands."""
    return f"--format={mark}%x00" + "%x00".join(_FIELDS)


def parse(output: bytes, mark: str, *, ending: str | None) -> Iterator[RawCommit]:
    """Yield the commits of one process.

    Args:
        output: All that the process wrote.
        mark: The mark given to `header_format`.
        ending: What follows the raw entries: `numstat`, `patch` or None.
    """
    for record in output.split(mark.encode())[1:]:
        _, sha, parents, author, committed, subject, body, rest = record.split(b"\0", len(_FIELDS) + 1)
        entries, rest = _raw_entries(rest)
        merged = any(entry.is_merged for entry in entries)
        if merged and ending == "patch":
            files = list(merged_files([(e.fields, e.path) for e in entries], rest, PATCH_LIMIT_BYTES))
        else:
            files = [_file(entry) for entry in entries]
            if ending == "numstat":
                files = _with_counts(files, rest)
            elif ending == "patch":
                files = _with_patches(files, rest)
        commit = Commit(
            sha=sha.decode(),
            parents=tuple(parents.decode().split()),
            author=text(author),
            committed_at=moment(committed),
            subject=text(subject),
            body=text(body).strip("\n"),
            files=tuple(files),
        )
        yield RawCommit(
            commit=commit,
            blobs=((None, None),) * len(files) if merged else tuple(map(_blobs, entries)),
            needed=frozenset(blob for entry in entries for blob in entry.blobs),
        )


def pull_request(message: str) -> str | None:
    """Return the number of the pull or merge request that a message says it merged, or None."""
    subject = message.split("\n", 1)[0]
    for pattern in _PULL_REQUEST:
        if found := pattern.search(message if pattern.flags & re.MULTILINE else subject):
            return found.group(1)
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One raw entry: modes, blobs and status, of each parent and of the commit, and the paths."""

    fields: list[bytes]
    old_path: bytes | None
    path: bytes

    @property
    def is_merged(self) -> bool:
        return len(self.fields) > _PLAIN_FIELDS

    @property
    def blobs(self) -> list[str]:
        """The blobs on all sides; a submodule has none."""
        half = (len(self.fields) - 1) // 2
        pairs = zip(self.fields[:half], self.fields[half : 2 * half], strict=True)
        return [sha.decode() for mode, sha in pairs if mode[:2] in {b"10", b"12"} and sha.strip(b"0")]


def _raw_entries(rest: bytes) -> tuple[list[_Entry], bytes]:
    """Split off the raw entries; those of a merge begin with a colon per parent."""
    entries: list[_Entry] = []
    rest = rest.lstrip(b"\0\n")
    position = 0
    while rest[position : position + 1] == b":":
        end = rest.index(b"\0", position)
        fields = rest[position:end].lstrip(b":").split(b" ")
        first_end = rest.index(b"\0", end + 1)
        first, old = rest[end + 1 : first_end], None
        position = first_end + 1
        if len(fields) == _PLAIN_FIELDS and fields[4][:1] in b"RC":
            second_end = rest.index(b"\0", position)
            first, old = rest[position:second_end], first
            position = second_end + 1
        entries.append(_Entry(fields, old, first))
    return entries, rest[position:]


def _file(entry: _Entry) -> FileChange:
    letters = entry.fields[-1].decode()
    return FileChange(
        path=path(entry.path),
        old_path=None if entry.old_path is None else path(entry.old_path),
        status=merged_status(letters) if entry.is_merged else letters[:1],
    )


def _blobs(entry: _Entry) -> tuple[str | None, str | None]:
    """Return the blobs before and after; symbolic links and submodules have no text to compare."""
    fields = entry.fields
    before, after = (
        sha.decode() if mode.startswith(b"100") and sha.strip(b"0") else None
        for mode, sha in ((fields[0], fields[2]), (fields[1], fields[3]))
    )
    return before, after


def _with_counts(files: list[FileChange], rest: bytes) -> list[FileChange]:
    fields = iter(rest.split(b"\0"))
    counted = []
    for file in files:
        added, removed, name = next(fields).split(b"\t", 2)
        if not name:
            next(fields)
            next(fields)
        counted.append(
            FileChange(
                path=file.path,
                old_path=file.old_path,
                status=file.status,
                added=None if added == b"-" else int(added),
                removed=None if removed == b"-" else int(removed),
            )
        )
    return counted


def _with_patches(files: list[FileChange], rest: bytes) -> list[FileChange]:
    rest = rest.removeprefix(b"\0")
    bounds = [*(match.start() for match in _PATCH_START.finditer(rest)), len(rest)]
    sections = iter([rest[start:end] for start, end in pairwise(bounds)])
    patched = []
    for file in files:
        parts = [next(sections)]
        # Git writes a change of type (a file that becomes a link) as a deletion and an addition.
        if file.status == "T":
            parts.append(next(sections))
        hunks = [_hunks(part) for part in parts]
        patch = None if any(hunk is None for hunk in hunks) else b"".join(hunk or b"" for hunk in hunks)
        patched.append(
            FileChange(
                path=file.path,
                old_path=file.old_path,
                status=file.status,
                added=None if patch is None else sum((hunk or b"").count(b"\n+") for hunk in hunks),
                removed=None if patch is None else sum((hunk or b"").count(b"\n-") for hunk in hunks),
                patch=None if patch is None or len(patch) > PATCH_LIMIT_BYTES else text(patch),
            )
        )
    return patched


def _hunks(section: bytes) -> bytes | None:
    """Return a section from its first hunk on, empty where only the mode or the name changed."""
    start = section.find(b"\n@@ ")
    if start >= 0:
        return section[start + 1 :]
    return None if b"\nBinary files " in section or b"\nGIT binary patch" in section else b""
