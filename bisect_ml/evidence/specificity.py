"""Whether the part of the population that moved is the part that the commit can reach."""

import ast
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeAlias

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import blocks
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.setting_values import changed_items, changed_keys
from bisect_ml.evidence.shift import confined_slices, moved_values, slice_moves
from bisect_ml.evidence.syntax import parse
from bisect_ml.evidence.told_apart import QUOTED, told_apart
from bisect_ml.types import Candidate, Case, Evidence, FileChange, Slice

_CONDITION = re.compile(r"\b(if|elif|elsif|case|when|switch|match|else if)\b|=>")
_WORD = re.compile(r"\w+")
_NO_VALUES = frozenset({"__init__", "init", "index", "base", "common", "default", "main", "utils", "shared"})
_SHORTEST = 4

_Place: TypeAlias = tuple[str, str]
"""A folder, and what the stems of a row of its files begin with."""


def specificity(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the slices that the commit singles out with those that moved.

    Looks at: files named like a slice value (`lang/it.py`, `lang/it/words.py`), keys of settings, and quoted
    slice values in the changed lines and in the conditions around them (`if country == "BR"`), against the
    moves of every slice.

    Why it tells: code for one slice moves that slice only; a shift that is confined to it accuses, and
    one that is elsewhere or everywhere clears.

    When it misleads: when other slices fall back on the code of this one, and when a value is quoted
    for another reason. Values below four letters count as file names only where other values of their
    column have files as well; a file in their row whose value the log does not hold is another's, unless
    its siblings refer to it.
    """
    commit = candidate.commit
    if commit is None:
        return None
    files = live_files(commit)
    if not files:
        return None
    known = _known(case)
    singled = {found for change in files for found in _singled_out(change, known)}
    if not singled:
        return None
    whole = all(_singled_out(change, known) for change in files)
    named = _list(singled)
    confined = confined_slices(case)
    both = singled & confined
    if both:
        beside = {each for each in singled if each.column in {one.column for one in both}} - both
        moved = [each for each in confined if each.column in {one.column for one in both}]
        level = "same" if len(both) >= len(beside) and 2 * len(both) >= len(moved) else "among"
        if whole and both == singled and len(both) == len(moved):
            level = "only"
        return say("specificity", level, f"singles out {named}; the shift is confined to {_list(confined)}")
    columns = {each.column for each in confined}
    if whole and any(each.column in columns for each in singled):
        if any(_is_used_by(change, confined, case) for change in files):
            return None
        return say(
            "specificity", "other", f"singles out {named}, but the shift is confined to {_list(confined)}"
        )
    if whole and all(_is_broad(slice_moves(case).get(each.column, {})) for each in singled):
        return say("specificity", "broad", f"singles out {named}, but most slices moved")
    return None


def _is_broad(by_value: Mapping[str, float]) -> bool:
    """Tell a column of which most values moved."""
    return 2 * len(moved_values(by_value)) > len(by_value)


def _list(slices: Collection[Slice]) -> str:
    names = sorted(map(str, slices))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The slices of the log, whether their columns have files of their own, and where those lie.

    `rows` maps the folder and the start of a stem to the column whose values follow it (`lang` and `lang_`
    for `lang/lang_it.py`); `shared` holds the stems in a row that other files of it mention.
    """

    slices: tuple[tuple[Slice, bool], ...]
    rows: Mapping[_Place, str]
    shared: frozenset[str]


@lru_cache(maxsize=8)
def _known(case: Case) -> _Known:
    slices = {Slice(column=column, value=value) for column, by in slice_moves(case).items() for value in by}
    paths = {*case.tree} | {c.path for one in case.candidates if one.commit for c in one.commit.files}
    found: list[tuple[Slice, bool]] = []
    rows: dict[_Place, str] = {}
    for column in sorted({each.column for each in slices}):
        own = sorted((each for each in slices if each.column == column), key=str)
        named = {each: {place for path in paths for place in _places(path, each.value)} for each in own}
        family = sum(map(bool, named.values())) >= 2
        found += [(each, family) for each in own]
        places = Counter(place for held in named.values() for place in held)
        rows |= {place: column for place, members in places.items() if members >= 2}
    return _Known(slices=tuple(found), rows=rows, shared=_mentioned(case, rows))


def _mentioned(case: Case, rows: Mapping[_Place, str]) -> frozenset[str]:
    """Return the stems of the files in a row that other files in it mention: bases, and what falls back."""
    members = [path for path in case.tree if _beyond(path, rows) is not None]
    stems = {_stem(path) for path in members}
    return frozenset(
        word
        for path in members
        for word in set(_WORD.findall(case.tree[path].lower())) & stems
        if word != _stem(path)
    )


def _beyond(path: str, rows: Mapping[_Place, str]) -> Slice | None:
    """Return the slice that a file stands for by its place in a row of files named by slice values."""
    pure = PurePosixPath(path)
    of_folder = rows.get((f"{pure.parent.parent}/", pure.name))
    if of_folder is not None:
        return Slice(column=of_folder, value=pure.parent.name.lower())
    parent, stem = str(pure.parent), _stem(path)
    for (folder, start), column in rows.items():
        value = stem.removeprefix(start)
        if folder == parent and stem.startswith(start) and value and value not in _NO_VALUES:
            return Slice(column=column, value=value)
    return None


def _places(path: str, value: str) -> list[_Place]:
    """Return where a file lies that is named like a value, or that lies in a folder of that very name.

    A folder ends in a slash: with no name it is any file of a value's folder, with a name those called so.
    """
    pure = PurePosixPath(path)
    if _is_named(_stem(path), value):
        return [(str(pure.parent), _stem(path)[: -len(value)])]
    if pure.parent.name and _plain(pure.parent.name) == _plain(value):
        return [(f"{pure.parent.parent}/", name) for name in ("", pure.name)]
    return []


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.lower()


def _plain(name: str) -> str:
    return re.sub(r"[_\-. ]", "-", name.lower())


def _singled_out(change: FileChange, known: _Known) -> set[Slice]:
    stem = _stem(change.path)
    quoted = told_apart(change, frozenset(each.value for each, _ in known.slices)) | _keys(change)
    found = {
        each
        for each, family in known.slices
        if ((family or len(each.value) >= _SHORTEST) and _is_named(stem, each.value))
        or not known.rows.keys().isdisjoint(_places(change.path, each.value))
        or each.value in quoted
    }
    beyond = None if found or stem in known.shared else _beyond(change.path, known.rows)
    return found if beyond is None else {beyond}


def _is_used_by(change: FileChange, slices: Collection[Slice], case: Case) -> bool:
    """Tell whether the file of one of the slices mentions the changed one: it may fall back on it."""
    stem = _stem(change.path)
    return any(
        stem in _WORD.findall(text.lower())
        for path, text in case.tree.items()
        if path != change.path and any(_is_named(_stem(path), each.value) for each in slices)
    )


def _is_named(stem: str, value: str) -> bool:
    """Tell whether a file is named like a value: `it`, `lang_it` and `pt-br` for `it`, `it` and `pt_BR`."""
    own, wanted = re.split(r"[_\-.]", stem), re.split(r"[_\-. ]", value.lower())
    return bool(wanted[0]) and own[-len(wanted) :] == wanted


@lru_cache(maxsize=1024)
def _keys(change: FileChange) -> frozenset[str]:
    """Return the values that single out what a change reaches.

    Keys of settings, what their lists gain or lose, and the conditions around a changed line.
    """
    if file_kind(change.path) == "settings":
        parts = {part for key, _, _ in changed_keys(change) for part in re.split(r"[.\[\]]", key)}
        return changed_items(change) | parts
    lines = [block.line for block in blocks(change)]
    if not lines or not change.after:
        return frozenset()
    if change.path.endswith(".py"):
        tree = parse(change.after)
        around = [] if tree is None else [_tested(tree, line) for line in lines]
    else:
        text = change.after.splitlines()
        around = [_tested_above(text, line) for line in lines]
    return frozenset.intersection(*around) if around else frozenset()


def _tested(tree: ast.Module, line: int) -> frozenset[str]:
    """Return the texts compared in the conditions that enclose a line of Python."""
    return frozenset(
        part.value
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)
        for part in ast.walk(node.test)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def _tested_above(lines: list[str], line: int) -> frozenset[str]:
    """Return the texts compared in the conditions above a line that are indented less, one inside another."""
    found: set[str] = set()
    depth = _depth(lines[line - 1]) if line <= len(lines) else 0
    for text in reversed(lines[: line - 1]):
        if text.strip() and _depth(text) < depth:
            depth = _depth(text)
            if _CONDITION.search(text):
                found.update(QUOTED.findall(text))
    return frozenset(found)


def _depth(text: str) -> int:
    return len(text) - len(text.lstrip())
