"""Functions, classes, objects and patterns, as the parser reads them."""

from bisect_ml.javascript.reading_patterns import Patterns
from bisect_ml.javascript.statement_nodes import Expression, Return
from bisect_ml.javascript.syntax import (
    Assign,
    Call,
    Class,
    Function,
    Literal,
    Member,
    Name,
    Node,
    ObjectLiteral,
    Property,
    Spread,
    Super,
    This,
)

_MODIFIERS = frozenset(
    {"public", "private", "protected", "readonly", "abstract", "override", "declare", "accessor"}
)
_ENDS_A_KEY = frozenset({"(", "=", ";", "}", ",", ":", "?", "!", "<"})


class Functions(Patterns):
    """Reads functions, classes, objects and patterns."""

    def params(self) -> tuple[list[Node], list[Node]]:
        """Read parameters in brackets, and what TypeScript's constructors do with them."""
        self.expect("(")
        found: list[Node] = []
        kept: list[Node] = []
        while not self.take(")"):
            while self.at("@"):
                self._decorator()
            keeps = False
            while self.typed and self.token.sign in _MODIFIERS and self.ahead().kind == "name":
                self.next()
                keeps = True
            if self.take("..."):
                found.append(Spread(self.pattern()))
                self.annotation()
            elif self.typed and self.at("this"):
                self.next()
                self.annotation()
            else:
                found.append(self.with_default())
            if keeps:
                target = found[-1].target if isinstance(found[-1], Assign) else found[-1]
                if isinstance(target, Name):
                    kept.append(Expression(Assign("=", Member(This(), target.name), target)))
            if not self.at(")"):
                self.expect(",")
        return found, kept

    def body(self) -> list[Node]:
        """Read the body of a function."""
        before = self.strict
        flags = self.no_in, self.no_arrow_type
        self.no_in = self.no_arrow_type = False
        if self.ahead().kind == "string" and self.ahead().value == "use strict":
            self.strict = True
        found = self.block().body
        self.no_in, self.no_arrow_type = flags
        self.strict, self._was_strict = before, self.strict
        return found

    def function(self, start: int, *, is_async: bool) -> Function:
        """Read a function, from its keyword on."""
        self.expect("function")
        starred = self.take("*")
        name = self.name() if not self.at("(", "<") else ""
        made = self.method(name, start, is_async=is_async, is_generator=starred)
        made.kind, made.named = "function", bool(name)
        return made

    def method(self, name: str, start: int, **marks: bool) -> Function:
        """Read a method, from its parameters on; one without a body has None for it."""
        if self.typed:
            self.parameters()
        params, kept = self.params()
        self.annotation()
        self.functions += 1
        made = Function(name, params, kept, "method", start, self.line(start), **marks)
        if self.typed and not self.at("{"):
            self.semicolon()
            made.kind = "signature"
            return made
        body = self.body()
        # What a constructor keeps of its parameters, it keeps once there is an object.
        first = next((place for place, each in enumerate(body, 1) if _makes(each)), 0)
        made.body = [*body[:first], *kept, *body[first:]]
        made.strict, made.end = self._was_strict, self.ended
        return made

    def key(self) -> str | Node:
        """Read the key of a property."""
        if self.take("["):
            found = self._in_value()
            self.expect("]")
            return found
        token = self.next()
        if token.kind == "name":
            return token.sign
        if token.kind == "string":
            return str(token.value)
        if token.kind == "number":
            return Literal(token.value)
        raise self.wrong()

    def object(self) -> ObjectLiteral:
        """Read an object."""
        self.expect("{")
        members: list[Property | Spread] = []
        while not self.take("}"):
            members.append(Spread(self._in_value()) if self.take("...") else self._member())
            if not self.at("}"):
                self.expect(",")
        return ObjectLiteral(members)

    def _member(self) -> Property:
        start = self.token.start
        marks = self._marks()
        kind = ""
        if self.at("get", "set") and self.ahead().sign not in _ENDS_A_KEY:
            kind = self.next().sign
        named = self.token.kind == "name"
        key = self.key()
        if self.at("(", "<"):
            return Property(key, self.method(_named(key), start, **marks), kind or "method")
        if self.take(":"):
            return Property(key, self.named(self._in_value(), key))
        if not named or not isinstance(key, str):
            raise self.wrong()
        target = Name(key)
        # A default is what only a pattern has; `as_pattern` takes it.
        return Property(key, Assign("=", target, self._in_value()) if self.take("=") else target)

    def named(self, value: Node, key: "str | Node") -> Node:
        """Return a function or a class with the name under which it is kept, if it has none."""
        if isinstance(value, Function | Class) and not value.name and isinstance(key, str):
            value.name = key
        return value

    def _marks(self) -> dict[str, bool]:
        is_async = self.at("async") and self.ahead().sign not in _ENDS_A_KEY and not self.ahead().breaks
        if is_async:
            self.next()
        return {"is_async": is_async, "is_generator": self.take("*")}

    def class_(self) -> Class:
        """Read a class, from its keyword on."""
        start = self.token.start
        self.expect("class")
        name = self.name() if self.token.kind == "name" and not self.at("extends", "implements") else ""
        if self.typed:
            self.parameters()
        parent = None
        before, self.strict = self.strict, True
        if self.take("extends"):
            parent = self.unary()
            if self.typed and self.at("<"):
                self.arguments()
        if self.typed and self.take("implements"):
            self.heritage()
        self.functions += 1
        self.expect("{")
        members: list[Property] = []
        while not self.take("}"):
            if not self.take(";"):
                members.extend(self._class_member(derived=parent is not None))
        self.strict = before
        return Class(name, parent, members, start, self.line(start))

    def unary(self) -> Node:
        """Read a value without operators between values."""
        raise NotImplementedError

    def _decorator(self) -> None:
        self.expect("@")
        self.unary()

    def _class_member(self, *, derived: bool) -> list[Property]:
        while self.at("@"):
            self._decorator()
        start, static = self.token.start, False
        while self.ahead().sign not in _ENDS_A_KEY and (
            self.at("static") or (self.typed and self.token.sign in _MODIFIERS)
        ):
            static |= self.next().sign == "static"
        if static and self.at("{"):
            made = Function("", [], self.body(), "method", start, self.line(start), strict=True)
            return [Property("", made, "block", static=True)]
        if self.at("static") and self.ahead().sign == "{":
            self.next()
            made = Function("", [], self.body(), "method", start, self.line(start), strict=True)
            return [Property("", made, "block", static=True)]
        marks = self._marks()
        kind = ""
        if self.at("get", "set") and self.ahead().sign not in _ENDS_A_KEY and not self.ahead().breaks:
            kind = self.next().sign
        key = self.key()
        if self.typed and isinstance(key, Name) and self.at(":"):
            return self._index_signature()
        if self.typed:
            _ = self.take("?") or self.take("!")
        if self.at("(", "<"):
            made = self.method(_named(key), start, **marks)
            if made.kind == "signature":
                return []
            if key == "constructor" and not static:
                made.kind, made.derived = "constructor", derived
            return [Property(key, made, kind or "method", static=static)]
        self.annotation()
        value = self.named(self._in_value(), key) if self.take("=") else None
        self.semicolon()
        return [Property(key, self._initialiser(value, start), "field", static=static)]

    def _index_signature(self) -> list[Property]:
        self.annotation()
        self.semicolon()
        return []

    def _initialiser(self, value: Node | None, start: int) -> Node | None:
        if value is None:
            return None
        return Function("", [], [Return(value)], "method", start, self.line(start), strict=True)


def _makes(statement: Node) -> bool:
    """Return whether a statement is a call of `super`."""
    value = statement.value if isinstance(statement, Expression) else None
    return isinstance(value, Call) and isinstance(value.function, Super)


def _named(key: "str | Node") -> str:
    return key if isinstance(key, str) else ""
