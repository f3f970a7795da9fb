"""What kind of edit the commit is, as a reviewer would call it."""

import ast
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

from bisect_ml.evidence.base import say
from bisect_ml.evidence.changes import changed_nodes, is_loose, nodes_of
from bisect_ml.evidence.definitions import (
    IMPORTS,
    ChangedDefinition,
    live_definitions,
)
from bisect_ml.evidence.edits import Edit, EditKind, edits
from bisect_ml.evidence.families import language
from bisect_ml.evidence.guards import way_of_definition
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.outlines import Part, changed_parts
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.program import PYTHON
from bisect_ml.evidence.reach import nearest, reach_of
from bisect_ml.evidence.token_edits import moved, renamed, token_edits
from bisect_ml.evidence.token_guards import way_of_part
from bisect_ml.types import Candidate, Case, Commit, Evidence, FileChange

_ORDER: tuple[EditKind, ...] = (
    "swap",
    "operator",
    "number",
    "default",
    "flag",
    "argument",
    "callee",
    "call",
    "text",
    "statement",
    "elements",
    "guard",
    "name",
)
_SAID = {
    "swap": "changes the order of parts",
    "operator": "changes an operator",
    "number": "changes a number",
    "default": "changes a default",
    "flag": "changes a flag",
    "argument": "changes the arguments of a call",
    "callee": "calls another function",
    "call": "changes an expression",
    "text": "changes a text constant",
    "statement": "changes statements",
    "elements": "changes the elements of a collection",
    "guard": "changes a guard",
    "name": "uses another name",
}
# Too rare in what the weights were fitted to for one of its own: it tells what an expression tells.
_LEVELS: dict[EditKind, str] = {"callee": "call"}
_CODE = frozenset({"code", "notebook"})
_SHOWN = 60


def edit(case: Case, candidate: Candidate) -> Evidence | None:
    """Say what kind of edit the commit makes to the code that is reached.

    Looks at: the smallest differences between the syntax trees of each changed Python definition (in
    other languages, between its tokens) before and after; only definitions that the entry point reaches,
    where one is known.

    Why it tells: a changed operator, number or default changes results on purpose; a consistent
    rename, statements moved between files, and definitions that nothing calls yet do not.

    When it misleads: a rename can change which attribute a framework reads, and a rewrite that looks
    like logic can compute the same.
    """
    commit = candidate.commit
    if commit is None:
        return None
    files = [each for each in live_files(commit) if file_kind(each.path) in _CODE]
    if not files or any(changed_nodes(change) is None for change in files):
        return None
    changed, others = _of_interest(case, live_definitions(commit)), _other_parts(case, files)
    if not changed and not others:
        return None
    rename = _rename(files, changed, others)
    if rename:
        return say("edit", "renamed", f"renames {rename} throughout and changes nothing else")
    if (not changed or _is_moved(changed)) and (not others or moved(_in_other_languages(files))):
        return say("edit", "moved", "moves or reorders statements and changes none of them")
    names = [each.name for each in changed] + [part.name for part in map(_either, others)]
    if all(each.before is None for each in changed) and all(old is None for _, old, _ in others):
        if _is_looked_up(case, files):
            return None
        return say("edit", "added", f"only adds definitions: {_names(names)}", count=len(names))
    found = [(one, each.name) for each in changed for one in edits(each)]
    found += [
        (one, old.name) for path, old, new in others if old and new for one in token_edits(path, old, new)
    ]
    for kind in _ORDER:
        for one, name in found:
            if one.kind == kind:
                level = _LEVELS.get(kind, kind)
                return say("edit", level, f"{_SAID[kind]} in {name}: {_shown(one)}", edits=len(found))
    return say("edit", "statement", f"adds and removes definitions: {_names(names)}", edits=len(found))


def _is_looked_up(case: Case, files: Sequence[FileChange]) -> bool:
    """Tell new files that code which was there before takes up by their place: plugins and locales."""
    found = reach_of(case)
    taken_up = {path for path, name in found.steps if is_loose((path, name))} if found else set()
    return any(change.path in taken_up for change in files)


_OtherPart: TypeAlias = tuple[str, Part | None, Part | None]
"""A path, and a part of the file before and after."""


def _in_other_languages(files: Sequence[FileChange]) -> list[FileChange]:
    return [change for change in files if not change.path.endswith(PYTHON)]


def _other_parts(case: Case, files: Sequence[FileChange]) -> list[_OtherPart]:
    """Return the changed parts of files that are not Python, those that are reached where that is known."""
    found = reach_of(case)
    parts = [
        (change.path, old, new)
        for change in _in_other_languages(files)
        for old, new in changed_parts(change) or ()
        if not any(side and side.name == IMPORTS for side in (old, new))
    ]
    if found is None:
        return parts
    reached = nearest(found, [(each, [(each[0], _either(each).name)]) for each in parts])
    unknown = [each for each in parts if language(each[0]) not in found.languages]
    return [*reached, *unknown] or (parts if found.guessed else [])


def _either(part: _OtherPart) -> Part:
    found = part[1] or part[2]
    if found is None:
        raise ValueError("a changed part exists on one side at least")
    return found


def _rename(
    files: Sequence[FileChange], changed: tuple[ChangedDefinition, ...], others: Sequence[_OtherPart]
) -> str:
    """Return the rename that is all that a commit does, in each of its languages."""
    told = [consistent_rename(changed)] if changed else []
    told += [renamed(_in_other_languages(files))] if others else []
    return told[0] if all(told) else ""


