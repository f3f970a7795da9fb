"""Files that git keeps in another form than the checkout has them: Git LFS, and filters of other kinds.

No filter is run, since its command would be the repository's own. What Git LFS has already fetched lies in
a store beside the objects, and is copied from there.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bisect_ml.git.process import GitProcess
from bisect_ml.runs.listing import Listing

_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n")
_POINTER_BYTES = 1024


def complete(
    folder: Path, listing: Listing, *, git: GitProcess, store: Path, warn: Callable[[str], None]
) -> None:
    """Put the content of Git LFS files in the place of their pointers, and say what stays as git keeps it.

    Args:
        folder: The checkout.
        listing: What it holds.
        git: Git in the checkout.
        store: Where Git LFS keeps what it fetched.
        warn: Hears what could not be completed.
    """
    if not any(path.rpartition("/")[2] == ".gitattributes" for path in listing.files):
        return
    lacking = []
    for path, name in _filters(git, listing):
        if name != "lfs":
            warn(f"filter '{name}' is not run: its files, such as {path}, are as git keeps them")
        elif not _fill(folder / path, store):
            lacking.append(path)
    if lacking:
        warn(
            f"{len(lacking)} files of Git LFS, such as {lacking[0]}, were not fetched and stay pointers; "
            "get them with: git lfs fetch --all"
        )


def _filters(git: GitProcess, listing: Listing) -> Iterator[tuple[str, str]]:
    """Yield the files that have a filter, with its name."""
    # The line's own end makes a last path, which no file has.
    asked = "\0".join([*listing.files, ""])
    fields = iter(git.run("check-attr", "-z", "--stdin", "filter", lines=[asked]).split(b"\0"))
    for path, _, value in zip(fields, fields, fields, strict=False):
        if value not in (b"unspecified", b"unset", b"set"):
            yield os.fsdecode(path), value.decode("utf-8", "replace")


def _fill(path: Path, store: Path) -> bool:
    """Copy the content over a pointer, and tell whether the file has its content now."""
    if path.is_symlink() or not path.is_file():
        return True
    with path.open("rb") as file:
        found = _POINTER.match(file.read(_POINTER_BYTES))
    if found is None:
        return True
    oid = found.group(1).decode()
    content = store / oid[:2] / oid[2:4] / oid
    if not content.is_file():
        return False
    # Copied, never linked: a command may write to the file.
    shutil.copyfile(content, path)
    return True
