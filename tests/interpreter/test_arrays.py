"""Arrays give what numpy gives, and nothing of numpy itself is in reach of the code."""

import time
import types
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from bisect_ml.interpreter import Modules, Stopped, Unknown, copied, is_portable
from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.held import Held, is_held
from bisect_ml.interpreter.machine import Module
from bisect_ml.interpreter.values import written
from tests.interpreter.programs import executed, interpreted, programs_of, told

HEAD = "import numpy as np\n"
PROGRAMS = programs_of("arrays.txt")
"""Each binds `result`, as all of these do."""
HOGS, ESCAPES = programs_of("array_hogs.txt"), programs_of("array_escapes.txt")
STEPS = 20_000
MOST_SECONDS, MOST_BYTES = 4, 300_000_000
INNER = (
    *(np.ndarray, np.generic, np.dtype, np.ufunc, np.flatiter, np.nditer),
    *(types.ModuleType, types.FrameType, types.CodeType, types.TracebackType),
)
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)
ROOTS = """
def failed(ask):
    try:
        ask()
    except Exception as error:
        return error
def add(array):
    array += 1.5
array = np.array([[1., 2.], [3., 4.]])
errors = list(map(failed, (
    lambda: np.linalg.inv([[1, 1], [1, 1]]), lambda: add(np.array([1])), lambda: np.add('a', 1),
    lambda: np.sum([1], axis=7), lambda: np.array([1]) << 1.5, lambda: np.zeros(3)[7],
    lambda: np.float64('x'), lambda: np.array([1, 2]) + np.array([1, 2, 3]))))
result = [
    np, array, np.float64(2), np.int64(3), np.bool_(True), np.complex128(1j), array.dtype, np.array(['x']),
    np.array(5), errors, np.float64, np.ndarray, np.generic, np.dtype, np.finfo(float), iter(array), np.sum,
    np.add, np.add.reduce, array.sum, array.T, array.flat, np.linalg, np.testing, np.vectorize(abs),
    type(np.sum), np.ndindex(2, 2), np.errstate(), np.linalg.LinAlgError, array.__add__, array.__setitem__]
"""
MORE_NAMES = {
    *(name for each in (np.ndarray, np.float64, np.dtype, np.ufunc) for name in dir(each)),
    *("held", "machine", "run", "parts", "called", "attribute", "plain", "again", "__func__", "__closure__"),
}


@pytest.mark.parametrize("source", PROGRAMS, ids=[each.split("\n")[-2] for each in PROGRAMS])
def test_a_program_gives_what_numpy_gives(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = executed(HEAD + source)
    assert told(interpreted(HEAD + source)) == told(wanted)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("source", HOGS, ids=range(len(HOGS)))
def test_a_budget_bounds_time_and_memory(source: str) -> None:
    modules = Modules({"main.py": HEAD + source})
    modules.machine.left = STEPS
    start = time.process_time()
    with suppress(Stopped, RecursionError):
        written(modules.at("main.py").names.get("result"))
    assert time.process_time() - start < MOST_SECONDS
    found = modules.at("main.py").names.values()
    held = [each.held for each in _within(list(found)) if is_held(each) and hasattr(each, "held")]
    assert sum(each.nbytes for each in held if isinstance(each, np.ndarray)) < MOST_BYTES


@pytest.mark.parametrize("source", ESCAPES, ids=range(len(ESCAPES)))
def test_nothing_of_numpy_is_given_away(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = np.geterr(), np.get_printoptions(), list(warnings.filters)
    modules = Modules({"main.py": HEAD + source})
    modules.machine.left = STEPS
    with suppress(Stopped):
        modules.at("main.py")
    for each in _within(list(modules.at("main.py").names.values())):
        assert not _is_inner(each)
        assert not is_held(each) or getattr(each, "held", np.zeros(1)).dtype.kind in "biufcU"
    assert (np.geterr(), np.get_printoptions(), list(warnings.filters)) == before
    assert capfd.readouterr() == ("", "")


def test_no_attribute_leads_to_numpy() -> None:
    seen: set[Any] = set()
    roots = interpreted(HEAD + ROOTS, steps=10**6)
    stack = [(each, f"root {number}", 0) for number, each in enumerate(roots)]
    while stack:
        value, name, depth = stack.pop()
        assert not _is_inner(value), name
        key = value if isinstance(value, type) else (type(value), name)
        if depth > 4 or key in seen or type(value) is Unknown:
            continue
        seen.add(key)
        if isinstance(value, list | tuple | set | dict):
            stack += [(each, f"{name}[{place}]", depth + 1) for place, each in enumerate(_within(value))]
        elif is_held(value) or not isinstance(value, int | float | str | None):
            stack += [(each, each_name, depth + 1) for each_name, each in _attributes(value)]
    assert len(seen) > 400


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    names = set(value.names) | MORE_NAMES if isinstance(value, Module) else set(dir(value)) | MORE_NAMES
    for name in names:
        with suppress(AttributeError, Stopped):
            yield name, read(value, name)


def _within(value: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(value, list | tuple | set | frozenset | dict) and depth < 4:
        for each in [*value, *(value.values() if isinstance(value, dict) else ())]:
            yield from _within(each, depth + 1)
    elif not isinstance(value, Iterator):
        yield value


def _is_inner(value: Any) -> bool:
    if isinstance(value, type):
        return value.__module__.startswith("numpy") and not issubclass(value, Held)
    foreign = isinstance(value, FUNCTIONS) and str(value.__module__).startswith("numpy")
    of_numpy = isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, INNER[:4])
    return isinstance(value, INNER) or foreign or of_numpy


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("np.float64(0.1) + 0.2", "0.3"),
        ("np.array([0.1, 2.0, np.nan])", "[0.1, 2, nan]"),
        ("np.array([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]"),
        ("[1.0, 2.0]", "[1, 2]"),
        ("np.int64(3)", "3"),
        ("np.bool_(True)", "True"),
        ("np.float32(0.5)", "0.5"),
        ("{'a': np.float64(1), 'b': (np.int8(2), None)}", "{'a': 1, 'b': [2, None]}"),
        ("np.array(['x', 'y'])", "['x', 'y']"),
        ("np.array(2.5)", "2.5"),
        ("np.array([1.0]).dtype", "'float64'"),
    ],
)
def test_an_answer_with_arrays_is_written_as_one_without(expression: str, text: str) -> None:
    assert written(interpreted(f"{HEAD}result = {expression}\n")) == text


