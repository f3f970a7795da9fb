"""Statements, as the parser reads them, and whole files."""

from functools import lru_cache

from bisect_ml.javascript.reading_modules import ModuleParts
from bisect_ml.javascript.statement_nodes import (
    Block,
    Declaration,
    DoWhile,
    Expression,
    For,
    ForEach,
    If,
    Labelled,
    Leave,
    Return,
    Switch,
    Throw,
    Try,
)
from bisect_ml.javascript.syntax import Literal, Name, Node
from bisect_ml.javascript.tokens import NotJavaScript, prepared

_TYPED = (".ts", ".mts", ".cts")
_LONGEST = 2_000_000


@lru_cache(maxsize=256)
def parsed(path: str, text: str) -> tuple[Node, ...]:
    """Return the statements of a file.

    Raises:
        NotJavaScript: It cannot be read.
    """
    if len(text) > _LONGEST:
        raise NotJavaScript("too long")
    try:
        return tuple(Parser(prepared(text), typed=path.endswith(_TYPED)).file())
    except RecursionError as error:
        raise NotJavaScript("too deep") from error


class Parser(ModuleParts):
    """Reads statements."""

    def file(self) -> list[Node]:
        """Read all there is."""
        self.strict = self.token.kind == "string" and self.token.value == "use strict"
        found = []
        while self.token.kind != "end":
            found.append(self.statement())
        return found

    def block(self) -> Block:
        """Read statements in braces."""
        self.expect("{")
        before = self.functions
        body = []
        while not self.take("}"):
            body.append(self.statement())
        return Block(body, self.functions > before)

    def statement(self) -> Node:
        """Read one statement."""
        token = self.token
        sign = token.sign
        if token.kind == "name":
            read = getattr(self, f"_read_{sign}", None)
            if read is not None:
                return read()  # type: ignore[no-any-return]
            if self.ahead().sign == ":" and sign not in {"default", "case"}:
                self.next()
                self.next()
                return Labelled(sign, self.statement())
            found = self.declared()
            if found is not None:
                return found
        elif sign == "{":
            return self.block()
        elif sign == ";":
            self.next()
            return Block([], closes=False)
        elif sign == "@":
            self._decorator()
            return self.statement()
        value = self.expression()
        self.semicolon()
        return Expression(value)

    def _read_var(self) -> Node:
        found = self.declaration()
        self.semicolon()
        return found

    def _read_const(self) -> Node:
        if self.typed and self.ahead().sign == "enum":
            self.next()
            return self._enum()
        return self._read_var()

    def _read_let(self) -> Node:
        ahead = self.ahead()
        if ahead.kind == "name" or ahead.sign in {"[", "{"}:
            return self._read_var()
        value = self.expression()
        self.semicolon()
        return Expression(value)

    def declaration(self) -> Declaration:
        """Read `var`, `let` or `const` with all that it binds."""
        kind = self.next().sign
        pairs: list[tuple[Node, Node | None]] = []
        while True:
            target = self.pattern()
            if self.typed:
                self.take("!")
                self.annotation()
            name = target.name if isinstance(target, Name) else ""
            pairs.append((target, self.named(self.value(), name) if self.take("=") else None))
            if not self.take(","):
                return Declaration(kind, pairs)

    def _read_if(self) -> Node:
        self.next()
        test = self._bracketed()
        then = self.statement()
        return If(test, then, self.statement() if self.take("else") else None)

    def _bracketed(self) -> Node:
        self.expect("(")
        found = self.expression()
        self.expect(")")
        return found

    def _read_for(self) -> Node:
        before = self.functions
        self.next()
        self.take("await")
        self.expect("(")
        start: Node | None = None
        self.no_in = True
        if self.at("var", "const") or (self.at("let") and self.ahead().sign not in {"in", "of", "="}):
            start = self.declaration()
        elif not self.at(";"):
            start = self.expression()
        self.no_in = False
        if self.at("of", "in"):
            return self._each(start, before)
        self.expect(";")
        test = None if self.at(";") else self.expression()
        self.expect(";")
        step = None if self.at(")") else self.expression()
        self.expect(")")
        body = self.statement()
        return For(start, test, step, body, self.functions > before)

    def _each(self, start: Node | None, before: int) -> Node:
        of = self.next().sign == "of"
        values = self.value() if of else self.expression()
        self.expect(")")
        body = self.statement()
        closes = self.functions > before
        if isinstance(start, Declaration):
            return ForEach(start.kind, start.pairs[0][0], of, values, body, closes)
        if start is None:
            raise NotJavaScript("a target")
        return ForEach("", self.as_pattern(start), of, values, body, closes)

    def _read_while(self) -> Node:
        self.next()
        test = self._bracketed()
        return For(None, test, None, self.statement(), closes=False)

    def _read_do(self) -> Node:
        self.next()
        body = self.statement()
        self.expect("while")
        test = self._bracketed()
        self.take(";")
        return DoWhile(body, test)

    def _read_return(self) -> Node:
        self.next()
        ends = self.token.breaks or self.at(";", "}") or self.token.kind == "end"
        value = None if ends else self.expression()
        self.semicolon()
        return Return(value)

    def _read_break(self) -> Node:
        sign = self.next().sign
        label = self.name() if self.token.kind == "name" and not self.token.breaks else ""
        self.semicolon()
        return Leave(sign, label)

    _read_continue = _read_break

    def _read_throw(self) -> Node:
        self.next()
        value = self.expression()
        self.semicolon()
        return Throw(value)

    def _read_try(self) -> Node:
        self.next()
        body = self.block()
        name, handler = None, None
        if self.take("catch"):
            if self.take("("):
                name = self.pattern()
                self.annotation()
                self.expect(")")
            handler = self.block()
        return Try(body, name, handler, self.block() if self.take("finally") else None)

    def _read_switch(self) -> Node:
        before = self.functions
        self.next()
        value = self._bracketed()
        self.expect("{")
        cases: list[tuple[Node | None, list[Node]]] = []
        while not self.take("}"):
            test = None
            if not self.take("default"):
                self.expect("case")
                test = self.expression()
            self.expect(":")
            body: list[Node] = []
            while not self.at("case", "default", "}"):
                body.append(self.statement())
            cases.append((test, body))
        return Switch(value, cases, self.functions > before)

    def _read_debugger(self) -> Node:
        self.next()
        self.semicolon()
        return Expression(Literal(None))

    def _read_function(self) -> Node:
        made = self.function(self.token.start, is_async=False)
        return Block([], closes=False) if made.kind == "signature" else made

    def _read_class(self) -> Node:
        return self.class_()
