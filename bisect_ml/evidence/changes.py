"""Which definitions a change to a file touches, in any language that is understood."""

from functools import lru_cache

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.definitions import IMPORTS, MODULE, ChangedDefinition, changed_definitions
from bisect_ml.evidence.outlines import changed_parts
from bisect_ml.evidence.program import PYTHON
from bisect_ml.types import FileChange


@lru_cache(maxsize=2048)
def changed_nodes(change: FileChange) -> frozenset[Node] | None:
    """Return the definitions that behave differently after a change, old and new, or None if unknown.

    What stands outside definitions is `<module>` and `<imports>`.
    """
    if change.path.endswith(PYTHON):
        definitions = changed_definitions(change)
        known = definitions is not None
        return frozenset(node for each in definitions or () for node in nodes_of(each)) if known else None
    parts = changed_parts(change)
    if parts is None:
        return None
    paths = change.old_path or change.path, change.path
    named = (each for pair in parts for each in zip(paths, pair, strict=True))
    return frozenset((path, part.name) for path, part in named if part is not None)


def nodes_of(changed: ChangedDefinition) -> list[Node]:
    """Return the places of a changed definition in the call graph, before and after."""
    return [(each.path, each.name) for each in (changed.before, changed.after) if each is not None]


def is_loose(node: Node) -> bool:
    """Tell what stands in a file outside its definitions: statements of the module, and imports."""
    return node[1].endswith((MODULE, IMPORTS))
