"""Season, drift, noise and steps, chosen together.

Each hides or invents the others when it is fitted first: autocorrelated noise looks like steps, steps
look like autocorrelation; a trend is a staircase to steps, and steps are a trend to a line. So every
drift degree and every noise coefficient is given its own best steps, and the penalised likelihood picks
among the whole models (Bayesian information criterion; Schwarz 1978).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.ndimage import median_filter

from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.partition import best_partition, criterion_of
from bisect_ml.change_points.season import Season
from bisect_ml.change_points.whitening import Columns, Noise, Whitened
from bisect_ml.types import FloatArray

PHIS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.95)
LARGEST_PHI = 0.99
DEGREES = (0, 1, 2)
POINTS_PER_DEGREE = 20
SEASON_PASSES = 3
FINALISTS = 2
CATCHES_UP = 2  # steps, by whose price a draft may be worse than the best to be fitted in full
DRIFT_PASSES = 2
SETTLED = 0.02  # of the series' deviation: a season that moves less is not fitted again
DRIFT_PRICE = 1.5  # in log n, a degree


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepFit:
    """A whole model of one series on its working scale.

    `smooth` are the columns of the drift that steps are tested beside. `columns` counts those of the
    season, `parameters` all that was fitted besides the steps; `floor` is the least noise variance.
    """

    criterion: float
    whitened: Whitened
    steps: list[int]
    season: FloatArray
    drift: FloatArray
    smooth: Columns
    columns: int
    parameters: int
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """What the fits of one series have in common.

    `noise` gives the noise of a coefficient, `price` is that of a step in units of n log(variance),
    `min_size` the fewest points of a segment, `floor` the least noise variance, `phis` the noise
    coefficients to try first.
    """

    noise: Callable[[float], Noise]
    price: float
    min_size: int
    floor: float
    phis: tuple[float, ...] = PHIS


def fit_steps(values: FloatArray, seasons: Sequence[Season], search: Search) -> StepFit:
    """The best model over no season and each of `seasons`.

    Season and steps are first fitted in turn without drift and with few noise coefficients; the seasons
    that do best in that draft are fitted in full.
    """
    drafts = [_fit_draft(clip_outliers(values), search, 0)]
    drafts += [draft for season in seasons if (draft := _draft_season(values, season, search)) is not None]
    drafts.sort(key=lambda fit: fit.criterion)
    bar = drafts[0].criterion + CATCHES_UP * search.price
    finalists = [draft for draft in drafts[:FINALISTS] if draft.criterion <= bar]
    return min((_complete(values, draft, search) for draft in finalists), key=_criterion)


def _criterion(fit: StepFit) -> float:
    return fit.criterion


def _draft_season(values: FloatArray, repeats: Season, search: Search) -> StepFit | None:
    """Season and steps in turn, until the season settles; None where nothing repeats."""
    wide = min(2 * int(repeats.longest // 2) + 1, len(values) // 2 * 2 - 1)
    clipped = clip_outliers(values)
    season, columns = repeats.shape(clipped - _running_median(clipped, wide))
    if not columns:
        return None
    drafts = []
    for _ in range(SEASON_PASSES):
        clipped = clip_outliers(values - season)
        draft = replace(_fit_draft(clipped, search, columns), season=season)
        drafts.append(draft)
        # A step that lasts less than a turn is as likely to be a part of the season.
        level = _lasting_levels(draft, clipped, repeats.longest / 2)
        before = season
        season, columns = repeats.shape(clipped + season - level - draft.drift)
        if not columns or np.ptp(season - before) < SETTLED:
            break
    return min(drafts, key=_criterion)


def _complete(values: FloatArray, draft: StepFit, search: Search) -> StepFit:
    """The best noise coefficient and drift with the season of a draft, which is the best without drift.

    Every degree is tried with every coefficient, as the likelihood may have two peaks: little memory and
    many steps, or the reverse.
    """
    clipped = clip_outliers(values - draft.season)
    fits = [_between(_with_drift(clipped, search, 0, draft.columns), draft, search)]
    for degree in DEGREES[1:]:
        if len(values) >= POINTS_PER_DEGREE * degree:
            at = _with_drift(clipped, search, degree, draft.columns)
            fits.append(_between(at, min(map(at, search.phis), key=_criterion), search))
    return replace(min(fits, key=_criterion), season=draft.season)


def _between(at: Callable[[float], StepFit], best: StepFit, search: Search) -> StepFit:
    """The best fit for a coefficient beside that of `best`, between the points of the grid."""
    grid = [*search.phis, LARGEST_PHI]
    near = search.phis.index(best.whitened.phi)
    halves = [(grid[near] + grid[k]) / 2 for k in (near - 1, near + 1) if 0 <= k < len(grid)]
    return min([best, *map(at, halves)], key=_criterion)


def _running_median(values: FloatArray, width: int) -> FloatArray:
    return np.asarray(median_filter(values, width, mode="nearest"), dtype=np.float64)


def _lasting_levels(fit: StepFit, values: FloatArray, shortest: float) -> FloatArray:
    """The median of each segment at each point, without the segments that are shorter than `shortest`.

    A short segment joins the neighbour that it differs less from; the first and the last stay.
    """
    flat = values - fit.drift
    edges = [0, *fit.steps, len(values)]
    while True:
        medians = [float(np.median(flat[a:b])) for a, b in pairwise(edges)]
        inner = [(edges[k + 1] - edges[k], k) for k in range(1, len(medians) - 1)]
        length, k = min(inner, default=(shortest, 0))
        if length >= shortest:
            return np.repeat(medians, np.diff(edges))
        joins_left = abs(medians[k] - medians[k - 1]) < abs(medians[k + 1] - medians[k])
        del edges[k if joins_left else k + 1]


def _fit_draft(values: FloatArray, search: Search, columns: int) -> StepFit:
    """The best of a few noise coefficients, without drift."""
    flat = np.zeros((len(values), 0))
    candidates = candidate_steps(values, search.min_size)
    drift = np.zeros_like(values)
    fits = [_fit_noise(values, search, phi, candidates, flat, drift, columns) for phi in search.phis]
    return min(fits, key=_criterion)


def _with_drift(values: FloatArray, search: Search, degree: int, columns: int) -> Callable[[float], StepFit]:
    """The best steps beside a polynomial drift of one degree, for a noise coefficient."""
    n = len(values)
    u = np.linspace(-1, 1, n)
    powers = np.vstack([u**k for k in range(1, degree + 1)]).T if degree else np.zeros((n, 0))
    drift = powers @ np.polynomial.polynomial.polyfit(u, values, degree)[1:]
    candidates = candidate_steps(values - drift, search.min_size)

    def at(phi: float) -> StepFit:
        return _fit_noise(values, search, phi, candidates, powers, drift, columns)

    return at


def _fit_noise(
    values: FloatArray,
    search: Search,
    phi: float,
    candidates: IntArray,
    powers: FloatArray,
    drift: FloatArray,
    columns: int,
) -> StepFit:
    """The best steps under one noise coefficient, drift and steps in turn."""
    n, degree = powers.shape
    parameters = 1 + (phi > 0) + degree + columns
    noise = search.noise(phi)
    smooth = noise.whiten(powers)
    for _ in range(DRIFT_PASSES if degree else 1):
        whitened = Whitened(values - drift, noise)
        steps = best_partition(
            whitened,
            candidates,
            penalty=search.price,
            min_size=search.min_size,
            parameters=parameters,
            floor=search.floor,
        )
        if degree:
            _, rss, _, more = whitened.levels_beside(steps, smooth)
            drift = drift + powers @ more
        else:
            rss = whitened.sum_of_squares(steps)
    criterion = (
        criterion_of(n, rss, len(steps), parameters, search.floor)
        + whitened.log_determinant
        + search.price * len(steps)
        + (DRIFT_PRICE * degree + columns) * float(np.log(n))
    )
    return StepFit(
        criterion=criterion,
        whitened=whitened,
        steps=steps,
        season=np.zeros(n),
        drift=drift,
        smooth=smooth,
        columns=columns,
        parameters=parameters,
        floor=search.floor,
    )
