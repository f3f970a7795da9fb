"""Calls of entry points in JavaScript and TypeScript, as they are heard while tests and first pages run."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from zlib import crc32

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.evidence.known_texts import test_files
from bisect_ml.evidence.listening import Example, Hearing, Listener
from bisect_ml.interpreter import Stopped
from bisect_ml.javascript import (
    Foreign,
    Modules,
    NotPortableError,
    Tests,
    found,
    programs_in,
    taken_out,
    told,
)

CODE = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx")
ITSELF = "this"
"""Under this name a call has the object that it is made on, where that cannot be made again."""

_BEYOND_FILES = 1 << 40
_STEPS, _A_FILE, _MOST_READ = 160_000, 8, 1_000_000
_README, _MOST_PAGES = re.compile(r"(?:packages/[^/]+/)?readme\.(?:md|markdown)", re.IGNORECASE), 4


class ScriptExample(Example):
    """An example in JavaScript."""

    def told(self) -> str:
        """Return the arguments as they would be written."""
        return ", ".join(map(told, [*self.call.placed, *(value for _, value in self.call.named)]))

    def with_option(self, name: str, value: Any) -> Example:
        """Return the same call with one more value in the object that it ends with, or in one more object."""
        placed = self.call.placed
        if placed and type(placed[-1]) is dict:
            placed = (*placed[:-1], {**placed[-1], name: value})
        else:
            placed = (*placed, {name: value})
        return replace(self, call=replace(self.call, placed=placed), is_heard=False, ran=set())


class _ScriptListener(Listener):
    """Hears calls in JavaScript, whose first argument is what they are made on.

    Attributes:
        shares: What was heard in each file, one after the other.
    """

    def __init__(self, callee: Callee, hearing: Hearing) -> None:
        super().__init__(callee, hearing)
        self.shares: list[list[Example]] = []

    def split(self, args: tuple[Any, ...], _: dict[str, Any]) -> tuple[Any, Call | None]:
        """Return the object that a function was called on, and the call."""
        return args[0], _call(args[1:])

    def as_it_is(self, own: Any) -> Call | None:
        """Return an object itself, with all that it holds."""
        with suppress(NotPortableError):
            return Call(named=((ITSELF, taken_out(own)),))
        return None

    def example(self, call: Call, made: Call) -> Example:
        """Return the example of a call, on an object that was made so."""
        return ScriptExample(callee=self.callee, call=call, made=made, is_heard=True)

    def share(self) -> None:
        """Note what was heard since the last time."""
        before = sum(map(len, self.shares))
        self.shares.append(list(self.heard.values())[before:])

    def chosen(self, most: int) -> tuple[Example, ...]:
        """Return as many as are wanted, some from every file before more from any."""
        first = [each for share in self.shares for each in share[:_A_FILE]]
        others = [each for share in self.shares for each in share[_A_FILE:]]
        kept = set(map(id, [*first, *others][:most]))
        return tuple(each for each in self.heard.values() if id(each) in kept)


def _call(args: tuple[Any, ...]) -> Call | None:
    """Return a call as it can be made again; what other packages gave may stand beside what is known."""
    with suppress(NotPortableError):
        placed = tuple(taken_out(each, depth=1) for each in args)
        if not placed or any(type(each) is not Foreign or each.kind != "unknown" for each in placed):
            return Call(placed=placed)
    return None


def heard(tree: Mapping[str, str], callees: Sequence[Callee], most: int) -> list[tuple[Example, ...]]:
    """Return distinct calls of entry points as the tests of a tree make them, some from every file."""
    readme = _readme(tree)
    words = {each.node[1].rpartition(".")[2] for each in callees}
    tests = Tests({**tree, **readme}, lambda: all(each.is_full() for each in listeners), words)
    machine = tests.modules.machine
    hearing = Hearing(machine.ran)
    listeners = [_ScriptListener(each, hearing) for each in callees]
    machine.left, room = _STEPS, _MOST_READ
    for listener in listeners:
        if listener.callee.function == wrapped_mark(listener.callee.node):
            _listen_to_wrapped(tests.modules, listener)
        machine.watch(listener.callee.function, listener.on_call)
        if listener.callee.constructor:
            machine.watch(listener.callee.constructor, listener.on_making)
    for path in sorted({each.node[0] for each in callees}):
        tests.show(path)
    for path in (*(path for path in test_files(tree, callees) if path.endswith(CODE)), *readme):
        room -= len(tree.get(path, ""))
        is_enough = all(len(each.chosen(most)) == most and len(each.shares) > 1 for each in listeners)
        if is_enough or machine.left <= 0 or room < 0:
            break
        for listener in listeners:
            listener.limit = len(listener.heard) + most
        tests.run(path)
        for listener in listeners:
            listener.share()
    for listener in listeners:
        listener.limit = most
    tests.run_others()
    hearing.begin(None)
    for listener in listeners:
        listener.share()
    return [listener.chosen(most) for listener in listeners]


def wrapped_mark(node: Node) -> tuple[str, int]:
    """Return what tells a function apart that another file's function made."""
    return node[0], -_BEYOND_FILES - crc32(node[1].encode())


def _listen_to_wrapped(modules: Modules, listener: Listener) -> None:
    """Hear the calls of a function by itself: what it is made of, others are made of too."""
    with suppress(Exception, Stopped):
        place = found(modules, *listener.callee.node)
        if place is not None:
            invoke = place.function.invoke

            def hear(this: Any, args: list[Any]) -> Any:
                listener.on_call((this, *args), {})
                return invoke(this, args)

            place.function.invoke = hear


def _readme(tree: Mapping[str, str]) -> dict[str, str]:
    """Return the code that the first page of a package shows, as a file beside it."""
    pages = sorted(path for path in tree if _README.fullmatch(path))
    return {
        f"{path}.{number}.ts": code
        for path in pages[:_MOST_PAGES]
        for number, code in enumerate(programs_in(tree[path]))
    }
