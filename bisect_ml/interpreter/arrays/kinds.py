"""The kinds of numbers in arrays: single ones as numpy has them, and what an array says of its elements."""

import numbers
import re
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import LONGEST_TEXT, asked, quick
from bisect_ml.interpreter.arrays.operators import NOTHING, Operand, number, operand
from bisect_ml.interpreter.held import Held, class_of, is_held
from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.texts import must_be_narrow
from bisect_ml.interpreter.unknown import Unknown


class Generic(Operand):
    """`numpy.generic`: a single number. Classes derive from one another as those of numpy do."""

    __slots__ = ()
    held: Any

    def __new__(cls, *given: Any) -> Any:
        """Return a number of this kind, from a number or a text."""
        raw = RAW.get(cls)
        if raw is None or len(given) > 1:
            raise Unsupported
        if given and type(given[0]) is Unknown:
            return Unknown(f"numpy.{cls.__name__}")(*given)
        return shell(asked(raw, *[_convertible(each, raw) for each in given]))

    def __hash__(self) -> int:
        return hash(self.held)

    def __bool__(self) -> bool:
        return bool(self.held)

    def __int__(self) -> int:
        return int(quick(int, self.held))

    def __float__(self) -> float:
        return float(quick(float, self.held))

    def __complex__(self) -> complex:
        return complex(self.held)

    def __repr__(self) -> str:
        return repr(self.held)

    def __str__(self) -> str:
        return str(self.held)

    def __format__(self, specification: str) -> str:
        must_be_narrow(specification)
        return str(asked(format, self.held, str(specification)))

    def __round__(self, digits: Any = None) -> Any:
        given = [] if digits is None else [number(digits)]
        return shell(quick(round, self.held, *given))

    @property
    def numerator(self) -> Any:
        """The number itself, for fractions that are raised to it."""
        return self.held.item()

    @property
    def denominator(self) -> int:
        """One, likewise."""
        return 1

    def plain(self) -> Any:
        """Return the number as one of Python's own."""
        return self.held.item()

    def size_told(self) -> int:
        """Return how many values are inside."""
        return 1

    def attribute(self, name: str) -> Any:
        """Return an attribute, as far as code may read it."""
        return _ATTRIBUTES[0](self, name)


_ATTRIBUTES: list[Any] = []


def read_by(function: Any) -> None:
    """Take what reads the attributes of single numbers: it needs to know of arrays."""
    _ATTRIBUTES.append(function)


def _convertible(value: Any, raw: type) -> Any:
    if type(value) is str:
        return value
    found = operand(value)
    if isinstance(found, np.ndarray) and found.ndim:
        raise Unsupported
    if found is not NOTHING:
        return found
    convert = "__int__" if issubclass(raw, np.integer) else "__float__"
    if not hasattr(type(value), convert):
        raise TypeError(f"must be real number, not {type(value).__name__}")
    return int(value) if convert == "__int__" else float(value)


def _index(self: Any) -> int:
    return int(self.held)


def _abstract(name: str, *bases: type) -> Any:
    return type(name, bases, {"__slots__": (), "__module__": "numpy"})


def _concrete(name: str, *bases: type) -> Any:
    return type(name, bases, {"__slots__": ("held",), "__module__": "numpy"})


Generic.__name__, Generic.__qualname__, Generic.__module__ = "generic", "generic", "numpy"
_Number = _abstract("number", Generic)
_Integer = _abstract("integer", _Number)
_Integer.__index__ = _index
_Inexact = _abstract("inexact", _Number)
_Floating = _abstract("floating", _Inexact)
_Complex = _abstract("complexfloating", _Inexact)
_Signed, _Unsigned = _abstract("signedinteger", _Integer), _abstract("unsignedinteger", _Integer)
ABSTRACT: dict[str, Any] = {
    each.__name__: each
    for each in (Generic, _Number, _Integer, _Inexact, _Floating, _Complex, _Signed, _Unsigned)
}
CONCRETE: dict[str, Any] = {
    "bool": _concrete("bool", Generic),
    **{name: _concrete(name, _Signed) for name in ("int8", "int16", "int32", "int64")},
    **{name: _concrete(name, _Unsigned) for name in ("uint8", "uint16", "uint32", "uint64")},
    **{name: _concrete(name, _Floating) for name in ("float16", "float32")},
    "float64": _concrete("float64", _Floating, float),
    "complex64": _concrete("complex64", _Complex),
    "complex128": _concrete("complex128", _Complex, complex),
}
RAW: dict[type, type] = {made: np.dtype(name).type for name, made in CONCRETE.items()}
_SHELLS = {raw: made for made, raw in RAW.items()}
_BUILT_IN = {"float64": float, "complex128": complex}
numbers.Integral.register(_Integer)
numbers.Real.register(_Floating)
numbers.Complex.register(_Complex)


