"""Python read by doing what it says, within a budget: no files but those of the tree, no clock or network."""

from bisect_ml.interpreter import (
    classes,
    comprehensions,
    coroutines,
    expressions,
    functions,
    handling,
    imports,
    matching,
    names,
    statements,
)
from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.coroutines import finished
from bisect_ml.interpreter.machine import Exhausted, Place, Stopped, Unsupported
from bisect_ml.interpreter.modules import Modules
from bisect_ml.interpreter.portable import Successor, copied, is_portable, place_of
from bisect_ml.interpreter.testing import run_tests
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.interpreter.values import written

__all__ = [
    "Exhausted",
    "Modules",
    "Place",
    "Stopped",
    "Successor",
    "Unknown",
    "Unsupported",
    "copied",
    "finished",
    "is_portable",
    "made_here",
    "place_of",
    "run_tests",
    "written",
]
_RULES = (
    classes,
    comprehensions,
    coroutines,
    expressions,
    functions,
    handling,
    imports,
    matching,
    names,
    statements,
)
