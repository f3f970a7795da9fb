"""What every test shares: a terminal 80 columns wide, and a log of numbers that never changes."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20260304)
