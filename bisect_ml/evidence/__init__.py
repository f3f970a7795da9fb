"""Clues: each scorer looks at one thing about one candidate and says how much it accuses or clears.

To add one: a file with a pure function, its line in a table below, its levels in `weights.toml`, and
a test. `docs/evidence.md` is generated from the docstrings.
"""

from collections.abc import Mapping

from bisect_ml.evidence.answer import answer
from bisect_ml.evidence.artefact import artefact
from bisect_ml.evidence.aside import aside
from bisect_ml.evidence.base import Scorer
from bisect_ml.evidence.centrality import centrality
from bisect_ml.evidence.dependency import dependency
from bisect_ml.evidence.direction import direction
from bisect_ml.evidence.edit import edit
from bisect_ml.evidence.elsewhere import elsewhere
from bisect_ml.evidence.expectations import expectations
from bisect_ml.evidence.foretold import foretold
from bisect_ml.evidence.inert import inert
from bisect_ml.evidence.input_drift import input_drift
from bisect_ml.evidence.intent import intent
from bisect_ml.evidence.measurement import measurement
from bisect_ml.evidence.merge import merge
from bisect_ml.evidence.mix_shift import mix_shift
from bisect_ml.evidence.names import names
from bisect_ml.evidence.nulls import nulls
from bisect_ml.evidence.option import option
from bisect_ml.evidence.outage import outage
from bisect_ml.evidence.pair import pair
from bisect_ml.evidence.query import query
from bisect_ml.evidence.quiet import quiet
from bisect_ml.evidence.reach import reach
from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.evidence.role import role
from bisect_ml.evidence.rollback import rollback
from bisect_ml.evidence.rounding import rounding
from bisect_ml.evidence.settings import settings
from bisect_ml.evidence.shipment import shipment
from bisect_ml.evidence.signature import signature
from bisect_ml.evidence.size import size
from bisect_ml.evidence.specificity import specificity
from bisect_ml.evidence.supposed import supposed
from bisect_ml.evidence.target import target
from bisect_ml.evidence.thin import thin
from bisect_ml.evidence.timing import timing
from bisect_ml.evidence.undone import undone
from bisect_ml.evidence.version_contrast import version_contrast
from bisect_ml.types import NO_DEPLOY, Candidate, Case, Evidence

SCORERS: Mapping[str, Scorer] = {
    "timing": timing,
    "shipment": shipment,
    "target": target,
    "version_contrast": version_contrast,
    "inert": inert,
    "role": role,
    "reach": reach,
    "centrality": centrality,
    "rehearsed": rehearsed,
    "foretold": foretold,
    "supposed": supposed,
    "edit": edit,
    "option": option,
    "signature": signature,
    "settings": settings,
    "direction": direction,
    "answer": answer,
    "rounding": rounding,
    "nulls": nulls,
    "specificity": specificity,
    "names": names,
    "intent": intent,
    "expectations": expectations,
    "dependency": dependency,
    "artefact": artefact,
    "query": query,
    "measurement": measurement,
    "undone": undone,
    "rollback": rollback,
    "pair": pair,
    "merge": merge,
    "size": size,
}
"""What is asked of every candidate that a deploy brought: id → scorer."""

NO_DEPLOY_SCORERS: Mapping[str, Scorer] = {
    "mix_shift": mix_shift,
    "input_drift": input_drift,
    "outage": outage,
    "elsewhere": elsewhere,
    "quiet": quiet,
    "thin": thin,
    "aside": aside,
}
"""What is asked of `NO_DEPLOY`: id → scorer."""


def gather(case: Case) -> tuple[tuple[Evidence, ...], ...]:
    """Return the evidence on each candidate of the case, in its order, and last that on `NO_DEPLOY`."""
    on_candidates = tuple(_ask(SCORERS, case, candidate) for candidate in case.candidates)
    return (*on_candidates, _ask(NO_DEPLOY_SCORERS, case, NO_DEPLOY))


def _ask(scorers: Mapping[str, Scorer], case: Case, candidate: Candidate) -> tuple[Evidence, ...]:
    answers = (scorer(case, candidate) for scorer in scorers.values())
    return tuple(answer for answer in answers if answer is not None)
