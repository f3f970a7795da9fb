"""What `re` finds, found by the search that counts its steps."""

import re
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from bisect_ml.interpreter.backtracking import Backtracker, Span
from bisect_ml.interpreter.limits import LARGEST
from bisect_ml.interpreter.machine import Exhausted, Machine, Unsupported

_UNDERSTOOD = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.ASCII | re.UNICODE)


class Match:
    """What was found, as `re.Match` tells it."""

    def __init__(self, pattern: Any, text: str, spans: list[Span | None], last: int | None) -> None:
        self.re, self.string, self.lastindex = pattern, text, last
        self.pos, self.endpos = 0, len(text)
        self._spans = spans

    def _number(self, group: Any) -> int:
        number = self.re.groupindex.get(group, -1) if isinstance(group, str) else group
        if not isinstance(number, int) or not 0 <= number < len(self._spans):
            raise IndexError("no such group")
        return number

    def _of(self, number: int, default: Any = None) -> Any:
        span = self._spans[number]
        return default if span is None else self.string[span[0] : span[1]]

    def __getitem__(self, group: Any) -> Any:
        return self._of(self._number(group))

    def group(self, *groups: Any) -> Any:
        """Return what groups hold."""
        found = [self[each] for each in groups or (0,)]
        return found[0] if len(found) == 1 else tuple(found)

    def groups(self, default: Any = None) -> tuple[Any, ...]:
        """Return what all groups hold."""
        return tuple(self._of(number, default) for number in range(1, len(self._spans)))

    def groupdict(self, default: Any = None) -> dict[str, Any]:
        """Return what the groups hold that have names."""
        return {name: self._of(number, default) for name, number in self.re.groupindex.items()}

    @property
    def lastgroup(self) -> Any:
        """The name of the group that was closed last."""
        return next((name for name, number in self.re.groupindex.items() if number == self.lastindex), None)

    def span(self, group: Any = 0) -> Span:
        """Return where a group begins and ends."""
        return self._spans[self._number(group)] or (-1, -1)

    def start(self, group: Any = 0) -> int:
        """Return where a group begins."""
        return self.span(group)[0]

    def end(self, group: Any = 0) -> int:
        """Return where a group ends."""
        return self.span(group)[1]

    def expand(self, template: str) -> str:
        """Return a text with what groups hold in it."""
        # Of two versions of Python, one gives a list and one pairs of lists.
        parsed = parser.parse_template(template, self.re)
        if isinstance(parsed, tuple):
            groups, literals = parsed
            parts = list(literals)
            for place, group in groups:
                parts[place] = self._of(group, "")
        else:
            parts = [self._of(each, "") if isinstance(each, int) else each for each in parsed]
        return "".join(parts)


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: int) -> Backtracker:
    if flags & ~_UNDERSTOOD:
        raise Unsupported
    return Backtracker(pattern, flags & ~int(re.UNICODE))


class Search:
    """The methods of a pattern whose search takes steps.

    Args:
        machine: Whose steps.
        pattern: The pattern.
        name: The method.
    """

    def __init__(self, machine: Machine, pattern: "re.Pattern[str]", name: str) -> None:
        self._machine, self._pattern, self._name = machine, pattern, name
        self._compiled = _compiled(pattern.pattern, pattern.flags)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the method does."""
        return getattr(self, f"_{self._name}")(*args, **kwargs)

    def _at(self, text: str, place: int, end: int, **how: bool) -> Match | None:
        self._machine.spend()
        found = self._compiled.match(text, place, self._machine.spend, end=end, **how)
        return None if found is None else Match(self._pattern, text, *found)

    def _match(self, string: str, pos: int = 0, endpos: int = LARGEST, **how: bool) -> Match | None:
        return self._at(string, min(pos, len(string)), min(endpos, len(string)), **how)

    def _fullmatch(self, string: str, pos: int = 0, endpos: int = LARGEST) -> Match | None:
        return self._match(string, pos, endpos, whole=True)

    def _search(self, string: str, pos: int = 0, endpos: int = LARGEST) -> Match | None:
        return next(self._finditer(string, pos, endpos), None)

    def _finditer(self, string: str, pos: int = 0, endpos: int = LARGEST) -> Iterator[Match]:
        place, end, not_empty = pos, min(endpos, len(string)), False
        while place <= end:
            found = self._at(string, place, end, not_empty=not_empty)
            if found is None:
                place, not_empty = place + 1, False
                continue
            yield found
            not_empty = found.end() == found.start()
            place = found.end()

    def _findall(self, string: str, pos: int = 0, endpos: int = LARGEST) -> list[Any]:
        found: list[Any] = []
        for each in self._finditer(string, pos, endpos):
            groups = each.groups("") or (each.group(),)
            found.append(groups if len(groups) > 1 else groups[0])
        return found

    def _split(self, string: str, maxsplit: int = 0) -> list[Any]:
        parts: list[Any] = []
        place = 0
        for count, each in enumerate(self._finditer(string), 1):
            parts += [string[place : each.start()], *each.groups()]
            place = each.end()
            if count == maxsplit:
                break
        return [*parts, string[place:]]

    def _sub(self, repl: Any, string: str, count: int = 0) -> str:
        return self._subn(repl, string, count)[0]

    def _subn(self, repl: Any, string: str, count: int = 0) -> tuple[str, int]:
        put: Callable[[Match], Any] = repl if callable(repl) else lambda match: match.expand(repl)
        parts: list[str] = []
        place = number = size = 0
        for number, each in enumerate(self._finditer(string), 1):
            parts += [string[place : each.start()], str(put(each))]
            size += len(parts[-1])
            if size > LARGEST:
                raise Exhausted
            place = each.end()
            if number == count:
                break
        return "".join((*parts, string[place:])), number
