"""`RegExp`."""

from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.character_sets import WrongPattern
from bisect_ml.javascript.conversions import integer, text, truth
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import UNDEFINED, JSArray, JSObject, Slot
from bisect_ml.javascript.patterns import Compiled, translated
from bisect_ml.javascript.properties import call, get, put
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.tokens import halved, joined
from bisect_ml.javascript.values import at, error_of, type_error

_LONGEST = 10_000
_A_STEP = 100


class Pattern:
    """What an object of RegExp holds."""

    __slots__ = ("compiled", "flags", "source")

    def __init__(self, source: str, flags: str, compiled: Compiled) -> None:
        self.source, self.flags, self.compiled = source, flags, compiled


def make(source: str, flags: str, proto: Any = None) -> JSObject:
    """Return an object of RegExp."""
    if len(set(flags)) != len(flags) or set(flags) - set("dgimsuvy"):
        raise error_of("SyntaxError", f"Invalid flags supplied to RegExp constructor '{flags}'")
    try:
        compiled = translated(source, flags)
    except WrongPattern:
        raise error_of("SyntaxError", f"Invalid regular expression: /{source}/: Invalid pattern") from None
    made = JSObject(proto or NOW.regexp_proto, "RegExp", Pattern(source, flags, compiled))
    made.props["lastIndex"] = Slot(0.0, configurable=False)
    return made


def pattern_of(value: Any) -> Pattern | None:
    """Return the pattern of an object of RegExp; None of any other value."""
    return value.inner if isinstance(value, JSObject) and isinstance(value.inner, Pattern) else None


def found_at(pattern: Pattern, subject: str, place: int, *, sticky: bool = False) -> Any:
    """Return the first match from a place on, or None; `RegExp.$1` and its like show it from then on.

    Raises:
        Unsupported: The text is too long.
    """
    NOW.machine.spend()
    taken = (len(subject) - place) // _A_STEP
    NOW.machine.left -= taken
    NOW.machine.taken += max(taken, 0)
    if len(subject) > _LONGEST:
        raise Unsupported
    if pattern.compiled.is_whole and (whole := joined(subject)) != subject:
        found = _found_whole(pattern, subject, whole, place, sticky=sticky)
    else:
        searching = pattern.compiled.searching(subject)
        found = searching.match(subject, place) if sticky else searching.search(subject, place)
    if found is not None:
        NOW.last_match = found, subject
    return found


def _found_whole(pattern: Pattern, subject: str, whole: str, place: int, *, sticky: bool) -> Any:
    """Return the first match in a text of which pairs of halves count as one character."""
    start = len(joined(subject[:place]))
    searching = pattern.compiled.searching(whole)
    found = searching.match(whole, start) if sticky else searching.search(whole, start)
    return None if found is None else _Halved(found, whole)


class _Halved:
    """A match in a text that was joined, as it is in the text with halves."""

    __slots__ = ("_found", "_whole")

    def __init__(self, found: Any, whole: str) -> None:
        self._found, self._whole = found, whole

    def __getitem__(self, group: int) -> str | None:
        held = self._found[group]
        return None if held is None else halved(held)

    def groups(self) -> tuple[str | None, ...]:
        """Return what all groups hold."""
        return tuple(None if each is None else halved(each) for each in self._found.groups())

    def start(self) -> int:
        """Return where it begins."""
        return len(halved(self._whole[: self._found.start()]))

    def end(self) -> int:
        """Return where it ends."""
        return len(halved(self._whole[: self._found.end()]))


def shown(found: Any, pattern: Pattern, subject: str) -> JSArray:
    """Return a match as JavaScript sees it."""
    made = JSArray([UNDEFINED if each is None else each for each in (found[0], *found.groups())])
    made.props["index"] = float(found.start())
    made.props["input"] = subject
    made.props["groups"] = groups_of(found, pattern)
    return made


def groups_of(found: Any, pattern: Pattern) -> Any:
    """Return the groups with names, or undefined where there are none."""
    names = pattern.compiled.names
    if not names:
        return UNDEFINED
    made = JSObject(None)
    made.props.update(
        {name: UNDEFINED if found[number] is None else found[number] for name, number in names.items()}
    )
    return made


