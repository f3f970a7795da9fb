"""Pools of a few corners of markup each, so that what changes for one of them shows."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input
from benchmarks.incidents.pools_extras import SHORT
from benchmarks.incidents.pools_unread import UNREAD


def _part(
    whole: Callable[[random.Random], list[Input]], kinds: str
) -> Callable[[random.Random], list[Input]]:
    """Return the pool of those inputs of another one that are of some kinds."""
    wanted = set(kinds.split())
    return lambda rng: [each for each in whole(rng) if wanted & set(each.slices.values())]


UNSEEN_MARKUP: dict[str, Callable[[random.Random], list[Input]]] = {
    "listed corners": _part(UNREAD["corners"], "list quote"),
    "coded corners": _part(UNREAD["corners"], "code html"),
    "linked corners": _part(UNREAD["corners"], "link auto"),
    "stressed corners": _part(UNREAD["corners"], "stress smart break"),
    "headed corners": _part(UNREAD["corners"], "heading table"),
    "fenced extras": _part(SHORT["extras"], "fence html"),
    "noted extras": _part(SHORT["extras"], "footnote meta contents"),
}
