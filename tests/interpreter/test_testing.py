"""Tests that are run for their calls, in the ways in which tests are written."""

import ast

import pytest

from bisect_ml.interpreter import Modules, run_tests
from tests.interpreter.programs import programs_of

CODE = "def f(*values, **named):\n    return values\n"
HEAD = "import pytest, unittest\nfrom app import f\n"


def _heard(test: str, names: tuple[str, ...] = (), **others: str) -> list[object]:
    """Return what tests call a function with, in a tree of theirs."""
    paths = {f"{name.replace('__', '/')}.py": text for name, text in others.items()}
    modules = Modules({"app.py": CODE, "tests/test_it.py": f"{HEAD}{test}", **paths})
    heard: list[object] = []
    modules.machine.watched["app.py", 1] = lambda args, kwargs: heard.append(args[0] if args else kwargs)
    modules.machine.left = 100_000
    run_tests(modules, "tests/test_it.py", lambda: False, names)
    return heard


@pytest.mark.parametrize("test", programs_of("written_tests.txt"))
def test_tests_are_run_as_they_are_written(test: str) -> None:
    heard = ast.literal_eval(test.partition("\n")[0].removeprefix("# "))
    assert _heard(test) == heard


def test_fixtures_stand_in_files_around() -> None:
    near = "import pytest\n@pytest.fixture\ndef x(y): return y + 1\n"
    far = (
        "import pytest\n@pytest.fixture(scope='session')\ndef y():\n    yield 1\n"
        "@pytest.fixture(autouse=True)\ndef always():\n    import app\n    app.f('always')\n"
    )
    assert _heard("def test_a(x): f(x)\n", tests__conftest=near, conftest=far) == ["always", 2]


def test_tests_that_name_what_is_asked_for_are_run_first() -> None:
    tests = (
        "def ask(value): f(value)\n"
        "def test_a(): ask(1)\n"
        "class TestAll:\n"
        "    def test_b(self): ask(2)\n"
        "    @staticmethod\n"
        "    def test_c(): ask('price')\n"
        "def test_d(): ask('price too')\n"
    )
    assert _heard(tests) == [1, 2, "price", "price too"]
    assert _heard(tests, names=("price",)) == ["price", "price too", 1, 2]


def test_tests_that_a_decorator_puts_in_the_place_of_others_are_known_by_their_names() -> None:
    tests = (
        "def given(*values):\n"
        "    def decorate(function):\n"
        "        @pytest.mark.parametrize('value', values)\n"
        "        def test(value): return f(value)\n"
        "        return test\n"
        "    return decorate\n"
        "@given(1, 2)\n"
        "def test_a(value): return 'rate'\n"
        "@given(3)\n"
        "def test_b(value): return 'price'\n"
    )
    assert _heard(tests) == [1, 2, 3]
    assert _heard(tests, names=("price",)) == [3, 1, 2]


def test_many_fixtures_that_nobody_knows_leave_the_others_known() -> None:
    unknown = ", ".join(f"u{number}" for number in range(20))
    known = "@pytest.fixture\ndef x(): return 1\n"
    assert _heard(f"{known}def test_a({unknown}, x): f(x)\n") == [1]
