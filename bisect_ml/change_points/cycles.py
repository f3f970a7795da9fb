"""The clocks that a season can follow: the day and the week, in local time where times are known."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from bisect_ml.errors import ConfigError
from bisect_ml.types import FloatArray

DAY_S = 86_400.0
WEEK_DAYS = 7
YEAR_DAYS = 365.2425
THURSDAY = 3  # weekday of 1 January 1970
GUESSED_PERIODS = (24, 168, 7, 12, 4)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cycle:
    """A clock of `length` buckets a turn; `phase` counts turns, a number per bucket."""

    name: str
    length: float
    phase: FloatArray

    def at(self, index: NDArray[np.int64]) -> "Cycle":
        """The same clock read at some buckets only."""
        return replace(self, phase=self.phase[index])


def period_cycles(positions: FloatArray, day: float) -> tuple[Cycle, ...]:
    """Day and week from the number of buckets in a day."""
    return (
        Cycle(name="day", length=day, phase=positions / day),
        Cycle(name="week", length=WEEK_DAYS * day, phase=positions / (WEEK_DAYS * day)),
    )


def guessed_cycles(positions: FloatArray) -> tuple[Cycle, ...]:
    """Usual periods, where nothing is known of the calendar: hours, days, months and quarters."""
    return tuple(
        Cycle(name=f"every {length}", length=float(length), phase=positions / length)
        for length in GUESSED_PERIODS
    )


def calendar_cycles(seconds: FloatArray, width_s: float, timezone: str) -> tuple[Cycle, ...]:
    """Local time of day and of the week, daylight-saving changes included; a week starts on Monday.

    Buckets of many days follow the year instead.
    """
    days = (seconds + utc_offsets_s(seconds, timezone)) / DAY_S
    cycles = []
    if width_s <= DAY_S / 2:
        cycles.append(Cycle(name="day", length=DAY_S / width_s, phase=days))
    if width_s <= WEEK_DAYS * DAY_S / 2:
        cycles.append(
            Cycle(name="week", length=WEEK_DAYS * DAY_S / width_s, phase=(days + THURSDAY) / WEEK_DAYS)
        )
    if WEEK_DAYS * DAY_S / 2 < width_s <= YEAR_DAYS * DAY_S / 2:
        years = days / YEAR_DAYS
        cycles.append(Cycle(name="year", length=YEAR_DAYS * DAY_S / width_s, phase=years))
    return tuple(cycles)


def utc_offsets_s(seconds: FloatArray, timezone: str) -> FloatArray:
    """Seconds that local time is ahead of UTC at each moment.

    Raises:
        ConfigError: The zone is not in the time zone database.
    """
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"unknown time zone {timezone!r}", "Use a name such as Europe/Oslo or UTC."
        ) from error
    if timezone == "UTC":
        return np.zeros_like(seconds)
    hours, where = np.unique(np.floor(seconds / 900), return_inverse=True)
    offsets = [_offset_s(quarter * 900, zone) for quarter in hours]
    return np.array(offsets)[where]


def _offset_s(epoch_s: float, zone: ZoneInfo) -> float:
    offset = datetime.fromtimestamp(epoch_s, tz=zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()
