"""Which column of a log plays which part, guessed from names and contents."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bisect_ml.errors import InputError
from bisect_ml.sources.column_names import PREDICTION_NAMES, TIMESTAMP_NAMES, TRUTH_NAMES, VERSION_NAMES
from bisect_ml.sources.columns import ID_PATTERN, TIME_ENDINGS, ColumnProfile

GROUP_PATTERN = re.compile(
    r"(^|_)(id|code|tier|group|class|type|level|cluster|variant|arm|segment|region|shard)$"
)

MAX_SLICE_COLUMNS = 6
MAX_SLICE_VALUES = 50
MAX_FEATURES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The columns that the user named; None where the tool is to guess."""

    timestamp: str | None = None
    prediction: str | None = None
    slices: tuple[str, ...] | None = None
    features: tuple[str, ...] | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The column of each part, and a sentence for each guess."""

    timestamp: str
    prediction: str
    slices: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    version: str | None = None
    guesses: tuple[str, ...] = field(default=())


def assign_parts(profiles: Sequence[ColumnProfile], wanted: Wanted, log: str) -> Parts:
    """Give each part its column: the one that the user named, else the best guess.

    Args:
        profiles: The columns of the log.
        wanted: What the user named; matched exactly, else without regard to case.
        log: What messages call the log.

    Raises:
        InputError: A named column is not there, or no column can be the timestamp or the prediction.
    """
    guesses: list[str] = []
    free = {profile.name: profile for profile in profiles}

    def take(name: str | None) -> str | None:
        if name is not None:
            free.pop(name, None)
        return name

    named = {
        part: find_column(profiles, name, log, part)
        for part, name in (
            ("timestamp", wanted.timestamp),
            ("prediction", wanted.prediction),
            ("version", wanted.version),
        )
        if name is not None
    }
    slices = _find_all(profiles, wanted.slices, log, "slice")
    features = _find_all(profiles, wanted.features, log, "feature")
    for name in (*named.values(), *(slices or ()), *(features or ())):
        take(name)
    timestamp = named.get("timestamp") or _guess_timestamp(free.values(), profiles, log, guesses)
    take(timestamp)
    prediction = named.get("prediction") or guess_prediction(free.values(), profiles, log, guesses)
    take(prediction)
    version = named.get("version") or take(_guess_version(free.values(), guesses))
    if slices is None:
        slices = guess_slices(free.values(), guesses)
        for name in slices:
            take(name)
    if features is None:
        features = _guess_features(free.values(), guesses)
    return Parts(
        timestamp=timestamp,
        prediction=prediction,
        slices=slices,
        features=features,
        version=version,
        guesses=tuple(guesses),
    )


def find_column(profiles: Sequence[ColumnProfile], name: str, log: str, part: str) -> str:
    """Return the column that the user named; matched exactly, else without regard to case.

    Raises:
        InputError: There is no such column, or several match.
    """
    names = [profile.name for profile in profiles]
    if name in names:
        return name
    alike = [each for each in names if each.lower() == name.lower()]
    if len(alike) == 1:
        return alike[0]
    raise InputError(
        f"{log}: no column {name!r}", f"the columns are {_listed(names)}; choose one with --{part} COLUMN"
    )


def _find_all(
    profiles: Sequence[ColumnProfile], names: Sequence[str] | None, log: str, part: str
) -> tuple[str, ...] | None:
    if names is None:
        return None
    return tuple(dict.fromkeys(find_column(profiles, name, log, part) for name in names))


def _guess_timestamp(
    free: Iterable[ColumnProfile], profiles: Sequence[ColumnProfile], log: str, guesses: list[str]
) -> str:
    free = list(free)
    able = [profile for profile in free if profile.is_time]
    found = _by_name(able, TIMESTAMP_NAMES)
    found += [one for one in able if one.plain.endswith(TIME_ENDINGS) and one not in found]
    found += [one for one in able if one.type in ("instant", "wall", "date") and one not in found]
    found += [one for one in able if one.type == "text" and one not in found]
    # A column with the right name and the wrong contents: what cannot be read is better said than hidden.
    found = found or _by_name(free, TIMESTAMP_NAMES[:16])
    return _first(found, profiles, log, "timestamp", guesses)


def guess_prediction(
    free: Iterable[ColumnProfile], profiles: Sequence[ColumnProfile], log: str, guesses: list[str]
) -> str:
    """Return the column that holds the predictions, and add a sentence on the guess.

    Raises:
        InputError: No column can be it.
    """
    usable = [one for one in free if one.type not in ("instant", "wall", "date", "other")]
    found = _by_name(usable, PREDICTION_NAMES)
    if not found:
        left = [one for one in usable if one.plain not in TRUTH_NAMES and not one.is_identifier]
        for kind in (
            [one for one in left if one.is_fraction],
            [one for one in left if one.is_number],
            [one for one in left if one.type == "boolean" or one.mostly(one.booleans)],
        ):
            if len(kind) == 1:
                found = kind
                break
    found = found or _by_name(usable, ("label",))
    return _first(found, profiles, log, "prediction", guesses)


def _guess_version(free: Iterable[ColumnProfile], guesses: list[str]) -> str | None:
    found = _by_name([one for one in free if one.type in ("text", "number")], VERSION_NAMES)
    if not found:
        return None
    guesses.append(f"version: column {found[0].name!r}{_rivals(found, 'version')}")
    return found[0].name


def guess_slices(free: Iterable[ColumnProfile], guesses: list[str]) -> tuple[str, ...]:
    """Return the columns that split the population, and add a sentence on the guess."""
    found = [one for one in free if _is_slice(one)]
    kept, left = found[:MAX_SLICE_COLUMNS], found[MAX_SLICE_COLUMNS:]
    if kept:
        also = (
            f"; left out: {_listed([one.name for one in left])} (name your own with --slice)" if left else ""
        )
        guesses.append(f"slices: {_listed([one.name for one in kept])}{also}")
    return tuple(one.name for one in kept)


def _is_slice(one: ColumnProfile) -> bool:
    if (
        one.plain in TRUTH_NAMES
        or one.is_time
        or one.is_identifier
        or not 2 <= one.distinct <= MAX_SLICE_VALUES
    ):
        return False
    if one.type == "boolean":
        return True
    if one.is_number:
        whole = one.integers == one.numbers
        return whole and one.distinct * 10 <= one.filled and bool(GROUP_PATTERN.search(one.plain))
    return one.type == "text" and one.distinct * 2 <= one.filled


def _guess_features(free: Iterable[ColumnProfile], guesses: list[str]) -> tuple[str, ...]:
    found = [
        one.name
        for one in free
        if one.is_number
        and not one.writing.doubt
        and not one.is_time
        and not ID_PATTERN.search(one.plain)
        and one.plain not in TRUTH_NAMES
    ]
    kept, left = found[:MAX_FEATURES], found[MAX_FEATURES:]
    if kept:
        also = f"; left out: {len(left)} more (name your own with --feature)" if left else ""
        guesses.append(f"features: {_listed(kept)}{also}")
    return tuple(kept)


def _by_name(profiles: Sequence[ColumnProfile], names: Sequence[str]) -> list[ColumnProfile]:
    order = {name: at for at, name in enumerate(names)}
    return sorted((one for one in profiles if one.plain in order), key=lambda one: order[one.plain])


def _first(
    found: Sequence[ColumnProfile],
    profiles: Sequence[ColumnProfile],
    log: str,
    part: str,
    guesses: list[str],
) -> str:
    if not found:
        columns = _listed([profile.name for profile in profiles])
        raise InputError(
            f"{log}: cannot tell which column is the {part}; the columns are {columns}",
            f"name it with --{part} COLUMN",
        )
    guesses.append(f"{part}: column {found[0].name!r}{_rivals(found, part)}")
    return found[0].name


def _rivals(found: Sequence[ColumnProfile], part: str) -> str:
    others = [one.name for one in found[1:4]]
    return f" (not {_listed(others)}; choose with --{part} COLUMN)" if others else ""


def _listed(names: Sequence[str]) -> str:
    shown = [repr(name) for name in names[:12]]
    return ", ".join(shown) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
