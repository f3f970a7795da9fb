"""Opening a prediction log: from a path or a DataFrame to rows of known columns, times and predictions."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast
from zoneinfo import available_timezones

from bisect_ml.errors import ConfigError, InputError
from bisect_ml.sources.census import Census, judge_rows, take_census
from bisect_ml.sources.column_parts import Parts, Wanted, assign_parts
from bisect_ml.sources.columns import ColumnProfile
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.date_orders import settle_order
from bisect_ml.sources.files import LogFiles, find_files
from bisect_ml.sources.logs import LogFacts, PredictionLog
from bisect_ml.sources.outputs import OutputFormat, check_numbers, guess_output
from bisect_ml.sources.profiles import SAMPLE, not_missing, profile_columns, profile_deeper
from bisect_ml.sources.readers import Reader, read_files, read_table
from bisect_ml.sources.rows import Layout, shape_rows
from bisect_ml.sources.timestamps import SHORT_YEAR, TimeFormat, guess_format, moment
from bisect_ml.types import Columns, PredictionKind

if TYPE_CHECKING:
    import pandas as pd

Predictions: TypeAlias = "str | Path | Sequence[str | Path] | pd.DataFrame"

FRAME = "frame"


def open_predictions(
    predictions: Predictions,
    *,
    timestamp: str | None = None,
    prediction: str | None = None,
    slices: Sequence[str] | None = None,
    features: Sequence[str] | None = None,
    version: str | None = None,
    tz: str = "UTC",
    max_unreadable: float = 0.01,
    kind: PredictionKind | None = None,
) -> PredictionLog:
    """Open a prediction log; close it, or use it in a `with` statement.

    Args:
        predictions: CSV, TSV, Parquet or JSON lines (text also .gz or .zst): a file, a folder, a pattern,
            or several of them; or a DataFrame, whose index counts only where it holds times.
        timestamp: The column of times; guessed where None, like the other columns.
        prediction: The column of predictions: numbers, true and false, or labels of up to 50 classes.
        slices: Columns that split the population; an empty sequence for none.
        features: Numeric columns of the model's inputs; an empty sequence for none.
        version: The column that says which version made the row.
        tz: Zone of times that have none of their own.
        max_unreadable: Largest share of rows that may be left out because they cannot be read.
        kind: What the predictions are, where the guess is wrong.

    Raises:
        InputError: The log cannot be used; the message names the file, the row or the column.
        ConfigError: There is no such time zone.
    """
    if tz != "UTC" and tz not in available_timezones():
        raise ConfigError(f"unknown time zone {tz!r}", "use a name of the tz database, such as Europe/Berlin")
    wanted = Wanted(
        timestamp=timestamp,
        prediction=prediction,
        slices=None if slices is None else tuple(slices),
        features=None if features is None else tuple(features),
        version=version,
    )
    database = Database()
    try:
        return _open(database, predictions, wanted, tz, max_unreadable, kind)
    except BaseException:
        database.close()
        raise


def read_raw(
    database: Database, predictions: Predictions, frame: str = FRAME
) -> tuple[Reader, LogFiles | None]:
    """Return the raw rows, and the files that they are in; a DataFrame becomes the table `frame`."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(predictions, pandas.DataFrame):
        database.subject = "the DataFrame"
        database.register(frame, _flat(predictions))
        database.expect(int(predictions.memory_usage().sum()))
        return read_table(database, frame, database.subject), None
    paths = (predictions,) if isinstance(predictions, str | Path) else predictions
    given = tuple(cast("Sequence[str | Path]", paths))
    files = find_files(given)
    database.expect(files.size_bytes)
    database.subject = str(files.paths[0]) if len(files.paths) == 1 else ", ".join(map(str, given))
    return read_files(database, files), files


