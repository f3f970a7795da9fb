"""Examples that lead to what suspects change: those at hand with what changed lines name put into them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Any, TypeVar

from bisect_ml.evidence.clues import Clues
from bisect_ml.evidence.listening import Example, distinct
from bisect_ml.evidence.sites import Site, sites

_Value = TypeVar("_Value")
_ATTEMPTS = 4
_MOST_SITES, _LONGEST, _ROUNDS, _TIMES = 12, 2_000, 12, 3
_FEW_TEXTS, _FEW_NUMBERS = 3, 2

_Splice = Callable[[str, str, str], str]
_AT_ENDS: tuple[_Splice, ...] = (lambda old, text, _: f"{old}{text}", lambda old, text, _: f"{text}{old}")
_OTHERWISE: tuple[_Splice, ...] = (
    lambda old, text, _: f"{old[: len(old) // 2]}{text}{old[len(old) // 2 :]}",
    lambda old, text, _: old.replace(text, text * 2, 1) if text in old else text,
    lambda old, text, other: f"{old}{text * 2}{other}",
    lambda old, text, _: old.replace(text, "", 1) if text in old else f"{text * 2}{old}",
    lambda old, text, other: f"{old}{text}{other}{text}",
    lambda old, text, _: f"{old[:1]}{text}{old[1:]}",
    lambda old, text, _: f"{old[:-1]}{text}{old[-1:]}",
    lambda _, text, __: f"12{text}",
    lambda _, text, __: f"{text}7.5",
)
_AT_A_TIME = 3
_SPLICES = tuple(
    splice
    for start in range(0, len(_OTHERWISE) * _AT_A_TIME, _AT_A_TIME)
    for splice in (*_AT_ENDS, *(_OTHERWISE[(start + each) % len(_OTHERWISE)] for each in range(_AT_A_TIME)))
)
"""Texts stand at the ends of others more often than elsewhere."""

_NEAR: tuple[Callable[[float], float], ...] = (
    lambda number: number,
    lambda number: number + 1,
    lambda number: number - 1,
    lambda number: -number,
    lambda number: number + 0.5,
)


def directed(heard: Sequence[Example], clues: Clues, most: int) -> list[Example]:
    """Return calls like those that were heard, each with one value changed by what changed lines name."""
    return distinct(_all_directed(heard, clues, _ATTEMPTS * most), heard, most)


def _all_directed(heard: Sequence[Example], clues: Clues, most: int) -> Iterator[Example]:
    places = in_turns([list(islice(sites(each), _MOST_SITES)) for each in heard])
    texts = [each for each in places if type(each.value) is str]
    numbers = [each for each in places if type(each.value) in {int, float}]
    objects = [each for each in places if type(each.value) is dict]
    written = [*clues.texts, *(f"{each:.15g}" for each in clues.numbers)]
    ways = [
        _with_whole(texts, clues.of_tests),
        _with_texts(texts, written),
        _with_numbers(numbers, clues.numbers),
        _with_options(objects, clues),
        _with_more_options(heard, clues),
    ]
    yield from in_turns([list(islice(each, most)) for each in ways])


def in_turns(rows: Sequence[Sequence[_Value]]) -> list[_Value]:
    """Return the first of each row, then the second of each, and so on."""
    end: Any = object()
    return [each for each in chain.from_iterable(zip_longest(*rows, fillvalue=end)) if each is not end]


def _with_whole(places: Sequence[Site], texts: Sequence[str]) -> Iterator[Example]:
    for turn in range(_ROUNDS):
        for number, text in enumerate(texts if places else ()):
            yield places[(number + turn) % len(places)].exchanged(text)


def _with_texts(places: Sequence[Site], texts: Sequence[str]) -> Iterator[Example]:
    turn = 0
    for splice in _SPLICES * _TIMES:
        for text in texts if places else ():
            site, other = places[turn % len(places)], places[(turn + 1) % len(places)]
            turn += 1
            spliced = splice(site.value, text, other.value)
            if len(spliced) <= _LONGEST:
                yield site.exchanged(spliced)
        # Ways and places must not keep step.
        turn += 1


def _with_numbers(places: Sequence[Site], numbers: Sequence[float]) -> Iterator[Example]:
    turn = 0
    for near in _NEAR * _ROUNDS:
        for number in numbers if places else ():
            site, value = places[turn % len(places)], near(number)
            turn += 1
            if type(site.value) is float:
                yield site.exchanged(float(value))
            elif value == int(value):
                yield site.exchanged(int(value))
        turn += 1


def _with_options(places: Sequence[Site], clues: Clues) -> Iterator[Example]:
    turn = 0
    for value in _option_values(clues):
        for name in clues.names if places else ():
            site = places[turn % len(places)]
            turn += 1
            yield site.exchanged({**site.value, name: value})


def _with_more_options(heard: Sequence[Example], clues: Clues) -> Iterator[Example]:
    turn = 0
    for value in _option_values(clues):
        for name in clues.names:
            yield heard[turn % len(heard)].with_option(name, value)
            turn += 1


def _option_values(clues: Clues) -> tuple[Any, ...]:
    return (True, *clues.texts[:_FEW_TEXTS], *clues.numbers[:_FEW_NUMBERS], False, "")
