"""Settings that the code behind the entry point reads, told from those that only share their file."""

import pytest

from bisect_ml.evidence.reach import reach
from bisect_ml.evidence.settings import settings
from tests.evidence.cases import a_case, a_commit, a_file

READS_SETTINGS = {
    "app/serve.py": """
import os
from app.config import SETTINGS, WORDS

def predict(row):
    if row["x"] > SETTINGS["threshold"]:
        return float(os.environ["SCORE_CAP"])
    return row["x"] * SETTINGS["scale"] + WORDS[row["word"]]
""",
    "app/config.py": 'SETTINGS = load("config/model.yaml")\nWORDS = load("config/words.json")\n',
}
SETTINGS = "threshold: 0.8\nscale: 2.0\nlogging:\n  level: info\n  retention_days: 30\n"


MODEL, WORDS = "config/model.yaml", "config/words.json"
LISTED = '{"good": 1, "scale": 2, "poor": -2}'
CLUSTER = "model:\n  score_cap: 3\n  memory: 2Gi\n  image: cache:6\n"


@pytest.mark.parametrize(
    ("path", "before", "old", "new", "reached", "read"),
    [
        (
            MODEL,
            SETTINGS,
            "0.8",
            "0.5",
            "changes threshold, which the code behind predict reads",
            "sets threshold: 0.8 → 0.5",
        ),
        (MODEL, SETTINGS, "30", "90", "", "logging.retention_days, which no prediction reads: 30 → 90"),
        (
            WORDS,
            LISTED,
            "-2",
            "-3",
            "changes config/words.json, which the code behind predict reads",
            "sets poor: -2 → -3",
        ),
        ("k8s/values.yaml", CLUSTER, "score_cap: 3", "score_cap: 4", "changes score_cap", "score_cap: 3 → 4"),
        ("k8s/values.yaml", CLUSTER, "2Gi", "4Gi", "", "model.memory, which no prediction reads"),
        ("k8s/values.yaml", CLUSTER, "cache:6", "cache:7", "", "model.image, which no prediction reads"),
        ("config/staging.yaml", SETTINGS, "0.8", "0.5", "", "sets what staging reads"),
    ],
)
def test_settings_are_reached_by_their_key_and_files_that_are_taken_whole_by_their_name(
    path: str, before: str, old: str, new: str, reached: str, read: str
) -> None:
    commit = a_commit(a_file(path, before, before.replace(old, new)))
    case = a_case(commit, tree=READS_SETTINGS, entry="app.serve:predict")
    by_reach, by_settings = reach(case, case.candidates[0]), settings(case, case.candidates[0])
    assert by_settings is not None
    assert read in by_settings.sentence
    assert (by_reach is not None) is bool(reached)
    assert by_reach is None or reached in by_reach.sentence


READS_A_FILE = {
    "app/score.py": """
import json

def predict(row):
    return load()["threshold"] * row.age

def load():
    return json.load(open("conf/model.json"))
"""
}


@pytest.mark.parametrize(
    ("path", "before", "after", "reached"),
    [
        ("conf/model.json", '{"a": 1}', '{"a": 2}', True),
        ("conf/prod.yaml", "model:\n  threshold: 0.5\n", "model:\n  threshold: 0.05\n", True),
        ("conf/prod.yaml", "mail:\n  sender: a\n", "mail:\n  sender: b\n", False),
    ],
)
def test_settings_are_reached_by_the_name_of_their_file_or_key(
    path: str, before: str, after: str, reached: bool
) -> None:
    commit = a_commit(a_file(path, before, after))
    case = a_case(commit, tree=READS_A_FILE, entry="predict")
    said = reach(case, case.candidates[0])
    assert (said is not None and said.llr > 0) == reached
