"""A chart as SVG text: presentation attributes only, which survive where style sheets are refused.

Written here and not as a template: a page holds dozens of charts, and the templates of a page are compiled
anew in every process.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from bisect_ml.report.canvas import Label, LabelName
from bisect_ml.report.charts import Plot
from bisect_ml.report.marks import Mark, MarkKind, pixel
from bisect_ml.report.untrusted import visible

_LABEL_COLOURS: Mapping[LabelName, str] = {"suspect": "#a34700", "recovery": "#00694e"}
_MARK_PAINT: Mapping[MarkKind, str] = {
    "deploy": 'fill="#6b6b6b"',
    "rollback": 'fill="#00805f"',
    "failed": 'fill="none" stroke="#6b6b6b" stroke-width="1.5"',
}
_DOTTED, _DASHED, _DASH_DOT = "1 3", "6 4", "5 2 1 2"


def svg(plot: Plot, name: str, style: str = "", *, copy: bool = False, longest: int = 400) -> Markup:
    """Draw a chart.

    Args:
        plot: What is drawn.
        name: The start of the ids of its title and its description.
        style: A further class of the element.
        copy: Whether the same chart stands beside it in another size: this one then has no title of its own.
        longest: The most characters shown of any text.
    """

    def told(text: str) -> str:
        return str(escape(visible(text, limit=longest)))

    title, description = told(plot.title), told(plot.description)
    texts = f'<title id="{name}-t">{title}</title>\n<desc id="{name}-d">{description}</desc>\n'
    layers = (*_grid(plot, told), *_curve(plot), *_marks(plot.marks, plot.size.floor, told, copy=copy))
    labels = [_label(label, told) for label in plot.labels]
    times = [_axis(plot.x_labels, "middle", told)] if plot.x_labels else []
    body = "\n".join((*layers, *labels, *times))
    return Markup(f"{_head(plot, name, style, copy=copy)}\n{'' if copy else texts}{body}\n</svg>")  # noqa: S704 - texts are escaped above


def _head(plot: Plot, name: str, style: str, *, copy: bool) -> str:
    size = plot.size
    shown = f"chart {style}".strip()
    font = ' font-family="system-ui, sans-serif" font-size="12"' if plot.y_labels else ""
    pointed = "" if copy or not plot.values else _pointed(plot)
    return (
        f'<svg class="{shown}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-t {name}-d"{font}{pointed}>'
    )


def _pointed(plot: Plot) -> str:
    """Return what the script needs to read the curve under the pointer."""
    size = plot.size
    values = escape(" ".join(plot.values))
    return (
        f' data-left="{size.left}" data-right="{size.end}" data-top="{size.top}" data-floor="{size.floor}" '
        f'data-start="{round(plot.start)}" data-end="{round(plot.end)}" '
        f'data-times="{_step_runs(plot.times)}" data-values="{values}"'
    )


def _step_runs(times: Sequence[float]) -> str:
    """Write moments as the first one and the steps from each to the next, repeated steps counted."""
    steps = (round(later - earlier) for earlier, later in pairwise(times))
    runs = ((step, sum(1 for _ in run)) for step, run in groupby(steps))
    parts = (str(step) if repeats == 1 else f"{step}*{repeats}" for step, repeats in runs)
    return " ".join([str(round(times[0])), *parts])


def _grid(plot: Plot, told: Callable[[str], str]) -> Iterable[str]:
    """Draw what lies below the curve: onset intervals, the grid and its values, the floor."""
    size = plot.size
    if plot.bands:
        d = "".join(
            f"M{pixel(x)},{size.top}h{pixel(width)}V{size.floor}h-{pixel(width)}z" for x, width in plot.bands
        )
        yield (
            f'<path class="band" d="{d}" fill="#e69f00" fill-opacity=".35" stroke="#b36b00" '
            'stroke-width=".8" stroke-dasharray="3 2"/>'
        )
    if plot.y_labels:
        d = "".join(f"M{size.left},{pixel(label.y)}H{size.end}" for label in plot.y_labels)
        yield _stroke("grid", d, "#e3e3e3")
        yield _axis(plot.y_labels, "end", told, lower=4)
        yield _stroke("floor", f"M{size.left},{size.floor}H{size.end}", "#8a8a8a")


def _curve(plot: Plot) -> Iterable[str]:
    size = plot.size
    if plot.envelope:
        yield f'<path class="envelope" d="{plot.envelope}" fill="#0072b2" fill-opacity=".22"/>'
    yield (
        f'<path class="line" d="{plot.line}" fill="none" stroke="#0072b2" stroke-width="1.5" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )
    if plot.levels:
        d = "".join(f"M{pixel(one.x1)},{pixel(one.y)}H{pixel(one.x2)}" for one in plot.levels)
        yield _stroke("level", d, "#1a1a1a", width="1.2", dashes=_DASHED)
    if plot.recovered_x is not None:
        d = f"M{pixel(plot.recovered_x)},{size.top}V{size.floor}"
        yield _stroke("recovered", d, "#00805f", width="1.5", dashes=_DOTTED)


def _marks(marks: Iterable[Mark], floor: float, told: Callable[[str], str], *, copy: bool) -> Iterable[str]:
    """Draw the deploys, a kind together, the suspected one on top of all."""
    ordered = sorted(marks, key=lambda mark: (mark.kind == "suspect", mark.kind))
    for kind, group in groupby(ordered, key=lambda mark: mark.kind):
        if kind == "suspect":
            for mark in group:
                line = f"M{pixel(mark.x)},3V{pixel(floor)}"
                yield _stroke("suspect-line", line, "#d55e00", width="1.5", dashes=_DASH_DOT)
                shape = f'<path class="mark suspect" d="{mark.shape}" fill="#d55e00"'
                yield f"{shape}{_ending(mark, told, copy=copy)}"
        elif copy:
            d = "".join(mark.shape for mark in group)
            yield f'<g class="mark {kind}" {_MARK_PAINT[kind]}><path d="{d}"/></g>'
        else:
            shapes = "".join(f'<path d="{mark.shape}"{_ending(mark, told, copy=False)}' for mark in group)
            yield f'<g class="mark {kind}" {_MARK_PAINT[kind]}>{shapes}</g>'


def _ending(mark: Mark, told: Callable[[str], str], *, copy: bool) -> str:
    """End the element of a mark, with what it says when pointed at."""
    return "/>" if copy else f"><title>{told(mark.text)}</title></path>"


def _stroke(name: str, d: str, colour: str, *, width: str = "", dashes: str = "") -> str:
    further = f' stroke-width="{width}"' if width else ""
    further += f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="{name}" d="{d}" fill="none" stroke="{colour}"{further}/>'


def _axis(labels: Iterable[Label], anchor: str, told: Callable[[str], str], *, lower: float = 0) -> str:
    texts = "".join(
        f'<text x="{pixel(label.x)}" y="{pixel(label.y + lower)}">{told(label.text)}</text>'
        for label in labels
    )
    return f'<g class="axis" text-anchor="{anchor}" fill="#595959">{texts}</g>'


def _label(label: Label, told: Callable[[str], str]) -> str:
    return (
        f'<text class="{label.name}" x="{pixel(label.x)}" y="{pixel(label.y)}" text-anchor="{label.anchor}" '
        f'font-weight="600" fill="{_LABEL_COLOURS.get(label.name, "#7a4a00")}">{told(label.text)}</text>'
    )
