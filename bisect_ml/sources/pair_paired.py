"""The tallies of two relations `base` and `head` whose rows are paired by their key columns."""

import math
from collections.abc import Mapping

from bisect_ml.sources.database import Database
from bisect_ml.sources.outputs import LARGEST
from bisect_ml.sources.pair_cells import Population, Sample, Sums, count_classes, sum_cells
from bisect_ml.sources.pair_clusters import GroupTotals, clustered_pair, sum_clusters
from bisect_ml.sources.pair_keys import Keys
from bisect_ml.sources.pair_layout import CHECKS, Counted, Layout, moments, sampled_warning, slice_of
from bisect_ml.sources.pair_samples import PairOrder, make_codes, order_pairs
from bisect_ml.tallies import PairTally, SideTally, Tally

# What rounding leaves of equal numbers, relative to their size and (near zero) to the typical size.
ROUNDING = 1e-6
TYPICAL_ROUNDING = 1e-9
# Below this part of the typical size a difference is held against that part, not against the value.
SMALL = 0.1
# Up to here the pairs are written down, because several passes read them; of more, a sample is.
HELD_PAIRS = 1_000_000
SAMPLED_PAIRS = 250_000
# What the bits of a pair's code say, the lowest first.
FLAGS = ("moved", "changed", "signs", "base_filled", "head_filled", "both")
# Added to what a difference is divided by: nothing beside any value but zero, from which a move is endless.
NEAR_ZERO = 1e-300
ENDLESS = 1e100


def tally_paired(database: Database, layout: Layout, keys: Keys) -> Counted:
    """Tally the populations of rows that are paired by their key; a pair has the slices of its base."""
    numeric = layout.kind == "numeric"
    most = max(keys.rows)
    pairs, sample = _pairs_sql(layout, odd=any(keys.odd)), None
    if most <= HELD_PAIRS:
        database.run(f"CREATE TEMP TABLE pairs AS FROM {pairs}")
        pairs = "pairs"
    elif numeric:
        share = math.ceil(SAMPLED_PAIRS / most * CHECKS)
        columns = {"b": "whole", "h": "h"}
        sample = Sample(table="some_pairs", condition=f"x < {share}", columns=columns)
    moved = _moved(layout, keys.typical)
    centre = keys.base.mean
    coded = _coded_sql(layout, pairs, moved, keys.typical, centre)
    numbers = _pair_sums(signed=keys.is_signed) if numeric else {}
    found = sum_cells(database, coded, layout.grouping, {"x": "sum(x)"}, FLAGS, {"both": numbers}, sample)
    populations = tuple(found)
    orders: Mapping[Population, PairOrder] = {}
    if numeric:
        codes = make_codes(database, populations, len(layout.slices))
        orders = order_pairs(database, sample.table if sample else pairs, populations, codes, moved)
    flips: Mapping[Population, Mapping[tuple[str, ...], int]] = {}
    if layout.classed:
        flips = count_classes(
            database, pairs, layout.grouping, ("bc", "hc"), populations, "bc IS NOT NULL AND hc IS NOT NULL"
        )
    tallies = {
        one: _paired(layout, one, sums, orders.get(one), flips.get(one, {}), centre)
        for one, sums in found.items()
    }
    if layout.grouped:
        clusters = sum_clusters(database, coded, len(layout.slices), _pair_totals(layout))
        tallies = {one: clustered_pair(tally, clusters[one]) for one, tally in tallies.items()}
    whole = found[None]
    matched = int(whole["n"])
    return Counted(
        tallies=tuple(tallies.values()),
        pairs=matched,
        odd=keys.odd,
        one_to_one=keys.rows == (matched, matched) and whole["x"] == keys.base.check == keys.head.check,
        strays=_strays(database, layout, "pairs" if pairs == "pairs" else "met"),
        warnings=(sampled_warning(SAMPLED_PAIRS, "pairs"),) if sample else (),
    )


def _pair_totals(layout: Layout) -> GroupTotals:
    both = "bv AND hv"
    lost, gained = "count(*) FILTER (bv AND NOT hv)", "count(*) FILTER (hv AND NOT bv)"
    moved = f"count(*) FILTER (code & {2 ** FLAGS.index('moved')} > 0)"
    numeric = layout.kind == "numeric"
    classed = layout.classed
    return GroupTotals(
        values=f"count(*) FILTER ({both})",
        base=f"coalesce(sum(b) FILTER ({both}), 0)" if numeric else "0",
        change="coalesce(sum(d), 0)" if numeric else "0",
        nulls=f"{lost} - {gained}",
        moved=moved,
        flipped=f"count(*) FILTER ({both} AND bc <> hc)" if classed else "0",
        classed=f"count(*) FILTER ({both})" if classed else "0",
    )


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


