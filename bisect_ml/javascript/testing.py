"""Tests run for what they ask of the code: what they expect of the answers does not matter."""

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Stopped, Unsupported
from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.objects import UNDEFINED, Invoke, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import get, listed_keys
from bisect_ml.javascript.realm import NOW, running
from bisect_ml.javascript.runners import (
    AFTER,
    ASSERTING,
    BEFORE_ALL,
    BEFORE_EACH,
    CASES,
    GLOBAL_ASSERTIONS,
    GROUPS,
    RUNNERS,
    function_and_rest,
    lenient,
    own_this,
    vows,
    with_variants,
)
from bisect_ml.javascript.tokens import prepared
from bisect_ml.javascript.values import Thrown, at, native

_STEPS_A_TEST, _STEPS_A_FILE = 10_000, 40_000
_MOST_TURNS, _MOST_WAITING = 24, 2_000
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Test:
    """A test that waits for its turn.

    Attributes:
        function: What it consists of.
        args: What it is given.
        title: What it is called.
        before: What is done before it; tests that follow in the text may add to it.
    """

    function: JSFunction
    args: list[Any]
    title: Any
    before: list[JSFunction]


class Tests:
    """Runs test files, each test within its own budget, until there are enough.

    Those are run first that mention what is asked about; the others wait until all files had their turn.

    Args:
        sources: Texts of files by their paths.
        until: Says whether there are enough.
        words: The names that are asked about.
    """

    def __init__(
        self, sources: Mapping[str, str], until: Callable[[], bool], words: Collection[str] = ()
    ) -> None:
        self.until, self._words, self._sources = until, frozenset(words), sources
        self._texts: dict[str, str] = {}
        self._before: list[JSFunction] = []
        self._once: dict[int, JSFunction] = {}
        self._done: set[int] = set()
        self._waiting: list[_Test] = []
        self._left_over: deque[list[_Test]] = deque()
        self._turns: Counter[Any] = Counter()
        foreign: dict[str, Callable[[], Any]] = dict.fromkeys(RUNNERS, self._runner)
        foreign |= {name: lambda: lenient("assert") for name in ASSERTING}
        foreign["vows"] = lambda: vows(self._add)
        self.modules = Modules(sources, foreign)
        self.modules.reading_counts = True
        self._asking: set[str] = set()
        self.modules.realm.hurried = self._asking
        with running(self.modules.realm):
            holder = self.modules.realm.globals
            for name, value in self._names().items():
                holder.props[name] = Slot(value)
            self.modules.realm.object_proto.props["should"] = Slot(
                get=native("should", 0, lambda *_: lenient("should"))
            )
            holder.props["QUnit"] = Slot(self._runner())

    def show(self, path: str) -> None:
        """Give tests what a file exports under its name, as a page does that loads the file before them.

        Where the file spells its name with other capitals, as in `root.TwiceAs = …`, that is its name, too.
        """
        stem = PurePosixPath(path).stem.removesuffix(".min")
        first, *others = re.split(r"[-_.]", stem)
        whole = "".join([first, *others]).lower()
        spelled = {each for each in _NAME.findall(self._sources.get(path, "")) if each.lower() == whole}
        with self._budget(), running(self.modules.realm):
            shared = self.modules.at(path).shared()
            default = get(shared, "default") if isinstance(shared, JSObject) else UNDEFINED
            value = shared if default is UNDEFINED else default
            for name in sorted({stem, first + "".join(map(str.capitalize, others)), *spelled}):
                self.modules.realm.globals.props.setdefault(name, Slot(value))

    def run(self, path: str) -> None:
        """Run the tests of a file that mention what is asked about, whatever becomes of them."""
        self._waiting, self._before = [], []
        self._asking.add(path)
        with self._budget():
            module = self.modules.at(path)
            with running(self.modules.realm):
                self._exported(module.shared())
        # Tests that read much before the first of them begins are run all the same.
        with self._budget():
            first = [each for each in self._waiting if self._mentions(each.function)] or self._waiting
            chosen = set(first)
            self._run_all([*first], [each for each in self._waiting if each not in chosen])

    def run_others(self) -> None:
        """Run the tests that had to wait, file by file."""
        while self._left_over and not self.until() and self.modules.machine.left > 0:
            with self._budget():
                self._run_all(self._left_over.popleft(), [])

    def _run_all(self, tests: list[_Test], others: list[_Test]) -> None:
        self._waiting, place = tests, 0
        with running(self.modules.realm), suppress(Exhausted):
            # Tests may add others.
            while place < len(tests) and not self.until():
                place += 1
                self._run_one(tests[place - 1])
        left = [*tests[place:], *others]
        if left:
            self._left_over.append(left)

    def _run_one(self, test: _Test) -> None:
        for each in test.before:
            if id(each) not in self._done:
                self._alone(each, [self._context()], own_this(test.title))
            if id(each) in self._once:
                self._done.add(id(each))
        self._alone(test.function, test.args, own_this(test.title))

    @contextmanager
    def _budget(self) -> Iterator[None]:
        """Give what is done the steps of a file, and let nothing of it end the run."""
        machine = self.modules.machine
        whole, depth = machine.left, machine.depth
        machine.left = given = min(_STEPS_A_FILE, whole)
        with suppress(Exception, Stopped):
            yield
        machine.left, machine.depth = whole - (given - max(machine.left, 0)), depth

    def _mentions(self, function: JSFunction) -> bool:
        """Return whether the text of a function holds one of the names."""
        if function.code is None:
            return False
        path, node = function.code.outer.path, function.code.node
        if path not in self._texts:
            self._texts[path] = prepared(self._sources.get(path, ""))
        text = self._texts[path][node.at : node.end]
        return any(word in text for word in self._words)

    def _exported(self, held: Any, depth: int = 0) -> None:
        """Take what a file shares for its tests, as nodeunit does."""
        if not isinstance(held, JSObject) or depth > 2:
            return
        for key in listed_keys(held):
            value = get(held, key)
            if isinstance(value, JSFunction) and value.code is not None:
                self._add(value, [self._context()], key)
            elif isinstance(value, JSObject):
                self._exported(value, depth + 1)

    def _add(self, function: JSFunction, args: list[Any], title: Any = "") -> None:
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(_Test(function=function, args=args, title=title, before=self._before))

    def _names(self) -> dict[str, Any]:
        return {
            **{name: lenient(name) for name in GLOBAL_ASSERTIONS},
            **{name: self._grouping(name) for name in GROUPS if name != "module"},
            **{name: self._testing(name) for name in CASES},
            **{name: native(name, 1, self._preparing(once=False)) for name in BEFORE_EACH},
            **{name: native(name, 1, self._preparing(once=True)) for name in BEFORE_ALL},
            **{name: native(name, 1, lambda *_: UNDEFINED) for name in AFTER},
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
            function, _rest = function_and_rest(args)
            if function is not None:
                self._group(function, [])
                return UNDEFINED
            hooks = next((each for each in args if isinstance(each, JSObject)), None)
            self._before = [] if hooks is None else self._hooks_of(hooks)
            # A suite of `uvu` is called for each of its tests.
            return self._testing("test")

        return with_variants(native(name, 2, group), group, self._group)

    def _hooks_of(self, holder: JSObject) -> list[JSFunction]:
        """Return what `QUnit.module` is told to do before each test."""
        held = [get(holder, name) for name in BEFORE_EACH]
        return [each for each in held if isinstance(each, JSFunction)]

    def _group(self, function: JSFunction, args: list[Any]) -> None:
        outer, self._before = self._before, list(self._before)
        with suppress(Thrown, Unsupported):
            function.invoke(own_this(""), args or [self._context()])
        self._before = outer

    def _testing(self, name: str) -> JSFunction:
        def test(_: Any, args: list[Any]) -> Any:
            function, rest = function_and_rest(args)
            if function is not None:
                self._add(function, [self._context(), *rest], at(args, 0))
            return UNDEFINED

        return with_variants(native(name, 2, test), test, self._add)

    def _context(self) -> JSFunction:
        """Return what a test is given: something to assert with, to end with, and to test parts with."""
        made = lenient("t")
        made.props["test"] = Slot(self._testing("test"))
        for name in BEFORE_EACH:
            made.props[name] = Slot(native(name, 1, self._preparing(once=False)))
        return made

    def _preparing(self, *, once: bool) -> Invoke:
        def prepare(_: Any, args: list[Any]) -> Any:
            function, _rest = function_and_rest(args)
            if function is not None:
                self._before.append(function)
                if once:
                    self._once[id(function)] = function
            return UNDEFINED

        return prepare

    def _alone(self, function: JSFunction, args: list[Any], this: Any) -> None:
        """Run a test within its own budget."""
        machine = NOW.machine
        mark = function.code.mark if function.code is not None else None
        self._turns[mark] += 1
        if self._turns[mark] > _MOST_TURNS:
            return
        whole, depth = machine.left, machine.depth
        machine.left = given = min(_STEPS_A_TEST, whole)
        if given <= 0:
            machine.left = whole
            raise Exhausted
        with suppress(Exception, Unsupported, Exhausted):
            function.invoke(this, args)
        machine.left, machine.depth = whole - (given - max(machine.left, 0)), depth
