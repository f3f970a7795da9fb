"""A search for regular expressions that counts its steps: for those with which `re` could go on for ever."""

import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.characters import Dialect, Test, stands_at, test_of
from bisect_ml.interpreter.machine import Unsupported

_A_STEP = 4
Go = Callable[[int], int]
"""Takes a place and returns where the whole match ends if it goes on from there, or -1."""
Matcher = Callable[["_State", int, Go], int]
Span = tuple[int, int]


class _State:
    """A text that is searched, and what groups hold."""

    __slots__ = ("end", "groups", "last", "spend", "text", "ticks")

    def __init__(self, text: str, end: int, groups: int, spend: Callable[[], None]) -> None:
        self.text, self.end, self.spend, self.ticks = text, end, spend, 0
        self.groups: list[Span | None] = [None] * (groups + 1)
        self.last: int | None = None

    def tick(self) -> None:
        self.ticks += 1
        if self.ticks % _A_STEP == 0:
            self.spend()


class Backtracker:
    """A pattern whose search takes steps of a budget.

    Args:
        pattern: As `re` writes it.
        flags: Of `re`.
        dialect: In what the language differs; flags are added to it.
    """

    def __init__(self, pattern: str, flags: int, dialect: Dialect | None = None) -> None:
        parsed = parser.parse(pattern, flags)
        self.groups = parsed.state.groups - 1
        self._run = _sequence(parsed, (dialect or Dialect()).with_flags(parsed.state.flags))

    def match(
        self,
        text: str,
        place: int,
        spend: Callable[[], None],
        *,
        end: int | None = None,
        whole: bool = False,
        not_empty: bool = False,
    ) -> tuple[list[Span | None], int | None] | None:
        """Return what the groups hold in the match at a place, the first of them all, and the last closed.

        Args:
            text: What is searched.
            place: Where the match begins.
            spend: Takes a step.
            end: Where the text ends.
            whole: Whether all of it must fit.
            not_empty: Whether a match without a character is none.
        """
        state = _State(text, len(text) if end is None else end, self.groups, spend)

        def accept(at: int) -> int:
            return -1 if (whole and at != state.end) or (not_empty and at == place) else at

        try:
            found = self._run(state, place, accept)
        except RecursionError as error:
            raise Unsupported from error
        if found < 0:
            return None
        state.groups[0] = place, found
        return state.groups, state.last


def _sequence(parsed: Any, dialect: Dialect) -> Matcher:
    parts = [_part(kind, argument, dialect) for kind, argument in parsed]

    def run(state: _State, place: int, go: Go) -> int:
        def following(number: int, at: int) -> int:
            if number == len(parts):
                return go(at)
            return parts[number](state, at, lambda then: following(number + 1, then))

        return following(0, place)

    return parts[0] if len(parts) == 1 else run


def _part(kind: Any, argument: Any, dialect: Dialect) -> Matcher:
    test = test_of(kind, argument, dialect)
    if test is not None:
        return _one(test)
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        least, most, body = argument
        only = test_of(body[0][0], body[0][1], dialect) if len(body) == 1 else None
        greedy = kind is constants.MAX_REPEAT
        if only is not None:
            return _repeated_one(only, least, most, greedy=greedy)
        inside = _groups_in(body) if dialect.of_scripts else None
        return _repeated(_sequence(body, dialect), least, most, inside, greedy=greedy)
    if kind is constants.BRANCH:
        return _branch([_sequence(each, dialect) for each in argument[1]])
    if kind is constants.SUBPATTERN:
        group, added, taken, body = argument
        return _group(group, _sequence(body, dialect.with_flags(added).without_flags(taken)))
    if kind is constants.AT:
        return lambda state, place, go: (
            go(place) if stands_at(argument, state.text, place, state.end, dialect) else -1
        )
    if kind in (constants.ASSERT, constants.ASSERT_NOT):
        direction, body = argument
        widths = body.getwidth() if direction < 0 else None
        return _look(_sequence(body, dialect), widths, wanted=kind is constants.ASSERT)
    return _rarely(kind, argument, dialect)


