"""Evaluates expressions on the Go code in a folder: `go.py SPEC FOLDER`, outputs as JSON on stdout.

The metrics become a program in the library's own module, one line each.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.incidents.drivers.compiled import built, output, run

_SECONDS = 18
_BROKEN = re.compile(r"main\.go:(\d+)")
_EVALUATE = Path(__file__).with_name("evaluate.go")


def _type_of(inputs: list[Any]) -> str:
    """Return the Go type that every input of a pool can be read as."""
    if all(isinstance(each, str) for each in inputs):
        return "string"
    if all(isinstance(each, (int, float)) for each in inputs):
        return "float64"
    if all(isinstance(each, list) for each in inputs):
        return f"[]{_type_of([one for each in inputs for one in each])}"
    return "any"


def _lines(spec: dict[str, Any]) -> list[str]:
    """Return the program: the package, what it imports, what is set up, and a line a metric."""
    types = {name: _type_of(inputs) for name, inputs in spec["pools"].items()}
    metrics = [
        f"func init() {{ metric({json.dumps(name)}, {json.dumps(pool)},"
        f" func(x {types[pool]}) any {{ return {expression} }}) }}"
        for name, (expression, pool) in spec["metrics"].items()
    ]
    return ["package main", *spec["setup"], *metrics]


def _built(lines: list[str], place: Path, until: float) -> Path | None:
    """Build the program without the lines that cannot be; None where nothing of it can."""
    program = place / "program"
    program.unlink(missing_ok=True)
    shared = Path(tempfile.gettempdir()) / "go-of-incidents"
    surroundings = {
        "GO111MODULE": "on",
        "GOCACHE": str(shared / "cache"),
        "GOFLAGS": "-mod=mod",
        "GOPATH": str(shared / "path"),
        "GOPROXY": "off",
    }

    def build(kept: list[str]) -> set[int] | None:
        (place / "main.go").write_text("\n".join(kept) + "\n", encoding="utf-8")
        argv = ["go", "build", "-gcflags=-e", "-ldflags=-s -w", "-o", str(program), "."]
        done = output(argv, place, until, {**os.environ, **surroundings})
        return {int(n) - 1 for n in _BROKEN.findall(done.stderr)} - {0} if done.returncode else None

    return program if built(lines, build) else None


def main() -> None:
    """Write the program beside the library, build it, run it and print what it found."""
    until = time.monotonic() + _SECONDS
    spec_path, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    spec = json.loads(spec_path.read_text(encoding="utf-8"))
    (folder / "go.mod").write_text(f"module github.com/{spec['repo']}\n\ngo 1.18\n", encoding="utf-8")
    place = folder / "bisected"
    place.mkdir(exist_ok=True)
    shutil.copyfile(_EVALUATE, place / "evaluate.go")
    try:
        program = _built(_lines(spec), place, until)
        found = run([str(program), str(spec_path)], place, list(spec["metrics"]), until) if program else {}
    except subprocess.TimeoutExpired:
        found = {}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
