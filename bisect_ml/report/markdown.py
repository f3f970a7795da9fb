"""The report as GitHub-flavoured Markdown, for the body of a ticket."""

from collections.abc import Iterable, Sequence

from bisect_ml.report import figures, links, wording
from bisect_ml.report.privacy import prepare
from bisect_ml.report.selection import select
from bisect_ml.report.untrusted import markdown as safe
from bisect_ml.report.untrusted import markdown_block, markdown_code, markdown_sentence
from bisect_ml.saved_report import Finding, Inputs, Report, Suspect
from bisect_ml.types import Evidence

# GitHub refuses a comment of more than 65,536 characters.
_BUDGET_BYTES = 60_000
_MOST_ROWS = 8
_MOST_INCIDENTS = 50


def to_markdown(report: Report, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a report as Markdown of at most 60 kB; incidents that do not fit are counted."""
    chosen = select(report, listed=_MOST_INCIDENTS, full=_MOST_INCIDENTS, rows=_MOST_ROWS)
    report = prepare(chosen.report, diffs=diffs, authors=authors)
    judged = list(zip(report.incidents, chosen.blames, strict=True))
    headline = wording.headline(report.incidents, chosen.blames, unlisted=chosen.unlisted)
    head = [f"## {safe(headline, limit=1200)}", ""]
    if len(judged) > 1:
        head += _summary(judged, report.inputs)
    tail = _warnings(report) + _about(report)
    room = _BUDGET_BYTES - _size(head) - _size(tail) - 200
    body: list[str] = []
    for index, (finding, blame) in enumerate(judged):
        section = _incident(finding, blame, report)
        room -= _size(section)
        if room < 0:
            left = figures.count(len(judged) - index, "more incident")
            body += [f"*{left} in the JSON file; this text has a size limit.*", ""]
            break
        body += section
    return "\n".join([*head, *body, *tail]).rstrip() + "\n"


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _summary(judged: Sequence[tuple[Finding, wording.Blame]], inputs: Inputs) -> list[str]:
    rows = []
    for finding, blame in judged:
        if blame.lead is None:
            best, chance = "no code change", finding.unexplained_probability
        else:
            best = _suspect_cell(finding.suspects[blame.lead], inputs)
            chance = finding.suspects[blame.lead].probability
        moved = safe(wording.movement(finding).removeprefix("the "), limit=160)
        rows.append(
            (str(finding.id), figures.moment(finding.onset), moved, best, figures.probability(chance))
        )
    return [*_table(("#", "Onset", "What moved", "Most likely cause", "Chance"), rows), ""]


def _incident(finding: Finding, blame: wording.Blame, report: Report) -> list[str]:
    lines: list[str] = []
    if len(report.incidents) > 1:
        verdict = f"{wording.moved_at(finding)} {wording.cause(finding, blame)}"
        lines += [f"### Incident {finding.id}: {safe(verdict, limit=1200)}", ""]
    lines += [safe(wording.impact(finding), limit=800), ""]
    if finding.next_step:
        lines += [f"**Next:** {markdown_sentence(finding.next_step)}", ""]
    lines += [*_suspects(finding, report.inputs), ""]
    if blame.lead is None:
        lines += _evidence("Why no code change", finding.unexplained)
    else:
        top = finding.suspects[blame.lead]
        lines += _evidence(
            f"Why {markdown_code(wording.short_sha(top.sha)) if top.sha else 'this deploy'}", top.evidence
        )
        if top.hunk is not None:
            lines += [
                safe(top.hunk.path, limit=200) + ":",
                "",
                markdown_block(top.hunk.text, "diff", limit=2500),
                "",
            ]
    if finding.symptoms:
        lines += _symptoms(finding)
    return lines


def _suspects(finding: Finding, inputs: Inputs) -> list[str]:
    rows = []
    for suspect in finding.suspects:
        deploy = safe(wording.deploy_name(suspect.deploy).removeprefix("deploy of "), limit=80)
        cells = (_suspect_cell(suspect, inputs), safe(suspect.author or "", limit=60), deploy)
        rows.append((suspect.probability, (figures.probability(suspect.probability), *cells)))
    no_code = figures.probability(finding.unexplained_probability)
    rows.append((finding.unexplained_probability, (no_code, "no code change explains this", "", "")))
    table = _table(
        ("Chance", "Cause", "Author", "Deploy"), [cells for _, cells in sorted(rows, key=lambda row: -row[0])]
    )
    if finding.cut_suspects:
        number = figures.count(finding.cut_suspects, "more suspect")
        table += ["", f"{number}, together {figures.probability(finding.cut_probability)}."]
    return table


def _suspect_cell(suspect: Suspect, inputs: Inputs) -> str:
    if suspect.sha is None:
        return "deploy without a new commit"
    name = markdown_code(wording.short_sha(suspect.sha), cell=True)
    url = links.commit_url(inputs, suspect.sha)
    if url is not None:
        name = f"[{name}]({url.replace('(', '%28').replace(')', '%29').replace('|', '%7C')})"
    taken = " (taken out)" if suspect.direction == "removed" else ""
    return f"{name} {safe(suspect.subject or '', limit=120)}{taken}".strip()


def _evidence(title: str, told: Sequence[Evidence]) -> list[str]:
    spoken = sorted((item for item in told if item.llr), key=lambda item: -item.llr)
    if not spoken:
        return []
    lines = []
    for item in spoken[:8]:
        side = "**for**" if item.llr > 0 else "**against**"
        lines.append(f"- {side}: {markdown_sentence(wording.capital(item.sentence), limit=300)}")
    return [f"**{title}**", "", *lines, ""]


def _symptoms(finding: Finding) -> list[str]:
    rows = [
        (
            safe(wording.metric_name(symptom.metric, symptom.slice), limit=120),
            figures.measure(symptom.before, symptom.metric),
            figures.measure(symptom.after, symptom.metric),
            figures.change(symptom.before, symptom.after, symptom.metric),
        )
        for symptom in finding.symptoms[:20]
    ]
    more = len(finding.symptoms) - len(rows)
    number = figures.count(len(finding.symptoms), "other series", "other series")
    title = f"<details><summary>{number} moved</summary>"
    rest = [f"{more} more.", ""] if more > 0 else []
    return [title, "", *_table(("Series", "Before", "After", "Change"), rows), "", *rest, "</details>", ""]


def _warnings(report: Report) -> list[str]:
    if not report.warnings:
        return []
    lines = [f"- {markdown_sentence(wording.capital(text), limit=300)}" for text in report.warnings[:30]]
    if len(report.warnings) > 30:
        lines.append(f"- {len(report.warnings) - 30} more in the JSON file")
    return ["**Not checked, or to be read with care**", "", *lines, ""]


def _about(report: Report) -> list[str]:
    inputs = report.inputs
    lines = ["<details><summary>How this was made</summary>", ""]
    read = (
        f"{figures.count(inputs.rows, 'prediction')} from {figures.span(inputs.log_start, inputs.log_end)}",
        figures.count(inputs.series, "series", "series"),
        figures.count(inputs.deploys_read, "deploy"),
    )
    made = f"bisect-ml {safe(report.tool_version, limit=40)}, {figures.moment(report.created_at)}"
    lines.append(f"{', '.join(read)}; {made}. {wording.confidence_legend()}")
    if report.reproduce:
        lines += ["", markdown_block(report.reproduce, "sh", limit=1000)]
    return [*lines, "", "</details>", ""]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    return [line(head), line(["---"] * len(head)), *(line(row) for row in rows)]
