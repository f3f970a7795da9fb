"""What expressions consist of, as the parser reads it."""

from bisect_ml.javascript.reading_functions import Functions
from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Literal,
    Member,
    Name,
    New,
    NewTarget,
    Node,
    Regex,
    Spread,
    Super,
    Template,
    This,
)
from bisect_ml.javascript.tokens import regex_at, template_part

RESERVED = frozenset(
    {
        *("break", "case", "catch", "continue", "debugger", "default", "do", "else", "export", "extends"),
        *("finally", "for", "if", "in", "instanceof", "return", "switch", "throw", "try", "var", "while"),
        *("with", "const", "enum"),
    }
)
"""Words that name nothing."""
_CONSTANTS = {"null": None, "true": True, "false": False}


class Primaries(Functions):
    """Reads values without operators."""

    def _index(self) -> Node:
        before, self.no_in = self.no_in, False
        found = self.expression()
        self.no_in = before
        self.expect("]")
        return found

    def call_arguments(self) -> list[Node]:
        """Read what a call is given, in brackets."""
        self.expect("(")
        before, self.no_in = self.no_in, False
        found: list[Node] = []
        while not self.take(")"):
            found.append(Spread(self.value()) if self.take("...") else self.value())
            if not self.at(")"):
                self.expect(",")
        self.no_in = before
        return found

    def _primary(self) -> Node:
        token = self.token
        if token.kind in {"number", "string"}:
            self.next()
            return Literal(token.value)
        if token.kind == "name":
            return self._named()
        if token.sign == "(":
            self.next()
            before, self.no_in = self.no_in, False
            flag, self.no_arrow_type = self.no_arrow_type, False
            found = self.expression()
            self.no_in, self.no_arrow_type = before, flag
            self.expect(")")
            # What stands in brackets of its own is no pattern, and ends a chain.
            return found
        if token.sign == "[":
            return self._array()
        if token.sign == "{":
            return self.object()
        if token.sign == "`":
            return self._template(None)
        if token.sign in {"/", "/="}:
            source, flags, end = regex_at(self.text, token.start)
            self.go(end)
            return Regex(source, flags)
        if token.sign == "@":
            self._decorator()
            return self._primary()
        raise self.wrong()

    def _named(self) -> Node:
        token = self.token
        sign = token.sign
        if sign == "function":
            return self.function(token.start, is_async=False)
        if sign == "class":
            return self.class_()
        if sign == "async" and self.ahead().sign == "function" and not self.ahead().breaks:
            self.next()
            return self.function(token.start, is_async=True)
        if sign == "new":
            return self._new()
        if sign in RESERVED:
            raise self.wrong()
        self.next()
        if sign in _CONSTANTS:
            return Literal(_CONSTANTS[sign])
        if sign == "this":
            return This()
        if sign == "super":
            return Super()
        if sign == "import":
            if self.take("."):
                return NewTarget(f"import.{self.name()}")
            return Name("import")
        return Name(sign)

    def _new(self) -> Node:
        self.expect("new")
        if self.take("."):
            self.name()
            return NewTarget()
        made: Node = self._new() if self.at("new") else self._primary()
        while True:
            if self.take("."):
                made = Member(made, self.name())
            elif self.take("["):
                made = Member(made, self._index())
            elif not (self.typed and self.at("<") and self.typed_call()):
                break
        return New(made, self.call_arguments() if self.at("(") else [])

    def _array(self) -> Node:
        self.expect("[")
        before, self.no_in = self.no_in, False
        items: list[Node | None] = []
        while not self.take("]"):
            if self.at(","):
                items.append(None)
            else:
                items.append(Spread(self.value()) if self.take("...") else self.value())
            if not self.at("]"):
                self.expect(",")
        self.no_in = before
        return ArrayLiteral(items)

    def _template(self, tag: Node | None) -> Node:
        raw: list[str] = []
        parts: list[Node] = []
        part, end, last = template_part(self.text, self.token.end)
        raw.append(part)
        while not last:
            self.go(end)
            parts.append(self.expression())
            if not self.at("}"):
                raise self.wrong()
            part, end, last = template_part(self.text, self.token.end)
            raw.append(part)
        self.go(end)
        return Template(raw, parts, tag)
