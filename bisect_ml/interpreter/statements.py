"""Statements, but for definitions, imports and those that deal with errors."""

import ast
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.binding import write
from bisect_ml.interpreter.compiling import block, executes, expression
from bisect_ml.interpreter.limits import SIZED, charge
from bisect_ml.interpreter.machine import BREAK, CONTINUE, Execute, Frame, Signal
from bisect_ml.interpreter.names import assign, delete, store
from bisect_ml.interpreter.operations import INPLACE
from bisect_ml.interpreter.order import spread, steadied
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
    return lambda _: None


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
    """`a += b`; what `a` is of is evaluated once."""
    value, apply = expression(node.value, scope), INPLACE[type(node.op)]

    def changed(frame: Frame, before: Any) -> Any:
        result = apply(before, spread(frame.machine, value(frame)) if type(before) is list else value(frame))
        if type(result) in SIZED and type(result) is not list:
            charge(frame.machine, len(result))
        return result

    match node.target:
        case ast.Attribute(value=inner, attr=name):
            owner = expression(inner, scope)

            def to_attribute(frame: Frame) -> None:
                at = owner(frame)
                write(at, name, changed(frame, read(at, name)))

            return to_attribute
        case ast.Subscript(value=inner, slice=part):
            holder, key = expression(inner, scope), expression(part, scope)

            def to_item(frame: Frame) -> None:
                at, place = holder(frame), key(frame)
                store(frame, at, place, changed(frame, at[place]))

            return to_item
    loaded = expression(ast.Name(id=node.target.id, ctx=ast.Load()), scope)
    bind = assign(node.target, scope)
    return lambda frame: bind(frame, changed(frame, loaded(frame)))


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
    return lambda _: signal


@executes(ast.If)
def if_(node: ast.If, scope: Scope) -> Execute:
    """`if`."""
    test, then, other = expression(node.test, scope), block(node.body, scope), block(node.orelse, scope)
    return lambda frame: then(frame) if test(frame) else other(frame)


@executes(ast.For, ast.AsyncFor)
def for_(node: ast.For | ast.AsyncFor, scope: Scope) -> Execute:
    """`for`."""
    values, bind = expression(node.iter, scope), assign(node.target, scope)
    body, other = block(node.body, scope), block(node.orelse, scope)

    def run(frame: Frame) -> Signal | None:
        for value in steadied(frame.machine, values(frame)):
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
    said = expression(node.msg, scope) if node.msg else None

    def run(frame: Frame) -> None:
        if not test(frame) and scope.path not in frame.machine.forgiven:
            raise AssertionError(*([said(frame)] if said else []))

    return run
