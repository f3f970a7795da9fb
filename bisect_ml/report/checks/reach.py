"""The key figures of a check, what a pass has proved, and what an open question needs."""

from dataclasses import dataclass

from bisect_ml.report import figures
from bisect_ml.report.checks import amounts, selection, wording
from bisect_ml.report.wording import capital
from bisect_ml.saved_check import CheckReport, Comparison, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How far a metric that passed can have moved: by `most`, where `seen` would have shown."""

    name: str
    most: str
    margin: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an undecided result lacks: the rows it has, those that would decide it, None where none would."""

    name: str
    interval: str
    margin: str
    rows: int
    needed: int | None
    seen: str


def key_figures(report: CheckReport) -> tuple[tuple[str, str], ...]:
    """Return what a reader asks first, each with its name: how many rows, what failed, by what margin."""
    comparison = report.comparison
    coverage = comparison.coverage
    if coverage.key:
        rows = ("Rows paired", f"{coverage.matched:,} by {', '.join(coverage.key)}")
    else:
        rows = ("Rows, not paired", f"{report.base.rows:,} and {report.head.rows:,}")
    told = [rows, ("Results", _counted(comparison))]
    margin = _margins(comparison)
    if margin:
        told.append(("Margin", margin))
    if report.bisection is not None and report.bisection.trials:
        bisection = report.bisection
        told.append(("Commits run", f"{bisection.runs} more (plain halving: {bisection.halving_runs})"))
    return tuple(told)


def _counted(comparison: Comparison) -> str:
    failed = len(selection.failures(comparison))
    meant = len(selection.accepted(comparison))
    undecided = len(selection.undecided(comparison))
    if comparison.verdict == "pass" and undecided and not meant:
        return f"none of {comparison.computed:,} failed; {undecided:,} in slices too small to tell"
    slices = len({one.slice for one in selection.failures(comparison)} - {None})
    where = f" in {figures.count(slices, 'slice')}" if slices else ""
    parts = [
        f"{failed:,} failed{where}" if failed else "none failed" if undecided or meant else "",
        f"{undecided:,} undecided" if undecided else "",
    ]
    parts += [f"{meant:,} accepted" if meant else ""]
    told = ", ".join(part for part in parts if part) or "none failed or undecided"
    return f"{told}, of {comparison.computed:,}"


def _margins(comparison: Comparison) -> str:
    """Name the margins of the first metrics, worst first, one a size."""
    sizes: dict[str, list[str]] = {}
    for one in comparison.results:
        names = sizes.setdefault(amounts.in_cell(amounts.margin(one)), [])
        name = wording.short_name(one.metric, comparison.kind)
        if name not in names:
            names.append(name)
    shown = list(sizes.items())[:2]
    return "; ".join(f"{size} ({', '.join(names[:2])})" for size, names in shown)


def proved(comparison: Comparison) -> tuple[Proof, ...]:
    """Say of each metric that passed for all rows how far it can have moved."""
    return tuple(
        Proof(
            name=_name(one, comparison),
            most="no row moved" if amounts.unmoved(one) else _size(one.smallest_margin, one),
            margin=amounts.in_cell(amounts.margin(one)),
            seen=_seen(one),
        )
        for one in comparison.results
        if one.slice is None and one.verdict == "pass" and one.accepted is None
    )


def needed(comparison: Comparison) -> tuple[Need, ...]:
    """Say of each result that is undecided how many rows would decide it."""
    return tuple(
        Need(
            name=_name(one, comparison),
            interval=amounts.in_cell(amounts.interval(one)),
            margin=amounts.in_cell(amounts.margin(one)),
            rows=min(one.base_rows, one.head_rows),
            needed=one.rows_needed,
            seen=_seen(one),
        )
        for one in selection.undecided(comparison)
    )


def _size(value: float | None, one: Result) -> str:
    return amounts.in_cell(amounts.size(value, one)).lstrip("+")


def _seen(one: Result) -> str:
    """Say which change the rows would show: of what did not move at all, how many rows it must touch."""
    if amounts.unmoved(one):
        return f"a change to {figures.share(amounts.least_seen(one), 2)} of the rows"
    return _size(one.mde, one)


def _name(one: Result, comparison: Comparison) -> str:
    return capital(wording.metric_name(one.metric, one.slice, comparison.kind))
