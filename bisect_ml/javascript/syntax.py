"""The nodes of the syntax tree."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


@dataclass(slots=True, eq=False)
class Node:
    """A piece of code."""


@dataclass(slots=True, eq=False)
class Literal(Node):
    """A number, a text, a truth value, null or undefined."""

    value: object


@dataclass(slots=True, eq=False)
class Regex(Node):
    """A regular expression."""

    source: str
    flags: str


@dataclass(slots=True, eq=False)
class Template(Node):
    """A template; with a tag, a call of that."""

    raw: list[str]
    parts: list[Node]
    tag: Node | None = None


@dataclass(slots=True, eq=False)
class Name(Node):
    """A name."""

    name: str


@dataclass(slots=True, eq=False)
class This(Node):
    """`this`."""


@dataclass(slots=True, eq=False)
class Super(Node):
    """`super`."""


@dataclass(slots=True, eq=False)
class NewTarget(Node):
    """`new.target`; or, with another name, `import.meta`."""

    name: str = "new.target"


@dataclass(slots=True, eq=False)
class Spread(Node):
    """`...` before a value, or before the rest of a pattern."""

    value: Node


@dataclass(slots=True, eq=False)
class ArrayLiteral(Node):
    """An array, or a pattern of one; None where nothing stands between commas."""

    items: list[Node | None]


@dataclass(slots=True, eq=False)
class Property(Node):
    """A member of an object, of a pattern or of a class.

    Attributes:
        key: A text, or a node where it is computed.
        value: What it holds; None for a field without.
        kind: `init`, `get`, `set`, `method`, `field` or `block`.
        static: Whether the class holds it.
    """

    key: "str | Node"
    value: Node | None
    kind: str = "init"
    static: bool = False


@dataclass(slots=True, eq=False)
class ObjectLiteral(Node):
    """An object, or a pattern of one."""

    members: list["Property | Spread"]


@dataclass(slots=True, eq=False)
class Function(Node):
    """A function, a method or an arrow.

    Attributes:
        name: Its own name, or the one that it is given where it stands.
        params: Patterns.
        body: Statements; for an arrow without braces, one `return`.
        kind: `function`, `arrow`, `method` or `constructor`.
        at: Where it begins in the text.
        line: In which line.
        named: Whether the name is seen inside.
        end: Where it ends in the text.
    """

    name: str
    params: list[Node]
    body: list[Node]
    kind: str
    at: int
    line: int
    is_async: bool = False
    is_generator: bool = False
    named: bool = False
    strict: bool = False
    derived: bool = False
    end: int = 0


@dataclass(slots=True, eq=False)
class Class(Node):
    """A class."""

    name: str
    parent: Node | None
    members: list[Property]
    at: int
    line: int


@dataclass(slots=True, eq=False)
class Unary(Node):
    """An operator before a value."""

    sign: str
    value: Node


@dataclass(slots=True, eq=False)
class Update(Node):
    """`++` and `--`."""

    sign: str
    target: Node
    before: bool


@dataclass(slots=True, eq=False)
class Binary(Node):
    """An operator between two values."""

    sign: str
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class Logical(Node):
    """`&&`, `||` and `??`."""

    sign: str
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class Assign(Node):
    """An assignment; in a pattern, a default."""

    sign: str
    target: Node
    value: Node


@dataclass(slots=True, eq=False)
class Conditional(Node):
    """`a ? b : c`."""

    test: Node
    then: Node
    other: Node


@dataclass(slots=True, eq=False)
class Call(Node):
    """A call; `optional` where it follows `?.`."""

    function: Node
    args: list[Node]
    optional: bool = False


@dataclass(slots=True, eq=False)
class New(Node):
    """`new`."""

    function: Node
    args: list[Node]


@dataclass(slots=True, eq=False)
class Member(Node):
    """A property that is asked for by name or by a computed key."""

    owner: Node
    key: "str | Node"
    optional: bool = False


@dataclass(slots=True, eq=False)
class Chain(Node):
    """The whole of a chain in which `?.` stands."""

    value: Node


@dataclass(slots=True, eq=False)
class Sequence(Node):
    """Values with commas between them."""

    parts: list[Node]


@dataclass(slots=True, eq=False)
class Yield(Node):
    """`yield`, or `yield*`."""

    value: Node | None
    each: bool = False


@dataclass(slots=True, eq=False)
class Await(Node):
    """`await`."""

    value: Node


def texts_in(node: Any) -> Iterator[str]:
    """Go through the texts that are written out in a tree."""
    if isinstance(node, Literal):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, Template) and len(node.raw) == 1:
        yield node.raw[0]
    elif isinstance(node, list | tuple):
        for each in node:
            yield from texts_in(each)
    elif isinstance(node, Node):
        for each in fields(node):
            yield from texts_in(getattr(node, each.name))
