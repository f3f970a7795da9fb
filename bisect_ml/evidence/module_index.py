"""What the names in Python files stand for, through imports, classes and their bases."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from bisect_ml.evidence.definitions import IMPORTS, Definition, definitions
from bisect_ml.evidence.module_names import absolute, can_be, dotted_name, module_name

Node = tuple[str, str]
"""A path and the dotted name of a definition in it."""

MAX_NAMESAKES = 6
"""A call by name leads to each of so many; where more have it, the classes that are made tell which."""
OPEN = ""
"""The path of a name that more have than a call by it alone can lead to."""
_IMPLICIT_METHODS = ("__init__", "__new__", "__call__", "__post_init__", "__getattr__", "__enter__")


@dataclass(slots=True, eq=False)
class Module:
    """What one file defines and what its imports bind: local name → (module, name or empty)."""

    path: str
    nodes: dict[str, list[Definition]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)


class ModuleIndex:
    """The definitions of a source tree by file and name, and what a name means where it is used.

    Args:
        sources: Paths and texts; one path may come several times with different texts, as when
            commits of the same deploy changed it: what any of them defines and calls is joined.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self._modules: dict[str, Module] = {}
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
        module = self._modules.setdefault(path, Module(path=path))
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
    def _bind(module: Module, definition: Definition) -> None:
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

    def _all_names(self) -> set[str]:
        return {name for module in self._modules.values() for name in module.nodes}

    def _name(self, module: Module, name: str, local: Mapping[str, tuple[str, str]]) -> set[Node]:
        target = local.get(name) or module.imports.get(name)
        if name in module.nodes:
            # One commit may have moved to another file what others still define here.
            moved = self._in_module(*target) if target and target[1] else set()
            return self._with_class((module.path, name)) | moved
        if target is None:
            return {node for star in module.stars for node in self._in_module(star, name)}
        return self._in_module(*target) if target[1] else set()

    def _methods(self, module: Module, owner: str, name: str) -> set[Node]:
        """Return a method or attribute of a class, or of the first base that has it; linear in its bases."""
        waiting: list[Node] = [(module.path, owner)]
        seen: set[Node] = set()
        while waiting:
            path, of = waiting.pop(0)
            if (path, of) in seen:
                continue
            seen.add((path, of))
            if f"{of}.{name}" in self._modules[path].nodes:
                return self._with_class((path, f"{of}.{name}"))
            waiting = [*self.bases((path, of)), *waiting]
        return set()

    @cache  # noqa: B019 - a graph lives as long as its case
    def bases(self, node: Node) -> tuple[Node, ...]:
        """Return the bases of a class that are in the tree, in their order."""
        listed = (base for each in self.statements(node) for base in getattr(each, "bases", []))
        module = self._modules[node[0]]
        return tuple(dict.fromkeys(found for base in listed for found in self._class_named(module, base)))

    def _class_named(self, module: Module, base: ast.expr) -> list[Node]:
        """Return the classes of the tree that a base names, through imports, whole modules and aliases."""
        dotted = dotted_name(base.value if isinstance(base, ast.Subscript) else base)
        first, _, rest = dotted.partition(".")
        target = module.imports.get(first)
        places = [".".join(filter(None, (*target, *rest.split("."))))] if target else []
        if not rest:
            places += [f"{star}.{first}" for star in module.stars]
        found = {(module.path, dotted)} if dotted in module.nodes else set()
        for inside, _, name in (place.rpartition(".") for place in places):
            for path in self._paths(inside):
                origin = self._modules[path].imports.get(name)
                again = [(other, origin[1]) for other in self._paths(origin[0])] if origin else []
                found |= {each for each in ((path, name), *again) if self.holds(each)}
        return sorted(
            each for each in found if any(isinstance(one, ast.ClassDef) for one in self.statements(each))
        )

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

    def _anywhere(self, module: Module, name: str) -> set[Node]:
        if name.startswith("__"):
            return set()
        namesakes = self._by_last_name.get(name, set())
        near = {node for node in namesakes if node[0] in self._seen(module.path)}
        # What is imported may be only the base of what is called: plugins come by other ways.
        owners = {node[1].rpartition(".")[0] for node in near} - {""}
        below = set().union(*(self._overrides(owner, name) for owner in owners)) - near
        found = near | below or namesakes
        if len(found) <= MAX_NAMESAKES:
            return found
        return {(OPEN, name)} | (near if len(near) <= MAX_NAMESAKES else set())

    @cache  # noqa: B019 - a graph lives as long as its case
    def _seen(self, path: str) -> frozenset[str]:
        """Return the files whose names a file can use without more imports: itself, and those it imports."""
        module = self._modules[path]
        dotted = [".".join(filter(None, each)) for each in module.imports.values()]
        dotted += [base for base, _ in module.imports.values()] + list(module.stars)
        return frozenset({path}.union(*(self._paths(each) for each in dotted)))

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

    def statements(self, node: Node) -> Iterator[ast.stmt]:
        """Yield the statements of a definition, in every version of it."""
        for definition in self._modules[node[0]].nodes.get(node[1], ()):
            yield from definition.nodes
