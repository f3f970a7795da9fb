"""What the pages of a report and of a check share: templates, style and script, and what lets them run."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bisect_ml.report import commands, figures, trials, wording
from bisect_ml.report.marks import pixel
from bisect_ml.report.untrusted import quoted_parts, visible
from bisect_ml.resources import folder

BUDGET_BYTES = 500_000
# Code in a sentence of up to so many characters stays on one line, and so does a moment or a limit.
_UNBROKEN = 24
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?:–\d\d:\d\d)?(?: UTC)?|\d+ %|≤ [\d.,]+%)")


class Whole(str):
    """Text of our own making that templates print at any length; it is escaped like all text."""

    __slots__ = ()


def environment(longest: int, filters: Mapping[str, Any]) -> Environment:
    """Return the templates, which show at most `longest` characters of any text.

    Args:
        longest: In characters; what is cut ends in an ellipsis.
        filters: What the templates need besides the filters that all pages share.
    """

    def shown(value: Any) -> Any:
        # Control characters are made visible in everything; escaping comes after this.
        return visible(value, limit=longest) if type(value) is str else value

    templates = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # There is nothing constant in the templates that the optimizer could take out.
        optimized=False,
        finalize=shown,
    )
    templates.filters |= {**_SHARED, **filters}
    templates.filters["sentence"] = lambda text, whole=True: _sentence(text, longest, whole=whole)
    return templates


def frame(*styles: str) -> Mapping[str, Any]:
    """Return what every page holds: its style, its script, and the policy that lets these alone run.

    Args:
        styles: The style sheets that the page has beside the one of all.
    """
    style = "".join(_style(name) for name in ("report.css", *styles))
    return {
        "csp": _content_security_policy(_script(), style),
        "script": _own(_script()),
        "style": _own(style),
    }


def embedded_json(text: bytes, most: int) -> Markup | None:
    """Return JSON as a script element may hold it, without blanks; None where it is longer than `most`."""
    shortened = json.dumps(json.loads(text, parse_float=_short), separators=(",", ":"))
    for char in "<>&":
        shortened = shortened.replace(char, f"\\u{ord(char):04x}")
    return _own(shortened) if len(shortened) <= most else None


def _short(number: str) -> float:
    """Read a number, with six digits where it has more; epoch seconds keep theirs."""
    value = float(number)
    return float(f"{value:.6g}") if abs(value) < 1e5 else value


def _own(text: str) -> Markup:
    """Let text through unescaped that this module wrote, or escaped, itself."""
    return Markup(text)  # noqa: S704 - written or escaped here


def _content_security_policy(script: str, style: str) -> str:
    """Let this page's own script and style run, and nothing else; forbid every request."""
    script_hash, style_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _sentence(text: str, longest: int, *, whole: bool) -> Markup:
    """Show a sentence with what stands in backticks as code; where `whole`, no moment breaks over lines."""
    text = wording.capital(text)
    return Markup("").join(
        _code(part) if is_code else _prose(part) if whole else Markup("{}").format(part)
        for part, is_code in quoted_parts(visible(text, limit=longest))
    )


def _prose(text: str) -> Markup:
    return Markup("").join(
        Markup('<span class="when">{}</span>').format(part) if index % 2 else part
        for index, part in enumerate(_MOMENT.split(text))
    )


def _code(text: str) -> Markup:
    if len(text) > _UNBROKEN:
        return Markup('<code class="long">{}</code>').format(text)
    return Markup("<code>{}</code>").format(text)


_SHARED: Mapping[str, Any] = {
    "capital": wording.capital,
    "count": figures.count,
    "option_lines": commands.option_lines,
    "duration": figures.duration,
    "moment": figures.moment,
    "number": figures.number,
    "pixel": pixel,
    "place": wording.place,
    "plain": lambda value: "" if value is None else f"{value:.4g}",
    "probability": figures.probability,
    "pull_request": wording.pull_request_name,
    "sha": wording.short_sha,
    "share": figures.share,
    "silent_name": wording.silent_name,
    "span": figures.span,
    "badge": trials.badge,
    "badge_shape": trials.shape,
    "whole": Whole,
}


@cache
def _style(name: str) -> str:
    """Return a style sheet without what only people need."""
    text = re.sub(r"/\*.*?\*/", "", _asset(name), flags=re.DOTALL)
    text = re.sub(r"\s*([{};])\s*", r"\1", text).replace(";}", "}")
    return re.sub(r"([:,]) +", r"\1", text)


@cache
def _script() -> str:
    """Return the script without comments on lines of their own, and without indentation."""
    return re.sub(r"^\s*(?://.*\n)?", "", _asset("report.js"), flags=re.MULTILINE)


@cache
def _asset(name: str) -> str:
    return (folder("templates") / name).read_text(encoding="utf-8")
