"""Two sets of predictions, files or DataFrames, counted and compared."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from bisect_ml.check_settings import CheckSettings
from bisect_ml.comparison import Measured, compare, noise_of, one_effect
from bisect_ml.saved_check import Comparison
from bisect_ml.sources.opening import Predictions
from bisect_ml.sources.pairs import PairOptions, tally_predictions


def compare_predictions(
    base: Predictions,
    head: Predictions,
    settings: CheckSettings | None = None,
    *,
    repeats: Sequence[Predictions] = (),
) -> Comparison:
    """Compare two sets of predictions.

    Args:
        base: What was good: CSV, Parquet or JSON lines (a file, a folder, a pattern), or a DataFrame.
        head: What is to be released, likewise.
        settings: Margins, columns, and what else to know; the defaults where None.
        repeats: The base run again on the same inputs, to see its noise.

    Raises:
        InputError: One of them cannot be read, has no rows, or lacks a named column.
    """
    settings = settings or CheckSettings()
    options = pair_options(settings)
    tallies = tally_predictions(base, head, options)
    # The noise is that of the rows as they are compared, so that a guess is not made anew.
    known = replace(options, key=tallies.coverage.key, prediction=tallies.prediction)
    runs = [tally_predictions(one, other, known) for one, other in combinations((base, *repeats), 2)]
    return compare(tallies, settings, noise_of(runs))


def effect_of(
    base: Predictions,
    other: Predictions,
    metric: str,
    slice_name: str | None,
    settings: CheckSettings | None = None,
) -> Measured | None:
    """Return one metric of one population (`column=value`, None for all rows) between two files.

    None where the metric or the slice is not there.

    Raises:
        InputError: One of the files cannot be read, has no rows, or lacks a named column.
    """
    options = pair_options(settings or CheckSettings())
    options = replace(options, slices=_columns_of(slice_name, options.slices or ()))
    return one_effect(tally_predictions(base, other, options), metric, slice_name)


def _columns_of(slice_name: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """The column that a slice is of; names with an equals sign are told by the known ones."""
    if slice_name is None:
        return ()
    named = [one for one in known if slice_name.startswith(f"{one}=")]
    return (max(named, key=len),) if named else (slice_name.partition("=")[0],)


def pair_options(settings: CheckSettings) -> PairOptions:
    """Return how the settings want two sets of predictions to be read."""
    return PairOptions(
        key=settings.key,
        prediction=settings.prediction,
        slices=settings.slices,
        group=settings.group,
        kind=settings.kind,
        threshold=settings.threshold,
        row_tolerance=settings.moved,
    )
