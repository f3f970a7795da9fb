"""Interpreted code reaches nothing of Python itself, and changes nothing that others see."""

import builtins
import collections.abc
import copyreg
import decimal
import html.entities
import json
import keyword
import os
import sys
import textwrap
import types
import warnings
from contextlib import suppress
from typing import Any

import pytest

from bisect_ml.interpreter import Modules, Stopped, Unknown
from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.values import written
from tests.interpreter.programs import interpreted, programs_of

ESCAPES = programs_of("escapes.txt")
FORBIDDEN: tuple[Any, ...] = (
    builtins.open,
    builtins.eval,
    builtins.exec,
    builtins.__import__,
    os.system,
    copyreg.__newobj__,  # type: ignore[attr-defined]
    type.mro,
)
INNER = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType)


def _shared() -> list[object]:
    """Return what of Python's own state could be told apart."""
    return [
        sorted(vars(builtins)),
        sorted(vars(os)),
        sorted(vars(json)),
        sorted(vars(json.JSONEncoder)),
        (json.dumps.__name__, sorted(vars(json.dumps))),
        (textwrap.dedent.__defaults__, sorted(vars(textwrap.dedent))),
        list(keyword.kwlist),
        len(html.entities.html5),
        (decimal.getcontext().prec, decimal.DefaultContext.prec),
        isinstance(1, collections.abc.Sequence),
        sys.getrecursionlimit(),
        list(warnings.filters),
        int.__dict__.keys(),
    ]


def _leaks(value: Any, depth: int = 0) -> bool:
    if isinstance(value, list | tuple | set | frozenset) and depth < 4:
        return any(_leaks(each, depth + 1) for each in value)
    if isinstance(value, dict):
        return "__builtins__" in value or any(_leaks(each, depth + 1) for each in value.values())
    if isinstance(value, str):
        return "builtins" in value or "<module" in value
    return isinstance(value, INNER) or any(value is each for each in FORBIDDEN)


@pytest.mark.parametrize("source", ESCAPES, ids=range(len(ESCAPES)))
def test_nothing_leads_out(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = _shared()
    modules = Modules({"main.py": source})
    modules.machine.left = 200_000
    with suppress(Stopped):
        modules.at("main.py")
    found = modules.at("main.py").names
    assert not _leaks({name: value for name, value in found.items() if name != "__builtins__"})
    assert _shared() == before
    assert capfd.readouterr() == ("", "")


def test_an_interrupt_passes_through_whatever_the_code_catches() -> None:
    source = (
        "class M:\n"
        "    def __enter__(self): return self\n"
        "    def __exit__(self, *a): return True\n"
        "def ask(): pass\n"
        "def f():\n"
        "    while True:\n"
        "        with M():\n"
        "            try:\n"
        "                ask()\n"
        "            except BaseException:\n"
        "                continue\n"
        "            finally:\n"
        "                continue\n"
    )

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    modules = Modules({"main.py": source})
    modules.machine.left = 10_000
    names = modules.at("main.py").names
    modules.machine.watched["main.py", 4] = interrupt
    with pytest.raises(KeyboardInterrupt):
        names["f"]()


def test_what_python_thinks_of_the_style_is_not_said() -> None:
    assert interpreted("result = '\\d', 1 is 1\nx = 'a' 'b' is 'ab'\n")[1] is True


def test_what_nobody_knows_has_only_unknown_attributes() -> None:
    text, drawn = interpreted("import requests\nr = requests.get('u')\nr.text = 5\nresult = r.text, r.draw\n")
    assert isinstance(text, Unknown)
    assert isinstance(drawn, Unknown)


@pytest.mark.parametrize(
    "change",
    [
        "type(math).__setattr__(math, 'pi', 3)",
        "type(math).__init__(math, {'pi': 3})",
        "type(math).names.__get__(math)['pi'] = 3",
        "sys.implementation.name = 'another'",
        "import urllib.parse as u\nu.uses_netloc.append('x')",
        "import six\nsix.moves.urllib.parse.uses_netloc.append('x')",
        "enum.STRICT._member_map_['x'] = 1",
        "isinstance.__annotations__['x'] = 1",
    ],
)
def test_no_run_sees_what_another_has_changed(change: str) -> None:
    with suppress(Stopped):
        interpreted(f"import enum, math, sys\n{change}\nresult = 1\n")
    pi, name, *held = interpreted(
        "import enum, math, sys\nfrom urllib.parse import uses_netloc\n"
        "result = math.pi, sys.implementation.name, uses_netloc, enum.FlagBoundary._member_map_, "
        "isinstance.__annotations__\n"
    )
    assert (round(pi, 2), name) == (3.14, "cpython")
    assert not any("x" in each for each in held)


def test_a_run_sees_what_it_has_changed_itself() -> None:
    assert "x" in interpreted(
        "import urllib.parse as u\nu.uses_netloc.append('x')\n"
        "from urllib.parse import uses_netloc as result\n"
    )


def test_classes_that_count_are_written_as_others_are() -> None:
    kind = interpreted("class C:\n    def __next__(self): return 1\nresult = [C, C()]\n")
    assert written(kind).startswith("[<class")


def test_a_module_of_python_itself_is_unknown_whatever_holds_it() -> None:
    class Path:
        parser = os.path

    assert isinstance(read(Path(), "parser"), Unknown)
