"""From estimates to verdicts: each result's, and that of the whole."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bisect_ml.check_settings import CheckSettings
from bisect_ml.comparison.estimates import TAIL, Estimate
from bisect_ml.comparison.metrics import Measured
from bisect_ml.comparison.multiplicity import false_discovery
from bisect_ml.saved_check import Result, Verdict


def judge(
    measured: Sequence[Measured], settings: CheckSettings, floors: Mapping[str, float]
) -> tuple[Result, ...]:
    """Return a result for each metric of each population, in the given order.

    `pass` means that the 90 % interval lies inside the margin (two one-sided tests, Schuirmann 1987), `fail`
    that it lies beyond it and that the effect is one of the discoveries at the settings' rate, over all
    metrics and slices, against the null that it lies inside. What the base does to itself is no effect:
    `floors` (see `Noise`) are added to the margin that has to be exceeded, not to the one that proves.
    """
    margins = [settings.margin(one.metric, one.slice) for one in measured]
    beyond = [margin + _floor(one, floors) for one, margin in zip(measured, margins, strict=True)]
    p = [
        None if one.estimate is None else one.estimate.p_beyond(bound)
        for one, bound in zip(measured, beyond, strict=True)
    ]
    known = iter(false_discovery([one for one in p if one is not None]))
    q = [None if one is None else next(known) for one in p]
    judged = tuple(_result(*each, settings) for each in zip(measured, margins, beyond, p, q, strict=True))
    return _adjusted(measured, judged, len(p) - p.count(None))


def _adjusted(measured: Sequence[Measured], results: Sequence[Result], tests: int) -> tuple[Result, ...]:
    """Give the failing slices the interval that holds for having been picked among all that were tested.

    Benjamini and Yekutieli (2005): of R picked among m, each at the level 1 - 0.1 R / m, at most 10 % miss.
    """
    failed = sum(one.verdict == "fail" for one in results)
    return tuple(
        replace(result, adjusted=one.estimate.interval_at(TAIL * failed / tests))
        if result.verdict == "fail" and result.slice is not None and one.estimate is not None
        else result
        for one, result in zip(measured, results, strict=True)
    )


def _floor(one: Measured, floors: Mapping[str, float]) -> float:
    name = one.metric if one.slice is None else f"{one.metric} of {one.slice}"
    return floors.get(name, floors.get(one.metric, 0.0) if one.slice is None else 0.0)


def _result(
    one: Measured,
    margin: float,
    bound: float,
    p: float | None,
    q: float | None,
    settings: CheckSettings,
) -> Result:
    estimate = one.estimate
    verdict = _verdict(estimate, margin, bound, q, settings.false_discovery_rate)
    interval = None if estimate is None else estimate.interval
    needed = None
    if estimate is not None and verdict == "inconclusive":
        needed = estimate.rows_needed(min(one.base_rows, one.head_rows), margin)
    return Result(
        metric=one.metric,
        slice=one.slice,
        unit=one.unit,
        base_rows=one.base_rows,
        head_rows=one.head_rows,
        base=one.base,
        head=one.head,
        effect=None if estimate is None else estimate.effect,
        interval=interval,
        margin=margin,
        verdict=verdict,
        exact=one.exact,
        p=p,
        q=q,
        mde=None if estimate is None else estimate.mde,
        smallest_margin=None if interval is None else max(abs(interval[0]), abs(interval[1])),
        rows_needed=None if needed is None else _rounded_up(needed),
        signature=one.signature if verdict == "fail" else None,
        critical=settings.is_critical(one.metric),
    )


def _rounded_up(rows: int) -> int:
    """Round up to two digits: the estimate is no better, and every place then names the same number."""
    step = int(10 ** max(0, int(math.log10(max(rows, 1))) - 1))
    return -(-rows // step) * step


def _verdict(estimate: Estimate | None, margin: float, bound: float, q: float | None, rate: float) -> Verdict:
    if estimate is None or q is None:
        return "inconclusive"
    low, high = estimate.interval
    if math.isnan(low) or math.isnan(high):
        return "inconclusive"
    if -margin <= low and high <= margin:
        return "pass"
    if (low > bound or high < -bound) and q < rate:
        return "fail"
    return "inconclusive"


def overall(results: Sequence[Result], problems: Sequence[str]) -> Verdict:
    """Return the verdict of the whole.

    One failing result fails it, whatever else is in doubt. It passes when all metrics of all rows are proved
    to lie inside their margins, the critical ones in every slice too, and nothing keeps the comparison
    from deciding. A slice alone is often too small to prove anything: it is watched, not waited for.
    """
    if any(one.verdict == "fail" and one.accepted is None for one in results):
        return "fail"
    asked = [one for one in results if one.slice is None or one.critical]
    proved = bool(asked) and all(one.verdict == "pass" or one.accepted is not None for one in asked)
    return "pass" if proved and not problems else "inconclusive"