def _flat(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The frame with text column names, and its index as a column where it holds times."""
    import pandas as pd

    if isinstance(frame.index, pd.DatetimeIndex):
        name = frame.index.name or "timestamp"
        frame = frame.reset_index(names=str(name), drop=name in frame.columns)
    frame = frame.rename(columns=str)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise InputError(f"the DataFrame: two columns are called {twice!r}", "rename one of them")
    if not len(frame.columns):
        raise InputError("the DataFrame: has no columns", "it needs a column of times and one of predictions")
    return frame


def _open(
    database: Database,
    predictions: Predictions,
    wanted: Wanted,
    tz: str,
    max_unreadable: float,
    kind: PredictionKind | None,
) -> PredictionLog:
    reader, files = read_raw(database, predictions)
    log = database.subject
    profiles = {profile.name: profile for profile in profile_columns(database, reader, log)}
    parts = assign_parts(tuple(profiles.values()), wanted, log)
    warnings = list(_check_files(reader, files, parts))
    time = _time_format(database, reader, profiles[parts.timestamp], tz, log)
    profile = profiles[parts.prediction]
    profile = profile if profile.filled else profile_deeper(database, reader, profile.name)
    output = _output_format(profile, kind, log)
    features = [profiles[name] for name in parts.features]
    for feature in features:
        check_numbers(feature, log)
    styles = {feature.name: feature.writing.style for feature in features}
    layout = Layout(reader=reader, parts=parts, time=time, output=output, styles=styles)
    rows = shape_rows(
        database,
        layout,
        distinct=tuple(profiles[name].distinct for name in parts.slices),
        size_bytes=files.size_bytes if files else 0,
    )
    census = take_census(reader, rows, log)
    warnings += judge_rows(census, layout, rows, max_unreadable=max_unreadable, log=log)
    if not census.unreadable:
        rows = replace(rows, whole_us=(census.start_us, census.end_us))
    if census.start_us == census.end_us:
        found = f"all {census.readable:,} rows have the same time"
        found = found if census.readable > 1 else "there is only one row"
        raise InputError(f"{log}: {found}", "A change needs rows before and after it.")
    guesses = (*_time_guesses(time, parts), *_number_guesses([profile, *features], output.kind))
    return PredictionLog(rows, _facts(layout, files, census, guesses, tuple(warnings)))


def _facts(
    layout: Layout,
    files: LogFiles | None,
    census: Census,
    guesses: tuple[str, ...],
    warnings: tuple[str, ...],
) -> LogFacts:
    parts = layout.parts
    return LogFacts(
        columns=Columns(
            timestamp=parts.timestamp,
            prediction=parts.prediction,
            kind=layout.output.kind,
            slices=parts.slices,
            features=parts.features,
            version=parts.version,
        ),
        paths=tuple(map(str, files.paths)) if files else (),
        readable=census.readable,
        unreadable=census.unreadable,
        start_us=census.start_us,
        end_us=census.end_us,
        guesses=(*parts.guesses, *guesses),
        warnings=warnings,
    )


def _check_files(reader: Reader, files: LogFiles | None, parts: Parts) -> Iterator[str]:
    """Refuse files without a needed column; warn of empty files and of files without another column."""
    if files and files.empty:
        total = len(files.paths) + len(files.empty)
        yield f"{len(files.empty)} of {total} files are empty, the first is {files.empty[0]}"
    for name in (parts.timestamp, parts.prediction):
        if name in reader.lacking:
            raise InputError(
                f"{reader.lacking[name][0]}: no column {name!r}, which other files of the log have",
                "give only files of one log, or give its files the same columns",
            )
    for name in filter(None, (parts.version, *parts.slices, *parts.features)):
        if name in reader.lacking:
            paths = reader.lacking[name]
            total = len(reader.parts)
            yield f"column {name!r} is missing in {len(paths)} of {total} files, the first is {paths[0]}"


def _time_format(database: Database, reader: Reader, profile: ColumnProfile, tz: str, log: str) -> TimeFormat:
    profile = profile if profile.filled else profile_deeper(database, reader, profile.name)
    found = guess_format(database, profile, SAMPLE, tz)
    if found is None:
        raise _no_times(database, profile, log)
    return settle_order(database, reader, profile.name, found, log)


def _no_times(database: Database, profile: ColumnProfile, log: str) -> InputError:
    """Say what keeps a column from being one of times, with the first value in the sample that is none."""
    place = f"{log}: column {profile.name!r}"
    hint = "choose another with --timestamp COLUMN; times are ISO 8601 text, dates or seconds since 1970"
    if not profile.filled:
        return InputError(f"{place} is empty in every row", hint)
    text = f"trim({identifier(profile.name)}::VARCHAR)"
    row, value = database.row(
        f"SELECT row, x FROM (SELECT row_number() OVER () AS row, {text} AS x FROM {SAMPLE}) "
        f"WHERE {not_missing('x')} ORDER BY {moment('x')} IS NOT NULL, row LIMIT 1"
    )
    if re.fullmatch(SHORT_YEAR, value):
        return InputError(
            f"{place} has years of two digits: row {row} is {value!r}",
            "write times with the whole year first, such as 2026-03-04T14:10:00Z",
        )
    return InputError(
        f"{place} holds {'too few' if profile.times else 'no'} times: row {row} is {value!r}", hint
    )


def _output_format(profile: ColumnProfile, kind: PredictionKind | None, log: str) -> OutputFormat:
    if not profile.filled and profile.type != "other":
        raise InputError(
            f"{log}: column {profile.name!r} is null in every row", "choose another with --prediction COLUMN"
        )
    return guess_output(profile, kind, log)


def _time_guesses(time: TimeFormat, parts: Parts) -> Iterator[str]:
    """Say how the times are read where their column does not tell by itself."""
    name = repr(parts.timestamp)
    if time.shape == "epoch":
        yield f"times: {name} counts {time.unit} since 1970"
    elif time.shape == "pattern":
        yield f"times: {name} is read as {time.pattern}" + (f": {time.reason}" if time.reason else "")
    if time.is_naive:
        yield f"times: {name} has no zone and is taken as {time.zone} (change with --tz ZONE)"


def _number_guesses(profiles: Sequence[ColumnProfile], kind: PredictionKind) -> Iterator[str]:
    """Say how the numbers of the predictions, then of the features, are read where they are written oddly."""
    for profile in profiles if kind == "numeric" else profiles[1:]:
        if profile.writing.reading:
            yield f"numbers: {profile.name!r}: {profile.writing.reading}"
