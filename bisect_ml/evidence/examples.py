"""Examples of what an entry point is asked: as tests call it, or made of the texts that tests hold."""

import ast
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from inspect import getattr_static
from itertools import product
from typing import Any

from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.evidence.known_texts import Quoted, own_texts, test_files, texts_for
from bisect_ml.evidence.listening import Example, Hearing, Listener
from bisect_ml.evidence.prose import told_examples
from bisect_ml.evidence.resources import MODULES
from bisect_ml.evidence.variations import varied, without_options
from bisect_ml.interpreter import (
    Modules,
    Place,
    Stopped,
    copied,
    is_portable,
    made_here,
    place_of,
    run_tests,
)

_A_FILE = 8
_STEPS, _STEPS_A_FILE, _STEPS_LATER = 200_000, 60_000, 1_000_000
_STEPS_TO_LOAD, _SHARE = 300_000, 2
_MOST_MADE_UP = 2
_IF_UNKNOWN = (2, 1)
NUMBERS = (0, 1, 2, 3, 7, 10, 12.5, 0.25, 99, 100, 1000, 1234.5678, 123_456, -1, -4.75, 0.001, 1e6, 1e-5)


class _PythonListener(Listener):
    """Hears calls in Python.

    Attributes:
        kind: The class of the object that is the entry point; calls of others are not heard.
    """

    kind: type | None = None

    def split(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Call | None]:
        """Return the object, or the class, that a method was called on, and the call."""
        if self.kind is not None:
            return None, _call(args[1:], kwargs) if args and type(args[0]) is self.kind else None
        bound = self.callee.kind in {"method", "property", "class"} or bool(
            args and isinstance(args[0], type)
        )
        return (args[0], _call(args[1:], kwargs)) if bound and args else (None, _call(args, kwargs))

    def example(self, call: Call, made: Call) -> Example:
        """Return the example of a call, on an object that was made so."""
        return Example(callee=self.callee, call=call, made=made, is_heard=True)


def _call(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    if not is_portable(list(args)) or not is_portable(kwargs):
        return None
    return Call(
        placed=tuple(map(copied, args)), named=tuple((name, copied(value)) for name, value in kwargs.items())
    )


def called_by_tests(
    sources: Mapping[str, str], callees: Sequence[Callee], most: int
) -> list[tuple[Example, ...]]:
    """Return distinct calls of entry points, as the tests of a tree make them; some from every test file.

    Args:
        sources: Python files of the tree by their paths.
        callees: The entry points.
        most: How many examples each of them needs.
    """
    names = sorted({each.node[1].rpartition(".")[2] for each in callees})
    told = told_examples(sources, names)
    modules = Modules({**sources, **told})
    modules.machine.to_load = _STEPS_TO_LOAD
    hearing = Hearing(modules.machine.ran)
    listeners = [_PythonListener(each, hearing) for each in callees]

    def are_full() -> bool:
        return all(listener.is_full() for listener in listeners)

    for listener in listeners:
        listener.constructor = listener.constructor or _inherited(modules, listener.callee)
        modules.machine.watch(_place(modules, listener), listener.on_call)
        if listener.constructor:
            modules.machine.watch(listener.constructor, listener.on_making)
    left = _STEPS
    asking = [path for path in test_files(sources, callees) if path.endswith(MODULES)]
    a_file = max(_A_FILE, most // max(1, len(asking)))
    for path in asking:
        for listener in listeners:
            listener.limit = min(most, len(listener.heard) + a_file)
        if are_full() or left <= 0:
            break
        # No file takes all of it: the others may ask for less.
        given = modules.machine.left = max(left // _SHARE, min(left, _STEPS_A_FILE))
        run_tests(modules, path, are_full, names)
        left -= given - max(modules.machine.left, 0)
    for listener in listeners:
        listener.limit = most
    for path in told:
        if are_full() or left <= 0:
            break
        given = modules.machine.left = min(left, _STEPS_A_FILE)
        modules.machine.depth = 0
        with suppress(Stopped):
            modules.at(path)
        left -= given - max(modules.machine.left, 0)
    hearing.begin(None)
    # Objects that examples hold go on to run there.
    modules.machine.left, modules.machine.depth = _STEPS_LATER, 0
    return [tuple(listener.heard.values()) for listener in listeners]


def _inherited(modules: Modules, callee: Callee) -> Place | None:
    """Return where the constructor of a method's class stands, if one that it derives from has it."""
    if callee.kind not in {"method", "property"}:
        return None
    with suppress(Stopped, Exception):
        kind = modules.at(callee.node[0]).names.get(callee.node[1].rpartition(".")[0])
        return place_of(getattr(kind, "__init__", None)) if isinstance(kind, type) else None
    return None


def _place(modules: Modules, listener: _PythonListener) -> Place:
    """Return where the code of an entry point stands; for what a name was given, loading its file tells."""
    path, line = listener.callee.function
    if line:
        return path, line
    value = None
    with suppress(Exception, Stopped):
        value = modules.at(path).names.get(listener.callee.node[1])
    if made_here(type(value)):
        listener.kind = type(value)
        value = getattr_static(type(value), "__call__", None)
    return place_of(value) or (path, line)


def made_up(
    sources: Mapping[str, str], callee: Callee, most: int, heard: Sequence[Example] = ()
) -> list[list[Example]]:
    """Return calls like those that were heard, these without options, calls with texts and with numbers.

    There are none of the latter two where it takes many arguments. Objects are made as they were `heard` to
    be made, if they were. Where nothing was heard, there are also calls with single texts of its own file.
    """
    makings = [each.made for each in heard if each.made != Call()] if callee.required else []
    to_make = 0 if makings else callee.to_make
    wanted = callee.required + to_make
    texts = texts_for(sources, callee, most, QUOTED)
    found = [more for more in (varied(heard, texts, most), without_options(heard, most)) if more]
    own = () if heard else own_texts(sources, callee, most, QUOTED)
    for values, count in product(filter(None, (texts, own, NUMBERS)), [wanted] if wanted else _IF_UNKNOWN):
        if not 1 <= count <= _MOST_MADE_UP:
            continue
        rows = beside(values, count)
        found.append(
            [
                Example(
                    callee=callee,
                    call=Call(placed=tuple(row[to_make:])),
                    made=makings[number % len(makings)] if makings else Call(placed=tuple(row[:to_make])),
                )
                for number, row in enumerate(rows[:most])
            ]
        )
    return found


def beside(values: Sequence[Any], count: int) -> list[list[Any]]:
    """Return rows of so many values; what stands beside a text is like it, which the tests of measures ask.

    Every other text stands beside the next one, the others beside themselves with one letter more, less or
    another, or beside themselves.
    """
    rows = [[values[(place + step) % len(values)] for step in range(count)] for place in range(len(values))]
    for place, row in enumerate(rows):
        if place % 2 and count == 2 and isinstance(row[0], str):
            row[1] = _changed(row[0], place // 2)
    return rows


def _changed(text: str, turn: int) -> str:
    at = len(text) // 2
    likes = (text[:at] + text[at + 1 :], text, f"{text[:at]}e{text[at + 1 :]}", f"{text}s")
    return likes[turn % len(likes)]


@lru_cache(maxsize=64)
def _texts_in(_: str, source: str) -> tuple[str, ...]:
    with suppress(SyntaxError, ValueError, RecursionError):
        constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
        return tuple(each for each in constants if isinstance(each, str))
    return ()


QUOTED = Quoted(MODULES, _texts_in)
"""What finds the texts that stand in files of Python."""
