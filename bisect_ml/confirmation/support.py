"""How likely by chance the rows before and after a place are: inside their cells, and among all rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bisect_ml.confirmation.chances import smallest_p
from bisect_ml.confirmation.channels import channels, channels_inside
from bisect_ml.confirmation.hours import hours_of_the_week
from bisect_ml.populations import DAY_S
from bisect_ml.row_window import RowWindow
from bisect_ml.types import FloatArray, Slice, ValueRange

# Other traffic for some hours is the hour's, not the mix's.
SHORTEST_MIX_S = DAY_S / 2
# One in a hundred thousand, after the correction for some eighty tests, since the place was chosen because
# something seemed to move there. Most real breaks pass by dozens of orders of magnitude.
LARGEST_P = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How likely the rows around an incident are by chance: ranked inside cells, and among all rows."""

    inside_p: float
    overall_p: float

    @property
    def stands(self) -> bool:
        """Whether chance is no explanation."""
        return min(self.inside_p, self.overall_p) < LARGEST_P


def supported(
    rows: RowWindow,
    low: float,
    high: float,
    slices: Sequence[Slice] = (),
    ranges: Sequence[ValueRange] = (),
    stretch: float = 1.0,
) -> Support:
    """Test the rows before `low` against those from `high` on (epoch seconds).

    All rows are tested, those of each slice, and which rows lie in each range of values. All spans are
    `stretch` times as long as for rows that come all the time.
    """
    calendar = hours_of_the_week(rows.times, low, high)
    classes, cells = len(rows.classes), rows.cells
    inside = channels_inside(rows.values, cells, calendar, classes)
    overall = channels(rows.values, calendar, classes)
    chances = [smallest_p(rows.times, inside, low, high, stretch)]
    for each in slices:
        kept = rows.in_slice(each.column, each.value)
        own = channels_inside(rows.values[kept], cells[kept], calendar[kept], classes)
        chances.append(smallest_p(rows.times[kept], own, low, high, stretch))
    times = rows.times
    for within in ranges:
        held = channels_inside(_held(rows.values, within), cells, calendar, 1)[:, :1]
        chances.append(smallest_p(times, held, low, high, stretch, prior=np.inf))
    reach = min(low - float(times.min(initial=low)), float(times.max(initial=high)) - high)
    return Support(
        inside_p=min(1.0, min(chances) * len(chances)),
        overall_p=smallest_p(times, overall, low, high, stretch) if reach >= SHORTEST_MIX_S else 1.0,
    )


def _held(values: FloatArray, within: ValueRange) -> FloatArray:
    """Take the rows inside a range for one class and those outside for another; NaN where null."""
    codes: FloatArray = np.where(np.isfinite(values), np.where(within.holds(values), 0.0, 1.0), np.nan)
    return codes
