"""What packages of the tree say that can be plugged in, as interpreted code asks for it."""

import pytest

from bisect_ml.interpreter import Modules, Stopped
from tests.interpreter.programs import interpreted

PACKAGE = {"plug/__init__.py": "", "plug/fast.py": "class Fast:\n    rate = 3\n    def ask(): return 4\n"}
SETUP = (
    "from setuptools import setup\n"
    "setup(name='plug', entry_points={'plug.kinds': ['fast = plug.fast:Fast', 'ask=plug.fast:Fast.ask'],\n"
    "    'console_scripts': ['%s = plug:main' % name]})\n"
)
CONFIG = "[metadata]\nname = plug\n[options.entry_points]\nplug.kinds =\n    fast = plug.fast:Fast\n"
PROJECT = '[project]\nname = "plug"\n[project.entry-points."plug.kinds"]\nfast = "plug.fast:Fast"\n'
POETRY = '[tool.poetry.plugins."plug.kinds"]\nfast = "plug.fast:Fast"\n'
HEAD = "from importlib import metadata\nimport importlib.metadata, pkg_resources\n"


@pytest.mark.parametrize(
    "declared",
    [{"setup.py": SETUP}, {"setup.cfg": CONFIG}, {"pyproject.toml": PROJECT}, {"pyproject.toml": POETRY}],
)
@pytest.mark.parametrize(
    "asked",
    [
        "[each for each in metadata.entry_points(group='plug.kinds') if each.name == 'fast'][0]",
        "importlib.metadata.entry_points().select(group='plug.kinds', name='fast')[0]",
        "metadata.entry_points().get('plug.kinds', ())[0]",
        "metadata.entry_points()['plug.kinds']['fast']",
        "next(pkg_resources.iter_entry_points('plug.kinds', 'fast'))",
    ],
)
def test_what_is_declared_is_loaded(declared: dict[str, str], asked: str) -> None:
    code = f"{HEAD}found = {asked}\nresult = found.name, found.group, found.load().rate\n"
    assert interpreted({**PACKAGE, **declared, "main.py": code}) == ("fast", "plug.kinds", 3)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("metadata.entry_points(group='plug.kinds')['ask'].load()()", 4),
        ("len(metadata.entry_points(group='others'))", 0),
        ("list(metadata.entry_points().get('others', [1]))", [1]),
        ("sorted(metadata.entry_points().names)", ["ask", "fast"]),
        ("metadata.entry_points(group='plug.kinds')[0].attr", "Fast"),
    ],
)
def test_groups_are_asked_for(expression: str, value: object) -> None:
    assert interpreted({**PACKAGE, "setup.py": SETUP, "main.py": f"{HEAD}result = {expression}\n"}) == value


@pytest.mark.parametrize(
    "broken", [{"setup.py": "setup("}, {"setup.cfg": "[a\nb"}, {"pyproject.toml": "[a"}, {}]
)
def test_what_cannot_be_read_declares_nothing(broken: dict[str, str]) -> None:
    assert interpreted({**broken, "main.py": f"{HEAD}result = len(metadata.entry_points())\n"}) == 0


def test_a_version_that_declares_others_may_answer_otherwise() -> None:
    modules = Modules({**PACKAGE, "setup.py": SETUP, "main.py": f"{HEAD}metadata.entry_points()\n"})
    modules.machine.left = 1_000
    modules.at("main.py")
    assert "setup.py" in modules.loaded


def test_reading_costs_steps() -> None:
    code = f"{HEAD}while True: metadata.entry_points()\n"
    modules = Modules({"setup.py": SETUP * 100, "main.py": code})
    modules.machine.left = 20_000
    with pytest.raises(Stopped):
        modules.at("main.py")
