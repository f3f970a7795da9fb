"""Programs run by the interpreter, and the same by Python itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bisect_ml.interpreter import Modules

STEPS = 200_000


def interpreted(source: str | Mapping[str, str], wanted: str = "result", steps: int = STEPS) -> Any:
    """Return what a name of a module is bound to after the interpreter has run it."""
    sources = {"main.py": source} if isinstance(source, str) else source
    modules = Modules(sources)
    modules.machine.left = steps
    return modules.at("main.py").names[wanted]


def executed(source: str, wanted: str = "result") -> Any:
    """Return what a name is bound to after Python has run a module."""
    names: dict[str, Any] = {"__name__": "main"}
    exec(compile(source, "main.py", "exec", dont_inherit=True), names)
    return names[wanted]


def told(value: Any) -> str:
    """Return a value as a text, with the kinds of what is in it."""
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}({', '.join(map(told, value))})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{told(key)}: {told(each)}' for key, each in value.items())}}}"
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}({', '.join(sorted(map(told, value)))})"
    return f"{type(value).__name__} {value!r}"


def programs_of(name: str) -> list[str]:
    """Return the programs of a text file beside this one."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [f"{each}\n" for each in text.rstrip("\n").split("\n---\n")]