def shell(value: Any) -> Any:
    """Return a single number of numpy in its shell; other plain values as they are.

    Raises:
        Unsupported: It is something else.
    """
    kind = class_of(value)
    if kind in _SHELLS:
        made: Any = _SHELLS[kind]
        new: Any = _BUILT_IN.get(made.__name__, object).__new__
        one = new(made, value) if made.__name__ in _BUILT_IN else new(made)
        one.held = value
        return one
    if kind is np.str_:
        return str(value)
    if kind in _PLAIN:
        return value
    raise Unsupported


_PLAIN = frozenset({bool, int, float, complex, str, bytes, type(None)})


class Kind(Held):
    """`numpy.dtype`."""

    __slots__ = ("held",)
    held: np.dtype[Any]

    def __new__(cls, wanted: Any = None) -> Any:
        """Return the kind of elements that a name or a class stands for."""
        return kind_shell(kind_of(wanted) or np.dtype("float64"))

    def __eq__(self, other: object) -> bool:
        if type(other) is Unknown or not _may_name(other):
            return False
        try:
            return bool(self.held == kind_of(other))
        except Unsupported:
            return False

    def __hash__(self) -> int:
        return hash(self.held)

    def __repr__(self) -> str:
        return repr(self.held)

    def __str__(self) -> str:
        return str(self.held)

    def plain(self) -> str:
        """Return its name."""
        return str(self.held)

    def size_told(self) -> int:
        """Return how many values are inside."""
        return 1

    def attribute(self, name: str) -> Any:
        """Return an attribute, as far as code may read it."""
        if name == "type":
            return _SHELLS.get(self.held.type, str)
        if name in _OF_KINDS:
            return getattr(self.held, name)
        if name == "__class__":
            return Kind
        if not hasattr(self.held, name):
            raise AttributeError(name)
        return Unknown(f"dtype.{name}")


Kind.__name__, Kind.__qualname__, Kind.__module__ = "dtype", "dtype", "numpy"
_OF_KINDS = frozenset({"name", "kind", "char", "itemsize", "str", "num"})
_NAMES = re.compile(
    r"bool_?|int|float|complex|double|single|half|[<=>|]?[?bhilqBHILQefdFD]|[<=|]?(?:[iu][1248]|f[248]|c8|c16|b1)"
    r"|u?int(?:8|16|32|64|p|_)?|float(?:16|32|64|_)|complex(?:64|128|_)|[<=]?U\d{0,2}|str_?|uint"
)
_OLD = {"float_": "float64", "complex_": "complex128", "int_": "int64", "bool_": "bool", "str_": "str"}


def kind_shell(value: np.dtype[Any]) -> Kind:
    """Return a kind of elements in its shell."""
    made = object.__new__(Kind)
    made.held = value
    return made


def _may_name(value: Any) -> bool:
    return class_of(value) in (str, Kind) or issubclass(type(value), type) or value is None


def kind_of(wanted: Any) -> np.dtype[Any] | None:
    """Return the kind of elements that code asks for; None where it leaves that to numpy.

    Raises:
        Unsupported: It asks for objects, records, dates or something else.
    """
    if wanted is None:
        return None
    if type(wanted) is Kind:
        return wanted.held
    # What is no class of the code is compared by what it is: the others may be equal to anything.
    if type(wanted) is type:
        if wanted in RAW:
            return np.dtype(RAW[wanted])
        if wanted in (bool, int, float, complex, str):
            return np.dtype(wanted)
    if type(wanted) is str and _NAMES.fullmatch(wanted):
        found: np.dtype[Any] = asked(np.dtype, _OLD.get(wanted, wanted))
        if found.kind != "U" or found.itemsize <= LONGEST_TEXT * 4:
            return found
    raise Unsupported


def is_below(one: Any, other: Any) -> bool:
    """Return what `numpy.issubdtype` gives."""

    def of(value: Any) -> Any:
        if type(value) is type and issubclass(value, Generic):
            return value
        found = kind_of(value)
        return _SHELLS.get(found.type, str) if found is not None else CONCRETE["float64"]

    return issubclass(of(one), of(other))


def is_number(value: Any) -> bool:
    """Return what `numpy.isscalar` gives."""
    return isinstance(value, numbers.Number | str | bytes) or (is_held(value) and isinstance(value, Generic))
