"""The settings of `check`: the table `[check]` of the settings file, then the flags.

    [check]
    run = "python -m app.score --input {input} --output {output}"
    input = "tests/requests.parquet"
    key = "request_id"
    critical = ["null_rate"]

    [check.margins]             # how far a metric may move; what is not named keeps its default
    mean = 0.01
    "share[fraud]" = 0.002
    "mean of country=BR" = 0.05

A margin is a fraction: of the base for `mean` and `median`, of the rows for the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import msgspec

from bisect_ml.config import read_table
from bisect_ml.errors import ConfigError
from bisect_ml.types import PredictionKind

TABLE = "check"
# 2 % of a mean or median, half a point of missing predictions, a point of a class, 1 % of decisions; and
# 1 % of the rows that move by more than the margin of the mean, as a decision that changed is such a row.
DEFAULT_MARGINS: Mapping[str, float] = {
    "mean": 0.02,
    "median": 0.02,
    "null_rate": 0.005,
    "share": 0.01,
    "flips": 0.01,
    "rows": 0.01,
}
# Settings that no file may make: it may have come with the branch that is checked.
FLAG_ONLY: frozenset[str] = frozenset()

Count = Annotated[int, msgspec.Meta(ge=0, le=20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """What a check is asked to do; None means: guess from the input, and say the guess.

    Attributes:
        run: The command that predicts, with `{input}`, `{output}` and `{seed}`.
        setup: The command that prepares the environment of a side.
        input: The recorded inputs.
        key: Columns that pair the rows of the two sides; an empty list compares them unpaired.
        prediction: Column that holds the model's output.
        slices: Columns that split the population.
        group: Column whose equal values mark rows that depend on one another (a user, an hour).
        kind: What the predictions are, where the guess is wrong.
        threshold: Where numbers become decisions: at or above it, or below.
        margins: How far a metric may move, by its name, or by `METRIC of COLUMN=VALUE` for one slice.
        critical: Metrics that must be proved in every slice, not in all rows alone.
        row_tolerance: By how much of itself a row may move before it counts as moved; None takes the
            margin of the mean.
        min_rows: The smallest slice that is judged.
        repeat_base: How often the base runs again on the same inputs, to see its noise.
        false_discovery_rate: Which share of the failing results may fail by chance.
    """

    run: str | None = None
    setup: str | None = None
    input: str | None = None
    key: tuple[str, ...] | None = None
    prediction: str | None = None
    slices: tuple[str, ...] | None = None
    group: str | None = None
    kind: PredictionKind | None = None
    threshold: float | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    critical: tuple[str, ...] = ()
    row_tolerance: float | None = None
    min_rows: Annotated[int, msgspec.Meta(ge=2)] = 50
    repeat_base: Count = 0
    false_discovery_rate: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.05

    def __post_init__(self) -> None:
        """Refuse margins that nothing can pass, and names that no metric has."""
        for name, margin in self.margins.items():
            if not 0 < margin < float("inf"):
                raise ConfigError(
                    f"the margin of {name!r} is {margin!r}", "write a fraction above 0, such as 0.02 for 2 %"
                )
        for name in (*self.margins, *self.critical):
            if _family(name) not in DEFAULT_MARGINS:
                raise ConfigError(
                    f"there is no metric {name!r}",
                    f"the metrics are {', '.join(DEFAULT_MARGINS)} and share[CLASS]",
                )
        if self.row_tolerance is not None and not 0 < self.row_tolerance < float("inf"):
            raise ConfigError(
                f"the row tolerance is {self.row_tolerance!r}",
                "write a fraction above 0, such as 0.02 for 2 %",
            )

    def margin(self, metric: str, slice_name: str | None) -> float:
        """Return how far a metric of a slice (`column=value`, None for all rows) may move."""
        names = [metric, _family(metric)]
        if slice_name is not None:
            names = [f"{each} of {slice_name}" for each in names] + names
        return next(
            (self.margins[each] for each in names if each in self.margins), DEFAULT_MARGINS[_family(metric)]
        )

    def is_critical(self, metric: str) -> bool:
        """Whether a metric must be proved in every slice."""
        return metric in self.critical or _family(metric) in self.critical

    @property
    def moved(self) -> float:
        """By how much of itself a row moves before it counts."""
        return self.margin("mean", None) if self.row_tolerance is None else self.row_tolerance


def _family(name: str) -> str:
    metric = name.partition(" of ")[0]
    return "share" if metric.startswith("share[") else metric


def load_check_settings(flags: Mapping[str, Any], *, folder: Path, file: Path | None = None) -> CheckSettings:
    """Merge the defaults, the table `[check]` of the settings file and the flags.

    Args:
        flags: Field names to values; None means that the flag was not given. Margins are added to the file's.
        folder: Where to look for the file when `file` is None.
        file: A settings file to read instead.

    Raises:
        ConfigError: The file cannot be read, or a key or a value does not fit.
    """
    path, whole = read_table(folder, file)
    table = whole.get(TABLE, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: `check` is no table", "write its settings below a line `[check]`")
    settings = {key.replace("-", "_"): value for key, value in table.items()}
    known = {each.name for each in fields(CheckSettings)} - FLAG_ONLY
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ConfigError(
            f"{path}: unknown setting {unknown[0]!r} in [check]",
            f"the settings are {', '.join(sorted(known))}",
        )
    for name in ("key", "slices", "critical"):
        if isinstance(settings.get(name), str):
            settings[name] = (settings[name],)
    given = {key: value for key, value in flags.items() if value is not None}
    margins = settings.get("margins", {})
    if isinstance(margins, dict) and "margins" in given:
        given["margins"] = {**margins, **given["margins"]}
    try:
        return msgspec.convert(settings | given, CheckSettings)
    except ConfigError as error:
        raise ConfigError(f"{path or 'settings'}: {error.message}", error.hint) from None
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at `$.", " at `check.")
        raise ConfigError(f"{path or 'settings'}: {reason}", "see `bisect-ml check --help`") from None


def parse_margins(flags: Iterable[str]) -> Mapping[str, float]:
    """Read margins as flags give them: `METRIC=SHARE`, such as `mean=0.01` or `mean of country=BR=5%`.

    Raises:
        ConfigError: One of them is not written so.
    """
    margins = {}
    for flag in flags:
        name, _, value = flag.rpartition("=")
        try:
            percent = value.strip().endswith("%")
            margin = float(value.strip().rstrip("% ")) / (100 if percent else 1)
        except ValueError:
            hint = "write it like mean=0.01, or mean=1%"
            raise ConfigError(f"--margin {flag}: not a margin", hint) from None
        if margin >= 1 and not percent:
            hint = f"write {name}={value}% or {name}={margin:.0%}, whichever is meant"
            raise ConfigError(f"--margin {flag}: a margin is a fraction, and this is {margin:.0%}", hint)
        margins[name.strip()] = margin
    return margins
