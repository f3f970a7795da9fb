"""One prediction of a hundred becomes a sentinel: found, dated, told, and blamed on its deploy."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

import bisect_ml
from bisect_ml.report.html import to_html
from bisect_ml.report.markdown import to_markdown
from bisect_ml.saved_report import Finding, Report
from bisect_ml.types import FloatArray
from tests.incident_site import BREAK, START, Site, make_site

DAYS, ROWS = 16, 16 * 24 * 40
BREAK_S = (BREAK - START).total_seconds()
Draw = Callable[[np.random.Generator, int], FloatArray]


def _unit(rng: np.random.Generator, rows: int) -> FloatArray:
    return rng.beta(3.0, 3.0, rows)


def _lognormal(rng: np.random.Generator, rows: int) -> FloatArray:
    return rng.lognormal(0.0, 1.5, rows)


def _pareto(rng: np.random.Generator, rows: int) -> FloatArray:
    return np.asarray(1 + rng.pareto(1.0, rows))


def _rare_whales(rng: np.random.Generator, rows: int) -> FloatArray:
    """One customer in two hundred is ten thousand times as large, and always was."""
    return np.where(rng.random(rows) < 0.005, 1e4, 1.0) * rng.lognormal(0.0, 0.5, rows)


def _write(path: Path, draw: Draw, *, value: float | None = None, share: float = 0.01, seed: int = 1) -> None:
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.uniform(0, DAYS * 86_400, ROWS))
    values = draw(rng, ROWS)
    if value is not None:
        values[(seconds >= BREAK_S) & (rng.random(ROWS) < share)] = value
    countries = rng.choice(["FR", "BR"], ROWS)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["timestamp", "prediction", "country"])
        for second, prediction, country in zip(seconds, values, countries, strict=True):
            at = START + timedelta(seconds=round(float(second), 3))
            writer.writerow([at.isoformat(), f"{prediction:.6g}", country])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


def _traced(site: Site, draw: Draw, **changed: float) -> Report:
    path = site.folder / "far.csv"
    _write(path, draw, value=changed.get("value"), seed=int(changed.get("seed", 1)))
    return bisect_ml.trace(path, repo=site.repository.path, deploys=site.deploys)


def _only(report: Report) -> Finding:
    (found,) = report.incidents
    return found


@pytest.mark.parametrize("draw", [_unit, _lognormal, _pareto])
@pytest.mark.parametrize("value", [-999.0, 0.0, 1e9])
def test_a_sentinel_in_one_row_of_a_hundred_is_found(site: Site, draw: Draw, value: float) -> None:
    found = _only(_traced(site, draw, value=value))
    assert found.metric == f"values[{value:.6g}]"
    assert found.kind == "share"
    assert found.before == 0
    assert found.after == pytest.approx(0.01, rel=0.3)
    assert abs(found.onset - BREAK) < timedelta(hours=2)
    assert found.suspects[0].deploy.started_at == BREAK - timedelta(minutes=2)
    assert found.unexplained_probability < 0.5


def test_the_report_says_the_value_and_what_it_did_to_the_mean(site: Site) -> None:
    report = _traced(site, _unit, value=-999.0)
    (mean,) = [one for one in _only(report).symptoms if one.metric == "mean" and one.slice is None]
    assert mean.before == pytest.approx(0.5, abs=0.02)
    assert mean.after == pytest.approx(-9.5, abs=2)
    told = "of the predictions became −999, which none did before, and took the mean from 0.5"
    assert told in to_markdown(report)
    assert told in to_html(report)
    assert "Share of predictions that are −999" in to_html(report)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("draw", [_unit, _lognormal, _pareto, _rare_whales])
def test_a_log_in_which_rare_large_values_are_normal_is_quiet(site: Site, draw: Draw, seed: int) -> None:
    assert not _traced(site, draw, seed=seed).incidents
