"""The sentences of a check on single rows: what changed, and how much the base differs from itself."""

from bisect_ml.report import figures
from bisect_ml.saved_check import CheckReport, RowChanges

# From so many times the base on, a difference reads better as a multiple of it.
_MULTIPLE_FROM = 10.0


def row_changes(changes: RowChanges) -> str:
    """Say what happened to single rows; exact for these inputs."""
    where = f" for {changes.slice}" if changes.slice else ""
    share = f" ({figures.share(changes.changed / changes.pairs)})" if changes.pairs else ""
    parts = [f"{changes.changed:,} of {changes.pairs:,} pairs{where} changed at all{share}"]
    if changes.value_to_null or changes.null_to_value:
        nulls = f"{changes.value_to_null:,} lost their value and {changes.null_to_value:,} gained one"
        if changes.mcnemar_p is not None:
            nulls += f" (McNemar p {p_value(changes.mcnemar_p)})"
        parts.append(nulls)
    if changes.signs:
        parts.append(f"{changes.signs:,} changed their sign")
    sizes = {name: value for name, value in changes.quantiles.items() if value is not None}
    if changes.changed and sizes:
        told = ", ".join(f"{name} {_multiple(value)}" for name, value in sizes.items())
        parts.append(f"size of the differences against the base: {told}")
    return "; ".join(parts)


def _multiple(value: float) -> str:
    return figures.share(value) if value < _MULTIPLE_FROM else f"{figures.number(value)}×"


def p_value(value: float) -> str:
    """Write a p value, never rounded to nothing."""
    return "<0.001" if value < 0.001 else figures.number(value, 2)


def noise(report: CheckReport) -> str:
    """Say how much the base differs from itself; empty where that was not measured."""
    measured = report.comparison.noise
    if measured is None:
        return ""
    if not measured.changed:
        return f"The base gave the same predictions in {figures.count(measured.runs, 'run')}."
    share = figures.share(measured.changed)
    return (
        f"The base differs from itself in {share} of the rows over {measured.runs} runs: "
        "effects below that are noise."
    )
