"""`String`: what searches."""

import re
from collections.abc import Iterator
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import text, unsigned
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.library.regexps import (
    Pattern,
    execute,
    found_at,
    groups_of,
    make,
    pattern_of,
    shown,
)
from bisect_ml.javascript.library.texts import text_of_this
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSFunction
from bisect_ml.javascript.properties import call, iterator_of, put
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.values import at, bounded, type_error

_REFERENCE = re.compile(r"\$(\$|&|`|'|\d{1,2}|<[^>]*>)")


def matches(value: Any, pattern: Pattern, subject: str) -> Iterator[Any]:
    """Go through the matches that an object of RegExp has in a text: all of them if it is global."""
    if "g" not in pattern.flags:
        found = execute(value, subject)
        if found is not None:
            yield found
        return
    put(value, "lastIndex", 0.0)
    place, sticky = 0, "y" in pattern.flags
    while place <= len(subject):
        found = found_at(pattern, subject, place, sticky=sticky)
        if found is None:
            return
        yield found
        place = found.end() + (found.end() == found.start())


def _replace(this: Any, args: list[Any], *, every: bool) -> Any:
    subject = text_of_this(this)
    wanted, given = at(args, 0), at(args, 1)
    if type(wanted) is Unknown and wanted.text is None:
        return Unknown(f"replace({wanted.key})", subject)
    pattern = pattern_of(wanted)
    function = given if type(given) is JSFunction else None
    told = "" if function else text(given)
    if pattern is None:
        return _replaced_text(subject, text(wanted), function, told, every=every)
    if every and "g" not in pattern.flags:
        raise type_error("replaceAll must be called with a global RegExp")
    parts: list[str] = []
    last = 0
    for found in matches(wanted, pattern, subject):
        NOW.machine.spend()
        parts.append(subject[last : found.start()])
        if function is None:
            parts.append(_expanded(told, found, pattern, subject) if "$" in told else told)
        else:
            groups = [UNDEFINED if each is None else each for each in found.groups()]
            named = groups_of(found, pattern)
            more = [] if named is UNDEFINED else [named]
            parts.append(
                text(call(function, UNDEFINED, [found[0], *groups, float(found.start()), subject, *more]))
            )
        last = found.end()
    return bounded("".join([*parts, subject[last:]])) if parts else subject


def _expanded(told: str, found: Any, pattern: Pattern, subject: str) -> str:
    def expand(reference: re.Match[str]) -> str:
        body = reference[1]
        if body in "$&`'":
            parts = {"$": "$", "&": found[0], "`": subject[: found.start()], "'": subject[found.end() :]}
            return str(parts[body])
        if body.startswith("<"):
            names = pattern.compiled.names
            return (
                (found[names[body[1:-1]]] or "")
                if body[1:-1] in names
                else (reference[0] if not names else "")
            )
        count = len(found.groups())
        for digits in (body, body[:1]):
            if 0 < int(digits) <= count:
                return (found[int(digits)] or "") + body[len(digits) :]
        return reference[0]

    return _REFERENCE.sub(expand, told)


def _replaced_text(subject: str, wanted: str, function: Any, told: str, *, every: bool) -> str:
    pattern = Pattern(wanted, "", make(_escaped(wanted), "").inner.compiled) if len(wanted) < 1000 else None
    if pattern is None:
        return subject.replace(wanted, told, -1 if every else 1)
    parts: list[str] = []
    last = place = 0
    while place <= len(subject):
        before, found = NOW.last_match, found_at(pattern, subject, place)
        # A text is no regular expression.
        NOW.last_match = before
        if found is None:
            break
        parts.append(subject[last : found.start()])
        if function is not None:
            parts.append(text(call(function, UNDEFINED, [found[0], float(found.start()), subject])))
        else:
            parts.append(_expanded(told, found, pattern, subject) if "$" in told else told)
        last, place = found.end(), found.end() + (found.end() == found.start())
        if not every:
            break
    return bounded("".join([*parts, subject[last:]]))


def _escaped(wanted: str) -> str:
    return re.sub(r"[.*+?^${}()|\[\]\\/]", r"\\\g<0>", wanted)


def _match(this: Any, args: list[Any]) -> Any:
    subject = text_of_this(this)
    value = _as_pattern(at(args, 0), "")
    pattern = pattern_of(value)
    if pattern is None:
        return value
    if "g" in pattern.flags:
        found = [each[0] for each in matches(value, pattern, subject)]
        return JSArray(found) if found else None
    first = execute(value, subject)
    return None if first is None else shown(first, pattern, subject)


def _as_pattern(value: Any, flags: str) -> Any:
    if pattern_of(value) is not None:
        return value
    if type(value) is Unknown:
        return Unknown(f"match({value.key})")
    return make("(?:)" if value is UNDEFINED else text(value), flags)


def _match_all(this: Any, args: list[Any]) -> Any:
    subject = text_of_this(this)
    value = _as_pattern(at(args, 0), "g")
    pattern = pattern_of(value)
    if pattern is None:
        return value
    if "g" not in pattern.flags:
        raise type_error("String.prototype.matchAll called with a non-global RegExp argument")
    return iterator_of(iter([shown(each, pattern, subject) for each in matches(value, pattern, subject)]))


def _search(this: Any, args: list[Any]) -> Any:
    pattern = pattern_of(_as_pattern(at(args, 0), ""))
    if pattern is None:
        return -1.0
    found = found_at(pattern, text_of_this(this), 0)
    return float(found.start()) if found else -1.0


def _split(this: Any, args: list[Any]) -> Any:
    subject = text_of_this(this)
    limit = 2**32 - 1 if at(args, 1) is UNDEFINED else unsigned(args[1])
    between = at(args, 0)
    if between is UNDEFINED:
        return JSArray([subject][:limit])
    pattern = pattern_of(between)
    if pattern is not None:
        return JSArray(_split_by(pattern, subject)[:limit])
    divider = text(between)
    NOW.machine.spend()
    return JSArray((subject.split(divider) if divider else list(subject))[:limit])


def _split_by(pattern: Pattern, subject: str) -> list[Any]:
    if not subject:
        found = found_at(pattern, subject, 0, sticky=True)
        return [] if found else [subject]
    parts: list[Any] = []
    last = place = 0
    while place < len(subject):
        found = found_at(pattern, subject, place)
        if found is None or found.start() >= len(subject):
            break
        if found.end() == last or (found.end() == found.start() and found.start() == last):
            place = max(place, found.start()) + 1
            continue
        parts.append(subject[last : found.start()])
        parts.extend(UNDEFINED if each is None else each for each in found.groups())
        last = place = found.end()
        if found.end() == found.start():
            place += 1
    parts.append(subject[last:])
    return parts


def install(define: Definer) -> None:
    """Add these methods to a run."""
    define.methods(
        NOW.string_proto,
        {
            "replace": lambda this, args: _replace(this, args, every=False),
            "replaceAll": lambda this, args: _replace(this, args, every=True),
            "match": _match,
            "matchAll": _match_all,
            "search": _search,
            "split": _split,
        },
    )
