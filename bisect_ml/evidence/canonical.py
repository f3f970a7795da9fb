"""One way of writing for what Python lets people write in several.

Formatters, linters and upgraders rewrite code without a change of what it computes; so do people who name
a result before they return it. The rewrites here are those that tools such as pyupgrade and ruff (`RET504`,
`RET505`, `SIM102`, `SIM118`, `SIM201`, `UP` and `C4`) apply, each towards one form, so that two such versions
of a definition have equal trees.
"""

import ast
import string
from collections.abc import Iterable

_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BY_VALUE = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_PLAIN_TEXT = 115  # `{x!s}`
_NOT_CONVERTED = -1


def canonical(node: ast.AST) -> ast.AST:
    """Return a tree, changed in place, in which each thing is written in one way.

    Takes time linear in the size of the tree.
    """
    found: ast.AST = _Canonical().visit(node)
    return found


class _Canonical(ast.NodeTransformer):
    """Rewrites from the leaves up, so that what a rewrite makes is seen by those around it."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                setattr(node, field, _block(block))
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.body = _without_last_return(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.bases = [base for base in node.bases if not _is_name(base, "object")]
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        node.kind = None
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        node.value = node.value or ast.Constant(value=None)
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """Join `if a: if b:` to `if a and b:`."""
        self.generic_visit(node)
        inner = node.body[0] if len(node.body) == 1 and not node.orelse else None
        if isinstance(inner, ast.If) and not inner.orelse:
            tests = [*_operands(node.test), *_operands(inner.test)]
            return ast.If(test=ast.BoolOp(op=ast.And(), values=tests), body=inner.body, orelse=[])
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.iter = _without_keys(node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = _without_keys(node.iter)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ops[-1], ast.In | ast.NotIn):
            node.comparators[-1] = _without_keys(node.comparators[-1])
        if all(isinstance(op, _BY_VALUE) for op in node.ops):
            node.left, node.comparators = _as_whole(node.left), [_as_whole(each) for each in node.comparators]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Write `not a == b` as `a != b`."""
        self.generic_visit(node)
        compared = node.operand
        if isinstance(node.op, ast.Not) and isinstance(compared, ast.Compare) and len(compared.ops) == 1:
            opposite = _OPPOSITES.get(type(compared.ops[0]))
            if opposite:
                return ast.Compare(left=compared.left, ops=[opposite()], comparators=compared.comparators)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Tuple) and _is_text(node.left):
            return _from_percent(node.left, node.right.elts) or node
        if isinstance(node.op, ast.Div):
            node.left, node.right = _as_whole(node.left), _as_whole(node.right)
        return _product(node) or node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        if node.conversion == _PLAIN_TEXT and node.format_spec is None:
            node.conversion = _NOT_CONVERTED
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "format" and _is_text(function.value):
            return _from_format(function.value, node) or node
        if isinstance(function, ast.Attribute) and _is_name(function.value, "typing"):
            return node.args[1] if function.attr == "cast" and len(node.args) == 2 else node
        if isinstance(function, ast.Name):
            return _called(function.id, node)
        return node


def _called(name: str, node: ast.Call) -> ast.AST:
    """Return what a call of a builtin says by a literal, the call itself where it says more."""
    arguments = node.args
    if node.keywords or any(isinstance(each, ast.Starred) for each in arguments):
        return node
    match name, arguments:
        case "dict", []:
            return ast.Dict(keys=[], values=[])
        case "list", []:
            return ast.List(elts=[], ctx=ast.Load())
        case "tuple", []:
            return ast.Tuple(elts=[], ctx=ast.Load())
        case "set", [ast.List(elts=[_, *_] as elements) | ast.Tuple(elts=[_, *_] as elements)]:
            return ast.Set(elts=elements)
        case "set", [
            ast.ListComp(elt=element, generators=loops) | ast.GeneratorExp(elt=element, generators=loops)
        ]:
            return ast.SetComp(elt=element, generators=loops)
        case "dict", [
            ast.ListComp(elt=ast.Tuple(elts=[key, value]), generators=loops)
            | ast.GeneratorExp(elt=ast.Tuple(elts=[key, value]), generators=loops)
        ]:
            return ast.DictComp(key=key, value=value, generators=loops)
    return node


# Statements


