"""Dates that are written in other ways than the standard's, read as browsers and Node have come to read them.

Words before the first number do not matter, brackets are left out, a month may have a name, and of three
numbers the first is the month unless it is too large.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[A-Za-z]+)|(?P<blank>\s+)|(?P<sign>.)", re.ASCII | re.DOTALL)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {
    **dict.fromkeys(("ut", "utc", "gmt", "z"), 0),
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
_LIMITS = (24, 60, 60, 1000)
_THIS_CENTURY, _LAST_CENTURY = 50, 100
_LARGEST = 400_000
_Token = tuple[str, str]


class _NotADate(Exception):  # noqa: N818 - it is what ends the reading
    pass


class _Reading:
    """What was read of a date so far."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.place = tokens, 0
        self.day: list[int] = []
        self.time: list[int] = []
        self.month: int | None = None
        self.half: str = ""
        self.zone_sign = 1
        self.zone_hour: int | None = None
        self.zone_minute: int | None = 0
        self.has_number = False

    def peek(self) -> _Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def take(self, sign: str) -> bool:
        found = self.peek() == ("sign", sign)
        self.place += found
        return found

    def read(self) -> None:
        while self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            self.place += 1
            if kind == "number":
                self._number(int(text[:9]))
            elif kind == "word":
                self._word(text.lower())
            elif kind == "sign":
                self._sign(text)

    def _number(self, value: int) -> None:
        self.has_number = True
        if self.take(":"):
            self.time.append(value)
            if len(self.time) > len(_LIMITS):
                raise _NotADate
        elif self.peek() == ("sign", ".") and self._continues_time(value):
            self.time.append(value)
            self.take(".")
            if self.peek()[0] == "number":
                self._fill_time(int(self.tokens[self.place][1].ljust(3, "0")[:3]))
                self.place += 1
        elif self.zone_hour is not None and self.zone_minute is None and value < 60:
            self.zone_minute = value
        elif self._continues_time(value):
            self._fill_time(value)
            kind, text = self.peek()
            if kind not in {"end", "blank"} and text not in {"Z", "z", "+", "-"}:
                raise _NotADate
        else:
            self.day.append(value)
            if len(self.day) > 3:
                raise _NotADate
            self.take("-")

    def _continues_time(self, value: int) -> bool:
        return 0 < len(self.time) < len(_LIMITS) and value < _LIMITS[len(self.time)]

    def _fill_time(self, value: int) -> None:
        self.time.append(value)
        self.time.extend([0] * (len(_LIMITS) - len(self.time)))

    def _word(self, word: str) -> None:
        if word in {"am", "pm"} and self.time:
            self.half = word
        elif word[:3] in _MONTHS:
            self.month = _MONTHS.index(word[:3]) + 1
            self.take("-")
        elif word in _ZONES and self.has_number:
            hours = _ZONES[word]
            self.zone_sign, self.zone_hour, self.zone_minute = (-1 if hours < 0 else 1), abs(hours), 0
        elif self.has_number or self.peek()[0] == "number":
            raise _NotADate

    def _sign(self, sign: str) -> None:
        is_utc = self.zone_hour == 0 and self.zone_minute == 0
        if sign in "+-" and (is_utc or self.time):
            self._offset(sign)
        elif sign in "+-)" and self.has_number:
            raise _NotADate
        elif sign == "(":
            self._skip_brackets()

    def _offset(self, sign: str) -> None:
        self.zone_sign = -1 if sign == "-" else 1
        kind, digits = self.peek()
        if kind != "number":
            raise _NotADate
        self.place += 1
        self.has_number = True
        value = int(digits[:9])
        if self.peek() == ("sign", ":"):
            self.place += 1
            self.zone_hour, self.zone_minute = value, None
        elif len(digits) <= 2:
            self.zone_hour, self.zone_minute = value, 0
        elif len(digits) <= 4:
            self.zone_hour, self.zone_minute = divmod(value, 100)
        else:
            raise _NotADate

    def _skip_brackets(self) -> None:
        depth = 1
        while depth and self.place < len(self.tokens):
            depth += {"(": 1, ")": -1}.get(self.tokens[self.place][1], 0)
            self.place += 1

    def date(self) -> tuple[int, int, int]:
        """Return year, month from 1 and day."""
        if not self.day:
            raise _NotADate
        first, second, third = [*self.day, 1, 1][:3]
        leads_with_year = not 1 <= first <= 31
        if self.month is not None:
            year, month, day = (first, self.month, second) if leads_with_year else (second, self.month, first)
        elif leads_with_year:
            year, month, day = first, second, third
        else:
            year, month, day = third, first, second
        if year < _THIS_CENTURY:
            year += 2000
        elif year < _LAST_CENTURY:
            year += 1900
        if not (1 <= month <= 12 and 1 <= day <= 31 and year <= _LARGEST):
            raise _NotADate
        return year, month, day

    def clock(self) -> list[int]:
        """Return hour, minute, second and millisecond."""
        found = [*self.time, 0, 0, 0, 0][: len(_LIMITS)]
        if self.half:
            if found[0] > 12:
                raise _NotADate
            found[0] = found[0] % 12 + 12 * (self.half == "pm")
        within = all(value < limit for value, limit in zip(found, _LIMITS, strict=True))
        if not within and found != [24, 0, 0, 0]:
            raise _NotADate
        return found

    def offset(self) -> int:
        """Return the minutes that the clock is ahead of UTC."""
        return self.zone_sign * ((self.zone_hour or 0) * 60 + (self.zone_minute or 0))


def _tokens(source: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(source):
        yield str(found.lastgroup), found[0]


def read_date(source: str) -> tuple[list[int], int] | None:
    """Return year, month from 1, day, hour, minute, second and millisecond, and the offset in minutes."""
    reading = _Reading(list(_tokens(source)))
    try:
        reading.read()
        return [*reading.date(), *reading.clock()], reading.offset()
    except _NotADate:
        return None
