"""Evaluates expressions on the Java code in a folder: `java.py SPEC FOLDER`, outputs as JSON on stdout.

The metrics become a program beside the library, one line each; its sources are the files below
`src/main/java` or `src/java`, or all of them where there are no such folders.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from benchmarks.incidents.drivers.compiled import answer, built, kind_of, output

_MEASURE = Path(__file__).with_name("Measure.java")
_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en", "-Duser.country=US")
_BROKEN = re.compile(r"Metrics\.java:(\d+): error")
_SOURCES = ("src/main/java/", "src/java/")
_ANNOTATIONS = {
    "javax.annotation": ("Nonnull", "Nullable", "ParametersAreNonnullByDefault", "WillClose"),
    "javax.annotation.meta": ("TypeQualifierDefault",),
    "org.jspecify.annotations": ("NonNull", "NullMarked", "Nullable"),
    "net.jcip.annotations": ("Immutable",),
}
"""What libraries write on their code without needing it to run."""
_PLACES = ("TYPE", "FIELD", "METHOD", "PARAMETER", "LOCAL_VARIABLE", "TYPE_USE", "PACKAGE", "ANNOTATION_TYPE")
_TARGETS = ", ".join(f"java.lang.annotation.ElementType.{place}" for place in _PLACES)


def _sources(folder: Path) -> list[str]:
    """Return the library's files, without descriptions of modules and packages."""
    files = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.java"))
        if path.name not in ("module-info.java", "package-info.java")
    ]
    kept = [path for path in files if any(f"/{part}" in f"/{path}" for part in _SOURCES)]
    return kept or files


def _annotations(place: Path) -> list[str]:
    """Write empty annotations of the names that libraries use, and return their files."""
    files = []
    for package, names in _ANNOTATIONS.items():
        for name in names:
            path = place / "annotations" / package.replace(".", "/") / f"{name}.java"
            path.parent.mkdir(parents=True, exist_ok=True)
            uses = "" if name == "Immutable" else f"@java.lang.annotation.Target({{{_TARGETS}}}) "
            members = "java.lang.annotation.ElementType[] value() default {};" if "meta" in package else ""
            path.write_text(f"package {package}; {uses}public @interface {name} {{ {members} }}\n")
            files.append(str(path))
    return files


def _lines(spec: dict[str, Any]) -> list[str]:
    """Return the program: what it imports and sets up, and a line a metric."""
    imports = [line for line in spec["setup"] if line.startswith("import ")]
    members = [line for line in spec["setup"] if not line.startswith("import ")]
    metrics = [
        f"static {{ Measure.{kind_of(spec['pools'][pool])}s({json.dumps(name)}, {json.dumps(pool)},"
        f" x -> {expression}); }}"
        for name, (expression, pool) in spec["metrics"].items()
    ]
    start = "static void main(String[] arguments) throws Exception { Measure.all(arguments); }"
    return [*imports, "class Metrics {", *members, *metrics, f"public {start}", "}"]


def _built(folder: Path, lines: list[str], place: Path, until: float) -> bool:
    """Compile the library, then the program on top of it."""
    library, classes = place / "library", place / "classes"
    for each in (library, classes):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    javac = ["javac", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-Xmaxerrs", "1000"]
    (place / "sources").write_text("\n".join([*_annotations(place), *_sources(folder)]), encoding="utf-8")
    if output([*javac, "-d", str(library), f"@{place / 'sources'}"], folder, until).returncode:
        return False

    def program(kept: list[str]) -> set[int] | None:
        (place / "Metrics.java").write_text("\n".join(kept) + "\n", encoding="utf-8")
        argv = [*javac, "-cp", str(library), "-d", str(classes), str(_MEASURE), "Metrics.java"]
        done = output(argv, place, until)
        return {int(number) - 1 for number in _BROKEN.findall(done.stderr)} if done.returncode else None

    return built(lines, program)


def _command(folder: Path, spec: dict[str, Any], place: Path, until: float) -> list[str] | None:
    """Build the program, and return what runs it."""
    if not _built(folder, _lines(spec), place, until):
        return None
    resources = {folder, *folder.glob("**/src/*/"), *folder.glob("**/src/*/*/")}
    path = ":".join(map(str, [place / "library", place / "classes", *sorted(resources)]))
    return ["java", *_FLAGS, "-cp", path, "Metrics"]


if __name__ == "__main__":
    answer(_command)
