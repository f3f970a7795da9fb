"""Many series at once: the bar rises with their number."""

from collections.abc import Sequence

import numpy as np

from bisect_ml.change_points.clock import Clock, calendar_clock
from bisect_ml.change_points.detector import find_change_points
from bisect_ml.change_points.observed import observe_checked
from bisect_ml.types import ChangePoint, Series

FALSE_ALARM_RATE = 0.05
RATE_OF_ONE = 0.03  # chance of a false change point in one quiet series at the plain price


def detect_all(
    series: Sequence[Series], *, timezone: str = "UTC", false_alarm_rate: float = FALSE_ALARM_RATE
) -> tuple[tuple[ChangePoint, ...], ...]:
    """Find the changes of every series of a report, in the order given.

    Args:
        series: Metrics and slices. The row count (`count`) never breaks by itself: traffic is
            not a prediction.
        timezone: The zone whose days and weeks they follow.
        false_alarm_rate: The chance, in a report of quiet series, of any change point at all.
    """
    watched = [one for one in series if one.metric != "count"]
    extra = extra_price(len(watched), false_alarm_rate)
    clocks: dict[bytes, Clock] = {}
    found: list[tuple[ChangePoint, ...]] = []
    for one in series:
        if one.metric == "count":
            found.append(())
            continue
        key = one.times.tobytes()
        if key not in clocks:
            clocks[key] = calendar_clock(one.times, timezone)
        observed = observe_checked(one.values, one.counts, clocks[key])
        found.append(tuple(find_change_points(observed, extra=extra, metric=one.metric, screened=True)))
    return tuple(found)


def extra_price(series: int, false_alarm_rate: float) -> float:
    """What a step must gain beyond the plain price, as a chance falls by e for every two units."""
    return max(0.0, 2 * float(np.log(max(series, 1) * RATE_OF_ONE / false_alarm_rate)))
