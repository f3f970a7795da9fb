"""The metrics of one population: what each side has, and the estimate of the effect."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bisect_ml.comparison.estimates import Estimate
from bisect_ml.comparison.levels import mean_change, median_change
from bisect_ml.comparison.shares import paired_difference, share_of, unpaired_difference
from bisect_ml.saved_check import EffectUnit
from bisect_ml.tallies import PairTally, SideTally, Tallies, Tally
from bisect_ml.types import FloatArray, PredictionKind
from bisect_ml.unit_ratios import ratio_name

# A ratio speaks for a population when this part of it moved so.
MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One metric of one population; `estimate` is None where nothing can be said."""

    metric: str
    slice: str | None
    unit: EffectUnit
    base_rows: int
    head_rows: int
    base: float | None
    head: float | None
    estimate: Estimate | None
    exact: bool
    signature: str | None = None


def measure(tally: Tally, tallies: Tallies) -> tuple[Measured, ...]:
    """Return the metrics of a population."""
    found = [_null_rate(tally)]
    if tallies.kind == "numeric":
        found += _levels(tally, tallies.levels)
        if tally.pair is not None:
            found.append(_rows(tally, tally.pair))
    if tally.base.classes or tally.head.classes:
        found += _classes(tally, tallies.kind)
        if tally.pair is not None:
            found.append(_flips(tally, tally.pair))
    return tuple(found)


def _measured(
    tally: Tally,
    metric: str,
    unit: EffectUnit,
    values: tuple[float, float],
    estimate: Estimate | None,
    *,
    rows: tuple[int, int] | None = None,
    signature: str | None = None,
) -> Measured:
    base_rows, head_rows = rows or (tally.base.rows, tally.head.rows)
    return Measured(
        metric=metric,
        slice=str(tally.slice) if tally.slice else None,
        unit=unit,
        base_rows=base_rows,
        head_rows=head_rows,
        base=_finite(values[0]),
        head=_finite(values[1]),
        estimate=estimate,
        exact=tally.pair is not None,
        signature=signature,
    )


def _levels(tally: Tally, levels: FloatArray) -> Iterator[Measured]:
    base, head = tally.base, tally.head
    rows = base.values, head.values
    means = base.mean, head.mean
    medians = _median(base, levels), _median(head, levels)
    common = _common_ratio(tally.pair) if tally.pair and 2 * tally.pair.moved >= tally.pair.pairs else None
    for metric, values, estimate in (
        ("mean", means, mean_change(tally)),
        ("median", medians, median_change(tally, levels)),
    ):
        signature = common if tally.pair else ratio_name(*values)
        yield _measured(tally, metric, "relative", values, estimate, rows=rows, signature=signature)


def _median(side: SideTally, levels: FloatArray) -> float:
    return float(side.quantiles[len(levels) // 2]) if side.quantiles is not None else math.nan


def _common_ratio(pair: PairTally) -> str | None:
    """The name of the ratio that most of the moved pairs have."""
    if pair.ratios is None:
        return None
    names = {ratio_name(1.0, one) for one in pair.ratios}
    return names.pop() if len(names) == 1 else None


def _null_rate(tally: Tally) -> Measured:
    base, head, pair = tally.base, tally.head, tally.pair
    missing = base.rows - base.filled, head.rows - head.filled
    rates = (
        missing[0] / base.rows if base.rows else math.nan,
        missing[1] / head.rows if head.rows else math.nan,
    )
    share = 1 / tally.design.get("null_rate", 1.0)
    if pair is None:
        estimate = unpaired_difference(
            missing[0] * share, base.rows * share, missing[1] * share, head.rows * share
        )
    else:
        estimate = paired_difference(
            pair.null_to_value * share, pair.value_to_null * share, pair.pairs * share
        )
    return _measured(tally, "null_rate", "points", rates, estimate)


def _rows(tally: Tally, pair: PairTally) -> Measured:
    estimate = _share(pair.moved, pair.pairs, tally.design.get("rows", 1.0))
    values = 0.0, pair.moved / pair.pairs if pair.pairs else math.nan
    return _measured(tally, "rows", "points", values, estimate, signature=_common_ratio(pair))


def _flips(tally: Tally, pair: PairTally) -> Measured:
    rows = sum(pair.flips.values())
    flipped = sum(count for (before, after), count in pair.flips.items() if before != after)
    estimate = _share(flipped, rows, tally.design.get("flips", 1.0))
    values = 0.0, flipped / rows if rows else math.nan
    return _measured(tally, "flips", "points", values, estimate, rows=(rows, rows))


def _share(hits: int, rows: int, design: float) -> Estimate | None:
    return share_of(hits / design, rows / design)


def _classes(tally: Tally, kind: PredictionKind) -> Iterator[Measured]:
    base, head, pair = tally.base, tally.head, tally.pair
    rows = sum(base.classes.values()), sum(head.classes.values())
    share = 1 / tally.design.get("share", 1.0)
    for name in _named(tuple(dict.fromkeys((*base.classes, *head.classes))), kind):
        hits = base.classes.get(name, 0), head.classes.get(name, 0)
        values = hits[0] / rows[0] if rows[0] else math.nan, hits[1] / rows[1] if rows[1] else math.nan
        if pair is None:
            estimate = unpaired_difference(hits[0] * share, rows[0] * share, hits[1] * share, rows[1] * share)
        else:
            stayed = pair.flips.get((name, name), 0)
            estimate = paired_difference(
                (hits[0] - stayed) * share, (hits[1] - stayed) * share, rows[0] * share
            )
        yield _measured(tally, f"share[{name}]", "points", values, estimate, rows=rows)


def _named(classes: Sequence[str], kind: PredictionKind) -> Sequence[str]:
    """The classes that are told apart: of two that mirror one another, one."""
    if kind == "boolean":
        return ("true",)
    if kind == "numeric":
        return [name for name in classes if name.startswith(">=")] or [
            ">=" + name.removeprefix("<") for name in classes
        ]
    return sorted(classes)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
