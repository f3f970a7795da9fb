"""The tallies of two relations `base` and `head` whose rows are not paired."""

import math
from collections.abc import Mapping, Sequence

from bisect_ml.sources.database import Database
from bisect_ml.sources.pair_cells import Population, Sums, count_classes, sum_cells
from bisect_ml.sources.pair_clusters import GroupTotals, clustered_side, sum_clusters, worst_design
from bisect_ml.sources.pair_layout import Counted, Layout, SideFacts, moments, sampled_warning, slice_of
from bisect_ml.sources.pair_samples import MAX_SAMPLED, SideOrder, make_codes, order_side
from bisect_ml.tallies import SideTally, Tally


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
    designs: list[dict[Population, Mapping[str, float]]] = [{}, {}]
    if layout.grouped:
        for tallied, design, side in zip(sides, designs, ("base", "head"), strict=True):
            clusters = sum_clusters(database, side, len(layout.slices), _totals(layout, centre))
            for one in tallied:
                tallied[one], design[one] = clustered_side(tallied[one], clusters[one])
    tallies = tuple(
        Tally(
            slice=slice_of(layout, one),
            base=sides[0].get(one, nothing),
            head=sides[1].get(one, nothing),
            design=worst_design([design.get(one, {}) for design in designs]),
        )
        for one in populations
    )
    sampled = max(base.filled, head.filled) > MAX_SAMPLED and layout.kind == "numeric"
    return Counted(
        tallies=tallies,
        odd=(base.odd, head.odd),
        warnings=(sampled_warning(MAX_SAMPLED, "rows of each side"),) if sampled else (),
    )


def _totals(layout: Layout, centre: float) -> GroupTotals:
    return GroupTotals(
        values=f"count({layout.value})",
        base=f"coalesce(sum(p - {centre!r}), 0)",
        nulls=f"count(*) - count({layout.value})",
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
    if not layout.classed:
        return {}
    relation = f"(SELECT {layout.class_of('p', 'c')} AS class, * EXCLUDE (c) FROM {side})"
    found = count_classes(database, relation, layout.grouping, ("class",), populations, "class IS NOT NULL")
    return {one: {name: rows for (name,), rows in counts.items()} for one, counts in found.items()}


def _side(sums: Sums, classes: Mapping[str, int], order: SideOrder | None, centre: float) -> SideTally:
    values = int(sums["filled"])
    mean, variance = moments(values, sums["s"], sums["ss"])
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
