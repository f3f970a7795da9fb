"""Rows that depend on one another: what the totals of their groups say of the errors.

The variances of a tally then are those of the linearised means times the number of values (the cluster-robust
ones of a survey), and shares get a design effect: how many times the variance of independent rows they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bisect_ml.sources.database import Database
from bisect_ml.sources.pair_cells import Grouping, Population, Sums, sum_groups
from bisect_ml.tallies import SideTally, Tally

# Products of the totals of a group that the errors are made of.
PRODUCTS = (
    "ff", "bf", "bb", "df", "dd", "bd", "nn", "yy", "yn", "mm", "mn", "cc", "cx", "xx",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTotals:
    """SQL expressions of what a group's rows add up to.

    `values` counts those with a value, `base` and `change` are sums over them, `nulls` is the missing ones
    (or, of pairs, the nulls gained less the nulls lost), `moved` and `flipped` count rows, `classed` those
    that have a class.
    """

    values: str
    base: str = "0"
    change: str = "0"
    nulls: str = "0"
    moved: str = "0"
    flipped: str = "0"
    classed: str = "0"


def sum_clusters(
    database: Database, relation: str, slices: int, totals: GroupTotals
) -> Mapping[Population, Sums]:
    """Return the sums over the groups (column `g`) of the products of their totals, per population."""
    inner = {
        "n": "count(*)",
        "f": totals.values,
        "b": totals.base,
        "d": totals.change,
        "y": totals.nulls,
        "m": totals.moved,
        "c": totals.flipped,
        "x": totals.classed,
    }
    grouping = Grouping(slices=slices, together=False)
    outer = {product: f"sum({product[0]}::DOUBLE * {product[1]})" for product in PRODUCTS}
    outer |= {f"sum_{name}": f"sum({name})::DOUBLE" for name in inner if name != "n"}
    return sum_groups(database, relation, grouping, inner, outer | {"rows": "sum(n)::DOUBLE"})


def clustered_pair(tally: Tally, sums: Sums) -> Tally:
    """Return the tally of pairs with the errors that its groups show."""
    pair, groups = tally.pair, sums["n"]
    if pair is None or groups < 2:
        return replace(tally, base=replace(tally.base, units=1), head=replace(tally.head, units=1))
    values = max(sums["sum_f"], 1.0)
    mean, change = sums["sum_b"] / values, sums["sum_d"] / values
    more = groups / (groups - 1) / values
    base = more * (sums["bb"] - 2 * mean * sums["bf"] + mean**2 * sums["ff"])
    spread = more * (sums["dd"] - 2 * change * sums["df"] + change**2 * sums["ff"])
    shared = more * (sums["bd"] - mean * sums["df"] - change * sums["bf"] + mean * change * sums["ff"])
    base, spread = max(base, 0.0), max(spread, 0.0)
    head = max(base + 2 * shared + spread, 0.0)
    design = {
        "mean": max(_times(base, tally.base.variance), _times(head, tally.head.variance)),
        "null_rate": _design(sums, "y", "n", "rows", pair.value_to_null + pair.null_to_value),
        "rows": _design(sums, "m", "n", "rows", pair.moved),
        "flips": _design(sums, "c", "x", "sum_x", round(sums["sum_c"])),
    }
    return replace(
        tally,
        base=replace(tally.base, variance=base, units=int(groups)),
        head=replace(tally.head, variance=head, units=int(groups)),
        pair=replace(pair, covariance=base + shared, difference_variance=spread),
        design=design | {"share": design["flips"]},
    )


def clustered_side(side: SideTally, sums: Sums) -> tuple[SideTally, Mapping[str, float]]:
    """Return one side of unpaired rows with the errors that its groups show, and its design effects.

    That of class shares is the largest there can be: as if all rows of a group had one class.
    """
    groups = sums["n"]
    if groups < 2:
        return replace(side, units=1), {}
    values = max(sums["sum_f"], 1.0)
    mean = sums["sum_b"] / values
    variance = groups / (groups - 1) / values * (
        sums["bb"] - 2 * mean * sums["bf"] + mean**2 * sums["ff"]
    )  # fmt: skip
    design = {
        "mean": _times(max(variance, 0.0), side.variance),
        "null_rate": _design(sums, "y", "n", "rows", side.rows - side.filled),
        "share": max(sums["nn"] / max(sums["rows"], 1.0), 1.0),
    }
    return replace(side, variance=max(variance, 0.0), units=int(groups)), design


def worst_design(designs: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Return the larger design effect of the sides."""
    names = {name for one in designs for name in one}
    return {name: max(one.get(name, 1.0) for one in designs) for name in names}


def _times(variance: float, independent: float) -> float:
    return max(variance / independent, 1.0) if independent > 0 else 1.0


def _design(sums: Sums, hits: str, size: str, rows_name: str, seen: int) -> float:
    """How many times the variance of independent rows a share has; the most it can be where none was seen."""
    rows, groups = sums[rows_name], sums["n"]
    if rows < 1:
        return 1.0
    if not seen:
        return max(rows / groups, 1.0)
    sizes = sums["nn" if size == "n" else "xx"]
    share = sums[f"sum_{hits}"] / rows
    crossed = sums[f"{hits}{size}"]
    variance = sums[hits * 2] - 2 * share * crossed + share**2 * sizes
    independent = seen - rows * share**2
    return max(variance * groups / (groups - 1) / independent, 1.0) if independent > 0 else 1.0
