"""When buckets were taken, and the cycles that a season can follow: day and week, in local time if known."""

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
WOBBLE = 0.12  # of a width: months are regular
MOST_OFF_GRID = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cycle:
    """A clock of `length` buckets a turn; `phase` counts turns, a number per bucket."""

    name: str
    length: float
    phase: FloatArray

    def at(self, index: NDArray[np.int64]) -> "Cycle":
        """The same clock read at some buckets only."""
        return replace(self, phase=self.phase[index])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clock:
    """When each bucket of a series was taken.

    `step` counts buckets since the first (positions, where the times are irregular). `cycles` are those
    that a season can follow; `has_calendar` tells whether they show real local time. Series that are
    not `is_regular` have points whenever something happened: a commit, a release.
    """

    step: FloatArray
    cycles: tuple[Cycle, ...]
    has_calendar: bool = False
    is_regular: bool = True

    @property
    def span(self) -> float:
        """Buckets from the first to the last, both counted."""
        return float(self.step[-1] - self.step[0] + 1)

    def at(self, index: NDArray[np.int64]) -> "Clock":
        """The same clock read at some buckets only."""
        return replace(self, step=self.step[index], cycles=tuple(cycle.at(index) for cycle in self.cycles))


def plain_clock(length: int, day: float | None) -> Clock:
    """The clock of buckets without times: `day` is the number of buckets in a day, or None."""
    positions = np.arange(length, dtype=np.float64)
    cycles = _guessed_cycles(positions) if day is None else _period_cycles(positions, day)
    return Clock(step=positions, cycles=cycles)


def calendar_clock(seconds: FloatArray, timezone: str) -> Clock:
    """The clock of buckets that start at `seconds` (epoch, strictly increasing)."""
    offsets_s = utc_offsets_s(seconds, timezone)
    positions = np.arange(len(seconds), dtype=np.float64)
    if len(seconds) < 2:
        return Clock(step=positions, cycles=())
    width_s = float(np.median(np.diff(seconds)))
    gaps = np.diff(seconds) / width_s
    off_grid = np.abs(gaps - np.round(gaps)) > WOBBLE
    if off_grid.mean() > MOST_OFF_GRID:
        return Clock(step=positions, cycles=(), is_regular=False)
    step = np.concatenate([[0.0], np.cumsum(np.maximum(np.round(gaps), 1.0))])
    return Clock(step=step, cycles=_calendar_cycles(seconds + offsets_s, width_s), has_calendar=True)


def _period_cycles(positions: FloatArray, day: float) -> tuple[Cycle, ...]:
    """Day and week from the number of buckets in a day."""
    return (
        Cycle(name="day", length=day, phase=positions / day),
        Cycle(name="week", length=WEEK_DAYS * day, phase=positions / (WEEK_DAYS * day)),
    )


def _guessed_cycles(positions: FloatArray) -> tuple[Cycle, ...]:
    """Usual periods, where nothing is known of the calendar: hours, days, months and quarters."""
    return tuple(
        Cycle(name=f"every {length}", length=float(length), phase=positions / length)
        for length in GUESSED_PERIODS
    )


def _calendar_cycles(local_s: FloatArray, width_s: float) -> tuple[Cycle, ...]:
    """The day and the week by local time, so that they hold over daylight-saving changes.

    A week starts on Monday. Buckets of many days follow the year instead.
    """
    days = local_s / DAY_S
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
            f"unknown time zone {timezone!r}", "use a name such as Europe/Oslo or UTC"
        ) from error
    if timezone == "UTC":
        return np.zeros_like(seconds)
    hours, where = np.unique(np.floor(seconds / 900), return_inverse=True)
    offsets = [_offset_s(quarter * 900, zone) for quarter in hours]
    return np.array(offsets)[where]


def _offset_s(epoch_s: float, zone: ZoneInfo) -> float:
    offset = datetime.fromtimestamp(epoch_s, tz=zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()
