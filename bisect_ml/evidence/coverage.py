"""What of the code examples run, and whether it is what a commit changes."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.changes import changed_nodes, is_loose
from bisect_ml.evidence.definitions import definitions
from bisect_ml.evidence.outlines import outline
from bisect_ml.evidence.program import PYTHON
from bisect_ml.interpreter import Place
from bisect_ml.types import FileChange


def is_run(change: FileChange, places: AbstractSet[Place]) -> bool:
    """Return whether one of the functions that a file's change touches was called.

    Args:
        change: What happened to the file.
        places: The functions that were called in the versions before it and after it.

    Returns:
        True also where something else than functions changes, which runs when the file is loaded, and where
        nobody knows what changes.
    """
    changed = changed_nodes(change)
    return changed is None or any(_is_run(change, node, places) for node in changed)


def touched(changes: Iterable[FileChange], trees: Sequence[Mapping[str, str]]) -> frozenset[Place]:
    """Return where in some versions the functions begin that changes touch."""
    nodes = {node for change in changes for node in changed_nodes(change) or ()}
    return frozenset(
        (path, line)
        for path, name in nodes
        for tree in trees
        if path in tree
        for line in _lines(path, tree[path], name)
    )


def covering(ran: Sequence[AbstractSet[Place]], most: int, first: AbstractSet[Place]) -> list[int]:
    """Return the numbers of so many examples that together run as much as can be, in their order.

    They are chosen one by one, each that runs the most that none before it does; of what is `first`, then of
    all. Where nothing more is to be had, the others are taken evenly. Takes the product of both numbers.

    Args:
        ran: The functions that each example runs.
        most: How many are wanted.
        first: The functions that matter most.
    """
    left, chosen = list(range(len(ran))), list[int]()
    for wanted in ([each & first for each in ran], ran):
        known: set[Place] = set()
        for number in chosen:
            known |= wanted[number]
        while left and len(chosen) < most:
            best = max(left, key=lambda number: (len(wanted[number] - known), -number))
            if not wanted[best] - known:
                break
            known |= wanted[best]
            chosen.append(best)
            left.remove(best)
    wanting = most - len(chosen)
    evenly = left if wanting >= len(left) else [left[n * len(left) // wanting] for n in range(wanting)]
    return sorted([*chosen, *evenly])


def _is_run(change: FileChange, node: Node, places: AbstractSet[Place]) -> bool:
    if is_loose(node):
        return True
    sides = ((change.old_path or change.path, change.before), (change.path, change.after))
    known = {(path, line) for path, text in sides if text is not None for line in _lines(path, text, node[1])}
    return not known or bool(known & places)


def _lines(path: str, text: str, name: str) -> list[int]:
    """Return the lines in which functions of that name begin in a file; none for what is no function of it.

    Overloads, setters and what replaces a missing import make them several.
    """
    if path.endswith(PYTHON):
        found = (definitions(path, text) or {}).get(name)
        return [each.lineno for each in found.nodes] if found is not None and found.is_callable else []
    part = (outline(path, text) or {}).get(name)
    if part is None or not part.is_function:
        return []
    head = part.text.partition("\n")[0]
    return [number for number, line in enumerate(text.splitlines(), 1) if line == head]
