"""What moved and how much, in words."""

import re

from bisect_ml.report.figures import change, measure, number
from bisect_ml.saved_report import Finding, SavedSymptom

_METRIC_NAMES = {
    "mean": "mean prediction",
    "std": "standard deviation of the predictions",
    "p05": "5th percentile of the predictions",
    "p50": "median prediction",
    "p95": "95th percentile of the predictions",
    "null_rate": "share of missing predictions",
    "count": "number of predictions",
}
_UNITS = {
    60: "minutes and seconds",
    100: "a share and per cent",
    1000: "seconds and milliseconds",
    3600: "hours and seconds",
    86_400: "days and seconds",
    1_000_000: "seconds and microseconds",
}


def metric_name(metric: str, of: str | None = None) -> str:
    """Name a metric, and the slice it was taken on, in words."""
    if metric.startswith("share[") and metric.endswith("]"):
        name = f"share of class {metric[6:-1]}"
    elif ends := _ends(metric):
        name = f"share of predictions {'that are' if len(ends) == 1 else 'between'} {' and '.join(ends)}"
    else:
        name = _METRIC_NAMES.get(metric, metric)
    return name if of is None else f"{name} for {of}"


def movement(moved: Finding | SavedSymptom) -> str:
    """Say what moved and how much: `the mean prediction rose 995-fold, from 0.42 to 418`."""
    name = f"the {metric_name(moved.metric, moved.slice)}"
    before, after = measure(moved.before, moved.metric), measure(moved.after, moved.metric)
    if (ends := _ends(moved.metric)) and 0 in (moved.before, moved.after):
        return _far_rows(moved, ends, before, after)
    if moved.kind == "stuck":
        return f"{name} got stuck at {after} (before: {before})"
    if moved.before is None or moved.after is None:
        return f"{name} moved from {before} to {after}"
    verb = "rose" if moved.after >= moved.before else "fell"
    if moved.kind == "spread" and moved.metric == "std":
        verb = "widened" if moved.after >= moved.before else "narrowed"
    elif moved.before and moved.after and (moved.before < 0) != (moved.after < 0):
        verb = "changed sign and " + verb
    return f"{name} {verb} {_amount(moved.before, moved.after, moved.metric)}, from {before} to {after}"


def _ends(metric: str) -> tuple[str, ...]:
    """Write the value that a share counts, or the two between which it counts; none for other metrics."""
    counted = re.fullmatch(r"values\[([-+.e\d]+?)(?:\.\.([-+.e\d]+))?\]", metric)
    return tuple(number(float(end)) for end in counted.groups() if end is not None) if counted else ()


def _far_rows(moved: Finding | SavedSymptom, ends: tuple[str, ...], before: str, after: str) -> str:
    """Say that predictions became, or ceased to be, what none was before, and what their mean did."""
    lies = f"lies between {' and '.join(ends)}" if len(ends) > 1 else f"is {ends[0]}"
    if moved.after == 0:
        return f"none of the predictions {lies} any more, as {before} were"
    became = f"came to lie between {' and '.join(ends)}" if len(ends) > 1 else f"became {ends[0]}"
    symptoms = moved.symptoms if isinstance(moved, Finding) else ()
    mean = next((one for one in symptoms if one.metric == "mean" and one.slice == moved.slice), None)
    took = f", and took the mean from {number(mean.before)} to {number(mean.after)}" if mean else ""
    return f"{after} of the predictions {became}, which none did before{took}"


def _amount(before: float, after: float, metric: str) -> str:
    """Write the size of a change without its direction, as it follows a verb: `995-fold`, `by 12%`."""
    text = change(before, after, metric)
    return f"{text[1:]}-fold" if text.startswith(("×", "÷")) else f"by {text.lstrip('+−')}"


def signature(name: str) -> str:
    """Say what a ratio such as `x1000` is typical of: `1,000-fold, as between seconds and milliseconds`."""
    ratio = re.fullmatch(r"([x/])(-?)(\d{1,9})", name)
    if not ratio:
        return f"a {name}" if name == "sign flip" else name
    factor = int(ratio[3])
    text = f"{factor:,}-fold" if ratio[1] == "x" else f"1/{factor:,}"
    sign = " with the sign flipped" if ratio[2] else ""
    units = _UNITS.get(factor)
    return f"{text}{sign}, as between {units}" if units else text + sign
