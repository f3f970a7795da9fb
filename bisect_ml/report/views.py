"""What the HTML templates show of an incident: texts chosen, evidence split, charts laid out."""

from dataclasses import dataclass, replace

from bisect_ml.report import charts, hunks, links, wording
from bisect_ml.report.bars import Bar, distribution_bars
from bisect_ml.report.selection import Limits, Selection
from bisect_ml.saved_report import Finding, Report, SavedRelease, SavedSymptom, Suspect
from bisect_ml.types import Deploy, Evidence

_BAR_PX = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Evidence for and against, each strongest first."""

    accusing: tuple[Evidence, ...]
    excusing: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectView:
    """One suspect as a card or a table row shows it; links are None where they are not known.

    For *no code change explains this*, `suspect` is None.
    """

    suspect: Suspect | None
    probability: float
    rank: int
    arguments: Arguments
    url: str | None = None
    pull_request_url: str | None = None
    diff: tuple[hunks.DiffLine, ...] = ()
    diff_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One incident: `lead` is what it blames, `rows` all causes, likeliest first, `cards` the top suspects.

    `others` is the probability of the suspects that have no card. `nearby` are the deploys around
    the onset with what they did.
    """

    finding: Finding
    cause: str
    no_code: bool
    full: bool
    lead: SuspectView
    rows: tuple[SuspectView, ...]
    cards: tuple[SuspectView, ...] = ()
    others: float = 0.0
    wide: charts.Plot | None = None
    narrow: charts.Plot | None = None
    close: charts.Plot | None = None
    multiples: tuple[tuple[SavedSymptom, charts.Plot], ...] = ()
    bars: tuple[Bar, ...] = ()
    nearby: tuple[tuple[Deploy, SavedRelease | None], ...] = ()


def finding_views(selection: Selection, limits: Limits) -> tuple[FindingView, ...]:
    """Lay out every listed incident, those that are not shown in full without charts and cards."""
    report = selection.report
    return tuple(
        _full(finding, judged, report, limits)
        if finding.id in selection.full
        else _brief(finding, judged, report, limits)
        for finding, judged in zip(report.incidents, selection.blames, strict=True)
    )


def _brief(finding: Finding, judged: wording.Blame, report: Report, limits: Limits) -> FindingView:
    nobody = SuspectView(
        suspect=None,
        probability=finding.unexplained_probability,
        rank=0,
        arguments=_arguments(finding.unexplained),
    )
    suspects = [_suspect(suspect, rank, report, limits) for rank, suspect in enumerate(finding.suspects, 1)]
    return FindingView(
        finding=finding,
        cause=wording.cause(finding, judged),
        no_code=judged.no_code,
        full=False,
        lead=nobody if judged.lead is None else suspects[judged.lead],
        rows=tuple(sorted([*suspects, nobody], key=lambda row: -row.probability)),
    )


def _full(finding: Finding, judged: wording.Blame, report: Report, limits: Limits) -> FindingView:
    brief = _brief(finding, judged, report, limits)
    suspected = brief.lead.suspect.deploy if brief.lead.suspect else None
    shown = charts.near_onset(finding)
    around = charts.close_up(finding, shown) if shown and limits.close_up else None
    wide = replace(charts.WIDE, points=limits.points, marks=limits.marks)
    narrow = replace(charts.NARROW, points=min(charts.NARROW.points, limits.points), marks=limits.marks)
    cards = [row for row in brief.rows if row.suspect is not None][: limits.cards]
    if brief.lead.suspect is not None and brief.lead not in cards:
        cards[-1] = brief.lead
    uncarded = sum(row.probability for row in brief.rows if row.suspect is not None and row not in cards)
    small = ((symptom, charts.small_plot(symptom)) for symptom in finding.symptoms[: limits.multiples])
    return replace(
        brief,
        full=True,
        cards=tuple(cards),
        others=min(1.0, uncarded + finding.cut_probability),
        wide=charts.lead_plot(finding, report, wide, suspected=suspected, around=shown),
        narrow=charts.lead_plot(finding, report, narrow, suspected=suspected, around=shown),
        close=charts.lead_plot(finding, report, wide, suspected=suspected, around=around) if around else None,
        multiples=tuple((symptom, plot) for symptom, plot in small if plot is not None),
        bars=distribution_bars(finding.distribution, width=_BAR_PX) if finding.distribution else (),
        nearby=_nearby(finding, report, limits.nearby),
    )


def _suspect(suspect: Suspect, rank: int, report: Report, limits: Limits) -> SuspectView:
    diff, left = hunks.diff_lines(suspect.hunk, most=limits.hunk_lines) if suspect.hunk else ((), 0)
    return SuspectView(
        suspect=suspect,
        probability=suspect.probability,
        rank=rank,
        arguments=_arguments(suspect.evidence),
        url=links.commit_url(report.inputs, suspect.sha),
        pull_request_url=links.pull_request_url(report.inputs, suspect.pull_request),
        diff=diff,
        diff_left=left,
    )


def _arguments(told: tuple[Evidence, ...]) -> Arguments:
    ordered = sorted(told, key=lambda item: -abs(item.llr))
    return Arguments(
        accusing=tuple(item for item in ordered if item.llr > 0),
        excusing=tuple(item for item in ordered if not item.llr > 0),
    )


def _nearby(finding: Finding, report: Report, most: int) -> tuple[tuple[Deploy, SavedRelease | None], ...]:
    """Return the deploys nearest to an onset with what they did, oldest first."""
    did = {release.deploy: release for release in report.releases}
    nearest = sorted(report.deploys, key=lambda deploy: abs(deploy.started_at - finding.onset))[:most]
    return tuple(
        (deploy, did.get(deploy.id)) for deploy in sorted(nearest, key=lambda deploy: deploy.started_at)
    )
