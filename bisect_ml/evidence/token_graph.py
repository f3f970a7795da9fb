"""Who uses whom in code that is not Python, by names.

A name leads to the definition of that name in the same class where it is called on `this` or `self`, else
in the same file, else in a file that the imports name or that lies in the same folder, else anywhere in
the same language where few have it. That finds too much rather than too little.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.outlines import DEFAULT, Part, imports_of, mentioned, outline
from bisect_ml.evidence.paths import file_kind

Node = tuple[str, str]

MAX_NAMESAKES = 6
_CONSTRUCTORS = ("constructor", "new", "initialize", "__construct", "init", "apply", "New")
_OWN = re.compile(r"(?:\b(?:this|self|Self|super)(?:\.|::|->)|@)(\w+)")
_LANGUAGES = {
    suffix: family.split()[0]
    for family in (
        ".py .ipynb",
        ".js .jsx .mjs .cjs .ts .tsx .vue .svelte",
        ".java .kt .kts .scala .groovy",
        ".c .h .cc .cpp .hpp .cxx",
        ".ex .exs",
        ".pl .pm",
    )
    for suffix in family.split()
}


class TokenGraph:
    """The definitions of a source tree, without its Python, and who uses whom.

    Args:
        sources: Paths and texts; one path may come several times with different texts.
    """

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self._parts: dict[str, dict[str, list[Part]]] = {}
        self._imports: dict[str, frozenset[str]] = {}
        self._by_last_name: dict[str, set[Node]] = {}
        for path, text in sources:
            found = outline(path, text)
            if found is None:
                continue
            own = self._parts.setdefault(path, {})
            self._imports[path] = self._imports.get(path, frozenset()) | imports_of(found)
            for name, part in found.items():
                own.setdefault(name, []).append(part)
                if name not in (MODULE, IMPORTS):
                    last = name.rsplit(".", 1)[-1]
                    called = PurePosixPath(path).stem if last == DEFAULT else last
                    self._by_last_name.setdefault(called, set()).add((path, name))

    def holds(self, node: Node) -> bool:
        """Return whether the graph knows a definition."""
        return node[0] in self._parts and node[1] in self._parts[node[0]]

    def entries(self, entry: str, *, anywhere: bool = True) -> set[Node]:
        """Return the definitions that an entry point names: `file:function`, or a bare name.

        A class stands for all of its functions. With `anywhere`, a function of that name elsewhere stands in
        for one that the file does not have.
        """
        place, _, name = entry.rpartition(":")
        name = name.strip().removesuffix("()").replace("#", ".").replace("::", ".")
        found = {
            node
            for node in self._by_last_name.get(name.rsplit(".", 1)[-1], set())
            if "." not in name or node[1] == name or f"{PurePosixPath(node[0]).stem}.{node[1]}".endswith(name)
        }
        found = {node for node in found if _is_in(node[0], place)} or (found if anywhere else set())
        inside = {
            (path, each) for path, own in found for each in self._parts[path] if each.startswith(f"{own}.")
        }
        return found | inside

    @cache  # noqa: B019 - a graph lives as long as its case
    def uses(self, node: Node) -> tuple[Node, ...]:
        """Return the definitions that one definition refers to."""
        path, name = node
        found: set[Node] = set()
        for part in self._parts[path].get(name, ()):
            names, _ = mentioned(path, part.text)
            own = set(_OWN.findall(part.text))
            for word in names & self._by_last_name.keys():
                found |= self._resolve(path, name, word, is_own=word in own)
        return tuple(sorted(found - {node}))

    def _resolve(self, path: str, name: str, word: str, *, is_own: bool) -> set[Node]:
        namesakes = {node for node in self._by_last_name[word] if language(node[0]) == language(path)}
        owner = name.rpartition(".")[0]
        if is_own and owner and (path, f"{owner}.{word}") in namesakes:
            return {(path, f"{owner}.{word}")}
        here = {node for node in namesakes if node[0] == path}
        beside = {node for node in namesakes if self._is_imported(path, node[0])}
        chosen = here or beside or namesakes
        if len(chosen) > MAX_NAMESAKES:
            return set()
        return chosen.union(*(self._made(node) for node in chosen))

    def _is_imported(self, path: str, other: str) -> bool:
        own, pure = PurePosixPath(path), PurePosixPath(other)
        words = self._imports[path]
        name = pure.parent.name if pure.stem in {"index", "mod", "lib", "__init__"} else pure.stem
        return own.parent == pure.parent or name in words or pure.parent.name in words

    def _made(self, node: Node) -> set[Node]:
        """Return what making an instance of a class runs."""
        path, name = node
        last = name.rsplit(".", 1)[-1]
        return {(path, f"{name}.{each}") for each in (*_CONSTRUCTORS, last)} & {
            (path, each) for each in self._parts[path]
        }

    def strings(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Return the strings and the names of the given definitions, by which files and settings are read."""
        found: set[str] = set()
        for path, name in nodes:
            for part in self._parts[path].get(name, ()):
                names, texts = mentioned(path, part.text)
                found |= names | {text for text in texts if len(text) < 200}
        return frozenset(found)

    def public(self) -> list[Node]:
        """Return the functions that others may call, outside tests."""
        return [
            (path, name)
            for path, own in sorted(self._parts.items())
            if file_kind(path) == "code"
            for name, parts in sorted(own.items())
            if parts[0].is_function and not name.rsplit(".", 1)[-1].startswith(("_", "#"))
        ]


def language(path: str) -> str:
    """Return the language of a file, the same for those whose files call each other directly."""
    suffix = PurePosixPath(path).suffix.lower()
    return _LANGUAGES.get(suffix, suffix)


def _is_in(path: str, place: str) -> bool:
    """Tell whether a path is what an entry point calls its file: `src/score`, `score.js`, `pkg.score`."""
    if not place:
        return True
    without = str(PurePosixPath(path).with_suffix(""))
    wanted = place if "/" in place else place.replace(".", "/")
    return any(
        one == each or one.endswith(f"/{each}")
        for one in (path, without, str(PurePosixPath(path).parent))
        for each in (place, wanted)
    )
