"""Statements, but for definitions."""

import ast
from typing import Any

from bisect_ml.interpreter.compiling import block, executes, expression
from bisect_ml.interpreter.machine import BREAK, CONTINUE, Execute, Frame, Signal
from bisect_ml.interpreter.names import assign, delete
from bisect_ml.interpreter.natives import matches
from bisect_ml.interpreter.operations import INPLACE
from bisect_ml.interpreter.scopes import Scope


@executes(ast.Expr)
def alone(node: ast.Expr, scope: Scope) -> Execute:
    """An expression whose value nobody takes."""
    if isinstance(node.value, ast.Constant):
        return nothing(node, scope)
    value = expression(node.value, scope)

    def run(frame: Frame) -> None:
        value(frame)

    return run


@executes(ast.Pass, ast.Global, ast.Nonlocal)
def nothing(_: ast.stmt, __: Scope) -> Execute:
    """What does nothing when it is reached."""
    return lambda frame: None


@executes(ast.Assign)
def assignment(node: ast.Assign, scope: Scope) -> Execute:
    """`a = b = c`."""
    value = expression(node.value, scope)
    targets = [assign(target, scope) for target in node.targets]

    def run(frame: Frame) -> None:
        given = value(frame)
        for bind in targets:
            bind(frame, given)

    return run


@executes(ast.AnnAssign)
def annotated(node: ast.AnnAssign, scope: Scope) -> Execute:
    """`a: b = c`; a class keeps the annotation, which makes fields of it."""
    value = expression(node.value, scope) if node.value else None
    bind = assign(node.target, scope)
    annotation = expression(node.annotation, scope)
    name = node.target.id if scope.kind == "class" and isinstance(node.target, ast.Name) else None

    def run(frame: Frame) -> None:
        if name:
            try:
                noted = annotation(frame)
            except Exception:  # noqa: BLE001 - whatever it raises, an annotation that fails is a text
                noted = ast.unparse(node.annotation)
            frame.names.setdefault("__annotations__", {})[name] = noted
        if value:
            bind(frame, value(frame))

    return run


@executes(ast.AugAssign)
def augmented(node: ast.AugAssign, scope: Scope) -> Execute:
    """`a += b`."""
    target: Any = node.target
    read = expression(type(target)(**{**dict(ast.iter_fields(target)), "ctx": ast.Load()}), scope)
    bind, value, apply = assign(target, scope), expression(node.value, scope), INPLACE[type(node.op)]
    return lambda frame: bind(frame, apply(read(frame), value(frame)))


@executes(ast.Delete)
def deletion(node: ast.Delete, scope: Scope) -> Execute:
    """`del a`."""
    targets = [delete(target, scope) for target in node.targets]

    def run(frame: Frame) -> None:
        for drop in targets:
            drop(frame)

    return run


@executes(ast.Return)
def return_(node: ast.Return, scope: Scope) -> Execute:
    """`return`."""
    value = expression(node.value, scope) if node.value else (lambda _: None)
    return lambda frame: Signal(value(frame))


@executes(ast.Break, ast.Continue)
def leave(node: ast.Break | ast.Continue, _: Scope) -> Execute:
    """`break` and `continue`."""
    signal = BREAK if isinstance(node, ast.Break) else CONTINUE
    return lambda frame: signal


@executes(ast.If)
def if_(node: ast.If, scope: Scope) -> Execute:
    """`if`."""
    test, then, other = expression(node.test, scope), block(node.body, scope), block(node.orelse, scope)
    return lambda frame: then(frame) if test(frame) else other(frame)


@executes(ast.For)
def for_(node: ast.For, scope: Scope) -> Execute:
    """`for`."""
    values, bind = expression(node.iter, scope), assign(node.target, scope)
    body, other = block(node.body, scope), block(node.orelse, scope)

    def run(frame: Frame) -> Signal | None:
        for value in values(frame):
            frame.machine.spend()
            bind(frame, value)
            signal = body(frame)
            if signal is BREAK:
                return None
            if signal is not None and signal is not CONTINUE:
                return signal
        return other(frame)

    return run


@executes(ast.While)
def while_(node: ast.While, scope: Scope) -> Execute:
    """`while`."""
    test, body, other = expression(node.test, scope), block(node.body, scope), block(node.orelse, scope)

    def run(frame: Frame) -> Signal | None:
        while test(frame):
            frame.machine.spend()
            signal = body(frame)
            if signal is BREAK:
                return None
            if signal is not None and signal is not CONTINUE:
                return signal
        return other(frame)

    return run