def _block(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Return statements in which what follows a branch that leaves needs no `else`, and no result a name."""
    flat: list[ast.stmt] = []
    for node in statements:
        if isinstance(node, ast.If) and node.orelse and node.body and isinstance(node.body[-1], _JUMPS):
            flat += [ast.If(test=node.test, body=node.body, orelse=[]), *node.orelse]
        else:
            flat.append(node)
    found: list[ast.stmt] = []
    for node in flat:
        if found and isinstance(node, ast.Return) and isinstance(node.value, ast.Name):
            named = found[-1]
            if (
                isinstance(named, ast.Assign)
                and len(named.targets) == 1
                and _is_name(named.targets[0], node.value.id)
            ):
                found[-1] = ast.Return(value=named.value)
                continue
        found.append(node)
    return found


def _without_last_return(body: list[ast.stmt]) -> list[ast.stmt]:
    last = body[-1] if len(body) > 1 else None
    value = last.value if isinstance(last, ast.Return) else last
    return body[:-1] if isinstance(value, ast.Constant) and value.value is None else body


# Expressions


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _as_whole(node: ast.expr) -> ast.expr:
    """Write `30.0` as `30` where only the value counts: in a true division, and where it is compared."""
    value = node.value if isinstance(node, ast.Constant) else None
    return ast.Constant(value=int(value)) if isinstance(value, float) and value.is_integer() else node


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _operands(test: ast.expr) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]


def _without_keys(node: ast.expr) -> ast.expr:
    """Return `d` for `d.keys()`, which gives the same when it is walked or searched."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "keys"
        and not node.args
        and not node.keywords
    ):
        return node.func.value
    return node


def _product(node: ast.BinOp) -> ast.Constant | None:
    """Return the product of two numbers that stand there, as in `60 * 60`."""
    left, right = _number(node.left), _number(node.right)
    if not isinstance(node.op, ast.Mult) or left is None or right is None:
        return None
    return ast.Constant(value=left * right)


def _number(node: ast.expr) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


# Texts with values in them


def _from_percent(text: ast.expr, values: list[ast.expr]) -> ast.JoinedStr | None:
    """Return `"%s: %r" % (a, b)` as an f-string, None where it asks for more than texts of values."""
    whole = text.value if isinstance(text, ast.Constant) else ""
    parts = str(whole).replace("%%", "\0").split("%")
    if len(parts) != len(values) + 1 or any(isinstance(each, ast.Starred) for each in values):
        return None
    pieces: list[str | ast.FormattedValue] = [parts[0]]
    for part, value in zip(parts[1:], values, strict=True):
        if part[:1] not in {"s", "r"}:
            return None
        conversion = ord("r") if part[0] == "r" else _NOT_CONVERTED
        pieces += [ast.FormattedValue(value=value, conversion=conversion), part[1:]]
    return _joined(piece.replace("\0", "%") if isinstance(piece, str) else piece for piece in pieces)


def _from_format(text: ast.expr, call: ast.Call) -> ast.JoinedStr | None:
    """Return `"{}: {b:.2f}".format(a, b=b)` as an f-string, None where it looks inside its values."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in named or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    pieces: list[str | ast.FormattedValue] = []
    used: set[str] = set()
    whole = text.value if isinstance(text, ast.Constant) else ""
    try:
        for literal, field, spec, conversion in string.Formatter().parse(str(whole)):
            pieces.append(literal)
            if field is None:
                continue
            key = field or str(len(used))
            by_place = key.isdecimal() and int(key) < len(call.args)
            value = call.args[int(key)] if by_place else named.get(key)
            if value is None or "{" in (spec or ""):
                return None
            used.add(key)
            pieces.append(_placeholder(value, spec or "", conversion))
    except ValueError:
        return None
    return _joined(pieces) if len(used) == len(call.args) + len(named) else None


def _placeholder(value: ast.expr, spec: str, conversion: str | None) -> ast.FormattedValue:
    code = ord(conversion) if conversion else _NOT_CONVERTED
    return ast.FormattedValue(
        value=value,
        conversion=_NOT_CONVERTED if code == _PLAIN_TEXT and not spec else code,
        format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)]) if spec else None,
    )


def _joined(pieces: Iterable[str | ast.FormattedValue]) -> ast.JoinedStr:
    """Return an f-string of texts and values, neighbouring texts as one and empty ones left out."""
    values: list[ast.expr] = []
    for piece in pieces:
        last = values[-1] if values else None
        if not isinstance(piece, str):
            values.append(piece)
        elif isinstance(last, ast.Constant):
            last.value = str(last.value) + piece
        elif piece:
            values.append(ast.Constant(value=piece))
    return ast.JoinedStr(values=values)
