"""What happened to single rows: exact for these inputs."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.special import betainc

from bisect_ml.saved_check import ClassFlip, Decile, RowChanges
from bisect_ml.tallies import PairTally, Tallies, Tally

MAX_SLICES = 200
MAX_FLIPS = 100
DECILES = tuple(one / 10 for one in range(1, 10))


def row_changes(tallies: Sequence[Tally]) -> tuple[RowChanges, ...]:
    """Return the changes of all rows, then of the slices that have any, the most changed first."""
    paired = [(tally, tally.pair) for tally in tallies if tally.pair is not None]
    whole = [_changes(tally, pair) for tally, pair in paired if tally.slice is None]
    parts = [_changes(tally, pair) for tally, pair in paired if tally.slice is not None and pair.changed]
    parts.sort(key=lambda one: (-one.changed / one.pairs, one.slice or ""))
    return (*whole, *parts[:MAX_SLICES])


def _changes(tally: Tally, pair: PairTally) -> RowChanges:
    return RowChanges(
        slice=str(tally.slice) if tally.slice else None,
        pairs=pair.pairs,
        changed=pair.changed,
        value_to_null=pair.value_to_null,
        null_to_value=pair.null_to_value,
        mcnemar_p=mcnemar(pair.value_to_null, pair.null_to_value),
        signs=pair.signs,
        quantiles={name: size if math.isfinite(size) else None for name, size in pair.sizes.items()},
    )


def mcnemar(lost: int, gained: int) -> float:
    """Return the exact two-sided p value of McNemar (1947): discordant pairs fall either way alike."""
    pairs, fewer = lost + gained, min(lost, gained)
    if pairs == 0 or lost == gained:
        return 1.0
    # The binomial tail up to `fewer` of `pairs` at one half.
    return min(1.0, 2 * float(betainc(pairs - fewer, fewer + 1, 0.5)))


def class_flips(tallies: Sequence[Tally]) -> tuple[ClassFlip, ...]:
    """Return the flips of all rows, the most frequent first."""
    return tuple(sorted(_flips(tallies), key=lambda one: (-one.rows, one.base, one.head))[:MAX_FLIPS])


def _flips(tallies: Sequence[Tally]) -> Iterator[ClassFlip]:
    for tally in tallies:
        if tally.slice is None and tally.pair is not None:
            for (before, after), rows in tally.pair.flips.items():
                if before != after:
                    yield ClassFlip(base=before, head=after, rows=rows)


def deciles(tallies: Tallies) -> tuple[Decile, ...]:
    """Return the deciles of all numeric predictions on both sides: the shift function of Doksum (1974)."""
    if not tallies.tallies:
        return ()
    base, head = tallies.tallies[0].base.quantiles, tallies.tallies[0].head.quantiles
    if base is None or head is None:
        return ()
    befores, afters = np.interp(DECILES, tallies.levels, base), np.interp(DECILES, tallies.levels, head)
    return tuple(
        Decile(level=level, base=float(before), head=float(after))
        for level, before, after in zip(DECILES, befores, afters, strict=True)
        if math.isfinite(before) and math.isfinite(after)
    )
