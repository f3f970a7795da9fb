"""Numbers in text as people and spreadsheets write them: decimal commas, thousands parted, per cent."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bisect_ml.sources.database import Database, literal

Decimal: TypeAlias = Literal["", ".", ","]

# Blanks, apostrophes and their typographical kin part thousands, whatever the decimals begin with.
_PARTING = " '\u00a0\u202f\u2019"
_MINUS = "\u2212"
_PERCENT = r"\s*%"
BARE_NUMBERS = "write all numbers with a decimal point and no other sign, such as 1234.5"
# So small a share of the values may be written in another way: they are left out and named.
SLIPS = 0.01
# So many numbers show what a column never has.
TELLING = 10


def _form(decimal: str, parting: str) -> str:
    """Write the pattern of numbers; thousands may be parted by threes, or in the Indian way."""
    whole = rf"\d+|[1-9]\d{{0,2}}([{parting}]\d{{2,3}})*[{parting}]\d{{3}}"
    return rf"[+\-{_MINUS}]?(({whole})({decimal}\d*)?|{decimal}\d+)([eE][+-]?\d+)?"


_FORMS = {".": _form(r"\.", "," + _PARTING), ",": _form(",", r"\." + _PARTING)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """How a column writes its numbers.

    `decimal` begins the decimals where people write the numbers, and is empty where programs do;
    `percent` says that they are in per cent.
    """

    decimal: Decimal = ""
    percent: bool = False

    def sql(self, column: str) -> str:
        """Write the value of an SQL expression as DOUBLE; NULL where it is no number of this style."""
        if not self.decimal:
            return f"TRY_CAST({column} AS DOUBLE)"
        text = f"replace(trim({column}::VARCHAR), '{_MINUS}', '-')"
        form = _FORMS[self.decimal] + (_PERCENT if self.percent else "")
        digits = f"regexp_replace({text}, '[^0-9eE+{self.decimal}-]', '', 'g')"
        number = f"TRY_CAST(replace({digits}, ',', '.') AS DOUBLE){' / 100' if self.percent else ''}"
        # Infinity has no digits in any style.
        infinite = rf"WHEN NOT regexp_matches({text}, '\d') THEN TRY_CAST({text} AS DOUBLE)"
        return f"CASE WHEN regexp_full_match({text}, {literal(form)}) THEN {number} {infinite} END"


PLAIN = NumberStyle()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTexts:
    """How many of the `filled` texts of a column are numbers, by the ways in which they can be read.

    `plain` are numbers to a program. `only_point` and `only_comma` are numbers where such a sign begins
    the decimals, and not where the other does; `unsure` have a comma and `dotted` a point, and are
    numbers either way. `short` and `long` are whole numbers below 1000 and above. `percent` of all these
    have a percent sign, `bare` have none.
    """

    filled: int
    plain: int
    only_point: int
    only_comma: int
    unsure: int
    dotted: int
    short: int
    long: int
    percent: int
    bare: int


_COUNTED = {
    "filled": "TRUE",
    "plain": "plain",
    "only_point": "point AND NOT comma",
    "only_comma": "comma AND NOT point",
    "unsure": "point AND comma AND contains(x, ',')",
    "dotted": "point AND comma AND contains(x, '.')",
    "short": r"regexp_full_match(x, '[+-]?\d{1,3}')",
    "long": r"regexp_full_match(x, '[+-]?\d{4,}')",
    "percent": "(point OR comma) AND percent",
    "bare": "(point OR comma) AND NOT percent",
}
_UNSURE = "{}, whose comma may part thousands or decimals"
_DOTTED = "{}, whose point may part thousands or decimals"
_MIXED = "{}, with a decimal comma, and {}, with a decimal point"
_PARTLY_PERCENT = "{}, in per cent, and {}, which is not"
# Which of the texts above show each doubt.
_EXAMPLES = {
    _UNSURE: ("unsure",),
    _DOTTED: ("dotted",),
    _MIXED: ("only_comma", "only_point"),
    _PARTLY_PERCENT: ("percent", "bare"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGuess:
    """The style of a column; what one of its texts is read as, or why none can be told."""

    style: NumberStyle = PLAIN
    reading: str = ""
    doubt: str = ""


UNTOLD = NumberGuess()


def is_number_text(text: str) -> bool:
    """Tell whether a text is a number in any of the styles."""
    return any(re.fullmatch(f"({form})({_PERCENT})?", text) for form in _FORMS.values())


def guess_style(database: Database, texts: str) -> NumberGuess:
    """Tell how the texts `x` of a query write numbers; plainly where they are none."""
    point, comma = (literal(f"({_FORMS[decimal]})({_PERCENT})?") for decimal in ".,")
    columns = (
        f"SELECT x, TRY_CAST(x AS DOUBLE) IS NOT NULL AS plain, regexp_matches(x, '%$') AS percent, "
        f"regexp_full_match(x, {point}) AS point, regexp_full_match(x, {comma}) AS comma FROM ({texts})"
    )
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in _COUNTED.values())
    counted = database.row(f"SELECT {counts} FROM ({columns})")
    style, doubt = tell_style(NumberTexts(**dict(zip(_COUNTED, counted, strict=True))))
    if doubt:
        examples = [
            database.row(f"SELECT min(x) FROM ({columns}) WHERE {_COUNTED[kind]}")[0]
            for kind in _EXAMPLES[doubt]
        ]
        return NumberGuess(doubt=doubt.format(*map(repr, examples)))
    if style == PLAIN:
        return UNTOLD
    number = style.sql("x")
    found = database.rows(
        f"SELECT x, {number} FROM ({columns}) WHERE NOT plain AND {number} IS NOT NULL ORDER BY x LIMIT 1"
    )
    # Where it reads no more than programs do, slips aside, they wrote the column.
    readings = [f"{text!r} is read as {value:.12g}" for text, value in found]
    return NumberGuess(style=style, reading=readings[0]) if readings else UNTOLD


def tell_style(found: NumberTexts) -> tuple[NumberStyle, str]:
    """Return the style, and what is in doubt where there is more than one that fits, or none."""
    slips = SLIPS * found.filled
    sure = found.only_comma + found.only_point
    # Decimals are not always three; where they seem to be beside whole numbers below 1000, they are none.
    if min(found.dotted, found.short) >= TELLING and not sure and not found.long:
        return PLAIN, _DOTTED
    if 2 * (found.percent + found.bare) <= found.filled or found.plain == found.filled:
        return PLAIN, ""
    if min(found.percent, found.bare) > slips:
        return PLAIN, _PARTLY_PERCENT
    if min(found.only_comma, found.only_point) > slips:
        return PLAIN, _MIXED
    # However few they are, they may be the largest, so that none is left out as a slip.
    if found.unsure and not sure:
        return PLAIN, _UNSURE
    decimal: Decimal = "," if found.only_comma > found.only_point else "."
    return NumberStyle(decimal=decimal, percent=found.percent > found.bare), ""
