"""A check as one HTML page that needs nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from bisect_ml.report.checks import amounts, forest, reach, rows, wording
from bisect_ml.report.checks.deciles import DECILE_HEAD, decile_rows
from bisect_ml.report.checks.flips import Matrix, flip_matrix
from bisect_ml.report.checks.selection import shown_results
from bisect_ml.report.json import to_compact_json
from bisect_ml.report.page import BUDGET_BYTES, embedded_json, environment, frame
from bisect_ml.report.privacy import prepare_check
from bisect_ml.report.suspect_views import SuspectView, suspect_view, with_diff
from bisect_ml.saved_check import CheckReport, Result

# A suspect below this chance is a row of the table of causes, without a card of its own.
_CARD_FROM = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of everything a page takes.

    `effects` are results in the chart, `results` in the table of all. `suspects` are rows of the table of
    causes, `cards` those with evidence and diff, whose diffs have `hunk_lines`. `slices` limits the row
    changes, `listed` the columns, slices, classes, settings and files that are named. The embedded JSON
    takes `embedded` bytes. No text is longer than `text` characters.
    """

    effects: int = 12
    results: int = 250
    suspects: int = 60
    cards: int = 3
    hunk_lines: int = 24
    trials: int = 60
    slices: int = 40
    points: int = 12
    classes: int = 10
    listed: int = 30
    embedded: int = 40_000
    text: int = 400


_LEVELS = (
    Limits(),
    Limits(results=100, suspects=24, slices=16, trials=24, listed=16, embedded=20_000, text=200),
    Limits(
        effects=8, results=40, suspects=8, cards=1, hunk_lines=8, slices=8, trials=8, points=6, classes=5,
        listed=8, embedded=20_000, text=80,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the template shows of a check; `cards` are the suspects with evidence, `rows` all of them."""

    effects: tuple[tuple[Result, forest.Bar], ...]
    chart: forest.Forest
    results: tuple[Result, ...]
    rows: tuple[SuspectView, ...]
    cards: tuple[SuspectView, ...]
    cut_suspects: int
    cut_probability: float
    others: float
    matrix: Matrix | None


def check_to_html(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> str:
    """Write a check as one HTML page of at most 500 kB; what had to be left out is counted in it."""
    report = prepare_check(report, diffs=diffs, authors=authors)
    page = ""
    for limits in _LEVELS:
        page = _page(report, limits)
        if len(page.encode()) <= BUDGET_BYTES:
            break
    return page


def _page(report: CheckReport, limits: Limits) -> str:
    return (
        _environment(limits.text)
        .get_template("check.html")
        .render(
            report=report,
            comparison=report.comparison,
            limits=limits,
            decile_head=DECILE_HEAD,
            view=_view(report, limits),
            embedded=_embedded(report, limits),
            **frame("check.css"),
        )
    )


def _view(report: CheckReport, limits: Limits) -> View:
    comparison = report.comparison
    effects = shown_results(comparison, limits.effects)
    chart = forest.forest(effects)
    rows = [
        suspect_view(suspect, rank, report)
        for rank, suspect in enumerate(report.suspects[: limits.suspects], 1)
    ]
    likely = [row for row in rows if row.probability >= _CARD_FROM][: limits.cards]
    # Where nobody is likely the first one stands for all: its evidence says why it is none.
    cards = likely or rows[:1]
    cut = report.suspects[limits.suspects :]
    carded = sum(card.probability for card in cards)
    return View(
        effects=tuple(zip(effects, chart.bars, strict=True)),
        chart=chart,
        results=comparison.results[: limits.results],
        rows=tuple(rows),
        cards=tuple(with_diff(card, limits.hunk_lines) for card in cards),
        cut_suspects=len(cut),
        cut_probability=min(1.0, sum(suspect.probability for suspect in cut)),
        others=min(1.0, max(0.0, sum(suspect.probability for suspect in report.suspects) - carded)),
        matrix=flip_matrix(comparison.flips, limits.classes) if comparison.flips else None,
    )


def _embedded(report: CheckReport, limits: Limits) -> Markup | None:
    """Return the check's JSON without files and diffs, with fewer results and suspects where it is long."""
    for most in (limits.results, limits.effects):
        comparison = replace(
            report.comparison,
            results=report.comparison.results[:most],
            rows=report.comparison.rows[: limits.slices],
            flips=report.comparison.flips[: limits.classes**2],
        )
        suspects = tuple(replace(one, files=(), hunk=None) for one in report.suspects[: limits.cards])
        text = to_compact_json(replace(report, comparison=comparison, suspects=suspects))
        embedded = embedded_json(text, limits.embedded)
        if embedded is not None:
            return embedded
    return None


@cache
def _environment(longest: int) -> Environment:
    return environment(longest, _FILTERS)


_FILTERS: Mapping[str, Any] = {
    "adjusted": lambda one: amounts.in_cell(amounts.adjusted(one)),
    "compared": wording.compared,
    "cost": wording.cost,
    "decile_rows": decile_rows,
    "effect": lambda one: amounts.in_cell(amounts.effect(one)),
    "effect_cause": wording.cause,
    "interval": lambda one: amounts.in_cell(amounts.interval(one)),
    "key_figures": reach.key_figures,
    "log_name": wording.log_name,
    "margin": lambda one: amounts.in_cell(amounts.margin(one)),
    "measured": amounts.measure,
    "needed": reach.needed,
    "noise": rows.noise,
    "outcome": wording.outcome,
    "p_value": lambda value: "" if value is None else rows.p_value(value),
    "power": wording.power,
    "proved": reach.proved,
    "row_changes": rows.row_changes,
    "short_name": wording.short_name,
    "side": wording.side_name,
    "symbol": forest.outline,
    "verdict": wording.verdict,
    "word": lambda verdict: wording.WORDS[verdict],
}