@executes(ast.Assert)
def assert_(node: ast.Assert, scope: Scope) -> Execute:
    """`assert`; in tests it ends nothing, since answers may be others than they were."""
    test = expression(node.test, scope)

    def run(frame: Frame) -> None:
        if not test(frame) and scope.path not in frame.machine.forgiven:
            raise AssertionError

    return run


@executes(ast.Raise)
def raise_(node: ast.Raise, scope: Scope) -> Execute:
    """`raise`."""
    error = expression(node.exc, scope) if node.exc else (lambda frame: frame.handled)

    def run(frame: Frame) -> None:
        raised = error(frame)
        if isinstance(raised, type) and issubclass(raised, BaseException):
            raised = raised()
        if not isinstance(raised, Exception):
            raise RuntimeError(f"{raised} raised")
        raise raised

    return run


@executes(ast.Try)
def try_(node: ast.Try, scope: Scope) -> Execute:
    """`try`; what ends the run itself passes through."""
    body, other, final = (block(each, scope) for each in (node.body, node.orelse, node.finalbody))
    handlers = [
        (
            expression(each.type, scope) if each.type else None,
            assign(ast.Name(id=each.name, ctx=ast.Store()), scope) if each.name else None,
            block(each.body, scope),
        )
        for each in node.handlers
    ]

    def handled(frame: Frame) -> Signal | None:
        try:
            signal = body(frame)
        except Exception as error:
            for kinds, bind, handler in handlers:
                if kinds is None or matches(error, kinds(frame)):
                    if bind:
                        bind(frame, error)
                    before, frame.handled = frame.handled, error
                    try:
                        return handler(frame)
                    finally:
                        frame.handled = before
            raise
        return other(frame) if signal is None else signal

    def run(frame: Frame) -> Signal | None:
        try:
            signal = handled(frame)
        except Exception:
            left = final(frame)
            if left is not None:
                return left
            raise
        left = final(frame)
        return signal if left is None else left

    return run if node.finalbody else handled


@executes(ast.With)
def with_(node: ast.With, scope: Scope) -> Execute:
    """`with`."""
    body = block(node.body, scope)
    items = [
        (
            expression(each.context_expr, scope),
            assign(each.optional_vars, scope) if each.optional_vars else None,
        )
        for each in node.items
    ]

    def run(frame: Frame, place: int = 0) -> Signal | None:
        if place == len(items):
            return body(frame)
        managed, bind = items[place]
        manager = managed(frame)
        given = type(manager).__enter__(manager)
        if bind:
            bind(frame, given)
        try:
            signal = run(frame, place + 1)
        except Exception as error:
            if type(manager).__exit__(manager, type(error), error, None):
                return None
            raise
        type(manager).__exit__(manager, None, None, None)
        return signal

    return run


@executes(ast.Import)
def import_(node: ast.Import, scope: Scope) -> Execute:
    """`import a.b as c`."""
    named = [(each.name, each.asname) for each in node.names]
    bind = [
        assign(ast.Name(id=asname or name.split(".")[0], ctx=ast.Store()), scope) for name, asname in named
    ]

    def run(frame: Frame) -> None:
        for (name, asname), target in zip(named, bind, strict=True):
            module = frame.machine.find(name, scope.path, 0)
            if asname is None and "." in name:
                module = frame.machine.find(name.split(".")[0], scope.path, 0)
            target(frame, module)

    return run


@executes(ast.ImportFrom)
def import_from(node: ast.ImportFrom, scope: Scope) -> Execute:
    """`from a import b`, and `*`."""
    source, level = node.module or "", node.level
    named = [each.name for each in node.names]
    bind = [assign(ast.Name(id=each.asname or each.name, ctx=ast.Store()), scope) for each in node.names]

    def run(frame: Frame) -> None:
        module = frame.machine.find(source, scope.path, level)
        for name, target in zip(named, bind, strict=True):
            if name == "*":
                public = module.names.get("__all__") or [
                    each for each in module.names if not each.startswith("_")
                ]
                frame.module.update({each: module.names[each] for each in public if each in module.names})
                continue
            try:
                target(frame, getattr(module, name))
            except AttributeError:
                target(frame, frame.machine.find(f"{source}.{name}" if source else name, scope.path, level))

    return run
