"""The interpreter gives what Python gives."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.interpreter.programs import executed, interpreted, programs_of, told

PROGRAMS = programs_of("snippets.txt")
"""Each binds `result`."""

TREES = {
    "relative": {
        "main.py": "from pkg.sub.mod import f, up\nimport pkg.sub as s\nresult = f(), up, s.mod.f(), s.__name__\n",
        "pkg/__init__.py": "TOP = 'top'\n",
        "pkg/other.py": "x = 5\n",
        "pkg/sub/__init__.py": "",
        "pkg/sub/mod.py": "from .. import TOP as up\nfrom ..other import x\nfrom . import leaf\n"
        "from .leaf import y as z\ndef f(): return x, leaf.y, z, __name__, __package__\n",
        "pkg/sub/leaf.py": "y = 7\n",
    },
    "star": {
        "main.py": "from a import *\nfrom b import *\ntry:\n    hidden\nexcept NameError:\n    hidden = 'no'\n"
        "result = shown, _listed, hidden, x\n",
        "a.py": "shown = 1\n_hidden = 2\nx = 'a'\n",
        "b.py": "__all__ = ['_listed', 'x']\n_listed = 3\nhidden = 4\nx = 'b'\n",
    },
    "circular": {
        "main.py": "import a\nresult = a.f(), a.b.g()\n",
        "a.py": "import b\ndef f(): return b.g() + 1\nV = 1\n",
        "b.py": "import a\ndef g(): return a.V\n",
    },
    "absent": {
        "main.py": "try:\n    from pkg._fast import f\nexcept ImportError:\n    from pkg.slow import f\n"
        "try:\n    from pkg.slow import nothing\nexcept ImportError:\n    nothing = None\n"
        "try:\n    import pkg.none\nexcept ModuleNotFoundError as e:\n    kind = type(e).__name__\n"
        "result = f(), nothing, kind\n",
        "pkg/__init__.py": "",
        "pkg/slow.py": "def f(): return 'slow'\n",
    },
    "without a package": {
        "main.py": "import space.inner.mod\nfrom space.inner import other\nresult = space.inner.mod.x, other.y\n",
        "space/inner/mod.py": "x = 1\n",
        "space/inner/other.py": "from .mod import x\ny = x + 1\n",
    },
    "state": {
        "main.py": "import conf\nfrom conf import get\nconf.VALUE = 2\nresult = get(), conf.dynamic\n",
        "conf.py": "VALUE = 1\ndef get(): return VALUE\ndef __getattr__(name): return name.upper()\n",
    },
}


@pytest.mark.parametrize("source", PROGRAMS, ids=[each.split("\n")[0] for each in PROGRAMS])
def test_a_program_gives_what_python_gives(source: str) -> None:
    assert told(interpreted(source)) == told(executed(source))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_modules_are_found_as_python_finds_them(tree: dict[str, str], tmp_path: Path) -> None:
    for path, text in tree.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    wanted = subprocess.run(
        [sys.executable, "-B", "-c", "import main; print(repr(main.result))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert repr(interpreted(tree)) == wanted


def test_a_package_below_a_folder_for_sources_is_found_by_its_own_name() -> None:
    tree = {
        "src/pkg/__init__.py": "from pkg.mod import x\n",
        "src/pkg/mod.py": "x = 3\n",
        "main.py": "import pkg\nfrom pkg import mod\nresult = pkg.x, mod.x\n",
    }
    assert interpreted(tree) == (3, 3)
