"""The best steps of a series without season, for some noise coefficients, beside a drift of one degree."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bisect_ml.change_points.beside import profile_beside
from bisect_ml.change_points.candidates import candidate_steps
from bisect_ml.change_points.noises import Memories, Noises, WhitenedByEach
from bisect_ml.change_points.observed import IntArray
from bisect_ml.change_points.partition import criterion_of
from bisect_ml.change_points.whitening import Whitened
from bisect_ml.types import FloatArray

PHIS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.95)
LARGEST_PHI = 0.99
DRIFT_PASSES = 2
DRIFT_PRICE = 1.5  # in log n, a degree
OUT_OF_REACH = 3  # steps, by whose price a coefficient may lag to be fitted again: none of 2,000 caught up
LESS_MEMORY = 2  # smaller noise coefficients that are tried with each step that a drift has drawn in
MORE_MEMORY = 4  # larger ones that are tried without a step that stood in for memory


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """What the fits of one series have in common.

    `price` is that of a step in units of n log(variance), `min_size` the fewest points of a segment, `floor`
    the least noise variance, `phis` the noise coefficients to try first, `most_hidden` how many steps a drift
    may have drawn in.
    """

    memories: Memories
    price: float
    min_size: int
    floor: float
    phis: tuple[float, ...] = PHIS
    most_hidden: int = 0


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


def by_criterion(draft: Draft) -> float:
    """What drafts are compared by: less is better."""
    return draft.criterion


def without_drift(values: FloatArray, season: FloatArray, columns: int, search: Search) -> Ground:
    """What is left of a series without a season of some columns."""
    return Ground(
        values=values,
        season=season,
        columns=columns,
        powers=np.zeros((len(values), 0)),
        drift=np.zeros_like(values),
        candidates=candidate_steps(values, search.min_size),
    )


def with_drift(ground: Ground, degree: int, search: Search) -> Ground:
    """The same series beside a polynomial drift of one degree."""
    values = ground.values
    u = np.linspace(-1, 1, len(values))
    powers = np.vstack([u**k for k in range(1, degree + 1)]).T
    drift = powers @ np.polynomial.polynomial.polyfit(u, values, degree)[1:]
    candidates = candidate_steps(values - drift, search.min_size)
    return replace(ground, powers=powers, drift=drift, candidates=candidates)


def between(best: Draft, search: Search) -> list[Draft]:
    """Fits for the coefficients halfway from that of the best point of the grid to its neighbours."""
    grid = [*search.phis, LARGEST_PHI]
    near = search.phis.index(best.phi)
    halves = [(grid[near] + grid[k]) / 2 for k in (near - 1, near + 1) if 0 <= k < len(grid)]
    return fit_noises(best.ground, halves, search)


def in_reach(drafts: list[Draft], criterion: float, search: Search) -> list[Draft]:
    """The drafts that another pass could bring below a criterion."""
    return [one for one in drafts if one.criterion <= criterion + OUT_OF_REACH * search.price]


def fit_noises(ground: Ground, phis: Sequence[float], search: Search, known: float = np.inf) -> list[Draft]:
    """The best steps under each of some noise coefficients, drift and steps in turn.

    Those that have no chance against the best of them, or a criterion that is `known`, are left out.
    """
    degree = ground.powers.shape[1]
    drafts = _fit_once(ground, phis, ground.drift[None], search)
    for _ in range(1, DRIFT_PASSES if degree else 1):
        drafts = in_reach(drafts, min(known, *map(by_criterion, drafts)), search)
        if drafts:
            drift = np.array([one.drift for one in drafts])
            drafts = _fit_once(ground, [one.phi for one in drafts], drift, search)
    return drafts


def _fit_once(ground: Ground, phis: Sequence[float], taken: FloatArray, search: Search) -> list[Draft]:
    """The best steps beside drifts (a row for each noise coefficient, or one for all); the drifts anew."""
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
    criterion = _criteria(ground, noises, found, rss, search)
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


def _criteria(
    ground: Ground, noises: Noises, found: list[list[int]], rss: FloatArray, search: Search
) -> FloatArray:
    """The penalised likelihood for each noise, of its own steps and sum of squares."""
    n, degree = ground.powers.shape
    sizes = np.array([len(steps) for steps in found])
    parameters = 1 + (noises.phi > 0) + degree + ground.columns
    criterion = criterion_of(n, rss, sizes, parameters, search.floor) + noises.log_determinant
    criterion += search.price * sizes + (DRIFT_PRICE * degree + ground.columns) * np.log(n)
    return np.asarray(criterion)


def with_hidden_steps(draft: Draft, search: Search) -> Draft:
    """The same with the steps that its drift has drawn in, and without those that stood in for its bends.

    Each is weighed with the drift fitted to it anew. A hidden step passes for memory too, and memory for a
    step: less of it is tried with each that is found, more without each that is dropped.
    """
    if not search.most_hidden:
        return draft
    draft = min([draft, _with_steps(draft, draft.steps, search.phis, search)], key=by_criterion)
    for _ in range(search.most_hidden):
        more = _with_one_more(draft, search)
        if more.criterion >= draft.criterion:
            break
        draft = more
    while draft.steps:
        less = _without_weakest(draft, search)
        if less.criterion >= draft.criterion:
            break
        draft = less
    return draft


def _with_one_more(draft: Draft, search: Search) -> Draft:
    """The same with the step that saves most, found with the drift fitted to every place."""
    noise = search.memories.noise(draft.phi)
    whitened = Whitened(draft.ground.values - draft.drift, noise)
    cost, _ = profile_beside(whitened, draft.steps, noise.whiten(draft.ground.powers))
    for edge in (0, *draft.steps, len(whitened)):
        cost[max(edge - search.min_size + 1, 0) : edge + search.min_size] = np.inf
    steps = sorted([*draft.steps, int(cost.argmin())])
    phis = [draft.phi, *[phi for phi in search.phis if phi < draft.phi][-LESS_MEMORY:]]
    return _with_steps(draft, steps, phis, search)


def _without_weakest(draft: Draft, search: Search) -> Draft:
    """The same without the step that saves least beside the drift."""
    noise = search.memories.noise(draft.phi)
    whitened = Whitened(draft.ground.values - draft.drift, noise)
    savings = whitened.levels_beside(draft.steps, noise.whiten(draft.ground.powers))[2]
    weakest = int(savings.argmin())
    phis = [draft.phi, *[phi for phi in search.phis if phi > draft.phi][:MORE_MEMORY]]
    return _with_steps(draft, draft.steps[:weakest] + draft.steps[weakest + 1 :], phis, search)


def _with_steps(draft: Draft, steps: list[int], phis: Sequence[float], search: Search) -> Draft:
    """The same with given steps, for the best of some noise coefficients."""
    ground, noises = draft.ground, search.memories.noises(phis)
    found = [steps] * len(phis)
    rss, more = WhitenedByEach(ground.values - draft.drift, noises).sums_beside(found, ground.powers)
    criteria = _criteria(ground, noises, found, rss, search)
    best = int(criteria.argmin())
    drift = draft.drift + ground.powers @ more[best]
    return replace(
        draft, criterion=float(criteria[best]), phi=phis[best], steps=steps, drift=drift, taken=drift
    )
