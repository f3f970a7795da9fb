"""`String`: what does not search by patterns."""

import unicodedata
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import clamped, integer, number, text, unsigned
from bisect_ml.javascript.library.arrays import place_in
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.functions import listed
from bisect_ml.javascript.numbers import SPACES
from bisect_ml.javascript.objects import ITERATOR, LONGEST_TEXT, UNDEFINED, BoundText, JSObject, Symbol
from bisect_ml.javascript.properties import characters, get, iterator_of
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.tokens import halved
from bisect_ml.javascript.values import at, bounded, error_of, type_error


def text_of_this(this: Any) -> str:
    """Return the text that a method is called on."""
    if type(this) is str:
        return this
    if this is None or this is UNDEFINED:
        raise type_error("String.prototype method called on null or undefined")
    return this.inner if isinstance(this, BoundText) else text(this)


def whole(value: str) -> str:
    """Return a text with its halves of characters joined."""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _on(method: Callable[[str, list[Any]], Any]) -> Any:
    return lambda this, args: method(text_of_this(this), args)


def _char_code_at(value: str, args: list[Any]) -> float:
    place = integer(at(args, 0))
    return float(ord(value[int(place)])) if 0 <= place < len(value) else float("nan")


def _code_point_at(value: str, args: list[Any]) -> Any:
    place = integer(at(args, 0))
    if not 0 <= place < len(value):
        return UNDEFINED
    found = next(characters(value[int(place) :]))
    return float(ord(found) if len(found) == 1 else ord(whole(found)))


def _char_at(value: str, args: list[Any]) -> str:
    place = integer(at(args, 0))
    return value[int(place)] if 0 <= place < len(value) else ""


def _slice(value: str, args: list[Any]) -> str:
    return value[place_in(at(args, 0), len(value)) : place_in(at(args, 1), len(value), len(value))]


def _substring(value: str, args: list[Any]) -> str:
    first = clamped(at(args, 0), 0, len(value))
    last = clamped(at(args, 1), 0, len(value), len(value))
    return value[min(first, last) : max(first, last)]


def _substr(value: str, args: list[Any]) -> str:
    start = place_in(at(args, 0), len(value))
    return value[start : start + clamped(at(args, 1), 0, len(value), len(value))]


def _no_pattern(value: Any) -> str:
    if isinstance(value, JSObject) and value.kind == "RegExp":
        raise type_error("First argument must not be a regular expression")
    return text(value)


def _last_index_of(value: str, args: list[Any]) -> float:
    wanted = text(at(args, 0))
    given = number(at(args, 1))
    start = len(value) if given != given else clamped(given, 0, len(value))
    return float(value.rfind(wanted, 0, start + len(wanted)))


def _index_of(value: str, args: list[Any]) -> float:
    return float(value.find(text(at(args, 0)), clamped(at(args, 1), 0, len(value))))


def _ends_with(value: str, args: list[Any]) -> bool:
    return value[: clamped(at(args, 1), 0, len(value), len(value))].endswith(_no_pattern(at(args, 0)))


