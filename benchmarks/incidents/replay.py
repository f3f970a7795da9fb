"""Run expressions on the code of a commit, in a child process that cannot outlive its time."""

import hashlib
import json
import os
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.incidents.clones import Clone
from benchmarks.incidents.histories import History
from benchmarks.incidents.notations import NOTATIONS
from benchmarks.incidents.pools import POOLS, Input
from benchmarks.incidents.pools_compiled import COMPILED
from benchmarks.incidents.pools_extras import SHORT
from benchmarks.incidents.pools_newer_amounts import NEWER_AMOUNTS
from benchmarks.incidents.pools_newer_counts import NEWER_COUNTS
from benchmarks.incidents.pools_newer_links import NEWER_LINKS
from benchmarks.incidents.pools_newer_markup import NEWER_MARKUP
from benchmarks.incidents.pools_newer_notations import NEWER_NOTATIONS
from benchmarks.incidents.pools_newer_spans import NEWER_SPANS
from benchmarks.incidents.pools_newer_texts import NEWER_TEXTS
from benchmarks.incidents.pools_newer_times import NEWER_TIMES
from benchmarks.incidents.pools_spoken import SPOKEN
from benchmarks.incidents.pools_unread import UNREAD
from benchmarks.incidents.pools_unseen import UNSEEN
from benchmarks.incidents.pools_unseen_addresses import UNSEEN_ADDRESSES
from benchmarks.incidents.pools_unseen_dates import UNSEEN_DATES
from benchmarks.incidents.pools_unseen_markup import UNSEEN_MARKUP
from benchmarks.incidents.pools_unseen_nouns import UNSEEN_NOUNS
from benchmarks.incidents.pools_unseen_textile import UNSEEN_TEXTILE
from benchmarks.incidents.pools_written import WRITTEN

Outputs = dict[str, list[float | None]]
"""Metric → its value for each input of its pool; None where the code raised or gave nothing."""

_LIMITS_S = {"go": 20, "java": 40, "rust": 40}
_LIMIT_S = 10
_DRIVERS = Path(__file__).parent / "drivers"
_MODULES = "benchmarks.incidents.drivers"
_ROOT = Path(__file__).parents[2]
_RUNS = {
    "python": ("python3", str(_DRIVERS / "python.py")),
    "javascript": ("node", str(_DRIVERS / "javascript.js")),
    "perl": ("perl", str(_DRIVERS / "perl.pl")),
    "ruby": ("ruby", str(_DRIVERS / "ruby.rb")),
    "php": ("php", str(_DRIVERS / "php.php")),
    "go": ("python3", "-m", f"{_MODULES}.go"),
    "java": ("python3", "-m", f"{_MODULES}.java"),
    "rust": ("python3", "-m", f"{_MODULES}.rust"),
}
_SUFFIXES = {
    "python": (".py", ".json", ".txt", ".dat", ".csv", ".yml", ".yaml", ".sql", ".toml"),
    "javascript": (".js", ".ts", ".json", ".mjs", ".cjs", ".txt"),
    "perl": (".pm", ".pl", ".txt"),
    "ruby": (".rb",),
    "php": (".php",),
    "go": (".go",),
    "java": (".java", ".properties", ".txt"),
    "rust": (".rs", "Cargo.toml"),
}
_ASIDE = frozenset(
    {"test", "tests", "spec", "specs", "t", "xt", "doc", "docs", "examples", "example", "benchmark", "bench"}
    | {"benchmarks", "dist", "node_modules", ".github", "demo", "min", "types", "locale_test"}
)
_TESTS = "_test.go"
_LARGEST_BLOB = 3_000_000
_POOLS = {
    **POOLS,
    **NOTATIONS,
    **UNREAD,
    **SPOKEN,
    **WRITTEN,
    **SHORT,
    **UNSEEN,
    **UNSEEN_ADDRESSES,
    **UNSEEN_DATES,
    **UNSEEN_MARKUP,
    **UNSEEN_NOUNS,
    **UNSEEN_TEXTILE,
    **COMPILED,
    **NEWER_MARKUP,
    **NEWER_NOTATIONS,
    **NEWER_TEXTS,
    **NEWER_LINKS,
    **NEWER_COUNTS,
    **NEWER_TIMES,
    **NEWER_AMOUNTS,
    **NEWER_SPANS,
}


def pool(name: str) -> list[Input]:
    """Return the inputs of a pool, always the same."""
    return _POOLS[name](random.Random(name))


def live_files(history: History, clone: Clone, sha: str) -> dict[str, str]:
    """Return path → blob of the files that running code may read."""
    return {
        path: blob
        for path, blob in clone.files(sha, history.roots)
        if path.endswith(_SUFFIXES[history.language])
        and not path.endswith(_TESTS)
        and not _ASIDE & set(path.lower().split("/"))
    }


def code_key(files: Mapping[str, str]) -> str:
    """Return a digest of a state of the code."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]


class Replayer:
    """Computes the outputs of a history's code in a folder that it keeps up to date file by file."""

    def __init__(self, history: History, clone: Clone, folder: Path, interpreters: Mapping[str, str]) -> None:
        self.history = history
        self.clone = clone
        self.folder = folder / "code"
        self.folder.mkdir(parents=True)
        self._there: dict[str, str] = {}
        program, *driver = _RUNS[history.language]
        self._spec = folder / "spec.json"
        pools = {name: [each.value for each in pool(name)] for _, name in history.metrics.values()}
        self._spec.write_text(
            json.dumps(
                {"repo": history.repo, "setup": history.setup, "metrics": history.metrics, "pools": pools}
            ),
            encoding="utf-8",
        )
        self._argv = (interpreters.get(history.language, program), *driver)

    def outputs(self, files: Mapping[str, str], texts: Mapping[str, str] = {}) -> Outputs:
        """Return what a state of the code computes; `texts` stand in for the blobs of their paths."""
        self._lay(files, texts)
        try:
            done = subprocess.run(
                [*self._argv, str(self._spec), str(self.folder)],
                cwd=_ROOT,
                capture_output=True,
                timeout=_LIMITS_S.get(self.history.language, _LIMIT_S),
                check=False,
                env={**os.environ, "TZ": "UTC", "PYTHONHASHSEED": "0"},
            )
            found: Outputs = json.loads(done.stdout) if done.stdout else {}
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            return {}
        return found

    def _lay(self, files: Mapping[str, str], texts: Mapping[str, str]) -> None:
        wanted = {**files, **{path: f"text:{hash(text)}" for path, text in texts.items()}}
        for path in self._there.keys() - wanted.keys():
            (self.folder / path).unlink(missing_ok=True)
        for path, blob in wanted.items():
            if self._there.get(path) == blob:
                continue
            place = self.folder / path
            if place.parent.is_file():
                place.parent.unlink()
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                continue
            data = texts[path].encode() if path in texts else self.clone.blob(blob)
            place.write_bytes(data if len(data) <= _LARGEST_BLOB else b"")
        self._there = wanted
