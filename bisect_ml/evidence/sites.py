"""Where in an example a value stands that another can take the place of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bisect_ml.evidence.listening import Example
from bisect_ml.javascript import Foreign

_DEEPEST, _MOST_INSIDE, _LARGEST = 3, 6, 10**12
_Exchange = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Site:
    """A text, a number or an object in an example, and what makes the example with another in its place."""

    value: Any
    exchanged: Callable[[Any], Example]


def sites(example: Example) -> Iterator[Site]:
    """Yield the values in the arguments of a call, and in those that its object was made of.

    Of classes that derive from those of Python none is given: they are the code's own.
    """
    for which in ("call", "made"):
        call = getattr(example, which)
        of_call = _of_call(example, which)
        for inside, given in (("placed", dict(enumerate(call.placed))), ("named", dict(call.named))):
            for key, value in given.items():
                yield from _inside(value, _then(of_call, inside, given, key), 0)


def _of_call(example: Example, which: str) -> Callable[[str, dict[Any, Any]], Example]:
    made_up = replace(example, is_heard=False, ran=set())
    call = getattr(example, which)

    def with_values(inside: str, values: dict[Any, Any]) -> Example:
        listed = tuple(values.values() if inside == "placed" else values.items())
        return replace(made_up, **{which: replace(call, **{inside: listed})})

    return with_values


def _then(
    of_call: Callable[[str, dict[Any, Any]], Example], inside: str, given: dict[Any, Any], key: Any
) -> Callable[[Any], Example]:
    return lambda new: of_call(inside, {**given, key: new})


def _inside(value: Any, exchanged: Callable[[Any], Example], depth: int) -> Iterator[Site]:
    kind = type(value)
    if kind in {str, float, dict} or (kind is int and abs(value) <= _LARGEST):
        yield Site(value, exchanged)
    if depth < _DEEPEST:
        for each, put_back in islice(_parts(value), _MOST_INSIDE):
            yield from _inside(each, _after(put_back, exchanged), depth + 1)


def _after(put_back: _Exchange, exchanged: Callable[[Any], Example]) -> Callable[[Any], Example]:
    return lambda new: exchanged(put_back(new))


def _parts(value: Any) -> Iterator[tuple[Any, _Exchange]]:
    """Yield what a list or an object holds, each with what makes it with another value there."""
    if type(value) is list:
        for number, each in enumerate(value):
            yield each, _in_list(value, number)
    elif type(value) is dict:
        for key, each in value.items():
            yield each, _in_object(value, key)
    elif type(value) is Foreign and value.kind == "object":
        path, name, inside = value.value
        for key, each in inside.items():
            yield each, _in_foreign(path, name, _in_object(inside, key))


def _in_list(value: list[Any], number: int) -> _Exchange:
    return lambda new: [*value[:number], new, *value[number + 1 :]]


def _in_object(value: dict[Any, Any], key: Any) -> _Exchange:
    return lambda new: {**value, key: new}


def _in_foreign(path: str, name: str, put_back: _Exchange) -> _Exchange:
    return lambda new: Foreign("object", (path, name, put_back(new)))
