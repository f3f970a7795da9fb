"""The contents of files as git hands them out: which to read, within which limits, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bisect_ml.sources import git_log, git_text
from bisect_ml.types import FileChange

# A file larger than this is generated or is no source; the sum bounds the memory of one call.
FILE_LIMIT_BYTES = 1 << 20
SUM_LIMIT_BYTES = 256 << 20
# A commit that touches more files than this moves or reformats; its patches say enough.
FILES_PER_COMMIT_LIMIT = 400


def wanted(raw: Sequence[git_log.RawCommit], suffixes: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the blobs on both sides of the text files of some commits, each once."""
    blobs = (
        blob
        for each in raw
        for file, pair in list(zip(each.commit.files, each.blobs, strict=True))[:FILES_PER_COMMIT_LIMIT]
        if file.patch is not None and (suffixes is None or file.path.endswith(suffixes))
        for blob in pair
        if blob is not None
    )
    return tuple(dict.fromkeys(blobs))


def within_limits(blobs: Sequence[str], sizes: bytes) -> list[str]:
    """Return the blobs that exist and fit, given a line per blob with its size or `missing`."""
    chosen, total = [], 0
    for blob, size in zip(blobs, sizes.splitlines(), strict=True):
        if size.isdigit() and int(size) <= FILE_LIMIT_BYTES and total + int(size) <= SUM_LIMIT_BYTES:
            total += int(size)
            chosen.append(blob)
    return chosen


def texts(output: bytes) -> dict[str, str]:
    """Read the output of `cat-file --batch` into the texts of the blobs that are text."""
    found, position = {}, 0
    while position < len(output):
        end = output.index(b"\n", position)
        blob, _, size = output[position:end].split()
        content = output[end + 1 : end + 1 + int(size)]
        position = end + 1 + int(size) + 1
        # Git takes a file for binary by the same sign.
        if b"\0" not in content[:8000]:
            found[blob.decode()] = git_text.text(content)
    return found


def tree_entries(output: bytes, suffixes: tuple[str, ...]) -> dict[str, str]:
    """Read the output of `ls-tree -r -z` into the blobs of the regular files with one of the suffixes."""
    entries = {}
    for record in output.split(b"\0")[:-1]:
        facts, raw_path = record.split(b"\t", 1)
        mode, _, blob = facts.split()
        path = git_text.path(raw_path)
        if mode.startswith(b"100") and path.endswith(suffixes):
            entries[path] = blob.decode()
    return entries


def sized_entries(output: bytes) -> dict[str, tuple[int, str]]:
    """Read the output of `ls-tree -r -l -z` into the sizes in bytes and the blobs of the regular files."""
    entries = {}
    for record in output.split(b"\0")[:-1]:
        facts, raw_path = record.split(b"\t", 1)
        mode, _, blob, size = facts.split()
        if mode.startswith(b"100") and size.isdigit():
            entries[git_text.path(raw_path)] = int(size), blob.decode()
    return entries


def smallest(entries: Mapping[str, tuple[int, str]], most_bytes: int) -> dict[str, str]:
    """Return the blobs of the smallest files, as many as are together not larger than that."""
    chosen, total = {}, 0
    for path, (size, blob) in sorted(entries.items(), key=lambda entry: (entry[1][0], entry[0])):
        total += size
        if size > FILE_LIMIT_BYTES or total > most_bytes:
            break
        chosen[path] = blob
    return dict(sorted(chosen.items()))


def with_texts(raw: git_log.RawCommit, texts: Mapping[str, str]) -> tuple[FileChange, ...]:
    """Return the files of a commit with their texts, None where a side was not read."""
    return tuple(
        replace(
            file,
            before=texts.get(before) if before is not None else None,
            after=texts.get(after) if after is not None else None,
        )
        for file, (before, after) in zip(raw.commit.files, raw.blobs, strict=True)
    )
