"""Calls like those that were heard, with another value or without their options."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from bisect_ml.evidence.callees import Call
from bisect_ml.evidence.listening import Example, distinct
from bisect_ml.javascript import Foreign

_FEW, _MANY, _SHARE_OF_OPTIONS = 3, 6, 0.6
_LARGEST = 10**12
_TURNS, _SOME_WEEKS_MS = 24, 3_222_720_000.0
_STEPS = (
    *((1, 1.0), (2, 0.0), (-1, 0.0), (10, 3.0), (0.5, 0.0), (1, -1.0), (100, 7.0), (0.01, 0.25), (3.7, 0.0)),
    *((1000, 0.0), (1, 0.5), (-2.5, 0.0), (1e6, 1.0), (1e-4, 0.0)),
)
_Place = tuple[str, int, tuple[str, ...]]


def varied(heard: Sequence[Example], texts: Sequence[str], most: int) -> list[Example]:
    """Return as many calls, each with one number, date or text exchanged; none where nothing was heard.

    Texts are exchanged for others that stand at the same place; where those are many, as for what people
    write and not for options, for any that tests hold. Texts in mappings are exchanged so where a call has
    nothing else.
    """
    return distinct(islice(_all_varied(heard, texts), most * _TURNS), heard, most)


def without_options(heard: Sequence[Example], most: int) -> list[Example]:
    """Return as many of the calls that were heard without what they need not say.

    Tests say each option; production may leave them all to their defaults, which a commit may change.
    """
    fewer = (
        replace(_unheard(each), call=call)
        for each in heard
        for call in (_without_any(each), *_without_one(each))
    )
    return distinct(fewer, heard, most)


def _without_any(example: Example) -> Call:
    return Call(placed=example.call.placed[: max(1, example.callee.required)])


def _without_one(example: Example) -> Iterator[Call]:
    """Yield a call without its last argument, and without each option that has a name."""
    call, needed = example.call, max(1, example.callee.required)
    last = call.placed[-1] if call.placed else None
    for name, _ in call.named:
        yield replace(call, named=tuple(each for each in call.named if each[0] != name))
    if type(last) is dict and len(last) > 1:
        for key in last:
            rest = {other: value for other, value in last.items() if other != key}
            yield replace(call, placed=(*call.placed[:-1], rest))
    if len(call.placed) > needed:
        yield replace(call, placed=call.placed[:-1])


def _unheard(example: Example) -> Example:
    return replace(example, is_heard=False, ran=set())


def _all_varied(heard: Sequence[Example], texts: Sequence[str]) -> Iterator[Example]:
    places = [_places(each) for each in heard]
    pools = {place: _pool(heard, place, texts) for each in places for place in each}
    taken = Counter[_Place]()
    for turn in range(_TURNS):
        for example, own in zip(heard, places, strict=True):
            if own:
                place = own[turn % len(own)]
                yield _exchanged(example, place, pools[place], taken[place])
                taken[place] += 1


def _places(example: Example) -> list[_Place]:
    """Return where the values are that can be exchanged: of which call, which argument, which key in it."""
    given = [("call", place, value) for place, value in enumerate(example.call.placed)]
    made = [("made", place, value) for place, value in enumerate(example.made.placed)]
    both = (*given, *made)
    whole: list[_Place] = [
        (which, place, ()) for which, place, value in both if _other(value, (), 0) is not value
    ]
    return whole or [
        (which, place, (key,))
        for which, place, value in both
        for key, each in _named(value)
        if type(each) is str
    ]


def _named(value: Any) -> list[tuple[str, Any]]:
    """Return what stands under names in a mapping; keys of other kinds may be the code's own."""
    return [(key, each) for key, each in value.items() if type(key) is str] if type(value) is dict else []


def _pool(heard: Sequence[Example], place: _Place, texts: Sequence[str]) -> list[str]:
    which, number, keys = place
    values = [each for one in heard for each in _calls(one)[which].placed[number : number + 1]]
    for key in keys:
        values = [held for each in values for name, held in _named(each) if name == key]
    given = [each for each in values if type(each) is str]
    own = list(dict.fromkeys(given))
    # What people write hardly comes twice.
    are_options = len(given) >= _MANY and len(own) <= max(_FEW, _SHARE_OF_OPTIONS * len(given))
    return own if are_options else list(dict.fromkeys((*texts, *own)))


def _calls(example: Example) -> dict[str, Call]:
    return {"call": example.call, "made": example.made}


def _exchanged(example: Example, place: _Place, pool: Sequence[str], turn: int) -> Example:
    which, number, keys = place
    call = _calls(example)[which]
    values = list(call.placed)
    old = values[number]
    inside = {key: _other(old[key], pool, turn) for key in keys}
    values[number] = {**old, **inside} if keys else _other(old, pool, turn)
    changed = replace(call, placed=tuple(values))
    made_up = _unheard(example)
    return replace(made_up, call=changed) if which == "call" else replace(made_up, made=changed)


def _other(value: Any, pool: Sequence[str], turn: int) -> Any:
    """Return another value of the same kind; the same where there is none.

    Of classes that derive from those of Python nothing is asked: they are the code's own.
    """
    times, more = _STEPS[turn % len(_STEPS)]
    kind = type(value)
    if kind is float:
        return value * times + more
    if kind is int:
        return _whole(value, times, more)
    if kind is str:
        return pool[turn % len(pool)] if pool else f"{value} "
    if kind is Foreign and value.kind == "date":
        return Foreign("date", value.value + (turn + 1) * _SOME_WEEKS_MS)
    if kind is list and value:
        at = turn % len(value)
        changed = _other(value[at], pool, turn)
        return value if changed is value[at] else [*value[:at], changed, *value[at + 1 :]]
    if kind is dict:
        keys = [key for key, each in value.items() if type(each) in {int, float}]
        key = keys[turn % len(keys)] if keys else None
        return {**value, key: _other(value[key], pool, turn)} if keys else value
    return value


def _whole(value: int, times: float, more: float) -> int:
    """Return another whole number; one that floating point does not hold stays as it is."""
    return round(value * times + more) if abs(value) <= _LARGEST else value
