"""One column of a log, as a sample of its rows shows it."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bisect_ml.sources.column_names import TIMESTAMP_NAMES, parted
from bisect_ml.sources.number_texts import PLAIN, UNTOLD, NumberGuess

ColumnType: TypeAlias = Literal["instant", "wall", "date", "number", "boolean", "text", "other"]

TIME_ENDINGS = ("_at", "_ts", "_time", "_timestamp", "_date", "_datetime")
ID_PATTERN = re.compile(r"(^|_)(id|uuid|guid|key|hash|idx|index|rowid|row|seq|trace|span)$")
# As seconds since 1970 it is in August 1970, as a date such as 20260304 in the year 1900.
LOWEST_TIME = 1900_01_01


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One column, as a sample of the rows shows it.

    `type` is the column's own type: an `instant` has a zone, a `wall` clock time has none. `filled`
    values are there, of which `distinct` differ, `numbers` read as a number, `integers` as a whole
    one, `times` as a moment in text and `booleans` as true or false. `low` and `high` bound the numbers,
    `writing` is how text writes them, and `other` is a text that is none.
    """

    name: str
    type: ColumnType
    filled: int
    distinct: int
    numbers: int = 0
    integers: int = 0
    times: int = 0
    booleans: int = 0
    low: float | None = None
    high: float | None = None
    writing: NumberGuess = UNTOLD
    other: str | None = None

    def mostly(self, count: int) -> bool:
        """Whether a count is more than half of the values that are there."""
        return count > 0 and 2 * count > self.filled

    @property
    def plain(self) -> str:
        """The name as it is compared."""
        return parted(self.name).replace(".", "_")

    @property
    def is_time(self) -> bool:
        """Whether the column can say when."""
        if self.type in ("instant", "wall", "date") or self.mostly(self.times):
            return True
        # Numbers can count anything, so that their column must also be called a time.
        called = self.plain in TIMESTAMP_NAMES or self.plain.endswith(TIME_ENDINGS)
        plain = self.is_number and self.writing.style == PLAIN
        return called and plain and self.low is not None and self.low >= LOWEST_TIME

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers, as such or as text."""
        return self.type == "number" or (self.type == "text" and self.mostly(self.numbers))

    @property
    def is_fraction(self) -> bool:
        """Whether the column holds numbers that are not all whole."""
        return self.is_number and self.integers < self.numbers

    @property
    def is_identifier(self) -> bool:
        """Whether the values tell rows apart, not kinds of rows."""
        many = self.filled >= 20 and self.distinct > self.filled / 2
        return many and not self.is_fraction and (self.type == "text" or bool(ID_PATTERN.search(self.plain)))
