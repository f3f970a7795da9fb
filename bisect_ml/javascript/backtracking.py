"""A search for regular expressions that counts its steps: for those with which `re` could go on for ever."""

import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.javascript.realm import NOW

_A_STEP = 4
Go = Callable[[int], int]
"""Takes a place and returns where the whole match ends if it goes on from there, or -1."""
Matcher = Callable[["_State", int, Go], int]
Test = Callable[[str], bool]


class _State:
    """A text that is searched, and what groups hold."""

    __slots__ = ("groups", "text", "ticks")

    def __init__(self, text: str, groups: int) -> None:
        self.text, self.ticks = text, 0
        self.groups: list[tuple[int, int] | None] = [None] * (groups + 1)

    def tick(self) -> None:
        self.ticks += 1
        if self.ticks % _A_STEP == 0:
            NOW.machine.spend()


class Match:
    """What was found, as much of `re.Match` as is needed."""

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str, spans: list[tuple[int, int] | None]) -> None:
        self._text, self._spans = text, spans

    def __getitem__(self, group: int) -> str | None:
        span = self._spans[group]
        return None if span is None else self._text[span[0] : span[1]]

    def groups(self) -> tuple[str | None, ...]:
        """Return what all groups hold."""
        return tuple(self[group] for group in range(1, len(self._spans)))

    def start(self) -> int:
        """Return where it begins."""
        return self._spans[0][0] if self._spans[0] else -1

    def end(self) -> int:
        """Return where it ends."""
        return self._spans[0][1] if self._spans[0] else -1


