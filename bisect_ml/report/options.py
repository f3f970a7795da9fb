"""What a reader may ask of a renderer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a report is to be shown.

    `diffs` and `authors` are switched off for tickets that leave the company. `width` (columns) and
    `color` only matter in a terminal.
    """

    diffs: bool = True
    authors: bool = True
    width: int = 80
    color: bool = False
