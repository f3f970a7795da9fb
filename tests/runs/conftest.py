"""What every test of runs shares: runners whose cache is the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bisect_ml.runs import Runner

MakeRunner: TypeAlias = Callable[..., Runner]


@pytest.fixture
def runner(tmp_path: Path) -> MakeRunner:
    """Make runners that share one cache, in a folder whose name no shell would like."""

    def make(repository: Path, run: str, **options: Any) -> Runner:
        return Runner(repository, run=run, folder=tmp_path / 'cache\'s "$HOME" ü', **options)

    return make