def _padding(value: str, args: list[Any]) -> str:
    wanted = int(max(0, min(integer(at(args, 0)), 2 * LONGEST_TEXT))) - len(value)
    filler = " " if at(args, 1) is UNDEFINED else text(args[1])
    if wanted <= 0 or not filler:
        return ""
    if wanted > LONGEST_TEXT:
        raise Exhausted
    return bounded((filler * (wanted // len(filler) + 1))[:wanted])


def _repeat(value: str, args: list[Any]) -> str:
    count = integer(at(args, 0))
    if count < 0 or count == float("inf"):
        raise error_of("RangeError", f"Invalid count value: {text(at(args, 0))}")
    if count * len(value) > LONGEST_TEXT:
        raise Exhausted
    return bounded(value * int(count))


def _normalize(value: str, args: list[Any]) -> str:
    form = "NFC" if at(args, 0) is UNDEFINED else text(args[0])
    if form not in {"NFC", "NFD", "NFKC", "NFKD"}:
        raise error_of("RangeError", "The normalization form should be one of NFC, NFD, NFKC, NFKD.")
    return halved(normalized(form, value))


def normalized(form: str, value: str) -> str:
    """Return a text with its accents in order, if it is short: putting them there takes quadratic time."""
    if len(value) > _LONGEST_NORMALIZED and not value.isascii():
        raise Exhausted
    return unicodedata.normalize(form, whole(value))  # type: ignore[arg-type]


_LONGEST_NORMALIZED = 5_000


def _locale_compare(value: str, args: list[Any]) -> float:
    other = text(at(args, 0))
    mine, its = _collated(value), _collated(other)
    return float((mine > its) - (mine < its))


def _collated(value: str) -> tuple[str, str, str]:
    """Return what orders texts as people do: by letters, then accents, then small before large."""
    plain = normalized("NFD", value)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return letters.casefold(), plain.casefold(), letters.swapcase()


def _at(value: str, args: list[Any]) -> Any:
    place = int(clamped(at(args, 0), -(10**9), 10**9))
    return value[place] if -len(value) <= place < len(value) else UNDEFINED


def _called(_: Any, args: list[Any]) -> Any:
    if args and type(args[0]) is Symbol:
        return f"Symbol({args[0].description})"
    if args and type(args[0]) is Unknown:
        return args[0]
    return text(args[0]) if args else ""


def _made(args: list[Any], proto: JSObject) -> JSObject:
    return BoundText(proto, "String", text(args[0]) if args else "")


def _from_code_point(_: Any, args: list[Any]) -> str:
    codes = [number(each) for each in args]
    if any(not 0 <= each <= 0x10FFFF or each != int(each) for each in codes):
        raise error_of("RangeError", "Invalid code point")
    return "".join(halved(chr(int(each))) for each in codes)


def _raw(_: Any, args: list[Any]) -> str:
    pieces = listed(get(at(args, 0), "raw"))
    given = [text(each) for each in args[1:]] + [""] * len(pieces)
    return "".join(
        text(each) + (given[place] if place + 1 < len(pieces) else "") for place, each in enumerate(pieces)
    )


def _upper(value: str, _: list[Any]) -> str:
    return halved(whole(value).upper()) if not value.isascii() else value.upper()


def _lower(value: str, _: list[Any]) -> str:
    return halved(whole(value).lower()) if not value.isascii() else value.lower()


_TABLE: dict[Any, Callable[[str, list[Any]], Any]] = {
    "charCodeAt": _char_code_at,
    "codePointAt": _code_point_at,
    "charAt": _char_at,
    "at": _at,
    "slice": _slice,
    "substring": _substring,
    "substr": _substr,
    "indexOf": _index_of,
    "lastIndexOf": _last_index_of,
    "includes": lambda value, args: _no_pattern(at(args, 0)) in value[clamped(at(args, 1), 0, len(value)) :],
    "startsWith": lambda value, args: value.startswith(
        _no_pattern(at(args, 0)), clamped(at(args, 1), 0, len(value))
    ),
    "endsWith": _ends_with,
    "padStart": lambda value, args: _padding(value, args) + value,
    "padEnd": lambda value, args: value + _padding(value, args),
    "repeat": _repeat,
    "trim": lambda value, _: value.strip(SPACES),
    "trimStart": lambda value, _: value.lstrip(SPACES),
    "trimEnd": lambda value, _: value.rstrip(SPACES),
    "trimLeft": lambda value, _: value.lstrip(SPACES),
    "trimRight": lambda value, _: value.rstrip(SPACES),
    "toUpperCase": _upper,
    "toLowerCase": _lower,
    "toLocaleUpperCase": _upper,
    "toLocaleLowerCase": _lower,
    "concat": lambda value, args: value + "".join(map(text, args)),
    "normalize": _normalize,
    "localeCompare": _locale_compare,
    "toString": lambda value, _: value,
    "valueOf": lambda value, _: value,
    "isWellFormed": lambda value, _: whole(value) == whole(whole(value)),
    ITERATOR: lambda value, _: iterator_of(characters(value)),
}


def install(define: Definer) -> None:
    """Add `String` to a run."""
    proto = NOW.string_proto = BoundText(NOW.object_proto, "String", "")
    kind = define.constructor("String", proto, 1, _called, _made)
    define.methods(proto, {name: _on(method) for name, method in _TABLE.items()})
    define.methods(
        kind,
        {
            "fromCharCode": lambda _, args: "".join(chr(unsigned(each) & 0xFFFF) for each in args),
            "fromCodePoint": _from_code_point,
            "raw": _raw,
        },
    )
