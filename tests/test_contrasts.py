"""Two versions side by side: a rollout over an hour, with rows of both."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bisect_ml.contrasts import contrasts
from bisect_ml.evidence.version_contrast import version_contrast
from bisect_ml.row_window import RowWindow, SliceCodes
from bisect_ml.types import Evidence, Incident, Release, VersionContrast
from tests.evidence.cases import (
    DEPLOYED,
    a_case,
    a_commit,
    a_deploy,
    a_series,
    a_symptom,
    an_onset,
    candidates_of,
)

OLD = a_deploy(DEPLOYED - timedelta(days=3), number=0xA << 150)
NEW = a_deploy(DEPLOYED, number=0xB << 150)
ROLLOUT_S = 3600.0
N = 6_000


def _rows(
    effect_of_new: float,
    effect_of_time: float = 0.0,
    *,
    shift_at_s: float = 0.0,
    n: int = N,
    seed: int = 3,
    versions: bool = True,
) -> RowWindow:
    """Return rows of six hours on either side of the deploy, whose new version ramps up over an hour."""
    rng = np.random.default_rng(seed)
    start = DEPLOYED.timestamp()
    times = np.sort(start + rng.uniform(-6 * 3600, 6 * 3600, n))
    is_new = rng.uniform(size=n) < np.clip((times - start) / ROLLOUT_S, 0, 1)
    kind = rng.integers(0, 2, n)
    values = 10.0 * kind + rng.standard_normal(n) + effect_of_new * is_new
    values += effect_of_time * (times >= start + shift_at_s)
    return RowWindow(
        times=times,
        values=values,
        slices={"kind": SliceCodes(values=("web", "form"), codes=kind)},
        versions=SliceCodes(values=(str(OLD.sha)[:12], str(NEW.sha)), codes=is_new.astype(np.intp))
        if versions
        else None,
    )


def _incident(onset_s: float = 0.0) -> Incident:
    onset = an_onset(DEPLOYED + timedelta(seconds=onset_s))
    return Incident(number=1, onset=onset, lead=a_symptom(a_series(1.0, 2.0, at=DEPLOYED)), symptoms=())


def _contrast(rows: RowWindow, onset_s: float = 0.0) -> VersionContrast:
    (found,) = contrasts(rows, _incident(onset_s), [Release(deploy=NEW, previous=OLD)])
    return found


def _said(rows: RowWindow, onset_s: float = ROLLOUT_S / 2) -> Evidence | None:
    found = contrasts(rows, _incident(onset_s), [Release(deploy=NEW, previous=OLD)])
    (candidate,) = candidates_of([a_commit()], NEW)
    return version_contrast(a_case(candidates=[candidate], versions=found), candidate)


def _level(rows: RowWindow, onset_s: float = ROLLOUT_S / 2) -> str:
    said = _said(rows, onset_s)
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize(("of_new", "of_time", "level"), [(2.0, 0.0, "follows"), (0.0, 2.0, "both")])
def test_the_shift_follows_the_version_or_hits_both(of_new: float, of_time: float, level: str) -> None:
    rows = _rows(of_new, of_time, shift_at_s=ROLLOUT_S / 2)
    found = _contrast(rows, onset_s=ROLLOUT_S / 2)
    assert (found.new, found.old) == (str(NEW.sha), str(OLD.sha)[:12])
    assert min(found.rows_new, found.rows_old) > 50
    assert found.seconds == pytest.approx(ROLLOUT_S / 2, abs=600)
    said = _said(rows)
    assert said is not None
    assert said.facts["level"] == level
    assert (said.llr > 0) == (level == "follows")
    assert ("differ: mean" if level == "follows" else "are alike") in said.sentence
    assert f"{found.rows_old} rows of" in said.sentence


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [300, 1_000])
def test_few_rows_never_clear_the_code_that_did_it(n: int, seed: int) -> None:
    assert _level(_rows(0.8, n=n, seed=seed)) in {"", "follows"}


@pytest.mark.parametrize("back_s", [None, 5400.0])
def test_versions_that_took_over_at_a_stroke_never_served_together(back_s: float | None) -> None:
    """A switch in the midst of a bin, and one back, are before and after and nothing else."""
    rows = _rows(2.0)
    assert rows.versions is not None
    since = rows.times - DEPLOYED.timestamp() - 130.0
    is_new = (since >= 0) & (since < (np.inf if back_s is None else back_s))
    switched = replace(rows, versions=SliceCodes(values=rows.versions.values, codes=is_new.astype(np.intp)))
    assert contrasts(switched, _incident(130.0), [Release(deploy=NEW, previous=OLD)]) == ()


def test_one_row_of_the_old_version_says_nothing() -> None:
    rows = _rows(1.0)
    assert rows.versions is not None
    late = np.flatnonzero(rows.times > DEPLOYED.timestamp() + 2 * ROLLOUT_S)[0]
    codes = (rows.times >= DEPLOYED.timestamp()).astype(np.intp)
    codes[late] = 0
    straggler = replace(rows, versions=SliceCodes(values=rows.versions.values, codes=codes))
    assert _contrast(straggler).rows_old == 1
    assert _level(straggler, 0.0) == ""


@pytest.mark.parametrize("phase", [0, 6, 12, 18])
def test_the_hour_of_the_day_neither_clears_nor_accuses(phase: int) -> None:
    rows = _rows(1.5)
    wave = np.sin(2 * np.pi * ((rows.times - DEPLOYED.timestamp()) / 3600.0 + phase) / 24)
    assert _level(replace(rows, values=rows.values + wave / 2)) == "follows"
    assert _level(replace(rows, values=rows.values + wave)) != "both"
    nothing = _rows(0.0)
    assert _level(replace(nothing, values=nothing.values + 2 * wave)) != "follows"


def test_nothing_is_said_where_old_and_new_predict_alike() -> None:
    assert _contrast(_rows(0.0)).follows == pytest.approx(0.0, abs=1.0)
    assert _level(_rows(0.0), 0.0) == ""


def test_nothing_is_said_of_a_rollout_that_was_over_before_the_shift() -> None:
    assert _level(_rows(0.0, 2.0, shift_at_s=2 * ROLLOUT_S), 2 * ROLLOUT_S) == ""


def test_a_version_that_is_put_back_served_at_another_time() -> None:
    rows = _rows(2.0)
    assert rows.versions is not None
    hours = (rows.times - DEPLOYED.timestamp()) / 3600.0
    values = rows.versions.values
    for codes in ((hours < -2) | (hours > 0), (hours > 0) & (hours < 2)):
        again = replace(rows, versions=SliceCodes(values=values, codes=codes.astype(np.intp)))
        assert contrasts(again, _incident(), [Release(deploy=NEW, previous=OLD)]) == ()


def test_rows_without_versions_or_of_other_versions_are_no_contrast() -> None:
    release = Release(deploy=NEW, previous=OLD)
    assert contrasts(_rows(2.0, versions=False), _incident(), [release]) == ()
    other = Release(deploy=a_deploy(DEPLOYED, number=0xC << 150), previous=OLD)
    assert contrasts(_rows(2.0), _incident(), [other, Release(deploy=NEW, previous=None)]) == ()


def test_a_sharp_switch_is_no_contrast() -> None:
    rows = _rows(2.0)
    assert rows.versions is not None
    after = (rows.times >= DEPLOYED.timestamp()).astype(np.intp)
    sharp = replace(rows, versions=SliceCodes(values=rows.versions.values, codes=after))
    assert contrasts(sharp, _incident(), [Release(deploy=NEW, previous=OLD)]) == ()
