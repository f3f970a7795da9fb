"""The ways in which deploy logs write a moment, read into aware UTC datetimes."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

# An epoch number counts seconds, or thousandths, millionths, billionths of one; deploys happened
# between 1990 and 2100, so its size tells which.
_EPOCH_RANGE_S = (631_152_000.0, 4_102_444_800.0)
_EPOCH = re.compile(r"\d{9,20}(?:\.\d+)?")
_GO_TIME = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d{4}) [A-Z+-]\w*(?: m=.*)?")
_UNIX_DATE = (
    "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %Z %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
)


def parse_moment(value: Any, zone: ZoneInfo) -> datetime:
    """Read a moment: ISO 8601, epoch numbers, RFC 2822, and what `date` and Go print.

    Args:
        value: A text, a number, or a datetime.
        zone: The zone of a moment that names none.

    Raises:
        ValueError: It is none of these. Day and month in figures without the year first are refused,
            since nobody can tell which is which.
    """
    if isinstance(value, datetime):
        return _in_utc(value, zone)
    if isinstance(value, date):
        return _in_utc(datetime(value.year, value.month, value.day), zone)  # noqa: DTZ001 - `_in_utc` adds the zone
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    text = str(value).strip()
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    if go := _GO_TIME.fullmatch(text):
        text = f"{go.group(1)}{go.group(2)}"
    text = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text)
    try:
        return _in_utc(datetime.fromisoformat(text), zone)
    except ValueError:
        return _in_utc(_from_words(text.removesuffix("+00:00").strip(), text), zone)


def _from_words(text: str, whole: str) -> datetime:
    for pattern in _UNIX_DATE:
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007 - added below
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if whole != text else moment
    return parsedate_to_datetime(text if whole == text else f"{text} +0000")


def _from_epoch(number: float) -> datetime:
    low, high = _EPOCH_RANGE_S
    for unit in (1.0, 1e3, 1e6, 1e9):
        if low <= number / unit <= high:
            return datetime.fromtimestamp(number / unit, UTC)
    raise ValueError(f"no epoch time: {number:g}")


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
