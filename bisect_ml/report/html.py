"""The report as one HTML file: the views that the templates show, and the page itself."""

import base64
import hashlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bisect_ml.report import charts, hunks, links, selection, wording
from bisect_ml.report.json import to_json
from bisect_ml.report.untrusted import quoted_parts, visible
from bisect_ml.resources import folder
from bisect_ml.saved_report import Finding, Report, Suspect
from bisect_ml.types import Evidence

# Embedded for machines; beyond this the page points to the JSON file.
_EMBEDDED_BYTES = 120_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectView:
    """One suspect as a card or a table row shows it; links are None where they are not known."""

    suspect: Suspect
    rank: int
    url: str | None
    pull_request_url: str | None
    arguments_for: tuple[Evidence, ...]
    arguments_against: tuple[Evidence, ...]
    diff: tuple[hunks.DiffLine, ...]
    diff_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One incident as the page shows it."""

    finding: Finding
    no_code: bool
    wide: charts.Plot | None
    narrow: charts.Plot | None
    close: charts.Plot | None
    multiples: tuple[charts.Plot, ...]
    bars: tuple[charts.Bar, ...]
    cards: tuple[SuspectView, ...]
    rows: tuple[SuspectView, ...]
    left_out: int
    left_out_probability: float
    other_probability: float
    unexplained_for: tuple[Evidence, ...]
    unexplained_against: tuple[Evidence, ...]


class Whole(str):
    """Text of our own making that templates print at any length; it is escaped like all text."""

    __slots__ = ()


def to_html(report: Report) -> str:
    """Write a report as one HTML page."""
    limits = selection.html_limits(report)
    shown = selection.shown_incidents(report, limits)
    script, style = _asset("report.js"), _asset("report.css")
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            findings=[_finding_view(finding, report, limits) for finding in shown],
            limits=limits,
            left_out=len(report.incidents) - len(shown),
            csp=_content_security_policy(script, style),
            script=_own(script),
            style=_own(style),
            embedded=_embedded(report, limits),
        )
    )


def to_notebook(report: Report) -> str:
    """Write the verdicts, charts and suspects as HTML for a notebook's cell, without styles or scripts."""
    limits = replace(selection.html_limits(report), cards=1, rows=5, multiples=0)
    shown = selection.shown_incidents(report, limits)
    return (
        _environment()
        .get_template("_notebook.html")
        .render(report=report, findings=[_finding_view(finding, report, limits) for finding in shown])
    )


def _finding_view(finding: Finding, report: Report, limits: selection.Limits) -> FindingView:
    no_code = wording.no_code_leads(finding)
    suspected = None if no_code or not finding.suspects else finding.suspects[0].deploy
    label = "suspected deploy"
    wide_size = replace(charts.WIDE, points=limits.points)
    drawing: dict[str, Any] = {
        "deploys": report.deploys,
        "releases": report.releases,
        "suspected": suspected,
        "suspect_text": label,
    }
    close = charts.close_up(finding) if limits.multiples else None
    rows = tuple(
        _suspect_view(suspect, rank, report, limits) for rank, suspect in enumerate(finding.suspects, 1)
    )
    rows, hidden = rows[: limits.rows], finding.suspects[limits.rows :]
    plots = (charts.small_plot(symptom) for symptom in finding.symptoms[: limits.multiples])
    told_for, told_against = _sides(finding.unexplained)
    return FindingView(
        finding=finding,
        no_code=no_code,
        wide=charts.lead_plot(finding, wide_size, **drawing),
        narrow=charts.lead_plot(finding, charts.NARROW, **drawing) if limits.multiples else None,
        close=charts.lead_plot(finding, charts.WIDE, around=close, **drawing) if close else None,
        multiples=tuple(plot for plot in plots if plot is not None),
        bars=charts.distribution_bars(finding.distribution, width=150.0) if finding.distribution else (),
        cards=rows[: limits.cards],
        rows=rows,
        left_out=len(hidden) + finding.cut_suspects,
        left_out_probability=_others(finding, limits.rows),
        other_probability=_others(finding, limits.cards),
        unexplained_for=told_for,
        unexplained_against=told_against,
    )


def _others(finding: Finding, shown: int) -> float:
    return min(1.0, sum(item.probability for item in finding.suspects[shown:]) + finding.cut_probability)


