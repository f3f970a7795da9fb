"""Who uses whom in Python.

Names are resolved the way a reader does: `self.name` in the class and its bases, a bare name in the
file and through its imports, `module.name` through the import; any other `thing.name` in the same
file first, then in every class that has such a method. That finds too much rather than too little.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from bisect_ml.evidence.definitions import IMPORTS, MODULE, Definition, definitions
from bisect_ml.evidence.module_names import (
    absolute,
    can_be,
    dotted_name,
    local_imports,
    looked_up,
    module_name,
)
from bisect_ml.evidence.paths import file_kind

Node = tuple[str, str]
"""A path and the dotted name of a definition in it."""

_MAX_NAMESAKES = 6
_IMPLICIT_METHODS = ("__init__", "__new__", "__call__", "__post_init__", "__getattr__", "__enter__")


@dataclass(slots=True, eq=False)
class _Module:
    """What one file defines and what its imports bind: local name → (module, name or empty)."""

    path: str
    nodes: dict[str, list[Definition]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)


class CallGraph:
    """The definitions of a source tree and who uses whom.

    Args:
        sources: Paths and texts; one path may come several times with different texts, as when
            commits of the same deploy changed it: what any of them defines and calls is joined.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self._modules: dict[str, _Module] = {}
        self._by_last_name: dict[str, set[Node]] = {}
        self._subclasses: dict[str, set[Node]] = {}
        for path, text in sources:
            self._add(path, text)
        self._paths_by_stem: dict[str, list[str]] = {}
        for path in self._modules:
            self._paths_by_stem.setdefault(module_name(path).split(".")[-1], []).append(path)

    def _add(self, path: str, text: str) -> None:
        found = definitions(path, text)
        if found is None:
            return
        module = self._modules.setdefault(path, _Module(path=path))
        for name, definition in found.items():
            known = module.nodes.setdefault(name, [])
            if not any(each.source == definition.source for each in known):
                known.append(definition)
                if name.endswith(IMPORTS):
                    self._bind(module, definition)
            self._by_last_name.setdefault(name.rsplit(".", 1)[-1], set()).add((path, name))
            for base in getattr(definition.nodes[0], "bases", []):
                self._subclasses.setdefault(dotted_name(base).rsplit(".", 1)[-1], set()).add((path, name))

    @staticmethod
    def _bind(module: _Module, definition: Definition) -> None:
        for node in definition.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    local = alias.asname or alias.name.split(".")[0]
                    module.imports[local] = (alias.name if alias.asname else local, "")
            elif isinstance(node, ast.ImportFrom):
                base = absolute(module.path, node.module or "", node.level)
                for alias in node.names:
                    if alias.name == "*":
                        module.stars.add(base)
                    else:
                        module.imports[alias.asname or alias.name] = (base, alias.name)

    def entries(self, entry: str, *, anywhere: bool = True) -> set[Node]:
        """Return the definitions that an entry point names: `module:function`, or a bare function name.

        With `anywhere`, a function of that name elsewhere stands in for one that the module does not have.
        """
        module, _, name = entry.rpartition(":")
        name = name.strip().removesuffix("()")
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

    def _made_first(self, node: Node) -> set[Node]:
        """Return what must have run before an entry point can: the constructor of its class.

        A class as an entry point stands for all of its methods.
        """
        path, name = node
        names = self._modules[path].nodes
        if isinstance(names[name][0].nodes[0], ast.ClassDef):
            return {(path, each) for each in names if each.startswith(name + ".")}
        owner = name.rpartition(".")[0]
        made = ("__init__", "__new__") if owner else ()
        return {found for each in made for found in self._methods(self._modules[path], owner, each)}

    def _all_names(self) -> set[str]:
        return {name for module in self._modules.values() for name in module.nodes}

    @cache  # noqa: B019 - a graph lives as long as its case
    def uses(self, node: Node) -> tuple[Node, ...]:
        """Return the definitions that one definition refers to."""
        path, name = node
        module = self._modules[path]
        found: set[Node] = set()
        for definition in module.nodes.get(name, ()):
            for statement in definition.nodes:
                found |= self._references(module, name, statement)
        found.discard(node)
        return tuple(sorted(found))

    def _references(self, module: _Module, name: str, statement: ast.stmt) -> set[Node]:
        owner = name.rsplit(".", 1)[0] if "." in name else ""
        local = local_imports(module.path, statement)
        found: set[Node] = set()
        for part in ast.walk(statement):
            if isinstance(part, ast.Attribute):
                found |= self._attribute(module, owner, part, local)
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                found |= self._name(module, part.id, local)
            elif isinstance(part, ast.Call) and (prefix := looked_up(part)):
                found |= {
                    node
                    for last, nodes in self._by_last_name.items()
                    if last.startswith(prefix)
                    for node in nodes
                }
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
                # getattr(self, "name") and tables of function names
                found |= {each for each in self._methods(module, owner, part.value) if owner}
        return found

    def _name(self, module: _Module, name: str, local: Mapping[str, tuple[str, str]]) -> set[Node]:
        if name in module.nodes:
            return self._with_class((module.path, name))
        target = local.get(name) or module.imports.get(name)
        if target is None:
            return {node for star in module.stars for node in self._in_module(star, name)}
        return self._in_module(*target) if target[1] else set()

    def _attribute(
        self, module: _Module, owner: str, part: ast.Attribute, local: Mapping[str, tuple[str, str]]
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

    def _methods(self, module: _Module, owner: str, name: str, depth: int = 0) -> set[Node]:
        """Return a method or attribute of a class, or of the first base that has it."""
        if f"{owner}.{name}" in module.nodes:
            return self._with_class((module.path, f"{owner}.{name}"))
        if depth > 8:
            return set()
        for definition in module.nodes.get(owner, ()):
            for base in getattr(definition.nodes[0], "bases", []):
                for path, base_name in self._name(module, base.id, {}) if isinstance(base, ast.Name) else ():
                    found = self._methods(self._modules[path], base_name, name, depth + 1)
                    if found:
                        return found
        return set()

    def _overrides(self, owner: str, name: str) -> set[Node]:
        """Return the methods of that name in the subclasses of a class, which `self` may be one of."""
        found: set[Node] = set()
        waiting, seen = [owner.rsplit(".", 1)[-1]], set()
        while waiting:
            parent = waiting.pop()
            for path, child in self._subclasses.get(parent, ()):
                if (path, child) not in seen:
                    seen.add((path, child))
                    waiting.append(child.rsplit(".", 1)[-1])
                    if f"{child}.{name}" in self._modules[path].nodes:
                        found.add((path, f"{child}.{name}"))
        return found

    def _anywhere(self, module: _Module, name: str) -> set[Node]:
        if name.startswith("__"):
            return set()
        namesakes = self._by_last_name.get(name, set())
        here = {node for node in namesakes if node[0] == module.path}
        found = here or namesakes
        return found if len(found) <= _MAX_NAMESAKES else set()

    def _in_module(self, dotted: str, name: str) -> set[Node]:
        """Return what a module, package or class calls by a name, following one re-export."""
        found: set[Node] = set()
        for path in self._paths(dotted):
            module = self._modules[path]
            if name in module.nodes:
                found |= self._with_class((path, name))
            elif name in module.imports and module.imports[name] != (dotted, name):
                base, original = module.imports[name]
                for other in self._paths(base) if original else ():
                    if original in self._modules[other].nodes:
                        found |= self._with_class((other, original))
        if not found and "." in dotted:
            parent, _, owner = dotted.rpartition(".")
            for path in self._paths(parent):
                found |= self._methods(self._modules[path], owner, name)
        return found

    def _known_module(self, dotted: str) -> bool:
        return bool(self._paths(dotted))

    def _paths(self, dotted: str) -> list[str]:
        last = dotted.rsplit(".", 1)[-1]
        return [path for path in self._paths_by_stem.get(last, ()) if can_be(path, dotted)]

    def _with_class(self, node: Node) -> set[Node]:
        """Return a definition and, where it is a class, what making and calling one runs."""
        module = self._modules[node[0]]
        methods = {(node[0], f"{node[1]}.{each}") for each in _IMPLICIT_METHODS}
        found = {each for each in methods if each[1] in module.nodes}
        owner = node[1].rsplit(".", 1)[0] if "." in node[1] else None
        if owner and owner in module.nodes:
            found.add((node[0], owner))
        return found | {node}

    def holds(self, node: Node) -> bool:
        """Return whether the graph knows a definition."""
        return node[0] in self._modules and node[1] in self._modules[node[0]].nodes

    def strings(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Return the strings and attributes of some definitions, by which files and settings are read."""
        found: set[str] = set()
        for path, name in nodes:
            for statement in self.statements((path, name)):
                found |= _strings(statement)
        return frozenset(found)

    def statements(self, node: Node) -> Iterator[ast.stmt]:
        """Yield the statements of a definition, in every version of it."""
        for definition in self._modules[node[0]].nodes.get(node[1], ()):
            yield from definition.nodes

    def public(self) -> list[Node]:
        """Return the public functions and methods, outside tests."""
        return [
            (path, name)
            for path, module in sorted(self._modules.items())
            if file_kind(path) == "code"
            for name, found in sorted(module.nodes.items())
            if found[0].is_callable and not name.rsplit(".", 1)[-1].startswith("_")
        ]


@lru_cache(maxsize=8192)
def _strings(statement: ast.stmt) -> frozenset[str]:
    found = set()
    for part in ast.walk(statement):
        if isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and len(part.value) < 200:
            found.add(part.value)
    return frozenset(found)
