"""Time zones by the rules that they have kept for decades; before these, and for other zones, nobody knows.

The rules are those of the tz database for the European Union, North America and Australia. What the machine
at hand has installed is not asked, so that the same inputs give the same answers everywhere.
"""

import re
from typing import NamedTuple

from bisect_ml.javascript.library.dates import days_before, parts_of

_MINUTE_MS, _DAY_MS = 60_000.0, 86_400_000.0
_AREAS = frozenset(
    {
        *("africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia"),
        *("brazil", "canada", "chile", "etc", "europe", "indian", "mexico", "pacific"),
        "us",
    }
)
_WITHOUT_AREA = frozenset(
    {
        *("cet", "cst6cdt", "cuba", "eet", "est", "est5edt", "egypt", "eire", "gb"),
        *("gb-eire", "gmt", "gmt+0", "gmt-0", "gmt0", "greenwich", "hst", "hongkong"),
        *("iceland", "iran", "israel", "jamaica", "japan", "kwajalein", "libya", "met"),
        *("mst", "mst7mdt", "nz", "nz-chat", "navajo", "prc", "pst8pdt", "poland"),
        *("portugal", "roc", "rok", "singapore", "turkey", "uct", "utc", "universal"),
        *("w-su", "wet", "zulu"),
    }
)
_UTC = frozenset(
    {
        *("utc", "gmt", "etc/utc", "etc/gmt", "etc/uct", "uct", "zulu", "etc/zulu"),
        *("etc/universal", "universal"),
    }
)
_BY_HOURS = re.compile(r"Etc/GMT([+-])(\d|1[0-4])", re.IGNORECASE)
_FIXED, _EU, _EU_1981, _US, _AU = "fixed", "EU", "EU 1981", "US", "AU"
_FIRST_YEARS = {_FIXED: 1995, _EU: 1996, _EU_1981: 1981, _US: 1976, _AU: 2008}
_RULES: dict[tuple[str, int], str] = {
    (_EU, 0): "Europe/London Europe/Dublin",
    (_EU_1981, 60): (
        "Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna"
        " Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Prague"
    ),
    (_EU, 60): "Europe/Warsaw Europe/Budapest",
    (_EU, 120): "Europe/Athens Europe/Helsinki",
    (_US, -300): "America/New_York America/Toronto US/Eastern",
    (_US, -360): "America/Chicago US/Central",
    (_US, -420): "America/Denver US/Mountain",
    (_US, -480): "America/Los_Angeles America/Vancouver US/Pacific",
    (_AU, 600): "Australia/Sydney Australia/Melbourne",
    (_FIXED, 600): "Australia/Brisbane",
    (_FIXED, 540): "Asia/Tokyo Asia/Seoul Japan",
    (_FIXED, 480): "Asia/Shanghai Asia/Singapore Asia/Hong_Kong Asia/Taipei Australia/Perth",
    (_FIXED, 420): "Asia/Bangkok",
    (_FIXED, 345): "Asia/Katmandu Asia/Kathmandu",
    (_FIXED, 330): "Asia/Calcutta Asia/Kolkata",
    (_FIXED, 240): "Asia/Dubai",
    (_FIXED, 180): "Africa/Nairobi Asia/Riyadh",
    (_FIXED, 120): "Africa/Johannesburg",
    (_FIXED, 60): "Africa/Lagos",
    (_FIXED, -300): "America/Bogota America/Lima",
    (_FIXED, -420): "America/Phoenix",
    (_FIXED, -600): "Pacific/Honolulu",
}
_ALIASES = {
    "US/Eastern": "America/New_York",
    "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver",
    "US/Pacific": "America/Los_Angeles",
    "Japan": "Asia/Tokyo",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Kathmandu": "Asia/Katmandu",
}
_LETTERS = {-300: "E", -360: "C", -420: "M", -480: "P", -600: "H"}


