"""The scorers that look at files other than code: settings, dependency, artefact, query."""

from dataclasses import replace

import pytest

from bisect_ml.evidence import SCORERS
from bisect_ml.evidence.inert import inert
from bisect_ml.evidence.measurement import measurement
from bisect_ml.types import Evidence, FileChange
from tests.evidence.cases import a_case, a_commit, a_file, a_series, candidates_of


def _said(scorer: str, change: FileChange, ratio: float = 2.0) -> Evidence | None:
    case = a_case(moved=[a_series(3.0, 3.0 * ratio)])
    return SCORERS[scorer](case, candidates_of([a_commit(change)])[0])


@pytest.mark.parametrize(
    ("path", "before", "after", "sentence"),
    [
        (
            "conf/app.yaml",
            "model:\n  threshold: 0.5\n",
            "model:\n  threshold: 0.05\n",
            "model.threshold: 0.5 → 0.05",
        ),
        ("conf/app.toml", "[model]\nlimit = 3\n", "[model]\nlimit = 4\n", "model.limit: 3 → 4"),
        ("conf/app.json", '{"a": {"b": [1, 2]}}', '{"a": {"b": [1, 7]}}', "a.b[1]: 2 → 7"),
        ("conf/app.ini", "rate=10\n", "rate=20\n", "rate: 10 → 20"),
        ("conf/app.yaml", "w: [0.2, 0.3]\n", "w: [0.3, 0.2]\n", "w: [0.2, 0.3] → [0.3, 0.2]"),
        ("conf/app.env", "WINDOW=30d\n", "WINDOW=3d\n", "WINDOW: 30d → 3d"),
    ],
)
def test_the_setting_is_named_with_both_values(path: str, before: str, after: str, sentence: str) -> None:
    said = _said("settings", a_file(path, before, after), ratio=1.5)
    assert said is not None
    assert sentence in said.sentence
    assert said.facts["level"] == "number"


def test_a_setting_that_changed_by_the_measured_ratio_accuses_most() -> None:
    said = _said("settings", a_file("conf/app.yaml", "scale: 10\nother: a\n", "scale: 20\nother: b\n"))
    assert said is not None
    assert said.facts["level"] == "ratio"
    assert "scale: 10 → 20" in said.sentence


@pytest.mark.parametrize(
    ("path", "environment", "is_elsewhere"),
    [
        ("config/staging.yaml", None, True),
        ("config/production.yaml", None, False),
        ("config/model.yaml", None, False),
        ("config/staging.yaml", "staging-eu", False),
        ("config/production.yaml", "staging", True),
        ("deploy/prod/values.yaml", "production", False),
    ],
)
def test_settings_of_another_environment_speak_for_a_commit(
    path: str, environment: str | None, is_elsewhere: bool
) -> None:
    commit = a_commit(a_file(path, "threshold: 0.5\n", "threshold: 0.6\n"))
    (candidate, *_) = candidates_of([commit])
    assert candidate.release is not None
    deploy = replace(candidate.release.deploy, environment=environment)
    there = replace(candidate, release=replace(candidate.release, deploy=deploy))
    said = SCORERS["settings"](a_case(commit), there)
    assert said is not None
    assert (said.facts["level"] == "elsewhere") is is_elsewhere
    assert (said.llr < 0) is is_elsewhere


def test_a_version_of_something_else_is_no_number() -> None:
    said = _said("settings", a_file("compose.yaml", "image: redis:6\n", "image: redis:7\n"))
    assert said is not None
    assert said.facts["level"] == "text"


def test_a_numerical_package_counts_and_is_named() -> None:
    said = _said(
        "dependency", a_file("requirements.txt", "numpy==1.26\nflask==2\n", "numpy==2.0\nflask==2\n")
    )
    assert said is not None
    assert said.facts["level"] == "numeric"
    assert "numpy" in said.sentence
    other = _said(
        "dependency", a_file("requirements.txt", "numpy==1.26\n\nflask==2\n", "numpy==1.26\n\nflask==3\n")
    )
    assert other is not None
    assert other.facts["level"] == "other"


def test_another_package_does_not_clear_a_commit_that_changes_code() -> None:
    other = a_file("requirements.txt", "flask==2\n", "flask==3\n")
    commit = a_commit(other, a_file("app/score.py", "x = 1\n", "x = 2\n"))
    assert SCORERS["dependency"](a_case(commit), candidates_of([commit])[0]) is None
    beside = a_commit(other, a_file("README.md", "a\n", "b\n"))
    said = SCORERS["dependency"](a_case(beside), candidates_of([beside])[0])
    assert said is not None
    assert said.facts["level"] == "other"


def test_a_numerical_package_that_moves_is_no_mere_packaging_and_no_release() -> None:
    numeric = a_file("requirements.txt", "numpy==1.26\n", "numpy==2.0\n")
    other = a_file("requirements.txt", "flask==2\n", "flask==3\n")
    for change, told in ((numeric, False), (other, True)):
        commit = a_commit(change, subject="Bump the pins")
        for scorer in ("role", "intent"):
            said = SCORERS[scorer](a_case(commit), candidates_of([commit])[0])
            assert (said is not None) is told


def test_a_model_file_and_its_pointer_count() -> None:
    file = _said("artefact", FileChange(path="models/churn.onnx"))
    pointer = _said("artefact", a_file("conf/app.yaml", "uri: s3://m/churn/1\n", "uri: s3://m/churn/2\n"))
    code = _said("artefact", a_file("app/load.py", "x = 1", "x = load('churn-v2.pkl')"))
    assert file is not None
    assert pointer is not None
    assert code is not None
    assert (file.facts["level"], pointer.facts["level"], code.facts["level"]) == (
        "file",
        "pointer",
        "pointer",
    )
    assert _said("artefact", a_file("app/load.py", "x = 1", "x = 2")) is None


def test_queries_count_wherever_they_stand() -> None:
    file = _said("query", a_file("sql/users.sql", "SELECT a FROM t", "SELECT b FROM t"))
    text = _said("query", a_file("app/db.py", "x = 1", "x = 'SELECT age FROM users WHERE id = 1'"))
    assert file is not None
    assert text is not None
    assert "users" in text.sentence
    assert _said("query", a_file("app/db.py", "x = 1", "from users import where")) is None


@pytest.mark.parametrize("path", ["benches/run.rs", "eval/questions.jsonl", "src/parse_bench.go"])
def test_what_measures_is_not_inert_where_the_log_holds_measurements(path: str) -> None:
    commit = a_commit(a_file(path, "n = 10", "n = 1000"))
    served = a_case(commit)
    points = replace(a_series(10.0, 20.0), width_s=None)
    measured = a_case(commit, moved=[points])
    said = measurement(measured, measured.candidates[0])
    assert said is not None
    assert said.sentence == f"changes what measures: {path}"
    assert measurement(served, served.candidates[0]) is None
    assert inert(measured, measured.candidates[0]) is None


def test_benchmarks_are_inert_to_a_service() -> None:
    case = a_case(a_commit(a_file("benches/run.rs", "n = 10", "n = 1000")))
    assert inert(case, case.candidates[0]) is not None
