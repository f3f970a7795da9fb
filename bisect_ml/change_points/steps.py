"""Season, drift, noise and steps, chosen together.

Each hides or invents the others when it is fitted first: autocorrelated noise looks like steps, steps
look like autocorrelation; a trend is a staircase to steps, and steps are a trend to a line. So every
drift degree and every noise coefficient is given its own best steps, and the penalised likelihood picks
among the whole models (Bayesian information criterion; Schwarz 1978).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import median_filter

from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.drafts import (
    Draft,
    Search,
    between,
    by_criterion,
    fit_noises,
    in_reach,
    with_drift,
    with_hidden_steps,
    without_drift,
)
from bisect_ml.change_points.season import Season
from bisect_ml.change_points.whitening import Columns, Whitened
from bisect_ml.types import FloatArray

DEGREES = (0, 1, 2)
POINTS_PER_DEGREE = 20
SEASON_PASSES = 3
FINALISTS = 2
CATCHES_UP = 2  # steps, by whose price a draft may be worse than the best to be fitted in full
CLOSE = 5.0  # units of the criterion that a finer coefficient may make good: all gains seen were below 2
SETTLED = 0.02  # of the series' deviation: a season that moves less is not fitted again


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepFit:
    """A whole model of one series on its working scale.

    `drift` is what was taken off besides the season; `smooth` are the columns that fit what is left of it
    beside the steps. `columns` counts those of the season, `parameters` all that was fitted besides the
    steps; `floor` is the least noise variance.
    """

    whitened: Whitened
    steps: list[int]
    season: FloatArray
    drift: FloatArray
    smooth: Columns
    columns: int
    parameters: int
    floor: float


def fit_steps(values: FloatArray, seasons: Sequence[Season], search: Search) -> StepFit:
    """The best model over no season and each of `seasons`.

    Season and steps are first fitted in turn without drift and with few noise coefficients; the seasons
    that do best in that draft are fitted in full.
    """
    plain = without_drift(clip_outliers(values), np.zeros_like(values), 0, search)
    drafts = [min(fit_noises(plain, search.phis, search), key=by_criterion)]
    drafts += [draft for season in seasons if (draft := _draft_season(values, season, search)) is not None]
    drafts.sort(key=by_criterion)
    bar = drafts[0].criterion + CATCHES_UP * search.price
    finalists = [draft for draft in drafts[:FINALISTS] if draft.criterion <= bar]
    return _whole(min((_complete(draft, search) for draft in finalists), key=by_criterion), search)


def _draft_season(values: FloatArray, repeats: Season, search: Search) -> Draft | None:
    """Season and steps in turn, until the season settles; None where nothing repeats."""
    wide = min(2 * int(repeats.longest // 2) + 1, len(values) // 2 * 2 - 1)
    clipped = clip_outliers(values)
    season, columns = repeats.shape(clipped - _running_median(clipped, wide))
    if not columns:
        return None
    drafts: list[Draft] = []
    phis: Sequence[float] = search.phis
    for _ in range(SEASON_PASSES):
        clipped = clip_outliers(values - season)
        tried = fit_noises(without_drift(clipped, season, columns, search), phis, search)
        draft = min(tried, key=by_criterion)
        drafts.append(draft)
        phis = [one.phi for one in in_reach(tried, draft.criterion, search)]
        # A step that lasts less than a turn is as likely to be a part of the season.
        level = _lasting_levels(draft.steps, clipped, repeats.longest / 2)
        before = season
        season, columns = repeats.shape(clipped + season - level)
        if not columns or np.ptp(season - before) < SETTLED:
            break
    return min(drafts, key=by_criterion)


def _running_median(values: FloatArray, width: int) -> FloatArray:
    return np.asarray(median_filter(values, width, mode="nearest"), dtype=np.float64)


def _lasting_levels(steps: list[int], values: FloatArray, shortest: float) -> FloatArray:
    """The median of each segment at each point, without the segments that are shorter than `shortest`.

    A short segment joins the neighbour that it differs less from; the first and the last stay.
    """
    edges = [0, *steps, len(values)]
    while True:
        medians = [float(np.median(values[a:b])) for a, b in pairwise(edges)]
        inner = [(edges[k + 1] - edges[k], k) for k in range(1, len(medians) - 1)]
        length, k = min(inner, default=(shortest, 0))
        if length >= shortest:
            return np.repeat(medians, np.diff(edges))
        joins_left = abs(medians[k] - medians[k - 1]) < abs(medians[k + 1] - medians[k])
        del edges[k if joins_left else k + 1]


def _complete(draft: Draft, search: Search) -> Draft:
    """The best noise coefficient and drift with the season of a draft, which is the best without drift.

    Every degree is tried with every coefficient, as the likelihood may have two peaks: little memory and
    many steps, or the reverse.
    """
    best = min([draft, *between(draft, search)], key=by_criterion)
    for degree in DEGREES[1:]:
        if len(draft.ground.values) >= POINTS_PER_DEGREE * degree:
            ground = with_drift(draft.ground, degree, search)
            tried = fit_noises(ground, search.phis, search, best.criterion)
            bent = min(tried, key=by_criterion, default=None)
            if bent is None or bent.criterion > best.criterion + search.price:
                continue
            if bent.criterion <= best.criterion + CLOSE:
                bent = min([bent, *between(bent, search)], key=by_criterion)
            best = min([best, with_hidden_steps(bent, search)], key=by_criterion)
    return best


def _whole(draft: Draft, search: Search) -> StepFit:
    """A draft with all that later stages need."""
    ground, noise = draft.ground, search.memories.noise(draft.phi)
    return StepFit(
        whitened=Whitened(ground.values - draft.taken, noise),
        steps=draft.steps,
        season=ground.season,
        drift=draft.taken,
        smooth=noise.whiten(ground.powers),
        columns=ground.columns,
        parameters=1 + (draft.phi > 0) + ground.powers.shape[1] + ground.columns,
        floor=search.floor,
    )
