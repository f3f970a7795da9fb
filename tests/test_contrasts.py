"""Two versions side by side: a rollout over an hour, with rows of both."""

from datetime import timedelta

import numpy as np
import pytest

from bisect_ml.contrasts import contrasts
from bisect_ml.evidence.version_contrast import version_contrast
from bisect_ml.row_window import RowWindow, SliceCodes
from bisect_ml.types import Incident, Release, VersionContrast
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


def _rows(effect_of_new: float, effect_of_time: float = 0.0, *, versions: bool = True) -> RowWindow:
    """Return rows of six hours on either side of the deploy, whose new version ramps up over an hour."""
    rng = np.random.default_rng(3)
    start = DEPLOYED.timestamp()
    times = np.sort(start + rng.uniform(-6 * 3600, 6 * 3600, N))
    is_new = rng.uniform(size=N) < np.clip((times - start) / ROLLOUT_S, 0, 1)
    kind = rng.integers(0, 2, N)
    values = 10.0 * kind + rng.standard_normal(N) + effect_of_new * is_new + effect_of_time * (times >= start)
    return RowWindow(
        times=times,
        values=values,
        slices={"kind": SliceCodes(values=("web", "form"), codes=kind)},
        versions=SliceCodes(values=(str(OLD.sha)[:12], str(NEW.sha)), codes=is_new.astype(np.intp))
        if versions
        else None,
    )


def _incident() -> Incident:
    return Incident(
        number=1, onset=an_onset(DEPLOYED), lead=a_symptom(a_series(1.0, 2.0, at=DEPLOYED)), symptoms=()
    )


def _contrast(rows: RowWindow) -> VersionContrast:
    (found,) = contrasts(rows, _incident(), [Release(deploy=NEW, previous=OLD)])
    return found


@pytest.mark.parametrize(
    ("of_new", "of_time", "level"), [(2.0, 0.0, "follows"), (0.0, 2.0, "both"), (0.0, 0.0, "alike")]
)
def test_the_shift_follows_the_version_or_hits_both(of_new: float, of_time: float, level: str) -> None:
    found = _contrast(_rows(of_new, of_time))
    assert (found.new, found.old) == (str(NEW.sha), str(OLD.sha)[:12])
    assert min(found.rows_new, found.rows_old) > 100
    (candidate,) = candidates_of([a_commit()], NEW)
    case = a_case(candidates=[candidate], versions=[found])
    said = version_contrast(case, candidate)
    assert said is not None
    assert said.facts["level"] == level
    assert (said.llr > 0) == (level == "follows")


def test_rows_without_versions_or_of_other_versions_are_no_contrast() -> None:
    release = Release(deploy=NEW, previous=OLD)
    assert contrasts(_rows(2.0, versions=False), _incident(), [release]) == ()
    other = Release(deploy=a_deploy(DEPLOYED, number=0xC << 150), previous=OLD)
    assert contrasts(_rows(2.0), _incident(), [other, Release(deploy=NEW, previous=None)]) == ()


def test_a_sharp_switch_with_no_shared_minutes_says_nothing() -> None:
    rows = _rows(2.0)
    assert rows.versions is not None
    after = (rows.times >= DEPLOYED.timestamp()).astype(np.intp)
    sharp = RowWindow(
        times=rows.times,
        values=rows.values,
        versions=SliceCodes(values=rows.versions.values, codes=after),
    )
    found = _contrast(sharp)
    assert (found.apart_p, found.kept_p) == (1.0, 1.0)
    (candidate,) = candidates_of([a_commit()], NEW)
    assert version_contrast(a_case(candidates=[candidate], versions=[found]), candidate) is None
