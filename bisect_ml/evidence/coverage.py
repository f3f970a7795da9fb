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
