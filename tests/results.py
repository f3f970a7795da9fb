"""Comparisons for the parts that read them: results with defaults that a test overrides."""

from bisect_ml.saved_check import Comparison, Coverage, Result, Verdict


def result(
    metric: str = "mean",
    of: str | None = None,
    *,
    base: float | None = 1.0,
    head: float | None = 1.0,
    effect: float | None = None,
    interval: tuple[float, float] | None = None,
    margin: float = 0.02,
    verdict: Verdict = "pass",
    signature: str | None = None,
    rows: int = 1000,
) -> Result:
    """A result; without `effect` it is that of the two values."""
    shares = metric in {"null_rate", "flips", "rows"} or metric.startswith("share[")
    if effect is None and base is not None and head is not None:
        effect = head - base if shares else head / base - 1
    return Result(
        metric=metric,
        slice=of,
        unit="points" if shares else "relative",
        base_rows=rows,
        head_rows=rows,
        base=base,
        head=head,
        effect=effect,
        interval=interval,
        margin=margin,
        verdict=verdict,
        signature=signature,
    )


def comparison(*results: Result) -> Comparison:
    """A paired comparison of numbers that failed where one of its results did."""
    failed = any(one.verdict == "fail" for one in results)
    return Comparison(
        verdict="fail" if failed else "pass",
        kind="numeric",
        coverage=Coverage(key=("order_id",), matched=1000),
        results=results,
        computed=len(results),
    )
