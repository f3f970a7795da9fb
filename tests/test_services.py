"""Mistakes of many kinds planted in services of many languages: the commit that did it comes first."""

from pathlib import Path

import pytest

from tests.services import SERVICES
from tests.services.planting import Mistake, Service, plant

pytestmark = pytest.mark.slow
_ALL = [
    pytest.param(service, mistake, id=f"{service.name}-{mistake.edit.name}")
    for service in SERVICES
    for mistake in service.mistakes
]


@pytest.mark.parametrize("is_told", [True, False], ids=["entry", "no entry"])
@pytest.mark.parametrize(("service", "mistake"), _ALL)
def test_the_commit_that_moved_the_predictions_comes_first(
    service: Service, mistake: Mistake, is_told: bool, tmp_path: Path
) -> None:
    planted = plant(service, mistake, tmp_path)
    (incident,) = planted.trace(service.entry if is_told else None).incidents
    first = incident.suspects[0]
    assert first.sha == planted.repository[mistake.edit.name]
    assert first.probability > 0.4
    assert incident.unexplained_probability < 0.1
