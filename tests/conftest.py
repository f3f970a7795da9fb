"""What tests share: a terminal 80 columns wide, a log of numbers that never changes, the traced sample."""

import signal
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import settings

import bisect_ml
from bisect_ml.demo import unpack
from bisect_ml.saved_report import Report

# A test that fails once in many runs, or on a slow machine, is found where it is written, not in the way of
# another change.
settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")

# A shell has what it starts in the background ignore interrupts, which some tests send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the runs of a module in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20260304)


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Trace the sample incident, once per session, as `bisect-ml demo` does."""
    sample = unpack(tmp_path_factory.mktemp("sample"))
    return bisect_ml.trace(
        sample.predictions,
        repo=sample.repository,
        deploys=sample.deploys,
        service=sample.service,
        entry=sample.entry,
    )
