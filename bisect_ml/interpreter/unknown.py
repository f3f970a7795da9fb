"""Values that nobody computes: what code from elsewhere would have returned.

An unknown stands for one value, the same wherever the same is asked of the same: equal calls give equal
unknowns, others almost surely different ones. Two versions of code that ask the same of a missing library go
the same way, so what they do differently shows nevertheless. The idea is random interpretation: Gulwani and
Necula, Discovering affine equalities using random interpretation, POPL 2003. What was asked of a text may be
a text itself: wherever one is needed, the text that was asked about stands in, with two letters that tell by
whom.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zlib import crc32

from bisect_ml.interpreter.held import is_held

_FIRST, _LAST = re.compile(r"^[\w.$]*"), re.compile(r"\w*$")
_TELLING = frozenset({"logging", "warnings", "loguru", "structlog", "debug", "winston", "pino", "log4js"})
_ELEMENTS = 3
_LONGEST_KEY = 400
_LARGEST_WRITTEN = 10**100
_DEEPEST, _MOST_TOLD, _LONGEST_TOLD = 4, 20, 4_000


class Unknown:
    """A value that is known by how it came about only."""

    __slots__ = ("key", "text")

    def __init__(self, key: str, text: str | None = None) -> None:
        self.key = key if len(key) <= _LONGEST_KEY else f"{key[:40]}#{crc32(key.encode()):08x}"
        self.text = text

    def draw(self, what: str, sides: int) -> int:
        """Return a number below `sides`, always the same for the same question."""
        return crc32(f"{self.key}?{what}".encode()) % sides

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.text is not None and hasattr(str, name):
            return getattr(self.text, name)
        return Unknown(f"{self.key}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> "Unknown":
        """Return what a call of it would give."""
        told = [*map(_told, args), *(f"{name}={_told(value)}" for name, value in sorted(kwargs.items()))]
        key = f"{self.key}({','.join(told)})"
        # A method of texts, called on what nobody knows, is not asked about the text that it is given.
        of_texts = hasattr(str, self.key.rpartition(".")[2])
        asked = None if of_texts else next(map(text_of, args), None)
        return Unknown(key, None if asked is None else f"{asked}{self._letters(told[1:])}")

    def _letters(self, others: Sequence[str]) -> str:
        number = crc32(f"{self.key}({','.join(others)})".encode())
        return chr(ord("a") + number % 26) + chr(ord("a") + number // 26 % 26)

    def __getitem__(self, key: Any) -> Any:
        if self.text is not None and isinstance(key, int | slice):
            return self.text[key]
        return Unknown(f"{self.key}[{_told(key)}]")

    def __iter__(self) -> Iterator[Any]:
        if self.text is not None:
            return iter(self.text)
        return iter([Unknown(f"{self.key}[{number}]") for number in range(_ELEMENTS)])

    def __enter__(self) -> "Unknown":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in {"key", "text"}:
            object.__setattr__(self, name, value)

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __delitem__(self, key: Any) -> None:
        return None

    def __contains__(self, item: Any) -> bool:
        inner = text_of(item)
        if self.text is not None and inner is not None:
            return inner in self.text
        return bool(self.draw(f"in {_told(item)}", 2))

    def __bool__(self) -> bool:
        return bool(self.draw("bool", 2)) if self.text is None else bool(self.text)

    def __len__(self) -> int:
        return _ELEMENTS if self.text is None else len(self.text)

    def __int__(self) -> int:
        return 1 + self.draw("int", 97)

    def __index__(self) -> int:
        return self.draw("index", 5)

    def __float__(self) -> float:
        return 1 + self.draw("float", 997) / 10

    def __str__(self) -> str:
        return f"unknown{self.draw('str', 10_000)}" if self.text is None else self.text

    def __repr__(self) -> str:
        return f"<{self.key}>"

    def __hash__(self) -> int:
        return hash(self.key if self.text is None else self.text)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Unknown):
            return self.key == other.key
        return self.text is not None and self.text == other

    def __lt__(self, other: Any) -> bool:
        return bool(self.draw(f"< {_told(other)}", 2))

    def __gt__(self, other: Any) -> bool:
        return bool(self.draw(f"> {_told(other)}", 2))

    def __le__(self, other: Any) -> bool:
        return bool(self == other or self < other)

    def __ge__(self, other: Any) -> bool:
        return bool(self == other or self > other)


def note(function: Unknown, strangers: set[str]) -> None:
    """Note from where a function is that is called, and its name, unless it only tells what goes on."""
    whose, last = _FIRST.findall(function.key)[0], _LAST.findall(function.key)[0]
    if whose.partition(".")[0] not in _TELLING:
        strangers.add(f"{whose}…{last}")


def text_of(value: Any) -> str | None:
    """Return a text, or the one that stands in for an unknown."""
    if isinstance(value, Unknown):
        return value.text
    return value if isinstance(value, str) else None


def _told(value: Any, depth: int = 0) -> str:
    """Return what tells a value apart, without addresses."""
    if isinstance(value, Unknown):
        return value.key
    if is_held(value):
        return _told(value.start(), depth)
    if isinstance(value, str | bytes):
        return repr(value[:_LONGEST_KEY])[:_LONGEST_KEY]
    if type(value) is int:
        return hex(value)[:_LONGEST_KEY] if abs(value) > _LARGEST_WRITTEN else repr(value)
    if isinstance(value, int | float | None):
        return repr(value)[:_LONGEST_KEY]
    if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset | dict):
        inner = [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)
        some = inner if isinstance(value, set | frozenset) else inner[:_MOST_TOLD]
        told = [_told(each, depth + 1) for each in some]
        told = sorted(told)[:_MOST_TOLD] if isinstance(value, set | frozenset) else told
        return f"{type(value).__name__}({','.join(told)})"[:_LONGEST_TOLD]
    return getattr(value, "__name__", type(value).__name__)


def _binary(sign: str) -> tuple[Callable[[Unknown, Any], Unknown], Callable[[Unknown, Any], Unknown]]:
    def forward(self: Unknown, other: Any) -> Unknown:
        return Unknown(f"({self.key}{sign}{_told(other)})", _joined(sign, self, other))

    def backward(self: Unknown, other: Any) -> Unknown:
        return Unknown(f"({_told(other)}{sign}{self.key})", _joined(sign, other, self))

    return forward, backward


def _joined(sign: str, left: Any, right: Any) -> str | None:
    first, second = text_of(left), text_of(right)
    return first + second if sign == " add " and first is not None and second is not None else None


def _unary(sign: str) -> Callable[[Unknown], Unknown]:
    return lambda self: Unknown(f"({sign}{self.key})")


for _name in (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "lshift",
    "rshift",
    "and",
    "or",
    "xor",
    "matmul",
):
    _forward, _backward = _binary(f" {_name} ")
    setattr(Unknown, f"__{_name}__", _forward)
    setattr(Unknown, f"__r{_name}__", _backward)
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Unknown, f"__{_name}__", _unary(_name))