def test_an_array_is_an_argument_that_other_versions_can_be_given() -> None:
    given = interpreted(f"{HEAD}result = [np.array([1, 2]), np.float64(3), np.float64]\n")
    other = Modules({"main.py": f"{HEAD}def double(array):\n    array *= 2\n    return array.sum()\n"})
    other.machine.left = STEPS
    double = other.at("main.py").names["double"]
    before = other.machine.left
    assert is_portable(given)
    assert [int(double(copied(given[0], other.successor))) for _ in range(2)] == [6, 6]
    assert other.machine.left < before
    assert written(given[0]) == "[1, 2]"


def test_an_array_that_is_too_large_is_no_argument() -> None:
    assert not is_portable(interpreted(f"{HEAD}result = np.zeros(5000)\n"))


@pytest.mark.parametrize(
    "expression",
    [
        "np.random.rand()",
        "np.sum([other.x(), 1])",
        "np.array([1, 2]) * other.x()",
        "np.array([1])[other.x()]",
    ],
)
def test_what_is_asked_of_an_unknown_is_unknown(expression: str) -> None:
    assert isinstance(interpreted(f"{HEAD}import other\nresult = {expression}\n"), Unknown)


def test_other_arrays_are_other_questions() -> None:
    one, other, same = interpreted(
        f"{HEAD}import pandas\nresult = [pandas.f(np.array(each)) for each in ([1, 2], [1, 3], [1, 2])]\n"
    )
    assert one.key != other.key
    assert one.key == same.key


def test_a_module_of_the_tree_goes_before_numpy() -> None:
    tree = {"main.py": "import numpy\nresult = numpy.sqrt(4)\n", "numpy.py": "def sqrt(x): return 'own'\n"}
    assert interpreted(tree) == "own"


@pytest.mark.parametrize(
    "expression",
    ["bytes(MANY)", "'x'.zfill(MANY)", "[1] * MANY", "math.factorial(MANY)", "[1].__mul__(MANY)"],
)
def test_what_stands_for_a_whole_number_is_bounded_like_one(expression: str) -> None:
    kind = "import math\nclass Many:\n    def __index__(self): return 10**9\nMANY = Many()\n"
    with pytest.raises(Stopped):
        interpreted(f"{kind}result = {expression}\n")


def test_an_array_is_true_only_where_the_code_asks() -> None:
    result = interpreted(f"{HEAD}a = np.array([1, 3])\nresult = (a > 2), 0 < 1 < a, a == a\n")
    assert [each.plain() for each in result] == [[False, True], [False, True], [True, True]]
