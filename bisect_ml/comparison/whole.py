"""The comparison of two sets of predictions, from their tallies."""

from collections.abc import Iterator, Sequence

from bisect_ml.check_settings import CheckSettings
from bisect_ml.comparison.changes import class_flips, deciles, row_changes
from bisect_ml.comparison.listing import telling
from bisect_ml.comparison.metrics import Measured, measure
from bisect_ml.comparison.verdicts import judge, overall
from bisect_ml.saved_check import Comparison, Noise, Result
from bisect_ml.tallies import Tallies, Tally


def compare(tallies: Tallies, settings: CheckSettings, noise: Noise | None = None) -> Comparison:
    """Judge two sets of predictions.

    Args:
        tallies: What was counted of them.
        settings: Margins, critical metrics, the smallest slice.
        noise: What the base does to itself; None where it ran once.
    """
    measured = _all_metrics(tallies, settings)
    results = judge(measured, settings, noise.floors if noise else {})
    verdict = overall(results, tallies.coverage.problems)
    return Comparison(
        verdict=verdict,
        kind=tallies.kind,
        coverage=tallies.coverage,
        results=telling(measured, results),
        computed=len(results),
        rows=row_changes(tallies.tallies),
        flips=class_flips(tallies.tallies),
        noise=noise,
        deciles=deciles(tallies),
        guesses=tallies.guesses,
        warnings=(*tallies.warnings, *_warnings(tallies, settings, results)),
    )


def one_effect(tallies: Tallies, metric: str, slice_name: str | None) -> Measured | None:
    """Return one metric of one population (`column=value`, None for all rows), None where it is not there."""
    for tally in tallies.tallies:
        if (str(tally.slice) if tally.slice else None) == slice_name:
            return next((one for one in measure(tally, tallies) if one.metric == metric), None)
    return None


def noise_of(repeats: Sequence[Tallies]) -> Noise | None:
    """Return what the base does to itself.

    Args:
        repeats: Tallies of pairs of runs of the base on the same inputs; None without any.
    """
    if not repeats:
        return None
    floors: dict[str, float] = {}
    changed = 0.0
    for tallies in repeats:
        for tally in tallies.tallies:
            if tally.slice is None and tally.pair is not None and tally.pair.pairs:
                changed = max(changed, tally.pair.changed / tally.pair.pairs)
            for one in measure(tally, tallies):
                if one.estimate is not None and one.estimate.effect:
                    name = one.metric if one.slice is None else f"{one.metric} of {one.slice}"
                    floors[name] = max(floors.get(name, 0.0), abs(one.estimate.effect))
    return Noise(runs=_runs(len(repeats)), changed=changed, floors=floors)


def _runs(pairs: int) -> int:
    """How many runs give so many pairs."""
    runs = 2
    while runs * (runs - 1) // 2 < pairs:
        runs += 1
    return runs


def _all_metrics(tallies: Tallies, settings: CheckSettings) -> tuple[Measured, ...]:
    return tuple(
        one
        for tally in tallies.tallies
        if tally.slice is None or _is_large(tally, settings.min_rows)
        for one in measure(tally, tallies)
        if one.slice is None or min(one.base_rows, one.head_rows) >= settings.min_rows
    )


def _is_large(tally: Tally, rows: int) -> bool:
    return min(tally.base.rows, tally.head.rows) >= rows


def _warnings(tallies: Tallies, settings: CheckSettings, results: Sequence[Result]) -> Iterator[str]:
    slices = [tally for tally in tallies.tallies if tally.slice is not None]
    small = sum(not _is_large(tally, settings.min_rows) for tally in slices)
    if small:
        yield f"{small} of {len(slices)} slices have fewer than {settings.min_rows} rows and were not judged"
    unproved = {one.slice for one in results if one.slice is not None and one.verdict == "inconclusive"}
    if unproved:
        judged = len({one.slice for one in results if one.slice is not None})
        yield (
            f"{len(unproved)} of {judged} slices are too small to be proved inside every margin; they were "
            "watched for failures"
        )
