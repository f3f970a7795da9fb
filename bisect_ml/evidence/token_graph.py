"""Who uses whom in code that is not Python, by names.

A name leads to the definition of that name in the same class where it is called on `this` or `self`, else
in the same file, else in a file that the imports name or that lies in the same folder, else anywhere in
the same language where few have it (where many do, `dispatch` tells which); its own name, called on
something else, leads elsewhere at once. That finds too much rather than too little.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import PurePosixPath

from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.families import R, dispatches, language, most_namesakes, names_to_call_only
from bisect_ml.evidence.module_index import OPEN, Node
from bisect_ml.evidence.outlines import DEFAULT, Part, imports_of, mentioned, outline
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.registrations import calls_the_unnamed
from bisect_ml.evidence.registry import Registry
from bisect_ml.evidence.script_imports import aliases, exported, file_of
from bisect_ml.evidence.setting_values import plain
from bisect_ml.evidence.tokens import SCRIPTS

_CONSTRUCTORS = ("constructor", "new", "initialize", "__construct", "init", "apply", "New")
_ANY_STEM = frozenset({"index", "mod", "lib", "src", "main", ""})
_COMMENT_LINES = re.compile(r"(?m)^[ \t]*(?://|#|--|/?\*).*$")
# What a file offers to others is no use of a file that happens to be called `exports` or `module`.
_OFFERS = re.compile(r"\bmodule\.exports\b|\bexports(?=\s*[.=\[])")
_WORDS = re.compile(r"[^\W\d]\w*")
# Ruby's names may end so, and in other languages what follows is not part of the name.
_MARKED = re.compile(r"[^\W\d]\w*[?!]")
_INSTANCE = re.compile(r"^[^\n({]*=\s*(?:new\b|Object\.create\b)")
_OWN = re.compile(r"(?:\b(?:this|self|Self|super)(?:\.|::|->)|@)(\w+)")
# A name that is called on something else: one that bears it often hands its work on to another of that name.
_CALLED_ON = re.compile(r"(?<!\bthis)(?<!\bself)(?<!\bsuper)(?<!\bSelf)(?:\?\.|&\.|\.|->|::)(\w+)\s*\(")
_CALLED = re.compile(r"\b(\w+)\s*\(|::\s*(\w+)")
_MEMBER = re.compile(r"(?<![\w$.])([\w$]+)\.([\w$]+)")
_QUALIFIED = re.compile(r"\b([A-Z]\w*)(?:\.|::)(\w+)")


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


class TokenGraph:
    """The definitions of a source tree, without its Python, and who uses whom.

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
        """Return whether the graph knows a definition."""
        return node[0] in self._parts and node[1] in self._parts[node[0]]

    def entries(self, entry: str, *, anywhere: bool = True) -> set[Node]:
        """Return the definitions that an entry point names: `file:function`, or a bare name.

        A class stands for all of its functions. With `anywhere`, a function of that name elsewhere stands in
        for one that the file does not have.
        """
        place, _, name = entry.rpartition(":")
        name = name.strip().removesuffix("()").replace("#", ".").replace("::", ".")
        last = name.rsplit(".", 1)[-1]
        if last not in self._by_last_name:
            marked = next((each for each in (f"{last}!", f"{last}?") if each in self._by_last_name), last)
            name, last = name.removesuffix(last) + marked, marked
        found = {
            node
            for node in self._by_last_name.get(last, set())
            if "." not in name or node[1] == name or f"{PurePosixPath(node[0]).stem}.{node[1]}".endswith(name)
        } | (set() if "." in name else self._hanging(last) | self._exported_as_a_whole(last))
        found = {node for node in found if _is_in(node[0], place)} or (found if anywhere else set())
        if not found and anywhere and not place:
            return self._of_file(name)
        inside = {
            (path, each) for path, own in found for each in self._parts[path] if each.startswith(f"{own}.")
        }
        made = {node for path, own in found for node in self._made((path, own.rpartition(".")[0]))}
        return found | inside | made

    def _hanging(self, name: str) -> set[Node]:
        """Return the functions of JavaScript inside which one of a name is hung on an object.

        It belongs to them, so that what it uses is what they use: `model.score = function (x) {`.
        """
        hung = re.compile(rf"(?m)^[ \t]+[\w$]+\.{re.escape(name)}\s*=\s*(?:async\s+)?(?:function\b|\()")
        return {
            (path, each)
            for path, own in self._parts.items()
            if path.endswith(SCRIPTS)
            for each, parts in own.items()
            if any(part.is_function and hung.search(part.text) for part in parts)
        }

    def _exported_as_a_whole(self, name: str) -> set[Node]:
        """Return what files of JavaScript export as a whole by that name: `export default function f(`."""
        named = re.compile(
            rf"\bexport\s+default\s+(?:async\s+)?(?:function\s*\*?|class)\s+{re.escape(name)}\b"
        )
        return {
            (path, DEFAULT)
            for path, own in self._parts.items()
            if path.endswith(SCRIPTS) and any(named.search(part.text) for part in own.get(DEFAULT, ()))
        }

    def _of_file(self, name: str) -> set[Node]:
        """Return the functions of the file that is called like an entry point that no function is called.

        What is before its last dot may be the file's name, however that is spelt: `PriceModel.score` is
        `score` in `price_model.js`.
        """
        owner, _, last = name.rpartition(".")
        named = self._by_last_name.get(last, set()) if owner else set()
        own = {node for node in named if plain(PurePosixPath(node[0]).stem) == plain(owner)}
        return own or {node for node in self.public() if PurePosixPath(node[0]).stem == name}

    def is_dynamic(self, node: Node) -> bool:
        """Tell a definition that calls what is named at run time only."""
        return any(calls_the_unnamed(part.text) for part in self._parts[node[0]].get(node[1], ()))

    def uses(self, node: Node) -> tuple[Node, ...]:
        """Return the definitions that one definition refers to, by any name in its text."""
        return tuple(each for each in self._uses(node) if each[0] != OPEN)

    def open_calls(self, node: Node) -> frozenset[str]:
        """Return the names in the text of a definition that too many others have."""
        return frozenset(name for path, name in self._uses(node) if path == OPEN)

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

    @cache  # noqa: B019 - a graph lives as long as its case
    def _uses(self, node: Node) -> tuple[Node, ...]:
        path, name = node
        owner, _, own_name = name.rpartition(".")
        # A function inside another one works on what that one has made.
        around = self._parts[path].get(owner, ())
        # Where a method runs, its class was made: what that holds, and what it derives from, is in play.
        found: set[Node] = {(path, owner)} if around else set()
        found |= self._hung_on(node)
        for part in self._parts[path].get(name, ()):
            text = _OFFERS.sub("", _COMMENT_LINES.sub("", part.text))
            own = set(_OWN.findall(text)) if owner else set()
            words = {*_WORDS.findall(text), *_MARKED.findall(text)}
            called = set(chain(*_CALLED.findall(text))) if names_to_call_only(path) else words
            for word in self._by_last_name.keys() & words:
                sibling = (path, f"{owner}.{word}")
                meant = {sibling} if word in own and self.holds(sibling) else self._seen_from(path, word)
                found |= meant if word in called else {each for each in meant if not self._is_function(each)}
            for word in words & self._aliased(path).keys():
                found |= self._whole(self._aliased(path)[word])
            for alias, member in _MEMBER.findall(text) if self._aliased(path) else ():
                inside = (self._aliased(path).get(alias, ""), member)
                found |= {inside} if self.holds(inside) else set()
            called_on = set(_CALLED_ON.findall(text))
            if own_name in called_on:
                found |= self._elsewhere(path, own_name)
            if dispatches(path):
                found |= {(OPEN, word) for word in called_on & self._by_last_name.keys()}
            for qualified in _QUALIFIED.findall(text):
                found |= self._by_last_two.get(qualified, frozenset())
            registry = self._registry(self._places[path].language)
            found |= registry.taken_out(path, text) | registry.begun(node, text)
        return tuple(sorted(found - {node}))

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
        """Return what a file of JavaScript exports as a whole, with what making an instance of it runs."""
        own = self._parts[path]
        names = {DEFAULT, *(exported(part.text) for part in own.get(MODULE, ()))}
        nodes = {(path, name) for name in names if name in own}
        return frozenset(nodes).union(*map(self._made, nodes))

    @cache  # noqa: B019 - a graph lives as long as its case
    def _registry(self, of: str) -> Registry:
        """Return what the files of one language put into tables."""
        return Registry({path: own for path, own in self._parts.items() if language(path) == of})

    def _is_function(self, node: Node) -> bool:
        """Tell a function, or a name that many have, from a class and a value."""
        path, name = node
        return path == OPEN or any(part.is_function for part in self._parts[path][name])

    def _hung_on(self, node: Node) -> set[Node]:
        """Return the functions that a file puts on an instance: its class calls them, by its own names."""
        path, name = node
        own = self._parts[path]
        if not any(_INSTANCE.search(part.text) for part in own.get(name, ()) if not part.is_function):
            return set()
        return {(path, each) for each in own if each.startswith(f"{name}.")}

    def _made(self, node: Node) -> set[Node]:
        """Return what making an instance of a class runs."""
        path, name = node
        last = name.rsplit(".", 1)[-1]
        made = ((path, f"{name}.{each}") for each in (*_CONSTRUCTORS, last))
        return {each for each in made if self.holds(each)}

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
