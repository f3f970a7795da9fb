"""What the entry points that somebody named stand for, each beside the others."""

from collections.abc import Sequence

from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.program import Program
from bisect_ml.types import Case


def named_nodes(graph: Program, case: Case) -> set[Node]:
    """Return the definitions that the entry points of a case name.

    A class or a maker of objects stands for all that is in it, unless another entry point says what of that.
    """
    each = [graph.entries(entry) for entry in case.entries]
    each = [
        _beside(nodes, entry, case.entries, each) for entry, nodes in zip(case.entries, each, strict=True)
    ]
    found: set[Node] = set().union(*each)
    for function, own in zip(case.entry_functions, each, strict=True):
        others: set[Node] = set().union(*(nodes for nodes in each if nodes is not own))
        named = {node for node in own if node[1].rpartition(".")[2] == function}
        holders = {node for node in named for other in others if _is_inside(other, node)}
        found -= {node for node in own - others if any(_is_inside(node, holder) for holder in holders)}
    return found


def _beside(nodes: set[Node], entry: str, entries: Sequence[str], named: Sequence[set[Node]]) -> set[Node]:
    """Return of what a bare name may mean the methods of a class that another entry point says, if any.

    In `Price.parse,total` the latter is asked of what the former makes, whatever else has a `total`.
    """
    if not entry.removesuffix("()").isidentifier():
        return nodes
    owners = {
        (path, name.rpartition(".")[0])
        for other, own in zip(entries, named, strict=True)
        if "." in other.rpartition(":")[2]
        for path, name in own
    }
    own = {node for node in nodes if "." in node[1] and (node[0], node[1].rpartition(".")[0]) in owners}
    called = entry.removesuffix("()")
    return own if any(name.rpartition(".")[2] == called for _, name in own) else nodes


def _is_inside(node: Node, holder: Node) -> bool:
    return node[0] == holder[0] and node[1].startswith(f"{holder[1]}.")
