"""Methods of Python's own types, made safe: functions that are given the object first."""

from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.limits import fitting
from bisect_ml.interpreter.operations import must_fit, power
from bisect_ml.interpreter.order import popped
from bisect_ml.interpreter.texts import TEXT_METHODS, percent


def _extended(values: Any, others: Any) -> None:
    values.extend(others)
    fitting(values)


METHODS: dict[type, dict[str, Callable[..., Any]]] = {
    **TEXT_METHODS,
    set: {"pop": popped},
    list: {"extend": _extended},
}


def _power(base: Any, exp: Any, mod: Any = None) -> None:
    power(base, exp, mod)


OPERATORS: dict[str, Callable[..., Any]] = {
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
