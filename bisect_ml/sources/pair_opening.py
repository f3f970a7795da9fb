"""Opening two sets of predictions: the columns that both have, and their rows in one shape.

The relations `base` and `head` have the columns `k0`, `k1` … (the key), `v` (prediction as DOUBLE), `p`
(the same, NULL where NaN or infinite too), `odd` (whether it is NaN or infinite), `c` (class), `s0`, `s1` …
(slices, NULL where the side lacks the column) and `g` (the group of rows that depend on one another).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bisect_ml.errors import InputError
from bisect_ml.sources.column_parts import find_column, guess_prediction, guess_slices
from bisect_ml.sources.columns import ColumnProfile
from bisect_ml.sources.database import Database, identifier, literal
from bisect_ml.sources.opening import Predictions, read_raw
from bisect_ml.sources.outputs import LARGEST, OutputFormat, guess_output
from bisect_ml.sources.profiles import SAMPLE, profile_columns, profile_deeper
from bisect_ml.sources.readers import Reader
from bisect_ml.sources.rows import MEMORY_BYTES
from bisect_ml.types import PredictionKind

# So many columns are named in a message.
MAX_LISTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSide:
    """One side as it was read: what messages call it, its columns, and a sample of its rows as a table."""

    name: str
    reader: Reader
    profiles: Mapping[str, ColumnProfile]
    size_bytes: int
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairParts:
    """Which column plays which part in both sides; `group` is None where rows are independent."""

    prediction: str
    slices: tuple[str, ...]
    key: tuple[str, ...] = ()
    group: str | None = None


def read_side(database: Database, predictions: Predictions, name: str) -> RawSide:
    """Read the columns of one side and a sample of its rows.

    Raises:
        InputError: It cannot be read, or has no rows.
    """
    reader, files = read_raw(database, predictions, f"frame_{name}")
    profiles = profile_columns(database, reader, database.subject)
    sample = f"sample_{name}"
    database.run(f"CREATE TEMP TABLE {sample} AS FROM {SAMPLE}")
    return RawSide(
        name=database.subject,
        reader=reader,
        profiles={one.name: one for one in profiles},
        size_bytes=files.size_bytes if files else 0,
        sample=sample,
    )


def assign_pair_parts(
    base: RawSide,
    head: RawSide,
    *,
    prediction: str | None,
    slices: Sequence[str] | None,
    group: str | None,
    guesses: list[str],
) -> PairParts:
    """Find the prediction, the slices and the group in both sides, and add a sentence for each guess.

    Raises:
        InputError: A named column is not there, or no column of both can be the prediction.
    """
    common = tuple(one for name, one in base.profiles.items() if name in head.profiles)
    both = f"{base.name} and {head.name}"
    if not common:
        raise InputError(
            f"{both}: have no column in common: {_listed(base)} and {_listed(head)}",
            "let both versions write the same columns",
        )
    if prediction is None:
        prediction = _guess_prediction(base, head, common, guesses)
    else:
        prediction = _in_both(base, head, prediction, "prediction")
    if group is not None:
        group = _in_both(base, head, group, "group")
    if slices is None:
        free = [one for one in common if one.name not in (prediction, group)]
        chosen = guess_slices(free, guesses)
    else:
        chosen = tuple(dict.fromkeys(_in_either(base, head, name) for name in slices))
    return PairParts(prediction=prediction, slices=chosen, group=group)


def _guess_prediction(
    base: RawSide, head: RawSide, common: tuple[ColumnProfile, ...], guesses: list[str]
) -> str:
    both = f"{base.name} and {head.name}"
    try:
        return guess_prediction(common, common, both, guesses)
    except InputError as error:
        own = [side for side in (base, head) if len(side.profiles) > len(common)]
        if not own:
            raise
        alone = "; ".join(f"only {side.name} has {', '.join(_alone(side, common))}" for side in own)
        raise InputError(
            f"{both}: no column of both looks like the prediction; {alone}",
            "let both versions write the same columns, or name one with --prediction COLUMN",
        ) from error


def _alone(side: RawSide, common: Sequence[ColumnProfile]) -> list[str]:
    shared = {one.name for one in common}
    return [repr(name) for name in side.profiles if name not in shared]


def _listed(side: RawSide) -> str:
    names = list(map(repr, side.profiles))
    return ", ".join(names[:MAX_LISTED]) + (", …" if len(names) > MAX_LISTED else "")


def _in_both(base: RawSide, head: RawSide, name: str, part: str) -> str:
    found = find_column(tuple(base.profiles.values()), name, base.name, part)
    if found not in head.profiles:
        find_column(tuple(head.profiles.values()), found, head.name, part)
        raise InputError(
            f"{head.name}: no column {found!r}, which {base.name} has",
            "columns of the two sides must be written alike",
        )
    return found


def _in_either(base: RawSide, head: RawSide, name: str) -> str:
    if name in head.profiles and name not in base.profiles:
        return name
    return find_column(tuple(base.profiles.values()), name, base.name, "slice")


def find_key(base: RawSide, head: RawSide, names: Sequence[str]) -> tuple[str, ...]:
    """Return the named key columns as both sides write them.

    Raises:
        InputError: One of the sides lacks one of them.
    """
    return tuple(dict.fromkeys(_in_both(base, head, name, "key") for name in names))


def output_of(
    database: Database, side: RawSide, column: str, kind: PredictionKind | None, guesses: list[str]
) -> OutputFormat | None:
    """Tell how a side writes its predictions, and add a sentence on the guess; None where it has none.

    Raises:
        InputError: The column holds neither numbers, true and false, nor labels.
    """
    profile = side.profiles[column]
    if not profile.filled and profile.type != "other":
        profile = profile_deeper(database, side.reader, column)
        if not profile.filled:
            return None
    output = guess_output(profile, kind, side.name)
    if output.kind == "numeric" and profile.writing.reading:
        guesses.append(f"numbers: {column!r} in {side.name}: {profile.writing.reading}")
    return output


def shape_side(
    database: Database, side: RawSide, name: str, parts: PairParts, output: OutputFormat, texts: Sequence[str]
) -> int:
    """Make the relation of one side and return how many predictions cannot be read.

    Args:
        database: Where it is made.
        side: The rows.
        name: What the relation is called.
        parts: The columns.
        output: How this side writes its predictions.
        texts: The key columns that are compared as text, because the sides write them in different types.
    """
    column = identifier(parts.prediction)
    number = output.number_sql(parts.prediction)
    columns = [
        f"{number} AS v",
        f"CASE WHEN abs({number}) < {LARGEST} THEN {number} END AS p",
        f"NOT coalesce(abs({number}) < {LARGEST}, TRUE) AS odd",
        f"{_class(output, parts.prediction)} AS c",
        *(_key(each, each in texts, at) for at, each in enumerate(parts.key)),
        *(_text(side, each, f"s{at}") for at, each in enumerate(parts.slices)),
        *((_text(side, parts.group, "g"),) if parts.group else ()),
    ]
    select = f"SELECT {', '.join(columns)} FROM {side.reader.relation}"
    if not side.reader.is_text:
        database.run(f"CREATE TEMP VIEW {name} AS {select}")
    elif side.size_bytes <= MEMORY_BYTES:
        database.run(f"CREATE TEMP TABLE {name} AS {select}")
    else:
        path = str(database.folder / f"{name}.parquet")
        database.run(f"COPY ({select}) TO {literal(path)} (FORMAT parquet, COMPRESSION snappy)")
        database.run(f"CREATE TEMP VIEW {name} AS FROM read_parquet({literal(path)})")
    condition = output.unreadable_sql(parts.prediction)
    if condition == "FALSE":
        return 0
    (bad,) = database.row(f"SELECT count(*) FROM {side.reader.relation} WHERE {condition} AND {column} <> ''")
    return int(bad)


def _class(output: OutputFormat, column: str) -> str:
    if output.kind == "boolean":
        return f"CASE {output.number_sql(column)} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    return output.label_sql(column)


def _key(name: str, as_text: bool, at: int) -> str:
    column = identifier(name)
    return f"{column}::VARCHAR AS k{at}" if as_text else f"{column} AS k{at}"


def _text(side: RawSide, name: str, alias: str) -> str:
    return f"{identifier(name) if name in side.profiles else 'NULL'}::VARCHAR AS {alias}"
