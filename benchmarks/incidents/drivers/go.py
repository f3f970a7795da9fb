"""Evaluates expressions on the Go code in a folder: `go.py SPEC FOLDER`, outputs as JSON on stdout.

The metrics become a program in the library's own module, one line each. What a commit cannot compile yet is
left out, line by line, until the rest builds; what ends the program is left out of a second and third run.
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

_SECONDS = 18
_ROUNDS = 6
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
    for _ in range(_ROUNDS):
        (place / "main.go").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            ["go", "build", "-gcflags=-e", "-ldflags=-s -w", "-o", str(program), "."],
            cwd=place,
            env={**os.environ, **surroundings},
            capture_output=True,
            text=True,
            timeout=max(until - time.monotonic(), 0.1),
            check=False,
        )
        if done.returncode == 0:
            return program
        broken = {int(number) - 1 for number in _BROKEN.findall(done.stderr)} - {0}
        if not broken:
            return None
        lines = ["" if at in broken else line for at, line in enumerate(lines)]
    return None


def _run(program: Path, spec_path: Path, names: list[str], until: float) -> dict[str, list[float | None]]:
    """Return what the metrics give, without those that end the program."""
    found: dict[str, list[float | None]] = {}
    for _ in range(3):
        wanted = [name for name in names if name not in found]
        done = subprocess.run(
            [str(program), str(spec_path), *wanted],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(until - time.monotonic(), 0.1),
            check=False,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines() if line.endswith(b"]")]
        found |= dict(answers)
        if done.returncode == 0:
            break
        fatal = next((name for name in wanted if name not in found), "")
        names = [name for name in names if name != fatal]
    return {name: values for name, values in found.items() if values and any(v is not None for v in values)}


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
        found = _run(program, spec_path, list(spec["metrics"]), until) if program else {}
    except subprocess.TimeoutExpired:
        found = {}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
