"""An interrupt ends the command line with 130 and without a traceback, wherever it comes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.incident_site import Site, make_site

# Whoever runs the tests in the background has them ignore interrupts.
HEEDING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
# Interrupts the process when the module that the first argument names is looked for: amid an import.
AMID_AN_IMPORT = f"""{HEEDING}
class Interrupting:
    def __init__(self, name):
        self.name = name

    def find_spec(self, name, *_):
        if name == self.name:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting(sys.argv.pop(1)))
from bisect_ml.cli import main
main()
"""
AMID_A_LATER_IMPORT = f"""{HEEDING}
import time
from bisect_ml.cli.interrupts import interruptible, quit_on_interrupt
sys.path.insert(0, sys.argv[1])
quit_on_interrupt()
with interruptible():
    try:
        import struck
        time.sleep(600)
    except KeyboardInterrupt:
        print(struck.whole)
"""
AT_THE_END = f"""{HEEDING}
import atexit
from bisect_ml.cli import main
atexit.register(signal.raise_signal, signal.SIGINT)
main()
"""
UNHEEDED = AMID_AN_IMPORT.replace("signal.default_int_handler", "signal.SIG_IGN")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"))


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("module", ["typer", "bisect_ml.cli.check"])
def test_an_interrupt_at_the_start_ends_quietly(module: str) -> None:
    done = run(AMID_AN_IMPORT, module, "--help")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("module", ["bisect_ml.config", "bisect_ml.tracing", "duckdb", "git"])
def test_an_interrupt_amid_the_imports_of_a_command_ends_quietly(
    site: Site, tmp_path: Path, module: str
) -> None:
    """The last is imported while the command runs, by what it calls."""
    page = tmp_path / "report.html"
    done = run(AMID_AN_IMPORT, module, *site.arguments(), "--quiet", "--html", str(page))
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_amid_a_later_import_waits_for_its_end(tmp_path: Path) -> None:
    struck = "import signal\nsignal.raise_signal(signal.SIGINT)\nwhole = True\n"
    (tmp_path / "struck.py").write_text(struck)
    done = run(AMID_A_LATER_IMPORT, str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_an_interrupt_after_the_last_line_ends_quietly() -> None:
    done = run(AT_THE_END, "--version")
    assert (done.returncode, done.stderr) == (130, "")
    assert done.stdout.startswith("bisect-ml ")


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    done = run(UNHEEDED, "typer", "--version")
    assert (done.returncode, done.stderr) == (0, "")
