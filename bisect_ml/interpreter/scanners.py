"""`re.Scanner`: a text cut into tokens, each given to what its pattern stands with."""

import re
import types
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.binding import is_own_function
from bisect_ml.interpreter.limits import charge, fitting
from bisect_ml.interpreter.machine import Frame, Unsupported
from bisect_ml.interpreter.patterns import PATTERNS, pattern_method
from bisect_ml.interpreter.unknown import Unknown


class Scanner:
    """`re.Scanner`, which tries its patterns one after another.

    Args:
        lexicon: Patterns, each with a function of the scanner and the token, None or what stands for a token.
        flags: Of all patterns.
    """

    __slots__ = ("lexicon", "match", "patterns")

    def __init__(self, lexicon: Any, flags: Any = 0) -> None:
        self.lexicon = list(lexicon)
        self.patterns = tuple(PATTERNS["compile"](pattern, flags) for pattern, _ in self.lexicon)
        self.match: Any = None

    def scan(self, string: Any) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("re.Scanner.scan")(string)


def _scanned(frame: Frame, scanner: Any, string: Any) -> Any:
    """Return what is made of the tokens of a text, and the rest of it that no pattern fits."""
    patterns, actions = scanner.patterns, [action for _, action in scanner.lexicon]
    if type(string) is not str or not all(isinstance(each, re.Pattern) for each in patterns):
        return scanner.scan(string)
    found: list[Any] = []
    at = 0
    while True:
        match, number = _first(frame, patterns, string, at)
        if match is None or match.end() == at:
            return fitting(found), string[at:]
        at = match.end()
        made = actions[number]
        if callable(made):
            _must_be_own(made)
            scanner.match = match
            made = made(scanner, match.group())
        if made is not None:
            found.append(made)


def _first(frame: Frame, patterns: Any, string: str, at: int) -> tuple[Any, int]:
    """Return what the first pattern finds at a place that finds anything, and its number."""
    for number, pattern in enumerate(patterns):
        frame.machine.spend()
        charge(frame.machine, len(string))
        match = pattern_method(pattern, "match")(string, at, paying=frame.machine)
        if isinstance(match, Unknown):
            raise Unsupported
        if match is not None:
            return match, number
    return None, 0


def _must_be_own(action: Any) -> None:
    """Refuse to call what does not pay for itself.

    Raises:
        Unsupported: Interpreted code did not make it.
    """
    if not is_own_function(action.__func__ if type(action) is types.MethodType else action):
        raise Unsupported


WITH_SCANNERS: dict[Any, Callable[..., Any]] = {Scanner.scan: _scanned}
"""What is called in place of a function that pays for its steps."""
