"""What test libraries share, as far as tests need it to go on: nothing that is asserted matters."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.functions import listed
from bisect_ml.javascript.objects import UNDEFINED, Invoke, JSArray, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import call, get, listed_keys
from bisect_ml.javascript.values import Thrown, at, made_object, native

GROUPS = ("describe", "suite", "context", "module", "fdescribe", "group")
CASES = ("it", "test", "specify", "fit", "bench", "asyncTest")
BEFORE_EACH, BEFORE_ALL = ("beforeEach", "setup"), ("before", "beforeAll")
AFTER = ("afterEach", "teardown", "after", "afterAll", "suiteTeardown")
RUNNERS = (
    *("mocha", "vitest", "@jest/globals", "tape", "ava", "test", "uvu", "tap", "qunit", "qunitjs"),
    *("jasmine", "bun:test", "tape-catch", "tape-promise", "zora", "best-tape", "blue-tape", "supertape"),
)
ASSERTING = (
    *("assert", "assert/strict", "chai", "expect", "expect.js", "should", "power-assert", "uvu/assert"),
    *("proclaim", "unexpected", "better-assert", "must", "sinon", "jest-extended", "tsd", "expect-type"),
)
GLOBAL_ASSERTIONS = (
    *("expect", "assert", "should", "chai", "sinon", "jest", "vi", "jasmine", "spyOn"),
    *("equal", "ok", "deepEqual", "strictEqual", "notEqual", "notDeepEqual", "notStrictEqual"),
    *("throws", "raises", "same", "start", "stop"),
)
_MOST_ROWS = 12
_CALLING = frozenset(
    {"throws", "doesNotThrow", "throwsException", "rejects", "doesNotReject", "notThrows", "raises"}
)


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


def own_this(title: Any) -> JSObject:
    """Return what a test of mocha finds in `this`: its title, which some take for their input."""
    own = made_object({"title": title, "fullTitle": native("fullTitle", 0, lambda *_: title)})
    made = made_object({"test": own})
    made.proto = Unknown("a context")
    return made


def function_and_rest(args: list[Any]) -> tuple[JSFunction | None, list[Any]]:
    """Return the function that a test consists of, and what `ava` is told to give it besides."""
    places = [place for place, each in enumerate(args) if isinstance(each, JSFunction)]
    if not places:
        return None, []
    # Where a title stands first, the first function is the test, and others are given to it.
    place = places[0] if places[0] == 1 else places[-1]
    found: JSFunction = args[place]
    return found, args[place + 1 :]


def rows(table: list[Any]) -> list[list[Any]]:
    """Return what each row of a table gives to a test: an array of rows, or a template with bars."""
    first = at(table, 0)
    if isinstance(first, JSArray) and "raw" in first.props and first.items:
        heads = [each.strip() for each in str(first.items[0]).strip().split("|")]
        values = table[1:]
        whole = range(0, len(values) - len(heads) + 1, len(heads))
        made = [dict(zip(heads, values[start:], strict=False)) for start in whole]
        return [[made_object(dict(each))] for each in made[:_MOST_ROWS]]
    return [listed(each) if isinstance(each, JSArray) else [each] for each in listed(first)[:_MOST_ROWS]]


def with_variants(
    made: JSFunction, run: Invoke, on_row: Callable[[JSFunction, list[Any]], None]
) -> JSFunction:
    """Add to a function that tests what says which tests run, and how often."""

    def of_rows(_: Any, table: list[Any]) -> JSFunction:
        def each(_: Any, args: list[Any]) -> Any:
            function, _rest = function_and_rest(args)
            if function is not None:
                for given in rows(table):
                    on_row(function, given)
            return UNDEFINED

        return native("each", 2, each)

    for variant in ("only", "concurrent", "serial", "sequential", "failing"):
        made.props[variant] = Slot(native(variant, 2, run))
    for variant in ("skip", "todo", "plan", "timeout"):
        made.props[variant] = Slot(native(variant, 2, lambda *_: UNDEFINED))
    for variant in ("each", "for"):
        made.props[variant] = Slot(native(variant, 1, of_rows))
    made.props["macro"] = Slot(native("macro", 1, lambda _, args: _macro(at(args, 0))))
    made.proto = Unknown("a test")
    return made


def _macro(given: Any) -> Any:
    return get(given, "exec") if isinstance(given, JSObject) and not isinstance(given, JSFunction) else given


def vows(run: Callable[[JSFunction, list[Any]], None]) -> JSObject:
    """Return the library `vows`, whose tests are objects: a `topic` is given to the functions beside it."""

    def go_through(batch: Any, topics: list[Any]) -> None:
        if not isinstance(batch, JSObject):
            return
        topic = get(batch, "topic")
        if isinstance(topic, JSFunction):
            with suppress(Thrown):
                topic = topic.invoke(own_this(""), topics)
        given = topics if topic is UNDEFINED else [topic, *topics]
        for key in listed_keys(batch):
            value = get(batch, key)
            if key != "topic" and isinstance(value, JSFunction):
                run(value, given)
            elif key != "topic":
                go_through(value, given)

    def add(this: Any, args: list[Any]) -> Any:
        go_through(at(args, 0), [])
        return this

    suite = made_object({"addBatch": native("addBatch", 1, add)})
    suite.props["addVows"] = suite.props["addBatch"]
    for name in ("export", "run", "exportTo"):
        suite.props[name] = native(name, 1, lambda this, _: this)
    return made_object({"describe": native("describe", 1, lambda *_: suite)})
