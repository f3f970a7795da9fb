"""Modules that code finds before it loads them, and copies that it makes of them."""

import pytest

from bisect_ml.interpreter import Modules, Stopped, Unknown
from tests.interpreter.programs import interpreted

TREE = {
    "rates/__init__.py": "",
    "rates/table.py": "LIMIT = 3\ndef limit(): return LIMIT\n",
    "tools/extra.py": "from rates.table import LIMIT\nmore = LIMIT + 1\n",
}
COPY = """\
import importlib.util
import rates.table
spec = importlib.util.find_spec('{name}')
copy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(copy)
"""
PARSER = """\
copy.piclose = __import__('re').compile('[?]>')
class Tags(copy.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
    def handle_starttag(self, tag, attrs): self.found.append((tag, attrs))
    def handle_data(self, data): self.found.append(data)
    def handle_pi(self, data): self.found.append(data)
tags = Tags()
tags.feed('<p class="x">a &amp; b<br><?pi a > b?>')
tags.close()
result = tags.found
"""


def test_a_copy_of_a_module_of_the_tree_is_changed_alone() -> None:
    code = COPY.format(name="rates.table") + "copy.LIMIT = 5\nresult = copy.limit(), rates.table.limit()\n"
    assert interpreted({**TREE, "main.py": code}) == (5, 3)


def test_a_copy_of_a_module_of_the_standard_library_is_read_step_by_step() -> None:
    code = COPY.format(name="html.parser") + PARSER
    found = [("p", [("class", "x")]), "a & b", ("br", []), "pi a > b"]
    assert interpreted({**TREE, "main.py": code}) == found


def test_a_file_of_the_tree_is_loaded_by_its_path() -> None:
    code = (
        "import importlib.util as util, os\n"
        "here = os.path.dirname(os.path.abspath(__file__))\n"
        "spec = util.spec_from_file_location('more', os.path.join(here, 'tools', 'extra.py'))\n"
        "made = util.module_from_spec(spec)\n"
        "spec.loader.exec_module(made)\n"
        "result = made.more, made.__name__\n"
    )
    assert interpreted({**TREE, "main.py": code}) == (4, "more")


@pytest.mark.parametrize(
    ("name", "is_found"), [("rates.table", True), ("json", True), ("rates.none", False), ("rates", True)]
)
def test_whether_there_is_a_module_can_be_asked(name: str, is_found: bool) -> None:
    code = f"import importlib.util\nresult = importlib.util.find_spec({name!r}) is not None\n"
    assert interpreted({**TREE, "main.py": code}) is is_found


def test_whether_there_is_a_package_that_nobody_knows_is_unknown() -> None:
    code = "import importlib.util\nresult = importlib.util.find_spec('somewhere')\n"
    assert isinstance(interpreted(code), Unknown)


@pytest.mark.parametrize("path", ["/etc/passwd", "../main.py/../x.py", "python:os", "python:subprocess"])
def test_what_is_not_in_the_tree_is_not_loaded(path: str) -> None:
    code = (
        "import importlib.util as util\n"
        f"spec = util.spec_from_file_location('x', {path!r})\n"
        f"type(spec.loader)({path!r}).exec_module(util.module_from_spec(spec))\n"
        "result = 1\n"
    )
    modules = Modules({"main.py": code})
    modules.machine.left = 1_000
    modules.at("main.py")
    assert modules.loaded == {"main.py"}


def test_a_module_that_copies_itself_comes_to_an_end() -> None:
    code = COPY.format(name="main") + "result = 1\n"
    modules = Modules({**TREE, "main.py": code})
    modules.machine.left = 100_000
    with pytest.raises(Stopped):
        modules.at("main.py")
