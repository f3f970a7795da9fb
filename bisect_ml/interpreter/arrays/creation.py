"""Functions of numpy made anew: what makes arrays, calls functions of the code, or tells of kinds."""

import itertools
import math
import types
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import asked, must_hold, pay
from bisect_ml.interpreter.arrays.functions import Run, function_of
from bisect_ml.interpreter.arrays.given import array_like, setting
from bisect_ml.interpreter.arrays.kinds import Kind, is_below, is_number, kind_of, kind_shell, shell
from bisect_ml.interpreter.arrays.operators import AskedUnknown, broadcast, is_operand
from bisect_ml.interpreter.arrays.values import Array, array_of, wrapped
from bisect_ml.interpreter.held import class_of
from bisect_ml.interpreter.machine import Machine, Unsupported
from bisect_ml.interpreter.unknown import Unknown

_ORDERS = frozenset({None, "C", "K", "A", "F"})
_MOST_ENDS = 3


def _array(
    machine: Machine, value: Any, dtype: Any = None, *, copy: Any = True, order: Any = None, ndmin: Any = 0
) -> Any:
    if type(value) is Unknown:
        raise AskedUnknown
    if setting(order) not in _ORDERS:
        raise Unsupported
    made = array_of(machine, value, kind_of(dtype))
    pay(machine, made.size)
    again = setting(copy)
    return wrapped(machine, asked(np.array, made, copy=again or None, ndmin=setting(ndmin)))


def _same(machine: Machine, value: Any, dtype: Any = None, order: Any = None, **settings: Any) -> Any:
    return _array(machine, value, dtype, copy=settings.get("copy"), order=order)


def _as_float(machine: Machine, value: Any, dtype: Any = float) -> Any:
    return _array(machine, value, dtype, copy=False)


def _range(machine: Machine, *ends: Any, dtype: Any = None) -> Any:
    """Return `numpy.arange`, whose length is told before."""
    if any(type(each) is Unknown for each in ends):
        raise AskedUnknown
    given = [setting(each) for each in ends]
    if not all(isinstance(each, int | float) for each in given) or not 1 <= len(given) <= _MOST_ENDS:
        raise TypeError("arange() takes one to three numbers")
    start, stop, step = (0, *given, 1) if len(given) == 1 else (*given, 1)[:3]
    if step == 0:
        raise ZeroDivisionError("division by zero")
    count = (stop - start) / step
    if not math.isfinite(count):
        raise ValueError("arange: cannot compute length")
    pay(machine, must_hold(math.ceil(max(count, 0)) + 1))
    return wrapped(machine, asked(np.arange, start, stop, step, dtype=kind_of(dtype)))


def _from_values(machine: Machine, values: Any, dtype: Any = None, count: Any = -1) -> Any:
    """Return `numpy.fromiter`."""
    if type(values) is Unknown:
        raise AskedUnknown
    wanted = setting(count)
    listed = []
    for value in itertools.islice(iter(values), None if wanted < 0 else wanted):
        machine.spend()
        listed.append(value)
        must_hold(len(listed))
    return wrapped(machine, array_of(machine, listed, kind_of(dtype)))


def _vectorize(machine: Machine, function: Any = None, otypes: Any = None, **options: Any) -> Any:
    """Return `numpy.vectorize`: the function is called here, and not by numpy."""
    if function is None:
        return function_of(machine, "vectorize", lambda at, made: _vectorize(at, made, otypes, **options))
    if not set(options) <= {"doc", "cache"}:
        raise Unsupported
    wanted = otypes[0] if class_of(otypes) in (list, tuple, str) and len(otypes) == 1 else None

    def run(machine: Machine, *args: Any) -> Any:
        given = [array_like(machine, each) for each in args]
        pay(machine, broadcast(*given) * len(given))
        shaped = asked(np.broadcast_arrays, *given)
        rows = zip(*[each.ravel() for each in shaped], strict=True)
        results = [_call(machine, function, [shell(each) for each in row]) for row in rows]
        made = array_of(machine, results, kind_of(wanted))
        again = asked(made.reshape, shaped[0].shape)
        return wrapped(machine, again if again.ndim else again[()])

    return function_of(machine, "vectorized", run)


