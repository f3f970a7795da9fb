"""What the names in code that is not Python stand for, by file, folder and imports.

A name means the definition of that name in the same file, else in a file that the imports name or that
lies in the same folder, else anywhere in the same language where few have it (where many do, `dispatch`
tells which).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath

from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.families import R, language, most_namesakes
from bisect_ml.evidence.module_index import OPEN, Node
from bisect_ml.evidence.outlines import DEFAULT, Part, imports_of, outline
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.script_imports import (
    aliases,
    exported,
    exports_what_is_made,
    file_of,
    required_in_place,
)
from bisect_ml.evidence.tokens import SCRIPTS

_CONSTRUCTORS = ("constructor", "new", "initialize", "__construct", "init", "apply", "New")
_ANY_STEM = frozenset({"index", "mod", "lib", "src", "main", ""})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file lies, what others call it when they import it, and the words of its own imports."""

    language: str
    folder: str
    names: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, path: str, imports: frozenset[str]) -> "_Place":
        pure = PurePosixPath(path)
        parent = pure.parent.name
        return cls(language(path), str(pure.parent), frozenset({pure.stem, parent} - _ANY_STEM), imports)

    def sees(self, other: "_Place") -> bool:
        """Whether a file is in the same folder, or the imports name it."""
        return self.folder == other.folder or not self.imports.isdisjoint(other.names)


class TokenIndex:
    """The definitions of a source tree, without its Python, by file and name, and what a name means.

    Args:
        sources: Paths and texts; one path may come several times with different texts.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self._parts: dict[str, dict[str, list[Part]]] = {}
        self._places: dict[str, _Place] = {}
        self._by_last_name: dict[str, set[Node]] = {}
        self._by_last_two: dict[tuple[str, str], set[Node]] = {}
        for path, text in sources:
            found = outline(path, text)
            if found is None:
                continue
            own = self._parts.setdefault(path, {})
            known = self._places[path].imports if path in self._places else frozenset()
            self._places[path] = _Place.of(path, known | imports_of(found))
            for name, part in found.items():
                own.setdefault(name, []).append(part)
                if name not in (MODULE, IMPORTS):
                    last = name.rsplit(".", 1)[-1]
                    called = PurePosixPath(path).stem if last == DEFAULT else last
                    self._by_last_name.setdefault(called, set()).add((path, name))
                    if "." in name:
                        of, own_name = name.split(".")[-2:]
                        self._by_last_two.setdefault((of, own_name), set()).add((path, name))
                    if language(path) == R:
                        # `predict(model)` runs `predict.forest` where the model is a "forest".
                        self._by_last_name.setdefault(name.partition(".")[0], set()).add((path, name))

    def holds(self, node: Node) -> bool:
        """Return whether a definition is known."""
        return node[0] in self._parts and node[1] in self._parts[node[0]]

    def public(self) -> list[Node]:
        """Return the functions that others may call, outside tests."""
        return [
            (path, name)
            for path, own in sorted(self._parts.items())
            if file_kind(path) == "code"
            for name, parts in sorted(own.items())
            if parts[0].is_function and not name.rsplit(".", 1)[-1].startswith(("_", "#"))
        ]

    def members(self, node: Node) -> Mapping[str, frozenset[Node]]:
        """Return the functions of a class by their own names, in all files of its language.

        Those of a function are what is in it, or on its prototype.
        """
        path, name = node
        return self._owned.get((language(path), name), {})

    @cached_property
    def _owned(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[Node]]]:
        """The functions by language and name of what they belong to, and by their own."""
        found: dict[tuple[str, str], dict[str, set[Node]]] = {}
        for path, own in self._parts.items():
            for name, parts in own.items():
                owner, _, last = name.rpartition(".")
                if owner and parts[0].is_function:
                    found.setdefault((language(path), owner), {}).setdefault(last, set()).add((path, name))
        return {
            of: {last: frozenset(nodes) for last, nodes in by_name.items()} for of, by_name in found.items()
        }

    def _is_function(self, node: Node) -> bool:
        """Tell a function, or a name that many have, from a class and a value."""
        path, name = node
        return path == OPEN or any(part.is_function for part in self._parts[path][name])

    def _made(self, node: Node) -> set[Node]:
        """Return what making an instance of a class runs."""
        path, name = node
        last = name.rsplit(".", 1)[-1]
        made = ((path, f"{name}.{each}") for each in (*_CONSTRUCTORS, last))
        return {each for each in made if self.holds(each)}

    @cache  # noqa: B019 - a graph lives as long as its case
    def _seen_from(self, path: str, word: str) -> frozenset[Node]:
        """Return what a name means in a file."""
        here = {node for node in self._by_last_name[word] if node[0] == path}
        if not here:
            return self._elsewhere(path, word)
        if len(here) > most_namesakes(path):
            return frozenset({(OPEN, word)})
        return frozenset(here).union(*map(self._made, here))

    def _elsewhere(self, path: str, word: str) -> frozenset[Node]:
        """Return what a name means in a file that has no definition of it, or calls it on something else."""
        place = self._places[path]
        namesakes = [
            node
            for node in self._by_last_name.get(word, ())
            if node[0] != path and self._places[node[0]].language == place.language
        ]
        chosen = [node for node in namesakes if place.sees(self._places[node[0]])] or namesakes
        if len(chosen) > most_namesakes(path):
            return frozenset({(OPEN, word)})
        return frozenset(chosen).union(*(self._made(node) for node in chosen))

    @cache  # noqa: B019 - a graph lives as long as its case
    def _aliased(self, path: str) -> Mapping[str, str]:
        """Return the files by the names that a file of JavaScript gives them where it imports them whole."""
        parts = self._parts[path].get(IMPORTS, ()) if path.endswith(SCRIPTS) else ()
        named = ((alias, place) for part in parts for alias, place in aliases(part.text).items())
        files = ((alias, file_of(path, place, self._parts)) for alias, place in named)
        return {alias: other for alias, other in files if other is not None}

    @cache  # noqa: B019 - a graph lives as long as its case
    def _whole(self, path: str) -> frozenset[Node]:
        """Return what a file of JavaScript exports as a whole, with what making an instance of it runs.

        What is made of others when the file is loaded stands in none of its definitions.
        """
        own = self._parts[path]
        names = {DEFAULT, *(exported(part.text) for part in own.get(MODULE, ()))}
        nodes = {(path, name) for name in names if name in own}
        if not nodes and any(exports_what_is_made(part.text) for part in own.get(MODULE, ())):
            nodes = {(path, MODULE)}
        return frozenset(nodes).union(*map(self._made, nodes))

    def _required_in_place(self, path: str) -> frozenset[Node]:
        """Return what the statements of a file take from others without giving it a name."""
        texts = [part.text for name in (MODULE, IMPORTS) for part in self._parts[path].get(name, ())]
        places = (place for text in texts for place in required_in_place(text))
        files = {file_of(path, place, self._parts) for place in places} if path.endswith(SCRIPTS) else set()
        return frozenset[Node]().union(*(self._whole(other) for other in files if other is not None))
