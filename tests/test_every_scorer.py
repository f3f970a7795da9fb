"""The contract that every scorer keeps."""

import builtins
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from benchmarks.incidents.examples import WITHOUT_WEIGHTS
from bisect_ml.evidence import NO_DEPLOY_SCORERS, SCORERS, gather
from bisect_ml.evidence.base import Scorer
from bisect_ml.suspects import rank
from bisect_ml.types import NO_DEPLOY, Candidate, Case, Commit, FileChange, Incident, Release, Series, Slice
from bisect_ml.weights import WEIGHTS
from tests.evidence.cases import (
    a_case,
    a_commit,
    a_deploy,
    a_file,
    a_release,
    a_series,
    a_symptom,
    an_onset,
    candidates_of,
)

EVERY = [*SCORERS.items(), *NO_DEPLOY_SCORERS.items()]
VAGUE = re.compile(
    r"\b(very|huge|suspicious|likely|probably|strange|big|bad|significant(ly)?)\b", re.IGNORECASE
)


def _cases() -> Iterator[tuple[Case, Candidate]]:
    """Yield cases of every shape that a scorer can meet."""
    python = a_file("app/model.py", "y = x\n", "y = x * 1000  # to ms\n")
    hostile = FileChange(path="a\n</script>.py", patch="@@ -x +y @@\n-\n+", before="\x00(", after="def")
    unloaded = FileChange(path="app/model.py")
    binary = FileChange(path="model.onnx", status="A")
    moved = [a_series(2.0, 2000.0), a_series(0.0, 0.4, "null_rate", Slice(column="country", value="brazil"))]
    flat = [a_series(float("nan"), float("nan"))]
    for files in ((python,), (hostile,), (unloaded,), (binary,), (), (python, hostile, unloaded, binary)):
        commit = a_commit(*files, subject="Brazil: \x1b[31m </script>")
        for series in (moved, flat, [a_series(0.0, 1.0)], [a_series(-1.0, 1.0)], [a_series(1.0, 0.0)]):
            for direction in ("shipped", "removed"):
                candidate = candidates_of([commit], direction=direction)[0]
                yield a_case(candidates=[candidate], moved=series, entry="app.model:score"), candidate
            yield replace(a_case(candidates=[candidate]), log_start=0.0, log_end=0.0, series=()), candidate
    empty = Candidate(release=Release(deploy=a_deploy(), previous=None), commit=None)
    yield a_case(candidates=[empty]), empty
    yield a_case(), NO_DEPLOY


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        pytest.fail("a scorer touched the world")

    for owner, name in ((subprocess, "Popen"), (builtins, "open"), (Path, "open"), (time, "time")):
        monkeypatch.setattr(owner, name, refuse)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(("name", "scorer"), EVERY)
def test_it_answers_every_case_without_touching_the_world(name: str, scorer: Scorer) -> None:
    for case, candidate in _cases():
        said = scorer(case, candidate)
        assert said == scorer(case, candidate)
        if said is None:
            continue
        assert said.scorer == name
        assert abs(said.llr) <= 12
        assert said.sentence
        assert not VAGUE.search(said.sentence)
        assert not said.sentence.endswith(".")
        assert said.sentence[0].islower() or said.sentence[0].isdigit()


def _comparison(*commits: Commit) -> Case:
    """Return the case of two branches compared: one release, and no times, series or history."""
    two = np.array([0.0, 1.0])
    series = Series(metric="mean", slice=None, times=two, width_s=None, values=two + 1, counts=two + 9)
    symptom = a_symptom(series, datetime.fromtimestamp(1, UTC))
    onset = an_onset(datetime.fromtimestamp(1, UTC), within_s=0.0)
    incident = Incident(number=1, onset=onset, lead=symptom, symptoms=())
    release = a_release(commits)
    candidates = tuple(
        Candidate(release=release, commit=each, change=change)
        for each, change in zip(commits, release.shipped, strict=True)
    )
    return Case(incident=incident, candidates=candidates, entry="app.model:score")


def test_a_comparison_without_a_log_is_told_by_the_code_alone() -> None:
    tuned = a_commit(
        a_file("app/model.py", "def score(x):\n    return x\n", "def score(x):\n    return 2 * x\n")
    )
    noted = a_commit(a_file("README.md", "a", "b"), sha="b" * 40)
    case = _comparison(tuned, noted)
    heard = gather(case)
    spoken = {each.scorer for said in heard for each in said}
    assert spoken.isdisjoint({"timing", "rollback", "version_contrast", "measurement"})
    assert heard[-1] == ()
    assert {"edit", "reach", "inert"} <= spoken
    assert rank(case, heard)[0].candidate.commit == tuned


@pytest.mark.parametrize(("name", "scorer"), SCORERS.items())
def test_it_says_nothing_of_no_deploy(name: str, scorer: Scorer) -> None:
    assert scorer(a_case(), NO_DEPLOY) is None


@pytest.mark.parametrize(("name", "scorer"), NO_DEPLOY_SCORERS.items())
def test_it_says_nothing_of_a_deploy(name: str, scorer: Scorer) -> None:
    case = a_case(a_commit())
    assert scorer(case, case.candidates[0]) is None


@pytest.mark.parametrize(("name", "scorer"), EVERY)
def test_its_docstring_answers_the_three_questions(name: str, scorer: Scorer) -> None:
    doc = scorer.__doc__ or ""
    positions = [doc.find(heading) for heading in ("Looks at:", "Why it tells:", "When it misleads:")]
    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.parametrize("name", [name for name, _ in EVERY if name not in WITHOUT_WEIGHTS])
def test_its_levels_stand_in_the_table(name: str) -> None:
    assert WEIGHTS[name]


def test_the_table_has_no_scorer_that_is_gone() -> None:
    assert set(WEIGHTS) - {"calibration", "prior", "deploy"} <= {name for name, _ in EVERY}


def test_a_silent_scorer_changes_nothing() -> None:
    case = a_case(a_commit(a_file("app/model.py", "x = 1", "x = 2")), a_commit(sha="b" * 40))
    heard = gather(case)
    assert rank(case, heard) == rank(case, [tuple(each for each in said if each) for said in heard])
