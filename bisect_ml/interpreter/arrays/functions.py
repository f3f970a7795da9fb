"""Functions of numpy in their shells: each looks at what it is given, pays, and asks numpy then."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import asked, must_hold, pay, quick, weight
from bisect_ml.interpreter.arrays.given import Named, Parameters, Work, array_like, setting
from bisect_ml.interpreter.arrays.kinds import kind_of
from bisect_ml.interpreter.arrays.operators import AskedUnknown, broadcast, product_work
from bisect_ml.interpreter.arrays.values import Array, wrapped
from bisect_ml.interpreter.held import Held
from bisect_ml.interpreter.machine import Machine, Unsupported
from bisect_ml.interpreter.unknown import Unknown

Run = Callable[..., Any]
_A_CALL, _TWO = 4, 2


class Function(Held):
    """A function that code may call.

    Attributes:
        called: Its name.
        machine: The run that pays.
        run: What is given that, and what the code gives.
        parts: Functions that are its attributes.
    """

    __slots__ = ("called", "machine", "parts", "run")

    def __new__(cls, *_: Any, **__: Any) -> Any:
        """Refuse to make one: that is not what code may do."""
        raise Unsupported

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what numpy gives; unknown where something that it is given is."""
        if self.machine is not None:
            self.machine.spend(_A_CALL)
        try:
            return self.run(self.machine, *args, **kwargs)
        except AskedUnknown:
            unknown = Unknown(f"numpy.{self.called}")
        return unknown(*args, **kwargs)

    called: str
    machine: Machine | None
    run: Run
    parts: dict[str, Run]

    def attribute(self, name: str) -> Any:
        """Return its name, or one of its parts."""
        if name in ("__name__", "__qualname__"):
            return self.called
        if name == "__class__":
            return Function
        if name in self.parts:
            return function_of(self.machine, f"{self.called}.{name}", self.parts[name])
        if name == "__doc__":
            return None
        raise AttributeError(f"function {self.called!r} has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<function {self.called}>"


def function_of(
    machine: Machine | None, called: str, run: Run, parts: dict[str, Run] | None = None
) -> Function:
    """Return a function in its shell."""
    made: Function = object.__new__(Function)
    made.machine, made.called, made.run, made.parts = machine, called, run, parts or {}
    return made


def of_numpy(function: Any, parameters: str, work: Work) -> Run:
    """Return how code calls a function of numpy."""
    known = Parameters(parameters)

    def run(machine: Machine | None, *args: Any, **kwargs: Any) -> Any:
        placed, named, all_by_name = known.given(machine, args, kwargs)
        if not all_by_name:
            raise TypeError("missing required arguments")
        pay(machine, _worth(work, all_by_name))
        return wrapped(machine, asked(function, *placed, **named))

    return run


def _worth(work: Work, named: Named) -> int:
    try:
        return int(work(named))
    except (KeyError, IndexError):
        failed = TypeError("missing required arguments")
    raise failed


def of_ufunc(ufunc: Any) -> Run:
    """Return how code calls what works element by element."""

    def run(machine: Machine | None, *args: Any, **kwargs: Any) -> Any:
        if ufunc.nin < len(args) <= ufunc.nargs:
            raise Unsupported
        if len(args) != ufunc.nin:
            raise TypeError(f"{ufunc.__name__}() takes {ufunc.nin} arguments but {len(args)} were given")
        given = [array_like(machine, each) for each in args]
        named = _elementwise(machine, ufunc, given, kwargs)
        touched = [*given, named.get("out"), named.get("where")]
        work = _product(ufunc, given) if ufunc.signature else broadcast(*touched)
        pay(machine, work + sum(map(weight, given)))
        made = wrapped(machine, quick(ufunc, *given, **named))
        return kwargs["out"] if type(kwargs.get("out")) is Array else made

    return run


def _product(ufunc: Any, given: list[Any]) -> int:
    if ufunc is not np.matmul:
        raise Unsupported
    return product_work(*given)


def _elementwise(machine: Machine | None, ufunc: Any, given: list[Any], kwargs: Named) -> Named:
    """Return the settings of a call; where nothing is computed there are zeros, and no old memory."""
    named: Named = {}
    for name, value in kwargs.items():
        if name == "out" and ufunc.nout == 1 and (value is None or type(value) is Array):
            named[name] = None if value is None else value.held
        elif name == "where" and value is not True and not ufunc.signature:
            named[name] = array_like(machine, value)
        elif name == "dtype":
            named[name] = kind_of(value)
        elif name == "casting":
            named[name] = setting(value)
        elif not (name == "where" and value is True):
            raise Unsupported
    if "where" in named and named.get("out") is None:
        broadcast(*given, named["where"])
        shape = np.broadcast_shapes(*[np.shape(each) for each in (*given, named["where"])])
        kinds = quick(ufunc.resolve_dtypes, (*[_kind(each) for each in given], *[None] * ufunc.nout))
        named["out"] = np.zeros(shape, dtype=kinds[-1])
    return named


def _kind(value: Any) -> Any:
    return value.dtype if isinstance(value, np.ndarray | np.generic) else np.asarray(value).dtype


def parts_of(ufunc: Any) -> dict[str, Run]:
    """Return how code calls the methods of what takes two arrays element by element."""
    if ufunc.nin != _TWO or ufunc.nout != 1 or ufunc.signature:
        return {}
    known = Parameters("array axis dtype out keepdims")

    def reducing(name: str) -> Run:
        def run(machine: Machine | None, *args: Any, **kwargs: Any) -> Any:
            placed, named, every = known.given(machine, args, kwargs)
            pay(machine, weight(every.get("array")))
            return wrapped(machine, asked(getattr(ufunc, name), *placed, **named))

        return run

    def outer(machine: Machine | None, one: Any, other: Any) -> Any:
        given = [array_like(machine, each) for each in (one, other)]
        pay(machine, must_hold(int(np.size(given[0])) * int(np.size(given[1]))))
        return wrapped(machine, quick(ufunc.outer, *given))

    def at(machine: Machine | None, target: Any, indices: Any, *values: Any) -> Any:
        if type(target) is not Array:
            raise Unsupported
        places, *given = [array_like(machine, each) for each in (indices, *values)]
        pay(machine, must_hold(int(np.size(places)) * max(target.held[:1].size, 1)))
        if np.asarray(places).dtype.kind not in "iub":
            raise IndexError("arrays used as indices must be of integer (or boolean) type")
        quick(ufunc.at, target.held, places, *given)

    return {"reduce": reducing("reduce"), "accumulate": reducing("accumulate"), "outer": outer, "at": at}
