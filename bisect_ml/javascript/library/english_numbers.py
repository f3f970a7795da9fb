"""Numbers as `Intl` writes them in American English; what is asked for beyond that is unknown."""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CNY": "CN¥", "KRW": "₩"}
_WITHOUT_CENTS = frozenset({"JPY", "KRW"})
_STYLES = frozenset({"decimal", "percent", "currency", "unit"})
_NOT_KNOWN = frozenset(
    {
        *("notation", "compactDisplay", "signDisplay", "currencyDisplay", "currencySign"),
        *("numberingSystem", "roundingMode", "roundingPriority", "roundingIncrement"),
        "trailingZeroDisplay",
    }
)
_SHORT_UNITS = {
    "year": ("yr", "yrs"),
    "month": ("mth", "mths"),
    "week": ("wk", "wks"),
    "day": ("day", "days"),
    "hour": ("hr", "hr"),
    "minute": ("min", "min"),
    "second": ("sec", "sec"),
    "millisecond": ("ms", "ms"),
}
"""How times are called where there is little room: one of them, and others."""
_LARGEST_COUNT = 100
Options = Mapping[str, Any]


def english_number(value: float, options: Options) -> str | None:
    """Return a number as English writes it; None where the options ask for what is not known here.

    Options that `Intl` does not have are not looked at.
    """
    style = options.get("style", "decimal")
    if not _NOT_KNOWN.isdisjoint(options) or style not in _STYLES:
        return None
    sign = _SIGNS.get(options.get("currency", "")) if style == "currency" else ""
    if sign is None or not all(_is_count(options[each]) for each in options if each.endswith("Digits")):
        return None
    minus = "-" if math.copysign(1, value) < 0 and value == value else ""
    if not math.isfinite(value):
        shown: str | None = "NaN" if value != value else "∞"
    else:
        exact = Decimal(repr(abs(value)))
        digits = _rounded(exact * 100 if style == "percent" else exact, options, style)
        shown = None if digits is None else _grouped(digits, options)
    if shown is None:
        return None
    unit = _unit(shown, options) if style == "unit" else ""
    behind = "%" if style == "percent" else unit
    return None if behind is None else f"{minus}{sign}{shown}{behind}"


def _unit(shown: str, options: Options) -> str | None:
    """Return what stands behind a number of years, days and the like; None for what is not known here."""
    unit, how = options.get("unit"), options.get("unitDisplay", "short")
    if unit not in _SHORT_UNITS:
        return None
    are_many = shown != "1"
    if how == "narrow":
        return "ms" if unit == "millisecond" else str(unit)[:1]
    if how == "short":
        return f" {_SHORT_UNITS[unit][are_many]}"
    return f" {unit}{'s' * are_many}" if how == "long" else None


def _is_count(value: Any) -> bool:
    return type(value) is float and value == int(value) and 0 <= value <= _LARGEST_COUNT


def _rounded(exact: Decimal, options: Options, style: str) -> str | None:
    if "minimumSignificantDigits" in options or "maximumSignificantDigits" in options:
        fewest = int(options.get("minimumSignificantDigits", 1))
        count = int(options.get("maximumSignificantDigits", 21))
        if not 1 <= fewest <= count:
            return None
        first = exact.adjusted() if exact else 0
        rounded = exact.quantize(Decimal(1).scaleb(first - count + 1), context=_ROUNDING)
        return _cut(f"{rounded:f}", max(0, fewest - first - 1))
    usual = {"decimal": (0, 3), "unit": (0, 3), "percent": (0, 0), "currency": (2, 2)}[style]
    if options.get("currency") in _WITHOUT_CENTS:
        usual = 0, 0
    least: Any = options.get("minimumFractionDigits")
    most: Any = options.get("maximumFractionDigits")
    if least is None:
        least = usual[0] if most is None else min(usual[0], most)
    if most is None:
        most = max(usual[1], least)
    if least > most:
        return None
    rounded = exact.quantize(Decimal(1).scaleb(-int(most)), context=_ROUNDING)
    return _cut(f"{rounded:f}", int(least))


def _cut(digits: str, least: int) -> str:
    """Return digits without zeros at the end, but for so many decimals."""
    whole, _, behind = digits.partition(".")
    kept = behind.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole


def _grouped(digits: str, options: Options) -> str:
    whole, dot, behind = digits.partition(".")
    whole = whole.zfill(int(options.get("minimumIntegerDigits", 1)))
    if options.get("useGrouping", True) is not False:
        first = len(whole) % 3 or 3
        parts = [whole[:first], *(whole[place : place + 3] for place in range(first, len(whole), 3))]
        whole = ",".join(parts)
    return f"{whole}{dot}{behind}"
