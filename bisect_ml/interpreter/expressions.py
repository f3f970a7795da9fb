"""Expressions, but for names and comprehensions."""

import ast
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.compiling import evaluates, expression
from bisect_ml.interpreter.limits import ATOMS, SIZED, charge, fitting, pay_for_key, weigh
from bisect_ml.interpreter.machine import Evaluate, Frame, Machine, Unsupported
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.natives import called
from bisect_ml.interpreter.operations import BINARY, COMPARE, UNARY
from bisect_ml.interpreter.order import anonymous, as_told, spread
from bisect_ml.interpreter.scopes import Scope
from bisect_ml.interpreter.texts import formatted
from bisect_ml.interpreter.unknown import Unknown

_MADE: dict[type[ast.expr], Callable[[list[Any]], Any]] = {ast.Tuple: tuple, ast.List: list, ast.Set: set}
_CONVERSIONS: dict[int, Callable[[Any], str]] = {ord("s"): str, ord("r"): repr, ord("a"): ascii}


@evaluates(ast.Constant)
def constant(node: ast.Constant, _: Scope) -> Evaluate:
    """A literal."""
    value = node.value
    return lambda _: value


@evaluates(ast.Attribute)
def attribute(node: ast.Attribute, scope: Scope) -> Evaluate:
    """An attribute that is read."""
    owner, name = expression(node.value, scope), node.attr
    return lambda frame: read(owner(frame), name)


@evaluates(ast.Subscript)
def subscript(node: ast.Subscript, scope: Scope) -> Evaluate:
    """An item."""
    holder, key = expression(node.value, scope), expression(node.slice, scope)
    is_slice = isinstance(node.slice, ast.Slice)

    def evaluate(frame: Frame) -> Any:
        owner, place = holder(frame), key(frame)
        if type(place) not in ATOMS and not is_slice:
            weigh(frame.machine, place)
        found = owner[place]
        if is_slice and type(found) in SIZED:
            charge(frame.machine, len(found))
        return found

    return evaluate


@evaluates(ast.Slice)
def slice_(node: ast.Slice, scope: Scope) -> Evaluate:
    """A slice."""
    ends = [
        expression(end, scope) if end else (lambda _: None) for end in (node.lower, node.upper, node.step)
    ]
    return lambda frame: slice(*[end(frame) for end in ends])


