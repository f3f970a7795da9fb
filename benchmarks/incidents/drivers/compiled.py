"""What the drivers of compiled languages share: building a program line by line, and running it.

What a commit cannot compile yet is left out, line by line, until the rest builds; what ends the program is
left out of a second and third run.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

_SECONDS = 38
_ROUNDS = 6
_RUNS = 3


def output(
    argv: Iterable[str], folder: Path, until: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder for as long as there is time."""
    return subprocess.run(
        list(argv),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=max(until - time.monotonic(), 0.1),
        check=False,
    )


def built(lines: list[str], build: Callable[[list[str]], set[int] | None]) -> bool:
    """Build the program without the lines that cannot be: `build` gives their places, None if all is well."""
    for _ in range(_ROUNDS):
        broken = build(lines)
        if broken is None:
            return True
        if not broken:
            return False
        lines = ["" if at in broken else line for at, line in enumerate(lines)]
    return False


def run(argv: list[str], folder: Path, names: list[str], until: float) -> dict[str, list[float | None]]:
    """Return what the metrics give, without those that end the program.

    The program is told the names of the metrics after its other arguments, and prints a JSON list of a name
    and its values for each, as soon as it is known.
    """
    found: dict[str, list[float | None]] = {}
    for _ in range(_RUNS):
        wanted = [name for name in names if name not in found]
        done = output([*argv, *wanted], folder, until)
        found |= dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith('["'))
        if done.returncode == 0:
            break
        fatal = next((name for name in wanted if name not in found), "")
        names = [name for name in names if name != fatal]
    return {name: values for name, values in found.items() if values and any(v is not None for v in values)}


def answer(command: Callable[[Path, dict[str, Any], Path, float], list[str] | None]) -> None:
    """Build a program for the folder and the spec that the arguments name, run it and print what it found.

    Args:
        command: Builds in a folder of the library, for a spec, in a place of its own, until a moment, and
            returns what runs the program there, None where it cannot be built. The inputs lie in that place.
    """
    until = time.monotonic() + _SECONDS
    spec_path, folder = (Path(each).resolve() for each in sys.argv[1:3])
    spec = json.loads(spec_path.read_text(encoding="utf-8"))
    place = spec_path.parent / "program"
    place.mkdir(exist_ok=True)
    for name, inputs in spec["pools"].items():
        (place / f"{name}.pool").write_text(in_hex(inputs), encoding="ascii")
    try:
        argv = command(folder, spec, place, until)
        found = run(argv, place, list(spec["metrics"]), until) if argv else {}
    except subprocess.TimeoutExpired:
        found = {}
    print(json.dumps(found))


def in_hex(inputs: Iterable[Any]) -> str:
    """Return a line an input: a text or a list of texts in the hexadecimal digits of UTF-8, or a number."""
    return "".join(f"{_one_in_hex(each)}\n" for each in inputs)


def _one_in_hex(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_one_in_hex(str(each)) for each in value)
    if isinstance(value, str):
        return f"x{value.encode(errors='replace').hex()}"
    return repr(float(value))


def kind_of(inputs: Iterable[Any]) -> str:
    """Return as what every input of a pool can be read: text, number or texts."""
    kinds = {"texts" if isinstance(each, list) else type(each).__name__ for each in inputs}
    if kinds <= {"int", "float"}:
        return "number"
    return "texts" if kinds == {"texts"} else "text"
