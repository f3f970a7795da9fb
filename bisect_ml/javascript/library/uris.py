"""What writes texts for addresses, and reads them."""

import re
from typing import Any
from urllib.parse import quote

from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.texts import whole
from bisect_ml.javascript.tokens import halved
from bisect_ml.javascript.values import at, error_of

_COMPONENT, _ADDRESS, _OLD = "-_.!~*'()", ";/?:@&=+$,#-_.!~*'()", "@*_+-./"
_SEQUENCE = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_HALF = re.compile(r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
_ESCAPED = re.compile(r"%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})")


def _encoder(safe: str) -> Any:
    def encode(_: Any, args: list[Any]) -> str:
        given = text(at(args, 0))
        if _HALF.search(given):
            raise error_of("URIError", "URI malformed")
        return quote(whole(given), safe=safe)

    return encode


def _decoder(kept: str) -> Any:
    def decoded(found: "re.Match[str]") -> str:
        try:
            plain = bytes.fromhex(found[0].replace("%", "")).decode("utf-8")
        except UnicodeDecodeError:
            raise error_of("URIError", "URI malformed") from None
        return "".join(quote(each, safe="") if each in kept else halved(each) for each in plain)

    def decode(_: Any, args: list[Any]) -> str:
        given = text(at(args, 0))
        if "%" in _SEQUENCE.sub("", given):
            raise error_of("URIError", "URI malformed")
        return _SEQUENCE.sub(decoded, given)

    return decode


def _escape(_: Any, args: list[Any]) -> str:
    return "".join(
        each
        if (each.isalnum() and each.isascii()) or each in _OLD
        else f"%{ord(each):02X}"
        if ord(each) < 256
        else f"%u{ord(each):04X}"
        for each in text(at(args, 0))
    )


def _unescape(_: Any, args: list[Any]) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text(at(args, 0)))


def install(define: Definer) -> None:
    """Add these to a run."""
    define.methods(
        define.holder,
        {
            "encodeURIComponent": _encoder(_COMPONENT),
            "encodeURI": _encoder(_ADDRESS),
            "decodeURIComponent": _decoder(""),
            "decodeURI": _decoder(";/?:@&=+$,#"),
            "escape": _escape,
            "unescape": _unescape,
        },
    )
