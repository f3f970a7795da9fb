"""Names read, bound and deleted: where each is kept is decided when the code is compiled."""

import ast
import builtins
from collections.abc import Callable
from itertools import islice
from typing import Any

from bisect_ml.interpreter.binding import remove, write
from bisect_ml.interpreter.built_in import BUILTINS
from bisect_ml.interpreter.compiling import evaluates, expression
from bisect_ml.interpreter.limits import fitting, pay_for_key
from bisect_ml.interpreter.machine import Evaluate, Frame
from bisect_ml.interpreter.order import spread, steadied
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.unknown import Unknown

Assign = Callable[[Frame, Any], None]


def outwards(frame: Frame, hops: int) -> dict[str, Any]:
    """Return the names of the function so many functions outside a frame."""
    at: Frame | None = frame
    for _ in range(hops):
        at = at.outer if at else None
    return at.names if at else {}


@evaluates(ast.Name)
def name(node: ast.Name, scope: Scope) -> Evaluate:
    """A name: of the function, of one around it, of the module, or built in."""
    text = node.id
    if scope.kind == "class":
        return _of_class(text, scope)
    hops = scope.hops(text)
    if text == "__class__" and hops is None:
        return _own_class
    return _of_module(text) if hops is None else _of_function(text, hops)


def _own_class(frame: Frame) -> Any:
    at: Frame | None = frame
    while at is not None:
        if at.cell:
            return at.cell[0]
        at = at.outer
    raise NameError("name '__class__' is not defined")


def _of_module(text: str) -> Evaluate:
    def load(frame: Frame) -> Any:
        if text in frame.module:
            return frame.module[text]
        if text in BUILTINS:
            return BUILTINS[text]
        if text in frame.machine.everywhere:
            return frame.machine.everywhere[text]
        raise NameError(f"name {text!r} is not defined")

    return load


def _of_function(text: str, hops: int) -> Evaluate:
    def load(frame: Frame) -> Any:
        names = frame.names if hops == 0 else outwards(frame, hops)
        if text in names:
            return names[text]
        raise (NameError if hops else UnboundLocalError)(f"cannot access variable {text!r}")

    return load


def _of_class(text: str, scope: Scope) -> Evaluate:
    # A name that the class itself binds is never taken from the function around it.
    hops = None if text in scope.bound else scope.hops(text)
    # The frame of a class body is one further in than the function around it.
    around = _of_module(text) if hops is None else _of_function(text, hops + 1)
    return lambda frame: frame.names[text] if text in frame.names else around(frame)


def assign(target: ast.expr, scope: Scope) -> Assign:
    """Return what binds a value to a target: a name, an attribute, an item, or several of these."""
    match target:
        case ast.Name(id=text):
            return _to_name(text, scope)
        case ast.Attribute(value=value, attr=attribute):
            owner = expression(value, scope)
            return lambda frame, given: write(owner(frame), attribute, given)
        case ast.Subscript(value=value, slice=inner):
            holder, key = expression(value, scope), expression(inner, scope)

            def to_item(frame: Frame, given: Any) -> None:
                store(frame, holder(frame), key(frame), given)

            return to_item
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return _to_parts(parts, scope)
        case ast.Starred(value=value):
            return assign(value, scope)
    raise builtins.TypeError(f"no target: {target}")


def store(frame: Frame, holder: Any, key: Any, given: Any) -> None:
    """Bind an item."""
    if type(key) is not slice:
        pay_for_key(frame.machine, key, len(holder) if isinstance(holder, dict) else 0)
    holder[key] = spread(frame.machine, given) if type(key) is slice else given
    if type(key) is slice and isinstance(holder, list):
        fitting(holder)


def _place(text: str, scope: Scope) -> int | None:
    """Return how many frames outwards a name is bound; None for the module."""
    hops = None if scope.kind == "module" else scope.hops(text)
    if scope.kind == "class":
        return 0 if text in scope.bound else None if hops is None else hops + 1
    return hops


def _to_name(text: str, scope: Scope) -> Assign:
    hops = _place(text, scope)
    if hops == 0:

        def bind_own(frame: Frame, given: Any) -> None:
            frame.names[text] = given

        return bind_own

    def bind(frame: Frame, given: Any) -> None:
        names = frame.module if hops is None else outwards(frame, hops)
        names[text] = given

    return bind


def _to_parts(parts: list[ast.expr], scope: Scope) -> Assign:
    bind = [assign(part, scope) for part in parts]
    starred = next((place for place, part in enumerate(parts) if isinstance(part, ast.Starred)), None)
    behind = 0 if starred is None else len(parts) - starred - 1

    def unpack(frame: Frame, given: Any) -> None:
        if isinstance(given, Unknown) and given.text is None:
            values: list[Any] = [given[place] for place in range(len(parts))]
        else:
            values = list(
                spread(frame.machine, given)
                if starred is not None
                else islice(steadied(frame.machine, given), len(parts) + 1)
            )
        if starred is not None:
            if len(values) < len(parts) - 1:
                raise ValueError("not enough values to unpack")
            end = len(values) - behind
            values = [*values[:starred], values[starred:end], *values[end:]]
        if len(values) != len(bind):
            raise ValueError(f"expected {len(bind)} values to unpack, got {len(values)}")
        for each, value in zip(bind, values, strict=True):
            each(frame, value)

    return unpack


def delete(target: ast.expr, scope: Scope) -> Evaluate:
    """Return what deletes a target."""
    match target:
        case ast.Name(id=text):
            hops = _place(text, scope)

            def forget(frame: Frame) -> None:
                names = frame.module if hops is None else outwards(frame, hops)
                if text not in names:
                    raise NameError(f"name {text!r} is not defined")
                del names[text]

            return forget
        case ast.Attribute(value=value, attr=attribute):
            owner = expression(value, scope)
            return lambda frame: remove(owner(frame), attribute)
        case ast.Subscript(value=value, slice=inner):
            holder, key = expression(value, scope), expression(inner, scope)

            def drop(frame: Frame) -> None:
                del holder(frame)[key(frame)]

            return drop
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            each = [delete(part, scope) for part in parts]
            return lambda frame: [one(frame) for one in each]
    raise builtins.TypeError(f"no target: {target}")
