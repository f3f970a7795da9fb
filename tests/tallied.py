"""Tallies of arrays, made by numpy alone: what `comparison` reads, without a database."""

import numpy as np

from bisect_ml.saved_check import Coverage
from bisect_ml.sources.pair_samples import LEVELS
from bisect_ml.tallies import PairTally, SideTally, Tallies, Tally
from bisect_ml.types import FloatArray, Slice


def side_of(values: FloatArray, counted: FloatArray | None = None) -> SideTally:
    """A side of all `values`, of which those `counted` count (all that are there, unless said)."""
    there = values[np.isfinite(values)]
    counted = there if counted is None else counted
    return SideTally(
        rows=len(values),
        filled=len(there),
        values=len(counted),
        mean=float(counted.mean()) if len(counted) else float("nan"),
        variance=float(counted.var(ddof=1)) if len(counted) > 1 else float("nan"),
        mean_abs=float(np.abs(counted).mean()) if len(counted) else float("nan"),
        quantiles=np.quantile(counted, LEVELS) if len(counted) else np.full(len(LEVELS), np.nan),
        sampled=len(counted),
    )


def paired(base: FloatArray, head: FloatArray, part: Slice | None = None, moved: float = 0.02) -> Tally:
    """The tally of pairs, place by place."""
    both = np.isfinite(base) & np.isfinite(head)
    before, after = base[both], head[both]
    low = before <= np.median(before), after <= np.median(after)
    varied = len(before) > 1 and low[0].std() > 0 and low[1].std() > 0
    nulls = np.isfinite(base) != np.isfinite(head)
    typical = min(float(np.abs(before).mean()), float(np.abs(after).mean()))
    larger = np.maximum(np.maximum(np.abs(before), np.abs(after)), 0.1 * typical)
    pair = PairTally(
        pairs=len(base),
        value_to_null=int((np.isfinite(base) & ~np.isfinite(head)).sum()),
        null_to_value=int((~np.isfinite(base) & np.isfinite(head)).sum()),
        covariance=float(np.cov(before, after)[0, 1]),
        difference_variance=float((after - before).var(ddof=1)),
        changed=int((before != after).sum() + nulls.sum()),
        moved=int((np.abs(after - before) > moved * larger).sum() + nulls.sum()),
        median_correlation=float(np.corrcoef(*low)[0, 1]) if varied else 0.0,
    )
    return Tally(slice=part, base=side_of(base, before), head=side_of(head, after), pair=pair)


def unpaired(base: FloatArray, head: FloatArray, part: Slice | None = None) -> Tally:
    """The tally of two samples."""
    return Tally(slice=part, base=side_of(base), head=side_of(head))


def tallies_of(*tallies: Tally) -> Tallies:
    """All of a comparison of numbers; the first tally is that of all rows."""
    return Tallies(
        kind="numeric",
        prediction="eta",
        coverage=Coverage(key=("id",) if tallies[0].pair else ()),
        tallies=tallies,
        levels=LEVELS,
        base_rows=tallies[0].base.rows,
        head_rows=tallies[0].head.rows,
    )