class Backtracker:
    """A pattern whose search takes steps of the budget.

    Args:
        pattern: As `re` writes it.
        flags: Of `re`.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        parsed = parser.parse(pattern, flags)
        self._groups = parsed.state.groups - 1
        self._run = _sequence(parsed, ignoring=bool(flags & parser.SRE_FLAG_IGNORECASE), ascii_only=False)

    def match(self, text: str, place: int) -> Match | None:
        """Return the match at a place."""
        state = _State(text, self._groups)
        try:
            end = self._run(state, place, lambda at: at)
        except RecursionError as error:
            raise Unsupported from error
        if end < 0:
            return None
        state.groups[0] = place, end
        return Match(text, state.groups)

    def search(self, text: str, place: int) -> Match | None:
        """Return the first match from a place on."""
        for start in range(place, len(text) + 1):
            found = self.match(text, start)
            if found is not None:
                return found
        return None


def _sequence(parsed: Any, *, ignoring: bool, ascii_only: bool) -> Matcher:
    parts = [_part(kind, argument, ignoring, ascii_only) for kind, argument in parsed]

    def run(state: _State, place: int, go: Go) -> int:
        def following(number: int, at: int) -> int:
            if number == len(parts):
                return go(at)
            return parts[number](state, at, lambda then: following(number + 1, then))

        return following(0, place)

    return parts[0] if len(parts) == 1 else run


def _part(kind: Any, argument: Any, ignoring: bool, ascii_only: bool) -> Matcher:
    test = _test(kind, argument, ignoring=ignoring)
    if test is not None:
        return _one(test)
    inner = {"ignoring": ignoring, "ascii_only": ascii_only}
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        least, most, body = argument
        only = _test(*body[0], ignoring=ignoring) if len(body) == 1 else None
        greedy = kind is constants.MAX_REPEAT
        if only is not None:
            return _repeated_one(only, least, most, greedy=greedy)
        return _repeated(_sequence(body, **inner), least, most, _groups_in(body), greedy=greedy)
    if kind is constants.BRANCH:
        return _branch([_sequence(each, **inner) for each in argument[1]])
    if kind is constants.SUBPATTERN:
        group, added, _, body = argument
        inner["ascii_only"] |= bool(added & parser.SRE_FLAG_ASCII)
        return _group(group, _sequence(body, **inner))
    if kind is constants.AT:
        return _at(argument)
    if kind in (constants.ASSERT, constants.ASSERT_NOT):
        direction, body = argument
        widths = body.getwidth() if direction < 0 else None
        return _look(_sequence(body, **inner), widths, wanted=kind is constants.ASSERT)
    if kind is constants.GROUPREF:
        return _reference(argument, ignoring=ignoring)
    if kind is constants.GROUPREF_EXISTS:
        group, then, _ = argument
        return _if_group(group, _sequence(then, **inner))
    raise Unsupported


def _test(kind: Any, argument: Any, *, ignoring: bool) -> Test | None:
    """Return what says whether one character is meant; None for what is not one character."""
    if kind is constants.ANY:
        return lambda _: True
    if kind is constants.LITERAL or kind is constants.NOT_LITERAL:
        wanted, positive = chr(argument), kind is constants.LITERAL
        if ignoring:
            both = {wanted.lower(), wanted.upper(), wanted}
            return lambda each: (each in both) is positive
        return lambda each: (each == wanted) is positive
    if kind is not constants.IN:
        return None
    known: dict[str, bool] = {}

    def test(each: str) -> bool:
        found = known.get(each)
        if found is None:
            cases = {each, each.lower(), each.upper()} if ignoring else {each}
            found = known[each] = any(_in_set(argument, ord(case)) for case in cases if len(case) == 1)
        return found

    return test


def _in_set(parts: Any, code: int) -> bool:
    negated = bool(parts) and parts[0][0] is constants.NEGATE
    for kind, argument in parts:
        if kind is constants.LITERAL and code == argument:
            return not negated
        if kind is constants.RANGE and argument[0] <= code <= argument[1]:
            return not negated
        if kind is constants.CATEGORY:
            raise Unsupported
    return negated


def _one(test: Test) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        state.tick()
        return go(place + 1) if place < len(state.text) and test(state.text[place]) else -1

    return run


def _repeated_one(test: Test, least: int, most: int, *, greedy: bool) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        text, furthest = state.text, place
        limit = min(len(text), place + most)
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


def _repeated(body: Matcher, least: int, most: int, inside: list[int], *, greedy: bool) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        def turn(count: int, at: int) -> int:
            state.tick()

            def once_more() -> int:
                """Take one more turn, at the start of which the groups inside hold nothing."""
                held = list(state.groups)
                for group in inside:
                    state.groups[group] = None
                end = body(
                    state, at, lambda then: -1 if then == at and count >= least else turn(count + 1, then)
                )
                if end < 0:
                    state.groups[:] = held
                return end

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
            end = go(at)
            if end < 0:
                state.groups[group] = held
            return end

        return body(state, place, close)

    return run


def _at(kind: Any) -> Matcher:
    def holds(text: str, place: int) -> bool:
        if kind in (constants.AT_BEGINNING_STRING, constants.AT_BEGINNING):
            return place == 0
        if kind in (constants.AT_END_STRING, constants.AT_END):
            return place == len(text)
        around = [_is_word(text[each]) for each in (place - 1, place) if 0 <= each < len(text)]
        edge = around in ([True], [True, False], [False, True])
        return edge is (kind is constants.AT_BOUNDARY)

    return lambda state, place, go: go(place) if holds(state.text, place) else -1


def _is_word(each: str) -> bool:
    return each == "_" or (each.isalnum() and each.isascii())


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


def _reference(group: int, *, ignoring: bool) -> Matcher:
    def run(state: _State, place: int, go: Go) -> int:
        span = state.groups[group]
        wanted = state.text[span[0] : span[1]] if span else ""
        given = state.text[place : place + len(wanted)]
        same = given.lower() == wanted.lower() if ignoring else given == wanted
        return go(place + len(wanted)) if same else -1

    return run


def _if_group(group: int, then: Matcher) -> Matcher:
    return lambda state, place, go: then(state, place, go) if state.groups[group] else go(place)
