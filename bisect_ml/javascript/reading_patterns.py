"""Patterns, as the parser reads them."""

from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Assign,
    Member,
    Name,
    Node,
    ObjectLiteral,
    Property,
    Spread,
)
from bisect_ml.javascript.tokens import NotJavaScript
from bisect_ml.javascript.types import Types


class Patterns(Types):
    """Reads what values are bound to."""

    def pattern(self) -> Node:
        """Read what a value is bound to, without a default."""
        if self.take("["):
            items: list[Node | None] = []
            while not self.take("]"):
                if self.at(","):
                    items.append(None)
                elif self.take("..."):
                    items.append(Spread(self.pattern()))
                else:
                    items.append(self.with_default())
                if not self.at("]"):
                    self.expect(",")
            return ArrayLiteral(items)
        if self.take("{"):
            members: list[Property | Spread] = []
            while not self.take("}"):
                members.append(self._part())
                if not self.at("}"):
                    self.expect(",")
            return ObjectLiteral(members)
        return Name(self.name())

    def _part(self) -> Property | Spread:
        if self.take("..."):
            return Spread(self.pattern())
        named = self.token.kind == "name"
        key = self.key()
        if self.take(":"):
            return Property(key, self.with_default())
        if not named or not isinstance(key, str):
            raise self.wrong()
        target: Node = Name(key)
        return Property(key, Assign("=", target, self.value()) if self.take("=") else target)

    def with_default(self) -> Node:
        """Read a pattern and its default."""
        target = self.pattern()
        if self.typed:
            self.take("?")
            self.annotation()
        return Assign("=", target, self._in_value()) if self.take("=") else target

    def _in_value(self) -> Node:
        before, self.no_in = self.no_in, False
        try:
            return self.value()
        finally:
            self.no_in = before

    def as_pattern(self, node: Node) -> Node:
        """Return what was read as a value as what is bound to.

        Raises:
            NotJavaScript: Nothing can be bound to it.
        """
        if isinstance(node, ArrayLiteral):
            return ArrayLiteral([each and self.as_pattern(each) for each in node.items])
        if isinstance(node, ObjectLiteral):
            return ObjectLiteral([self._member_as_pattern(each) for each in node.members])
        if isinstance(node, Spread):
            return Spread(self.as_pattern(node.value))
        if isinstance(node, Assign) and node.sign == "=":
            return Assign("=", self.as_pattern(node.target), node.value)
        if isinstance(node, Name | Member):
            return node
        raise NotJavaScript("a target")

    def _member_as_pattern(self, member: Property | Spread) -> Property | Spread:
        if isinstance(member, Spread):
            return Spread(self.as_pattern(member.value))
        if member.value is None or member.kind != "init":
            raise NotJavaScript("a target")
        return Property(member.key, self.as_pattern(member.value))