def _of_interest(case: Case, changed: tuple[ChangedDefinition, ...]) -> tuple[ChangedDefinition, ...]:
    """Return the definitions that are reached where that is known, otherwise all but imports."""
    found = reach_of(case)
    named = tuple(each for each in changed if not each.name.endswith(IMPORTS))
    if found is None:
        return named
    reached = tuple(nearest(found, [(each, nodes_of(each)) for each in named]))
    return reached or (named if found.guessed else ())


def consistent_rename(changed: Iterable[ChangedDefinition]) -> str:
    """Return `old → new` where all edits are one-to-one renames of what the commit binds, else nothing.

    A name that the changed code only uses, such as a function from elsewhere, is another thing and not
    another name.
    """
    pairs = _paired(changed)
    mapping: dict[str, str] = {}
    for each in pairs:
        for one in edits(each):
            if one.kind not in {"name", "callee"} or mapping.setdefault(one.before, one.after) != one.after:
                return ""
    if not mapping or len(set(mapping.values())) < len(mapping):
        return ""
    bound_before, _ = _identifiers(pairs, after=False)
    bound_after, used_after = _identifiers(pairs, after=True)
    if (
        not (mapping.keys() <= bound_before and set(mapping.values()) <= bound_after)
        or used_after & mapping.keys()
    ):
        return ""
    old, new = next(iter(mapping.items()))
    return f"{old} → {new}"


def _paired(changed: Iterable[ChangedDefinition]) -> list[ChangedDefinition]:
    """Return changed definitions with each removed one joined to the added one in its place."""
    listed = list(changed)
    gone = [each.before for each in listed if each.after is None]
    come = [each.after for each in listed if each.before is None]
    pairs = [each for each in listed if each.before and each.after]
    if len(gone) != len(come):
        return [*pairs, *(each for each in listed if not (each.before and each.after))]
    return [*pairs, *(ChangedDefinition(before=a, after=b) for a, b in zip(gone, come, strict=True))]


def _identifiers(changed: Iterable[ChangedDefinition], *, after: bool) -> tuple[set[str], set[str]]:
    """Return the names that one side of the changed definitions binds, and all that it mentions."""
    bound: set[str] = set()
    mentioned: set[str] = set()
    for each in changed:
        side = each.after if after else each.before
        for node in side.nodes if side else ():
            for part in ast.walk(node):
                name = next(
                    (n for n in (getattr(part, f, None) for f in ("id", "attr", "arg", "name")) if n), None
                )
                if not isinstance(name, str):
                    continue
                mentioned.add(name)
                if isinstance(getattr(part, "ctx", ast.Store()), ast.Store) and not isinstance(
                    part, ast.keyword
                ):
                    bound.add(name)
    return bound, mentioned


def _is_moved(changed: tuple[ChangedDefinition, ...]) -> bool:
    """Tell whether the statements that went are those that came."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for each in changed:
        before.update(_simple_statements(each, after=False))
        after.update(_simple_statements(each, after=True))
    return before == after and before.total() > 0


@lru_cache(maxsize=4096)
def _simple_statements(changed: ChangedDefinition, *, after: bool) -> tuple[str, ...]:
    side = changed.after if after else changed.before
    if side is None:
        return ()
    compound = (ast.ClassDef, ast.Import, ast.ImportFrom)
    return tuple(
        _head(part)
        for node in side.acting
        for part in ast.walk(node)
        if isinstance(part, ast.stmt) and not isinstance(part, compound)
    )


def _head(node: ast.stmt) -> str:
    """Return the dump of a statement without the statements inside it."""
    fields = [
        value
        for name, value in ast.iter_fields(node)
        if name not in {"body", "orelse", "finalbody", "handlers"}
    ]
    parts = [ast.dump(value) for value in fields if isinstance(value, ast.AST)]
    lists = [
        ast.dump(item)
        for value in fields
        if isinstance(value, list)
        for item in value
        if isinstance(item, ast.AST)
    ]
    return f"{type(node).__name__}({';'.join([*parts, *lists])})"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _shown(one: Edit) -> str:
    """Return an edit on one short line."""
    before, after = (_closed(" ".join(side.split())) for side in (one.before, one.after))
    before, after = (side if len(side) <= _SHOWN else side[: _SHOWN - 1] + "…" for side in (before, after))
    return f"{before or 'nothing'} → {after or 'nothing'}"


def _closed(text: str) -> str:
    """Return a text without the brackets at its ends whose other half is no part of the edit."""
    shown = text
    for opened, closed in ("()", "[]", "{}"):
        while shown.endswith(closed) and shown.count(closed) > shown.count(opened):
            shown = shown[:-1].rstrip()
        for end in (str.removesuffix, str.removeprefix):
            while end(shown, opened) != shown and shown.count(opened) > shown.count(closed):
                shown = end(shown, opened).strip()
    return shown or text


def commit_edits(case: Case, commit: Commit) -> tuple[Edit, ...]:
    """Return the edits of a commit to the definitions of interest."""
    python = [one for each in _of_interest(case, live_definitions(commit)) for one in edits(each)]
    others = _other_parts(case, live_files(commit))
    tokens = [one for path, old, new in others if old and new for one in token_edits(path, old, new)]
    return (*python, *tokens)


def way_of_guards(case: Case, commit: Commit) -> int:
    """Return in how many places what is of interest fails under wider conditions, less narrower ones."""
    python = sum(map(way_of_definition, _of_interest(case, live_definitions(commit))))
    return python + sum(way_of_part(*each) for each in _other_parts(case, live_files(commit)))
