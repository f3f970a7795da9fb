"""The report as one HTML file that needs nothing else, and as a piece of a notebook."""

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bisect_ml.report import charts, figures, marks, reach, selection, views, wording
from bisect_ml.report.json import to_json
from bisect_ml.report.privacy import prepare
from bisect_ml.report.untrusted import quoted_parts, visible
from bisect_ml.resources import folder
from bisect_ml.saved_report import Finding, Report

BUDGET_BYTES = 500_000
# Code in a sentence of up to so many characters stays on one line, and so does a moment.
_UNBROKEN = 24
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?:–\d\d:\d\d)?(?: UTC)?|\d+ %)")


class Whole(str):
    """Text of our own making that templates print at any length; it is escaped like all text."""

    __slots__ = ()


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
    script, style = _script(), _style()
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
            csp=_content_security_policy(script, style),
            script=_own(script),
            style=_own(style),
            embedded=_embedded(shown, limits),
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
        text = to_json(replace(slim, incidents=tuple(_undrawn(finding) for finding in incidents)))
        text = json.dumps(json.loads(text, parse_float=_short), separators=(",", ":"))
        for char in "<>&":
            text = text.replace(char, f"\\u{ord(char):04x}")
        if len(text) <= limits.embedded:
            return _own(text)
    return None


def _short(number: str) -> float:
    """Read a number, with six digits where it has more; epoch seconds keep theirs."""
    value = float(number)
    return float(f"{value:.6g}") if abs(value) < 1e5 else value


def _undrawn(finding: Finding) -> Finding:
    suspects = tuple(replace(suspect, files=(), hunk=None) for suspect in finding.suspects)
    return replace(finding, chart=None, distribution=None, mix=(), symptoms=(), suspects=suspects)


def _own(text: str) -> Markup:
    """Let text through unescaped that this module wrote, or escaped, itself."""
    return Markup(text)  # noqa: S704


def _content_security_policy(script: str, style: str) -> str:
    """Let this page's own script and style run, and nothing else; forbid every request."""
    script_hash, style_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment(longest: int) -> Environment:
    """Return the templates, which show at most `longest` characters of any text."""

    def shown(value: Any) -> Any:
        # Control characters are made visible in everything; escaping comes after this.
        return visible(value, limit=longest) if type(value) is str else value

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.filters |= _filters()
    environment.filters["sentence"] = lambda text, whole=True: _sentence(text, longest, whole=whole)
    environment.globals["legend_of_words"] = wording.confidence_legend()
    return environment


def _filters() -> Mapping[str, Any]:
    return {
        "capital": wording.capital,
        "change": lambda moved: figures.change(moved.before, moved.after, moved.metric),
        "confidence": wording.confidence,
        "count": figures.count,
        "deploy": wording.deploy_name,
        "did": marks.release_text,
        "duration": figures.duration,
        "epoch": lambda moment: f"{moment.timestamp():.0f}",
        "key_figures": reach.key_figures,
        "lasted": reach.lasted,
        "measure": figures.measure,
        "metric": wording.metric_name,
        "moment": figures.moment,
        "moved_at": wording.moved_at,
        "movement": lambda moved: wording.capital(wording.movement(moved)),
        "number": figures.number,
        "pixel": marks.pixel,
        "place": wording.place,
        "plain": lambda value: "" if value is None else f"{value:.4g}",
        "probability": figures.probability,
        "pull_request": wording.pull_request_name,
        "sha": wording.short_sha,
        "signature": wording.signature,
        "share": figures.share,
        "span": figures.span,
        "times": _times,
        "whole": Whole,
    }


def _sentence(text: str, longest: int, *, whole: bool) -> Markup:
    """Show a sentence with what stands in backticks as code; where `whole`, no moment breaks over lines."""
    text = wording.capital(text)
    return Markup("").join(
        _code(part) if is_code else _prose(part) if whole else Markup("{}").format(part)
        for part, is_code in quoted_parts(visible(text, limit=longest))
    )


def _prose(text: str) -> Markup:
    return Markup("").join(
        Markup('<span class="when">{}</span>').format(part) if index % 2 else part
        for index, part in enumerate(_MOMENT.split(text))
    )


def _code(text: str) -> Markup:
    if len(text) > _UNBROKEN:
        return Markup('<code class="long">{}</code>').format(text)
    return Markup("<code>{}</code>").format(text)


def _times(times: tuple[float, ...]) -> Whole:
    """Write moments as the first one and the steps from each to the next, repeated steps counted."""
    steps = (round(later - earlier) for earlier, later in itertools.pairwise(times))
    runs = ((step, sum(1 for _ in run)) for step, run in itertools.groupby(steps))
    parts = (str(step) if repeats == 1 else f"{step}*{repeats}" for step, repeats in runs)
    return Whole(" ".join([str(round(times[0])), *parts]))


@cache
def _style() -> str:
    """Return the style sheet without what only people need."""
    text = re.sub(r"\s*([{};])\s*", r"\1", _asset("report.css")).replace(";}", "}")
    return re.sub(r"([:,]) +", r"\1", text)


@cache
def _script() -> str:
    """Return the script without comments on lines of their own, and without indentation."""
    return re.sub(r"^\s*(?://.*\n)?", "", _asset("report.js"), flags=re.MULTILINE)


@cache
def _asset(name: str) -> str:
    return (folder("templates") / name).read_text(encoding="utf-8")
