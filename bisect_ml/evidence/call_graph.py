"""Who uses whom in Python.

Names are resolved the way a reader does: `self.name` in the class and its bases, a bare name in the
file and through its imports, `module.name` through the import; any other `thing.name` in the same
file first, then in every class that has such a method, where they are few. That finds too much rather
than too little.
"""

import ast
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.inheritance import Inheritance
from bisect_ml.evidence.module_index import OPEN, Module, Node
from bisect_ml.evidence.module_names import (
    absolute,
    calls_the_unnamed,
    can_be,
    dotted_name,
    imported_by_name,
    local_imports,
    looked_up,
    module_name,
)
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.receivers import annotated, receivers, returned_makers

__all__ = ["CallGraph", "Node"]


class CallGraph(Inheritance):
    """The definitions of a source tree and who uses whom."""

    def entries(self, entry: str, *, anywhere: bool = True) -> set[Node]:
        """Return the definitions that an entry point names: `module:function`, or a bare function name.

        With `anywhere`, a function of that name elsewhere stands in for one that the module does not have.
        """
        module, _, name = entry.rpartition(":")
        name = name.strip().removesuffix("()")
        if inherited := self._inherited(module, name):
            return inherited
        if "." in name and not module and (name not in self._all_names()):
            module, _, name = name.rpartition(".")
        last = name.rsplit(".", 1)[-1]
        found = {
            node
            for node in self._by_last_name.get(last, set())
            if node[1] == name or node[1].endswith("." + name) or "." not in name
        }
        inside = {node for node in found if can_be(node[0], module)} if module else found
        found = inside or (found if anywhere else set())
        chosen = {node for node in found if not node[1].endswith((MODULE, IMPORTS))}
        return chosen.union(*(self._made_first(node) for node in chosen))

    def _inherited(self, module: str, name: str) -> set[Node]:
        """Return what a class that a name begins with has from its bases; nothing of what is its own."""
        owner, _, last = name.rpartition(".")
        classes = {
            node
            for node in self._by_last_name.get(owner.rpartition(".")[2], set())
            if node[1] == owner and (not module or can_be(node[0], module))
        }
        if any(f"{owner}.{last}" in self._modules[path].nodes for path, _ in classes):
            return set()
        found = {each: self._methods(self._modules[each[0]], owner, last) for each in classes}
        having = {each for each, methods in found.items() if methods}
        made = (self._made_first((path, f"{owner}.{last}")) for path, _ in having)
        return having.union(*found.values(), *made)

    def _made_first(self, node: Node) -> set[Node]:
        """Return what must have run before an entry point can: the constructor of its class.

        A class as an entry point stands for all of its methods.
        """
        path, name = node
        names = self._modules[path].nodes
        if name in names and isinstance(names[name][0].nodes[0], ast.ClassDef):
            return {(path, each) for each in names if each.startswith(name + ".")}
        owner = name.rpartition(".")[0]
        made = ("__init__", "__new__") if owner else ()
        return {found for each in made for found in self._methods(self._modules[path], owner, each)}

    def uses(self, node: Node) -> tuple[Node, ...]:
        """Return the definitions that one definition refers to."""
        return tuple(each for each in self._uses(node) if each[0] != OPEN)

    def open_calls(self, node: Node) -> frozenset[str]:
        """Return the names of methods that a definition calls and that too many classes have."""
        return frozenset(name for path, name in self._uses(node) if path == OPEN)

    def members(self, node: Node) -> Mapping[str, frozenset[Node]]:
        """Return the methods of a class by their own names, nothing of what is no class."""
        path, owner = node
        nodes = self._modules[path].nodes
        if not isinstance(nodes[owner][0].nodes[0], ast.ClassDef):
            return {}
        split = ((name, *name.rpartition(".")[::2]) for name, found in nodes.items() if found[0].is_callable)
        return {last: frozenset({(path, name)}) for name, of, last in split if of == owner}

    @cache  # noqa: B019 - a graph lives as long as its case
    def _uses(self, node: Node) -> tuple[Node, ...]:
        path, name = node
        module = self._modules[path]
        found: set[Node] = set()
        for definition in module.nodes.get(name, ()):
            for statement in definition.nodes:
                found |= self._references(module, name, statement)
        found.discard(node)
        return tuple(sorted(found))

    def _references(self, module: Module, name: str, statement: ast.stmt) -> set[Node]:
        owner = name.rsplit(".", 1)[0] if "." in name else ""
        local = local_imports(module.path, statement)
        held = receivers(statement)
        found: set[Node] = set()
        for part in ast.walk(statement):
            if isinstance(part, ast.Attribute):
                of_class = self._of_class(module, owner, part, held, local)
                found |= of_class or self._attribute(module, owner, part, local)
            elif isinstance(part, ast.Call) and owner and _makes_its_own(part):
                found |= self._made_first((module.path, name))
            elif isinstance(part, ast.Call) and owner and self.runs_a_base(module, owner, part):
                found |= self.called_back((module.path, owner))
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                found |= self._name(module, part.id, local)
            elif isinstance(part, ast.Call) and (prefix := looked_up(part)):
                found |= {
                    node
                    for last, nodes in self._by_last_name.items()
                    if last.startswith(prefix)
                    for node in nodes
                }
            elif isinstance(part, ast.Call) and (prefix := imported_by_name(part)):
                found |= self._imported(module.path, prefix)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
                # getattr(self, "name") and tables of function names
                found |= {each for each in self._methods(module, owner, part.value) if owner}
        return found

    def _imported(self, path: str, prefix: str) -> set[Node]:
        """Return all that is in the modules whose names begin so; dots lead from the file of a path."""
        rest = prefix.lstrip(".")
        begin = absolute(path, rest, len(prefix) - len(rest)) + ("" if rest else ".")
        return {
            (other, name)
            for other, held in self._modules.items()
            if f".{begin}" in f".{module_name(other)}"
            for name in (*held.nodes, MODULE)
        }

    def _attribute(
        self, module: Module, owner: str, part: ast.Attribute, local: Mapping[str, tuple[str, str]]
    ) -> set[Node]:
        base = part.value
        if isinstance(base, ast.Name) and base.id in {"self", "cls"} and owner:
            found = self._methods(module, owner, part.attr) | self._overrides(owner, part.attr)
            return found or self._anywhere(module, part.attr)
        dotted = dotted_name(base)
        if dotted:
            first, _, rest = dotted.partition(".")
            target = local.get(first) or module.imports.get(first)
            if target:
                inside = ".".join(filter(None, (target[0], target[1], rest)))
                found = self._in_module(inside, part.attr)
                if found or not self._known_module(target[0]):
                    return found
            if dotted in module.nodes:
                return self._methods(module, dotted, part.attr)
        return self._anywhere(module, part.attr)

    def _of_class(
        self,
        module: Module,
        owner: str,
        part: ast.Attribute,
        held: Mapping[str, tuple[str, ...]],
        local: Mapping[str, tuple[str, str]],
    ) -> set[Node]:
        """Return the method of the class of which a variable or an attribute holds an instance."""
        dotted = dotted_name(part.value)
        makers = (*held.get(dotted, ()), *self._attributes(module.path, owner).get(dotted, ()))
        classes = {each for maker in makers for each in self._classes(module, maker, local)}
        if not makers and isinstance(part.value, ast.Name):
            classes = self._held_by_name(module, part.value.id, local)
        found: set[Node] = set()
        for path, name in classes:
            found |= self._methods(self._modules[path], name, part.attr) | self._overrides(name, part.attr)
            if self.is_of_a_base((path, name), part.attr):
                found |= self.called_back((path, name))
        return found

    def _held_by_name(self, module: Module, variable: str, local: Mapping[str, tuple[str, str]]) -> set[Node]:
        """Return the classes of which a variable of this or another module holds an instance."""
        return {
            each
            for path, name in self._name(module, variable, local)
            for statement in self.statements((path, name))
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            for maker in receivers(statement).get(name, ())
            for each in self._classes(self._modules[path], maker, {})
        }

    @cache  # noqa: B019 - a graph lives as long as its case
    def _attributes(self, path: str, owner: str) -> Mapping[str, tuple[str, ...]]:
        """Return what the methods of a class, and its annotations, put into the attributes of `self`."""
        found: dict[str, tuple[str, ...]] = {}
        nodes = self._modules[path].nodes if owner else {}
        for name in nodes:
            if name.startswith(f"{owner}."):
                for statement in self.statements((path, name)):
                    for target, makers in receivers(statement).items():
                        named = target if target.startswith("self.") else f"self.{target}"
                        if target.startswith("self.") or isinstance(statement, ast.AnnAssign):
                            found[named] = (*found.get(named, ()), *makers)
        return found

    def _classes(
        self, module: Module, maker: str, local: Mapping[str, tuple[str, str]], depth: int = 0
    ) -> set[Node]:
        """Return the classes that a name stands for, or that the function of that name returns."""
        first, _, rest = maker.rpartition(".")
        target = local.get(first) or module.imports.get(first) if first else None
        named = self._name(module, maker, local) if not first else set()
        if target:
            named = self._in_module(".".join(filter(None, target)), rest)
        elif first and (module.path, maker) in self._by_last_name.get(rest, ()):
            named = {(module.path, maker)}  # `Class.make(...)`
        found: set[Node] = set()
        for path, name in named:
            for statement in self.statements((path, name)):
                if isinstance(statement, ast.ClassDef):
                    found.add((path, name))
                elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and depth < 3:
                    returned = annotated(statement.returns) or _returned(statement)
                    found |= (
                        self._classes(self._modules[path], returned, {}, depth + 1) if returned else set()
                    )
        return found

    def handed_out(self, node: Node) -> set[Node]:
        """Return the classes of what a function returns, with the classes that they derive from."""
        path = node[0]
        module = self._modules[path]
        found: set[Node] = set()
        for statement in self.statements(node):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                for maker in returned_makers(statement):
                    found |= self._classes(module, maker, local_imports(path, statement))
        return self.with_bases(found)

    def strings(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Return the strings and attributes of some definitions, by which files and settings are read."""
        found: set[str] = set()
        for path, name in nodes:
            for statement in self.statements((path, name)):
                found |= _strings(statement)
        return frozenset(found)

    def is_dynamic(self, node: Node) -> bool:
        """Tell a definition that calls what is named at run time only."""
        return any(map(calls_the_unnamed, self.statements(node)))

    def public(self) -> list[Node]:
        """Return the public functions and methods, outside tests."""
        return [
            (path, name)
            for path, module in sorted(self._modules.items())
            if file_kind(path) == "code"
            for name, found in sorted(module.nodes.items())
            if found[0].is_callable and not name.rsplit(".", 1)[-1].startswith("_")
        ]


def _makes_its_own(call: ast.Call) -> bool:
    """Tell a call that makes an instance of the class it stands in: `cls(…)`, `type(self)(…)`."""
    maker = call.func
    if isinstance(maker, ast.Call):
        return (
            dotted_name(maker.func) == "type"
            and len(maker.args) == 1
            and dotted_name(maker.args[0]) == "self"
        )
    return dotted_name(maker) in {"cls", "self.__class__"}


def _returned(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return what makes the value that a function without annotation returns."""
    returns = (part for part in ast.walk(function) if isinstance(part, ast.Return))
    calls = (part.value for part in returns if isinstance(part.value, ast.Call))
    return next((name for call in calls if (name := dotted_name(call.func))), "")


@lru_cache(maxsize=8192)
def _strings(statement: ast.stmt) -> frozenset[str]:
    found = set()
    for part in ast.walk(statement):
        if isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and len(part.value) < 200:
            found.add(part.value)
    return frozenset(found)
