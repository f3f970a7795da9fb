"""Which results of a check tell something, and which are shown where there is room for few."""

from bisect_ml.saved_check import Comparison, Result

# Slices that need not be proved are mostly too small to be decided: a few of them stand for all.
_MOST_SMALL = 3


def failures(comparison: Comparison) -> list[Result]:
    """Return what failed and was not accepted, worst first."""
    return [one for one in comparison.results if one.verdict == "fail" and one.accepted is None]


def accepted(comparison: Comparison) -> list[Result]:
    """Return what failed and was accepted, worst first."""
    return [one for one in comparison.results if one.accepted is not None]


def undecided(comparison: Comparison) -> list[Result]:
    """Return what could not be decided: of all rows and critical metrics first."""
    found = [one for one in comparison.results if one.verdict == "inconclusive"]
    return sorted(found, key=lambda one: not must_be_proved(one))


def must_be_proved(result: Result) -> bool:
    """Say whether a check passes only where this result does: one of all rows, or of a critical metric."""
    return result.slice is None or result.critical


def shown_results(comparison: Comparison, most: int) -> list[Result]:
    """Return the telling results: what failed, what must be proved and is not, what was accepted, all rows.

    Results of all rows are what a pass has proved: half of the places are kept for them. Where room is
    left, a few slices follow that could not be decided.
    """
    overall = [one for one in comparison.results if one.slice is None]
    open_ones = undecided(comparison)
    must = [one for one in open_ones if must_be_proved(one)]
    small = [one for one in open_ones if not must_be_proved(one)]
    told = [*failures(comparison), *must, *accepted(comparison)]
    of_slices = [one for one in told if one.slice is not None]
    room = max(most // 2, most - len(overall))
    kept = {id(one) for one in (*of_slices[:room], *overall, *small[:_MOST_SMALL])}
    order = [*told, *overall, *small]
    return [one for one in {id(one): one for one in order}.values() if id(one) in kept][:most]
