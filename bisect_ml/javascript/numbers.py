"""Numbers as texts, and texts as numbers."""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_NUMBER = re.compile(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_EXACT = Context(prec=1200, Emax=9999, Emin=-9999)
SPACES = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def number_text(value: float) -> str:
    """Return a number as JavaScript writes it."""
    if value == (whole := int(value) if math.isfinite(value) and abs(value) < 1e15 else None):
        return str(whole)
    if not math.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    listed = "".join(map(str, digits)).rstrip("0")
    point = len(digits) + int(exponent)
    return ("-" if sign else "") + _placed(listed, point)


def _placed(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    behind = f".{digits[1:]}" if count > 1 else ""
    return f"{digits[0]}{behind}e{point - 1:+d}"


def text_number(text: str) -> float:
    """Return the number that a whole text says."""
    text = text.strip(SPACES)
    if not text:
        return 0.0
    found = _NUMBER.fullmatch(text)
    if found:
        return float(text.replace("Infinity", "inf"))
    base = {"0x": 16, "0o": 8, "0b": 2}.get(text[:2].lower())
    if base and text[2:].isalnum():
        try:
            return float(int(text[2:], base))
        except (ValueError, OverflowError):
            return math.nan
    return math.nan


def leading_number(text: str) -> float:
    """Return the number that a text begins with, as `parseFloat` does."""
    found = _NUMBER.match(text.strip(SPACES))
    return float(found[0].replace("Infinity", "inf")) if found else math.nan


def leading_integer(text: str, base: int) -> float:
    """Return the integer that a text begins with, as `parseInt` does."""
    text = text.strip(SPACES).lower()
    negative = text[:1] == "-"
    if text[:1] in {"-", "+"}:
        text = text[1:]
    if text[:2] == "0x" and base in {0, 16}:
        text, base = text[2:], 16
    base = base or 10
    if not 2 <= base <= 36:
        return math.nan
    allowed = _DIGITS[:base]
    count = next((place for place, each in enumerate(text) if each not in allowed), len(text))
    if not count:
        return math.nan
    try:
        found = float(int(text[:count], base))
    except (OverflowError, ValueError):
        found = math.inf
    return -found if negative else found


def fixed(value: float, places: int) -> str:
    """Return a number with so many decimals."""
    if not math.isfinite(value) or abs(value) >= 1e21:
        return number_text(value)
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    text = f"{abs(rounded):f}"
    return f"-{text}" if value < 0 else text


def _significant(value: float, count: int) -> tuple[str, int]:
    """Return so many digits, and the power of ten of the first."""
    if value == 0:
        return "0" * count, 0
    exact = Decimal(abs(value))
    power = exact.adjusted()
    rounded = exact.quantize(Decimal(1).scaleb(power - count + 1), ROUND_HALF_UP, _EXACT)
    if rounded.adjusted() > power:
        power += 1
        rounded = exact.quantize(Decimal(1).scaleb(power - count + 1), ROUND_HALF_UP, _EXACT)
    return "".join(map(str, rounded.as_tuple().digits)), power


def precise(value: float, count: int) -> str:
    """Return a number with so many digits that count."""
    if not math.isfinite(value):
        return number_text(value)
    digits, power = _significant(value, count)
    sign = "-" if value < 0 else ""
    if power < -6 or power >= count:
        return f"{sign}{digits[0]}{'.' + digits[1:] if count > 1 else ''}e{power:+d}"
    if power >= 0:
        whole, behind = digits[: power + 1], digits[power + 1 :]
        return f"{sign}{whole}{'.' + behind if behind else ''}"
    return f"{sign}0.{'0' * (-power - 1)}{digits}"


def exponential(value: float, places: int | None) -> str:
    """Return a number with a power of ten."""
    if not math.isfinite(value):
        return number_text(value)
    if places is None:
        _, digits, exponent = Decimal(repr(abs(value))).as_tuple()
        listed = "".join(map(str, digits))
        power = len(listed) + int(exponent) - 1 if value else 0
        listed = listed.rstrip("0") or "0"
    else:
        listed, power = _significant(value, places + 1)
    behind = f".{listed[1:]}" if len(listed) > 1 else ""
    return f"{'-' if value < 0 else ''}{listed[0]}{behind}e{power:+d}"


def in_base(value: float, base: int) -> str:
    """Return a number in another base."""
    if base == 10 or not math.isfinite(value):
        return number_text(value)
    whole, rest = int(abs(value)), abs(value) - int(abs(value))
    text = whole_in_base(whole, base)
    if rest:
        text += "." + _fraction(abs(value), rest, base)
    return f"-{text}" if value < 0 else text


def whole_in_base(whole: int, base: int) -> str:
    """Return a positive integer in another base."""
    listed = ""
    while whole:
        whole, digit = divmod(whole, base)
        listed = _DIGITS[digit] + listed
    return listed or "0"


def _fraction(value: float, rest: float, base: int) -> str:
    """Return the digits behind the point: no more than tell the number from its neighbours, as V8 does."""
    delta = max(0.5 * (math.nextafter(value, math.inf) - value), math.nextafter(0.0, 1.0))
    digits: list[int] = []
    while True:
        rest *= base
        delta *= base
        digit = int(rest)
        digits.append(digit)
        rest -= digit
        if (rest > 0.5 or (rest == 0.5 and digit & 1)) and rest + delta > 1:
            place = len(digits) - 1
            while place >= 0 and digits[place] + 1 == base:
                digits.pop()
                place -= 1
            if place >= 0:
                digits[place] += 1
            break
        if rest < delta:
            break
    return "".join(_DIGITS[each] for each in digits)
