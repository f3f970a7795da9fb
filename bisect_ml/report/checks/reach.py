"""The key figures of a check, what a pass has proved, and what an open question needs."""

from dataclasses import dataclass

from bisect_ml.report import figures
from bisect_ml.report.checks import wording
from bisect_ml.saved_check import CheckReport, Comparison, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is known of one metric, as a reader of the verdict asks it: a name and a sentence."""

    name: str
    sentence: str


def key_figures(report: CheckReport) -> tuple[tuple[str, str], ...]:
    """Return what a reader asks first, each with its name: how many rows, what failed, by what margin."""
    comparison = report.comparison
    coverage = comparison.coverage
    if coverage.key:
        rows = ("Rows paired", f"{coverage.matched:,} by {', '.join(coverage.key)}")
    else:
        rows = ("Rows, not paired", f"{report.base.rows:,} and {report.head.rows:,}")
    told = [rows, ("Results", _counted(comparison))]
    failed = {one.slice for one in wording.failures(comparison) if one.slice is not None}
    if failed:
        told.append(("Slices that failed", f"{len(failed):,}"))
    margin = _margins(comparison)
    if margin:
        told.append(("Margin", margin))
    if report.bisection is not None and report.bisection.trials:
        told.append(
            (
                "Commits run",
                f"{report.bisection.runs} beyond the two sides; halving: {report.bisection.halving_runs}",
            )
        )
    return tuple(told)


def _counted(comparison: Comparison) -> str:
    failed = len(wording.failures(comparison))
    meant = len(wording.accepted(comparison))
    undecided = len(wording.undecided(comparison))
    parts = [f"{failed:,} failed" if failed else "", f"{undecided:,} undecided" if undecided else ""]
    parts += [f"{meant:,} accepted" if meant else ""]
    told = ", ".join(part for part in parts if part) or "none failed or undecided"
    return f"{told}, of {comparison.computed:,}"


def _margins(comparison: Comparison) -> str:
    """Name the margins of the first metrics, worst first, one a size."""
    sizes: dict[str, list[str]] = {}
    for one in comparison.results:
        names = sizes.setdefault(wording.in_cell(wording.margin(one)), [])
        name = wording.short_name(one.metric, comparison.kind)
        if name not in names:
            names.append(name)
    shown = list(sizes.items())[:2]
    return "; ".join(f"{size} ({', '.join(names[:2])})" for size, names in shown)


def proved(comparison: Comparison) -> tuple[Point, ...]:
    """Say of each metric that passed for all rows how far it can have moved at most."""
    return tuple(
        Point(name=_name(one, comparison), sentence=_proof(one))
        for one in comparison.results
        if one.slice is None and one.verdict == "pass" and one.accepted is None
    )


def _proof(one: Result) -> str:
    moved = "as good as not" if one.effect == 0 else f"by {wording.effect(one)}"
    told = f"moved {moved} (90% interval {wording.interval(one)}), inside of {wording.margin(one)}"
    if one.smallest_margin is not None:
        told += f"; any margin down to {_size(one.smallest_margin, one)} would pass"
    return f"{told}; {_sight(one)}" if one.mde is not None else told


def needed(comparison: Comparison) -> tuple[Point, ...]:
    """Say of each result that is undecided why, and how many rows would decide it."""
    return tuple(
        Point(name=_name(one, comparison), sentence=_need(one)) for one in wording.undecided(comparison)
    )


def _need(one: Result) -> str:
    if one.interval is None:
        return "nothing can be said of it from these rows"
    told = f"may have moved by {wording.interval(one)}; the margin is {wording.margin(one)}"
    if one.rows_needed is not None:
        told += f"; {one.rows_needed:,} rows would decide (now {min(one.base_rows, one.head_rows):,})"
    return f"{told}; {_sight(one)}" if one.mde is not None else told


def _sight(one: Result) -> str:
    return (
        f"the smallest shift that {figures.count(one.head_rows, 'row')} would show is {_size(one.mde, one)}"
    )


def _size(value: float | None, one: Result) -> str:
    return wording.amount(value, one).lstrip("+")


def _name(one: Result, comparison: Comparison) -> str:
    name = wording.metric_name(one.metric, one.slice, comparison.kind)
    return name[0].upper() + name[1:]
