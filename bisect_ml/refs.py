"""How what was deployed is named to people."""

import re
from collections.abc import Iterable

SHORT = 10
_FULL_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def short_ref(ref: str) -> str:
    """Shorten a full sha as people quote it; tags, branches and shorter shas stay as they are."""
    return ref[:SHORT] if _FULL_SHA.fullmatch(ref.lower()) else ref


def some_refs(refs: Iterable[str]) -> str:
    """Name the first three of them."""
    names = [short_ref(ref) for ref in dict.fromkeys(refs)]
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
