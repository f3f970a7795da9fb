"""Evaluates expressions on the Rust code in a folder: `rust.py SPEC FOLDER`, outputs as JSON on stdout.

The metrics become a program beside the library, one line each. Libraries are the packages of the folder that
the expressions name; they are built without their features and without what they depend on.
"""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

from benchmarks.incidents.drivers.compiled import answer, built, kind_of, output

_MEASURE = Path(__file__).with_name("measure.rs")
_BROKEN = re.compile(r"^ *--> main\.rs:(\d+)", re.MULTILINE)
_TYPES = {"text": "&str", "number": "f64", "texts": "&[String]"}
_QUIET = ("-A", "warnings", "--cap-lints", "allow", "-C", "debuginfo=0")


def _libraries(folder: Path, named: str) -> dict[str, tuple[Path, str]]:
    """Return name → first file and edition of the packages that a program names."""
    found = {}
    for manifest in sorted(folder.rglob("Cargo.toml")):
        try:
            said = tomllib.loads(manifest.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError:
            continue
        package = said.get("package") or said.get("project") or {}
        library = said.get("lib", {})
        name = str(library.get("name", package.get("name", ""))).replace("-", "_")
        first = manifest.parent / library.get("path", "src/lib.rs")
        if name and f"{name}::" in named and first.is_file():
            edition = package.get("edition", "2015")
            found[name] = (first, edition if isinstance(edition, str) else "2021")
    return found


def _lines(spec: dict[str, Any]) -> list[str]:
    """Return the program: what it uses and sets up, and a line a metric."""
    metrics = []
    for name, (expression, pool) in spec["metrics"].items():
        kind = kind_of(spec["pools"][pool])
        taken = f"{json.dumps(name)}, {json.dumps(pool)}"
        metrics.append(f"m.{kind}({taken}, |x: {_TYPES[kind]}| ({expression}).measured());")
    head = ["#![allow(warnings)]", "mod measure;", "use measure::Measured;", *spec["setup"]]
    return [*head, "fn main() {", "let mut m = measure::Metrics::new();", *metrics, "m.run();", "}"]


def _built(folder: Path, lines: list[str], place: Path, until: float) -> bool:
    """Compile the libraries, then the program on top of them."""
    externs = []
    for name, (first, edition) in _libraries(folder, "\n".join(lines)).items():
        target = place / f"lib{name}.rlib"
        target.unlink(missing_ok=True)
        argv = ["rustc", "--crate-type", "rlib", "--crate-name", name, "--edition", edition, *_QUIET]
        if output([*argv, "-o", str(target), str(first)], first.parent, until).returncode:
            return False
        externs += ["--extern", f"{name}={target}"]
    shutil.copyfile(_MEASURE, place / "measure.rs")

    def program(kept: list[str]) -> set[int] | None:
        (place / "main.rs").write_text("\n".join(kept) + "\n", encoding="utf-8")
        argv = ["rustc", "--edition", "2021", *_QUIET, *externs, "-L", str(place), "-o", "program", "main.rs"]
        done = output(argv, place, until)
        return {int(number) - 1 for number in _BROKEN.findall(done.stderr)} if done.returncode else None

    return bool(externs) and built(lines, program)


def _command(folder: Path, spec: dict[str, Any], place: Path, until: float) -> list[str] | None:
    """Build the program, and return what runs it."""
    return [str(place / "program")] if _built(folder, _lines(spec), place, until) else None


if __name__ == "__main__":
    answer(_command)
