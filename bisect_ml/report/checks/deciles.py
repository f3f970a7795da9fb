"""The deciles of all predictions on both sides, as rows of a table: which part of them moved."""

from bisect_ml.report import figures
from bisect_ml.saved_check import Comparison, Decile

DECILE_HEAD = ("Decile", "Base", "Head", "Change")


def decile_rows(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """Write each decile: its level, the value on either side, and how far it moved."""
    return [
        (f"{one.level:.0%}", figures.number(one.base, 4), figures.number(one.head, 4), _moved(one))
        for one in comparison.deciles
    ]


def _moved(one: Decile) -> str:
    return "–" if one.base == one.head else figures.change(one.base, one.head, "median")
