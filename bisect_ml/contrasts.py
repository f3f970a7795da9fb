"""What two versions predicted side by side, from the rows around an onset.

What the old version predicted before the onset and what the new one predicted after it are learnt inside
each cell, the rows that share their slice values. Each row says by its log-likelihood ratio which of the
two it is like. Rows of both versions are then compared within minutes of each other, so that neither the
hour nor what happened outside can tell them apart: where the code moved the predictions, they differ as much
as before and after do, otherwise not at all.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from bisect_ml.candidates import CLOCK_SKEW
from bisect_ml.refinement import TEMPER, log_ratios
from bisect_ml.row_window import CodeArray, Mask, RowWindow
from bisect_ml.types import Deploy, FloatArray, Incident, Release, VersionContrast

SHORTEST_SHA = 7
# What moves by the hour has no room in a bin this wide, and what happens outside falls into one of many.
BIN_S = 300.0
# The effect is learnt from other hours than it is looked for in: half of it, or twice as much, is it too.
LEAST_EFFECT, LARGEST_EFFECT = 0.5, 2.0
# Rows that all lie in one bin of the histogram still differ by something.
LEAST_VARIANCE = 0.1


def contrasts(
    rows: RowWindow, incident: Incident, releases: Iterable[Release]
) -> tuple[VersionContrast, ...]:
    """Compare each release's version with the one that served before it, where the rows name both.

    Args:
        rows: The rows around the onset.
        incident: The incident.
        releases: Those that can have caused it.

    Returns:
        One contrast for each release of which both versions served within the same minutes.
    """
    return tuple(_contrasts(rows, incident, releases)) if rows.versions is not None else ()


def _contrasts(rows: RowWindow, incident: Incident, releases: Iterable[Release]) -> Iterator[VersionContrast]:
    codes = rows.versions
    if codes is None:
        return
    low, high = (moment.timestamp() for moment in incident.onset.interval)
    for release in releases:
        new, old = _name(codes.values, release.deploy), _name(codes.values, release.previous)
        if new is None or old is None or new == old:
            continue
        # A version that is put back has served before; that was another time.
        since = rows.times >= (release.deploy.started_at - CLOCK_SKEW).timestamp()
        is_new = since & (codes.codes == codes.values.index(new))
        is_old = codes.codes == codes.values.index(old)
        bins = (rows.times // BIN_S).astype(np.intp)
        # What had not begun yet is seen in neither.
        begun = rows.times >= low
        both = begun & _side_by_side(rows.times, bins, is_new & begun, is_old & begun)
        if not both.any():
            continue
        before, after = is_old & (rows.times < low), is_new & (rows.times >= high)
        yours, theirs = both & is_new, both & is_old
        yield VersionContrast(
            deploy=release.deploy.id,
            new=new,
            old=old,
            rows_new=int(yours.sum()),
            rows_old=int(theirs.sum()),
            mean_new=_mean(rows, yours),
            mean_old=_mean(rows, theirs),
            seconds=BIN_S * len(np.unique(bins[both])),
            follows=_follows(
                log_ratios(rows.values, rows.cells, before, after, before | after | both),
                bins[before | after | both],
                *(side[before | after | both] for side in (before, after, yours, theirs)),
            ),
        )


def _side_by_side(times: FloatArray, bins: CodeArray, new: Mask, old: Mask) -> Mask:
    """Return the rows of two versions in bins that hold both, and around which they took turns.

    Where one took over from the other at a stroke, the bin of that moment tells of before and after only.
    """
    shared = np.intersect1d(bins[new], bins[old])
    if not len(shared):
        return new & old
    start = int(shared[0]) - 1
    size = int(shared[-1]) + 2 - start
    served = np.full(size, fill_value=True)
    for one, other in ((new, old), (old, new)):
        near = one & (bins >= start) & (bins < start + size)
        first = np.full(size, np.inf)
        np.minimum.at(first, bins[near] - start, times[near])
        near = other & (bins >= start) & (bins < start + size)
        last = np.full(size, -np.inf)
        np.maximum.at(last, bins[near] - start, times[near])
        # With the bins beside it, so that a row on the edge of one is in the midst of the others.
        first[1:] = np.minimum(first[1:], first[:-1].copy())
        last[:-1] = np.maximum(last[:-1], last[1:].copy())
        served &= first < last
    return (new | old) & np.isin(bins, shared[served[shared - start]])


def _follows(
    ratio: FloatArray, bins: CodeArray, before: Mask, after: Mask, yours: Mask, theirs: Mask
) -> float:
    """Return the log-likelihood ratio of rows that differ by the effect over rows that do not, in nats.

    The difference of two versions is averaged over the bins that hold both (as by Mantel and Haenszel 1959,
    with the weights that a mean of differences of means has the least variance by).

    Args:
        ratio: What each row is like, from old below 0 to new above.
        bins: The minutes that each row lies in.
        before: The rows of the old version before the onset.
        after: The rows of the new version after the onset.
        yours: The rows of the new version in bins that hold both.
        theirs: The rows of the old version in bins that hold both.
    """
    if not (ratio.any() and before.any() and after.any()):
        return 0.0
    effect = float(ratio[after].mean() - ratio[before].mean())
    if effect <= 0:
        return 0.0
    _, places = np.unique(bins, return_inverse=True)
    new, old = (np.bincount(places[side], minlength=len(places)) for side in (yours, theirs))
    sums_new, sums_old = (
        np.bincount(places[side], weights=ratio[side], minlength=len(places)) for side in (yours, theirs)
    )
    held = (new > 0) & (old > 0)
    weight = new[held] * old[held] / (new[held] + old[held])
    apart = float(np.average(sums_new[held] / new[held] - sums_old[held] / old[held], weights=weight))
    within = max(LEAST_VARIANCE, float((ratio[yours].var() + ratio[theirs].var()) / 2))
    # Rows of one user repeat each other, and count for less than as many of others.
    variance = within / (TEMPER * float(weight.sum()))
    expected = float(np.clip(apart, LEAST_EFFECT * effect, LARGEST_EFFECT * effect))
    return (apart * expected - expected**2 / 2) / variance


def _name(values: Iterable[str], deploy: Deploy | None) -> str | None:
    """Return the version that names what a deploy put live: its sha, shortened or not, or its ref."""
    if deploy is None:
        return None
    sha = deploy.sha or ""
    return next(
        (
            value
            for value in values
            if value == deploy.ref or (len(value) >= SHORTEST_SHA and sha.startswith(value.lower()))
        ),
        None,
    )


def _mean(rows: RowWindow, chosen: Mask) -> float:
    values = rows.values[chosen]
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) and not rows.classes else float("nan")
