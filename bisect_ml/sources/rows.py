"""The rows of a log in one shape, whatever they came from.

The relation `log` has the columns `t` (microseconds since 1970, UTC; NULL where the row cannot be
read), `p` (prediction as DOUBLE, NaN and infinity as they came), `c` (class label), `v` (version), one
`s0`, `s1` … for each slice column and one `f0`, `f1` … for each feature.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bisect_ml.sources.column_parts import Parts
from bisect_ml.sources.database import Database, identifier, literal
from bisect_ml.sources.number_texts import NumberStyle
from bisect_ml.sources.outputs import LARGEST, OutputFormat
from bisect_ml.sources.readers import Reader
from bisect_ml.sources.timestamps import TimeFormat
from bisect_ml.types import PredictionKind

# Text is parsed once, into memory while it is small and into a temporary Parquet file otherwise.
MEMORY_BYTES = 32 * 2**20
# What a number counts for: the others are taken as missing.
PREDICTION = f"CASE WHEN abs(p) < {LARGEST} THEN p END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the raw rows are laid out: where they are, which column plays which part, how it is written.

    `styles` are those of the features' numbers, by column.
    """

    reader: Reader
    parts: Parts
    time: TimeFormat
    output: OutputFormat
    styles: Mapping[str, NumberStyle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The relation with one shape, and what its columns hold.

    `slices` and `features` name the columns that `s0` … and `f0` … came from; `distinct` says how many
    values a sample of each slice column has. `direct` is the time format of a relation that is read from
    its files again on each query, None where the rows were copied; `raw_time` are the files' column of
    times and its type. `parquet` lists the files behind the relation, none where it is in memory.
    `whole_us` are the first and the last moment where no row is left out, None where some are.
    """

    database: Database
    relation: str
    kind: PredictionKind
    slices: tuple[str, ...]
    distinct: tuple[int, ...]
    features: tuple[str, ...]
    has_version: bool
    direct: TimeFormat | None
    raw_time: tuple[str, str] = ("t", "BIGINT")
    parquet: tuple[str, ...] = ()
    whole_us: tuple[int, int] | None = None

    def between(self, start_us: int, end_us: int) -> str:
        """Write the condition for rows from a moment to before another; files are pruned by it."""
        if self.whole_us is not None and start_us <= self.whole_us[0] and self.whole_us[1] < end_us:
            return "TRUE"
        exact = f"t >= {start_us} AND t < {end_us}"
        if self.direct is None:
            return exact
        condition, is_exact = self.direct.between("raw", start_us, end_us)
        return condition if is_exact else f"{condition} AND {exact}"

    def largest(self, column: str, limit: int, condition: str = "TRUE") -> tuple[str, ...]:
        """Return the texts of a column of the relation that the most readable rows have."""
        found = self.database.rows(
            f"SELECT {column} FROM {self.relation} WHERE {condition} AND t IS NOT NULL "
            f"AND {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT {limit}"
        )
        return tuple(row[0] for row in found)


def shape_rows(database: Database, layout: Layout, *, distinct: tuple[int, ...], size_bytes: int) -> Rows:
    """Bring the raw rows into the one shape: as a view of a Parquet file, else as a copy.

    Parquet whose moments and predictions are text is copied too, so that text is parsed once.
    """
    reader, parts, time, output = layout.reader, layout.parts, layout.time, layout.output
    select = _select(layout)
    direct = not reader.is_text and not time.is_text and not output.is_text
    rows = Rows(
        database=database,
        relation="log",
        kind=output.kind,
        slices=parts.slices,
        distinct=distinct,
        features=parts.features,
        has_version=parts.version is not None,
        direct=time if direct else None,
        raw_time=(parts.timestamp, reader.types[parts.timestamp]),
        parquet=reader.parquet if direct else (),
    )
    if direct:
        database.run(f"CREATE TEMP VIEW log AS {select}")
    elif size_bytes <= MEMORY_BYTES:
        database.run(f"CREATE TEMP TABLE log AS {select}")
    else:
        rows = copy_rows(rows, select)
    return rows


def copy_rows(rows: Rows, select: str) -> Rows:
    """Write the rows that a query gives to a temporary Parquet file, and read them from there."""
    path = str(rows.database.folder / "log.parquet")
    rows.database.run(f"COPY ({select}) TO {literal(path)} (FORMAT parquet, COMPRESSION snappy)")
    relation = f"read_parquet({literal(path)})"
    return replace(rows, relation=relation, direct=None, parquet=(path,))


def _select(layout: Layout) -> str:
    reader, parts, time, output = layout.reader, layout.parts, layout.time, layout.output
    moment = time.sql(parts.timestamp)
    unreadable = output.unreadable_sql(parts.prediction)
    columns = [
        f"{identifier(parts.timestamp)} AS raw" if not reader.is_text else "",
        f"CASE WHEN {unreadable} THEN NULL ELSE {moment} END AS t"
        if unreadable != "FALSE"
        else f"{moment} AS t",
        f"{output.number_sql(parts.prediction)} AS p",
        f"{output.label_sql(parts.prediction)} AS c" if output.kind == "label" else "",
        f"{identifier(parts.version)}::VARCHAR AS v" if parts.version is not None else "",
        *(f"{identifier(name)}::VARCHAR AS s{at}" for at, name in enumerate(parts.slices)),
        *(f"{layout.styles[name].sql(identifier(name))} AS f{at}" for at, name in enumerate(parts.features)),
    ]
    return f"SELECT {', '.join(filter(None, columns))} FROM {reader.relation}"
