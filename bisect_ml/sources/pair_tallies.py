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
# Up to here the pairs are written down, because several passes read them; of more, a sample is.
HELD_PAIRS = 1_000_000
SAMPLED_PAIRS = 500_000
# What the bits of a pair's code say, the lowest first.
FLAGS = ("base_filled", "head_filled", "both", "moved", "changed", "signs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the two relations hold, and how their rows are to be counted.

    `base_lacks` and `head_lacks` are the slice columns that one side does not have.
    """

    kind: PredictionKind
    slices: tuple[str, ...]
    keys: int
    grouping: Grouping
    threshold: float | None
    row_tolerance: float
    base_lacks: tuple[str, ...] = ()
    head_lacks: tuple[str, ...] = ()

    def key_columns(self, side: str = "") -> str:
        """Write the key columns, behind a prefix such as `x.`."""
        return ", ".join(f"{side}k{at}" for at in range(self.keys))

    def check(self, side: str = "") -> str:
        """Write a number per key whose sum over the rows tells whether these are the same keys."""
        # 24 bits: sums of them stay exact in a float up to half a billion rows.
        return f"(hash({self.key_columns(side)}) >> 40)::BIGINT"

    @property
    def in_both(self) -> tuple[str, ...]:
        """The slice columns that both sides have."""
        return tuple(one for one in self.slices if one not in self.base_lacks + self.head_lacks)

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
    """One side as a whole: rows, values, values that are NaN or infinite, mean, mean size, least value.

    `check` is a sum over the keys, 0 without: where it is that of the pairs, each row has one partner.
    """

    rows: int
    filled: int
    odd: int
    mean: float
    mean_abs: float
    low: float
    check: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """The tallies, and what was seen on the way.

    `pairs` counts the rows that have a partner, and `one_to_one` says that each row of either side has one.
    `strays` maps a slice column to the share of the pairs whose two sides have different values in it.
    """

    tallies: tuple[Tally, ...] = ()
    pairs: int = 0
    one_to_one: bool = False
    strays: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def count_side(database: Database, relation: str, layout: Layout) -> SideFacts:
    """Count the rows of a relation."""
    check = f"sum({layout.check()})" if layout.keys else "0"
    rows, filled, odd, mean, mean_abs, low, check = database.row(
        f"SELECT count(*), count({layout.value}), count(*) FILTER (odd), avg(p), avg(abs(p)), min(p), "
        f"{check} FROM {relation}"
    )
    return SideFacts(
        rows=rows,
        filled=filled,
        odd=odd,
        mean=mean or 0.0,
        mean_abs=mean_abs or 0.0,
        low=low or 0.0,
        check=int(check or 0),
    )


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
    return Counted(
        tallies=tallies, warnings=(_sampled_warning(MAX_SAMPLED, "rows of each side"),) if sampled else ()
    )


def _sum_side(database: Database, side: str, layout: Layout, centre: float) -> Mapping[Population, Sums]:
    value = f"(p - {centre!r})"
    sums = {
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
    most = max(base.rows, head.rows)
    pairs, sample = _pairs_sql(layout, None), "pairs"
    if most <= HELD_PAIRS:
        database.run(f"CREATE TEMP TABLE pairs AS FROM {pairs}")
        pairs = "pairs"
    else:
        sample = "some_pairs"
        share = SAMPLED_PAIRS / most
        database.run(f"CREATE TEMP TABLE {sample} AS FROM {_pairs_sql(layout, share)}")
    sizes = [one.mean_abs for one in (base, head) if one.mean_abs > 0]
    typical, centre = min(sizes, default=0.0), base.mean
    moved = _moved(layout, typical)
    found = sum_cells(
        database,
        _coded_sql(layout, pairs, moved, typical, centre),
        layout.grouping,
        _pair_sums(layout, signed=min(base.low, head.low) < 0),
        FLAGS,
    )
    populations = tuple(found)
    orders: Mapping[Population, PairOrder] = {}
    if layout.kind == "numeric":
        codes = make_codes(database, populations, len(layout.slices))
        orders = order_pairs(database, sample, populations, codes, moved)
    flips: Mapping[Population, Mapping[tuple[str, ...], int]] = {}
    if layout.class_of("") is not None:
        flips = count_classes(
            database, pairs, layout.grouping, ("bc", "hc"), populations, "bc IS NOT NULL AND hc IS NOT NULL"
        )
    matched = int(found[None]["n"])
    sampled = sample != "pairs" and layout.kind == "numeric"
    return Counted(
        tallies=tuple(
            _paired(layout, one, sums, orders.get(one), flips.get(one, {}), centre)
            for one, sums in found.items()
        ),
        pairs=matched,
        one_to_one=matched == base.rows == head.rows and found[None]["x"] == base.check == head.check,
        strays=_strays(database, layout, sample),
        warnings=(_sampled_warning(SAMPLED_PAIRS, "pairs"),) if sampled else (),
    )


def _sampled_warning(rows: int, what: str) -> str:
    return f"medians and quantiles are from a sample of about {rows:,} {what}; means and shares from all"


def _strays(database: Database, layout: Layout, sample: str) -> Mapping[str, float]:
    if not layout.in_both:
        return {}
    listed = ", ".join(
        f"avg(coalesce(s{at} <> other{at}, s{at} IS NULL <> other{at} IS NULL)::INT)"
        for at, name in enumerate(layout.slices)
        if name in layout.in_both
    )
    shares = database.row(f"SELECT {listed} FROM {sample}")
    return {name: share or 0.0 for name, share in zip(layout.in_both, shares, strict=True)}


def _pairs_sql(layout: Layout, share: float | None) -> str:
    """Write the join of all rows, or of a share of the keys."""
    alike = " AND ".join(f"x.k{at} = y.k{at}" for at in range(layout.keys))
    written = [layout.class_of("x."), layout.class_of("y.")]
    classes = "" if written[0] is None else f", {written[0]} AS bc, {written[1]} AS hc"
    # The slices of one side only: the other's would make the join's table larger than the predictions.
    slices = "".join(
        f", {'y' if name in layout.base_lacks else 'x'}.s{at} AS s{at}"
        for at, name in enumerate(layout.slices)
    )
    others = "".join(f", y.s{at} AS other{at}" for at in range(len(layout.slices)))
    sides = ["base", "head"]
    if share is not None:
        # Of the hash, other bits than those that the sum of keys takes.
        condition = f"hash({layout.key_columns()}) % 1000000 < {math.ceil(share * 1_000_000)}"
        sides = [f"(FROM {side} WHERE {condition})" for side in sides]
    given = f"x.{layout.value} IS NOT NULL AS bv, y.{layout.value} IS NOT NULL AS hv"
    return (
        f"(SELECT x.p AS b, y.p AS h, {given}{classes}{slices}{others}, {layout.check('x.')} AS x "
        f"FROM {sides[0]} AS x JOIN {sides[1]} AS y ON {alike})"
    )


def _moved(layout: Layout, typical: float) -> str:
    if layout.kind != "numeric":
        return "(bv <> hv OR (bv AND hv AND bc <> hc))"
    size = f"greatest(abs(b), abs(h), {SMALL * typical!r})"
    return f"coalesce(abs(h - b) > {layout.row_tolerance!r} * {size}, bv <> hv)"


def _coded_sql(layout: Layout, pairs: str, moved: str, typical: float, centre: float) -> str:
    """Write the pairs with their flags as one number, the change `d`, and the base beside its centre."""
    flags = ["bv", "hv", "(bv AND hv)", moved]
    numbers = ""
    if layout.kind == "numeric":
        rounding = f"greatest({ROUNDING!r} * greatest(abs(b), abs(h)), {TYPICAL_ROUNDING * typical!r})"
        flags += [f"coalesce(abs(h - b) > {rounding}, bv <> hv)", "coalesce(b * h < 0, FALSE)"]
        numbers = (
            ", h - b AS d, CASE WHEN hv THEN b END AS whole, CASE WHEN bv THEN h END AS h"
            f", CASE WHEN hv THEN b - {centre!r} END AS b"
        )
    else:
        flags += [moved]
    code = " + ".join(f"{2**place} * {flag}::UTINYINT" for place, flag in enumerate(flags))
    slices = "".join(f", {column}" for column in layout.grouping.columns)
    return f"(SELECT ({code})::UTINYINT AS code, x{numbers}{slices} FROM {pairs})"


def _pair_sums(layout: Layout, *, signed: bool) -> dict[str, str]:
    sums = {"x": "sum(x)"}
    if layout.kind != "numeric":
        return sums
    size = "CASE WHEN d = 0 THEN 0 WHEN whole = 0 THEN 'inf'::DOUBLE ELSE abs(d / whole) END"
    sums |= {
        "max_size": f"max({size})",
        "b": "sum(b)",
        "bb": "sum(b * b)",
        "d": "sum(d)",
        "dd": "sum(d * d)",
        "bd": "sum(b * d)",
    }
    # Without negative values the mean size is the mean.
    return sums | {"base_size": "sum(abs(whole))", "head_size": "sum(abs(h))"} if signed else sums


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
        mean_abs=sums.get("base_size", sums["b"] + both * centre) / both if numbers and both else math.nan,
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
        mean_abs=sums.get("head_size", sums["b"] + both * centre + sums["d"]) / both
        if numbers and both
        else math.nan,
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
        signs=int(sums.get("signs", 0)),
        median_correlation=order.correlation if order else 0.0,
        sizes=sizes,
        ratios=order.ratios if order else None,
        flips={(before, after): rows for (before, after), rows in flips.items()},
    )
    return Tally(slice=_slice(layout, population), base=base, head=head, pair=pair)


def _slice(layout: Layout, population: Population) -> Slice | None:
    return None if population is None else Slice(column=layout.slices[population[0]], value=population[1])
