"""Which columns pair the rows of two sides, and whether they do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bisect_ml.sources.columns import ID_PATTERN, ColumnProfile
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.outputs import LARGEST
from bisect_ml.sources.pair_layout import Layout
from bisect_ml.sources.pair_opening import PairParts, RawSide

KEY_NAMES = (
    "id", "key", "request_id", "prediction_id", "row_id", "event_id", "order_id", "uuid", "row", "index",
)  # fmt: skip
# A guessed key must find this share of a sample of the base's rows in the head.
MIN_GUESSED_MATCH = 0.5
PROBE_ROWS = 2_000
MAX_CANDIDATES = 6
# So many rows of the base are joined first; so many partners of each show that the join would explode.
MET_ROWS = 20_000
MOST_PARTNERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """How many rows of each side share their key with another row of their side."""

    base: int = 0
    head: int = 0

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return self.base + self.head > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedSide:
    """One side before it is joined: rows, and of its numbers the mean, the mean size and the lowest.

    `check` is a sum over the keys: where that of the pairs is the same, each row has one partner. `odd`
    counts the predictions that are NaN, infinite or nearly so, which are in none of the others.
    """

    rows: int
    check: int
    odd: int
    size: float
    mean: float
    lowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the keys of the two sides are like.

    `explode` says that a join would give many times the rows: the key hardly tells them apart.
    """

    base: KeyedSide
    head: KeyedSide
    explode: bool

    @property
    def rows(self) -> tuple[int, int]:
        """The rows of base and head."""
        return self.base.rows, self.head.rows

    @property
    def odd(self) -> tuple[int, int]:
        """The predictions of base and head that are NaN, infinite or nearly so."""
        return self.base.odd, self.head.odd

    @property
    def typical(self) -> float:
        """The typical size of a value, 0 where there is none."""
        return min((one.size for one in (self.base, self.head) if one.size), default=0.0)

    @property
    def is_signed(self) -> bool:
        """Whether any value is negative."""
        return min(self.base.lowest, self.head.lowest) < 0


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


def count_keys(database: Database, layout: Layout) -> Keys:
    """Count the rows of both relations, and see on a sample of the base what a join would give.

    Keys that escape the sample are so few that their rows make no large join. The rows of the head that the
    sample meets are left in the table `met`: the slices `s0` … are the base's, `other0` … the head's.
    """
    base, head = _keyed_side(database, "base", layout), _keyed_side(database, "head", layout)
    columns = layout.key_columns()
    slices = range(len(layout.slices))
    share = min(100.0, 100 * MET_ROWS / max(base.rows, 1))
    firsts = "".join(f", any_value(s{at}) AS s{at}" for at in slices)
    database.run(
        f"CREATE TEMP TABLE taken AS SELECT {columns}, count(*) AS times{firsts} "
        f"FROM base TABLESAMPLE bernoulli({share}%) REPEATABLE (7) GROUP BY {columns}"
    )
    others = "".join(f", taken.s{at}, head.s{at} AS other{at}" for at in slices)
    database.run(f"CREATE TEMP TABLE met AS SELECT times{others} FROM head JOIN taken USING ({columns})")
    taken, partners = database.row(
        "SELECT (SELECT coalesce(sum(times), 0) FROM taken), (SELECT coalesce(sum(times), 0) FROM met)"
    )
    return Keys(base=base, head=head, explode=bool(partners > MOST_PARTNERS * max(taken, 1)))


def _keyed_side(database: Database, side: str, layout: Layout) -> KeyedSide:
    rows, check, largest, *levels = database.row(
        f"SELECT count(*), coalesce(sum({layout.check()}), 0), max(abs(v)), avg(abs(v)), avg(v), min(v) "
        f"FROM {side}"
    )
    odd = 0
    # NaN is the largest of numbers here. To look at the largest costs less than at each row.
    if largest is not None and not largest < LARGEST:
        odd, *levels = database.row(f"SELECT count(*) FILTER (odd), avg(abs(p)), avg(p), min(p) FROM {side}")
    size, mean, lowest = (level or 0.0 for level in levels)
    return KeyedSide(rows=rows, check=int(check), odd=odd, size=size, mean=mean, lowest=lowest)


def count_duplicates(database: Database, keys: int) -> Duplicates:
    """Count the rows of the relations `base` and `head` whose key another row of the side has too."""
    return Duplicates(base=_duplicates(database, "base", keys), head=_duplicates(database, "head", keys))


def _duplicates(database: Database, side: str, keys: int) -> int:
    columns = ", ".join(f"k{at}" for at in range(keys))
    there = " AND ".join(f"k{at} IS NOT NULL" for at in range(keys))
    (found,) = database.row(
        f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {side} WHERE {there} "
        f"GROUP BY {columns} HAVING count(*) > 1)"
    )
    return int(found)
