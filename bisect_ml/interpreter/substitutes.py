"""Functions of the standard library made anew, where its own do harm, take for ever, or evaluate texts."""

import ast
import contextlib
import dataclasses
import difflib
import functools
import json
import math
from collections.abc import Callable, Iterable, Iterator
from keyword import iskeyword
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.limits import MOST_BITS, fitting, must_multiply
from bisect_ml.interpreter.machine import Exhausted, Stopped, Unsupported
from bisect_ml.interpreter.methods import set_item
from bisect_ml.interpreter.operations import BINARY, INPLACE, add, multiply, power

_MOST_DIGITS = 400
_MOST_INDENTED = 100
_LARGEST_FACTORIAL = 1_500
_LONGEST_PROBLEM = 40_000


def attrgetter(*names: str) -> Callable[[Any], Any]:
    """Return what reads attributes, as far as they may be read."""

    def follow(owner: Any, path: str) -> Any:
        return functools.reduce(read, path.split("."), owner)

    def get(owner: Any) -> Any:
        found = [follow(owner, each) for each in names]
        return found[0] if len(found) == 1 else tuple(found)

    return get


def methodcaller(name: str, /, *args: Any, **kwargs: Any) -> Callable[[Any], Any]:
    """Return what calls a method."""
    return lambda owner: read(owner, name)(*args, **kwargs)


@contextlib.contextmanager
def suppress(*kinds: Any) -> Iterator[None]:
    """Let errors pass, but nothing that ends the run."""
    try:
        yield
    except Stopped:
        raise
    except Exception as error:
        if not any(isinstance(each, type) and isinstance(error, each) for each in kinds):
            raise


class _Ending:
    """A context whose end sees no traceback, and nothing that ends the run."""

    def __init__(self, held: Any) -> None:
        self._held = held

    def __enter__(self) -> Any:
        return self._held.__enter__()

    def __exit__(self, kind: Any, error: Any, _: Any) -> Any:
        if error is None or isinstance(error, Exception):
            return self._held.__exit__(kind, error, None)
        return None


class ContextDecorator:
    """`contextlib.ContextDecorator`."""

    def __call__(self, function: Any) -> Any:
        """Return a function that runs within the context."""

        @functools.wraps(function)
        def within(*args: Any, **kwargs: Any) -> Any:
            with _Ending(self):
                return function(*args, **kwargs)

        return within


def dataclass(kind: Any = None, /, **options: Any) -> Any:
    """Make a data class; its fields must have names, since their text becomes part of a program.

    Raises:
        Unsupported: A field is named otherwise.
    """
    if kind is None:
        return lambda kind: dataclass(kind, **options)
    if not isinstance(kind, type) or not made_here(kind):
        raise Unsupported
    if made_here(type(kind)) or not all(map(_has_plain_fields, kind.__mro__)):
        raise Unsupported
    return dataclasses.dataclass(kind, **options)


def _has_plain_fields(kind: type) -> bool:
    """Return whether the fields of a class have names, which no code can change once they were looked at."""
    annotated, held = (vars(kind).get(each, {}) for each in ("__annotations__", "__dataclass_fields__"))
    if type(annotated) is not dict or type(held) is not dict:
        return False
    fields = [*held.values(), *(each for each in vars(kind).values() if isinstance(each, dataclasses.Field))]
    if any(type(each) is not dataclasses.Field for each in fields):
        return False
    names = [*annotated, *(each.name for each in held.values())]
    return all(type(name) is str and name.isidentifier() and not iskeyword(name) for name in names)


def product(values: Iterable[Any], *, start: Any = 1) -> Any:
    """Return what `math.prod` does, unless it has too many digits."""
    return functools.reduce(multiply, values, start)


def total(values: Iterable[Any], /, start: Any = 0) -> Any:
    """Return what `sum` does; lists that are joined must not grow beyond measure."""
    if isinstance(start, list | tuple):
        parts = list(values)
        must_multiply(len(parts), 1 + max(map(len, parts), default=0))
        return functools.reduce(add, parts, start)
    return fitting(sum(values, start))


def factorial(number: Any, /) -> int:
    """Return what `math.factorial` does, unless it has too many digits."""
    if isinstance(number, int) and number > _LARGEST_FACTORIAL:
        raise Exhausted
    return math.factorial(number)


