"""Moments in every shape that logs hold, turned into microseconds since 1970 in UTC."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bisect_ml.sources.columns import ColumnProfile
from bisect_ml.sources.database import Database, identifier, literal, literals
from bisect_ml.sources.number_texts import PLAIN

TimeShape: TypeAlias = Literal["instant", "wall", "date", "epoch", "iso", "pattern"]

SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US

# Tried in this order where the text is not ISO 8601; the first that reads the most values of the sample
# wins. Which of day and month comes first is then told by all rows, in `date_orders`.
TEXT_PATTERNS = (
    "%Y%m%dT%H%M%S",
    "%Y%m%dT%H%M%SZ",
    "%d/%b/%Y:%H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %I:%M:%S %p",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
)
# Whole numbers that are dates, and how many times a day's number they are.
DIGIT_PATTERNS = {"%Y%m%d": 1, "%Y%m%d%H%M%S": 1_000_000}
# ISO text that ends without Z, a zone name or an offset.
NAIVE_ISO = r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?$"
WHOLE_YEAR = r"\d{4}\D.*"
SHORT_YEAR = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{1,2}(\D.*)?"
# Upper bounds of plausible epochs: 11 digits of seconds last until the year 5138.
EPOCH_UNITS = ((1e11, "seconds", SECOND_US), (1e14, "milliseconds", 1_000), (1e17, "microseconds", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFormat:
    """How the moments of one column are written.

    `zone` is where wall clock times without a zone of their own belong; `is_naive` says that they have
    none. `unit` names the unit of an epoch, `unit_us` is its length in microseconds, `pattern` the
    strptime pattern of a text, and `reason` says why it is this one where others fit too.
    """

    shape: TimeShape
    zone: str
    is_naive: bool = False
    is_text: bool = False
    unit: str = ""
    unit_us: float = 0.0
    pattern: str = ""
    reason: str = ""

    def sql(self, column: str) -> str:
        """Write the expression for microseconds since 1970 as BIGINT, NULL where there is no moment."""
        name = identifier(column)
        if self.shape == "instant":
            return f"epoch_us({name}::TIMESTAMPTZ)"
        if self.shape == "wall":
            return self._from_wall(f"{name}::TIMESTAMP")
        if self.shape == "date":
            return self._from_wall(f"{name}::TIMESTAMP")
        if self.shape == "epoch":
            return self._from_epoch(f"TRY_CAST({name} AS DOUBLE)")
        text = f"trim({name}::VARCHAR)"
        if self.shape == "pattern":
            digits = f"TRY_CAST({name} AS BIGINT)::VARCHAR"
            parsed = f"try_strptime({text if self.is_text else digits}, {literal(self.pattern)})"
            return f"epoch_us({parsed})" if _is_zoned(self.pattern) else self._from_wall(parsed)
        return self._from_iso(f"{name}::VARCHAR", mend_iso(f"{name}::VARCHAR"))

    def between(self, column: str, start_us: int, end_us: int) -> tuple[str, bool]:
        """Write a condition on the raw column for a window, by which files can be pruned.

        Returns:
            The condition, and whether it is exact; otherwise it lets more rows through, TRUE lets all.
        """
        name = identifier(column)
        if self.shape == "instant" or (self.shape == "wall" and self.zone == "UTC"):
            kind = "TIMESTAMPTZ" if self.shape == "instant" else "TIMESTAMP"
            # Other units are cast, which does not hinder the pruning.
            low, high = (f"make_{kind.lower()}({at})" for at in (start_us, end_us))
            return f"{name}::{kind} >= {low} AND {name}::{kind} < {high}", True
        if self.shape in ("wall", "date"):
            # No zone is a day from UTC.
            cast = "::DATE" if self.shape == "date" else ""
            low, high = (f"make_timestamp({at}){cast}" for at in (start_us - DAY_US, end_us + DAY_US))
            return f"{name} BETWEEN {low} AND {high}", False
        if self.shape == "epoch" and not self.is_text:
            first, last = int(start_us / self.unit_us) - 1, int(end_us / self.unit_us) + 1
            return f"{name} BETWEEN {first} AND {last}", False
        return "TRUE", False

    def _from_wall(self, wall: str) -> str:
        # An hour that the clock shows twice is taken as its second, one that it skips as the next one.
        return (
            f"epoch_us({wall})"
            if self.zone == "UTC"
            else f"epoch_us({wall} AT TIME ZONE {literal(self.zone)})"
        )

    def _from_iso(self, text: str, mended: str) -> str:
        # Blanks and decimal commas are mended only in the cells that need it.
        instant = f"epoch_us(coalesce({_cast(text, 'TIMESTAMPTZ')}, {_cast(mended, 'TIMESTAMPTZ')}))"
        if self.zone == "UTC":
            return instant
        naive = self._from_wall(f"coalesce({_cast(text, 'TIMESTAMP')}, {_cast(mended, 'TIMESTAMP')})")
        return f"CASE WHEN regexp_matches({mended}, {literal(NAIVE_ISO)}) THEN {naive} ELSE {instant} END"

    def _from_epoch(self, number: str) -> str:
        return f"TRY_CAST(round({number} * {self.unit_us!r}) AS BIGINT)"


def moment(text: str) -> str:
    """Write the moment that an SQL text says in ISO 8601 or a usual pattern, null where it says none."""
    iso = f"TRY_CAST({mend_iso(text)} AS TIMESTAMP)"
    return f"coalesce({iso}, try_strptime({text}, {literals(TEXT_PATTERNS)}))"


def guess_format(database: Database, profile: ColumnProfile, sample: str, zone: str) -> TimeFormat | None:
    """Tell how a column writes its moments, or None where it holds none.

    Numbers are epochs, their unit told by their size; whole numbers such as 20260304 are dates.
    """
    if profile.type == "instant":
        return TimeFormat(shape="instant", zone=zone)
    if profile.type == "wall":
        return TimeFormat(shape="wall", zone=zone, is_naive=True)
    if profile.type == "date":
        return TimeFormat(shape="date", zone=zone, is_naive=True)
    if profile.type not in ("number", "text"):
        return None
    if profile.mostly(profile.times):
        return _guess_text(database, profile, sample, zone)
    if profile.mostly(profile.numbers) and profile.writing.style == PLAIN:
        return _guess_epoch(database, profile, sample, zone)
    return None


def _guess_text(database: Database, profile: ColumnProfile, sample: str, zone: str) -> TimeFormat | None:
    text = f"trim({identifier(profile.name)}::VARCHAR)"
    iso, naive = database.row(
        f"SELECT count(CASE WHEN {text} SIMILAR TO {literal(WHOLE_YEAR)} "
        f"THEN TRY_CAST({mend_iso(text)} AS TIMESTAMP) END), "
        f"count(*) FILTER (regexp_matches({text}, {literal(NAIVE_ISO)})) FROM {sample}"
    )
    if profile.mostly(iso):
        return TimeFormat(shape="iso", zone=zone, is_naive=2 * naive > iso, is_text=True)
    moments = (f"try_strptime({text}, {literal(pattern)})" for pattern in TEXT_PATTERNS)
    # DuckDB reads 26 as a year too, the one of antiquity.
    patterns = ", ".join(f"count(*) FILTER (year({moment}) > 99)" for moment in moments)
    counts = database.row(f"SELECT {patterns} FROM {sample}")
    if not any(counts):
        return None
    pattern = TEXT_PATTERNS[max(range(len(counts)), key=lambda at: (counts[at], -at))]
    return TimeFormat(
        shape="pattern", zone=zone, is_naive=not _is_zoned(pattern), is_text=True, pattern=pattern
    )


def mend_iso(text: str) -> str:
    """Write ISO text as every DuckDB reads it: a point before fractions, seconds before a zone."""
    pointed = f"replace(trim({text}), ',', '.')"
    return rf"regexp_replace({pointed}, '([T ]\d\d:\d\d)(Z|[+-]\d\d(:?\d\d)?)$', '\1:00\2')"


def _cast(text: str, kind: str) -> str:
    return f"TRY_CAST({text} AS {kind})"


def _is_zoned(pattern: str) -> bool:
    # %z, %Z and a literal Z all make the instant itself, and all end a pattern.
    return pattern[-1] in "zZ"


def _guess_epoch(database: Database, profile: ColumnProfile, sample: str, zone: str) -> TimeFormat:
    is_text = profile.type == "text"
    (middle,) = database.row(f"SELECT median(TRY_CAST({identifier(profile.name)} AS DOUBLE)) FROM {sample}")
    if profile.integers == profile.numbers and profile.low is not None and profile.high is not None:
        for pattern, factor in DIGIT_PATTERNS.items():
            if 1900_01_01 * factor <= profile.low and profile.high < 2101_01_01 * factor:
                dates = TimeFormat(
                    shape="pattern", zone=zone, is_naive=True, is_text=is_text, pattern=pattern
                )
                (read,) = database.row(f"SELECT count({dates.sql(profile.name)}) FROM {sample}")
                if read == profile.numbers:
                    return dates
    unit, unit_us = next(
        ((unit, float(length)) for bound, unit, length in EPOCH_UNITS if abs(middle) < bound),
        ("nanoseconds", 1e-3),
    )
    return TimeFormat(shape="epoch", zone=zone, is_text=is_text, unit=unit, unit_us=unit_us)
