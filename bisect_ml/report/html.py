"""The report as one HTML file that needs nothing else, and as a piece of a notebook."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from bisect_ml.report import charts, drawing, figures, marks, movements, reach, selection, views, wording
from bisect_ml.report.json import to_compact_json
from bisect_ml.report.page import BUDGET_BYTES, embedded_json, environment, frame
from bisect_ml.report.privacy import prepare
from bisect_ml.saved_report import Finding, Report


def to_html(report: Report, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a report as one HTML page of at most 500 kB; what had to be left out is counted in it."""
    page = ""
    for limits in selection.levels(report):
        page = _page(report, limits, diffs=diffs, authors=authors)
        if len(page.encode()) <= BUDGET_BYTES:
            break
    return page


def to_notebook(report: Report) -> str:
    """Write the verdicts, charts and suspects as HTML for a notebook's cell, without styles or scripts."""
    limits = replace(next(selection.levels(report)), cards=1, rows=5, multiples=0)
    chosen = selection.select(report, listed=limits.listed, full=limits.incidents, rows=limits.rows)
    chosen = replace(chosen, report=prepare(chosen.report))
    return (
        _environment(limits.text)
        .get_template("_notebook.html")
        .render(headline=_headline(chosen), findings=views.finding_views(chosen, limits))
    )


def _page(report: Report, limits: selection.Limits, *, diffs: bool, authors: bool) -> str:
    chosen = selection.select(report, listed=limits.listed, full=limits.incidents, rows=limits.rows)
    chosen = replace(chosen, report=prepare(chosen.report, diffs=diffs, authors=authors))
    shown = chosen.report
    findings = views.finding_views(chosen, limits)
    # One incident has its own series as the first chart; several, or none, stand on that of the whole log.
    overview = [] if len(report.incidents) == 1 else [charts.OVERVIEW, charts.NARROW]
    if not report.incidents:
        overview = [charts.without_labels(size) for size in overview]
    return (
        _environment(limits.text)
        .get_template("report.html")
        .render(
            report=shown,
            headline=_headline(chosen),
            findings=findings,
            first=views.gravest(findings),
            overview=[charts.overview_plot(shown, shown.incidents, size) for size in overview],
            limits=limits,
            unlisted=chosen.unlisted,
            embedded=_embedded(shown, limits),
            **frame(),
        )
    )


def _headline(chosen: selection.Selection) -> str:
    return wording.headline(chosen.report.incidents, chosen.blames, unlisted=chosen.unlisted)


def _embedded(report: Report, limits: selection.Limits) -> Markup | None:
    """Return the shown report's JSON as a script element may hold it, without what the page draws and lists.

    Where that is long, each incident keeps its first suspects only; None where it is still too long.
    """
    slim = replace(report, chart=None, deploys=(), releases=())
    for most in (limits.rows, limits.cards, 1):
        incidents = (selection.cut_suspects(finding, most) for finding in report.incidents)
        text = to_compact_json(replace(slim, incidents=tuple(_undrawn(finding) for finding in incidents)))
        embedded = embedded_json(text, limits.embedded)
        if embedded is not None:
            return embedded
    return None


def _undrawn(finding: Finding) -> Finding:
    suspects = tuple(replace(suspect, files=(), hunk=None) for suspect in finding.suspects)
    return replace(finding, chart=None, distribution=None, mix=(), symptoms=(), suspects=suspects)


@cache
def _environment(longest: int) -> Environment:
    templates = environment(longest, {**_FILTERS, "chart": partial(drawing.svg, longest=longest)})
    templates.globals["legend_of_words"] = wording.confidence_legend()
    return templates


_FILTERS: Mapping[str, Any] = {
    "change": lambda moved: figures.change(moved.before, moved.after, moved.metric),
    "confidence": wording.confidence,
    "deploy": wording.deploy_name,
    "did": marks.release_text,
    "epoch": lambda moment: f"{moment.timestamp():.0f}",
    "key_figures": reach.key_figures,
    "lasted": reach.lasted,
    "measure": figures.measure,
    "metric": movements.metric_name,
    "moved_at": wording.moved_at,
    "movement": lambda moved: wording.capital(movements.movement(moved)),
    "signature": movements.signature,
}
