"""Files of the tree as interpreted code opens them."""

import pytest

from bisect_ml.interpreter import Modules, Stopped, Unknown
from tests.interpreter.programs import interpreted

TREE = {
    "pkg/__init__.py": "",
    "pkg/words.txt": "one\ntwo\n",
    "pkg/table.json": '{"one": 1}',
    "pkg/set.toml": "[a]\nb = 2\n",
    "pkg/sub/rates.csv": "name,rate\na,2\n",
}
HEAD = (
    "import codecs, csv, io, json, os, pathlib, pkgutil\n"
    "from importlib import resources\n"
    "from importlib.resources import files\n"
    "import pkg\n"
    "HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pkg')\n"
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("open(os.path.join(HERE, 'words.txt')).read()", "one\ntwo\n"),
        ("[line.strip() for line in open('pkg/words.txt', encoding='utf-8')]", ["one", "two"]),
        ("open('pkg/words.txt', 'rb').read()", b"one\ntwo\n"),
        ("io.open('./pkg/../pkg/words.txt').readline()", "one\n"),
        ("codecs.open('pkg/words.txt', 'rb', 'utf-8').read()", "one\ntwo\n"),
        ("json.load(open(HERE + '/table.json'))", {"one": 1}),
        ("list(csv.DictReader(open('pkg/sub/rates.csv')))", [{"name": "a", "rate": "2"}]),
        ("(pathlib.Path(__file__).resolve().parent / 'pkg' / 'words.txt').read_text()", "one\ntwo\n"),
        ("pathlib.Path('pkg/words.txt').open().read()", "one\ntwo\n"),
        (
            "sorted(each.name for each in pathlib.Path('pkg').iterdir())",
            ["__init__.py", "set.toml", "sub", "table.json", "words.txt"],
        ),
        ("files('pkg').joinpath('words.txt').read_text(encoding='utf-8')", "one\ntwo\n"),
        ("resources.read_text('pkg', 'words.txt')", "one\ntwo\n"),
        ("pkgutil.get_data('pkg', 'table.json')", b'{"one": 1}'),
        ("os.path.exists('pkg/sub'), os.path.isfile('pkg/sub'), os.path.isdir('pkg')", (True, False, True)),
        ("__import__('tomllib').loads(open('pkg/set.toml').read())['a']", {"b": 2}),
        ("os.listdir('pkg/sub')", ["rates.csv"]),
        ("list(__import__('pkg_resources').resource_stream('pkg', 'words.txt'))", [b"one\n", b"two\n"]),
        ("__import__('inspect').getsourcefile(lambda: 0)", "/main.py"),
        ("__import__('inspect').getfile(pkg)", "pkg/__init__.py"),
    ],
)
def test_files_of_the_tree_are_read(expression: str, value: object) -> None:
    assert interpreted({**TREE, "main.py": f"{HEAD}result = {expression}\n"}) == value


@pytest.mark.parametrize(
    "expression",
    [
        "open('/etc/passwd')",
        "open('pkg/none.txt')",
        "open('pkg/words.txt', 'w')",
        "open(3)",
        "open('../words.txt')",
    ],
)
def test_what_is_not_there_is_unknown(expression: str) -> None:
    assert isinstance(interpreted({**TREE, "main.py": f"result = {expression}\n"}), Unknown)


def test_a_file_that_was_opened_is_one_of_those_that_were_used() -> None:
    modules = Modules({**TREE, "main.py": "text = open('pkg/words.txt').read()\n"})
    modules.machine.left = 1_000
    modules.at("main.py")
    assert modules.loaded == {"main.py", "pkg/words.txt"}


def test_a_large_file_is_paid_for() -> None:
    modules = Modules({"big.txt": "x" * 150_000, "main.py": "while True: open('big.txt')\n"})
    modules.machine.left = 10_000
    with pytest.raises(Stopped):
        modules.at("main.py")
    assert modules.machine.taken < 20_000
