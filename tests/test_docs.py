"""What the documents say of the tool is true."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bisect_ml.cli.commands import app

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


CHECK_PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line", sorted(set(re.findall(r"^ {4}(bisect-ml \w+.*)$", CHECK_PAGE, re.MULTILINE)))
)
def test_every_command_of_the_page_on_checks_exists_with_its_flags(line: str) -> None:
    _, command, *words = shlex.split(line)
    assert {word for word in words if word.startswith("--")} <= options(command)


def test_every_setting_of_a_check_is_documented() -> None:
    from dataclasses import fields

    from bisect_ml.check_settings import DEFAULT_MARGINS, CheckSettings

    for name in (*(field.name for field in fields(CheckSettings)), *DEFAULT_MARGINS):
        assert f"`{name}`" in CHECK_PAGE or re.search(
            rf'^ +"?\[?(check\.)?{name}\b', CHECK_PAGE, re.MULTILINE
        ), name


def test_the_settings_of_the_page_on_checks_are_valid(tmp_path: Path) -> None:
    from bisect_ml.check_settings import load_check_settings
    from bisect_ml.config import load_settings

    block = re.search(r"\n\n( {4}entry = .*?)\n\n(?! {4})", CHECK_PAGE, re.DOTALL)
    assert block is not None
    (tmp_path / "bisect-ml.toml").write_text(re.sub(r"^ {4}", "", block[1], flags=re.MULTILINE))
    settings = load_check_settings({}, folder=tmp_path)
    assert settings.margin("mean", "country=BR") == 0.05
    assert load_settings({}, folder=tmp_path).entry == "app.score:predict"
