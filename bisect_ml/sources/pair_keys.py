"""Which columns pair the rows of two sides, and whether they do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bisect_ml.sources.columns import ID_PATTERN, ColumnProfile
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.pair_opening import PairParts, RawSide

KEY_NAMES = (
    "id", "key", "request_id", "prediction_id", "row_id", "event_id", "order_id", "uuid", "row", "index",
)  # fmt: skip
# A guessed key must find this share of a sample of the base's rows in the head.
MIN_GUESSED_MATCH = 0.5
PROBE_ROWS = 2_000
MAX_CANDIDATES = 6
# Up to here duplicates are counted row by row; beyond, only where an estimate or a sample shows some.
EXACT_ROWS = 3_000_000
SAMPLED_ROWS = 50_000
# How far the estimate of distinct keys may be off.
ESTIMATE_TOLERANCE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """How many rows of each side share their key with another row of their side."""

    base: int
    head: int


def guess_key(database: Database, base: RawSide, head: RawSide, parts: PairParts) -> tuple[str, ...]:
    """Return the columns that tell the rows apart on both sides and are found on both, or none.

    Names such as `id` come first, then single columns, then pairs of them. Only samples are looked at.
    """
    usable = [
        one
        for name, one in base.profiles.items()
        if name != parts.prediction and _fits(one) and name in head.profiles and _fits(head.profiles[name])
    ]
    usable.sort(key=_preference)
    for names in _candidates(usable):
        if _is_unique(database, base, names) and _is_unique(database, head, names):
            texts = differing_types(base, head, names)
            if _matched_share(database, base, head, names, texts) >= MIN_GUESSED_MATCH:
                return names
    return ()


def _candidates(usable: Sequence[ColumnProfile]) -> Iterator[tuple[str, ...]]:
    for one in usable:
        yield (one.name,)
    yield from combinations([one.name for one in usable[:MAX_CANDIDATES]], 2)


def _fits(one: ColumnProfile) -> bool:
    return one.type not in ("other", "boolean") and not one.is_fraction and one.filled > 0


def _preference(one: ColumnProfile) -> tuple[int, int]:
    if one.plain in KEY_NAMES:
        return 0, KEY_NAMES.index(one.plain)
    return (1 if ID_PATTERN.search(one.plain) else 3 if one.is_time else 2), -one.distinct


def _is_unique(database: Database, side: RawSide, names: Sequence[str]) -> bool:
    columns = ", ".join(map(identifier, names))
    there = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in names)
    rows, filled, distinct = database.row(
        f"SELECT (SELECT count(*) FROM {side.sample}), count(*), count(DISTINCT ({columns})) "
        f"FROM {side.sample} WHERE {there}"
    )
    return bool(rows == filled == distinct)


def differing_types(base: RawSide, head: RawSide, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns whose type differs between the sides, which are compared as text."""
    return tuple(name for name in names if base.reader.types[name] != head.reader.types[name])


def _matched_share(
    database: Database, base: RawSide, head: RawSide, names: Sequence[str], texts: Sequence[str]
) -> float:
    def written(side: str) -> str:
        return ", ".join(f"{side}.{identifier(one)}{'::VARCHAR' if one in texts else ''}" for one in names)

    probe = f"(SELECT {written('x')} FROM {base.sample} AS x LIMIT {PROBE_ROWS})"
    keys = ", ".join(f"k{at}" for at in range(len(names)))
    alike = " AND ".join(f"probe.k{at} = held.k{at}" for at in range(len(names)))
    held = f"(SELECT {written('y')} FROM {head.reader.relation} AS y)"
    total, found = database.row(
        f"WITH probe({keys}) AS {probe}, held({keys}) AS {held} "
        "SELECT (SELECT count(*) FROM probe), (SELECT count(*) FROM probe WHERE EXISTS "
        f"(SELECT 1 FROM held WHERE {alike}))"
    )
    return found / total if total else 0.0


def count_duplicates(database: Database, keys: int, rows: tuple[int, int]) -> Duplicates:
    """Count the rows of the relations `base` and `head` whose key another row of the side has too.

    Args:
        database: Where the relations are.
        keys: How many key columns they have.
        rows: How many rows they have.
    """
    return Duplicates(
        base=_duplicates(database, "base", keys, rows[0]), head=_duplicates(database, "head", keys, rows[1])
    )


def _duplicates(database: Database, side: str, keys: int, rows: int) -> int:
    columns = ", ".join(f"k{at}" for at in range(keys))
    there = " AND ".join(f"k{at} IS NOT NULL" for at in range(keys))
    if rows > EXACT_ROWS and not _looks_duplicated(database, side, columns, there, rows):
        return 0
    (found,) = database.row(
        f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {side} WHERE {there} "
        f"GROUP BY {columns} HAVING count(*) > 1)"
    )
    return int(found)


def _looks_duplicated(database: Database, side: str, columns: str, there: str, rows: int) -> bool:
    # What the estimate and the sample miss is few rows; the join counts them again.
    distinct, filled = database.row(
        f"SELECT approx_count_distinct(hash({columns})), count(*) FROM {side} WHERE {there}"
    )
    if distinct < (1 - ESTIMATE_TOLERANCE) * filled:
        return True
    share = 100 * SAMPLED_ROWS / rows
    (repeated,) = database.row(
        f"SELECT count(*) - count(DISTINCT hash({columns})) FROM (FROM {side} "
        f"TABLESAMPLE system({share}%) REPEATABLE (7)) WHERE {there}"
    )
    return bool(repeated)
