"""0.8 means right 8 times in 10, on breaks of public histories that the weights have not seen.

`held_out.json.gz` holds what the scorers said there, and who did it; `python -m benchmarks.fit_weights
HARVEST --save` writes it. The weights are today's.
"""

import gzip
import json
import math
from pathlib import Path

import pytest

from benchmarks.judging import calibration_error
from bisect_ml.weights import WEIGHTS

HELD_OUT = Path(__file__).parent / "held_out.json.gz"
LARGEST_ERROR = 0.10
LARGEST_BRIER = 0.30

pytestmark = pytest.mark.slow


def answers() -> list[tuple[list[float], list[int]]]:
    """The probabilities of the candidates of each break, and which of them did it."""
    found = []
    for candidates in json.loads(gzip.decompress(HELD_OUT.read_bytes())):
        scale = WEIGHTS["calibration"]["scale"]
        logs = [
            scale * (fixed + timing + sum(WEIGHTS[scorer][level] * value for scorer, level, value in terms))
            for fixed, timing, terms, _ in candidates
        ]
        weights = [math.exp(log - max(logs)) for log in logs]
        found.append(([weight / sum(weights) for weight in weights], [did for *_, did in candidates]))
    return found


def test_the_first_answer_is_right_as_often_as_it_says() -> None:
    tops = [max(zip(p, map(float, did), strict=True)) for p, did in answers()]
    assert len(tops) > 100
    assert calibration_error(tops) <= LARGEST_ERROR


def test_all_probabilities_are_worth_what_they_say() -> None:
    scores = []
    for p, did in answers():
        right = sum(each for each, guilty in zip(p, did, strict=True) if guilty)
        scores.append(
            (1 - right) ** 2 + sum(each**2 for each, guilty in zip(p, did, strict=True) if not guilty)
        )
    assert sum(scores) / len(scores) <= LARGEST_BRIER