def combinations(number: Any, chosen: Any, /) -> int:
    """Return what `math.comb` does, unless it has too many digits."""
    if isinstance(number, int) and number > MOST_BITS:
        raise Exhausted
    return math.comb(number, chosen)


def arrangements(number: Any, chosen: Any = None, /) -> int:
    """Return what `math.perm` does, unless it has too many digits."""
    places = number if chosen is None else chosen
    if isinstance(number, int) and isinstance(places, int) and number.bit_length() * places > MOST_BITS:
        raise Exhausted
    return math.perm(number, chosen)


def common(function: Callable[..., int]) -> Callable[..., int]:
    """Return `math.gcd` or `math.lcm`, taken number by number."""
    return lambda *numbers: functools.reduce(
        lambda one, other: fitting(function(one, other)), numbers, function()
    )


def rounded(number: Any, digits: Any = None) -> Any:
    """Return what `round` does; thousands of digits are not asked for."""
    if isinstance(digits, int) and abs(digits) > _MOST_DIGITS:
        raise Exhausted
    return round(number, digits)


class JSONEncoder(json.JSONEncoder):
    """`json.JSONEncoder`, but for endless indentations."""

    def __init__(self, *, indent: Any = None, **options: Any) -> None:
        if (
            isinstance(indent, int | str)
            and (indent if isinstance(indent, int) else len(indent)) > _MOST_INDENTED
        ):
            raise Exhausted
        super().__init__(indent=indent, **options)


def compared(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that compares texts in quadratic time, for short ones."""

    def compare(*args: Any, **kwargs: Any) -> Any:
        sizes = [len(each) for each in (*args, *kwargs.values()) if hasattr(each, "__len__")]
        if math.prod(sizes) > _LONGEST_PROBLEM:
            raise Exhausted
        return function(*args, **kwargs)

    compare.__name__ = function.__name__
    return compare


class SequenceMatcher(difflib.SequenceMatcher[Any]):
    """`difflib.SequenceMatcher` for short sequences."""

    def set_seq1(self, a: Any) -> None:
        """Set the first sequence."""
        self._must_be_short(a, getattr(self, "b", None))
        super().set_seq1(a)

    def set_seq2(self, b: Any) -> None:
        """Set the second sequence."""
        self._must_be_short(getattr(self, "a", None), b)
        super().set_seq2(b)

    @staticmethod
    def _must_be_short(one: Any, other: Any) -> None:
        if len(one or ()) * len(other or ()) > _LONGEST_PROBLEM:
            raise Exhausted


def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that begins the lines of a text with others, where the lines become not too many."""

    def wrap(text: Any, *args: Any, **kwargs: Any) -> Any:
        others = [len(each) for each in (*args, *kwargs.values()) if isinstance(each, str)]
        must_multiply(len(text), 1 + max(others, default=0))
        return function(text, *args, **kwargs)

    wrap.__name__ = function.__name__
    return wrap


def single_dispatch(function: Callable[..., Any]) -> Any:
    """Choose by the type of the first argument; annotations that are texts are not evaluated."""
    dispatcher = functools.singledispatch(function)

    def dispatched(*args: Any, **kwargs: Any) -> Any:
        return dispatcher.dispatch(type(args[0]))(*args, **kwargs)

    def register(kind: Any, made: Any = None) -> Any:
        if not isinstance(kind, type):
            raise Unsupported
        if made is None:
            return lambda made: register(kind, made)
        return dispatcher.register(kind, made)

    functools.update_wrapper(dispatched, function)
    vars(dispatched).update(register=register, dispatch=dispatcher.dispatch)
    return dispatched


OPERATORS: dict[str, Any] = {
    "add": add,
    "concat": add,
    "iadd": INPLACE[ast.Add],
    "iconcat": INPLACE[ast.Add],
    "mul": multiply,
    "imul": INPLACE[ast.Mult],
    "pow": power,
    "ipow": power,
    "mod": BINARY[ast.Mod],
    "imod": BINARY[ast.Mod],
    "lshift": BINARY[ast.LShift],
    "ilshift": BINARY[ast.LShift],
    "setitem": set_item,
    "attrgetter": attrgetter,
    "methodcaller": methodcaller,
}
"""What replaces functions of the module `operator`."""
