"""Sums per population: all rows, and each value of each slice column, from one pass over the rows.

Where the slice columns together have few combinations, the pass groups by these and the sums are added up
afterwards: that is one grouping, not one for each column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bisect_ml.sources.database import Database

# A population is all rows (None), or a slice column's place and one of its values.
Population: TypeAlias = tuple[int, str] | None
Sums: TypeAlias = Mapping[str, float]

MAX_CELLS = 20_000
ROWS = {"n": "count(*)"}
NOTHING: Mapping[str, Mapping[str, str]] = {}
# Of a column with more values than that, the largest are kept.
MAX_VALUES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How to group by the columns `s0`, `s1` …: all together, or (too many combinations) one by one."""

    slices: int
    together: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The slice columns."""
        return tuple(f"s{at}" for at in range(self.slices))

    def sql(self, extra: Sequence[str]) -> str:
        """Write the GROUP BY clause, the extra columns grouped by in each set."""
        if self.together:
            return f"GROUP BY {', '.join((*self.columns, *extra))}" if self.columns or extra else ""
        sets = [(), *((column,) for column in self.columns)]
        listed = ", ".join(f"({', '.join((*one, *extra))})" for one in sets)
        return f"GROUP BY GROUPING SETS ({listed})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Rows that a pass sets aside in a table: those that fulfil an SQL condition.

    `columns` maps the names of the table's columns to SQL expressions; it gets the slice columns too.
    """

    table: str
    condition: str
    columns: Mapping[str, str]


def choose_grouping(
    database: Database, samples: Sequence[str], columns: Sequence[str], slices: int
) -> Grouping:
    """Decide by samples of the rows whether to take the slice columns together.

    Args:
        database: Where the samples are.
        samples: Tables with rows of each side.
        columns: The slice columns that these have, quoted.
        slices: How many slice columns there are.
    """
    if slices < 2 or not columns:
        return Grouping(slices=slices, together=slices < 2)
    cells = 1
    for sample in samples:
        listed = ", ".join(columns)
        rows, found, once = database.row(
            f"SELECT sum(n), count(*), count(*) FILTER (n = 1) FROM "
            f"(SELECT count(*) AS n FROM {sample} GROUP BY {listed})"
        )
        # Good and Turing: the share of unseen rows is that of the cells seen once.
        unseen = (once or 0) / max(rows or 0, 1)
        cells = max(cells, found) if unseen < 0.2 else MAX_CELLS + 1
    return Grouping(slices=slices, together=cells <= MAX_CELLS)


def sum_cells(
    database: Database,
    relation: str,
    grouping: Grouping,
    sums: Mapping[str, str],
    flags: Sequence[str] = (),
    flagged: Mapping[str, Mapping[str, str]] = NOTHING,
    sample: Sample | None = None,
) -> Mapping[Population, Sums]:
    """Return the sums of each population, of the rows (`n`) and of the flags among them.

    Args:
        database: Where the relation is.
        relation: What stands after FROM, with the slice columns.
        grouping: How to group.
        sums: Name to SQL expression of an aggregate that adds up over parts; names that begin with `max`
            hold the greatest instead.
        flags: Names of the bits of the column `code`, the lowest first: rows are counted by it in one go,
            which costs less than a condition in each count.
        flagged: Flag to sums over the rows that have it, which costs no condition either.
        sample: Rows to be set aside in the same pass.
    """
    listed = {**sums, **ROWS}
    for further in flagged.values():
        listed |= further
    extra = ("code",) if flags else ()
    if sample is None:
        found = dict(_query(database, relation, grouping, extra, listed, "TRUE"))
    else:
        found = dict(_query_and_sample(database, relation, grouping, extra, listed, sample))
    for place, flag in enumerate(flags):
        has = (found["code"].astype(int) >> place) & 1
        found[flag] = found["n"] * has
        for name in flagged.get(flag, ()):
            found[name] = np.where(has == 1, found[name].astype(float), np.nan)
    names = (*listed, *flags)
    return {
        population: {name: _joined(name, found[name][at]) for name in names}
        for population, at in _populations(found, grouping)
    }


def sum_groups(
    database: Database,
    relation: str,
    grouping: Grouping,
    inner: Mapping[str, str],
    outer: Mapping[str, str],
) -> Mapping[Population, Sums]:
    """Return sums over the groups (column `g`) of each population; `n` counts the groups.

    Args:
        database: Where the relation is.
        relation: What stands after FROM, with the slice columns and `g`.
        grouping: How to group, one column at a time.
        inner: Name to SQL aggregate over the rows of a group.
        outer: Name to SQL aggregate over the groups, of the inner names.
    """
    columns = grouping.columns
    members = f"grouping_id({', '.join(columns)})" if columns else "0"
    named = "".join(f", {column}" for column in columns)
    totals = ", ".join(f"{expression} AS {name}" for name, expression in inner.items())
    sets = ", ".join(f"({', '.join((*one, 'g'))})" for one in ((), *((column,) for column in columns)))
    found = database.arrays(
        f"SELECT members{named}, count(*) AS n, "
        f"{', '.join(f'{expression} AS {name}' for name, expression in outer.items())} FROM ("
        f"SELECT {members} AS members{named}, {totals} FROM {relation} GROUP BY GROUPING SETS ({sets})) "
        f"GROUP BY members{named}"
    )
    return {
        population: {name: _joined(name, found[name][at]) for name in (*outer, *ROWS)}
        for population, at in _populations(found, grouping)
    }


