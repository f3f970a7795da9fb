"""What the documents say of the tool is true."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bisect_ml.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^ {4}(bisect-ml \w+.*)$", README, re.MULTILINE)))


def options(command: str) -> set[str]:
    done = CliRunner().invoke(app, [command, "--help"], prog_name="bisect-ml")
    assert done.exit_code == 0
    return set(re.findall(r"--[a-z-]+", done.stdout))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_exists_with_its_flags(line: str) -> None:
    _, command, *words = shlex.split(line)
    assert {word for word in words if word.startswith("--")} <= options(command)


def test_the_readme_shows_every_command() -> None:
    done = CliRunner().invoke(app, ["--help"], prog_name="bisect-ml")
    commands = re.findall(r"^ {2}(\w+) {2,}\S", done.stdout.split("Commands:")[1], re.MULTILINE)
    assert commands
    for command in commands:
        assert f"bisect-ml {command}" in README or f"make {command}" in README, command


def test_every_setting_is_a_flag_or_documented() -> None:
    from dataclasses import fields

    from bisect_ml.config import Settings

    flags = options("trace")
    singular = {"slices": "slice", "features": "feature"}
    for field in fields(Settings):
        flag = "--" + singular.get(field.name, field.name).replace("_", "-")
        assert flag in flags or f"`{field.name}`" in README or f"{field.name} =" in README, field.name


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


def test_every_room_of_the_package_is_on_the_map() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "bisect_ml").iterdir() if path.suffix == ".py" or path.is_dir()}
    rooms -= {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
    missing = sorted(room for room in rooms if room not in told)
    assert not missing
