"""Methods of Python's own types, made safe: functions that are given the object first."""

from collections import deque
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.limits import LARGEST, fitting
from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.operations import must_fit, power
from bisect_ml.interpreter.order import popped
from bisect_ml.interpreter.texts import TEXT_METHODS, percent


def _extended(values: Any, others: Any) -> None:
    values.extend(others)
    fitting(values)


def _extended_left(values: Any, others: Any) -> None:
    values.extendleft(others)
    fitting(values)


def _set_item(holder: Any, key: Any, value: Any) -> None:
    """Refuse to put so much into a list that it is too large."""
    if isinstance(key, slice) and hasattr(value, "__len__") and len(holder) + len(value) > LARGEST:
        raise Exhausted


def set_item(holder: Any, key: Any, value: Any) -> None:
    """Bind an item, as `operator.setitem` does."""
    _set_item(holder, key, value)
    holder[key] = value


METHODS: dict[type, dict[str, Callable[..., Any]]] = {
    **TEXT_METHODS,
    set: {"pop": popped},
    list: {"extend": _extended},
    bytearray: {**TEXT_METHODS[bytearray], "extend": _extended},
    deque: {"extend": _extended, "extendleft": _extended_left},
}


def _power(base: Any, exp: Any, mod: Any = None) -> None:
    power(base, exp, mod)


OPERATORS: dict[str, Callable[..., Any]] = {
    "__setitem__": _set_item,
    "__add__": lambda *_: None,
    "__iadd__": lambda *_: None,
    "__mul__": must_fit,
    "__rmul__": must_fit,
    "__imul__": must_fit,
    "__pow__": _power,
    "__rpow__": lambda exp, base, mod=None: power(base, exp, mod),
    "__mod__": lambda left, right: percent(left, right) if isinstance(left, str | bytes) else None,
    "__rmod__": lambda right, left: percent(left, right) if isinstance(left, str | bytes) else None,
    "__lshift__": lambda left, right: must_fit(left, 1 << min(right, 100_000)),
}
"""What looks at the operands before an operator that is called by its name."""
