"""One incident explained: the commits near its onset, the evidence on each, how likely each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bisect_ml.candidates import aside, candidates, near, shas
from bisect_ml.config import Settings
from bisect_ml.contrasts import contrasts
from bisect_ml.evidence import gather
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.outlines import SUFFIXES
from bisect_ml.evidence.program import PYTHON
from bisect_ml.evidence.reach import names_entry
from bisect_ml.evidence.resources import MODULES, MOST_OF_RESOURCES, is_resource
from bisect_ml.evidence.tokens import SCRIPTS
from bisect_ml.findings import Surroundings
from bisect_ml.history import History
from bisect_ml.sources import Repository
from bisect_ml.suspects import rank
from bisect_ml.types import Case, Commit, Evidence, Incident, Ranked, Release, Undoing
from bisect_ml.value_contrasts import value_contrast

SOURCE_SUFFIXES = (*PYTHON, *SUFFIXES)
# Below this probability of the first suspect, to know where predictions start is worth asking for.
_TOLD_FROM = 0.6
_UNTOLD = (
    "nobody said where predictions start: name it with --entry module:function, to tell the commits that "
    "they run through from the rest"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was weighed for one incident: all candidates, most probable first, and what to warn of."""

    ranking: tuple[Ranked, ...]
    warnings: tuple[str, ...] = ()


def weigh(
    incident: Incident,
    *,
    history: History,
    settings: Settings,
    log_span: tuple[float, float],
    around: Surroundings,
    ended: Sequence[Ranked] = (),
    hints: Sequence[str] = (),
) -> Explanation:
    """Weigh what was deployed near an incident: all candidates and `NO_DEPLOY`.

    Args:
        incident: The incident.
        history: What was deployed, and where its commits are.
        settings: The settings of the run.
        log_span: Epoch seconds of the log's first and last row.
        around: All series of the log, and its rows around the onset.
        ended: The ranking of the earlier incident that this one ended.
        hints: Names that the log uses for what it holds, which the code may use too.
    """
    close = near(incident, history.releases)
    parts = history.repositories.parts(close, lambda release: release.deploy.service)
    commits: dict[str, Commit] = {}
    undoings: list[Undoing] = []
    for repository, own in parts:
        read = repository.commits(shas(own), patches=True)
        commits |= read
        undoings += repository.undoings({sha: each for sha, each in read.items() if live_files(each)})
    case = Case(
        incident=incident,
        candidates=candidates(close, commits),
        series=tuple(around.series),
        releases=history.releases,
        undoings=tuple(undoings),
        ended={one.candidate.commit.sha: one.probability for one in ended if one.candidate.commit},
        entry=settings.entry,
        hints=tuple(hints),
        versions=contrasts(around.rows, incident, close),
        values=value_contrast(around.rows, incident),
        aside=aside(incident, (*history.failed, *history.elsewhere)),
        log_start=log_span[0],
        log_end=log_span[1],
        clear_start=around.sides.start,
        clear_end=around.sides.end,
    )
    cases = {repository: beside_sources(case, repository, own) for repository, own in parts}
    ranking = rank(case, _evidence(case, cases, history))
    return Explanation(ranking=ranking, warnings=on_entry(tuple(cases.values()), ranking))


def on_entry(cases: Sequence[Case], ranking: Sequence[Ranked]) -> tuple[str, ...]:
    """Warn of an entry point that none of the sources holds, or that was not given where it would tell.

    None where no sources were read.
    """
    with_sources = [each for each in cases if each.tree]
    if not with_sources:
        return ()
    entry = with_sources[0].entry
    if entry is None:
        best = ranking[0]
        if best.candidate.release is None or best.probability >= _TOLD_FROM:
            return ()
        return (_UNTOLD,)
    if any(map(names_entry, with_sources)):
        return ()
    lost = (
        f"the code has no entry point {entry}: the commits were weighed as if none were given; "
        "name it as module:function"
    )
    return (lost,)


def beside_sources(case: Case, repository: Repository, releases: Sequence[Release]) -> Case:
    """Return the case with the sources that served once the last of the releases was live.

    With code that can be read step by step come the other texts that it may open.
    """
    serving = next((r.deploy.sha for r in reversed(releases) if r.deploy.sha), None)
    if serving is None:
        return case
    tree, unread = repository.tree_with_gaps(serving, SOURCE_SUFFIXES)
    resources: Mapping[str, str] = {}
    if any(path.endswith((*MODULES, *SCRIPTS)) for path in tree):
        resources = repository.resources(serving, is_resource, MOST_OF_RESOURCES)
    return replace(case, tree=tree, unread=unread, resources=resources)


def _evidence(
    case: Case, cases: Mapping[Repository, Case], history: History
) -> Sequence[tuple[Evidence, ...]]:
    """Gather the evidence on each candidate beside the sources of its own repository.

    Beside those of another one, a file that is not there would look like one that nothing uses.
    """
    if len(cases) < 2:
        return gather(next(iter(cases.values()), case))
    heard = {repository: gather(each) for repository, each in cases.items()}
    on_nobody = next(iter(heard.values()))[-1]
    of = (
        history.repositories.of(candidate.release.deploy.service if candidate.release else None)
        for candidate in case.candidates
    )
    return (*(heard[repository][place] for place, repository in enumerate(of)), on_nobody)
