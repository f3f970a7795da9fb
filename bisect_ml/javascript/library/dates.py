"""`Date`, in a world that is always at the same moment, and in UTC."""

import math
import re
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import integer, number, primitive, text
from bisect_ml.javascript.library.date_texts import read_date
from bisect_ml.javascript.library.defining import Definer, takes
from bisect_ml.javascript.objects import TO_PRIMITIVE, JSFunction, JSObject
from bisect_ml.javascript.properties import call, get
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, error_of, type_error

_MOMENT = 1_700_000_000_000.0
_DAY, _HOUR, _MINUTE, _SECOND = 86_400_000, 3_600_000, 60_000, 1_000
_LARGEST = 8.64e15
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(
    r"([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)


def days_before(year: int, month: int) -> int:
    """Return how many days lie between 1970 and the first of a month, which may be outside 0 to 11."""
    year, month = year + month // 12, month % 12
    shifted = year - (month < 2)
    era, rest = divmod(shifted, 400)
    of_year = (153 * ((month - 2) % 12) + 2) // 5
    return era * 146_097 + rest * 365 + rest // 4 - rest // 100 + of_year - 719_468


def parts_of(moment: float) -> list[int]:
    """Return year, month from 0, day, hour, minute, second, millisecond and day of the week."""
    days, rest = divmod(int(moment), _DAY)
    shifted = days + 719_468
    era, of_era = divmod(shifted, 146_097)
    of_era_year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * of_era_year + of_era_year // 4 - of_era_year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = (month + 2) % 12
    year = of_era_year + era * 400 + (month < 2)
    return [
        year,
        month,
        day,
        rest // _HOUR,
        rest // _MINUTE % 60,
        rest // _SECOND % 60,
        rest % 1000,
        (days + 4) % 7,
    ]


def moment_of(parts: list[float]) -> float:
    """Return the milliseconds of year, month, day, hour, minute, second and millisecond."""
    if not all(math.isfinite(each) for each in parts) or abs(parts[0]) > 400_000 or abs(parts[1]) > 5_000_000:
        return math.nan
    year, month, day, hour, minute, second, thousandth = (math.trunc(each) for each in parts)
    days = days_before(year, month) + day - 1
    return clipped(float(days * _DAY + hour * _HOUR + minute * _MINUTE + second * _SECOND + thousandth))


def clipped(moment: float) -> float:
    """Return a moment that a date can hold, or not a number."""
    return float(math.trunc(moment)) if math.isfinite(moment) and abs(moment) <= _LARGEST else math.nan


def _offset(zone: str | None) -> int:
    if not zone or zone in "zZ":
        return 0
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return (-minutes if zone[0] == "-" else minutes) * _MINUTE


def parsed_date(source: str) -> float:
    """Return the moment that a text tells, or not a number."""
    source = source.strip()
    found = _ISO.fullmatch(source)
    if found:
        year, month, day, hour, minute, second, rest, zone = found.groups()
        values = [
            int(each) if each else empty
            for each, empty in zip((month, day, hour, minute, second), (1, 1, 0, 0, 0), strict=True)
        ]
        if not (
            1 <= values[0] <= 12
            and 1 <= values[1] <= 31
            and values[2] <= 24
            and values[3] < 60
            and values[4] < 60
        ):
            return math.nan
        thousandth = int((rest or "0").ljust(3, "0")[:3])
        return moment_of([int(year), values[0] - 1, *values[1:], thousandth]) - _offset(zone)
    return _loosely(source)


def _loosely(source: str) -> float:
    found = read_date(source)
    if found is None:
        return math.nan
    (year, month, *others), minutes = found
    return moment_of([year, month - 1, *others]) - minutes * _MINUTE


def _moment(this: Any) -> float:
    if not isinstance(this, JSObject) or this.kind != "Date":
        raise type_error("this is not a Date object.")
    return this.inner  # type: ignore[no-any-return]


def _made(args: list[Any], proto: JSObject) -> Any:
    if not args:
        return JSObject(proto, "Date", _MOMENT)
    if len(args) == 1:
        given = args[0]
        if isinstance(given, JSObject) and given.kind == "Date":
            return JSObject(proto, "Date", given.inner)
        if type(given) is Unknown:
            return Unknown(f"Date({given.key})")
        given = primitive(given)
        return JSObject(proto, "Date", parsed_date(given) if type(given) is str else clipped(number(given)))
    return JSObject(proto, "Date", _utc(args))


def _utc(args: list[Any]) -> float:
    parts = [number(each) for each in args[:7]]
    if parts and math.isfinite(parts[0]) and 0 <= math.trunc(parts[0]) <= 99:
        parts[0] = 1900.0 + math.trunc(parts[0])
    return moment_of([*parts, *(0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)[len(parts) :]])


def _getter(place: int) -> Any:
    def read(this: Any, _: list[Any]) -> float:
        moment = _moment(this)
        return math.nan if moment != moment else float(parts_of(moment)[place])

    return read


def _setter(place: int) -> Any:
    def write(this: Any, args: list[Any]) -> float:
        moment = _moment(this)
        if moment != moment:
            if place != 0:
                return math.nan
            moment = 0.0
        parts = [float(each) for each in parts_of(moment)[:7]]
        end = 3 if place < 3 else 7
        for n, each in enumerate(args[: end - place]):
            parts[place + n] = number(each)
        this.inner = moment_of(parts)
        return float(this.inner)

    return write


def _set_time(this: Any, args: list[Any]) -> float:
    _moment(this)
    this.inner = clipped(number(at(args, 0)))
    return float(this.inner)


def _iso(this: Any, __: list[Any]) -> str:
    moment = _moment(this)
    if moment != moment:
        raise error_of("RangeError", "Invalid time value")
    year, month, day, hour, minute, second, thousandth, _ = parts_of(moment)
    shown = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
    return f"{shown}-{month + 1:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}.{thousandth:03d}Z"


def _shown(pattern: str) -> Any:
    def show(this: Any, __: list[Any]) -> str:
        moment = _moment(this)
        if moment != moment:
            return "Invalid Date"
        year, month, day, hour, minute, second, _, weekday = parts_of(moment)
        return pattern.format(
            y=f"{year:04d}", m=month + 1, M=_MONTHS[month], d=day, h=hour, n=minute, s=second,
            w=_DAYS[weekday],
        )  # fmt: skip

    return show


_DATE, _TIME = "{w} {M} {d:02d} {y}", "{h:02d}:{n:02d}:{s:02d} GMT+0000 (Coordinated Universal Time)"


def _to_json(this: Any, _: list[Any]) -> Any:
    moment = primitive(this, "number")
    if type(moment) is float and not math.isfinite(moment):
        return None
    return call(get(this, "toISOString"), this, [])


def _to_primitive(this: Any, args: list[Any]) -> Any:
    order = ("valueOf", "toString") if at(args, 0) == "number" else ("toString", "valueOf")
    for name in order:
        function = get(this, name)
        if isinstance(function, JSFunction):
            return function.invoke(this, [])
    raise type_error("Cannot convert object to primitive value")


def _legacy_year(this: Any, args: list[Any]) -> float:
    year = integer(at(args, 0))
    return _setter(0)(this, [year + 1900 if 0 <= year <= 99 else year])  # type: ignore[no-any-return]


_PARTS = ("FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds", "Day")


def install(define: Definer) -> None:
    """Add `Date` to a run."""
    proto = NOW.date_proto
    called = takes(7)(lambda _, __: _shown(f"{_DATE} {_TIME}")(JSObject(proto, "Date", _MOMENT), []))
    kind = define.constructor("Date", proto, 7, called, _made)
    define.methods(
        kind,
        {
            "now": lambda *_: _MOMENT,
            "UTC": lambda _, args: _utc(args),
            "parse": lambda _, args: parsed_date(text(at(args, 0))),
        },
    )
    for place, name in enumerate(_PARTS):
        define.methods(proto, {f"get{name}": _getter(place), f"getUTC{name}": _getter(place)})
        if name != "Day":
            define.methods(proto, {f"set{name}": _setter(place), f"setUTC{name}": _setter(place)})
    utc = "{w}, {d:02d} {M} {y} {h:02d}:{n:02d}:{s:02d} GMT"
    define.methods(
        proto,
        {
            "getTime": lambda this, _: _moment(this),
            "valueOf": lambda this, _: _moment(this),
            "setTime": _set_time,
            "getTimezoneOffset": lambda this, _: _moment(this) * 0.0,
            "getYear": lambda this, _: _getter(0)(this, []) - 1900,
            "setYear": _legacy_year,
            "toISOString": _iso,
            "toJSON": _to_json,
            "toString": _shown(f"{_DATE} {_TIME}"),
            "toDateString": _shown(_DATE),
            "toTimeString": _shown(_TIME),
            "toUTCString": _shown(utc),
            "toGMTString": _shown(utc),
            TO_PRIMITIVE: _to_primitive,
        },
    )
