"""Whether examples run what a commit changes."""

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


def _is_run(change: FileChange, node: Node, places: AbstractSet[Place]) -> bool:
    if is_loose(node):
        return True
    sides = ((change.old_path or change.path, change.before), (change.path, change.after))
    lines = [(path, _line(path, text, node[1])) for path, text in sides if text is not None]
    known = [(path, line) for path, line in lines if line is not None]
    return not known or any(place in places for place in known)


def _line(path: str, text: str, name: str) -> int | None:
    """Return the line in which a function of a file begins; None for what is no function of it."""
    if path.endswith(PYTHON):
        found = (definitions(path, text) or {}).get(name)
        return found.nodes[0].lineno if found is not None and found.is_callable else None
    part = (outline(path, text) or {}).get(name)
    if part is None or not part.is_function:
        return None
    head = part.text.partition("\n")[0]
    return next((number for number, line in enumerate(text.splitlines(), 1) if line == head), None)
