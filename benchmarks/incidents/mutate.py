"""Change one place of a Python source the way people break, or merely touch, code."""

import ast
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_FACTORS = (2, 0.5, 10, 0.1, 100, 1000, 60)
_OPERATORS = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
_COMPARISONS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.In: "not in"}
_WRAPPERS = {
    "round",
    "abs",
    "log",
    "log10",
    "sqrt",
    "float",
    "int",
    "lower",
    "upper",
    "strip",
    "max",
    "min",
    "exp",
    "sorted",
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A source with one change, what kind it is, and the function it stands in."""

    kind: str
    text: str
    function: str


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    node: ast.expr | ast.stmt
    text: str
    function: str


def mutations(source: str, rng: random.Random, count: int) -> list[Mutation]:
    """Return up to `count` mutations of a source, each kind as often as the others where it fits."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    by_kind: dict[str, list[_Place]] = {}
    for place in _places(tree, source, rng):
        by_kind.setdefault(place.kind, []).append(place)
    found: list[Mutation] = []
    for _ in range(4 * count):
        if not by_kind or len(found) >= count:
            break
        place = rng.choice(by_kind[rng.choice(sorted(by_kind))])
        text = _replaced(source, place)
        if text != source and _parses(text):
            found.append(Mutation(kind=place.kind, text=text, function=place.function))
    return found


def _places(tree: ast.Module, source: str, rng: random.Random) -> Iterator[_Place]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            for kind, text in _changes(node, source, rng):
                if isinstance(node, ast.expr | ast.stmt):
                    yield _Place(kind=kind, node=node, text=text, function=function.name)
        for default in [*function.args.defaults, *filter(None, function.args.kw_defaults)]:
            other = _other_constant(default, rng)
            if other is not None:
                yield _Place(kind="default", node=default, text=other, function=function.name)


def _changes(node: ast.AST, source: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    def text(part: ast.AST) -> str:
        return ast.get_source_segment(source, part) or ast.unparse(part)

    match node:
        case ast.Constant(value=bool() | int() | float()):
            yield "number", _other_constant(node, rng) or ""
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield "operator", f"{text(left)} {_OPERATORS[type(op)]} {text(right)}"
            yield "unit", f"{text(node)} * {rng.choice(_FACTORS)}"
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
            yield "comparison", f"{text(left)} {_COMPARISONS[type(op)]} {text(right)}"
        case ast.Call(func=function, args=[first, second, *rest], keywords=[]):
            yield "swap", f"{text(function)}({', '.join([text(second), text(first), *map(text, rest)])})"
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if (
            name in _WRAPPERS
        ):
            yield "unwrap", text(first)
        case ast.Return(value=ast.expr() as value):
            yield "unit", f"return ({text(value)}) * {rng.choice(_FACTORS)}"
            yield "sign", f"return -({text(value)})"
            yield "temporary", f"result = {text(value)}\n{' ' * node.col_offset}return result"
        case ast.If(test=test, orelse=[], body=[ast.Return() | ast.Raise() | ast.Continue()]):
            yield "guard", f"if not ({text(test)}):\n{' ' * (node.col_offset + 4)}{text(node.body[0])}"
            yield "no guard", "pass"
        case ast.Assign(targets=[ast.Name()], value=value):
            yield "comment", f"{text(node)}  # see above"
            yield "parentheses", f"{text(node.targets[0])} = ({text(value)})"


def _other_constant(node: ast.expr, rng: random.Random) -> str | None:
    match node:
        case ast.Constant(value=bool() as flag):
            return str(not flag)
        case ast.Constant(value=int() | float() as value) if isinstance(value, int | float):
            other: Callable[[], float] = rng.choice(
                [lambda: value + 1, lambda: value - 1, lambda: value * rng.choice(_FACTORS)]
            )
            found = other()
            return repr(int(found)) if isinstance(value, int) and found == int(found) else repr(found)
    return None


def _replaced(source: str, place: _Place) -> str:
    lines = source.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line.encode()))
    node, data = place.node, source.encode()
    start = offsets[node.lineno - 1] + node.col_offset
    end = offsets[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return (data[:start] + place.text.encode() + data[end:]).decode()


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
