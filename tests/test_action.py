"""The GitHub action: its script, run as the runner runs it."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.checked_service import CheckedService, unpack_service

ACTION = (Path(__file__).parent.parent / "action.yml").read_text(encoding="utf-8")
SCRIPT = textwrap.dedent(ACTION.rpartition("run: |\n")[2])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> CheckedService:
    return unpack_service(tmp_path_factory.mktemp("checked"))


def run_action(service: CheckedService, folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the script of the action in the repository; return its exit code, output and summary."""
    summary = folder / "summary.md"
    defaults = {
        "RUN": service.command, "INPUT": str(service.orders), "SETUP": "", "HEAD": "HEAD", "BISECT": "true",
        "INCONCLUSIVE": "fail", "FLAGS": "", "REPORT": str(folder / "report.html"),
    }  # fmt: skip
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"GITHUB_STEP_SUMMARY": str(summary), "XDG_CACHE_HOME": str(folder / "cache"), "PATH": path}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", SCRIPT],
        cwd=service.repository,
        env={**os.environ, **defaults, **inputs, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, summary.read_text()


def test_a_pull_request_that_fails_says_so_in_the_summary_and_in_annotations(
    service: CheckedService, tmp_path: Path
) -> None:
    service.git("checkout", "-q", "27e050a")
    code, out, summary = run_action(service, tmp_path, BASE="13f334a", FLAGS="--key\norder_id\n")
    assert code == 1
    assert "FAIL" in summary
    assert "c96812c44e" in summary
    assert "::error" in out


def test_names_of_branches_are_never_read_as_script(service: CheckedService, tmp_path: Path) -> None:
    name = "$(touch${IFS}stolen)"
    service.git("branch", "-f", name, "43f23fb")
    service.git("checkout", "-q", "8c45b62")
    code, _, summary = run_action(service, tmp_path, BASE=name)
    assert code == 0
    assert "PASS" in summary
    assert not (service.repository / "stolen").exists()


def test_every_input_is_used() -> None:
    declared = re.findall(r"^  (\w+):$", ACTION.partition("runs:")[0].partition("inputs:")[2], re.MULTILINE)
    assert set(declared) == set(re.findall(r"inputs\.(\w+)", ACTION))


def test_no_input_is_pasted_into_a_script() -> None:
    assert "${{" not in SCRIPT


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_an_event_without_a_base_asks_for_one(service: CheckedService, tmp_path: Path, base: str) -> None:
    """A run by hand names no commit before, and the first push of a branch names none but zeros."""
    (tmp_path / "summary.md").touch()
    code, out, _ = run_action(service, tmp_path, BASE=base)
    assert code == 2
    assert "set the input base" in out
