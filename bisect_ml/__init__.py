"""Trace a silent shift in ML predictions to the commit that caused it.

The names below are loaded on first use, so that `import bisect_ml` and `bisect-ml --help` stay quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bisect_ml.change_points import detect as detect
    from bisect_ml.errors import BisectError as BisectError
    from bisect_ml.saved_report import Report as Report
    from bisect_ml.tracing import trace as trace

__version__ = "0.1.0"
__all__ = ["BisectError", "Report", "__version__", "detect", "trace"]

_HOMES = {
    "BisectError": "bisect_ml.errors",
    "Report": "bisect_ml.saved_report",
    "detect": "bisect_ml.change_points",
    "trace": "bisect_ml.tracing",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bisect_ml' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
