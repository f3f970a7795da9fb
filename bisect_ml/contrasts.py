"""What two versions predicted side by side, from the rows around an onset.

What the old version predicted before the onset and what the new one predicted after it are learnt inside
each cell, the rows that share their slice values. Each row of the time in which both served then says
which of the two it is like. Where the code moved the predictions, the rows of the new version are like the
new and those of the old one like the old; where something else did, both change at one moment. The two
are compared by the likelihood ratio of their best moments, so that few rows say little either way.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from bisect_ml.candidates import CLOCK_SKEW
from bisect_ml.refinement import log_ratios
from bisect_ml.row_window import RowWindow
from bisect_ml.types import Deploy, FloatArray, Incident, Release, VersionContrast

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
        One contrast for each release whose old version still served when the new one had begun to.
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
        both = _side_by_side(rows.times, is_new, is_old)
        if not both.any():
            continue
        before, after = is_old & (rows.times < low), is_new & (rows.times >= high)
        ratio = log_ratios(rows.values, rows.cells, before, after, both)
        yours, theirs = both & is_new, both & is_old
        yield VersionContrast(
            deploy=release.deploy.id,
            new=new,
            old=old,
            rows_new=int(yours.sum()),
            rows_old=int(theirs.sum()),
            mean_new=_mean(rows, yours),
            mean_old=_mean(rows, theirs),
            seconds=float(np.ptp(rows.times[both])),
            follows=_from_some_moment(ratio[is_new[both]]) - _from_some_moment(ratio),
        )


def _side_by_side(times: FloatArray, is_new: Mask, is_old: Mask) -> Mask:
    """Return the rows of either version from the first of the new one to the last of the old one."""
    if not (is_new.any() and is_old.any()):
        return np.zeros(len(times), dtype=bool)
    within: Mask = (times >= times[is_new].min()) & (times <= times[is_old].max())
    return within & (is_new | is_old)


def _from_some_moment(ratio: FloatArray) -> float:
    """Return the log-likelihood ratio of rows in the order of time, new from the moment on that fits best."""
    return float(np.cumsum(ratio[::-1]).max(initial=0.0))


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
