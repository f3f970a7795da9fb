"""`Intl` in American English, and what writes numbers and dates by it."""

import math
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import number, text
from bisect_ml.javascript.library.dates import parts_of
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.english_dates import english_date
from bisect_ml.javascript.library.english_lists import english_list
from bisect_ml.javascript.library.english_numbers import english_number
from bisect_ml.javascript.library.time_zones import canonical, clock_at, is_zone
from bisect_ml.javascript.objects import UNDEFINED, Invoke, JSArray, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import call, gathered, get, listed_keys
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.strangers import called
from bisect_ml.javascript.values import at, bounded, error_of, made_object, native

_ENGLISH = frozenset({"en", "en-US", "en-us"})
_UNITS = ("weekday", "year", "month", "day", "hour", "minute", "second", "dateStyle", "timeStyle")
_DATE = {"year": "numeric", "month": "numeric", "day": "numeric"}
_TIME = {"hour": "numeric", "minute": "numeric", "second": "numeric"}
_MINUTE_MS = 60_000.0
Options = dict[str, Any]
Format = Callable[[Any, Options], Any]
"""Takes a value and options, and returns a text or what nobody knows."""


def is_english(locales: Any) -> bool:
    """Return whether what was asked for is American English, or nothing in particular."""
    if isinstance(locales, JSArray):
        return not locales.items or locales.items[0] in _ENGLISH
    return locales is UNDEFINED or locales in _ENGLISH


def options_of(given: Any) -> Options:
    """Return options as a mapping, without those that are undefined."""
    if not isinstance(given, JSObject):
        return {}
    found = {key: get(given, key) for key in listed_keys(given)}
    return {key: value for key, value in found.items() if value is not UNDEFINED}


def number_format(value: Any, options: Options) -> Any:
    """Return a number as English writes it."""
    if type(value) is Unknown:
        return called(Unknown("Intl.NumberFormat"), [value])
    given = number(value)
    shown = english_number(given, options)
    return (
        called(Unknown(f"Intl.NumberFormat({sorted(options.items())})"), [given]) if shown is None else shown
    )


def date_parts(value: Any, options: Options) -> Any:
    """Return a date as the parts that English writes, or what nobody knows.

    Raises:
        Thrown: It is no date.
    """
    moment = value.inner if isinstance(value, JSObject) and value.kind == "Date" else value
    moment = 1.7e12 if moment is UNDEFINED else moment
    if type(moment) is Unknown:
        return called(Unknown("Intl.DateTimeFormat"), [moment])
    moment = number(moment)
    if not math.isfinite(moment):
        raise error_of("RangeError", "Invalid time value")
    zone = _zone(options)
    clock = None if type(zone) is Unknown else clock_at(zone, moment)
    found = None
    if clock is not None:
        found = english_date(parts_of(moment + clock.minutes * _MINUTE_MS), options, clock.name)
    unknown = Unknown(f"Intl.DateTimeFormat({sorted(map(str, options.items()))})")
    return called(unknown, [moment]) if found is None else found


def _zone(options: Options) -> Any:
    """Return the time zone that options name, UTC where they name none, or what nobody knows.

    Raises:
        Thrown: There is none of that name.
    """
    given = options.get("timeZone", "UTC")
    if type(given) is Unknown:
        return given
    name = text(given)
    if not is_zone(name):
        raise error_of("RangeError", f"Invalid time zone specified: {name}")
    return name


def date_format(value: Any, options: Options) -> Any:
    """Return a date as English writes it."""
    found = date_parts(value, options)
    return found if type(found) is Unknown else "".join(part for _, part in found)


def _with_units(options: Options, usual: Options, wanted: tuple[str, ...] = _UNITS) -> Options:
    return options if any(each in options for each in wanted) else {**usual, **options}


def _to_locale(usual: Options, wanted: tuple[str, ...]) -> Any:
    def shown(this: Any, args: list[Any]) -> Any:
        if not is_english(at(args, 0)):
            return called(Unknown("toLocaleString"), [this, *args])
        if isinstance(this, JSObject) and this.kind == "Date" and this.inner != this.inner:
            return "Invalid Date"
        return date_format(this, _with_units(options_of(at(args, 1)), usual, wanted))

    return shown


def _number_to_locale(this: Any, args: list[Any]) -> Any:
    value = this.inner if isinstance(this, JSObject) else this
    if not is_english(at(args, 0)):
        return Unknown(f"toLocaleString({value},{at(args, 0)})", text(value))
    shown = english_number(number(value), options_of(at(args, 1)))
    return (
        Unknown(f"toLocaleString({value},{sorted(options_of(at(args, 1)))})", text(value))
        if shown is None
        else shown
    )


