"""Run expressions on the code of a commit, in a child process that cannot outlive its time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import MagicMock

from benchmarks.incidents.histories import POOLS, History, Input

Outputs = dict[str, list[float | None]]
"""Metric → its value for each input of its pool; None where the code raised or gave nothing."""

_LIMIT_S = 12
_LARGE_FILES = tuple(f":(exclude)*{suffix}" for suffix in (".h5", ".csv", ".nc", ".epw", ".ipynb", ".png"))
_FLOAT_DIGITS = 9


def pool(name: str) -> list[Input]:
    """Return the inputs of a pool, always the same."""
    import random

    return POOLS[name](random.Random(name))


def replay(history: History, clone: Path, shas: Iterable[str]) -> Iterator[tuple[str, Outputs]]:
    """Yield each commit with what its code computes; nothing where it cannot be imported."""
    for sha in shas:
        with tempfile.TemporaryDirectory() as folder:
            extract(clone, sha, Path(folder))
            yield sha, run(history, Path(folder))


def extract(clone: Path, sha: str, folder: Path) -> None:
    """Write the tree of a commit into a folder."""
    git = ["git", "-c", "safe.directory=*", "-C", str(clone), "archive", sha, "--", ".", *_LARGE_FILES]
    with subprocess.Popen(git, stdout=subprocess.PIPE) as archive:
        subprocess.run(
            ["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=False, stderr=subprocess.DEVNULL
        )


def run(history: History, folder: Path) -> Outputs:
    """Return what the code in a folder computes; empty where it cannot be imported."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _answer(history, folder, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {}


def _answer(history: History, folder: Path, writer: int) -> NoReturn:
    """Evaluate in the child, write JSON to the pipe, and leave without cleaning up."""
    signal.alarm(_LIMIT_S)
    warnings.simplefilter("ignore")
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.append(_Stand())
        sys.path[:0] = [str(folder / root) for root in history.roots if (folder / root).is_dir()]
        os.chdir(folder)
        scope: dict[str, Any] = {}
        for statement in history.imports:
            exec(statement, scope)
        found = {
            entry: _values(expression, name, scope) for entry, (expression, name) in history.metrics.items()
        }
        data = json.dumps(
            {entry: values for entry, values in found.items() if any(v is not None for v in values)}
        )
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(data.encode())
    finally:
        os._exit(0)


class _Stand:
    """Stands in for modules that only a build makes, such as a version file or a compiled twin."""

    _MADE_BY_A_BUILD = ("_version", "version", "_rustyfish", "cjellyfish", "pkg_resources")

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Offer an empty module under the names that nothing else provides."""
        del path, target
        return ModuleSpec(name, self) if name.rpartition(".")[2] in self._MADE_BY_A_BUILD else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> Any:
        """Return a module whose every name exists."""
        return MagicMock(__name__=spec.name, __spec__=spec, __path__=[], __all__=[], __version__="0")

    def exec_module(self, module: Any) -> None:
        """Do nothing: the module is ready."""


def _values(expression: str, name: str, scope: dict[str, Any]) -> list[float | None]:
    code = compile(expression, "expression", "eval")
    values = []
    for each in pool(name):
        try:
            values.append(number(eval(code, {**scope, "x": each.value})))
        except Exception:  # noqa: BLE001 - whatever the code raises is a null
            values.append(None)
    return values


def number(value: object) -> float | None:
    """Return a prediction as a number: a text by its length and letters, so that any change shows."""
    if value is None:
        return None
    if isinstance(value, str | bytes | list | tuple | dict | set):
        text = value if isinstance(value, str) else repr(sorted(value) if isinstance(value, set) else value)
        return round(len(text) + sum(map(ord, text)) % 997 / 9970, 6)
    found = float(value)  # type: ignore[arg-type]
    return None if found != found or abs(found) == float("inf") else float(f"{found:.{_FLOAT_DIGITS}g}")
