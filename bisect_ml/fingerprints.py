"""Hashes of the input files, so that a report can be held against what it was made from."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

# SHA-256 reads 0.5 to 2 GB a second: more input than this is not worth the wait.
MAX_BYTES = 1_000_000_000


def fingerprints(paths: Iterable[str | Path]) -> Mapping[str, str]:
    """Return the SHA-256 of the files as far as they hold 1 GB together; the others are left out."""
    left = MAX_BYTES
    found: dict[str, str] = {}
    for path in map(Path, paths):
        try:
            left -= path.stat().st_size
            if left < 0:
                break
            with path.open("rb") as file:
                found[str(path)] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            # Read a moment ago and gone or changed since: no hash is better than a wrong one.
            continue
    return found
