"""Types of TypeScript, which are gone past."""

from bisect_ml.javascript.cursor import Cursor
from bisect_ml.javascript.tokens import NotJavaScript

_BEFORE = frozenset({"keyof", "typeof", "readonly", "unique", "infer", "asserts", "abstract"})


class Types(Cursor):
    """Goes past types."""

    def annotation(self) -> None:
        """Go past `: type` where the text is TypeScript."""
        if self.typed and self.at(":"):
            self.next()
            self.type()

    def type(self) -> None:
        """Go past a type."""
        self.take("|")
        self.take("&")
        while True:
            self._one()
            if not self.take("|") and not self.take("&"):
                break
        if self.at("extends") and not self.token.breaks:
            self.next()
            self._without_condition()
            if self.take("?"):
                self.type()
                self.expect(":")
                self.type()

    def _without_condition(self) -> None:
        while True:
            self._one()
            if not self.take("|") and not self.take("&"):
                return

    def _one(self) -> None:
        while self.token.sign in _BEFORE and self.ahead().sign not in {
            ",",
            ")",
            ";",
            "=",
            ">",
            "|",
            "]",
            "is",
        }:
            self.next()
        if self.at("new") or self.at("<"):
            self.take("new")
            self.parameters()
            self.balanced()
            self.expect("=>")
            self.type()
        elif self.at("("):
            self.balanced()
            if self.take("=>"):
                self.type()
        elif self.at("[", "{"):
            self.balanced()
        elif self.at("`"):
            self.skip_template()
        elif self.at("import"):
            self.next()
            self.balanced()
            self._qualified()
        elif self.token.kind in {"name", "string", "number"}:
            named = self.next().kind == "name"
            if named:
                self._qualified()
        elif self.take("-"):
            self.next()
        else:
            raise self.wrong()
        self._after_type()

    def _qualified(self) -> None:
        while self.take("."):
            self.name()
        if self.at("<"):
            self.arguments()

    def _after_type(self) -> None:
        while self.at("[") and not self.token.breaks:
            self.balanced()
        if self.at("is") and not self.token.breaks:
            self.next()
            self.type()

    def arguments(self) -> None:
        """Go past `<type, …>`."""
        self.expect("<")
        while not self.at(">"):
            self.type()
            if not self.take(","):
                break
        self._close()

    def parameters(self) -> None:
        """Go past `<name extends type = type, …>` where it stands here."""
        if not self.at("<"):
            return
        self.next()
        while self.token.sign[:1] != ">":
            while self.at("const", "in", "out") and self.ahead().kind == "name":
                self.next()
            self.name()
            if self.take("extends"):
                self.type()
            if self.take("="):
                self.type()
            if not self.take(","):
                break
        self._close()

    def _close(self) -> None:
        """Go past one `>`, which may stand in a longer sign."""
        if self.token.sign[:1] != ">":
            raise self.wrong()
        self.go(self.token.start + 1)

    def typed_call(self) -> bool:
        """Go past the types of a call, or of a function that is named, if nothing else may be meant."""
        return self.tried(self._typed_call) is not None

    def _typed_call(self) -> bool:
        self.arguments()
        if not self.token.breaks and not self.at("(", "`", ";", ":", ")", ",", "}", "]"):
            raise NotJavaScript
        return True

    def interface(self) -> None:
        """Go past an interface or a declared block: up to its braces and past them."""
        self.heritage()
        self.balanced()

    def heritage(self) -> None:
        """Go past what stands before the braces of a class or an interface."""
        while not self.at("{"):
            if self.token.kind == "end":
                raise self.wrong()
            if not self.at("<"):
                self.next()
            elif not self.tried(self._parameters_read):
                self.arguments()

    def _parameters_read(self) -> bool:
        self.parameters()
        return True