@evaluates(ast.BinOp)
def binary(node: ast.BinOp, scope: Scope) -> Evaluate:
    """An operator between two values."""
    left, right, apply = expression(node.left, scope), expression(node.right, scope), BINARY[type(node.op)]
    is_formatting = isinstance(node.op, ast.Mod)

    def evaluate(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if is_formatting and isinstance(one, str):
            weigh(frame.machine, other)
        result = apply(one, other)
        if type(result) in SIZED:
            charge(frame.machine, len(result))
        return result

    return evaluate


@evaluates(ast.UnaryOp)
def unary(node: ast.UnaryOp, scope: Scope) -> Evaluate:
    """An operator before a value."""
    operand, apply = expression(node.operand, scope), UNARY[type(node.op)]
    return lambda frame: apply(operand(frame))


@evaluates(ast.BoolOp)
def boolean(node: ast.BoolOp, scope: Scope) -> Evaluate:
    """`and` and `or`, which look at no more values than they need."""
    values = [expression(value, scope) for value in node.values]
    ends_on = isinstance(node.op, ast.Or)

    def evaluate(frame: Frame) -> Any:
        value: Any = None
        for each in values:
            value = each(frame)
            if bool(value) is ends_on:
                return value
        return value

    return evaluate


@evaluates(ast.Compare)
def compare(node: ast.Compare, scope: Scope) -> Evaluate:
    """Comparisons, which may be chained."""
    first = expression(node.left, scope)
    rest = [
        (COMPARE[type(op)], expression(value, scope), not isinstance(op, ast.Is | ast.IsNot))
        for op, value in zip(node.ops, node.comparators, strict=True)
    ]
    last = len(rest) - 1

    def evaluate(frame: Frame) -> Any:
        left, result = first(frame), True
        for place, (apply, value, looks) in enumerate(rest):
            right = value(frame)
            if looks and (type(right) not in ATOMS or type(right) is str):
                _pay_for_comparison(frame.machine, left, right)
            result = apply(left, right)
            # Whether the last result is true nobody asks here: of an array there is no telling.
            if place < last and not result:
                return result
            left = right
        return result

    return evaluate


def _pay_for_comparison(machine: Machine, left: Any, right: Any) -> None:
    if type(left) not in ATOMS:
        weigh(machine, left)
        weigh(machine, right)
    elif type(right) in (list, tuple, str):
        charge(machine, len(right))


@evaluates(ast.IfExp)
def either(node: ast.IfExp, scope: Scope) -> Evaluate:
    """`a if b else c`."""
    test, then, other = (expression(each, scope) for each in (node.test, node.body, node.orelse))
    return lambda frame: then(frame) if test(frame) else other(frame)


@evaluates(ast.NamedExpr)
def named(node: ast.NamedExpr, scope: Scope) -> Evaluate:
    """`a := b`."""
    bind, value = assign(node.target, scope), expression(node.value, scope)

    def evaluate(frame: Frame) -> Any:
        given = value(frame)
        bind(frame, given)
        return given

    return evaluate


@evaluates(ast.Tuple, ast.List, ast.Set)
def sequence(node: ast.Tuple | ast.List | ast.Set, scope: Scope) -> Evaluate:
    """A tuple, a list or a set that is written out."""
    parts = [
        (
            isinstance(part, ast.Starred),
            expression(part.value if isinstance(part, ast.Starred) else part, scope),
        )
        for part in node.elts
    ]
    made: Callable[[list[Any]], Any] = _MADE[type(node)]
    if made is not set and not any(starred for starred, _ in parts):
        return lambda frame: made([part(frame) for _, part in parts])

    def evaluate(frame: Frame) -> Any:
        values: list[Any] = []
        for starred, part in parts:
            values.extend(spread(frame.machine, part(frame))) if starred else values.append(part(frame))
        if made is set:
            weigh(frame.machine, values)
        return fitting(made(values))

    return evaluate


@evaluates(ast.Dict)
def mapping(node: ast.Dict, scope: Scope) -> Evaluate:
    """A dictionary that is written out."""
    pairs = [
        (expression(key, scope) if key else None, expression(value, scope))
        for key, value in zip(node.keys, node.values, strict=True)
    ]

    def evaluate(frame: Frame) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, value in pairs:
            if key is None:
                more = value(frame)
                found.update(more)
                charge(frame.machine, len(more))
                continue
            place = key(frame)
            pay_for_key(frame.machine, place, len(found))
            found[place] = value(frame)
        return found

    return evaluate


@evaluates(ast.JoinedStr)
def joined(node: ast.JoinedStr, scope: Scope) -> Evaluate:
    """An f-string."""
    parts = [expression(part, scope) for part in node.values]
    return lambda frame: str(fitting("".join([part(frame) for part in parts])))


@evaluates(ast.FormattedValue)
def field(node: ast.FormattedValue, scope: Scope) -> Evaluate:
    """A field of an f-string."""
    value = expression(node.value, scope)
    convert = _CONVERSIONS.get(node.conversion)
    specification = expression(node.format_spec, scope) if node.format_spec else None

    def evaluate(frame: Frame) -> str:
        given = value(frame)
        if type(given) not in ATOMS:
            weigh(frame.machine, given)
        if convert:
            given = anonymous(convert(as_told(given)))
        wanted = specification(frame) if specification else ""
        text = formatted(given, wanted)
        charge(frame.machine, len(text))
        return text

    return evaluate


@evaluates(ast.Call)
def call(node: ast.Call, scope: Scope) -> Evaluate:
    """A call; `super()` is told which class and which object it stands in."""
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(scope)
    function = expression(node.func, scope)
    given = [
        (
            isinstance(each, ast.Starred),
            expression(each.value if isinstance(each, ast.Starred) else each, scope),
        )
        for each in node.args
    ]
    named_ones = [(each.arg, expression(each.value, scope)) for each in node.keywords]
    plain = not named_ones and not any(starred for starred, _ in given)
    arguments = [each for _, each in given]
    if plain:
        return lambda frame: called(frame, function(frame), [each(frame) for each in arguments], {})

    def evaluate(frame: Frame) -> Any:
        callee = function(frame)
        args: list[Any] = []
        for starred, each in given:
            args.extend(spread(frame.machine, each(frame))) if starred else args.append(each(frame))
        kwargs: dict[str, Any] = {}
        for name, value in named_ones:
            more = {name: value(frame)} if name is not None else _mapped(value(frame))
            if not kwargs.keys().isdisjoint(more):
                raise TypeError("got multiple values for a keyword argument")
            kwargs.update(more)
        return called(frame, callee, args, kwargs)

    return evaluate


def _mapped(value: Any) -> dict[str, Any]:
    """Return what stands behind `**`; to call with names that nobody knows would end in errors of our own."""
    if isinstance(value, Unknown):
        raise Unsupported
    given = dict(value) if hasattr(value, "keys") else None
    if given is None or not all(isinstance(each, str) for each in given):
        raise TypeError("argument after ** must be a mapping of texts")
    return given


def _super(scope: Scope) -> Evaluate:
    function = scope.function()

    def evaluate(frame: Frame) -> Any:
        at: Frame | None = frame
        while at is not None and not at.cell:
            at = at.outer
        if at is None or function is None:
            raise RuntimeError("super(): no arguments")
        return super(at.cell[0], next(iter(at.names.values())))

    return evaluate
