"""Dates as `Intl` writes them in American English; what is asked for beyond that is unknown."""

from collections.abc import Mapping
from typing import Any

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_OF_DATE, _OF_TIME = ("weekday", "year", "month", "day"), ("hour", "minute", "second")
_KNOWN = frozenset(
    {*_OF_DATE, *_OF_TIME, "era", "hour12", "hourCycle", "timeZone", "timeZoneName", "dateStyle", "timeStyle"}
)
_NOT_KNOWN = frozenset({"calendar", "dayPeriod", "fractionalSecondDigits", "numberingSystem"})
_ERAS = {"long": ("Before Christ", "Anno Domini"), "short": ("BC", "AD"), "narrow": ("B", "A")}
_STYLES: dict[str, dict[str, str]] = {
    "full": {"weekday": "long", "year": "numeric", "month": "long", "day": "numeric"},
    "long": {"year": "numeric", "month": "long", "day": "numeric"},
    "medium": {"year": "numeric", "month": "short", "day": "numeric"},
    "short": {"year": "2-digit", "month": "numeric", "day": "numeric"},
}
Part = tuple[str, str]
"""What a part of a date is called, and how it is written."""


def english_date(parts: list[int], options: Mapping[str, Any], zone: str = "UTC") -> list[Part] | None:
    """Return the parts of a date as English writes them; None where the options ask for what is not known.

    Args:
        parts: Year, month from 0, day, hour, minute, second, millisecond and day of the week.
        options: Those of `Intl.DateTimeFormat`; what it does not have is not looked at.
        zone: The short name of the time zone that the parts are of.
    """
    if not _NOT_KNOWN.isdisjoint(options) or parts[0] >= 10_000 or (parts[0] < 1 and "era" not in options):
        return None
    asked = _with_styles({name: value for name, value in options.items() if name in _KNOWN})
    if asked is None:
        return None
    date, clock = _date(parts, asked), _clock(parts, asked, zone)
    if date is None or clock is None:
        return None
    if not date or not clock:
        return [*date, *clock]
    joint = (
        " at " if asked.get("month") == "long" else ", " if len(date) > 1 or "weekday" not in asked else " "
    )
    return [*date, ("literal", joint), *clock]


def _with_styles(options: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the options with what a style stands for."""
    date, time = options.get("dateStyle"), options.get("timeStyle")
    if date is None and time is None:
        return dict(options)
    if {*_OF_DATE, *_OF_TIME}.intersection(options) or not {date, time} <= {*_STYLES, None} or time == "full":
        return None
    asked = {**options, **_STYLES.get(date or "", {})}
    if time is not None:
        asked |= {"hour": "numeric", "minute": "numeric"}
        asked |= {} if time == "short" else {"second": "numeric"}
        asked |= {"timeZoneName": "short"} if time == "long" else {}
    return asked


def _number(value: int, how: str) -> str:
    return f"{value % 100:02d}" if how == "2-digit" else str(value)


def _date(parts: list[int], asked: Mapping[str, Any]) -> list[Part] | None:
    shown = {each: asked[each] for each in _OF_DATE if each in asked}
    named = shown.get("month") in {"long", "short", "narrow"}
    # Odd combinations are written in odd ways.
    if not all(isinstance(each, str) for each in shown.values()):
        return None
    if len(shown) > 1 and ("month" not in shown or ("weekday" in shown and "day" not in shown)):
        return None
    texts: dict[str, str] = {}
    # Before the first year of an era come those of the one before it, counted backwards.
    year = parts[0] if parts[0] > 0 else 1 - parts[0]
    for name, value in zip(("year", "month", "day"), (year, *parts[1:3]), strict=True):
        if name in shown:
            texts[name] = _number(value + (name == "month"), shown[name])
    if named:
        texts["month"] = _named(_MONTHS[parts[1]], shown["month"])
    order = ("month", "day", "year")
    between = {"day": " ", "year": ", " if "day" in texts else " "} if named else {"day": "/", "year": "/"}
    made: list[Part] = []
    if "weekday" in shown:
        made.append(("weekday", _named(_DAYS[parts[7]], shown["weekday"])))
    for name in order:
        if name in texts:
            if made:
                made.append(("literal", ", " if made[-1][0] == "weekday" else between[name]))
            made.append((name, texts[name]))
    return made if "era" not in asked else _with_era(made, parts[0], asked["era"])


def _with_era(made: list[Part], year: int, how: Any) -> list[Part] | None:
    """Return a date with its era behind it; None where it has no year, or how is not known."""
    if how not in _ERAS or not made or made[-1][0] != "year":
        return None
    return [*made, ("literal", " "), ("era", _ERAS[how][year > 0])]


def _named(name: str, how: str) -> str:
    return {"long": name, "short": name[:3], "narrow": name[:1]}.get(how, name)


def _clock(parts: list[int], asked: Mapping[str, Any], zone: str) -> list[Part] | None:
    shown = [each for each in _OF_TIME if each in asked]
    behind = [("literal", " "), ("timeZoneName", zone)] if asked.get("timeZoneName") == "short" else []
    if asked.get("timeZoneName", "short") != "short" or (behind and not shown) or shown == ["hour", "second"]:
        return None
    cycle = asked.get("hourCycle", "h12")
    if "hour12" in asked:
        cycle = "h12" if asked["hour12"] is True else "h24"
    made: list[Part] = []
    for name, value in zip(_OF_TIME, parts[3:6], strict=True):
        if name in shown:
            made += [("literal", ":")] if made else []
            made.append((name, _unit(name, value, asked[name], cycle, alone=len(shown) == 1)))
    if "hour" in shown and cycle == "h12":
        made += [("literal", " "), ("dayPeriod", "AM" if parts[3] < 12 else "PM")]
    return [*made, *behind]


def _unit(name: str, value: int, how: str, cycle: str, *, alone: bool) -> str:
    if name != "hour":
        return str(value) if alone else f"{value:02d}"
    if cycle == "h12":
        value = value % 12 or 12
        return f"{value:02d}" if how == "2-digit" else str(value)
    return f"{24 if cycle == 'h24' and value == 0 else value:02d}"
