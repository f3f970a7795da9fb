"""The search for a commit by running code along the history: which to run next, and when to stop.

Pure: what is run, and how, is the caller's.
"""

from bisect_ml.bisection.chances import chances
from bisect_ml.bisection.halving import halving_runs
from bisect_ml.bisection.search import ErrorRates, Found, Outcome, Search, search

__all__ = ["ErrorRates", "Found", "Outcome", "Search", "chances", "halving_runs", "search"]
