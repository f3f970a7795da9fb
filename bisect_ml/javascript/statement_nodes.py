"""The nodes of statements in the syntax tree."""

from dataclasses import dataclass, field

from bisect_ml.javascript.syntax import Function, Node


@dataclass(slots=True, eq=False)
class Declaration(Node):
    """`var`, `let` or `const`; pairs of patterns and values."""

    kind: str
    pairs: list[tuple[Node, Node | None]]


@dataclass(slots=True, eq=False)
class Expression(Node):
    """A value as a statement."""

    value: Node


@dataclass(slots=True, eq=False)
class Block(Node):
    """Statements in braces; `closes` where functions in it may see its names."""

    body: list[Node]
    closes: bool


@dataclass(slots=True, eq=False)
class If(Node):
    """`if`."""

    test: Node
    then: Node
    other: Node | None


@dataclass(slots=True, eq=False)
class For(Node):
    """`for` with three parts, `while` without the outer two."""

    start: Node | None
    test: Node | None
    step: Node | None
    body: Node
    closes: bool


@dataclass(slots=True, eq=False)
class ForEach(Node):
    """`for … of` and `for … in`; `kind` is empty where the target is not declared there."""

    kind: str
    target: Node
    of: bool
    values: Node
    body: Node
    closes: bool


@dataclass(slots=True, eq=False)
class DoWhile(Node):
    """`do … while`."""

    body: Node
    test: Node


@dataclass(slots=True, eq=False)
class Leave(Node):
    """`break` and `continue`."""

    sign: str
    label: str


@dataclass(slots=True, eq=False)
class Return(Node):
    """`return`."""

    value: Node | None


@dataclass(slots=True, eq=False)
class Throw(Node):
    """`throw`."""

    value: Node


@dataclass(slots=True, eq=False)
class Try(Node):
    """`try`."""

    body: Block
    name: Node | None
    handler: Block | None
    last: Block | None


@dataclass(slots=True, eq=False)
class Switch(Node):
    """`switch`; None is the test of `default`."""

    value: Node
    cases: list[tuple[Node | None, list[Node]]]
    closes: bool


@dataclass(slots=True, eq=False)
class Labelled(Node):
    """A statement with a label."""

    label: str
    body: Node


@dataclass(slots=True, eq=False)
class Import(Node):
    """`import`: pairs of the names there (`*` for all) and here."""

    source: str
    pairs: list[tuple[str, str]]


@dataclass(slots=True, eq=False)
class Export(Node):
    """`export`: of a declaration, or pairs of names here and outside; from a module if there is a source."""

    declaration: Node | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)
    source: str = ""


@dataclass(slots=True, eq=False)
class Namespace(Node):
    """`namespace` of TypeScript: its name, and a function that fills the object of that name."""

    name: str
    function: Function


@dataclass(slots=True, eq=False)
class Enum(Node):
    """`enum` of TypeScript: names and values."""

    name: str
    members: list[tuple[str, Node | None]]
