"""What the HTML templates show of an incident: texts chosen, evidence split, charts laid out."""

from dataclasses import dataclass, replace

from bisect_ml.report import charts, mix, reach, wording
from bisect_ml.report.bars import Bars, distribution_bars
from bisect_ml.report.blames import Blame, chance_of, ways_of
from bisect_ml.report.selection import Limits, Selection
from bisect_ml.report.suspect_views import SuspectView, arguments, suspect_view, with_diff
from bisect_ml.saved_report import Finding, Report, SavedRelease, SavedSymptom
from bisect_ml.types import Deploy

# A suspect below this chance is a row of the table of causes, without a card of its own.
_CARD_FROM = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One incident: `lead` is what it blames, `rows` all causes, likeliest first, `cards` the top suspects.

    `chance` is how likely what is blamed is, by whichever deploy it came.
    Where no code is blamed, the likeliest code change has a card all the same: people will ask.
    `others` is the probability of the suspects that have no card. `mirrors` is the incident in the report
    that this one ended: the same series moved back. `nearby` are the deploys around
    the onset with what they did.
    """

    finding: Finding
    cause: str
    no_code: bool
    full: bool
    lead: SuspectView
    chance: float
    rows: tuple[SuspectView, ...]
    cards: tuple[SuspectView, ...] = ()
    others: float = 0.0
    mirrors: int | None = None
    wide: charts.Plot | None = None
    narrow: charts.Plot | None = None
    close: charts.Plot | None = None
    multiples: tuple[tuple[SavedSymptom, charts.Plot], ...] = ()
    bars: Bars | None = None
    slices: tuple[mix.Row, ...] = ()
    split: str = ""
    nearby: tuple[tuple[Deploy, SavedRelease | None], ...] = ()


def gravest(views: tuple[FindingView, ...]) -> FindingView | None:
    """Choose the incident that several begin with."""
    first = reach.gravest([view.finding for view in views])
    return next((view for view in views if view.finding is first), None)


def finding_views(selection: Selection, limits: Limits) -> tuple[FindingView, ...]:
    """Lay out every listed incident, those that are not shown in full without charts and cards."""
    report = selection.report
    return tuple(
        _full(finding, judged, selection, limits)
        if finding.id in selection.full
        else _brief(finding, judged, report)
        for finding, judged in zip(report.incidents, selection.blames, strict=True)
    )


def _brief(finding: Finding, judged: Blame, report: Report) -> FindingView:
    nobody = SuspectView(
        suspect=None,
        probability=finding.unexplained_probability,
        rank=0,
        arguments=arguments(finding.unexplained),
    )
    suspects = [
        suspect_view(suspect, rank, report.inputs) for rank, suspect in enumerate(finding.suspects, 1)
    ]
    lead = nobody if judged.lead is None else suspects[judged.lead]
    return FindingView(
        finding=finding,
        cause=wording.cause(finding, judged),
        no_code=judged.no_code,
        full=False,
        lead=lead,
        chance=chance_of(ways_of(finding, lead.suspect)) if lead.suspect else lead.probability,
        rows=tuple(sorted([*suspects, nobody], key=lambda row: -row.probability)),
    )


def _full(finding: Finding, judged: Blame, selection: Selection, limits: Limits) -> FindingView:
    report = selection.report
    brief = _brief(finding, judged, report)
    suspected = brief.lead.suspect.deploy if brief.lead.suspect else None
    # Beside others, which the first chart shows on the whole log, an incident is drawn by itself.
    shown = charts.near_onset(finding) if limits.close_up else charts.alone(finding)
    around = charts.close_up(finding, shown) if shown and limits.close_up else None
    wide = replace(charts.WIDE, points=limits.points, marks=limits.marks)
    narrow = replace(charts.NARROW, points=limits.narrow_points, marks=limits.marks)
    cards = [with_diff(row, limits.hunk_lines) for row in _cards(brief, limits.cards)]
    carded = {card.rank for card in cards}
    uncarded = sum(row.probability for row in brief.rows if row.suspect and row.rank not in carded)
    small = (
        (symptom, charts.small_plot(symptom, limits.small))
        for symptom in finding.symptoms[: limits.multiples]
    )
    return replace(
        brief,
        full=True,
        cards=tuple(cards),
        others=min(1.0, uncarded + finding.cut_probability),
        wide=charts.lead_plot(finding, report, wide, suspected=suspected, around=shown),
        narrow=charts.lead_plot(finding, report, narrow, suspected=suspected, around=shown),
        close=charts.lead_plot(finding, report, wide, suspected=suspected, around=around) if around else None,
        multiples=tuple((symptom, plot) for symptom, plot in small if plot is not None),
        mirrors=finding.recovers if finding.recovers in selection.full else None,
        bars=distribution_bars(finding.distribution) if finding.distribution else None,
        slices=mix.rows(finding.mix),
        split=mix.sentence(finding),
        nearby=_nearby(finding, report, limits.nearby),
    )


def _cards(brief: FindingView, most: int) -> list[SuspectView]:
    """Return the likeliest suspects, without those that hardly matter, and the lead whatever its chance.

    Where nobody is likely the first one stands for all: its evidence says why it is none.
    """
    suspects = [row for row in brief.rows if row.suspect is not None]
    cards = [row for row in suspects if row.probability >= _CARD_FROM][:most] or suspects[:1]
    if brief.lead.suspect is not None and brief.lead not in cards:
        cards[most - 1 :] = [brief.lead]
    return cards


def _nearby(finding: Finding, report: Report, most: int) -> tuple[tuple[Deploy, SavedRelease | None], ...]:
    """Return the deploys nearest to an onset with what they did, oldest first."""
    did = {release.deploy: release for release in report.releases}
    nearest = sorted(report.deploys, key=lambda deploy: abs(deploy.started_at - finding.onset))[:most]
    return tuple(
        (deploy, did.get(deploy.id)) for deploy in sorted(nearest, key=lambda deploy: deploy.started_at)
    )
