"""What the columns of a log look like, from a sample of its rows."""

from collections.abc import Sequence

from bisect_ml.errors import InputError
from bisect_ml.sources.columns import ColumnProfile, ColumnType
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.number_texts import guess_style
from bisect_ml.sources.readers import Reader, find_rejects
from bisect_ml.sources.timestamps import moment

SAMPLE_ROWS = 5_000
SAMPLE = "sample"
MISSING_TEXTS = ("", "null", "none", "nan", "na", "n/a", "nil")


def profile_columns(database: Database, reader: Reader, log: str) -> tuple[ColumnProfile, ...]:
    """Look at a sample of the rows: the first ones of the first, the middle and the last file.

    Raises:
        InputError: There are no rows; `log` is what the message calls the log.
    """
    _take_sample(database, reader)
    (rows,) = database.row(f"SELECT count(*) FROM {SAMPLE}")
    if not rows:
        raise _no_rows(database, reader, log)
    return tuple(_profile(database, name, _column_type(kind)) for name, kind in reader.types.items())


def _no_rows(database: Database, reader: Reader, log: str) -> InputError:
    """Say that there are no rows, or that no line fits the columns."""
    if reader.rejects:
        database.run(f"SELECT count(*) FROM {reader.relation}")
        for reject in find_rejects(database):
            return InputError(reject.told, "quote cells that hold the sign between the columns")
    return InputError(f"{log}: has no rows", "the log needs at least two rows")


def profile_deeper(database: Database, reader: Reader, name: str) -> ColumnProfile:
    """Look again at a column that the sample has empty, at the first rows that have it."""
    column, kind = identifier(name), _column_type(reader.types[name])
    there = not_missing(f"trim({column}::VARCHAR)")
    database.run(
        f"CREATE OR REPLACE TEMP TABLE {SAMPLE} AS SELECT {column} FROM {reader.relation} "
        f"WHERE {there} LIMIT {SAMPLE_ROWS}"
    )
    return _profile(database, name, kind)


def _take_sample(database: Database, reader: Reader) -> None:
    parts = list(reader.parts.values())
    chosen = [parts[at] for at in sorted({0, len(parts) // 2, len(parts) - 1})]
    columns = ", ".join(map(identifier, reader.types))
    if len(chosen) == 1:
        sql = f"SELECT {columns} FROM {chosen[0]} LIMIT {SAMPLE_ROWS}"
    else:
        # The empty first branch gives every file the columns and types of the whole.
        each = SAMPLE_ROWS // len(chosen)
        branches = [f"(SELECT {columns} FROM {reader.relation} LIMIT 0)"]
        branches += [f"(SELECT * FROM {part} LIMIT {each})" for part in chosen]
        sql = f"SELECT {columns} FROM ({' UNION ALL BY NAME '.join(branches)})"
    database.run(f"CREATE OR REPLACE TEMP TABLE {SAMPLE} AS {sql}")


def _column_type(kind: str) -> ColumnType:
    exact: dict[str, ColumnType] = {
        "BOOLEAN": "boolean",
        "DATE": "date",
        "VARCHAR": "text",
        "UUID": "text",
        "JSON": "text",
        '"NULL"': "text",
    }
    if kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return "other"
    if kind in exact:
        return exact[kind]
    if kind.startswith("TIMESTAMP"):
        return "instant" if kind.startswith("TIMESTAMPTZ") or kind.endswith("ZONE") else "wall"
    if kind.startswith("ENUM"):
        return "text"
    is_number = (
        kind.startswith(("DECIMAL", "FLOAT", "DOUBLE", "REAL")) or kind.endswith("INT") or kind == "INTEGER"
    )
    return "number" if is_number or kind == "UINTEGER" else "other"


def _profile(database: Database, name: str, kind: ColumnType) -> ColumnProfile:
    column = identifier(name)
    if kind == "other":
        return ColumnProfile(name=name, type=kind, filled=_filled(database, column), distinct=0)
    if kind == "text":
        return _profile_text(database, name)
    if kind != "number":
        filled, distinct = database.row(f"SELECT count({column}), count(DISTINCT {column}) FROM {SAMPLE}")
        return ColumnProfile(name=name, type=kind, filled=filled, distinct=distinct)
    filled, distinct, integers, low, high = database.row(
        f"""SELECT count(x), count(DISTINCT x), count(*) FILTER (x = trunc(x)), min(x), max(x)
        FROM (SELECT {column}::DOUBLE AS x FROM {SAMPLE}) WHERE isfinite(x)"""
    )
    return ColumnProfile(
        name=name,
        type=kind,
        filled=filled,
        distinct=distinct,
        numbers=filled,
        integers=integers,
        low=low,
        high=high,
    )


def _filled(database: Database, column: str) -> int:
    (filled,) = database.row(f"SELECT count({column}) FROM {SAMPLE}")
    return int(filled)


def _profile_text(database: Database, name: str) -> ColumnProfile:
    text = f"trim({identifier(name)}::VARCHAR)"
    texts = f"SELECT x FROM (SELECT {text} AS x FROM {SAMPLE}) WHERE {not_missing('x')}"
    writing = guess_style(database, texts)
    number = writing.style.sql("x")
    filled, distinct, numbers, integers, times, booleans, low, high, other = database.row(
        f"""SELECT count(x), count(DISTINCT x), count(n), count(*) FILTER (n = trunc(n)),
            count({moment("x")}),
            count(*) FILTER (lower(x) IN ('true', 'false')), min(n), max(n), min(x) FILTER (n IS NULL)
        FROM (SELECT x, CASE WHEN isfinite({number}) THEN {number} END AS n FROM ({texts}))"""
    )
    return ColumnProfile(
        name=name,
        type="text",
        filled=filled,
        distinct=distinct,
        numbers=numbers,
        integers=integers,
        times=times,
        booleans=booleans,
        low=low,
        high=high,
        writing=writing,
        other=other,
    )


def not_missing(text: str) -> str:
    """Write the condition that a text expression holds a value and no word for a missing one."""
    words: Sequence[str] = [f"'{word}'" for word in MISSING_TEXTS]
    return f"lower({text}) NOT IN ({', '.join(words)})"
