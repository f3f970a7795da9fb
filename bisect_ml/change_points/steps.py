"""Season, drift, noise and steps, chosen together.

Each hides or invents the others when it is fitted first: autocorrelated noise looks like steps, steps
look like autocorrelation; a trend is a staircase to steps, and steps are a trend to a line. So every
drift degree and every noise coefficient is given its own best steps, and the penalised likelihood picks
among the whole models (Bayesian information criterion; Schwarz 1978).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.ndimage import median_filter

from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.clip import clip_outliers
from bisect_ml.change_points.noises import Memories, WhitenedByEach
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.partition import criterion_of
from bisect_ml.change_points.season import Season
from bisect_ml.change_points.whitening import Columns, Whitened
from bisect_ml.types import FloatArray

PHIS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.95)
LARGEST_PHI = 0.99
DEGREES = (0, 1, 2)
POINTS_PER_DEGREE = 20
SEASON_PASSES = 3
FINALISTS = 2
CATCHES_UP = 2  # steps, by whose price a draft may be worse than the best to be fitted in full
DRIFT_PASSES = 2
OUT_OF_REACH = (
    3  # steps, by whose price a coefficient may lag to be fitted once more: none of 2,000 caught up
)
CLOSE = 5.0  # units of the criterion that a finer coefficient may make good: all gains seen were below 2
SETTLED = 0.02  # of the series' deviation: a season that moves less is not fitted again
DRIFT_PRICE = 1.5  # in log n, a degree


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepFit:
    """A whole model of one series on its working scale.

    `smooth` are the columns of the drift that steps are tested beside. `columns` counts those of the
    season, `parameters` all that was fitted besides the steps; `floor` is the least noise variance.
    """

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

    `price` is that of a step in units of n log(variance), `min_size` the fewest points of a segment, `floor`
    the least noise variance, `phis` the noise coefficients to try first.
    """

    memories: Memories
    price: float
    min_size: int
    floor: float
    phis: tuple[float, ...] = PHIS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What steps are looked for in, under any noise: a series without season, beside a polynomial drift.

    `powers` are the columns of the drift (n, degree), `drift` the first guess of it, `candidates` where a
    step may be; `columns` counts those of the season.
    """

    values: FloatArray
    season: FloatArray
    columns: int
    powers: FloatArray
    drift: FloatArray
    candidates: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """The best steps for one noise coefficient; `taken` is the drift that they were fitted without."""

    criterion: float
    phi: float
    steps: list[int]
    drift: FloatArray
    taken: FloatArray
    ground: Ground


def fit_steps(values: FloatArray, seasons: Sequence[Season], search: Search) -> StepFit:
    """The best model over no season and each of `seasons`.

    Season and steps are first fitted in turn without drift and with few noise coefficients; the seasons
    that do best in that draft are fitted in full.
    """
    plain = _without_drift(clip_outliers(values), np.zeros_like(values), 0, search)
    drafts = [min(_fit_noises(plain, search.phis, search), key=_criterion)]
    drafts += [draft for season in seasons if (draft := _draft_season(values, season, search)) is not None]
    drafts.sort(key=_criterion)
    bar = drafts[0].criterion + CATCHES_UP * search.price
    finalists = [draft for draft in drafts[:FINALISTS] if draft.criterion <= bar]
    return _whole(min((_complete(draft, search) for draft in finalists), key=_criterion), search)


def _criterion(draft: Draft) -> float:
    return draft.criterion


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
        tried = _fit_noises(_without_drift(clipped, season, columns, search), phis, search)
        draft = min(tried, key=_criterion)
        drafts.append(draft)
        phis = [one.phi for one in _in_reach(tried, draft.criterion, search)]
        # A step that lasts less than a turn is as likely to be a part of the season.
        level = _lasting_levels(draft.steps, clipped, repeats.longest / 2)
        before = season
        season, columns = repeats.shape(clipped + season - level)
        if not columns or np.ptp(season - before) < SETTLED:
            break
    return min(drafts, key=_criterion)


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
    best = min([draft, *_between(draft, search)], key=_criterion)
    for degree in DEGREES[1:]:
        if len(draft.ground.values) >= POINTS_PER_DEGREE * degree:
            ground = _with_drift(draft.ground, degree, search)
            tried = _fit_noises(ground, search.phis, search, best.criterion)
            bent = min(tried, key=_criterion, default=None)
            if bent is not None and bent.criterion <= best.criterion + CLOSE:
                best = min([best, bent, *_between(bent, search)], key=_criterion)
    return best


def _between(best: Draft, search: Search) -> list[Draft]:
    """Fits for the coefficients halfway from that of the best point of the grid to its neighbours."""
    grid = [*search.phis, LARGEST_PHI]
    near = search.phis.index(best.phi)
    halves = [(grid[near] + grid[k]) / 2 for k in (near - 1, near + 1) if 0 <= k < len(grid)]
    return _fit_noises(best.ground, halves, search)


def _in_reach(drafts: list[Draft], criterion: float, search: Search) -> list[Draft]:
    """The drafts that another pass could bring below a criterion."""
    return [one for one in drafts if one.criterion <= criterion + OUT_OF_REACH * search.price]


def _without_drift(values: FloatArray, season: FloatArray, columns: int, search: Search) -> Ground:
    """What is left of a series without a season of some columns."""
    return Ground(
        values=values,
        season=season,
        columns=columns,
        powers=np.zeros((len(values), 0)),
        drift=np.zeros_like(values),
        candidates=candidate_steps(values, search.min_size),
    )


def _with_drift(ground: Ground, degree: int, search: Search) -> Ground:
    """The same series beside a polynomial drift of one degree."""
    values = ground.values
    u = np.linspace(-1, 1, len(values))
    powers = np.vstack([u**k for k in range(1, degree + 1)]).T
    drift = powers @ np.polynomial.polynomial.polyfit(u, values, degree)[1:]
    candidates = candidate_steps(values - drift, search.min_size)
    return replace(ground, powers=powers, drift=drift, candidates=candidates)


def _fit_noises(ground: Ground, phis: Sequence[float], search: Search, known: float = np.inf) -> list[Draft]:
    """The best steps under each of some noise coefficients, drift and steps in turn.

    Those that have no chance against the best of them, or a criterion that is `known`, are left out.
    """
    degree = ground.powers.shape[1]
    drafts = _fit_once(ground, phis, ground.drift[None], search)
    for _ in range(1, DRIFT_PASSES if degree else 1):
        drafts = _in_reach(drafts, min(known, *map(_criterion, drafts)), search)
        if drafts:
            drift = np.array([one.drift for one in drafts])
            drafts = _fit_once(ground, [one.phi for one in drafts], drift, search)
    return drafts


def _fit_once(ground: Ground, phis: Sequence[float], taken: FloatArray, search: Search) -> list[Draft]:
    """The best steps beside drifts (a row each, or one for all), and the drifts beside those steps."""
    n, degree = ground.powers.shape
    noises = search.memories.noises(phis)
    parameters = 1 + (noises.phi > 0) + degree + ground.columns
    whitened = WhitenedByEach(ground.values - taken, noises)
    found = whitened.partitions(
        ground.candidates,
        penalty=search.price,
        min_size=search.min_size,
        parameters=parameters,
        floor=search.floor,
    )
    if degree:
        rss, more = whitened.sums_beside(found, ground.powers)
        drift = taken + more @ ground.powers.T
    else:
        rss, drift = whitened.sums_of_squares(found), taken
    drift, taken = (np.broadcast_to(one, (len(phis), n)) for one in (drift, taken))
    sizes = np.array([len(steps) for steps in found])
    criterion = criterion_of(n, rss, sizes, parameters, search.floor) + noises.log_determinant
    criterion += search.price * sizes + (DRIFT_PRICE * degree + ground.columns) * np.log(n)
    return [
        Draft(
            criterion=float(criterion[k]),
            phi=float(phi),
            steps=found[k],
            drift=drift[k],
            taken=taken[k],
            ground=ground,
        )
        for k, phi in enumerate(phis)
    ]


def _whole(draft: Draft, search: Search) -> StepFit:
    """A draft with all that later stages need."""
    ground, noise = draft.ground, search.memories.noise(draft.phi)
    return StepFit(
        whitened=Whitened(ground.values - draft.taken, noise),
        steps=draft.steps,
        season=ground.season,
        drift=draft.drift,
        smooth=noise.whiten(ground.powers),
        columns=ground.columns,
        parameters=1 + (draft.phi > 0) + ground.powers.shape[1] + ground.columns,
        floor=search.floor,
    )
