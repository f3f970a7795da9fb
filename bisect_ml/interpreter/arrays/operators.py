"""Operators between arrays and numbers; numpy is given plain ones, and never an object of the code."""

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import LARGEST, LONGEST_TEXT, must_hold, pay, quick, weight
from bisect_ml.interpreter.held import Held, class_of
from bisect_ml.interpreter.machine import Exhausted, Unsupported
from bisect_ml.interpreter.operations import BINARY, COMPARE
from bisect_ml.interpreter.unknown import Unknown

NOTHING = object()
"""What stands for a value that is no operand."""
_NUMBERS = frozenset({bool, int, float, complex})
_SEQUENCES = frozenset({list, tuple, range})
_REPEATED = frozenset({list, tuple, str, bytes})
_BITS = 63


class AskedUnknown(Exception):  # noqa: N818 - no error: what is asked of an unknown is unknown
    """Something in a list is unknown, so that no array can be made of it."""


class Operand(Held):
    """What has the operators of numpy: an array, or a single number of it."""

    __slots__ = ()
    held: Any


Wrap = Callable[[Any, Any], Any]
_OF_ARRAYS: list[tuple[Any, Wrap, Callable[[Any, Any], Any]]] = []


def know(array: Any, wrap: Wrap, convert: Callable[[Any, Any], Any]) -> None:
    """Take the class of arrays, what puts a result in its shell, and what makes arrays of lists."""
    _OF_ARRAYS.append((array, wrap, convert))


def number(value: Any) -> Any:
    """Return a number as one of Python's own, whatever class it is of.

    Raises:
        TypeError: It is none.
    """
    found = operand(value)
    if found is NOTHING or isinstance(found, str):
        raise TypeError(f"{type(value).__name__!r} object is no number")
    return found.item() if isinstance(found, np.generic | np.ndarray) else found


def operand(value: Any) -> Any:
    """Return what numpy may be given for a number, an array or a short text, or `NOTHING`.

    Of classes that derive from numbers what Python keeps inside is taken, and no code of theirs runs.
    """
    kind = class_of(value)
    if kind in _NUMBERS:
        return value
    if issubclass(kind, Operand):
        return value.held
    if kind is str:
        return value if len(value) <= LONGEST_TEXT else NOTHING
    kind = type(value)
    if issubclass(kind, int):
        return int.__index__(value)
    if issubclass(kind, float):
        return float.__float__(value)
    return NOTHING


def operate(name: str, left: Any, right: Any) -> Any:
    """Return what an operator gives, `NotImplemented` where the other value may know better."""
    array, wrap, convert = _OF_ARRAYS[0]
    machine = next((each.machine for each in (left, right) if type(each) is array), None)
    if name == "mul" and machine is None and any(class_of(each) in _REPEATED for each in (left, right)):
        return _repeated(left, right)
    try:
        one, other = (_given(each, machine, convert) for each in (left, right))
    except AskedUnknown:
        return Unknown(f"numpy.{name}")(left, right)
    if one is NOTHING or other is NOTHING:
        return _without_operand(name, left, right, machine)
    one, other = _small(one, other), _small(other, one)
    _pay_for(name, one, other, machine)
    return wrap(machine, quick(_FUNCTIONS[name], one, other))


def _given(value: Any, machine: Any, convert: Callable[[Any, Any], Any]) -> Any:
    if machine is not None and class_of(value) in _SEQUENCES:
        return convert(machine, value)
    return operand(value)


def _without_operand(name: str, left: Any, right: Any, machine: Any) -> Any:
    others = [each for each in (left, right) if not is_operand(each)]
    if type(others[0]) is Unknown:
        return NotImplemented
    if machine is None:
        return _as_python(name, left, right)
    if others[0] is None and name in ("eq", "ne"):
        array, wrap, _ = _OF_ARRAYS[0]
        shape = left.held.shape if type(left) is array else right.held.shape
        pay(machine, math.prod(shape))
        return wrap(machine, np.full(shape, name == "ne"))
    # Numpy would ask an object of the code element by element, and keep the answers as objects.
    raise Unsupported


def _as_python(name: str, left: Any, right: Any) -> Any:
    """Return what an operator gives to a number of Python's own, which numpy makes of a single one here."""
    one, other = (each.held.item() if is_operand(each) else each for each in (left, right))
    if any(issubclass(type(each), list | tuple | range) for each in (left, right)):
        raise Unsupported
    return _OF_PYTHON[name](one, other)


