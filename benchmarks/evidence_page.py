"""Write `docs/evidence.md` from the docstrings of the scorers and the table of weights.

python -m benchmarks.evidence_page
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bisect_ml.evidence import NO_DEPLOY_SCORERS, SCORERS
from bisect_ml.evidence.base import Scorer
from bisect_ml.weights import WEIGHTS

PAGE = Path(__file__).parent.parent / "docs" / "evidence.md"

_HEAD = """# Evidence

Each scorer looks at one thing about one candidate and says how much it accuses (above zero) or clears
(below zero), as a log-likelihood ratio in nats: +0.7 doubles the odds, +2.3 makes them ten times as high. A
scorer that has nothing to say changes nothing. Weights are fitted together, so that scorers that see the same
thing share its weight; `bisect_ml/weights.toml` holds them and says what they came from.

This page is written by `python -m benchmarks.evidence_page`.
"""
_HEADING = re.compile(r"^(Looks at|Why it tells|When it misleads):\s*", re.MULTILINE)


def page() -> str:
    """Return the whole page."""
    sections = [
        _HEAD,
        "## Of a commit that a deploy brought or took out\n",
        *_sections(SCORERS),
        "## Of *no code change explains this*\n",
        *_sections(NO_DEPLOY_SCORERS),
    ]
    return "\n".join(sections).rstrip() + "\n"


def _sections(scorers: Mapping[str, Scorer]) -> Iterator[str]:
    for name, scorer in scorers.items():
        summary, _, rest = inspect.cleandoc(scorer.__doc__ or "").partition("\n\n")
        body = _HEADING.sub(r"*\1*: ", "\n\n".join(" ".join(part.split()) for part in rest.split("\n\n")))
        levels = [f"{level} {weight:+.1f}" for level, weight in WEIGHTS.get(name, {}).items()]
        weights = f"\nWeights: {', '.join(levels)}.\n" if levels else ""
        yield f"### {name}\n\n{' '.join(summary.split())}\n\n{body}\n{weights}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
