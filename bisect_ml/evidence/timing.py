"""When the deploy went live against when the break began."""

import math
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from bisect_ml.types import Candidate, Case, Deploy, Evidence, FloatArray, Onset

CLOCK_SKEW_S = 120.0
"""How far the clocks of the prediction log and of the deploy log may differ."""

DEFAULT_ROLLOUT_S = 600.0
"""The time from the start of a deploy to full traffic where the deploy log does not say."""

FLOOR = -12.0
"""A deploy after the onset is as good as excluded, but an impossible clock can still be outvoted."""

_CACHE_TAIL_S, _BATCH_TAIL_S = 25 * 60.0, 3 * 3600.0
_AT_ONCE = 0.95
_SHARES = (0.40, 0.35, 0.19, 0.06)  # first minutes, whole rollout, caches, batches


def timing(case: Case, candidate: Candidate) -> Evidence | None:
    """Compare the moment the deploy went live with the moment the break began.

    Looks at: the start and the finish of the deploy, and the posterior of the onset.

    Why it tells: new code acts from the moment it serves, mostly at once or along its rollout, now
    and then when a cache expires or a batch job runs. The density of that delay, averaged over the
    onset posterior, is divided by an onset anywhere in the log: a sharp onset just after a rare
    deploy is strong, a vague onset amid many deploys is weak. A point that stands for itself (a
    measurement per commit or night) was made by the code deployed last, without a rollout.

    When it misleads: when the deploy log records another moment than the start of traffic, when a
    flag turns the code on days later, and when something outside happened minutes after a deploy.
    """
    if candidate.release is None or not has_log(case):
        return None
    deploy, onset = candidate.release.deploy, case.incident.onset
    at_once = case.incident.lead.series.width_s is None
    llr = log_ratio(deploy, onset, case.log_start, case.log_end, at_once)
    lag_s = (onset.at - deploy.started_at).total_seconds()
    first, last = onset.interval
    did = "was taken out" if candidate.direction == "removed" else "went live"
    if first < deploy.started_at < last:
        sentence = f"{did} within the 90% interval of the onset by the rows ({clock(first, last)})"
    else:
        when = f"{span(abs(lag_s))} {'before' if lag_s >= 0 else 'after'} the onset"
        sentence = f"{did} {when} by the rows (90% interval {clock(first, last)})"
    return Evidence(scorer="timing", llr=llr, sentence=sentence, facts={"lag_s": lag_s})


def has_log(case: Case) -> bool:
    """Whether there is a log with times; a comparison of two versions has none."""
    return case.log_end > case.log_start


@lru_cache(maxsize=4096)
def log_ratio(deploy: Deploy, onset: Onset, log_start: float, log_end: float, at_once: bool = False) -> float:
    """Return the log of the deploy's onset density over that of an onset anywhere in the log."""
    widths = np.diff(onset.edges)
    within = np.diff(begun(deploy, onset.edges))
    if at_once:
        served = (onset.edges >= deploy.started_at.timestamp()).astype(np.float64)
        within = _AT_ONCE * np.diff(served) + (1 - _AT_ONCE) * within
    # A posterior on one exact moment is read over the clock skew, so that densities stay finite.
    narrow = widths < 1.0
    if narrow.any():
        centres = (onset.edges[:-1] + onset.edges[1:]) / 2
        around = begun(deploy, centres + CLOCK_SKEW_S / 2) - begun(deploy, centres - CLOCK_SKEW_S / 2)
        within, widths = np.where(narrow, around, within), np.where(narrow, CLOCK_SKEW_S, widths)
    density = float(np.sum(onset.mass * within / widths))
    whole_log_s = max(log_end - log_start, CLOCK_SKEW_S)
    return max(FLOOR, math.log(density * whole_log_s)) if density > 0 else FLOOR


def begun(deploy: Deploy, times: FloatArray) -> FloatArray:
    """Return the probability that the deploy's effect has begun by each of the times (epoch seconds)."""
    start = deploy.started_at.timestamp() - CLOCK_SKEW_S
    known = deploy.finished_at is not None and deploy.finished_at > deploy.started_at
    full = (
        deploy.finished_at.timestamp()
        if known and deploy.finished_at
        else start + CLOCK_SKEW_S + DEFAULT_ROLLOUT_S
    )
    # Over a rollout of hours the first users already show the break, so its first minutes count extra.
    first = min(full, start + CLOCK_SKEW_S + DEFAULT_ROLLOUT_S)
    after = np.maximum(times - full, 0.0)
    parts = (
        np.clip((times - start) / (first - start), 0.0, 1.0),
        np.clip((times - start) / (full - start), 0.0, 1.0),
        -np.expm1(-after / _CACHE_TAIL_S),
        -np.expm1(-after / _BATCH_TAIL_S),
    )
    found: FloatArray = np.average(np.array(parts), axis=0, weights=_SHARES)
    return found


def span(seconds: float) -> str:
    """Return a duration as people say it, with one unit: `40 s`, `6 min`, `3 h`, `2.5 d`."""
    for limit, unit, name in ((90.0, 1.0, "s"), (5400.0, 60.0, "min"), (172800.0, 3600.0, "h")):
        if seconds < limit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds / 86400:.1f} d"


def clock(first: datetime, last: datetime) -> str:
    """Return an interval in UTC, naming the day only where both ends do not share it."""
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    if first.date() == last.date():
        return f"{first:%Y-%m-%d %H:%M}–{last:%H:%M} UTC"
    return f"{first:%Y-%m-%d %H:%M} – {last:%Y-%m-%d %H:%M} UTC"
