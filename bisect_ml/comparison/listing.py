"""Which results are told, and in what order."""

from collections.abc import Sequence

from bisect_ml.comparison.metrics import Measured
from bisect_ml.saved_check import Result

MAX_LISTED = 400
# A slice differs from the whole when its effect does so by this many standard errors, and by a margin.
DIFFERENT = 3.0
# What happened to single rows says how many moved, not how far: it comes after what moved.
LATER = ("rows", "flips")
ORDER = {"fail": 0, "inconclusive": 1, "pass": 2}


def telling(measured: Sequence[Measured], results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results worth telling, worst first.

    Where all rows fail, a slice that fails alike says nothing more and is left out.
    """
    whole = {
        one.metric: (one, result) for one, result in zip(measured, results, strict=True) if not one.slice
    }
    kept = [
        result
        for one, result in zip(measured, results, strict=True)
        if not _is_echo(one, result, whole.get(one.metric))
    ]
    return tuple(sorted(kept, key=_rank)[:MAX_LISTED])


def _is_echo(one: Measured, result: Result, whole: tuple[Measured, Result] | None) -> bool:
    if one.slice is None or result.verdict != "fail" or whole is None or whole[1].verdict != "fail":
        return False
    if one.estimate is None or whole[0].estimate is None:
        return False
    distance, error = whole[0].estimate.spread(one.estimate)
    return abs(distance) <= max(DIFFERENT * error, result.margin)


def _rank(result: Result) -> tuple[int, bool, bool, float, str, str]:
    """Failures by how far they are proved beyond the margin; of the others all rows, then the widest."""
    low, high = result.interval or (0.0, 0.0)
    failed = result.verdict == "fail"
    size = max(low, -high) if failed else max(abs(low), abs(high))
    return (
        ORDER[result.verdict],
        not result.critical,
        result.metric in LATER if failed else result.slice is not None,
        # To two digits: what is as large comes in the order of names, whatever the rounding.
        -float(f"{size / result.margin:.2g}"),
        result.slice or "",
        result.metric,
    )
