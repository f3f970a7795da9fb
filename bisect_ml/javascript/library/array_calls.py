"""`Array`: what calls functions from outside."""

from collections.abc import Callable
from functools import cmp_to_key
from itertools import islice
from typing import Any

from bisect_ml.javascript.conversions import number, text, truth
from bisect_ml.javascript.library.arrays import flattened, items_of, keep_items
from bisect_ml.javascript.library.defining import Definer, takes
from bisect_ml.javascript.loops import turns
from bisect_ml.javascript.objects import MISSING, UNDEFINED, Invoke, JSArray, JSFunction
from bisect_ml.javascript.properties import call
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, type_error


def _asking(use: Callable[[Any, Callable[[int], Any], Any], Any]) -> Invoke:
    """Return a method that is given the array, what asks its function about a place, and the function."""

    @takes(1)
    def method(this: Any, args: list[Any]) -> Any:
        function, on = at(args, 0), at(args, 1)
        if type(function) is not JSFunction and not callable(function):
            raise type_error("undefined is not a function")
        items = items_of(this)

        def ask(place: int) -> Any:
            NOW.machine.spend()
            return call(function, on, [items[place], float(place), this])

        return use(items, ask, this)

    return method


def _places(items: list[Any], this: Any = None) -> Any:
    """Go through the places that there are, also when the array becomes shorter or longer meanwhile."""
    for place in this.places() if isinstance(this, JSArray) else range(len(items)):
        if place < len(items):
            yield place


@takes(1)
def _for_each(this: Any, args: list[Any]) -> Any:
    code = args[0].code if args and type(args[0]) is JSFunction else None
    most = turns(code.outer.path) if code is not None else None

    def go_through(items: list[Any], ask: Callable[[int], Any], this: Any) -> Any:
        for place in islice(_places(items, this), most):
            ask(place)
        return UNDEFINED

    return _asking(go_through)(this, args)


def _map(items: list[Any], ask: Callable[[int], Any], this: Any) -> JSArray:
    made = JSArray([UNDEFINED] * len(items))
    for place in _places(items, this):
        made.items[place] = ask(place)
    if isinstance(this, JSArray) and this.holes:
        made.holes = set(this.holes)
    return made


def _filter(items: list[Any], ask: Callable[[int], Any], this: Any) -> JSArray:
    return JSArray([each for place in _places(items, this) for each in (items[place],) if truth(ask(place))])


def _find(items: list[Any], ask: Callable[[int], Any], _: Any) -> Any:
    return next(
        (each for place in _places(items) for each in (items[place],) if truth(ask(place))), UNDEFINED
    )


def _find_index(items: list[Any], ask: Callable[[int], Any], _: Any) -> float:
    return next((float(place) for place in _places(items) if truth(ask(place))), -1.0)


def _find_last(items: list[Any], ask: Callable[[int], Any], _: Any) -> Any:
    return next((items[place] for place in reversed(range(len(items))) if truth(ask(place))), UNDEFINED)


def _find_last_index(items: list[Any], ask: Callable[[int], Any], _: Any) -> float:
    return next((float(place) for place in reversed(range(len(items))) if truth(ask(place))), -1.0)


def _some(items: list[Any], ask: Callable[[int], Any], this: Any) -> bool:
    return any(truth(ask(place)) for place in _places(items, this))


def _every(items: list[Any], ask: Callable[[int], Any], this: Any) -> bool:
    return all(truth(ask(place)) for place in _places(items, this))


def _flat_map(items: list[Any], ask: Callable[[int], Any], _: Any) -> JSArray:
    return JSArray(flattened([ask(place) for place in _places(items)], 1))


def _reduce(this: Any, args: list[Any], *, backwards: bool) -> Any:
    items = items_of(this)
    places = list(this.places() if isinstance(this, JSArray) else range(len(items)))
    if backwards:
        places.reverse()
    held = args[1] if len(args) > 1 else MISSING
    for place in places:
        if place >= len(items):
            continue
        if held is MISSING:
            held = items[place]
            continue
        NOW.machine.spend()
        held = call(at(args, 0), UNDEFINED, [held, items[place], float(place), this])
    if held is MISSING:
        raise type_error("Reduce of empty array with no initial value")
    return held


def in_order(items: list[Any], function: Any) -> list[Any]:
    """Return items in the order that a function says; without one, as texts."""
    known = [each for each in items if each is not UNDEFINED]
    if function is UNDEFINED:
        known.sort(key=text)
    else:

        def compared(left: Any, right: Any) -> int:
            NOW.machine.spend()
            found = number(call(function, UNDEFINED, [left, right]))
            return -1 if found < 0 else int(found > 0)

        known.sort(key=cmp_to_key(compared))
    return known + [UNDEFINED] * (len(items) - len(known))


def _sort(this: Any, args: list[Any]) -> Any:
    keep_items(this, in_order(list(items_of(this)), at(args, 0)))
    return this


def install(define: Definer) -> None:
    """Add these methods to a run."""
    define.methods(
        NOW.array_proto,
        {
            "forEach": _for_each,
            "map": _asking(_map),
            "filter": _asking(_filter),
            "find": _asking(_find),
            "findIndex": _asking(_find_index),
            "findLast": _asking(_find_last),
            "findLastIndex": _asking(_find_last_index),
            "some": _asking(_some),
            "every": _asking(_every),
            "flatMap": _asking(_flat_map),
            "reduce": lambda this, args: _reduce(this, args, backwards=False),
            "reduceRight": lambda this, args: _reduce(this, args, backwards=True),
            "sort": _sort,
            "toSorted": lambda this, args: JSArray(in_order(list(items_of(this)), at(args, 0))),
        },
    )
