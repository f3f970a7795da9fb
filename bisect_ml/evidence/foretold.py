"""Whether the predictions moved as the answers to examples do."""

from collections.abc import Sequence
from typing import NamedTuple

from bisect_ml.evidence.answer_values import Kind, Value, value_of
from bisect_ml.evidence.base import say
from bisect_ml.evidence.compared import Rehearsal
from bisect_ml.evidence.rehearsals import is_named, rehearsal
from bisect_ml.evidence.shift import Move, move_of
from bisect_ml.evidence.wording import counted, points
from bisect_ml.types import Candidate, Case, Direction, Evidence

_MOVED_Z = 4.0
# Shares: of rows that became missing, of rows that say too much about who is left, of answers.
_FEWER, _OTHER_ROWS, _MOST, _ONE_WAY = 0.005, 0.05, 0.5, 0.8

_MOST_DECIMALS = 6
_WAYS: tuple[tuple[Kind, str, str], ...] = (
    ("number", "rise", "fall"),
    ("text", "get longer", "get shorter"),
)

Pair = tuple[Value, Value]
"""What an example is answered before the deploy, and after it."""


class _Said(NamedTuple):
    agrees: bool
    sentence: str


def foretold(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare how the predictions moved with how the answers to examples do.

    Looks at: the examples that the entry point answers otherwise with the commit, as for `rehearsed`, and
    those of tests alone where there are some. Do numbers rise or fall, and texts get longer or shorter; are
    they rounded to other decimals; do answers turn into errors, into nothing, or into what is no number? And
    did the level of the predictions, their decimals and the share of missing ones do the same?

    Why it tells: of several commits that each change answers, the one whose answers moved as the predictions
    did is more likely to have moved them, and code that fails for examples makes predictions missing.

    When it misleads: where production asks what examples do not (of examples that were looked for there are
    few, and they count less), where a later commit of the deploy turns
    the answers round again, and where what is logged is worked out from the answers in another way.
    """
    found = rehearsal(case, candidate) if is_named(case) else None
    said = foretells(case, candidate.direction, found) if found is not None else None
    return say("foretold", *said) if said else None


def foretells(case: Case, direction: Direction, found: Rehearsal) -> tuple[str, str] | None:
    """Return the level and the sentence of whether the predictions moved as answers do, if that is clear."""
    if not (otherwise := found.changed or found.sought_changed):
        return None
    moves = {each.metric: move_of(each, case) for each in case.series if each.slice is None}
    level = moves.get("mean")
    if level is None:
        return None
    # What is made up may be unlike all that is ever asked.
    changed = [each for each in otherwise if each[0].is_heard] or otherwise
    pairs = [(value_of(old), value_of(new)) for _, old, new in changed]
    taken_out = direction == "removed"
    if taken_out:
        pairs = [(new, old) for old, new in pairs]
    asked = (
        _on_missing(pairs, moves.get("null_rate")),
        _on_kind(pairs),
        _on_decimals(pairs, case),
        _on_level(pairs, level, moves.get("null_rate")),
    )
    said = [each for each in asked if each is not None]
    agreeing = sum(each.agrees for each in said)
    if 2 * agreeing == len(said):
        return None
    agrees = 2 * agreeing > len(said)
    told = next(each for each in said if each.agrees is agrees)
    verdict = ("agrees" if agrees else "contradicts") + ("" if found.changed else "_sought")
    return verdict, f"{'without' if taken_out else 'with'} it, {told.sentence}"


def _on_missing(pairs: Sequence[Pair], rate: Move | None) -> _Said | None:
    gone = sum(old.kind != "missing" and new.kind == "missing" for old, new in pairs)
    come = sum(old.kind == "missing" and new.kind != "missing" for old, new in pairs)
    moved = rate.step if rate is not None and rate.z >= _MOVED_Z else 0.0
    lost = f"results turn into errors or nothing in {counted(gone, 'example')}"
    gained = f"errors or nothing turn into results in {counted(come, 'example')}"
    does = " and ".join(text for text, count in ((lost, gone), (gained, come)) if count)
    if abs(moved) >= _FEWER and gone != come:
        agrees = (gone > come) == (moved > 0)
        join = "and" if agrees else "but"
        return _Said(agrees, f"{does}, {join} the share of missing predictions moved by {points(moved)}")
    if abs(moved) < _FEWER and gone + come >= _MOST * len(pairs):
        return _Said(False, f"{does}, but the share of missing predictions stayed the same")
    return None


def _on_kind(pairs: Sequence[Pair]) -> _Said | None:
    turned = sum({old.kind, new.kind} in ({"number", "text"}, {"number", "other"}) for old, new in pairs)
    if turned < _MOST * len(pairs):
        return None
    return _Said(
        False,
        f"numbers turn into something else, or back, in {counted(turned, 'example')}, but the predictions "
        "were numbers before and after",
    )


def _on_decimals(pairs: Sequence[Pair], case: Case) -> _Said | None:
    """Compare decimals where the predictions are rounded otherwise than before."""
    values, numbers = case.values, _alike(pairs, "number")
    if values is None or not numbers or values.decimals_before == values.decimals_after:
        return None
    before, after = (max(each.decimals for each in side) for side in zip(*numbers, strict=True))
    before, after = (each if each <= _MOST_DECIMALS else None for each in (before, after))
    if (before, after) == (values.decimals_before, values.decimals_after):
        return _Said(True, "results have other decimals, just as the predictions have since the onset")
    if before == after:
        return _Said(False, "results have the decimals that they had, but the predictions have others")
    return None


def _on_level(pairs: Sequence[Pair], level: Move, rate: Move | None) -> _Said | None:
    """Compare the way of the answers with that of the mean, unless other rows are missing than before."""
    others = rate is not None and rate.z >= _MOVED_Z and abs(rate.step) >= _OTHER_ROWS
    if level.z < _MOVED_Z or not level.step or others:
        return None
    for kind, rises, falls in _WAYS:
        steps = [new.number - old.number for old, new in _alike(pairs, kind) if new.number != old.number]
        up = sum(step > 0 for step in steps)
        if steps and not (1 - _ONE_WAY) * len(steps) < up < _ONE_WAY * len(steps):
            rising = 2 * up > len(steps)
            most = max(up, len(steps) - up)
            agrees = rising == (level.step > 0)
            does = (
                f"{kind}s {rises if rising else falls} in {most} of {counted(len(steps), 'changed result')}"
            )
            went = "rose" if level.step > 0 else "fell"
            return _Said(agrees, f"{does}, {'and' if agrees else 'but'} the predictions {went}")
    return None


def _alike(pairs: Sequence[Pair], kind: Kind) -> list[Pair]:
    return [pair for pair in pairs if pair[0].kind == pair[1].kind == kind]
