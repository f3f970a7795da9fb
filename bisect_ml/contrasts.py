"""What two versions predicted side by side, from the rows around an onset."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from bisect_ml.confirmation import channels
from bisect_ml.row_window import RowWindow
from bisect_ml.types import Deploy, FloatArray, Incident, Release, VersionContrast

MIN_ROWS = 30
# Both versions answer in the same minutes or not at all; a season or a trend has no room in a bin this wide.
BIN_S = 300.0
# The traffic of two versions is compared hour by hour where a canary runs for days.
BLOCK_S = 3 * 3600.0
# What the old version served after the onset is compared with the hours just before: the same time of day.
NEAR_S = 2 * 3600.0
SHORTEST_SHA = 7

Mask = NDArray[np.bool_]


def contrasts(
    rows: RowWindow, incident: Incident, releases: Iterable[Release]
) -> tuple[VersionContrast, ...]:
    """Compare each release's version with the one that served before it, where the rows name both.

    Args:
        rows: The rows around the onset.
        incident: The incident.
        releases: Those that can have caused it.

    Returns:
        One contrast for each release whose two versions served side by side, or whose old version was
        still serving after the onset.
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
        is_new = codes.codes == codes.values.index(new)
        is_old = codes.codes == codes.values.index(old)
        bins = (rows.times // BIN_S).astype(np.intp)
        shared = np.isin(bins, np.intersect1d(bins[is_new], bins[is_old]))
        yours, theirs = shared & is_new, shared & is_old
        before = is_old & (rows.times < low) & (rows.times >= low - NEAR_S)
        kept = is_old & (rows.times >= high) & (rows.times < high + NEAR_S)
        yield VersionContrast(
            deploy=release.deploy.id,
            new=new,
            old=old,
            rows_new=int(yours.sum()),
            rows_old=int(theirs.sum()),
            mean_new=_mean(rows, yours),
            mean_old=_mean(rows, theirs),
            seconds=BIN_S * len(np.unique(bins[shared])),
            apart_p=_chance(rows, yours, theirs),
            after_onset=bool(shared.any() and rows.times[shared].max() >= high),
            kept_rows=int(kept.sum()),
            kept_p=_chance(rows, before, kept),
        )


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


def _chance(rows: RowWindow, first: Mask, second: Mask) -> float:
    """Two-sided chance that two sets of rows differ so, ranked inside slices and hours; 1 where too few."""
    if min(first.sum(), second.sum()) < MIN_ROWS:
        return 1.0
    both = first | second
    cells = rows.cells[both]
    overlap = min(rows.times[first].max(), rows.times[second].max()) >= max(
        rows.times[first].min(), rows.times[second].min()
    )
    if overlap:
        block = (rows.times[both] // BLOCK_S).astype(np.intp)
        cells = cells * (int(block.max() - block.min()) + 1) + block - block.min()
    ranked = channels(rows.values[both], cells, len(rows.classes))
    chances = [_welch(ranked[first[both], at], ranked[second[both], at]) for at in range(ranked.shape[1])]
    return min(1.0, len(chances) * min(chances))


def _welch(first: FloatArray, second: FloatArray) -> float:
    """Two-sided chance of the difference of two means (Welch 1947), by the normal since rows are many."""
    first, second = first[np.isfinite(first)], second[np.isfinite(second)]
    if min(len(first), len(second)) < MIN_ROWS:
        return 1.0
    difference = abs(float(first.mean() - second.mean()))
    error = float(np.sqrt(first.var() / len(first) + second.var() / len(second)))
    if error == 0:
        return 1.0 if difference < np.finfo(float).eps else 0.0
    return float(2 * ndtr(-difference / error))
