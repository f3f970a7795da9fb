"""Numbers, moments and lengths of time as people read them.

Moments are printed in UTC in ISO order, which no country misreads.
"""

import math
from datetime import datetime, timedelta

from bisect_ml.types import SHARES

# From this ratio on, and below its inverse, a change reads better as a factor than in per cent.
_FACTOR_FROM = 1.95


def number(value: float | None, digits: int = 3) -> str:
    """Write a number with so many significant digits, `n/a` where there is none."""
    if value is None or math.isnan(value):
        return "n/a"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude >= 9 or magnitude < -4:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        return f"{_minus(mantissa)}e{int(exponent)}"
    text = f"{value:,.{max(0, digits - 1 - magnitude)}f}"
    return _minus(text.rstrip("0").rstrip(".") if "." in text else text)


def count(value: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: `1 commit`, `12,000 rows`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def probability(value: float) -> str:
    """Write a probability in whole per cent, never rounded to certainty."""
    if not 0 <= value <= 1:
        return "n/a"
    if value == 0:
        return "0%"
    if value < 0.01:
        return "<1%"
    if value > 0.99:
        return ">99%"
    return f"{value:.0%}"


def share(value: float, digits: int = 3) -> str:
    """Write a share of rows in per cent."""
    return f"{number(value * 100, digits)}%"


def moment(value: datetime, *, seconds: bool = False, zone: bool = True) -> str:
    """Write a UTC moment to the minute, or to the second."""
    return f"{value:%Y-%m-%d %H:%M:%S}"[: 19 if seconds else 16] + (" UTC" if zone else "")


def span(start: datetime, end: datetime, *, joined: str = "to") -> str:
    """Write two UTC moments, the day of the second only where it differs."""
    seconds = end - start < timedelta(minutes=2)
    last = moment(end, seconds=seconds, zone=False)
    if end.date() == start.date():
        last = last[11:]
    return f"{moment(start, seconds=seconds, zone=False)} {joined} {last} UTC"


def duration(seconds: float) -> str:
    """Write a length of time in its one or two largest units, at most to the minute from a minute on."""
    left = round(abs(seconds))
    if left < 60:
        return f"{left} s"
    parts: list[str] = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        amount, left = divmod(left, size)
        if amount:
            parts.append(f"{amount} {unit}")
        elif parts:
            break
    return " ".join(parts[:2])


def is_rate(metric: str) -> bool:
    """Say whether a metric is a share of rows, which is read in per cent."""
    return metric.startswith(SHARES)


def measure(value: float | None, metric: str, digits: int = 3) -> str:
    """Write a value of a metric, shares of rows in per cent."""
    if value is None or math.isnan(value):
        return "n/a"
    return share(value, digits) if is_rate(metric) else number(value, digits)


def change(before: float | None, after: float | None, metric: str) -> str:
    """Write how far a metric moved: as a factor, in per cent, or in points for shares of rows."""
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return ""
    if is_rate(metric):
        return f"{signed((after - before) * 100)} points"
    if before == 0 or after == 0 or (before < 0) != (after < 0):
        return signed(after - before)
    ratio = after / before
    if ratio >= _FACTOR_FROM:
        return f"×{number(ratio)}"
    if ratio <= 1 / _FACTOR_FROM:
        return f"÷{number(1 / ratio)}"
    return f"{signed((ratio - 1) * 100)}%"


def signed(value: float) -> str:
    """Write a number with its sign, also where it is positive."""
    return f"+{number(value)}" if value >= 0 else number(value)


def _minus(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text
