"""Where a parser stands in a text."""

from bisect import bisect_right
from collections.abc import Callable
from typing import TypeVar

from bisect_ml.javascript.statement_nodes import Block
from bisect_ml.javascript.syntax import Class, Function, Node
from bisect_ml.javascript.tokens import NotJavaScript, Token, template_part, token_at

_Read = TypeVar("_Read")
_FEWEST_TOKENS, _TOKENS_A_CHARACTER = 20_000, 3


class Cursor:
    """Reads tokens one after the other, and goes back where a reading fails.

    Args:
        text: The source, as `prepared`.
        typed: Whether it is TypeScript.
    """

    def __init__(self, text: str, *, typed: bool) -> None:
        self.text, self.typed = text, typed
        # Readings that fail inside of others that fail are tried a number of times that is exponential.
        self._left = _FEWEST_TOKENS + _TOKENS_A_CHARACTER * len(text)
        self.functions = 0
        self.strict = False
        self.no_in = self.no_arrow_type = False
        self._known: dict[int, Token] = {}
        self._lines = [place for place, each in enumerate(text) if each == "\n"]
        self.ended = 0
        self.token = self._read(0)

    def line(self, place: int) -> int:
        """Return the number of the line in which a place is, from 1."""
        return bisect_right(self._lines, place - 1) + 1

    def _read(self, place: int) -> Token:
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = token_at(self.text, place)
        return found

    def next(self) -> Token:
        """Return the token here, and go past it."""
        self._left -= 1
        if self._left < 0:
            raise NotJavaScript("what is read again and again")
        token = self.token
        self.ended = token.end
        self.token = self._read(token.end)
        return token

    def go(self, place: int) -> None:
        """Go to a place."""
        self.ended = place
        self.token = self._read(place)

    def ahead(self) -> Token:
        """Return the token after this one."""
        return self._read(self.token.end)

    def at(self, *signs: str) -> bool:
        """Return whether one of these stands here."""
        return self.token.sign in signs

    def take(self, sign: str) -> bool:
        """Go past a sign if it stands here."""
        if self.token.sign == sign:
            self.next()
            return True
        return False

    def expect(self, sign: str) -> None:
        """Go past a sign that must stand here.

        Raises:
            NotJavaScript: It does not.
        """
        if not self.take(sign):
            raise self.wrong()

    def wrong(self) -> NotJavaScript:
        """Return the error of what stands here."""
        return NotJavaScript(f"{self.token.sign or self.token.kind} in line {self.line(self.token.start)}")

    def name(self) -> str:
        """Go past a name and return it."""
        if self.token.kind != "name":
            raise self.wrong()
        return self.next().sign

    def tried(self, read: Callable[[], _Read]) -> _Read | None:
        """Return what a reading gives; None, and nothing read, where it fails."""
        token, ended, functions = self.token, self.ended, self.functions
        try:
            return read()
        except NotJavaScript:
            self.token, self.ended, self.functions = token, ended, functions
            return None

    def semicolon(self) -> None:
        """Go past the end of a statement, written or not."""
        if not self.take(";") and not self.token.breaks and not self.at("}") and self.token.kind != "end":
            raise self.wrong()

    def balanced(self) -> None:
        """Go past a bracket and all up to its partner."""
        depth = 0
        while True:
            if self.token.kind == "end":
                raise self.wrong()
            if self.at("`"):
                self.skip_template()
                continue
            sign = self.next().sign
            depth += (sign in {"(", "[", "{"}) - (sign in {")", "]", "}"})
            if depth == 0:
                return

    def skip_template(self) -> None:
        """Go past a template in a type."""
        _, end, last = template_part(self.text, self.token.end)
        while not last:
            self.go(end)
            while not self.at("}"):
                if self.at("{", "(", "["):
                    self.balanced()
                else:
                    self.next()
            _, end, last = template_part(self.text, self.token.end)
        self.go(end)

    # What the parts of the parser need of one another.

    def expression(self) -> Node:
        """Read values with commas between them."""
        raise NotImplementedError

    def value(self) -> Node:
        """Read one value."""
        raise NotImplementedError

    def pattern(self) -> Node:
        """Read what a value is bound to."""
        raise NotImplementedError

    def key(self) -> str | Node:
        """Read the key of a property."""
        raise NotImplementedError

    def block(self) -> Block:
        """Read statements in braces."""
        raise NotImplementedError

    def function(self, start: int, *, is_async: bool) -> Function:
        """Read a function, from its keyword on."""
        raise NotImplementedError

    def class_(self) -> Class:
        """Read a class, from its keyword on."""
        raise NotImplementedError

    def method(self, name: str, start: int, **marks: bool) -> Function:
        """Read a method, from its parameters on."""
        raise NotImplementedError