def _rarely(kind: Any, argument: Any, dialect: Dialect) -> Matcher:
    """Return what matches a part as few patterns have it."""
    if kind is constants.GROUPREF:
        return _reference(argument, dialect)
    if kind is constants.GROUPREF_EXISTS:
        group, then, other = argument
        return _if_group(group, _sequence(then, dialect), _sequence(other, dialect) if other else None)
    if kind is constants.ATOMIC_GROUP:
        return _atomic(_sequence(argument, dialect))
    if kind is constants.POSSESSIVE_REPEAT:
        return _atomic(_part(constants.MAX_REPEAT, argument, dialect))
    raise Unsupported


def _one(test: Test) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        state.tick()
        return go(place + 1) if place < state.end and test(state.text[place]) else -1

    return run


def _repeated_one(test: Test, least: int, most: int, *, greedy: bool) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        text, furthest = state.text, place
        limit = min(state.end, place + int(most))
        while furthest < limit and test(text[furthest]):
            state.tick()
            furthest += 1
        first, last = place + least, furthest
        for at in range(last, first - 1, -1) if greedy else range(first, last + 1):
            state.tick()
            end = go(at)
            if end >= 0:
                return end
        return -1

    return run


def _groups_in(parsed: Any) -> list[int]:
    """Return the numbers of the groups in a pattern."""
    if isinstance(parsed, parser.SubPattern | list | tuple):
        own = (
            [parsed[1][0]] if len(parsed) == 2 and parsed[0] is constants.SUBPATTERN and parsed[1][0] else []
        )
        return own + [group for each in parsed for group in _groups_in(each)]
    return []


def _repeated(body: Matcher, least: int, most: int, inside: list[int] | None, *, greedy: bool) -> Matcher:
    """Return what repeats a part; with the groups `inside` these hold nothing at the start of a turn.

    Then a turn that takes nothing is none; where they keep what they hold, it is the last one.
    """

    def run(state: _State, place: int, go: Go) -> int:
        def turn(count: int, at: int) -> int:
            state.tick()

            def once_more() -> int:
                held = list(state.groups)
                for group in inside or ():
                    state.groups[group] = None
                end = body(state, at, after)
                if end < 0:
                    state.groups[:] = held
                return end

            def after(then: int) -> int:
                if then == at and count >= least:
                    return go(then) if inside is None else -1
                return turn(count + 1, then)

            if count < least:
                return once_more()
            end = once_more() if greedy and count < most else -1
            if end < 0:
                end = go(at)
            return once_more() if end < 0 and not greedy and count < most else end

        return turn(0, place)

    return run


def _branch(ways: list[Matcher]) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        state.tick()
        return next((end for way in ways if (end := way(state, place, go)) >= 0), -1)

    return run


def _group(group: int | None, body: Matcher) -> Matcher:
    if group is None:
        return body

    def run(state: _State, place: int, go: Go) -> int:
        def close(at: int) -> int:
            held, state.groups[group] = state.groups[group], (place, at)
            last, state.last = state.last, group
            end = go(at)
            if end < 0:
                state.groups[group], state.last = held, last
            return end

        return body(state, place, close)

    return run


def _look(body: Matcher, widths: tuple[int, int] | None, *, wanted: bool) -> Matcher:
    """Return what looks ahead, or behind as far as something of these widths may begin."""

    def is_there(state: _State, place: int) -> bool:
        if widths is None:
            return body(state, place, lambda at: at) >= 0
        starts = range(place - widths[0], max(0, place - widths[1]) - 1, -1)
        return any(body(state, start, lambda at: at if at == place else -1) >= 0 for start in starts)

    def run(state: _State, place: int, go: Go) -> int:
        held = list(state.groups)
        found = is_there(state, place)
        if found is not wanted or not wanted:
            state.groups[:] = held
        return go(place) if found is wanted else -1

    return run


def _reference(group: int, dialect: Dialect) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        span = state.groups[group]
        if span is None and not dialect.of_scripts:
            return -1
        wanted = state.text[span[0] : span[1]] if span else ""
        given = state.text[place : min(place + len(wanted), state.end)]
        same = given.lower() == wanted.lower() if dialect.ignoring else given == wanted
        return go(place + len(wanted)) if same else -1

    return run


def _if_group(group: int, then: Matcher, other: Matcher | None) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        if state.groups[group]:
            return then(state, place, go)
        return other(state, place, go) if other else go(place)

    return run


def _atomic(body: Matcher) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        held = list(state.groups)
        end = body(state, place, lambda at: at)
        found = go(end) if end >= 0 else -1
        if found < 0:
            state.groups[:] = held
        return found

    return run
