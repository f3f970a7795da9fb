"""Trace a silent shift in ML predictions to the commit that caused it.

The names below are loaded on first use, so that `import bisect_ml` and `bisect-ml --help` stay quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bisect_ml.about import __version__

if TYPE_CHECKING:
    from bisect_ml.change_points import detect as detect
    from bisect_ml.checks.checking import check as check
    from bisect_ml.errors import BisectError as BisectError
    from bisect_ml.saved_check import CheckReport as CheckReport
    from bisect_ml.saved_report import Report as Report
    from bisect_ml.tracing import trace as trace

__all__ = ["BisectError", "CheckReport", "Report", "__version__", "check", "detect", "trace"]

_HOMES = {
    "BisectError": "bisect_ml.errors",
    "CheckReport": "bisect_ml.saved_check",
    "Report": "bisect_ml.saved_report",
    "check": "bisect_ml.checks.checking",
    "detect": "bisect_ml.change_points",
    "trace": "bisect_ml.tracing",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bisect_ml' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
