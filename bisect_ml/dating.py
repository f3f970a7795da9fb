"""When a break began, by its rows and by the deploys that can have caused it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from bisect_ml.evidence.timing import begun
from bisect_ml.types import Deploy, FloatArray, Incident, Onset, Ranked

# Where a deploy acts, seconds after its start: minutes matter in the first hour, half hours later.
_AFTER_S = np.concatenate([np.arange(-120.0, 3600.0, 60.0), np.arange(3600.0, 4 * 3600.0, 1800.0)])
# What is less likely cannot move the answer.
_HEARD = 0.005


def date_all(incidents: Sequence[Incident], rankings: Mapping[int, Sequence[Ranked]]) -> tuple[Incident, ...]:
    """Date incidents by their ranked causes, and with them the moments at which they recovered.

    Args:
        incidents: Numbered incidents with the onsets that their rows give.
        rankings: For each number all candidates with their probabilities. Points of their own (a measurement
            per commit) are as sharp as can be and stay as they are.
    """
    onsets = {
        one.number: one.onset if one.lead.series.width_s is None else date(one.onset, rankings[one.number])
        for one in incidents
    }
    ended_by = {one.recovers: one.number for one in incidents if one.recovers is not None}
    for began, ended in ended_by.items():
        # Nothing recovers before it broke: where the causes say so, they are the less trusted.
        if onsets[began].at >= onsets[ended].at:
            onsets |= {one.number: one.onset for one in incidents if one.number in (began, ended)}
    return tuple(
        replace(
            one,
            onset=onsets[one.number],
            recovered_at=onsets[ended_by[one.number]].at if one.number in ended_by else one.recovered_at,
        )
        for one in incidents
    )


def date(onset: Onset, ranking: Sequence[Ranked]) -> Onset:
    """Date an onset by what the rows say and by what probably caused it.

    The rows of a weak shift leave hours open. Were one of the deploys the cause, the break began where the
    rows allow it and where that deploy acts; were it none, the rows alone say. The answer is the mixture of
    these by the probabilities of the causes: the posterior of the onset under the model that ranked them.

    Args:
        onset: What the rows said.
        ranking: All candidates with their probabilities, `NO_DEPLOY` among them.
    """
    causes: dict[str, float] = defaultdict(float)
    deploys: dict[str, Deploy] = {}
    for one in ranking:
        if one.candidate.release is not None:
            deploy = one.candidate.release.deploy
            causes[deploy.id] += one.probability
            deploys[deploy.id] = deploy
    heard = [deploys[each] for each, probability in causes.items() if probability >= _HEARD]
    if not heard:
        return onset
    edges, mass = _split(onset, heard)
    dated = (1.0 - sum(causes[each.id] for each in heard)) * mass
    for deploy in heard:
        dated = dated + causes[deploy.id] * _given(deploy, edges, mass)
    return Onset.of(edges, dated / dated.sum())


def _split(onset: Onset, deploys: Sequence[Deploy]) -> tuple[FloatArray, FloatArray]:
    """Split the pieces of an onset where a deploy begins to act, each mass by the widths."""
    low, high = onset.edges[0], onset.edges[-1]
    moments = np.concatenate([deploy.started_at.timestamp() + _AFTER_S for deploy in deploys])
    edges = np.unique(np.concatenate([onset.edges, moments[(moments > low) & (moments < high)]]))
    cumulative = np.concatenate([[0.0], np.cumsum(onset.mass)])
    return edges, np.diff(np.interp(edges, onset.edges, cumulative))


def _given(deploy: Deploy, edges: FloatArray, mass: FloatArray) -> FloatArray:
    """The onset as it would be were the deploy the cause; as the rows say where it cannot have been."""
    weighed: FloatArray = mass * np.diff(begun(deploy, edges)) / np.diff(edges)
    total = weighed.sum()
    return weighed / total if total > 0 else mass
