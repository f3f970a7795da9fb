"""The report as text for the body of a ticket: GitHub-flavoured Markdown, or Jira's wiki markup."""

from collections.abc import Iterable, Sequence

from bisect_ml.report import figures, links, mix, movements, wording
from bisect_ml.report.blames import Blame, chance_of, ways_of
from bisect_ml.report.commands import on_lines
from bisect_ml.report.dialects import Dialect, GitHub, Jira
from bisect_ml.report.privacy import prepare
from bisect_ml.report.reach import lasted
from bisect_ml.report.selection import select
from bisect_ml.report.trials import badge_of, ran
from bisect_ml.saved_report import Finding, Inputs, Report, Suspect
from bisect_ml.types import Evidence

_MOST_ROWS = 8
_MOST_INCIDENTS = 50


def to_markdown(report: Report, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a report as Markdown of at most 60 kB; incidents that do not fit are counted."""
    return _write(report, GitHub(), diffs=diffs, authors=authors)


def to_jira(report: Report, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a report in Jira's wiki markup, at most 30 kB; incidents that do not fit are counted."""
    return _write(report, Jira(), diffs=diffs, authors=authors)


def _write(report: Report, to: Dialect, *, diffs: bool, authors: bool) -> str:
    chosen = select(report, listed=_MOST_INCIDENTS, full=_MOST_INCIDENTS, rows=_MOST_ROWS)
    report = prepare(chosen.report, diffs=diffs, authors=authors)
    judged = list(zip(report.incidents, chosen.blames, strict=True))
    headline = wording.headline(report.incidents, chosen.blames, unlisted=chosen.unlisted)
    head = [to.heading(2, headline), ""]
    if len(judged) > 1:
        head += _summary(judged, report.inputs, to)
    tail = _warnings(report, to) + _about(report, to)
    room = to.budget - _size(head) - _size(tail) - 200
    body: list[str] = []
    for index, (finding, blame) in enumerate(judged):
        section = _incident(finding, blame, report, to)
        room -= _size(section)
        if room < 0:
            left = figures.count(len(judged) - index, "more incident")
            body += [to.emphasis(f"{left} in the JSON file; this text has a size limit."), ""]
            break
        body += section
    return "\n".join([*head, *body, *tail]).rstrip() + "\n"


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _summary(judged: Sequence[tuple[Finding, Blame]], inputs: Inputs, to: Dialect) -> list[str]:
    rows = []
    for finding, blame in judged:
        if blame.lead is None:
            best, chance = "no code change", finding.unexplained_probability
        else:
            best = _suspect_cell(finding.suspects[blame.lead], inputs, to)
            chance = chance_of(ways_of(finding, finding.suspects[blame.lead]))
        moved = to.text(movements.movement(finding).removeprefix("the "), limit=160)
        rows.append(
            (
                str(finding.id),
                figures.moment(finding.onset, zone=False),
                lasted(finding),
                moved,
                best,
                figures.probability(chance),
            )
        )
    head = ("#", "Onset (UTC)", "Lasted", "What moved", "Most likely cause", "Chance")
    return [*to.table(head, rows), ""]


def _incident(finding: Finding, blame: Blame, report: Report, to: Dialect) -> list[str]:
    lines: list[str] = []
    if len(report.incidents) > 1:
        lines += [to.heading(3, f"Incident {finding.id}: {wording.moved_at(finding)}"), ""]
        lines += [to.strong(to.text(wording.cause(finding, blame), limit=900)), ""]
    lines += [to.text(wording.impact(finding), limit=800), ""]
    if finding.next_step:
        lines += [f"{to.strong('Next:')} {to.sentence(finding.next_step)}", ""]
    lines += [*_suspects(finding, report.inputs, to), ""]
    if blame.lead is None:
        lines += _evidence("Why no code change", finding.unexplained, to)
        lines += _mix(finding, to)
    else:
        top = finding.suspects[blame.lead]
        name = to.code(wording.short_sha(top.sha)) if top.sha else "this deploy"
        lines += _evidence(f"Why {name}", top.evidence, to)
        if top.hunk is not None:
            lines += [
                to.text(top.hunk.path, limit=200) + ":",
                "",
                to.block(top.hunk.text, "diff", limit=2500),
                "",
            ]
    lines += _ran(finding, to)
    if finding.symptoms:
        lines += _symptoms(finding, to)
    return lines


def _suspects(finding: Finding, inputs: Inputs, to: Dialect) -> list[str]:
    rows = []
    for suspect in finding.suspects:
        deploy = to.text(wording.deploy_name(suspect.deploy).removeprefix("deploy of "), limit=80)
        cells = (_suspect_cell(suspect, inputs, to), to.text(suspect.author or "", limit=60), deploy)
        rows.append((suspect.probability, (figures.probability(suspect.probability), *cells)))
    no_code = figures.probability(finding.unexplained_probability)
    rows.append((finding.unexplained_probability, (no_code, "no code change explains this", "", "")))
    table = to.table(
        ("Chance", "Cause", "Author", "Deploy"), [cells for _, cells in sorted(rows, key=lambda row: -row[0])]
    )
    if finding.cut_suspects:
        number = figures.count(finding.cut_suspects, "more suspect")
        table += ["", f"{number}, together {figures.probability(finding.cut_probability)}."]
    return table


def _suspect_cell(suspect: Suspect, inputs: Inputs, to: Dialect) -> str:
    if suspect.sha is None:
        return wording.silent_name(suspect)
    name = to.code(wording.short_sha(suspect.sha), cell=True)
    url = links.commit_url(inputs, suspect.sha)
    if url is not None:
        name = to.link(name, url)
    taken = " (taken out)" if suspect.direction == "removed" else ""
    run = f" ({badge_of(suspect)})" if suspect.trial else ""
    return f"{name} {to.text(suspect.subject or '', limit=120)}{taken}{run}".strip()


def _evidence(title: str, told: Sequence[Evidence], to: Dialect) -> list[str]:
    spoken = sorted((item for item in told if item.llr), key=lambda item: -item.llr)
    if not spoken:
        return []
    lines = []
    for item in spoken[:8]:
        side = to.strong("for" if item.llr > 0 else "against")
        lines.append(to.bullet(f"{side}: {to.sentence(wording.capital(item.sentence), limit=300)}"))
    return [to.strong(title), "", *lines, ""]


def _ran(finding: Finding, to: Dialect) -> list[str]:
    lines = [to.bullet(to.sentence(line, limit=400)) for line in ran(finding.suspects)]
    return [to.strong("Run again on recorded inputs"), "", *lines, ""] if lines else []


def _mix(finding: Finding, to: Dialect) -> list[str]:
    """Show the traffic and the level of the slices, which is what moved where no code did."""
    rows = [
        (
            to.text(row.slice, limit=120),
            row.share_before,
            to.strong(row.share_after) if row.moved else row.share_after,
            row.mean_before,
            row.mean_after,
        )
        for row in mix.rows(finding.mix)
    ]
    if not rows:
        return []
    head = ("Slice", "Share before", "Share after", "Mean before", "Mean after")
    told = mix.sentence(finding)
    return [*to.table(head, rows), "", *([told, ""] if told else [])]


def _symptoms(finding: Finding, to: Dialect) -> list[str]:
    rows = [
        (
            to.text(movements.metric_name(symptom.metric, symptom.slice), limit=120),
            figures.measure(symptom.before, symptom.metric),
            figures.measure(symptom.after, symptom.metric),
            figures.change(symptom.before, symptom.after, symptom.metric),
        )
        for symptom in finding.symptoms[:20]
    ]
    more = len(finding.symptoms) - len(rows)
    number = figures.count(len(finding.symptoms), "other series", "other series")
    rest = ["", f"{more} more."] if more > 0 else []
    table = to.table(("Series", "Before", "After", "Change"), rows)
    return [*to.fold(f"{number} moved", [*table, *rest]), ""]


def _warnings(report: Report, to: Dialect) -> list[str]:
    if not report.warnings:
        return []
    lines = [to.bullet(to.sentence(wording.capital(text), limit=300)) for text in report.warnings[:30]]
    if len(report.warnings) > 30:
        lines.append(to.bullet(f"{len(report.warnings) - 30} more in the JSON file"))
    return [to.strong("Not checked, or to be read with care"), "", *lines, ""]


def _about(report: Report, to: Dialect) -> list[str]:
    inputs = report.inputs
    read = (
        f"{figures.count(inputs.rows, 'prediction')} from {figures.span(inputs.log_start, inputs.log_end)}",
        figures.count(inputs.series, "series", "series"),
        figures.count(inputs.deploys_read, "deploy"),
    )
    made = f"bisect-ml {to.text(report.tool_version, limit=40)}, {figures.moment(report.created_at)}"
    lines = [f"{', '.join(read)}; {made}. {wording.confidence_legend()}"]
    if report.reproduce:
        lines += ["", to.block(on_lines(report.reproduce), "sh", limit=1000)]
    return [*to.fold("How this was made", lines), ""]