def _pairs_sql(layout: Layout, *, odd: bool) -> str:
    """Write the join; `odd` says that some predictions are no finite numbers."""
    alike = " AND ".join(f"x.k{at} = y.k{at}" for at in range(layout.keys))
    # The slices of one side only: the other's would make the join's table larger than the predictions.
    slices = "".join(
        f", {'y' if name in layout.base_lacks else 'x'}.s{at} AS s{at}"
        for at, name in enumerate(layout.slices)
    )
    others = "".join(f", y.s{at} AS other{at}" for at in range(len(layout.slices)))
    group = ", x.g AS g" if layout.grouped else ""
    predicted = f"x.v AS bp, y.v AS hp, x.c AS bl, y.c AS hl, {layout.check('x.')} AS x"
    joined = f"(SELECT {predicted}{slices}{others}{group} FROM base AS x JOIN head AS y ON {alike})"
    # What is no number is told apart after the join, which then has a column less to carry.
    numbers = ", ".join(
        f"CASE WHEN abs({side}p) < {LARGEST} THEN {side}p END AS {side}" if odd else f"{side}p AS {side}"
        for side in "bh"
    )
    value = "l" if layout.kind == "label" else ""
    given = ", ".join(
        f"{side}{value} IS NOT NULL AS {side}v, {layout.class_of(side, f'{side}l')} AS {side}c"
        for side in "bh"
    )
    return f"(SELECT *, {given} FROM (SELECT {numbers}, * FROM {joined}))"


def _moved(layout: Layout, typical: float) -> str:
    """Write whether a pair moved; NULL where a number is missing."""
    if layout.kind != "numeric":
        return "(bv <> hv OR (bv AND hv AND bc <> hc))"
    return f"(abs(h - b) > {layout.row_tolerance!r} * greatest(abs(b), abs(h), {SMALL * typical!r}))"


def _coded_sql(layout: Layout, pairs: str, moved: str, typical: float, centre: float) -> str:
    """Write the pairs with their flags as one number, the change `d`, and the base beside its centre."""
    if layout.kind == "numeric":
        rounding = f"greatest({ROUNDING!r} * greatest(abs(b), abs(h)), {TYPICAL_ROUNDING * typical!r})"
        three = f"{moved}::UTINYINT + 2 * (abs(h - b) > {rounding})::UTINYINT + 4 * (b * h < 0)::UTINYINT"
        # Most pairs are equal: what costs is asked of the others alone.
        three = f"CASE WHEN h = b THEN 0 ELSE coalesce({three}, 3 * (bv <> hv)::UTINYINT) END"
        numbers = f", h - b AS d, b AS whole, h, b - {centre!r} AS b, bv, hv"
    else:
        three, numbers = f"3 * {moved}::UTINYINT", ""
    code = f"{three} + 8 * bv::UTINYINT + 16 * hv::UTINYINT + 32 * (bv AND hv)::UTINYINT"
    if layout.grouped:
        numbers += ", g" if numbers else ", g, bv, hv"
        if layout.classed:
            numbers += ", bc, hc"
    slices = "".join(f", {column}" for column in layout.grouping.columns)
    return f"(SELECT ({code})::UTINYINT AS code, x{numbers}{slices} FROM {pairs})"


def _pair_sums(*, signed: bool) -> Mapping[str, str]:
    """Write the sums over pairs with a number on both sides."""
    sums = {
        "max_size": f"max(abs(d) / (abs(whole) + {NEAR_ZERO!r}))",
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
    mean, variance = moments(both, sums["b"], sums["bb"]) if numbers else (math.nan, math.nan)
    change, spread = moments(both, sums["d"], sums["dd"]) if numbers else (math.nan, math.nan)
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
    pair = _changes(sums, order, flips, covariance=variance + shared, spread=spread)
    return Tally(slice=slice_of(layout, population), base=base, head=head, pair=pair)


def _changes(
    sums: Sums,
    order: PairOrder | None,
    flips: Mapping[tuple[str, ...], int],
    *,
    covariance: float,
    spread: float,
) -> PairTally:
    both = int(sums["both"])
    sizes: Mapping[str, float] = {}
    if order:
        largest = sums["max_size"]
        sizes = {**order.sizes, "max": math.inf if largest > ENDLESS else largest}
    return PairTally(
        pairs=int(sums["n"]),
        value_to_null=int(sums["base_filled"]) - both,
        null_to_value=int(sums["head_filled"]) - both,
        covariance=covariance,
        difference_variance=spread,
        changed=int(sums["changed"]),
        moved=int(sums["moved"]),
        signs=int(sums.get("signs", 0)),
        median_correlation=order.correlation if order else 0.0,
        sizes=sizes,
        ratios=order.ratios if order else None,
        flips={(before, after): rows for (before, after), rows in flips.items()},
    )
