"""What a class of Python has from its bases, and what bases from elsewhere call back.

A base that is not in the tree (a parser, a visitor, a framework's view) runs methods of the class by names
that only it knows.
"""

import ast
import builtins
from functools import cache

from bisect_ml.evidence.module_index import Module, ModuleIndex, Node
from bisect_ml.evidence.module_names import dotted_name

_CALL_NOTHING_BACK = frozenset(
    {name for name, value in vars(builtins).items() if isinstance(value, type)}
    | {
        "ABC",
        "Enum",
        "IntEnum",
        "StrEnum",
        "Flag",
        "IntFlag",
        "Generic",
        "Protocol",
        "NamedTuple",
        "namedtuple",
    }
    | {"TypedDict", "BaseModel", "OrderedDict", "defaultdict", "Counter", "deque", "UserDict", "UserList"}
)
"""Bases that run no method of a class but those whose names begin and end with two underscores."""


class Inheritance(ModuleIndex):
    """The definitions of a source tree with the bases of their classes."""

    def runs_a_base(self, module: Module, owner: str, call: ast.Call) -> bool:
        """Tell a call of what a class has from a base that is not in the tree: `self.feed(…)` of a parser.

        Such a base calls back what the class defines, by names that only it knows.
        """
        called = call.func
        if not isinstance(called, ast.Attribute) or called.attr.startswith("__"):
            return False
        foreign = self._foreign_bases((module.path, owner))
        if not foreign:
            return False
        on = called.value
        if isinstance(on, ast.Call):
            return dotted_name(on.func) == "super" and not any(
                self._methods(self._modules[path], base, called.attr)
                for path, base in self.bases((module.path, owner))
            )
        if dotted_name(on) in {"self", "cls"}:
            return self.is_of_a_base((module.path, owner), called.attr)
        return dotted_name(on) in foreign

    def is_of_a_base(self, node: Node, name: str) -> bool:
        """Tell what a class can only have from a base that is not in the tree."""
        path, owner = node
        if name.startswith("__") or not self._foreign_bases(node):
            return False
        if any(name in self._assigned(*each) for each in self.with_bases({node})):
            return False
        return not (self._methods(self._modules[path], owner, name) or self._overrides(owner, name))

    @cache  # noqa: B019 - a graph lives as long as its case
    def _foreign_bases(self, node: Node) -> frozenset[str]:
        """Return the bases of a class, and of those, that are not in the tree and may call it back."""
        found: set[str] = set()
        for each in self.with_bases({node}):
            listed = (base for one in self.statements(each) for base in getattr(one, "bases", []))
            module = self._modules[each[0]]
            found |= {dotted_name(base) for base in listed if not self._class_named(module, base)}
        return frozenset(name for name in found if name and name.rpartition(".")[2] not in _CALL_NOTHING_BACK)

    @cache  # noqa: B019 - a graph lives as long as its case
    def _assigned(self, path: str, owner: str) -> frozenset[str]:
        """Return the attributes that the methods of a class set: what is called there is of no base."""
        return frozenset(
            part.attr
            for name in self._modules[path].nodes
            if name.startswith(f"{owner}.")
            for statement in self.statements((path, name))
            for part in ast.walk(statement)
            if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)
        )

    def called_back(self, node: Node) -> set[Node]:
        """Return the methods of a class, and those of its subclasses."""
        waiting, seen = [node], {node}
        while waiting:
            above = waiting.pop()
            namesakes = self._subclasses.get(above[1].rpartition(".")[2], set())
            below = {each for each in namesakes - seen if above in (self.bases(each) or (above,))}
            seen |= below
            waiting += below
        return {
            (path, each)
            for path, owner in seen
            for each in self._modules[path].nodes
            if each.startswith(f"{owner}.") and self._modules[path].nodes[each][0].is_callable
        }

    def with_bases(self, classes: set[Node]) -> set[Node]:
        """Return classes with all that they derive from in the tree; versions joined may go in a circle."""
        waiting, found = list(classes), set(classes)
        while waiting:
            bases = set(self.bases(waiting.pop())) - found
            found |= bases
            waiting += bases
        return found
