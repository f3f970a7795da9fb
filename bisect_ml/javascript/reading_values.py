"""Expressions, as the parser reads them."""

from bisect_ml.javascript.reading_primary import RESERVED, Primaries
from bisect_ml.javascript.statement_nodes import Return
from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Assign,
    Await,
    Binary,
    Call,
    Chain,
    Conditional,
    Function,
    Logical,
    Member,
    Name,
    Node,
    ObjectLiteral,
    Sequence,
    Unary,
    Update,
    Yield,
)
from bisect_ml.javascript.tokens import NotJavaScript

_RANKS = {
    sign: rank
    for rank, signs in enumerate(
        (
            "??",
            "||",
            "&&",
            "|",
            "^",
            "&",
            "== != === !==",
            "< > <= >= in instanceof",
            "<< >> >>>",
            "+ -",
            "* / %",
        ),
        1,
    )
    for sign in signs.split()
}
_LOGICAL = frozenset({"??", "||", "&&"})
_POWER = 12
_ASSIGNING = frozenset(
    {"=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="}
)
_BEFORE = frozenset({"!", "~", "+", "-", "typeof", "void", "delete"})


class Values(Primaries):
    """Reads expressions."""

    def expression(self) -> Node:
        """Read values with commas between them."""
        first = self.value()
        if not self.at(","):
            return first
        parts = [first]
        while self.take(","):
            parts.append(self.value())
        return Sequence(parts)

    def value(self) -> Node:
        """Read one value."""
        if self.at("yield") and self._in_generator():
            return self._yield()
        arrow = self._arrow()
        if arrow is not None:
            return arrow
        left = self._conditional()
        if self.token.sign in _ASSIGNING:
            sign = self.next().sign
            if isinstance(left, ArrayLiteral | ObjectLiteral) and sign == "=":
                left = self.as_pattern(left)
            elif not isinstance(left, Name | Member):
                raise NotJavaScript("a target")
            name = left.name if isinstance(left, Name) else left.key if isinstance(left, Member) else ""
            return Assign(sign, left, self.named(self.value(), name))
        return left

    def _in_generator(self) -> bool:
        return self.ahead().sign not in {"=", "=>", ".", "+=", ":"}

    def _yield(self) -> Node:
        self.next()
        if self.token.breaks or self.at(")", "]", "}", ",", ";", ":", "in", "of"):
            return Yield(None)
        each = self.take("*")
        return Yield(self.value(), each)

    def _arrow(self) -> Node | None:
        token = self.token
        if token.kind == "name" and token.sign not in RESERVED:
            ahead = self.ahead()
            if ahead.sign == "=>":
                return self._arrow_of([Name(self.name())], token.start, is_async=False)
            if (
                token.sign == "async"
                and not ahead.breaks
                and ahead.sign not in {"function", "=", ".", ")", ","}
            ):
                return self.tried(lambda: self._bracketed_arrow(token.start))
        if token.sign == "(" or (token.sign == "<" and self.typed):
            return self.tried(lambda: self._bracketed_arrow(token.start))
        return None

    def _bracketed_arrow(self, start: int) -> Node:
        is_async = self.take("async")
        if is_async and self.token.kind == "name":
            params: list[Node] = [Name(self.name())]
        else:
            if self.typed:
                self.parameters()
            params, _ = self.params()
            if self.typed and self.at(":") and not self.no_arrow_type:
                self.annotation()
        return self._arrow_of(params, start, is_async=is_async)

    def _arrow_of(self, params: list[Node], start: int, *, is_async: bool) -> Node:
        if self.token.breaks:
            raise self.wrong()
        self.expect("=>")
        self.functions += 1
        if self.at("{"):
            body, strict = self.body(), self._was_strict
        else:
            body, strict = [Return(self.value())], self.strict
        made = Function("", params, body, "arrow", start, self.line(start), is_async=is_async, strict=strict)
        made.end = self.ended
        return made

    def _conditional(self) -> Node:
        test = self._binary(0)
        if not self.at("?"):
            return test
        self.next()
        before, self.no_in = self.no_in, False
        then = self.tried(self._then) if self.typed else self._then()
        if then is None:
            self.no_arrow_type = True
            try:
                then = self._then()
            finally:
                self.no_arrow_type = False
        self.no_in = before
        return Conditional(test, then, self.value())

    def _then(self) -> Node:
        then = self.value()
        self.expect(":")
        return then

    def _binary(self, least: int) -> Node:
        left = self.unary()
        while True:
            sign = self.token.sign
            if sign == "**" and least <= _POWER:
                self.next()
                left = Binary("**", left, self._binary(_POWER))
                continue
            if self.typed and sign in {"as", "satisfies"} and not self.token.breaks:
                self.next()
                if not self.take("const"):
                    self.type()
                continue
            rank = _RANKS.get(sign, 0)
            if rank <= least or (sign == "in" and self.no_in):
                return left
            self.next()
            right = self._binary(rank)
            left = Logical(sign, left, right) if sign in _LOGICAL else Binary(sign, left, right)

    def unary(self) -> Node:
        """Read a value without operators between values."""
        sign = self.token.sign
        if sign in _BEFORE:
            self.next()
            return Unary(sign, self.unary())
        if sign in {"++", "--"}:
            self.next()
            return Update(sign, self.unary(), before=True)
        if sign == "await" and self.ahead().sign not in {")", ";", ",", "=", ".", "=>", "]", ":"}:
            self.next()
            return Await(self.unary())
        if sign == "<" and self.typed:
            self.arguments()
            return self.unary()
        found = self._after(self._primary())
        if self.at("++", "--") and not self.token.breaks:
            return Update(self.next().sign, found, before=False)
        return found

    def _after(self, owner: Node) -> Node:
        """Read members and calls behind a value."""
        has_optional = False
        while True:
            if self.at("."):
                self.next()
                owner = Member(owner, self.name())
            elif self.at("?."):
                self.next()
                has_optional = True
                if self.at("("):
                    owner = Call(owner, self.call_arguments(), optional=True)
                elif self.take("["):
                    owner = Member(owner, self._index(), optional=True)
                else:
                    owner = Member(owner, self.name(), optional=True)
            elif self.take("["):
                owner = Member(owner, self._index())
            elif self.at("("):
                owner = Call(owner, self.call_arguments())
            elif self.at("`"):
                owner = self._template(owner)
            elif self.typed and self.at("!") and not self.token.breaks:
                self.next()
            elif not (self.typed and self.at("<") and self.typed_call()):
                return Chain(owner) if has_optional else owner
