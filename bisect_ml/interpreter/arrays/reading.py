"""Attributes of arrays and numbers, of which code may read those that lead to no memory."""

from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import pay, weight
from bisect_ml.interpreter.arrays.functions import Run, function_of, of_numpy
from bisect_ml.interpreter.arrays.operators import Operand
from bisect_ml.interpreter.arrays.tables import METHODS
from bisect_ml.interpreter.arrays.values import Array, wrapped
from bisect_ml.interpreter.machine import Machine, Unsupported
from bisect_ml.interpreter.tables import words
from bisect_ml.interpreter.unknown import Unknown

_DATA = words("shape ndim size dtype itemsize nbytes T real imag")
_ONLY_OF_NUMBERS = words("is_integer as_integer_ratio hex bit_count bit_length")
_OPERATORS = words(
    "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and "
    "or xor eq ne lt le gt ge neg pos abs invert len iter getitem setitem contains bool int float index "
    "str repr format round hash iadd isub imul"
)


def _of_array(name: str, parameters: str, work: Any) -> Run:
    """Return how a method is called: numpy finds it on an array."""

    def method(one: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(one if isinstance(one, np.generic) else np.asarray(one), name)(*args, **kwargs)

    def of_other(one: Any, held: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(np.asarray(held), name)(one, *args, **kwargs)

    return of_numpy(method if parameters.split(maxsplit=1)[0] == "a" else of_other, parameters, work)


_METHODS = {
    name: _of_array(name, parameters, work) for work, parameters, names in METHODS for name in names.split()
}


def attribute(owner: Any, name: str) -> Any:
    """Return an attribute of an array or a number.

    Raises:
        AttributeError: Numpy has none of that name either.
    """
    machine = owner.machine if type(owner) is Array else None
    if name in _METHODS and hasattr(owner.held, name):
        return function_of(machine, name, _bound(owner, _METHODS[name], name))
    if name in _DATA:
        if name == "imag":
            # Of numbers without that part it is made anew.
            pay(machine, weight(owner.held))
        return wrapped(machine, getattr(owner.held, name))
    if name == "flat" and machine is not None:
        return _flat(owner, machine)
    if name == "__class__":
        return type(owner)
    if name[:2] == "__" and name[-2:] == "__" and name[2:-2] in _OPERATORS:
        # Not the method itself, which leads to the function, which would take another object.
        return function_of(machine, name, lambda _, *args: getattr(owner, name)(*args))
    if name in _ONLY_OF_NUMBERS and type(owner) is not Array and hasattr(owner.held, name):
        return function_of(None, name, lambda _: wrapped(None, getattr(owner.held, name)()))
    if not hasattr(type(owner.held), name):
        raise AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}")
    return Unknown(f"numpy.{type(owner).__name__}.{name}")


def _flat(owner: Array, machine: Machine) -> Any:
    """Return all elements in a row, where they lie so: others would be copies of those of the array."""
    if not owner.held.flags.c_contiguous:
        raise Unsupported
    return wrapped(machine, owner.held.reshape(-1))


def _bound(owner: Operand, run: Run, name: str) -> Run:
    if name == "compress":
        return lambda machine, condition, *args, **kwargs: run(machine, condition, owner, *args, **kwargs)
    return lambda machine, *args, **kwargs: run(machine, owner, *args, **kwargs)
