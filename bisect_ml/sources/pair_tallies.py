"""The tallies of two relations `base` and `head`, paired by their key columns or not."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bisect_ml.sources.database import Database
from bisect_ml.sources.pair_cells import Grouping, Population, Sums, count_classes, sum_cells
from bisect_ml.sources.pair_samples import (
    MAX_SAMPLED,
    PairOrder,
    SideOrder,
    make_codes,
    order_pairs,
    order_side,
)
from bisect_ml.tallies import PairTally, SideTally, Tally
from bisect_ml.types import PredictionKind, Slice

# What rounding leaves of equal numbers, relative to their size and (near zero) to the typical size.
ROUNDING = 1e-6
TYPICAL_ROUNDING = 1e-9
# Below this part of the typical size a difference is held against that part, not against the value.
SMALL = 0.1
# Up to here the pairs are written down, because several passes read them.
HELD_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the two relations hold, and how their rows are to be counted."""

    kind: PredictionKind
    slices: tuple[str, ...]
    keys: int
    grouping: Grouping
    threshold: float | None
    row_tolerance: float

    @property
    def value(self) -> str:
        """The column that is NULL where the prediction is missing."""
        return "c" if self.kind == "label" else "p"

    def class_of(self, column: str) -> str | None:
        """Write the class of a prediction, None where predictions have no classes.

        Args:
            column: Prefix of the columns `p` and `c`, such as `x.`.
        """
        if self.kind != "numeric":
            return f"{column}c"
        if self.threshold is None:
            return None
        at = f"{self.threshold:.17g}"
        short = f"{self.threshold:g}"
        return (
            f"CASE WHEN {column}p IS NULL THEN NULL WHEN {column}p >= {at} THEN '>={short}' "
            f"ELSE '<{short}' END"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFacts:
    """One side as a whole: rows, values, values that are NaN or infinite, mean, mean size of a value."""

    rows: int
    filled: int
    odd: int
    mean: float
    mean_abs: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """The tallies, and what was seen on the way.

    `pairs` counts the rows that have a partner; `strays` maps a slice column to the pairs whose two sides
    have different values in it.
    """

    tallies: tuple[Tally, ...] = ()
    pairs: int = 0
    strays: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def count_side(database: Database, relation: str, kind: PredictionKind) -> SideFacts:
    """Count the rows of a relation."""
    value = "c" if kind == "label" else "p"
    rows, filled, odd, mean, mean_abs = database.row(
        f"SELECT count(*), count({value}), count(*) FILTER (odd), avg(p), avg(abs(p)) FROM {relation}"
    )
    return SideFacts(rows=rows, filled=filled, odd=odd, mean=mean or 0.0, mean_abs=mean_abs or 0.0)


def tally_unpaired(database: Database, layout: Layout, base: SideFacts, head: SideFacts) -> Counted:
    """Tally the populations of two sides whose rows have nothing to do with one another."""
    centre = base.mean
    found = [_sum_side(database, side, layout, centre) for side in ("base", "head")]
    # Slices in the order of the base, then those that only the head has.
    populations = tuple(dict.fromkeys((*found[0], *found[1])))
    codes = make_codes(database, populations, len(layout.slices))
    orders: list[Mapping[Population, SideOrder]] = [{}, {}]
    if layout.kind == "numeric":
        orders = [order_side(database, side, populations, codes) for side in ("base", "head")]
    classes = [_classes(database, side, layout, populations) for side in ("base", "head")]
    sides = [
        {
            one: _side(sums[one], counts.get(one, {}), order.get(one), centre)
            for one in populations
            if one in sums
        }
        for sums, order, counts in zip(found, orders, classes, strict=True)
    ]
    nothing = SideTally(rows=0, filled=0)
    tallies = tuple(
        Tally(slice=_slice(layout, one), base=sides[0].get(one, nothing), head=sides[1].get(one, nothing))
        for one in populations
    )
    sampled = max(base.filled, head.filled) > MAX_SAMPLED and layout.kind == "numeric"
    return Counted(tallies=tallies, warnings=(_sampled_warning("rows of each side"),) if sampled else ())


def _sum_side(database: Database, side: str, layout: Layout, centre: float) -> Mapping[Population, Sums]:
    value = f"(p - {centre!r})"
    sums = {
        "n": "count(*)",
        "filled": f"count({layout.value})",
        "s": f"sum({value})",
        "ss": f"sum({value} * {value})",
        "size": "sum(abs(p))",
    }
    return sum_cells(database, side, layout.grouping, sums)


def _classes(
    database: Database, side: str, layout: Layout, populations: Sequence[Population]
) -> Mapping[Population, Mapping[str, int]]:
    written = layout.class_of("")
    if written is None:
        return {}
    relation = f"(SELECT {written} AS class, * EXCLUDE (c) FROM {side})"
    found = count_classes(database, relation, layout.grouping, ("class",), populations, "class IS NOT NULL")
    return {one: {name: rows for (name,), rows in counts.items()} for one, counts in found.items()}


def _side(sums: Sums, classes: Mapping[str, int], order: SideOrder | None, centre: float) -> SideTally:
    values = int(sums["filled"])
    mean, variance = _moments(values, sums["s"], sums["ss"])
    return SideTally(
        rows=int(sums["n"]),
        filled=values,
        values=values,
        mean=centre + mean,
        variance=variance,
        mean_abs=sums["size"] / values if values else math.nan,
        quantiles=order.quantiles if order else None,
        sampled=order.sampled if order else 0,
        classes=classes,
    )


def _moments(count: int, total: float, squares: float) -> tuple[float, float]:
    if count < 1:
        return math.nan, math.nan
    mean = total / count
    return mean, max(squares - total * mean, 0.0) / (count - 1) if count > 1 else math.nan


def tally_paired(database: Database, layout: Layout, base: SideFacts, head: SideFacts) -> Counted:
    """Tally the populations of rows that are paired by their key; a pair has the slices of its base."""
    pairs = _pairs_sql(layout, "TRUE")
    if max(base.rows, head.rows) <= HELD_PAIRS:
        database.run(f"CREATE TEMP TABLE pairs AS FROM {pairs}")
        pairs = "pairs"
    sizes = [one.mean_abs for one in (base, head) if one.mean_abs > 0]
    typical, centre = min(sizes, default=0.0), base.mean
    moved = _moved(layout, typical)
    found = sum_cells(database, pairs, layout.grouping, _pair_sums(layout, moved, typical, centre))
    populations = tuple(found)
    codes = make_codes(database, populations, len(layout.slices))
    orders: Mapping[Population, PairOrder] = {}
    share = 1.0
    if layout.kind == "numeric":
        share = min(1.0, MAX_SAMPLED / max(found[None]["n"], 1.0))
        sample = pairs if share == 1.0 else _pairs_sql(layout, _one_in(layout, share))
        orders = order_pairs(database, sample, populations, codes, moved)
    flips: Mapping[Population, Mapping[tuple[str, ...], int]] = {}
    if layout.class_of("") is not None:
        flips = count_classes(
            database, pairs, layout.grouping, ("bc", "hc"), populations, "bc IS NOT NULL AND hc IS NOT NULL"
        )
    tallies = tuple(
        _paired(layout, one, sums, orders.get(one), flips.get(one, {}), centre) for one, sums in found.items()
    )
    return Counted(
        tallies=tallies,
        pairs=int(found[None]["n"]),
        strays={name: int(found[None][f"stray{at}"]) for at, name in enumerate(layout.slices)},
        warnings=(_sampled_warning("pairs"),) if share < 1.0 else (),
    )


def _sampled_warning(what: str) -> str:
    return f"medians and quantiles are from a sample of {MAX_SAMPLED:,} {what}; means and shares from all"


def _one_in(layout: Layout, share: float) -> str:
    keys = ", ".join(f"k{at}" for at in range(layout.keys))
    return f"hash({keys}) % 1000000 < {round(share * 1_000_000)}"


def _pairs_sql(layout: Layout, condition: str) -> str:
    """Write the join; the condition, which speaks of one side's keys, holds on both sides."""
    alike = " AND ".join(f"x.k{at} = y.k{at}" for at in range(layout.keys))
    written = [layout.class_of("x."), layout.class_of("y.")]
    classes = "" if written[0] is None else f", {written[0]} AS bc, {written[1]} AS hc"
    slices = "".join(
        f", coalesce(x.s{at}, y.s{at}) AS s{at}, x.s{at} <> y.s{at} AS stray{at}"
        for at in range(len(layout.slices))
    )
    sides = [side if condition == "TRUE" else f"(FROM {side} WHERE {condition})" for side in ("base", "head")]
    given = f"x.{layout.value} IS NOT NULL AS bv, y.{layout.value} IS NOT NULL AS hv"
    return (
        f"(SELECT x.p AS b, y.p AS h, {given}{classes}{slices} "
        f"FROM {sides[0]} AS x JOIN {sides[1]} AS y ON {alike})"
    )


def _moved(layout: Layout, typical: float) -> str:
    if layout.kind != "numeric":
        return "(bv <> hv OR (bv AND hv AND bc <> hc))"
    size = f"greatest(abs(b), abs(h), {SMALL * typical!r})"
    return f"(bv <> hv OR coalesce(abs(h - b) > {layout.row_tolerance!r} * {size}, FALSE))"


def _pair_sums(layout: Layout, moved: str, typical: float, centre: float) -> Mapping[str, str]:
    b, d = f"(b - {centre!r})", "(h - b)"
    both = "bv AND hv"
    sums = {
        "n": "count(*)",
        "base_filled": "count(*) FILTER (bv)",
        "head_filled": "count(*) FILTER (hv)",
        "both": f"count(*) FILTER ({both})",
        "moved": f"count(*) FILTER ({moved})",
        **{f"stray{at}": f"count(*) FILTER (stray{at})" for at in range(len(layout.slices))},
    }
    if layout.kind != "numeric":
        return sums | {"changed": sums["moved"]}
    rounding = f"greatest({ROUNDING!r} * greatest(abs(b), abs(h)), {TYPICAL_ROUNDING * typical!r})"
    size = "CASE WHEN h = b THEN 0 WHEN b = 0 THEN 'inf'::DOUBLE ELSE abs((h - b) / b) END"
    return sums | {
        "changed": f"count(*) FILTER (bv <> hv OR coalesce(abs(h - b) > {rounding}, FALSE))",
        "signs": "count(*) FILTER (b * h < 0)",
        "max_size": f"max({size})",
        "b": f"sum({b}) FILTER ({both})",
        "bb": f"sum({b} * {b}) FILTER ({both})",
        "d": f"sum({d})",
        "dd": f"sum({d} * {d})",
        "bd": f"sum({b} * {d})",
        "base_size": f"sum(abs(b)) FILTER ({both})",
        "head_size": f"sum(abs(h)) FILTER ({both})",
    }


def _paired(
    layout: Layout,
    population: Population,
    sums: Sums,
    order: PairOrder | None,
    flips: Mapping[tuple[str, ...], int],
    centre: float,
) -> Tally:
    both = int(sums["both"])
    numbers = layout.kind == "numeric"
    mean, variance = _moments(both, sums["b"], sums["bb"]) if numbers else (math.nan, math.nan)
    change, spread = _moments(both, sums["d"], sums["dd"]) if numbers else (math.nan, math.nan)
    shared = (sums["bd"] - sums["b"] * change) / (both - 1) if numbers and both > 1 else math.nan
    base_classes: dict[str, int] = {}
    head_classes: dict[str, int] = {}
    for (before, after), rows in flips.items():
        base_classes[before] = base_classes.get(before, 0) + rows
        head_classes[after] = head_classes.get(after, 0) + rows
    base = SideTally(
        rows=int(sums["n"]),
        filled=int(sums["base_filled"]),
        values=both,
        mean=centre + mean,
        variance=variance,
        mean_abs=sums["base_size"] / both if numbers and both else math.nan,
        quantiles=order.base.quantiles if order else None,
        sampled=order.base.sampled if order else 0,
        classes=base_classes,
    )
    head = SideTally(
        rows=int(sums["n"]),
        filled=int(sums["head_filled"]),
        values=both,
        mean=centre + mean + change,
        variance=max(variance + 2 * shared + spread, 0.0),
        mean_abs=sums["head_size"] / both if numbers and both else math.nan,
        quantiles=order.head.quantiles if order else None,
        sampled=order.head.sampled if order else 0,
        classes=head_classes,
    )
    sizes = {**order.sizes, "max": sums["max_size"]} if order else {}
    pair = PairTally(
        pairs=int(sums["n"]),
        value_to_null=int(sums["base_filled"]) - both,
        null_to_value=int(sums["head_filled"]) - both,
        covariance=variance + shared,
        difference_variance=spread,
        changed=int(sums["changed"]),
        moved=int(sums["moved"]),
        signs=int(sums["signs"]) if numbers else 0,
        median_correlation=order.correlation if order else 0.0,
        sizes=sizes,
        ratios=order.ratios if order else None,
        flips={(before, after): rows for (before, after), rows in flips.items()},
    )
    return Tally(slice=_slice(layout, population), base=base, head=head, pair=pair)


def _slice(layout: Layout, population: Population) -> Slice | None:
    return None if population is None else Slice(column=layout.slices[population[0]], value=population[1])