def count_classes(
    database: Database,
    relation: str,
    grouping: Grouping,
    extra: Sequence[str],
    populations: Sequence[Population],
    where: str,
) -> Mapping[Population, Mapping[tuple[str, ...], int]]:
    """Return how many rows of each population have each combination of the extra columns."""
    found = _query(database, relation, grouping, extra, ROWS, where)
    wanted = set(populations)
    counted: dict[Population, dict[tuple[str, ...], int]] = {one: {} for one in populations}
    for population, at in _populations(found, grouping):
        if population not in wanted:
            continue
        counts = counted[population]
        columns = [found[name][at] for name in extra]
        for *names, rows in zip(*columns, found["n"][at], strict=True):
            counts[tuple(names)] = counts.get(tuple(names), 0) + int(rows)
    return counted


def _query_and_sample(
    database: Database,
    relation: str,
    grouping: Grouping,
    extra: Sequence[str],
    sums: Mapping[str, str],
    sample: Sample,
) -> Mapping[str, NDArray[Any]]:
    # Where the cells tell the slices, the rows set aside need not carry them.
    apart = () if grouping.together else grouping.columns
    columns = {**sample.columns, **{name: name for name in apart}}
    row = f"struct_pack({', '.join(f'{name} := {value}' for name, value in columns.items())})"
    chosen = {"chosen": f"list({row}) FILTER ({sample.condition})"}
    database.run(f"CREATE TEMP TABLE cells AS {_sql(relation, grouping, extra, {**sums, **chosen}, 'TRUE')}")
    whole = "" if grouping.together else f"WHERE members = {2**grouping.slices - 1}"
    told = "".join(f", {name}" for name in grouping.columns if grouping.together)
    database.run(
        f"CREATE TEMP TABLE {sample.table} AS "
        f"SELECT one.*{told} FROM (SELECT unnest(chosen) AS one{told} FROM cells {whole})"
    )
    return database.arrays("SELECT * EXCLUDE (chosen) FROM cells")


def _query(
    database: Database,
    relation: str,
    grouping: Grouping,
    extra: Sequence[str],
    sums: Mapping[str, str],
    where: str,
) -> Mapping[str, NDArray[Any]]:
    return database.arrays(_sql(relation, grouping, extra, sums, where))


def _sql(relation: str, grouping: Grouping, extra: Sequence[str], sums: Mapping[str, str], where: str) -> str:
    listed = [f"{expression} AS {name}" for name, expression in sums.items()]
    columns = [*grouping.columns, *extra]
    if not grouping.together:
        columns.append(f"grouping_id({', '.join(grouping.columns)}) AS members")
    return f"SELECT {', '.join((*columns, *listed))} FROM {relation} WHERE {where} {grouping.sql(extra)}"


def _populations(
    found: Mapping[str, NDArray[Any]], grouping: Grouping
) -> list[tuple[Population, NDArray[np.intp]]]:
    """The populations, and the places of the cells of each."""
    places = np.arange(len(found["n"]))
    kept: list[tuple[Population, NDArray[np.intp]]] = []
    total = 2**grouping.slices - 1
    whole = places if grouping.together else places[found["members"] == total]
    kept.append((None, whole))
    for at, column in enumerate(grouping.columns):
        mine = (
            places
            if grouping.together
            else places[found["members"] == total - 2 ** (grouping.slices - 1 - at)]
        )
        mine = mine[[value is not None for value in found[column][mine]]]
        if not len(mine):
            continue
        values, codes = np.unique(found[column][mine].astype(str), return_inverse=True)
        rows = np.bincount(codes, weights=found["n"][mine].astype(float))
        order = np.argsort(codes, kind="stable")
        parts = np.split(mine[order], np.flatnonzero(np.diff(codes[order])) + 1)
        largest = np.lexsort((np.arange(len(values)), -rows))[:MAX_VALUES]
        kept.extend(((at, str(values[one])), parts[one]) for one in largest)
    return kept


def _joined(name: str, values: NDArray[Any]) -> float:
    numbers = values.astype(float)
    there = numbers[~np.isnan(numbers)]
    if name.startswith("max"):
        return float(there.max()) if len(there) else float("nan")
    with np.errstate(over="ignore", invalid="ignore"):
        return float(there.sum())
