import hashlib
from pathlib import Path

import pytest

from bisect_ml import fingerprints
from bisect_ml.fingerprints import fingerprints as hashes


def test_files_are_hashed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert hashes([path]) == {str(path): hashlib.sha256(b"a,b\n1,2\n").hexdigest()}


def test_hashing_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.write_bytes(b"x" * 10)
    monkeypatch.setattr(fingerprints, "MAX_BYTES", 25)
    assert list(hashes(paths)) == [str(path) for path in paths[:2]]


def test_what_is_no_file_any_more_is_left_out(tmp_path: Path) -> None:
    assert hashes([tmp_path / "gone.csv", "postgres://db/table"]) == {}
