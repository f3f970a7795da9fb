"""Lists as `Intl` writes them in American English."""

from collections.abc import Mapping, Sequence
from typing import Any

_WORDS = {
    ("conjunction", "long"): "and",
    ("conjunction", "short"): "&",
    ("conjunction", "narrow"): "",
    **{("disjunction", how): "or" for how in ("long", "short", "narrow")},
    **{("unit", how): "" for how in ("long", "short", "narrow")},
}


def english_list(items: Sequence[str], options: Mapping[str, Any]) -> str | None:
    """Return texts as English lists them; None where the options ask for what is not known here."""
    kind = options.get("type", "conjunction"), options.get("style", "long")
    word = _WORDS.get(kind)
    if word is None:
        return None
    comma = " " if kind == ("unit", "narrow") else ", "
    if not word or len(items) < 2:
        return comma.join(items)
    before = " " if len(items) == 2 else ", "
    return f"{', '.join(items[:-1])}{before}{word} {items[-1]}"