class _Zone(NamedTuple):
    """A zone: its name, the rule of its summer time, and its minutes from UTC in winter."""

    name: str
    rule: str
    minutes: int


_ZONES = {
    name.lower(): _Zone(_ALIASES.get(name, name), rule, minutes)
    for (rule, minutes), names in _RULES.items()
    for name in names.split()
}
# Perth tried summer time later than others.
_LATER = {"Australia/Perth": 2010}


class Moment(NamedTuple):
    """What clocks in a zone show: minutes from UTC, and the short name of its time in American English."""

    minutes: int
    name: str


def is_zone(name: str) -> bool:
    """Return whether there may be a zone of that name."""
    if name.lower() in _WITHOUT_AREA or name.lower() in _UTC:
        return True
    area, slash, place = name.partition("/")
    if area.lower() == "etc":
        return _BY_HOURS.fullmatch(name) is not None or name.lower() in {"etc/gmt0", "etc/greenwich"}
    return bool(slash and place) and area.lower() in _AREAS


def canonical(name: str) -> str:
    """Return how a zone is called in full; as it was written where that is not known."""
    if name.lower() in _UTC:
        return "UTC"
    return _ZONES[name.lower()].name if name.lower() in _ZONES else name


def clock_at(name: str, moment: float) -> Moment | None:
    """Return how far clocks in a zone are from UTC; None where that is not known here.

    Args:
        name: Of the zone, in any capitals.
        moment: Milliseconds since 1970.
    """
    if name.lower() in _UTC:
        return Moment(0, "UTC")
    if by_hours := _BY_HOURS.fullmatch(name):
        # The sign says how far west of Greenwich the zone is.
        minutes = int(by_hours[2]) * (-60 if by_hours[1] == "+" else 60)
        return Moment(minutes, _by_hours(minutes))
    zone = _ZONES.get(name.lower())
    if zone is None:
        return None
    year = parts_of(moment + zone.minutes * _MINUTE_MS)[0]
    if year < _LATER.get(zone.name, _FIRST_YEARS[zone.rule]):
        return None
    is_summer = _is_summer(zone, year, moment)
    minutes = zone.minutes + 60 * is_summer
    letter = _LETTERS.get(zone.minutes)
    if letter and (zone.rule == _US or zone.name in {"America/Phoenix", "Pacific/Honolulu"}):
        return Moment(minutes, f"{letter}{'D' if is_summer else 'S'}T")
    return Moment(minutes, _by_hours(minutes))


def _by_hours(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    shown = f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}" if minutes else ""
    return f"GMT{shown}"


def _is_summer(zone: _Zone, year: int, moment: float) -> bool:
    if zone.rule in {_EU, _EU_1981}:
        # All change at one o'clock in the morning of UTC.
        begin, end = _last_sunday(year, 3), _last_sunday(year, 10 if year >= 1996 else 9)
        return begin + 60 * _MINUTE_MS <= moment < end + 60 * _MINUTE_MS
    if zone.rule == _US:
        if year >= 2007:
            begin, end = _sunday(year, 3, 8), _sunday(year, 11, 1)
        else:
            begin = _sunday(year, 4, 1) if year >= 1987 else _last_sunday(year, 4)
            end = _last_sunday(year, 10)
        return begin + (120 - zone.minutes) * _MINUTE_MS <= moment < end + (60 - zone.minutes) * _MINUTE_MS
    if zone.rule == _AU:
        shift = (120 - zone.minutes) * _MINUTE_MS
        return not _sunday(year, 4, 1) + shift <= moment < _sunday(year, 10, 1) + shift
    return False


def _sunday(year: int, month: int, first: int) -> float:
    """Return the start of the first Sunday of a month from a day on, in milliseconds since 1970."""
    day = days_before(year, month - 1) + first - 1
    return (day + (3 - day) % 7) * _DAY_MS


def _last_sunday(year: int, month: int) -> float:
    return _sunday(year, month, 25 if month in {3, 10} else 24)