def _suspect_view(suspect: Suspect, rank: int, report: Report, limits: selection.Limits) -> SuspectView:
    told_for, told_against = _sides(suspect.evidence)
    wanted = suspect.hunk if rank <= limits.cards else None
    diff, left = hunks.diff_lines(wanted, most=limits.hunk_lines) if wanted else ((), 0)
    return SuspectView(
        suspect=suspect,
        rank=rank,
        url=links.commit_url(report.inputs, suspect.sha),
        pull_request_url=links.pull_request_url(report.inputs, suspect.pull_request),
        arguments_for=told_for,
        arguments_against=told_against,
        diff=diff,
        diff_left=left,
    )


def _sides(told: tuple[Evidence, ...]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Split evidence into for and against, each strongest first."""
    ordered = sorted(told, key=lambda item: -abs(item.llr))
    return (
        tuple(item for item in ordered if item.llr > 0),
        tuple(item for item in ordered if not item.llr > 0),
    )


def _embedded(report: Report, limits: selection.Limits) -> Markup | None:
    """Return the report's JSON without its charts as a script element may hold it, None if too long."""
    slim = replace(
        report,
        chart=None,
        incidents=tuple(
            replace(
                finding,
                chart=None,
                symptoms=tuple(
                    replace(symptom, chart=None) for symptom in finding.symptoms[: limits.symptoms]
                ),
                suspects=finding.suspects[: limits.cards],
                cut_suspects=finding.cut_suspects + len(finding.suspects[limits.cards :]),
                cut_probability=finding.cut_probability
                + sum(item.probability for item in finding.suspects[limits.cards :]),
            )
            for finding in report.incidents
        ),
        deploys=(),
        releases=(),
    )
    text = json.dumps(json.loads(to_json(slim)), ensure_ascii=True, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return _own(text) if len(text) <= _EMBEDDED_BYTES else None


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
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= _filters()
    environment.globals |= {
        "around": _around,
        "change": lambda moved: wording.change(moved.before, moved.after, moved.metric),
        "did": charts.release_text,
        "legend_of_words": wording.confidence_legend(),
    }
    return environment


def _finalize(value: Any) -> Any:
    """Show control characters in every text that a template prints; escaping comes after this."""
    return visible(value) if type(value) is str else value


def _filters() -> Mapping[str, Any]:
    return {
        "cause": wording.cause,
        "count": wording.count,
        "deploy": wording.deploy_name,
        "length_of_time": wording.duration,
        "impact": wording.impact,
        "measure": wording.measure,
        "metric": wording.metric_name,
        "moment": wording.moment,
        "movement": lambda item: wording.movement(item)[0].upper() + wording.movement(item)[1:],
        "number": wording.number,
        "whole": Whole,
        "probability": wording.probability,
        "sentence": _sentence,
        "sha": wording.short_sha,
        "signature": wording.signature,
        "times": _times,
        "span": lambda interval: wording.span(*interval),
        "headline": wording.headline,
        "confidence": wording.confidence,
    }


def _sentence(text: str) -> Markup:
    """Show a sentence with what stands in backticks as code."""
    parts = (
        Markup("<code>{}</code>").format(part) if is_code else Markup("{}").format(part)
        for part, is_code in quoted_parts(visible(text))
    )
    return Markup("").join(parts)


def _around(report: Report, onset: datetime, most: int) -> list[tuple[Any, Any]]:
    """Return the deploys near an onset with what they did, at most `most` of them, oldest first."""
    did = {release.deploy: release for release in report.releases}
    nearest = sorted(report.deploys, key=lambda deploy: abs(deploy.started_at - onset))[:most]
    return [(deploy, did.get(deploy.id)) for deploy in sorted(nearest, key=lambda deploy: deploy.started_at)]


def _times(times: tuple[float, ...]) -> Whole:
    """Write moments as the first one and the steps from each to the next, repeated steps counted."""
    steps = (round(later - earlier) for earlier, later in itertools.pairwise(times))
    runs = ((step, sum(1 for _ in run)) for step, run in itertools.groupby(steps))
    parts = (str(step) if repeats == 1 else f"{step}*{repeats}" for step, repeats in runs)
    return Whole(" ".join([str(round(times[0])), *parts]))


@cache
def _asset(name: str) -> str:
    return (folder("templates") / name).read_text(encoding="utf-8")
