"""Functions: Python callables whose bodies are interpreted, so that the standard library can call them."""

import ast
from collections.abc import Callable, Generator
from functools import cached_property
from typing import Any

from bisect_ml.interpreter.compiling import block, evaluates, executes, expression
from bisect_ml.interpreter.coroutines import Coroutine
from bisect_ml.interpreter.generators import Flow, flow
from bisect_ml.interpreter.machine import Evaluate, Execute, Frame
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.natives import decorated
from bisect_ml.interpreter.scopes import Scope, bound_in, is_generator

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@executes(ast.FunctionDef, ast.AsyncFunctionDef)
def definition(node: Definition, scope: Scope) -> Execute:
    """`def`: the function, through its decorators, under its name."""
    make = _maker(node, node.body, scope, node.name)
    decorators = [expression(each, scope) for each in reversed(node.decorator_list)]
    bind = assign(ast.Name(id=node.name, ctx=ast.Store()), scope)

    def run(frame: Frame) -> None:
        wrappers = [each(frame) for each in decorators]
        made = make(frame)
        for wrapper in wrappers:
            made = decorated(frame, wrapper, made)
        bind(frame, made)

    return run


@evaluates(ast.Lambda)
def lambda_(node: ast.Lambda, scope: Scope) -> Evaluate:
    """`lambda`."""
    returned = ast.copy_location(ast.Return(value=node.body), node.body)
    return _maker(node, [returned], scope, "<lambda>")


def _maker(node: Definition | ast.Lambda, body: list[ast.stmt], outer: Scope, name: str) -> Evaluate:
    """Return what makes the function in a frame; its body is compiled at the first call."""
    signature = _Signature(node.args, outer)
    place = (outer.path, node.lineno)
    qualified = outer.within(name)
    compiled = _Body(body, outer, signature.names, qualified)
    document = ast.get_docstring(node, clean=False) if isinstance(node, Definition) else None
    waits = isinstance(node, ast.AsyncFunctionDef)

    def make(frame: Frame) -> Callable[..., Any]:
        bind = signature.binder(frame)
        around = frame.outer if outer.kind == "class" else frame if outer.kind == "function" else None
        cell = frame.cell if outer.kind == "class" else []
        machine, module = frame.machine, frame.module

        def function(*args: Any, **kwargs: Any) -> Any:
            if machine.watched and place in machine.watched:
                machine.watched[place](args, kwargs)
            inner = Frame(machine, bind(args, kwargs), module, outer=around, cell=cell)
            if compiled.is_flow:
                return one_by_one(inner)
            machine.enter(place)
            try:
                signal = compiled.plain()(inner)
            finally:
                machine.depth -= 1
            value = signal.value if signal else None
            return Coroutine(value) if waits else value

        def one_by_one(inner: Frame) -> Generator[Any, Any, Any]:
            machine.enter(place)
            machine.depth -= 1
            signal = yield from compiled.flow()(inner)
            return signal.value if signal else None

        function.__name__, function.__qualname__, function.__doc__ = name, qualified, document
        function.__module__ = str(module.get("__name__"))
        vars(function).update(
            __parameters__=signature.required, __optional__=signature.optional, __place__=place
        )
        return function

    return make


class _Body:
    """The statements of a function, compiled when they are first needed."""

    def __init__(self, body: list[ast.stmt], outer: Scope, parameters: frozenset[str], name: str) -> None:
        self._body, self._outer, self._parameters, self._name = body, outer, parameters, name
        self._plain: Execute | None = None
        self._flow: Flow | None = None

    @cached_property
    def is_flow(self) -> bool:
        """Whether it gives its values one by one."""
        return is_generator(self._body)

    def _scope(self) -> Scope:
        bound, elsewhere = bound_in(self._body)
        return Scope(
            kind="function",
            path=self._outer.path,
            bound=bound | self._parameters,
            elsewhere=elsewhere,
            outer=self._outer,
            qualified=self._name,
        )

    def plain(self) -> Execute:
        """Return what runs to the end at once."""
        if self._plain is None:
            self._plain = block(self._body, self._scope())
        return self._plain

    def flow(self) -> Flow:
        """Return what gives values one by one."""
        if self._flow is None:
            self._flow = flow(self._body, self._scope())
        return self._flow


class _Signature:
    """The parameters of a function."""

    def __init__(self, node: ast.arguments, scope: Scope) -> None:
        self._placed = [each.arg for each in (*node.posonlyargs, *node.args)]
        self._named = [each.arg for each in node.kwonlyargs]
        self._rest = node.vararg.arg if node.vararg else None
        self._others = node.kwarg.arg if node.kwarg else None
        behind = self._placed[len(self._placed) - len(node.defaults) :]
        self._defaults = [
            (name, expression(value, scope)) for name, value in zip(behind, node.defaults, strict=True)
        ]
        self._defaults += [
            (name, expression(value, scope))
            for name, value in zip(self._named, node.kw_defaults, strict=True)
            if value is not None
        ]
        self.required = (*self._placed, *self._named)
        self.optional = tuple(name for name, _ in self._defaults)
        rest = [each for each in (self._rest, self._others) if each]
        self.names = frozenset((*self._placed, *self._named, *rest))
        only_placed = {each.arg for each in node.posonlyargs}
        self._by_name = frozenset((*self._placed, *self._named)) - only_placed
        self._simple = not (self._named or rest)

    def binder(self, frame: Frame) -> Callable[[tuple[Any, ...], dict[str, Any]], dict[str, Any]]:
        """Return what gives every parameter its value; defaults are evaluated now."""
        defaults = {name: value(frame) for name, value in self._defaults}
        placed = self._placed

        def bind(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
            names = dict(zip(placed, args, strict=False))
            if not kwargs and self._simple and len(args) == len(placed):
                return names
            if len(args) > len(placed) and self._rest is None:
                raise TypeError(f"takes {len(placed)} positional arguments but {len(args)} were given")
            others: dict[str, Any] = {}
            for name, value in kwargs.items():
                if name in self._by_name and name not in names:
                    names[name] = value
                elif self._others is not None and name not in self._by_name:
                    others[name] = value
                else:
                    raise TypeError(f"got an unexpected or repeated argument {name!r}")
            for name in self.required:
                if name not in names:
                    if name not in defaults:
                        raise TypeError(f"missing argument {name!r}")
                    names[name] = defaults[name]
            if self._rest is not None:
                names[self._rest] = tuple(args[len(placed) :])
            if self._others is not None:
                names[self._others] = others
            return names

        return bind
