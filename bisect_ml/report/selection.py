"""What of a long report is shown, so that its size has a bound; whatever is left out is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bisect_ml.report.blames import Blame, blame
from bisect_ml.saved_report import Finding, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of everything a page takes.

    `incidents` are shown with chart and suspects, `listed` in the summary. Per incident: `cards` are
    suspects with evidence and diff, `rows` the suspects in the table (the cards included), `points`
    the columns of a chart, `narrow_points` those of its copy for phones, `small` those of a small one,
    `marks` a chart's separate deploys, `multiples` the small charts of other series, `nearby` the
    deploys listed. `close_up` shows an incident on the whole log, and its onset in a chart of its own.
    The embedded JSON takes `embedded` bytes. No text is longer than `text` characters.
    """

    incidents: int
    listed: int
    cards: int
    rows: int
    symptoms: int
    multiples: int
    points: int
    narrow_points: int
    small: int
    hunk_lines: int
    nearby: int
    marks: int
    close_up: bool = False
    embedded: int = 20_000
    text: int = 400


_LEVELS = (
    Limits(
        incidents=3,
        listed=3,
        cards=3,
        rows=60,
        symptoms=40,
        multiples=8,
        points=480,
        narrow_points=160,
        small=60,
        hunk_lines=24,
        nearby=24,
        marks=40,
        close_up=True,
        embedded=40_000,
    ),
    Limits(
        incidents=10,
        listed=10,
        cards=3,
        rows=24,
        symptoms=20,
        multiples=2,
        points=80,
        narrow_points=52,
        small=40,
        hunk_lines=12,
        nearby=6,
        marks=16,
    ),
    Limits(
        incidents=12,
        listed=60,
        cards=2,
        rows=8,
        symptoms=6,
        multiples=0,
        points=120,
        narrow_points=80,
        small=40,
        hunk_lines=10,
        nearby=6,
        marks=8,
    ),
    Limits(
        incidents=5,
        listed=40,
        cards=1,
        rows=4,
        symptoms=4,
        multiples=0,
        points=120,
        narrow_points=80,
        small=40,
        hunk_lines=6,
        nearby=4,
        marks=8,
        text=60,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A report cut down to what is shown.

    `report` holds the listed incidents, each with the suspects that are shown; `blames` judge them
    as they were before the cut. `full` are the ids of the incidents shown in full.
    """

    report: Report
    blames: tuple[Blame, ...]
    full: frozenset[int]
    unlisted: int


def levels(report: Report) -> Iterator[Limits]:
    """Return the limits to try for a report, the most generous that may do first."""
    fitting = [limits for limits in _LEVELS if len(report.incidents) <= limits.listed] or [_LEVELS[-2]]
    yield from _LEVELS[_LEVELS.index(fitting[0]) :]


def select(report: Report, *, listed: int, full: int, rows: int) -> Selection:
    """Cut a report down to its surest incidents and their likeliest suspects.

    Args:
        report: The whole report.
        listed: How many incidents are kept.
        full: How many of these are shown in full.
        rows: How many suspects these keep; the others keep one.
    """
    surest = sorted(report.incidents, key=lambda finding: -finding.confidence)
    in_list = {id(finding) for finding in surest[:listed]}
    in_full = {id(finding) for finding in surest[:full]}
    kept = [finding for finding in report.incidents if id(finding) in in_list]
    blames = tuple(blame(finding) for finding in kept)
    cut = [
        _cut(finding, judged.told or 0, rows if id(finding) in in_full else 1)
        for finding, judged in zip(kept, blames, strict=True)
    ]
    return Selection(
        report=replace(report, incidents=tuple(finding for finding, _ in cut)),
        blames=tuple(
            replace(judged, lead=None if judged.lead is None else place)
            if judged.timely is None
            else replace(judged, timely=place)
            for judged, (_, place) in zip(blames, cut, strict=True)
        ),
        full=frozenset(finding.id for finding in kept if id(finding) in in_full),
        unlisted=len(report.incidents) - len(kept),
    )


def cut_suspects(finding: Finding, most: int) -> Finding:
    """Keep the first suspects of a finding and count the others."""
    return _cut(finding, 0, most)[0]


def _cut(finding: Finding, told: int, rows: int) -> tuple[Finding, int]:
    """Keep the first suspects, and one in place of the last of them; return where that one stands."""
    if len(finding.suspects) <= rows:
        return finding, told
    kept = list(range(rows))
    if told >= rows:
        kept[-1] = told
    suspects = tuple(finding.suspects[index] for index in kept)
    gone = sum(item.probability for item in finding.suspects) - sum(item.probability for item in suspects)
    cut = replace(
        finding,
        suspects=suspects,
        cut_suspects=finding.cut_suspects + len(finding.suspects) - rows,
        cut_probability=min(1.0, finding.cut_probability + max(0.0, gone)),
    )
    return cut, min(told, rows - 1)
