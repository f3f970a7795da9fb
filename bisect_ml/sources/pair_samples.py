"""Order statistics of the populations, from the rows themselves or (too many of them) a sample."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.database import Database, literal
from bisect_ml.sources.pair_cells import Population
from bisect_ml.types import FloatArray

MAX_SAMPLED = 1_000_000
# Dense near the median, where intervals of large samples end; the farthest serve the small ones.
OFFSETS = (
    0.0002, 0.0005, 0.001, 0.002, 0.004, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25,
    0.3, 0.4, 0.5,
)  # fmt: skip
LEVELS: FloatArray = np.array(
    [0.5 - one for one in reversed(OFFSETS)] + [0.5] + [0.5 + one for one in OFFSETS]
)
SIZES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideOrder:
    """The quantiles of one side at `LEVELS`, and how many values they are from."""

    quantiles: FloatArray
    sampled: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairOrder:
    """Order statistics of the pairs of one population; see `PairTally`."""

    base: SideOrder
    head: SideOrder
    correlation: float
    sizes: Mapping[str, float]
    ratios: tuple[float, float, float] | None


def make_codes(database: Database, populations: Sequence[Population], slices: int) -> tuple[str, ...]:
    """Return an SQL expression per slice column: the place of the value in the populations, or -1."""
    columns = []
    for at in range(slices):
        values = _values(populations, at)
        if not values:
            columns.append("-1")
            continue
        database.run(f"CREATE OR REPLACE TYPE values{at} AS ENUM ({', '.join(map(literal, values))})")
        columns.append(f"coalesce(enum_code(TRY_CAST(s{at} AS values{at}))::INTEGER, -1)")
    return tuple(columns)


def order_side(
    database: Database,
    relation: str,
    populations: Sequence[Population],
    codes: Sequence[str],
) -> Mapping[Population, SideOrder]:
    """Return the order statistics of the values `p` of a relation, population by population."""
    listed = "".join(f", {sql} AS s{at}" for at, sql in enumerate(codes))
    found = database.arrays(
        f"SELECT p{listed} FROM {relation} WHERE p IS NOT NULL "
        f"USING SAMPLE reservoir({MAX_SAMPLED} ROWS) REPEATABLE (7)"
    )
    return {one: _order(found["p"][rows]) for one, rows in _split(found, populations, len(codes))}


def order_pairs(
    database: Database,
    relation: str,
    populations: Sequence[Population],
    codes: Sequence[str],
    moved: str,
) -> Mapping[Population, PairOrder]:
    """Return the order statistics of pairs with a value on both sides, population by population.

    Args:
        database: Where the relation is.
        relation: Pairs with the columns `b`, `h` and `s0` …: all of them, or a sample.
        populations: Which populations are wanted.
        codes: What `make_codes` gave.
        moved: The SQL condition that a pair moved.
    """
    listed = "".join(f", {sql} AS s{at}" for at, sql in enumerate(codes))
    found = database.arrays(
        f"SELECT b, h, {moved} AS moved{listed} FROM {relation} WHERE b IS NOT NULL AND h IS NOT NULL"
    )
    base, head = found["b"].astype(float), found["h"].astype(float)
    moved_rows = found["moved"].astype(bool)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sizes = np.where(base == head, 0.0, np.abs(head - base) / np.abs(base))
        ratios = np.where(moved_rows & (base != 0), head / base, np.nan)
    return {
        one: _order_pairs(base[rows], head[rows], sizes[rows], ratios[rows])
        for one, rows in _split(found, populations, len(codes))
    }


def _order_pairs(base: FloatArray, head: FloatArray, sizes: FloatArray, ratios: FloatArray) -> PairOrder:
    moved = ratios[~np.isnan(ratios)]
    quartiles = np.quantile(moved, (0.25, 0.5, 0.75)) if len(moved) else None
    by_base, by_head = _order(base), _order(head)
    middle = len(LEVELS) // 2
    low = (base <= by_base.quantiles[middle]).astype(float), (head <= by_head.quantiles[middle]).astype(float)
    spread = float(low[0].std() * low[1].std()) if len(base) else 0.0
    together = float((low[0] * low[1]).mean() - low[0].mean() * low[1].mean()) if spread else 0.0
    ordered = np.sort(sizes)
    return PairOrder(
        base=by_base,
        head=by_head,
        correlation=together / spread if spread else 0.0,
        sizes={name: _at(ordered, level) for name, level in SIZES.items()},
        ratios=(float(quartiles[0]), float(quartiles[1]), float(quartiles[2]))
        if quartiles is not None
        else None,
    )


def _at(ordered: FloatArray, level: float) -> float:
    # A value that is there, not one in between: infinite ones are among them.
    return float(ordered[int(level * (len(ordered) - 1))]) if len(ordered) else float("nan")


def _order(values: NDArray[Any]) -> SideOrder:
    if not len(values):
        return SideOrder(quantiles=np.full(len(LEVELS), np.nan), sampled=0)
    ordered = np.sort(values.astype(float))
    places = LEVELS.clip(0, 1) * (len(ordered) - 1)
    quantiles = np.interp(places, np.arange(len(ordered)), ordered)
    return SideOrder(quantiles=quantiles, sampled=len(ordered))


def _split(
    found: Mapping[str, NDArray[Any]], populations: Sequence[Population], slices: int
) -> Iterator[tuple[Population, Any]]:
    """Yield each population with the places of its rows."""
    yield None, slice(None)
    for at in range(slices):
        values = _values(populations, at)
        if not values:
            continue
        codes = found[f"s{at}"].astype(np.intp)
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], np.arange(len(values) + 1))
        for place, value in enumerate(values):
            yield (at, value), order[ends[place] : ends[place + 1]]


def _values(populations: Sequence[Population], at: int) -> tuple[str, ...]:
    return tuple(one[1] for one in populations if one is not None and one[0] == at)
