"""Whether two sides speak of the same columns, rows, slices and classes."""

from collections.abc import Iterator
from dataclasses import replace

from bisect_ml.saved_check import Coverage
from bisect_ml.sources.database import Database
from bisect_ml.sources.pair_keys import Duplicates
from bisect_ml.sources.pair_layout import Counted, Layout
from bisect_ml.sources.pair_opening import RawSide

# With fewer rows that have a partner, nothing can be proved of the whole.
MIN_MATCH = 0.99
# Pairs that lie in different slices more often than this do not have the same inputs.
MAX_STRAYS = 0.01
# A guessed key that pairs fewer rows than this is none; so is one whose pairs lie in different slices half
# as often as rows paired by chance.
MIN_GUESSED_MATCH = 0.5
OF_CHANCE = 0.5
MAX_NAMED = 50
MAX_VALUES_READ = 10_000
NO_DUPLICATES = Duplicates()


def schema_of(base: RawSide, head: RawSide) -> Coverage:
    """Return which columns only one side has."""
    return Coverage(
        key=(),
        columns_lost=tuple(name for name in base.profiles if name not in head.profiles),
        columns_new=tuple(name for name in head.profiles if name not in base.profiles),
    )


def seen_by_one(database: Database, layout: Layout, coverage: Coverage) -> Coverage:
    """Add the slices and the classes that only one side has; of each at most 50."""
    lost: list[str] = []
    new: list[str] = []
    for at, name in enumerate(layout.slices):
        if name in layout.in_both:
            base, head = _values(database, "base", f"s{at}"), _values(database, "head", f"s{at}")
            if max(len(base), len(head)) == MAX_VALUES_READ:
                continue
            lost += [f"{name}={value}" for value in sorted(base - head)]
            new += [f"{name}={value}" for value in sorted(head - base)]
    base, head = set(), set()
    if layout.kind != "numeric":
        base, head = _values(database, "base", "c"), _values(database, "head", "c")
    return replace(
        coverage,
        slices_lost=tuple(lost[:MAX_NAMED]),
        slices_new=tuple(new[:MAX_NAMED]),
        classes_lost=tuple(sorted(base - head)[:MAX_NAMED]),
        classes_new=tuple(sorted(head - base)[:MAX_NAMED]),
    )


def _values(database: Database, side: str, column: str) -> set[str]:
    # Bounded: a column of that many values is no slice, and what is new in it tells nothing.
    found = database.rows(
        f"SELECT DISTINCT {column} FROM {side} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT {MAX_VALUES_READ}"
    )
    return {row[0] for row in found}


def paired_coverage(
    coverage: Coverage,
    key: tuple[str, ...],
    rows: tuple[int, int],
    *,
    duplicates: Duplicates = NO_DUPLICATES,
    counted: Counted | None = None,
) -> Coverage:
    """Add how the rows were paired, and what keeps that from deciding."""
    pairs = counted.pairs if counted else 0
    found = replace(
        coverage,
        key=key,
        matched=pairs,
        base_only=max(rows[0] - pairs, 0) if counted else 0,
        head_only=max(rows[1] - pairs, 0) if counted else 0,
        base_duplicates=duplicates.base,
        head_duplicates=duplicates.head,
    )
    return replace(found, problems=(*coverage.problems, *_problems(found, rows, counted)))


def _problems(found: Coverage, rows: tuple[int, int], counted: Counted | None) -> Iterator[str]:
    name = ", ".join(found.key)
    if found.base_duplicates or found.head_duplicates:
        yield (
            f"the key {name} does not tell the rows apart: {found.base_duplicates:,} rows of the base and "
            f"{found.head_duplicates:,} of the head share theirs with another row"
        )
        return
    if counted is None:
        return
    share = _match(counted, rows)
    if not counted.pairs:
        yield f"no value of the key {name} is on both sides"
    elif share < MIN_MATCH:
        yield (
            f"only {share:.1%} of the rows have a partner by the key {name}: {found.base_only:,} rows of the "
            f"base and {found.head_only:,} of the head have none"
        )
    for column, strayed in counted.strays.items():
        if strayed > MAX_STRAYS:
            yield f"{strayed:.1%} of the pairs have another {column} in the head than in the base"


def _match(counted: Counted, rows: tuple[int, int]) -> float:
    return counted.pairs / max(rows[0], rows[1], 1)


def mispaired(counted: Counted, rows: tuple[int, int]) -> str | None:
    """Say why a guessed key does not pair the same rows, or None where it does."""
    share = _match(counted, rows)
    if share < MIN_GUESSED_MATCH:
        return f"only {share:.1%} of the rows have a partner by it"
    for column, strayed in counted.strays.items():
        if strayed > MAX_STRAYS + OF_CHANCE * _strays_by_chance(counted, column):
            return f"{strayed:.1%} of its pairs differ in {column!r}"
    return None


def _strays_by_chance(counted: Counted, column: str) -> float:
    """How often two rows drawn apart lie in different slices of a column."""
    rows = [one.base.rows for one in counted.tallies if one.slice is not None and one.slice.column == column]
    return 1 - sum((one / counted.pairs) ** 2 for one in rows) if counted.pairs else 0.0
