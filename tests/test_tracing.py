"""The whole of a trace where its parts must know of one another."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bisect_ml
from bisect_ml.errors import InputError
from bisect_ml.saved_report import Finding
from tests.incident_site import BREAK, START, Site, make_site, write_deploys

CANARY = BREAK - timedelta(hours=6)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


def _log(canary: float) -> pd.DataFrame:
    """Rows of which a tenth came from new code for six hours, then all; new code divides by `canary`."""
    rng = np.random.default_rng(3)
    seconds = np.sort(rng.uniform(0, 16 * 86_400, 16 * 24 * 120))
    new = rng.random(len(seconds)) < np.select(
        [seconds < (CANARY - START).total_seconds(), seconds < (BREAK - START).total_seconds()],
        [0.0, 0.1],
        1.0,
    )
    values = rng.lognormal(0.0, 0.5, len(seconds)) / np.where(new, canary, 1.0)
    return pd.DataFrame({"timestamp": START + pd.to_timedelta(seconds, unit="s"), "prediction": values})


def _first(site: Site, folder: Path, rows: pd.DataFrame) -> Finding:
    deploys = folder / "deploys.csv"
    write_deploys(deploys, [(START, site.repository["first"]), (CANARY, site.repository["docs"])])
    return bisect_ml.trace(rows, repo=site.repository.path, deploys=deploys).incidents[0]


def test_the_rows_of_the_next_incident_do_not_date_this_one(site: Site, tmp_path: Path) -> None:
    found = _first(site, tmp_path, _log(canary=20.0))
    assert _is_near(found.onset, CANARY)
    assert found.suspects[0].sha == site.culprit


def test_where_no_deploy_is_left_it_is_said_where_they_went(site: Site) -> None:
    with pytest.raises(InputError, match=r"went to this service and environment: they went to production$"):
        bisect_ml.trace(site.log, repo=site.repository.path, deploys=site.deploys, environment="staging")


def _is_near(moment: datetime, truth: datetime) -> bool:
    return abs(moment - truth) < timedelta(hours=1)  # two buckets
