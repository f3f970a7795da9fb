"""Whether likely entry points give other answers with the commit, where nobody named one."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.compared import Rehearsal
from bisect_ml.evidence.foretold import foretells
from bisect_ml.evidence.reach import reach_of
from bisect_ml.evidence.rehearsals import is_named, rehearsal
from bisect_ml.evidence.rehearsed import code, level_of, shown
from bisect_ml.evidence.users import are_known
from bisect_ml.evidence.wording import counted
from bisect_ml.types import Candidate, Case, Evidence
from bisect_ml.weights import WEIGHTS

_FEWEST = 3


class _Supposed(NamedTuple):
    """What is said if predictions start at one function: its answers, a ratio in nats, what they foretold."""

    found: Rehearsal
    llr: float
    foretold: str


def supposed(case: Case, candidate: Candidate) -> Evidence | None:
    """Ask the likeliest entry points before and after the commit, where nobody named one.

    Looks at: what `rehearsed` and `foretold` look at, of up to 24 public functions that use what the
    suspects change, or of what stands out by its name. Each is weighed by how probably predictions start
    there: by its name, by the calls in tests, by the README and by the names of the log.

    Why it tells: were predictions to start at one of them, its answers would tell as much as they do where
    it is named. Since it may be any of them, the likelihood ratio is the mean of theirs; it has no weights
    of its own.

    When it misleads: where predictions start elsewhere, in a script or a service that no test calls. A
    commit that changes what many functions answer is then accused in place of one that changes the right
    one; name it with `--entry`.
    """
    found = rehearsal(case, candidate) if not is_named(case) else None
    if found is None or found.is_undone:
        return None
    answers = {callee: found.of(callee) for callee in found.weights}
    # What gives nothing predicts nothing, however often tests call it to set things up.
    each = {callee: _if_at(case, candidate, own) for callee, own in answers.items() if not own.gives_nothing}
    if sum(len(one.found.compared) for one in each.values()) < _FEWEST:
        return None
    shares = {callee: found.weights[callee] * math.exp(one.llr) for callee, one in each.items()}
    whole = math.fsum(found.weights[callee] for callee in each)
    # What uses nothing that changed cannot be the start. But where settings changed nobody knows what uses
    # them, and what stands out is asked whatever it uses. Of starts that are not asked nothing is said.
    is_among_users = reach_of(case) is None and are_known(case)
    rest = 0.0 if is_among_users else max(0.0, 1.0 - whole)
    llr = math.log((math.fsum(shares.values()) + rest) / (whole + rest))
    return Evidence(scorer="supposed", llr=llr, sentence=_sentence(candidate, each, shares), facts={})


def _if_at(case: Case, candidate: Candidate, found: Rehearsal) -> _Supposed:
    """Return what is said if predictions start where some answers come from, however few."""
    if found.is_undone or not (found.compared or found.sought):
        return _Supposed(found, 0.0, "")
    verdict, why = foretells(case, candidate.direction, found) or ("", "")
    llr = WEIGHTS["rehearsed"][level_of(found)] + (WEIGHTS["foretold"][verdict] if verdict else 0.0)
    return _Supposed(found, llr, why)


def _sentence(candidate: Candidate, each: Mapping[Callee, _Supposed], shares: Mapping[Callee, float]) -> str:
    """Return what is said of the entry point that accuses most, or of all where none gives other results."""
    moved = [callee for callee, one in each.items() if one.found.changed or one.found.sought_changed]
    if moved:
        most = max(moved, key=lambda callee: (shares[callee], callee.node))
        own = each[most].found
        heard, looked_for = (own.changed, own.compared), (own.sought_changed, own.sought)
        changed, compared = heard if own.changed else looked_for
        sort = "" if own.changed else " that were looked for"
        told = f"read step by step, {code(most.node[1])}, where predictions may start, gives other results"
        of = f"{len(changed)} of {counted(len(compared), 'example')}{sort}"
        also = f"; {each[most].foretold}" if each[most].foretold else ""
        return f"{told} in {of}: {shown(changed, candidate.direction)}{also}"
    asked = [(callee.node[1], one.found) for callee, one in each.items() if one.found.compared]
    first, *others = dict.fromkeys(name for name, _ in asked)
    start = f"{code(first)} and {len(others)} more" if others else code(first)
    examples = counted(sum(len(own.compared) for _, own in asked), "example")
    if doubtful := sum(own.doubtful for _, own in asked):
        asks = f"asks other functions of other packages in {doubtful} of {examples}"
        return f"read step by step, it {asks}, and what these give is unknown"
    if not any(own.is_run for _, own in asked):
        return f"read step by step, none of {examples} of likely entry points runs what it changes"
    where = f"{start}, where predictions may start"
    verb = "give" if others else "gives"
    return f"read step by step, {where}, {verb} the same in {examples} with it and without"