def _call(machine: Machine, function: Any, args: list[Any]) -> Any:
    from bisect_ml.interpreter.natives import is_interpreted, native

    machine.spend()
    return function(*args) if is_interpreted(function) else native(machine, function, args, {})


def _along(machine: Machine, function: Any, axis: Any, value: Any) -> Any:
    """Return `numpy.apply_along_axis` for functions that give a number, or as many everywhere."""
    held = array_like(machine, value)
    rows = asked(np.moveaxis, held, setting(axis), -1)
    pay(machine, rows.size)
    flat = rows.reshape(-1, rows.shape[-1])
    results = [_call(machine, function, [wrapped(machine, each.copy())]) for each in flat]
    made = array_of(machine, results)
    shape = rows.shape[:-1]
    if made.ndim == 1:
        return wrapped(machine, made.reshape(shape))
    return wrapped(machine, asked(np.moveaxis, made.reshape(*shape, *made.shape[1:]), -1, setting(axis)))


def _places(machine: Machine, *lengths: Any) -> Iterator[Any]:
    """Return `numpy.ndindex`."""
    given = [setting(each) for each in lengths]
    shape = given[0] if len(given) == 1 and isinstance(given[0], tuple) else given
    machine.spend(must_hold(*shape))
    return iter(list(itertools.product(*map(range, shape))))


def _numbered(machine: Machine, value: Any) -> Iterator[Any]:
    """Return `numpy.ndenumerate`."""
    held = np.asarray(array_like(machine, value))
    machine.spend(held.size)
    return iter([(place, shell(each)) for place, each in np.ndenumerate(held)])


def _limits(names: str, told: Any) -> Run:
    def limits(_: Machine, kind: Any) -> Any:
        wanted = kind.held.dtype if is_operand(kind) else kind_of(kind)
        found = asked(told, wanted)
        values = {name: shell(getattr(found, name)) for name in names.split()}
        return types.SimpleNamespace(**values, dtype=kind_shell(found.dtype))

    return limits


def _is_number(_: Machine, value: Any) -> bool:
    return is_number(value)


def _is_iterable(_: Machine, value: Any) -> bool:
    return hasattr(type(value), "__iter__")


def _common_kind(machine: Machine, *values: Any) -> Any:
    given = []
    for each in values:
        is_kind = type(each) is str or type(each) is Kind or issubclass(type(each), type)
        given.append(kind_of(each) if is_kind else array_like(machine, each))
    return wrapped(machine, asked(np.result_type, *given))


def _quietly(_: Machine, *__: Any, **___: Any) -> Any:
    return nullcontext()


def _setting(_: Machine, *__: Any, **___: Any) -> Any:
    return {}


def _is_complex(_: Machine, value: Any) -> bool:
    return type(value) is complex or bool(type(value) is Array and value.held.dtype.kind == "c")


OWN: dict[str, Run] = {
    "array": _array,
    **dict.fromkeys(("asarray", "asanyarray", "ascontiguousarray", "asarray_chkfinite"), _same),
    "asfarray": _as_float,
    "arange": _range,
    "fromiter": _from_values,
    "vectorize": _vectorize,
    "apply_along_axis": _along,
    "ndindex": _places,
    "ndenumerate": _numbered,
    "isscalar": _is_number,
    "iterable": _is_iterable,
    "iscomplexobj": _is_complex,
    "isrealobj": lambda machine, value: not _is_complex(machine, value),
    "issubdtype": lambda _, one, other: is_below(one, other),
    "result_type": _common_kind,
    "promote_types": _common_kind,
    "finfo": _limits("eps max min tiny resolution", np.finfo),
    "iinfo": _limits("max min", np.iinfo),
    **dict.fromkeys(("errstate", "printoptions"), _quietly),
    **dict.fromkeys(("seterr", "set_printoptions", "get_printoptions", "geterr"), _setting),
    "asscalar": lambda machine, value: shell(np.asarray(array_like(machine, value)).item()),
}
"""By their names; each is given the run that pays first."""