def execute(this: Any, subject: str) -> Any:
    """Return the next match of an object of RegExp, or None, and move its `lastIndex`."""
    pattern = pattern_of(this)
    if pattern is None:
        raise type_error("Receiver is not a RegExp")
    moves = "g" in pattern.flags or "y" in pattern.flags
    place = int(max(0, integer(get(this, "lastIndex")))) if moves else 0
    found = found_at(pattern, subject, place, sticky="y" in pattern.flags) if place <= len(subject) else None
    if moves:
        put(this, "lastIndex", float(found.end()) if found else 0.0)
    return found


def _exec(this: Any, args: list[Any]) -> Any:
    given = at(args, 0)
    if type(given) is Unknown and given.text is None:
        return Unknown(f"exec({given.key})")
    subject = text(given)
    found = execute(this, subject)
    return None if found is None else shown(found, this.inner, subject)


def _test(this: Any, args: list[Any]) -> bool:
    own = get(this, "exec")
    if own is not NOW.regexp_exec:
        return truth(call(own, this, args))
    return execute(this, text(at(args, 0))) is not None


def _made(args: list[Any], proto: JSObject) -> Any:
    given, flags = at(args, 0), at(args, 1)
    if type(given) is Unknown and given.text is None:
        return Unknown(f"RegExp({given.key})")
    pattern = pattern_of(given)
    if pattern is not None:
        return make(pattern.source, pattern.flags if flags is UNDEFINED else text(flags), proto)
    source = "(?:)" if given is UNDEFINED or given == "" else text(given)
    return make(source, "" if flags is UNDEFINED else text(flags), proto)


def _called(_: Any, args: list[Any]) -> Any:
    if pattern_of(at(args, 0)) is not None and at(args, 1) is UNDEFINED:
        return args[0]
    return _made(args, NOW.regexp_proto)


def _source(this: Any) -> str:
    pattern = pattern_of(this)
    if pattern is None:
        return "(?:)"
    out, escaped, in_set = [], False, False
    for each in pattern.source:
        if each == "/" and not escaped and not in_set:
            out.append("\\")
        in_set = not escaped and (each == "[" or (in_set and each != "]"))
        escaped = each == "\\" and not escaped
        out.append("\\n" if each == "\n" else each)
    return "".join(out)


def _flags(this: Any) -> str:
    pattern = pattern_of(this)
    return "".join(sorted(pattern.flags)) if pattern else ""


def _flag(letter: str) -> Any:
    return lambda this: letter in _flags(this)


def _compile(this: Any, args: list[Any]) -> Any:
    if pattern_of(this) is None:
        raise type_error("Receiver is not a RegExp")
    this.inner = _made(args, NOW.regexp_proto).inner
    return this


_LETTERS = {"global": "g", "ignoreCase": "i", "multiline": "m", "sticky": "y", "unicode": "u", "dotAll": "s"}


def _last(show: Callable[[Any, str], str | None]) -> Callable[[Any], str]:
    """Return what shows something of the last match and the text in which it was found."""
    return lambda _: (show(*NOW.last_match) or "") if NOW.last_match else ""


def _last_group(number: int) -> Callable[[Any], str]:
    return _last(lambda found, _: found[number] if number <= len(found.groups()) else "")


_OF_THE_LAST: dict[str, Callable[[Any], str]] = {
    "lastMatch": _last(lambda found, _: found[0]),
    "lastParen": _last(lambda found, _: (found.groups() or ("",))[-1]),
    "leftContext": _last(lambda found, subject: subject[: found.start()]),
    "rightContext": _last(lambda found, subject: subject[found.end() :]),
    "input": _last(lambda _, subject: subject),
}
_SHORT = {"$&": "lastMatch", "$+": "lastParen", "$`": "leftContext", "$'": "rightContext", "$_": "input"}


def install(define: Definer) -> None:
    """Add `RegExp` to a run."""
    proto = NOW.regexp_proto
    whole = define.constructor("RegExp", proto, 2, _called, _made)
    define.getters(
        whole,
        {
            **_OF_THE_LAST,
            **{short: _OF_THE_LAST[name] for short, name in _SHORT.items()},
            **{f"${number}": _last_group(number) for number in range(1, 10)},
        },
    )
    define.methods(
        proto,
        {
            "exec": _exec,
            "test": _test,
            "compile": _compile,
            "toString": lambda this, _: f"/{text(get(this, 'source'))}/{text(get(this, 'flags'))}",
        },
    )
    NOW.regexp_exec = proto.props["exec"].value
    define.getters(
        proto,
        {"source": _source, "flags": _flags, **{name: _flag(letter) for name, letter in _LETTERS.items()}},
    )
    NOW.make_regexp = make
