"""Who uses whom in code that is not Python, by names.

A name leads to the definition of that name in the same class where it is called on `this` or `self`, else
to what it means in its file; its own name, called on something else, leads elsewhere at once. That finds
too much rather than too little.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import PurePosixPath

from bisect_ml.evidence.definitions import MODULE
from bisect_ml.evidence.families import dispatches, language, names_to_call_only
from bisect_ml.evidence.module_index import OPEN, Node
from bisect_ml.evidence.outlines import DEFAULT, mentioned
from bisect_ml.evidence.registrations import calls_the_unnamed
from bisect_ml.evidence.registry import Registry
from bisect_ml.evidence.setting_values import plain
from bisect_ml.evidence.token_index import TokenIndex
from bisect_ml.evidence.tokens import SCRIPTS

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


class TokenGraph(TokenIndex):
    """The definitions of a source tree, without its Python, and who uses whom."""

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

    def entries_but_for_capitals(self, entry: str) -> set[Node]:
        """Return the definitions that an entry point would name if its capitals were those of the only one.

        What a file exports as a whole is called as its users please, which need not be as it calls itself.
        """
        whole = entry.strip().removesuffix("()")
        last = re.split(r"[.:#]", whole)[-1]
        alike = [each for each in self._by_last_name if each.lower() == last.lower()]
        return self.entries(whole.removesuffix(last) + alike[0]) if len(alike) == 1 else set()

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

    @cache  # noqa: B019 - a graph lives as long as its case
    def _uses(self, node: Node) -> tuple[Node, ...]:
        path, name = node
        owner, _, own_name = name.rpartition(".")
        # A function inside another one works on what that one has made.
        around = self._parts[path].get(owner, ())
        # Where a method runs, its class was made: what that holds, and what it derives from, is in play.
        found: set[Node] = {(path, owner)} if around else set()
        found |= self._hung_on(node)
        found |= self._required_in_place(path) if name == MODULE else frozenset()
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
    def _registry(self, of: str) -> Registry:
        """Return what the files of one language put into tables."""
        return Registry({path: own for path, own in self._parts.items() if language(path) == of})

    def _hung_on(self, node: Node) -> set[Node]:
        """Return the functions that a file puts on an instance: its class calls them, by its own names."""
        path, name = node
        own = self._parts[path]
        if not any(_INSTANCE.search(part.text) for part in own.get(name, ()) if not part.is_function):
            return set()
        return {(path, each) for each in own if each.startswith(f"{name}.")}

    def strings(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Return the strings and the names of the given definitions, by which files and settings are read."""
        found: set[str] = set()
        for path, name in nodes:
            for part in self._parts[path].get(name, ()):
                names, texts = mentioned(path, part.text)
                found |= names | {text for text in texts if len(text) < 200}
        return frozenset(found)


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
