"""Tests run for what they ask of the code: what they expect of the answers does not matter."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Stopped, Unsupported
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.functions import listed
from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import call, get, listed_keys
from bisect_ml.javascript.realm import NOW, running
from bisect_ml.javascript.values import Thrown, at, made_object, native

_STEPS_A_TEST, _STEPS_A_FILE = 6_000, 40_000
_MOST_ROWS, _MOST_TURNS = 12, 24
_GROUPS = ("describe", "suite", "context", "module", "fdescribe", "group")
_CASES = ("it", "test", "specify", "fit", "bench")
_BEFORE, _AFTER = (
    ("beforeEach", "setup", "before", "beforeAll"),
    ("afterEach", "teardown", "after", "afterAll"),
)
_CALLING = frozenset(
    {"throws", "doesNotThrow", "throwsException", "rejects", "doesNotReject", "notThrows", "raises"}
)
_RUNNERS = (
    "mocha",
    "vitest",
    "@jest/globals",
    "tape",
    "ava",
    "test",
    "uvu",
    "tap",
    "qunit",
    "jasmine",
    "bun:test",
)
_ASSERTING = (
    *("assert", "assert/strict", "chai", "expect", "expect.js", "should", "power-assert", "uvu/assert"),
    *("proclaim", "unexpected", "better-assert", "must", "vows"),
)


class Tests:
    """Runs test files, each test within its own budget, until there are enough.

    Args:
        sources: Texts of files by their paths.
        until: Says whether there are.
    """

    def __init__(self, sources: Any, until: Callable[[], bool]) -> None:
        self.until = until
        self.before: list[Any] = []
        self._turns: Counter[Any] = Counter()
        foreign: dict[str, Callable[[], Any]] = dict.fromkeys(_RUNNERS, self._runner)
        foreign |= {name: lambda: lenient("assert") for name in _ASSERTING}
        self.modules = Modules(sources, foreign)
        self.modules.reading_counts = True
        with running(self.modules.realm):
            holder = self.modules.realm.globals
            for name, value in self._names().items():
                holder.props[name] = Slot(value)
            self.modules.realm.object_proto.props["should"] = Slot(
                get=native("should", 0, lambda *_: Unknown("should"))
            )
            holder.props["QUnit"] = Slot(self._runner())

    def run(self, path: str) -> None:
        """Run the tests of a file, whatever becomes of them."""
        machine = self.modules.machine
        whole = machine.left
        machine.left = given = min(_STEPS_A_FILE, whole)
        self.before = []
        try:
            module = self.modules.at(path)
            with running(self.modules.realm):
                self._exported(module.shared())
        except (Stopped, Exception):  # noqa: BLE001 - whatever becomes of them
            machine.depth = 0
        machine.left = whole - (given - max(machine.left, 0))

    def _exported(self, held: Any, depth: int = 0) -> None:
        """Call what a file shares as its tests, as nodeunit does."""
        if not isinstance(held, JSObject) or depth > 2:
            return
        for key in listed_keys(held):
            value = get(held, key)
            if isinstance(value, JSFunction) and value.code is not None:
                self._alone(value, [lenient("t")])
            elif isinstance(value, JSObject):
                self._exported(value, depth + 1)

    def _names(self) -> dict[str, Any]:
        return {
            **{name: self._grouping(name) for name in _GROUPS if name != "module"},
            **{name: self._testing(name) for name in _CASES},
            **{name: native(name, 1, self._prepare) for name in _BEFORE},
            **{name: native(name, 1, lambda *_: UNDEFINED) for name in _AFTER},
            **{name: lenient(name) for name in ("expect", "assert", "should", "chai", "sinon", "jest", "vi")},
        }

    def _runner(self) -> JSFunction:
        """Return what test libraries share: a function that tests, with all others on it."""
        made = self._testing("test")
        made.props.update({name: Slot(value) for name, value in self._names().items()})
        made.props["module"] = Slot(self._grouping("module"))
        made.props["default"] = Slot(made)
        made.props["run"] = Slot(native("run", 0, lambda *_: UNDEFINED))
        return made

    def _grouping(self, name: str) -> JSFunction:
        def group(_: Any, args: list[Any]) -> Any:
            function = _last_function(args)
            held, self.before = self.before, list(self.before)
            if function is not None:
                with suppress(Thrown, Unsupported):
                    function.invoke(UNDEFINED, [lenient("t")])
            self.before = held
            return UNDEFINED

        return self._with_variants(native(name, 2, group), group)

    def _testing(self, name: str) -> JSFunction:
        def test(_: Any, args: list[Any]) -> Any:
            function = _last_function(args)
            if function is not None:
                for each in self.before:
                    self._alone(each, [])
                self._alone(function, [self._context()], _this(at(args, 0)))
            return UNDEFINED

        return self._with_variants(native(name, 2, test), test)

    def _with_variants(self, made: JSFunction, run: Any) -> JSFunction:
        def rows(_: Any, table: list[Any]) -> JSFunction:
            def each(_: Any, args: list[Any]) -> Any:
                function = _last_function(args)
                for row in listed(at(table, 0))[:_MOST_ROWS]:
                    if function is not None:
                        given = listed(row) if isinstance(row, JSArray) else [row]
                        self._alone(function, given)
                return UNDEFINED

            return native("each", 2, each)

        for variant in ("only", "concurrent", "serial", "sequential", "failing"):
            made.props[variant] = Slot(native(variant, 2, run))
        for variant in ("skip", "todo", "plan", "timeout"):
            made.props[variant] = Slot(native(variant, 2, lambda *_: UNDEFINED))
        made.props["each"] = Slot(native("each", 1, rows))
        made.proto = Unknown("a test")
        return made

    def _context(self) -> JSFunction:
        """Return what a test is given: something to assert with, to end with, and to test parts with."""
        made = lenient("t")
        made.props["test"] = Slot(self._testing("test"))
        return made

    def _prepare(self, _: Any, args: list[Any]) -> Any:
        function = _last_function(args)
        if function is not None:
            self.before.append(function)
        return UNDEFINED

    def _alone(self, function: JSFunction, args: list[Any], this: Any = UNDEFINED) -> None:
        """Run a test within its own budget."""
        machine = NOW.machine
        mark = function.code.mark if function.code is not None else None
        self._turns[mark] += 1
        if self._turns[mark] > _MOST_TURNS:
            return
        whole, depth = machine.left, machine.depth
        machine.left = given = min(_STEPS_A_TEST, whole)
        if given <= 0 or self.until():
            machine.left = whole
            raise Exhausted
        with suppress(Exception, Unsupported, Exhausted):
            function.invoke(this, args)
        machine.left, machine.depth = whole - (given - max(machine.left, 0)), depth


def _this(title: Any) -> JSObject:
    """Return what a test of mocha finds in `this`: its title, which some take for their input."""
    own = made_object({"title": title, "fullTitle": native("fullTitle", 0, lambda *_: title)})
    nothing = native("timeout", 1, lambda *_: UNDEFINED)
    return made_object({"test": own, "timeout": nothing, "slow": nothing, "skip": nothing})


def _last_function(args: list[Any]) -> JSFunction | None:
    return next((each for each in reversed(args) if isinstance(each, JSFunction)), None)


def lenient(name: str) -> JSFunction:
    """Return what asserts nothing, whatever it is asked; functions that it is given are called."""

    def ask(_: Any, args: list[Any]) -> Any:
        for each in args:
            if isinstance(each, JSFunction) and each.code is not None and not each.takes:
                with suppress(Thrown):
                    call(each, UNDEFINED, [])
        return Unknown(f"{name}()")

    made = native(name, 1, ask)
    made.proto = Unknown(name)
    for each in _CALLING:
        made.props[each] = Slot(native(each, 1, ask))
    for each in ("assert", "expect", "default", "t"):
        if each != name:
            made.props[each] = Slot(made)
    return made
