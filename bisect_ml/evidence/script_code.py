"""JavaScript and TypeScript, read step by step."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from typing import Any

from bisect_ml.evidence.answers import RAISES, TO_LOAD, Answer
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.evidence.examples import NUMBERS, beside
from bisect_ml.evidence.known_texts import Quoted, own_texts, texts_about, texts_for
from bisect_ml.evidence.listening import Example, of_callee
from bisect_ml.evidence.resources import is_resource
from bisect_ml.evidence.script_listening import CODE, ITSELF, ScriptExample, wrapped_mark
from bisect_ml.evidence.script_listening import heard as heard_in
from bisect_ml.evidence.variations import varied, without_options
from bisect_ml.interpreter import Stopped
from bisect_ml.javascript import (
    Found,
    JSFunction,
    Modules,
    NotJavaScript,
    Thrown,
    answered,
    call,
    construct,
    error_name,
    found,
    get,
    parsed,
    put_in,
    running,
    texts_in,
)

_TO_FIND, _A_CALL = 120_000, 20_000
_MOST_TRIED, _MOST_HEARD = 12, 192
_MOST_MADE_UP = 2
_GIVES_OBJECTS = frozenset({"class", "function"})


class _Runs(Modules):
    """A version of the code, and where in it the functions are that are asked."""

    def __init__(self, tree: Mapping[str, str]) -> None:
        super().__init__(tree)
        self._places: dict[Node, Found | None] = {}

    def place(self, node: Node) -> Found | None:
        if node not in self._places:
            self.prepare(node[0])
            self._places[node] = found(self, *node)
        return self._places[node]

    def maker(self, path: str, name: str) -> JSFunction | None:
        place = self.place((path, name))
        return place.function if place else None


class ScriptCode:
    """Files of JavaScript and TypeScript, and the texts that they open."""

    def __init__(self) -> None:
        self._heard: tuple[Any, list[Callee], list[tuple[Example, ...]]] = (None, [], [])

    def reads(self, path: str) -> bool:
        """Return whether a file is one that its code consists of, or that it may open."""
        return (path.endswith(CODE) or is_resource(path)) and not path.endswith((".d.ts", "-lock.json"))

    def runs(self, tree: Mapping[str, str]) -> _Runs:
        """Return a tree of such files as what can be asked."""
        return _Runs(tree)

    def callees(
        self, tree: Mapping[str, str], nodes: Mapping[Node, float], wanted: frozenset[str], most: int
    ) -> dict[Callee, float]:
        """Return what of some definitions can be asked, with their weights: what tests ask, if they ask any.

        Functions that have the names that somebody gave come first, in the files of the nodes.
        """
        runs = self.runs(tree)
        mains = runs.mains()
        paths = sorted({path for path, _ in nodes}, key=lambda path: (path not in mains, len(path), path))
        chosen = _chosen(runs, dict.fromkeys(_called_so(paths, nodes, wanted), 1.0))
        chosen = chosen or _chosen(runs, nodes)
        heard = dict(zip(chosen, heard_in(tree, list(chosen), _MOST_HEARD), strict=True))
        asked = _to_ask(list(chosen), [each for each in chosen if heard[each]])
        then = tuple(sorted(wanted - {_own_name(each) for each in asked}))
        kept = {
            replace(each, then=then if each.kind in _GIVES_OBJECTS else ()): each
            for each in islice(asked, most)
        }
        self._heard = tree, list(kept), [of_callee(each, heard[known]) for each, known in kept.items()]
        return {each: chosen[known] for each, known in kept.items()}

    def callee_in(self, runs: _Runs, tree: Mapping[str, str], node: Node) -> Callee | None:
        """Return what a node names in a version as what can be asked."""
        return _callee(runs, node, TO_LOAD) if node[0] in tree and node[0].endswith(CODE) else None

    def called_by_tests(
        self, tree: Mapping[str, str], callees: Sequence[Callee], most: int
    ) -> list[tuple[Example, ...]]:
        """Return distinct calls of entry points as the tests of a tree make them, some from every file."""
        known, before, heard = self._heard
        if known is not tree or before != list(callees):
            heard = heard_in(tree, callees, most)
        return [each[:most] for each in heard]

    def made_up(
        self, tree: Mapping[str, str], callee: Callee, most: int, heard: Sequence[Example] = ()
    ) -> list[list[Example]]:
        """Return calls like those that are heard, these without options, calls with texts or numbers.

        Where nothing is heard, calls with single texts of its own file follow the texts.
        """
        texts = texts_for(tree, callee, most, _QUOTED)
        numbers = tuple(map(float, NUMBERS))
        # What may be left out is not told from what must be given, and objects are mostly made of one value.
        attempts = [more for more in (varied(heard, texts, most), without_options(heard, most)) if more]
        made = min(1, callee.to_make)
        least = 0 if made else 1
        counts = dict.fromkeys((max(least, min(_MOST_MADE_UP - made, callee.required)), 1))
        own = () if heard else own_texts(tree, callee, most, _QUOTED)
        for values, count in product(filter(None, (texts, own, numbers)), counts):
            rows = beside(values, made + count)
            attempts.append(
                [
                    ScriptExample(
                        callee=callee,
                        call=Call(placed=tuple(row[made:])),
                        made=Call(placed=tuple(row[:made])),
                    )
                    for row in rows[:most]
                ]
            )
        return attempts

    def texts_about(self, tree: Mapping[str, str], names: Collection[str], most: int) -> tuple[str, ...]:
        """Return texts of the tests of what has some names."""
        return texts_about(tree, names, most, _QUOTED)

    def answer(self, runs: _Runs, example: Example) -> Answer | None:
        """Return what one version gives to an example."""
        machine, node = runs.machine, example.callee.node
        try:
            machine.left, machine.depth = TO_LOAD, 0
            place = runs.place(node)
            if place is None:
                return None
            machine.left, machine.depth, machine.ran, machine.strangers = _A_CALL, 0, set(), set()
            with running(runs.realm):
                texts = [put_in(each, runs.maker) for each in example.call.placed if type(each) is str]
                text = answered(_asked(runs, place, example), example.callee.then, texts)
        except Thrown as error:
            with running(runs.realm):
                text = f"{RAISES}{error_name(error.value)}"
            return Answer(text=text, strangers=frozenset(machine.strangers))
        except (Stopped, Exception):  # noqa: BLE001 - what the interpreter cannot do says nothing of the code
            return None
        has_run = place.is_wrapped or any(each == node[0] for each, _ in machine.ran)
        return Answer(text=text, strangers=frozenset(machine.strangers)) if has_run else None


def _to_ask(chosen: Sequence[Callee], heard: Sequence[Callee]) -> list[Callee]:
    """Return those that tests call, and one of each other name, unless it makes their objects.

    Of several of a name, those that tests do not call are copies and builds. Methods that tests do not call
    are asked of what is called in their file, where that gives objects.
    """
    if not heard:
        return list(chosen)
    makers = {each.constructor for each in heard}
    named = [each for each in chosen if each in heard or each.function in makers]
    others = {_own_name(each): each for each in reversed(chosen)}
    first = [others[name] for name in others.keys() - {_own_name(each) for each in named}]
    called = [each for each in heard if each.function not in makers]
    giving = {each.node[0] for each in called if each.kind in _GIVES_OBJECTS}
    first = [each for each in first if not (each.is_of_objects and each.node[0] in giving)]
    return [each for each in chosen if each in called or each in first]


def _own_name(callee: Callee) -> str:
    return callee.node[1].rpartition(".")[2]


def _called_so(paths: Sequence[str], nodes: Collection[Node], wanted: frozenset[str]) -> list[Node]:
    """Return the names that somebody gave, in each file where one may stand.

    What is known to stand in some of the files is not looked for in the others, where another class may have
    a namesake of it; what is known of none may hang on an object in any.
    """
    known = {(path, name.rpartition(".")[2]) for path, name in nodes}
    placed = {name for _, name in known}
    pairs = ((path, name) for path in paths for name in sorted(wanted))
    return [each for each in pairs if each in known or each[1] not in placed]


def _chosen(runs: _Runs, nodes: Mapping[Node, float]) -> dict[Callee, float]:
    """Return what of some definitions can be asked, each function once."""
    chosen: dict[Callee, float] = {}
    for node, weight in islice(nodes.items(), _MOST_TRIED):
        made = _callee(runs, node) if node[0].endswith(CODE) else None
        if made is not None and all(made.function != each.function for each in chosen):
            chosen[made] = weight
    return chosen


def _callee(runs: _Runs, node: Node, steps: int = _TO_FIND) -> Callee | None:
    runs.machine.left, runs.machine.depth = steps, 0
    try:
        place = runs.place(node)
    except (Stopped, Exception):  # noqa: BLE001 - what the interpreter cannot do cannot be asked
        return None
    if place is None:
        return None
    if place.is_wrapped:
        mark, takes = wrapped_mark(node), int(place.function.takes)
        return Callee(node=node, kind="function", function=mark, constructor=None, required=takes, to_make=0)
    code, maker = place.written.code, _constructor(place.maker)
    kind = _kind(place)
    return Callee(
        node=node,
        kind=kind,
        function=code.mark,
        constructor=maker.mark if maker is not None else None,
        required=code.takes,
        to_make=maker.takes if maker is not None else 0,
    )


def _kind(place: Found) -> str:
    if place.is_getter:
        return "property"
    if place.maker is not None:
        return "method"
    return "class" if place.makes_objects else "function"


def _constructor(maker: JSFunction | None) -> Any:
    """Return the code that makes the objects of a class: its own, or that of a class above."""
    while isinstance(maker, JSFunction) and maker.code is None:
        maker = maker.proto
    return maker.code if isinstance(maker, JSFunction) else None


def _asked(runs: _Runs, place: Found, example: Example) -> Any:
    args = [put_in(each, runs.maker) for each in example.call.placed]
    as_it_was = dict(example.made.named).get(ITSELF)
    if as_it_was is not None:
        return place.function.invoke(put_in(as_it_was, runs.maker), args)
    if place.maker is not None:
        owner = construct(place.maker, [put_in(each, runs.maker) for each in example.made.placed])
        function = get(owner, _own_name(example.callee)) if place.is_own else place.function
        return call(function, owner, args)
    if example.callee.kind == "class":
        return construct(place.function, args)
    return place.function.invoke(place.holder, args)


@lru_cache(maxsize=64)
def _texts_of(path: str, text: str) -> tuple[str, ...]:
    with suppress(NotJavaScript):
        return tuple(texts_in(parsed(path, text)))
    return ()


_QUOTED = Quoted(CODE, _texts_of)
