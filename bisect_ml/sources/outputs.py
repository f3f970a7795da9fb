"""Predictions in every shape that logs hold: numbers, true and false, class labels."""

from dataclasses import dataclass

from bisect_ml.errors import InputError
from bisect_ml.sources.columns import ColumnProfile
from bisect_ml.sources.database import identifier
from bisect_ml.sources.number_texts import BARE_NUMBERS, PLAIN, NumberStyle
from bisect_ml.sources.profiles import not_missing
from bisect_ml.types import PredictionKind

MAX_CLASSES = 50
# Beyond this a square overflows; no model means such a number.
LARGEST = 1e150


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormat:
    """How the predictions of one column are written."""

    kind: PredictionKind
    is_text: bool
    style: NumberStyle = PLAIN

    def number_sql(self, column: str) -> str:
        """Write the prediction as DOUBLE; NULL for labels. True is 1, false 0. NaN and infinity stay."""
        name = identifier(column)
        if self.kind == "label":
            return "NULL::DOUBLE"
        if self.kind == "boolean" and self.is_text:
            word = f"lower(trim({name}::VARCHAR))"
            said = f"WHEN {word} IN ('true', '1') THEN 1.0 WHEN {word} IN ('false', '0') THEN 0.0"
            return f"(CASE {said} END)::DOUBLE"
        if self.kind == "boolean":
            return f"({name}::DOUBLE <> 0)::INTEGER::DOUBLE"
        return self.style.sql(name) if self.is_text else f"{name}::DOUBLE"

    def label_sql(self, column: str) -> str:
        """Write the class as VARCHAR; NULL where the prediction is missing or no label."""
        if self.kind != "label":
            return "NULL::VARCHAR"
        text = f"trim({identifier(column)}::VARCHAR)"
        return f"CASE WHEN {not_missing(text)} THEN {text} END"

    def unreadable_sql(self, column: str) -> str:
        """Write the condition that a cell holds something that is no prediction of this kind."""
        if self.kind == "label" or not self.is_text:
            return "FALSE"
        # In this order the words are compared in the few cells alone that hold no number.
        return (
            f"CASE WHEN ({self.number_sql(column)}) IS NOT NULL OR {identifier(column)} IS NULL THEN FALSE "
            f"ELSE {not_missing(f'trim({identifier(column)}::VARCHAR)')} END"
        )


def guess_output(profile: ColumnProfile, kind: PredictionKind | None, log: str) -> OutputFormat:
    """Tell how a column writes its predictions.

    Whole numbers stay numeric even where the sample holds only 0 and 1: the mean is the same share, and
    a later 1000 must not be lost.

    Args:
        profile: The prediction column.
        kind: What the user says it is, or None.
        log: What messages call the log.

    Raises:
        InputError: The column holds neither numbers, true and false, nor class labels, or its numbers
            could be read in several ways.
    """
    is_text, style = profile.type == "text", profile.writing.style
    if profile.type not in ("number", "boolean", "text"):
        raise InputError(
            f"{log}: column {profile.name!r} holds neither numbers, true and false, nor labels",
            "choose another column with --prediction COLUMN",
        )
    if kind in (None, "numeric"):
        check_numbers(profile, log)
    if kind is not None:
        return OutputFormat(kind=kind, is_text=is_text, style=style)
    if profile.type == "boolean" or (is_text and profile.mostly(profile.booleans)):
        return OutputFormat(kind="boolean", is_text=is_text)
    if profile.is_number or profile.filled == 0:
        return OutputFormat(kind="numeric", is_text=is_text, style=style)
    if profile.distinct > MAX_CLASSES:
        raise InputError(
            f"{log}: column {profile.name!r} holds {profile.distinct} texts such as {profile.other!r}, "
            "neither numbers nor labels",
            f"choose another column with --prediction COLUMN, or write bare numbers such as 1234.5; "
            f"labels may have {MAX_CLASSES} classes",
        )
    return OutputFormat(kind="label", is_text=is_text)


def check_numbers(profile: ColumnProfile, log: str) -> None:
    """Refuse a column whose numbers could be read in several ways.

    Raises:
        InputError: It is one.
    """
    if profile.writing.doubt:
        raise InputError(
            f"{log}: column {profile.name!r} has numbers such as {profile.writing.doubt}",
            BARE_NUMBERS,
        )
