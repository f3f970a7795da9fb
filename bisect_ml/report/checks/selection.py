"""Which results of a check are shown where there is room for few."""

from bisect_ml.report.checks.wording import accepted, failures, undecided
from bisect_ml.saved_check import Comparison, Result


def shown_results(comparison: Comparison, most: int) -> list[Result]:
    """Return the telling results: what failed, what is undecided, what was accepted, then those of all rows.

    Results of all rows are what a pass has proved: half of the places are kept for them.
    """
    overall = [one for one in comparison.results if one.slice is None]
    of_slices = [one for one in comparison.results if one.slice is not None]
    failed = [*failures(comparison), *undecided(comparison), *accepted(comparison)]
    first = [one for one in failed if one.slice is not None]
    room = max(most // 2, most - len(overall))
    kept = {id(one) for one in (*first[:room], *overall)}
    order = [*failed, *overall, *of_slices]
    return [one for one in {id(one): one for one in order}.values() if id(one) in kept][:most]
