"""What to run, read or roll back now."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bisect_ml.types import Evidence, Incident, Ranked, Release
from bisect_ml.unknown_ranges import how_to_know
from bisect_ml.verdicts import likeliest_deploy, reasons

# A whole deploy is rolled back on less certainty than it takes to blame one commit.
ROLL_BACK_FROM = 0.6
READ_ONE_FROM = 0.5
RIVAL_RATIO = 4.0
# From this probability on, that no deploy did it is worth a second look beside the best suspect.
DOUBT_FROM = 0.25
# So many nats of evidence for a cause outside the code are looked into before anything is rolled back.
CHECK_FIRST_FROM = 1.0

_REPLAY = '`bisect-ml replay REPORT.json --run "COMMAND" --input INPUTS`'
_Facts = Mapping[str, str | float | int]


def next_step(incident: Incident, ranking: Sequence[Ranked]) -> str:
    """Say what to do about an incident, with commands and shas in backticks.

    Args:
        incident: The incident.
        ranking: All candidates, best first, `NO_DEPLOY` among them.
    """
    lead = _lead(ranking)
    nobody = next((one for one in ranking if one.candidate.release is None), None)
    outside = reasons(nobody.evidence, nobody.probability) if nobody else ()
    where = _where(outside, incident.onset.at)
    if lead is None or lead.candidate.release is None:
        return f"No rollback is indicated: {where}."
    release = lead.candidate.release
    back, look = _back(incident, ranking, release), _look(ranking, lead, release)
    check_first = bool(outside) and outside[0].llr >= CHECK_FIRST_FROM
    if back and check_first:
        return _joined(f"First {where}, and see whether that alone explains the break; if not, {back}.", look)
    doubted = nobody is not None and (check_first or nobody.probability >= DOUBT_FROM)
    return _joined(
        f"Nothing to undo: incident {incident.recovers} ended here." if incident.recovers is not None else "",
        f"{back[0].upper()}{back[1:]}." if back else "",
        look,
        f"It may be no deploy ({nobody.probability:.0%}): {where}." if nobody and doubted else "",
    )


def _joined(*steps: str) -> str:
    """Write steps as sentences, empty ones left out; a command takes a full stop only where more follows."""
    told = [step for step in steps if step]
    return " ".join((*(f"{step.removesuffix('.')}." for step in told[:-1]), *told[-1:]))


def _lead(ranking: Sequence[Ranked]) -> Ranked | None:
    """Return the best suspect of the deploy that is blamed, None where no code is."""
    blamed = [(one, one.candidate.release) for one in ranking if one.candidate.release is not None]
    likeliest = likeliest_deploy(
        [release.deploy for _, release in blamed],
        [one.probability for one, _ in blamed],
        math.fsum(one.probability for one in ranking if one.candidate.release is None),
    )
    return None if likeliest is None else blamed[likeliest[0]][0]


def _where(outside: Sequence[Evidence], at: datetime) -> str:
    """Say where to look for a cause outside the code, by the first of the reasons that tells."""
    told = (_WHERE[key](one.facts) for one in outside if (key := (one.scorer, _level(one))) in _WHERE)
    usual = f"check what came in (traffic, upstream data, outages) around {at:%Y-%m-%d %H:%M} UTC"
    return next(told, usual)


def _level(evidence: Evidence) -> str:
    return str(evidence.facts.get("level", ""))


def _mixed(facts: _Facts) -> str:
    return f"find out who sends more or less traffic by `{facts.get('column', 'slice')}`"


_WHERE: Mapping[tuple[str, str], Callable[[_Facts], str]] = {
    ("mix_shift", "only_mix"): _mixed,
    ("mix_shift", "explains"): _mixed,
    ("mix_shift", "part"): _mixed,
    ("input_drift", "moved"): lambda facts: (
        f"trace the shift of the input `{facts.get('feature')}` to its source"
    ),
    ("outage", "gap"): lambda _: "check the service and its logging during the gap",
    ("elsewhere", "moved"): lambda _: "look at what the services that moved together share",
    ("elsewhere", "upstream"): lambda _: "read what the other service shipped",
    ("thin", "few"): lambda _: "run again once the log holds more rows",
    ("thin", "wide"): lambda _: "run again with a narrower `--bucket`, or on a log with exact times",
}


def _back(incident: Incident, ranking: Sequence[Ranked], release: Release) -> str:
    """Say what to roll back to, empty where there is nothing to gain from it."""
    same_deploy = math.fsum(one.probability for one in ranking if one.candidate.release is release)
    previous = release.previous
    over = incident.recovered_at is not None or incident.recovers is not None
    if over or same_deploy < ROLL_BACK_FROM or previous is None:
        return ""
    if previous.ref == release.deploy.ref:
        return ""
    service = f"{release.deploy.service} " if release.deploy.service else ""
    return f"roll {service}back to `{previous.ref[:12]}`, which served before"


def _look(ranking: Sequence[Ranked], lead: Ranked, release: Release) -> str:
    best, commit = lead.probability, lead.candidate.commit
    if lead.candidate.is_merge and commit is not None:
        return (
            "Read what the merge brought, commit by commit: "
            f"`git log -p {commit.sha[:12]}^1..{commit.sha[:12]}`; "
            f"which of them did it only running the code will tell: {_REPLAY}"
        )
    if commit is None and release.deploy.is_model:
        return f"Compare the model `{release.deploy.ref.removeprefix('models:/')}` with the one before it."
    if commit is None and release.gap is not None:
        return how_to_know(release.gap)
    if commit is None:
        return f"Compare configuration and artefacts before and after deploy {release.deploy.id}."
    if best >= READ_ONE_FROM:
        return f"Read the change: `git show {commit.sha[:12]}`"
    rivals = [one for one in ranking if one.probability >= best / RIVAL_RATIO and one.candidate.release]
    if len(rivals) == 1:
        return f"Read the change first: `git show {commit.sha[:12]}`"
    unsettled = f"the first {len(rivals)} suspects"
    return f"The evidence cannot separate {unsettled}; only running the code will: {_REPLAY}"
