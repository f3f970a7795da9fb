"""Whether the predictions run through what the commit changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from bisect_ml.evidence.base import say
from bisect_ml.evidence.call_graph import Node
from bisect_ml.evidence.changes import changed_nodes, is_loose
from bisect_ml.evidence.entry_points import standing_out
from bisect_ml.evidence.environments import foreign_environment
from bisect_ml.evidence.families import language
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.named_entries import named_nodes
from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.program import Program, graph_of, left_out
from bisect_ml.evidence.setting_values import (
    changed_keys,
    is_named,
    is_near_named,
    is_of_machines,
    leaf,
    plain,
    values,
)
from bisect_ml.types import Candidate, Case, Commit, Evidence, FileChange

_Changed = TypeVar("_Changed")
_SAME_FILE_ONLY, _MADE_ONLY, _NEVER = 1_000, 1_500, 2_000
_READ_BY_NAME = 2
# Pages are called like what they show; code that reads one says its whole name.
_PAGES = frozenset({".html", ".htm", ".svg"})
_READ_KINDS = frozenset({"data", "settings", "artefact", "query"})
# Settings are taken key by key where code names two of their keys, and one in ten.
_MIN_KEYS, _SHARE_OF_KEYS = 2, 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """What the entry point uses: each definition with its number of steps, and their files.

    `gaps` are the languages of which some file could not be read.
    `guessed` tells that nobody named the entry point, and one stood out.
    """

    graph: Program
    steps: dict[Node, int]
    files: frozenset[str]
    languages: frozenset[str]
    gaps: frozenset[str]
    entry: str
    guessed: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """How many calls lead from the entry point to a definition; `_NEVER` where none do."""

    steps: int
    name: str
    path: str


def reach(case: Case, candidate: Candidate) -> Evidence | None:
    """Follow the code from the prediction entry point to what the commit changed.

    Looks at: the definitions that the commit changed, and those that the entry point
    (`--entry module:function`) uses, directly or not, in the source tree that served. Where none is
    given, a public function that stands out by its name is taken, with smaller weights.

    Why it tells: code that no prediction runs through cannot move one, and most breaks come from a
    few steps away.

    When it misleads: with calls that names do not show (plugins, decorators that register, strings
    that become functions; where some of the calls are named at run time it clears less), with a wrong entry
    point, and outside Python, where names alone are followed. Files are reached by their name, settings by
    that of their key where others are read so; of others it says nothing.
    """
    found = reach_of(case)
    if candidate.commit is None or found is None:
        return None
    files = [each for each in live_files(candidate.commit) if not foreign_environment(each, candidate)]
    distances = [distance_to(found, change) for change in files]
    known = [each for each in distances if each is not None]
    closest = min(known, default=None)
    if closest is None or (closest.steps == _NEVER and len(known) < len(distances)):
        return None
    entry = f"{found.entry}, the entry point by its name," if found.guessed else found.entry
    if closest.steps == _NEVER:
        no_call = f"no call leads from {entry.rstrip(',')} to what it changes"
        if _is_dynamic(found):
            return _said(found, "dynamic", f"{no_call}, but some calls are named at run time only")
        return _said(found, "none", no_call)
    if closest.steps == _MADE_ONLY:
        handed = (
            f"changes {closest.name}, which belongs to what {entry.rstrip(',')} returns; no call leads to it"
        )
        return _said(found, "made", handed, definition=closest.name)
    if closest.steps == _SAME_FILE_ONLY:
        return _said(found, "file", f"changes {closest.path}, which {entry} uses, outside what it calls")
    level = ("entry", "near", "far")[_level(closest.steps)]
    calls = "call" if closest.steps == 1 else "calls"
    how = f"{closest.steps} {calls} from {entry.rstrip(',')}"
    if closest.steps == 0:
        how = "the entry point by its name" if found.guessed else "the entry point"
    if file_kind(closest.path) in _READ_KINDS:
        how = f"which the code behind {entry} reads"
    sentence = f"changes {closest.name}, {how}"
    return _said(found, level, sentence, steps=closest.steps, definition=closest.name)


def _said(found: Reach, level: str, sentence: str, **facts: str | int) -> Evidence:
    return say("reach", f"guessed_{level}" if found.guessed else level, sentence, **facts)


def nearest(found: Reach, named: Sequence[tuple[_Changed, Sequence[Node]]]) -> list[_Changed]:
    """Return what is nearest to the entry point, as near as the levels tell apart; nothing out of reach.

    What a commit does there is what it is accused of: an operator five calls away adds nothing to a text that
    changed in the entry point itself.
    """
    levels = [
        (min((_level(found.steps[node]) for node in nodes if node in found.steps), default=None), each)
        for each, nodes in named
    ]
    best = min((level for level, _ in levels if level is not None), default=None)
    return [each for level, each in levels if level is not None and level == best]


def _level(steps: int) -> int:
    """Return 0 for the entry point, 1 for what is near it, 2 for what is far from it."""
    return 0 if steps == 0 else 1 if steps <= _READ_BY_NAME else 2


def is_reached(distance: Distance) -> bool:
    """Return whether the entry point calls, directly or not, what is that far away."""
    return distance.steps < _SAME_FILE_ONLY


def distance_to(found: Reach, change: FileChange) -> Distance | None:
    """Return how far what a file changes is from the entry point, or None where that is unknown."""
    changed = changed_nodes(change)
    if changed is None:
        return _distance_to_file(found, change)
    reached = [Distance(found.steps[node], node[1], node[0]) for node in changed if node in found.steps]
    if not reached and language(change.path) not in found.languages:
        # One language calls another in ways that names do not show: unknown, not out of reach.
        return None
    if not reached and language(change.path) in found.gaps:
        # A file that could not be read may be what leads there.
        return None
    if reached:
        return min(reached)
    if any(is_loose(node) for node in changed) and change.path in found.files:
        return Distance(_SAME_FILE_ONLY, change.path, change.path)
    made = min((name for path, name in changed if _is_handed_out(found, path, name)), default=None)
    return Distance(_MADE_ONLY, made, change.path) if made else Distance(_NEVER, change.path, change.path)


def _is_handed_out(found: Reach, path: str, name: str) -> bool:
    """Tell a public part of a class whose objects the entry point returns: who is given one may use it."""
    owner, _, own_name = name.rpartition(".")
    return (path, owner) in _handed_out(found) and not own_name.startswith("_")


@lru_cache(maxsize=4)
def _handed_out(found: Reach) -> frozenset[Node]:
    """Return the classes of what the entry point returns."""
    return found.graph.handed_out(node for node, steps in found.steps.items() if steps == 0)


@lru_cache(maxsize=4)
def _is_dynamic(found: Reach) -> bool:
    """Return whether the code that is reached calls what only running it would name."""
    return found.graph.is_dynamic(found.steps)


@lru_cache(maxsize=4)
def _strings(found: Reach) -> frozenset[str]:
    """Return the strings and names in the code that is reached; read only where a file may be named there."""
    return found.graph.strings(found.steps)


@lru_cache(maxsize=4)
def _names(found: Reach) -> frozenset[str]:
    """Return the strings and names in the code that is reached, as all their spellings have them."""
    return frozenset(map(plain, _strings(found)))


def _distance_to_file(found: Reach, change: FileChange) -> Distance | None:
    """Look for the name of a file, or of a setting in it, in the code that is reached."""
    kind, pure = file_kind(change.path), PurePosixPath(change.path)
    if kind not in _READ_KINDS:
        return None
    strings = _strings(found)
    by_stem = pure.suffix.lower() not in _PAGES
    by_name = any(pure.name in text or (by_stem and text == pure.stem) for text in strings)
    whole = Distance(_READ_BY_NAME, change.path, change.path) if by_name else None
    if kind != "settings":
        return whole
    changed = changed_keys(change)
    read = next((key for key, _, _ in changed if is_named(key, _names(found))), None)
    if read is not None:
        return Distance(_READ_BY_NAME, leaf(read), change.path)
    # Of a file that is taken key by key, the other keys are for what predicts nothing.
    return None if changed and _reads_by_key(found, change) else whole


def read_keys(case: Case, change: FileChange) -> tuple[tuple[str, str, str], ...]:
    """Return the changed keys of settings that predictions may read, with both values.

    Those that code names where it takes the file key by key; otherwise those that are, or are below, what
    code names, and all where it names the file. Where nothing is known of what the entry point uses, all
    but what a machine is given.
    """
    found = reach_of(case)
    changed = tuple(each for each in changed_keys(change) if not is_of_machines(each[0]))
    if found is None or not changed:
        return changed
    names = _names(found)
    read = tuple(each for each in changed if is_named(each[0], names))
    if read or _reads_by_key(found, change):
        return read
    if _distance_to_file(found, change) is not None:
        return changed
    return tuple(each for each in changed if is_near_named(each[0], names))


def _reads_by_key(found: Reach, change: FileChange) -> bool:
    """Tell settings that code takes key by key from those that it takes whole, such as a list of words."""
    keys = values(change.path, change.after or change.before or "")
    named = sum(is_named(key, _names(found)) for key in keys)
    return named >= _MIN_KEYS and named >= _SHARE_OF_KEYS * len(keys)


def acting_files(case: Case, commit: Commit) -> tuple[FileChange, ...]:
    """Return the files of a commit that are neither inert, nor known to be out of reach or never read."""
    files, found = tuple(each for each in live_files(commit) if not _is_unread(case, each)), reach_of(case)
    if found is None or found.guessed:
        return files
    distances = [(change, distance_to(found, change)) for change in files]
    return tuple(change for change, distance in distances if distance is None or distance.steps < _NEVER)


def _is_unread(case: Case, change: FileChange) -> bool:
    """Tell settings of whose changed keys no prediction reads one."""
    is_settings = file_kind(change.path) == "settings"
    return is_settings and bool(changed_keys(change)) and not read_keys(case, change)


def names_entry(case: Case) -> bool:
    """Return whether the entry point that a case was given is in its sources; True where none was given."""
    found = reach_of(case)
    return case.entry is None or (found is not None and not found.guessed)


@lru_cache(maxsize=4)
def reach_of(case: Case) -> Reach | None:
    """Return what the entry point of a case reaches, or what one reaches that stands out by its name.

    None where none was named, or found, and none stands out.
    """
    if not (case.entry or case.tree):
        return None
    graph = graph_of(case)
    named = tuple(sorted(named_nodes(graph, case)))
    starts = named or standing_out(case)
    if not starts:
        return None
    steps = graph.reached(set(starts))
    return Reach(
        graph=graph,
        steps=steps,
        files=frozenset(path for path, _ in steps),
        languages=frozenset(language(path) for path, _ in steps),
        gaps=frozenset(language(path) for path in left_out(case)),
        entry=" and ".join(entry.rpartition(":")[2] for entry in case.entries) if named else starts[0][1],
        guessed=not named,
    )
