"""Imports, exports and what TypeScript declares, as the parser reads them."""

from bisect_ml.javascript.reading_values import Values
from bisect_ml.javascript.statement_nodes import (
    Block,
    Declaration,
    Enum,
    Export,
    Expression,
    Import,
    Namespace,
)
from bisect_ml.javascript.syntax import Assign, Class, Function, Member, Name, Node

NOTHING = "*default*"


class ModuleParts(Values):
    """Reads what modules share, and declarations that TypeScript alone has."""

    def statement(self) -> Node:
        """Read one statement."""
        raise NotImplementedError

    def declaration(self) -> Declaration:
        """Read `var`, `let` or `const` with all that it binds."""
        raise NotImplementedError

    def _read_import(self) -> Node:
        if self.ahead().sign in {"(", "."}:
            value = self.expression()
            self.semicolon()
            return Expression(value)
        self.next()
        if self.token.kind == "string":
            return self._from([])
        if self.typed and self.at("type") and self.ahead().sign not in {"from", ","}:
            self.next()
            self._import_names()
            self._source()
            return Block([], closes=False)
        pairs = self._import_names()
        if self.typed and self.take("="):
            target, _ = pairs[0][1], self.name()
            self.expect("(")
            source = str(self.next().value)
            self.expect(")")
            self.semicolon()
            return Import(source, [("=", target)])
        return self._from(pairs)

    def _import_names(self) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        while True:
            if self.take("*"):
                self.expect("as")
                pairs.append(("*", self.name()))
            elif self.at("{"):
                pairs.extend(self._pairs())
            else:
                pairs.append(("default", self.name()))
            if not self.take(","):
                return pairs

    def _pairs(self) -> list[tuple[str, str]]:
        self.expect("{")
        found: list[tuple[str, str]] = []
        while not self.take("}"):
            is_type = self.typed and self.at("type") and self.ahead().sign not in {",", "}", "as"}
            if is_type:
                self.next()
            first = self._outer_name()
            second = self._outer_name() if self.take("as") else first
            if not is_type:
                found.append((first, second))
            if not self.at("}"):
                self.expect(",")
        return found

    def _outer_name(self) -> str:
        return str(self.next().value) if self.token.kind == "string" else self.name()

    def _from(self, pairs: list[tuple[str, str]]) -> Node:
        return Import(self._source(), pairs)

    def _source(self) -> str:
        self.take("from")
        if self.token.kind != "string":
            raise self.wrong()
        source = str(self.next().value)
        if self.at("with", "assert") and self.ahead().sign == "{":
            self.next()
            self.balanced()
        self.semicolon()
        return source

    def _read_export(self) -> Node:
        self.next()
        if self.take("default"):
            return self._default()
        if self.take("*"):
            name = self._outer_name() if self.take("as") else "*"
            return Export(pairs=[("*", name)], source=self._source())
        if self.typed and self.at("type") and self.ahead().sign in {"{", "*"}:
            self.next()
            if self.at("{"):
                self._pairs()
                if self.at("from"):
                    self._source()
            else:
                self.next()
                self._source()
            return Block([], closes=False)
        if self.typed and self.take("="):
            value = self.expression()
            self.semicolon()
            return Export(Expression(value), [(NOTHING, "=")])
        if self.at("{"):
            pairs = self._pairs()
            if self.at("from"):
                return Export(pairs=pairs, source=self._source())
            self.semicolon()
            return Export(pairs=pairs)
        made = self.statement()
        return Export(made, [(each, each) for each in declared_names(made)])

    def _default(self) -> Node:
        if self.typed and self.at("interface", "abstract") and self.ahead().kind == "name":
            made = self.statement()
        elif self.at("function", "class") or (self.at("async") and self.ahead().sign == "function"):
            made = self.statement()
            if isinstance(made, Function | Class) and not made.name:
                made.name = NOTHING
        else:
            made = Expression(self.named(self.value(), "default"))
            self.semicolon()
            return Export(made, [(NOTHING, "default")])
        name = made.name if isinstance(made, Function | Class) else ""
        return Export(made, [(name, "default")] if name else [])

    def declared(self) -> Node | None:
        """Read what begins with a name that is a keyword here only; None where it is not."""
        sign, ahead = self.token.sign, self.ahead()
        if sign == "async" and ahead.sign == "function" and not ahead.breaks:
            start = self.next().start
            made = self.function(start, is_async=True)
            return Block([], closes=False) if made.kind == "signature" else made
        if sign == "enum" and ahead.kind == "name" and self.typed:
            return self._enum()
        if not self.typed or ahead.breaks or ahead.kind not in {"name", "string"}:
            return None
        if sign == "const" and ahead.sign == "enum":
            self.next()
            return self._enum()
        if sign == "type":
            return self._type_alias()
        if sign in {"namespace", "module"} and ahead.kind == "name":
            self.next()
            return self._namespace()
        if sign in {"interface", "namespace", "module", "global"}:
            self.interface()
            return Block([], closes=False)
        if sign == "abstract" and ahead.sign == "class":
            self.next()
            return self.class_()
        if sign == "declare":
            self.next()
            if self.tried(self.statement) is None:
                self.interface()
            return Block([], closes=False)
        return None

    def _type_alias(self) -> Node:
        self.next()
        self.name()
        self.parameters()
        self.expect("=")
        self.type()
        self.semicolon()
        return Block([], closes=False)

    def _namespace(self) -> Node:
        token = self.token
        name = self.name()
        inner = Export(self._namespace(), [("", "")]) if self.take(".") else None
        self.functions += 1
        body: list[Node] = []
        for each in [inner] if inner else self.block().body:
            made = each.declaration if isinstance(each, Export) else each
            body += [made] if made is not None else []
            for own in declared_names(made) if isinstance(each, Export) and made is not None else []:
                body.append(Expression(Assign("=", Member(Name(name), own), Name(own))))
        at, line = token.start, self.line(token.start)
        return Namespace(name, Function(name, [Name(name)], body, "arrow", at, line, strict=True))

    def _enum(self) -> Node:
        self.expect("enum")
        name = self.name()
        members: list[tuple[str, Node | None]] = []
        self.expect("{")
        while not self.take("}"):
            key = self.key()
            members.append((key if isinstance(key, str) else "", self.value() if self.take("=") else None))
            if not self.at("}"):
                self.expect(",")
        return Enum(name, members)


def declared_names(node: Node) -> list[str]:
    """Return the names that a declaration binds."""
    if isinstance(node, Function | Class | Enum | Namespace):
        return [node.name]
    if isinstance(node, Declaration):
        return [name for target, _ in node.pairs for name in bound_names(target)]
    return []


def bound_names(target: Node | None) -> list[str]:
    """Return the names in a pattern."""
    from bisect_ml.javascript.syntax import ArrayLiteral, Assign, ObjectLiteral, Property, Spread

    if isinstance(target, Name):
        return [target.name]
    if isinstance(target, Assign):
        return bound_names(target.target)
    if isinstance(target, Spread):
        return bound_names(target.value)
    if isinstance(target, ArrayLiteral):
        return [name for each in target.items for name in bound_names(each)]
    if isinstance(target, ObjectLiteral):
        return [
            name
            for each in target.members
            for name in bound_names(each.value if isinstance(each, Property) else each)
        ]
    return []