def is_operand(value: Any) -> bool:
    """Return whether a value is an array or a number of numpy, in its shell."""
    return issubclass(class_of(value), Operand)


def _repeated(left: Any, right: Any) -> Any:
    """Repeat a list or a text as often as a whole number of numpy says, as Python does it."""
    times, sized = (right, left) if class_of(left) in _REPEATED else (left, right)
    if not hasattr(type(times), "__index__"):
        raise TypeError(f"can't multiply sequence by non-int of type {type(times).__name__!r}")
    if len(sized) * int(times) > LARGEST:
        raise Exhausted
    return sized * int(times)


def _small(value: Any, other: Any) -> Any:
    """Return a whole number that fits into 64 bits, or the nearest float beside floats."""
    if type(value) is not int or -(1 << _BITS) <= value < 1 << _BITS:
        return value
    if type(other) in (float, complex) or getattr(getattr(other, "dtype", None), "kind", "") in ("f", "c"):
        return float(value)
    raise Unsupported


def _pay_for(name: str, one: Any, other: Any, machine: Any) -> None:
    if not isinstance(one, np.ndarray) and not isinstance(other, np.ndarray):
        return
    if name in ("matmul", "imatmul"):
        pay(machine, product_work(one, other))
        return
    pay(machine, max(broadcast(one, other), weight(one), weight(other)))


def broadcast(*operands: Any) -> int:
    """Return how many elements operands have that are brought to one shape.

    Raises:
        Exhausted: Too many.
        ValueError: They cannot be.
    """
    shapes = [each.shape for each in operands if isinstance(each, np.ndarray)]
    try:
        return must_hold(*np.broadcast_shapes(*shapes))
    except ValueError:
        told = " ".join(map(str, shapes))
    raise ValueError(f"operands could not be broadcast together with shapes {told} ")


def product_work(one: Any, other: Any) -> int:
    """Return how many products of numbers a product of matrices takes.

    Raises:
        Exhausted: What it gives would be too large.
    """
    if not all(isinstance(each, np.ndarray) and each.ndim for each in (one, other)):
        return broadcast(one, other)
    inner = max(one.shape[-1], 1)
    work = one.size * other.size // inner
    if work // inner > LARGEST:
        raise Exhausted
    return int(work)


def _forward(name: str) -> Callable[[Any, Any], Any]:
    return lambda self, other: operate(name, self, other)


def _backward(name: str) -> Callable[[Any, Any], Any]:
    return lambda self, other: operate(name, other, self)


def _unary(name: str) -> Callable[[Any], Any]:
    function = getattr(operator, name)

    def apply(self: Any) -> Any:
        array, wrap, _ = _OF_ARRAYS[0]
        machine = self.machine if type(self) is array else None
        pay(machine, weight(self.held))
        return wrap(machine, quick(function, self.held))

    return apply


_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and_", "or_", "xor")
_NAMES_OF: dict[Any, str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitAnd: "and_",
    ast.BitOr: "or_",
    ast.BitXor: "xor",
    ast.MatMult: "matmul",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
_FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    **{name: getattr(operator, name) for name in (*_BINARY, *_COMPARISONS, "matmul")},
    **{f"i{name.rstrip('_')}": getattr(operator, f"i{name.rstrip('_')}") for name in (*_BINARY, "matmul")},
    "divmod": divmod,
}
_OF_PYTHON: dict[str, Callable[[Any, Any], Any]] = {
    **{_NAMES_OF[kind]: function for kind, function in (BINARY | COMPARE).items() if kind in _NAMES_OF},
    "divmod": divmod,
}
for _name in (*_BINARY, "matmul", "divmod"):
    setattr(Operand, f"__{_name.rstrip('_')}__", _forward(_name))
    setattr(Operand, f"__r{_name.rstrip('_')}__", _backward(_name))
for _name in _COMPARISONS:
    setattr(Operand, f"__{_name}__", _forward(_name))
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Operand, f"__{_name}__", _unary(_name))


def in_place(array: Any) -> None:
    """Give a class the operators that change what is on their left."""
    for name in (*_BINARY, "matmul"):
        plain = name.rstrip("_")
        setattr(array, f"__i{plain}__", _changing(f"i{plain}"))


def _changing(name: str) -> Callable[[Any, Any], Any]:
    def change(self: Any, other: Any) -> Any:
        made = operate(name, self, other)
        return made if made is NotImplemented or type(made) is Unknown else self

    return change