def _asking(ask: Format, options: Options) -> Invoke:
    return lambda _, given: ask(at(given, 0), options)


def _formatter(name: str, usual: Options, run: Format, more: dict[str, Format]) -> JSFunction:
    """Return a constructor of `Intl` whose objects write values."""
    proto = JSObject(NOW.object_proto)

    def make(args: list[Any], _: Any = None) -> Any:
        if not is_english(at(args, 0)):
            return called(Unknown(f"Intl.{name}"), args)
        options = options_of(at(args, 1))
        whole = _with_units(options, usual) if usual else options
        made = JSObject(proto)
        for each, ask in {"format": run, **more}.items():
            made.props[each] = Slot(native(each, 1, _asking(ask, whole)))
        settings = {"locale": "en-US", "numberingSystem": "latn"}
        if name == "DateTimeFormat":
            zone = _zone(whole)
            settings["calendar"] = "gregory"
            whole = {**whole, "timeZone": zone if type(zone) is Unknown else canonical(zone)}
        resolved = made_object({**settings, **whole})
        made.props["resolvedOptions"] = Slot(native("resolvedOptions", 0, lambda *_: resolved))
        return made

    kind = native(name, 0, lambda _, args: make(args))
    kind.construct = make
    kind.props["prototype"] = Slot(proto)
    proto.props["constructor"] = Slot(kind)
    kind.props["supportedLocalesOf"] = Slot(native("supportedLocalesOf", 1, _supported))
    return kind


def _supported(_: Any, args: list[Any]) -> JSArray:
    asked = at(args, 0)
    listed = asked.items if isinstance(asked, JSArray) else [asked]
    return JSArray([each for each in listed if isinstance(each, str)])


def _parts(value: Any, options: Options) -> Any:
    found = date_parts(value, options)
    if type(found) is Unknown:
        return found
    return JSArray([made_object({"type": kind, "value": part}) for kind, part in found])


def _plural(value: Any, options: Options) -> Any:
    """Return which form English takes for a number."""
    given = number(value)
    if options.get("type") != "ordinal":
        return "one" if given == 1 else "other"
    tens, ones = given % 100, given % 10
    return {1: "one", 2: "two", 3: "few"}.get(int(ones), "other") if tens not in {11, 12, 13} else "other"


def _list_format(value: Any, options: Options) -> Any:
    """Return texts as English lists them.

    Raises:
        Thrown: One of them is no text.
    """
    items = [] if value is UNDEFINED else gathered(value)
    if not all(isinstance(each, str | Unknown) for each in items):
        raise error_of("TypeError", "Iterable yielded a value which is not a string")
    joined = english_list(items, options) if all(isinstance(each, str) for each in items) else None
    unknown = Unknown(f"Intl.ListFormat({sorted(map(str, options.items()))})")
    return called(unknown, [value]) if joined is None else bounded(joined)


def _collator() -> JSFunction:
    def make(args: list[Any], _: Any = None) -> Any:
        if not is_english(at(args, 0)) or options_of(at(args, 1)):
            return called(Unknown("Intl.Collator"), args)
        compare = get("", "localeCompare")

        def compared(_: Any, given: list[Any]) -> Any:
            return call(compare, text(at(given, 0)), given[1:])

        return made_object({"compare": native("compare", 2, compared)})

    kind = native("Collator", 0, lambda _, args: make(args))
    kind.construct = make
    return kind


def install(define: Definer) -> None:
    """Add `Intl` to a run, and the methods of numbers and dates that ask it."""
    intl = made_object()
    intl.proto = Unknown("Intl")
    intl.props["NumberFormat"] = _formatter("NumberFormat", {}, number_format, {})
    intl.props["DateTimeFormat"] = _formatter("DateTimeFormat", _DATE, date_format, {"formatToParts": _parts})
    intl.props["PluralRules"] = _formatter("PluralRules", {}, _plural, {"select": _plural})
    intl.props["ListFormat"] = _formatter("ListFormat", {}, _list_format, {})
    intl.props["Collator"] = _collator()
    define.values(define.holder, {"Intl": intl})
    define.methods(NOW.number_proto, {"toLocaleString": _number_to_locale})
    define.methods(
        NOW.date_proto,
        {
            "toLocaleString": _to_locale(_DATE | _TIME, _UNITS),
            "toLocaleDateString": _to_locale(_DATE, ("weekday", "year", "month", "day", "dateStyle")),
            "toLocaleTimeString": _to_locale(_TIME, ("hour", "minute", "second", "timeStyle")),
        },
    )
