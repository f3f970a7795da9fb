"""YAML, INI, properties and environment files read line by line, into keys and the text of their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PAIR = re.compile(r"(?:export\s+)?([\w.\-/]+)\s*[:=]\s*(.*)$")
# An item such as `cache:6` is a text; only with a blank behind the colon does it begin a mapping.
_PAIR_IN_ITEM = re.compile(r"([\w.\-/]+)\s*:(?:\s+|$)(.*)$")
_QUOTED_KEY = re.compile(r"""["']([\w.\-/ ]+)["']\s*:(?:\s+|$)(.*)$""")
_SECTION = re.compile(r"\[([^\[\]\"',]+)\]$")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_FOLDED = re.compile(r"[|>][-+\d]*$")
_DASH = re.compile(r"-(?:\s+|$)")


@dataclass(slots=True)
class _Above:
    """What a line may belong to: names by the column in which they stand, and how far each list has come."""

    names: list[tuple[int, str, bool]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def key(self) -> str:
        """Return the whole name of the innermost, as JSON would be written: `a.b[0].c`."""
        joined = ""
        for _, name, _ in self.names:
            joined += name if name.startswith("[") or not joined else f".{name}"
        return joined

    def enter(self, column: int, name: str) -> None:
        """Begin a key; deeper lines belong to it."""
        self.names = [each for each in self.names if each[0] < column]
        self.names.append((column, name, False))

    def enter_item(self, column: int) -> None:
        """Begin the next item of a list, whose dash may stand below the first letter of its key."""
        self.names = [each for each in self.names if each[0] < column or (each[0] == column and not each[2])]
        of = self.key()
        number = self.counts.get(of, 0)
        self.counts[of] = number + 1
        self.names.append((column, f"[{number}]", True))


def read_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield each key with its value; a key that comes again is numbered, as `port` and `port[1]`."""
    seen: dict[str, int] = {}
    for key, value in _pairs(text.splitlines()):
        number = seen.get(key, 0)
        seen[key] = number + 1
        yield (f"{key}[{number}]" if number else key), value


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    above, at = _Above(), 0
    while at < len(lines):
        line = lines[at]
        at += 1
        rest, column = line.strip(), len(line) - len(line.lstrip())
        if not rest or rest.startswith(("#", ";", "---")):
            continue
        if not column and (section := _SECTION.match(rest)):
            above.names = [(-1, section[1].strip(), False)]
            continue
        inside = column
        while dash := _DASH.match(rest):
            above.enter_item(inside)
            inside, rest = inside + dash.end(), rest[dash.end() :]
        of_item = inside > column
        pair = (_PAIR_IN_ITEM if of_item else _PAIR).match(rest) or _QUOTED_KEY.match(rest)
        if pair:
            above.enter(inside, pair[1])
        elif not of_item:
            continue
        value = pair[2] if pair else rest
        value = _COMMENT.sub("", value).strip()
        if _FOLDED.match(value):
            value, at = _folded(lines, at, column)
        if value:
            yield above.key(), value.strip("\"'")


def _folded(lines: Sequence[str], start: int, column: int) -> tuple[str, int]:
    """Return the text that is indented below a line, as one line, and where it ends."""
    end = start
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > column
    ):
        end += 1
    return " ".join(" ".join(lines[start:end]).split()), end
