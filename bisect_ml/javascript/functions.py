"""Functions: what calls and `new` do with them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Stopped
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.compiling import declared_in, evaluates, expression, sequence
from bisect_ml.javascript.names import Bind, binder
from bisect_ml.javascript.objects import MISSING, UNDEFINED, JSArray, JSFunction, JSObject
from bisect_ml.javascript.promises import awaited, settled
from bisect_ml.javascript.properties import each_of, found_in, get, iterator_of
from bisect_ml.javascript.reading_modules import bound_names
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import (
    Env,
    Evaluate,
    Execute,
    Frame,
    Layout,
    Scope,
    hoisted_in_blocks,
    var_names,
)
from bisect_ml.javascript.syntax import Assign, Await, Function, Name, Spread, Yield
from bisect_ml.javascript.values import Thrown, type_error

DEEPEST = 150
_MOST_YIELDED = 500


class Enough(Stopped):
    """A generator has given more than anybody will take."""


class Code:
    """What a function's text says, compiled when it is called for the first time.

    Args:
        node: The function.
        outer: The scope in which it stands.
        sees_itself: Whether its name is bound inside it.
    """

    def __init__(self, node: Function, outer: Scope, *, sees_itself: bool) -> None:
        self.node, self.outer, self.sees_itself = node, outer, sees_itself
        self.place, self.mark = (outer.path, node.line), (outer.path, mark_of(node.at))
        defaults = (n for n, each in enumerate(node.params) if isinstance(each, Assign | Spread))
        self.takes = next(defaults, len(node.params))
        self.layout = Layout()
        self.itself = 0
        self._run: Execute | None = None
        self._simple: tuple[int, ...] | None = None
        self._binds: list[tuple[bool, Bind]] = []

    def _compile(self) -> Execute:
        node = self.node
        kind = "arrow" if node.kind == "arrow" else "function"
        scope = Scope(self.outer.path, self.outer, self.layout, owns=True, kind=kind, strict=node.strict)
        scope.declare(name for each in node.params for name in bound_names(each))
        if all(isinstance(each, Name) for each in node.params):
            self._simple = tuple(scope.names[each.name] for each in node.params if isinstance(each, Name))
        else:
            self._binds = [
                (
                    isinstance(each, Spread),
                    binder(each.value if isinstance(each, Spread) else each, scope, declares=True),
                )
                for each in node.params
            ]
        scope.declare(var_names(node.body))
        if not node.strict:
            scope.declare(hoisted_in_blocks(node.body))
        declared_in(node.body, scope)
        if self.sees_itself and node.name not in scope.names:
            scope.declare([node.name])
            self.itself = scope.names[node.name]
        return sequence(node.body, scope)

    def enter(self, outer: Env, frame: Frame, args: list[Any], function: JSFunction) -> Any:
        """Run it on arguments.

        Raises:
            Exhausted: The budget is spent, or too many calls are open.
        """
        machine = NOW.machine
        machine.left -= 1
        machine.taken += 1
        if machine.left < 0 or machine.depth >= DEEPEST:
            raise Exhausted
        if self._run is None:
            self._run = self._compile()
        machine.ran.add(self.place)
        if machine.watched and self.mark in machine.watched and frame.this is not MISSING:
            machine.watched[self.mark]((frame.this, *args), {})
        local = [outer, frame, *self.layout.blank()]
        if self.itself:
            local[self.itself] = function
        machine.depth += 1
        try:
            if self._simple is not None:
                for place, value in zip(self._simple, args, strict=False):
                    local[place] = value
            else:
                self._bind(local, args)
            signal = self._run(local)
        finally:
            machine.depth -= 1
        return signal.value if signal is not None else UNDEFINED

    def _bind(self, local: Env, args: list[Any]) -> None:
        for place, (rest, bind) in enumerate(self._binds):
            if rest:
                bind(local, JSArray(args[place:]))
            else:
                bind(local, args[place] if place < len(args) else UNDEFINED)


def mark_of(at: int) -> int:
    """Return what tells a function in a file apart from all lines and other functions, by where it begins."""
    return -at - 1


@evaluates(Function)
def function(node: Function, scope: Scope) -> Evaluate:
    """A function."""
    return maker(node, scope, sees_itself=node.named)


def maker(node: Function, scope: Scope, *, sees_itself: bool) -> Evaluate:
    """Return what makes a function in its surroundings."""
    code = Code(node, scope, sees_itself=sees_itself)
    if node.kind == "arrow" and not node.is_generator:
        return lambda env: _arrow(code, env)
    return lambda env: _function(code, env)


def _arrow(code: Code, env: Env) -> JSFunction:
    def invoke(_: Any, args: list[Any]) -> Any:
        return enter(env, env[1], args, made)

    made = JSFunction(invoke, code.node.name, code.takes)
    enter = _async(code.enter) if code.node.is_async else code.enter
    made.code, made.env = code, env
    return made


Enter = Callable[[Env, Frame, list[Any], JSFunction], Any]


def _async(enter: Enter) -> Enter:
    """Return what runs a function at once and wraps what it gives."""

    def entered(outer: Env, frame: Frame, args: list[Any], made: JSFunction) -> Any:
        try:
            return settled(enter(outer, frame, args, made))
        except Thrown as error:
            return settled(error.value, failed=True)

    return entered


def _one_by_one(enter: Enter) -> Enter:
    """Return what gives what a generator yields: all of it is computed when the first is asked for."""

    def generate(outer: Env, frame: Frame, args: list[Any], made: JSFunction) -> Iterator[Any]:
        frame.yields = []
        with suppress(Enough):
            enter(outer, frame, args, made)
        yield from frame.yields

    return lambda outer, frame, args, made: iterator_of(generate(outer, frame, args, made))


def _function(code: Code, env: Env) -> JSFunction:
    node = code.node
    sloppy = not node.strict

    def invoke(this: Any, args: list[Any]) -> Any:
        if sloppy and (this is UNDEFINED or this is None):
            this = NOW.globals
        return enter(env, Frame(this, args, made), args, made)

    made = JSFunction(invoke, node.name, code.takes)
    enter: Enter = code.enter
    if node.is_generator:
        enter = _one_by_one(enter)
    elif node.is_async:
        enter = _async(enter)
    made.code, made.env = code, env
    if node.kind == "function" and not node.is_generator and not node.is_async:
        made.plain = True
        made.construct = lambda args, target: _constructed(code, env, made, args, target)
    return made


def _constructed(code: Code, env: Env, made: JSFunction, args: list[Any], target: JSFunction) -> Any:
    this = JSObject(proto_for(target, NOW.object_proto))
    result = code.enter(env, Frame(this, args, made, target), args, made)
    return result if isinstance(result, JSObject) else this


def proto_for(target: Any, default: JSObject) -> JSObject:
    """Return the prototype of what `new` makes."""
    found = get(target, "prototype")
    return found if isinstance(found, JSObject) else default


@evaluates(Yield)
def yield_(node: Yield, scope: Scope) -> Evaluate:
    """A value that a generator gives; what is sent to it then nobody knows."""
    value = expression(node.value, scope) if node.value else (lambda _: UNDEFINED)

    def evaluate(env: Env) -> Any:
        yields = env[1].yields
        for each in each_of(value(env)) if node.each else [value(env)]:
            if len(yields) >= _MOST_YIELDED:
                raise Enough
            yields.append(each)
        return Unknown("what is sent")

    return evaluate


@evaluates(Await)
def await_(node: Await, scope: Scope) -> Evaluate:
    """`await`: what is waited for is there, or never comes."""
    value = expression(node.value, scope)
    return lambda env: awaited(value(env))


def super_member(env: Env, key: Any) -> Any:
    """Return a property of what the object around a method inherits from."""
    home = env[1].function.home
    if home is None:
        raise type_error("'super' keyword is only valid inside a method")
    return found_in(home.proto, key, this_of(env))


def this_of(env: Env) -> Any:
    """Return `this`.

    Raises:
        Thrown: `super` was not called yet.
    """
    this = env[1].this
    if this is MISSING:
        raise type_error("Must call super constructor in derived class before accessing 'this'")
    return this
