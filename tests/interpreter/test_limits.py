"""No program takes long, or much memory, whatever it asks Python itself to do."""

import time
import tracemalloc
from contextlib import suppress

import pytest

from bisect_ml.interpreter import Modules, Stopped
from bisect_ml.interpreter.values import written
from tests.interpreter.programs import programs_of

HOGS = programs_of("hogs.txt")
STEPS = 20_000
MOST_SECONDS = 4
MOST_BYTES = 200_000_000


@pytest.mark.parametrize("source", HOGS, ids=range(len(HOGS)))
def test_a_budget_bounds_time_and_memory(source: str) -> None:
    modules = Modules({"main.py": source})
    modules.machine.left = STEPS
    start = time.process_time()
    with suppress(Stopped, RecursionError):
        written(modules.at("main.py").names.get("result"))
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize(
    "statement",
    [
        "x[:]",
        "'x' * 200000",
        "f\"{'x':100000}\"",
        "[0] * 100000",
        "bytes(100000)",
        "2 ** 19000",
        "[*x]",
        "x + [1]",
    ],
)
def test_what_is_kept_is_paid_for(statement: str) -> None:
    modules = Modules(
        {"main.py": f"x = list(range(100000))\nkept = []\nwhile True: kept.append({statement})\n"}
    )
    modules.machine.left = STEPS
    tracemalloc.start()
    with pytest.raises(Stopped):
        modules.at("main.py")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_BYTES
