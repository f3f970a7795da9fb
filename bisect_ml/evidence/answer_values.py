"""What an answer is worth as a prediction: a number, nothing, or something else."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from bisect_ml.evidence.answers import RAISES, Answer

Kind = Literal["number", "missing", "text", "other"]

_MISSING = frozenset({"None", "undefined", "null", "nan", "NaN"})
_TRUTHS = {"True": 1.0, "true": 1.0, "False": 0.0, "false": 0.0}
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?|-?inf|-?Infinity", re.IGNORECASE | re.ASCII)
_QUOTES = ("'", '"', "`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An answer as a log of predictions would hold it.

    Errors are no predictions, so they are missing like `None`. `number` is that of numbers, 1 or 0 of truth
    values, and of texts their length, the usual measure of them; NaN of what is missing, and of structures
    and what is unknown (`other`). `decimals` are those that a number needs: none for 3.0, seven for 1e-07.
    """

    kind: Kind
    number: float = math.nan
    decimals: int = 0


def value_of(answer: Answer) -> Value:
    """Return what an answer is, from how it is written."""
    text = answer.text
    if text.startswith(RAISES) or text in _MISSING:
        return Value(kind="missing")
    if text in _TRUTHS:
        return Value(kind="number", number=_TRUTHS[text])
    if _NUMBER.fullmatch(text):
        digits, _, exponent = text.partition("e")
        decimals = len(digits.partition(".")[2].rstrip("0")) - int(exponent or 0)
        return Value(kind="number", number=float(text), decimals=max(0, decimals))
    if text.startswith(_QUOTES):
        return Value(kind="text", number=float(len(text) - 2))
    return Value(kind="other")
