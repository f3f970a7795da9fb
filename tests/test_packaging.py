import re
import tomllib
from pathlib import Path

import bisect_ml
from bisect_ml.resources import folder

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_folder_with_code_is_packaged() -> None:
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "bisect_ml").rglob("*.py")
        if path.name == "__init__.py"
    }
    homeless = {path.parent for path in (ROOT / "bisect_ml").rglob("*.py")} - {
        ROOT / name.replace(".", "/") for name in folders
    }
    assert not homeless
    mapped = {"bisect_ml.templates", "bisect_ml.sample_data"}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders | mapped


def test_one_version_everywhere() -> None:
    assert PROJECT["project"]["version"] == bisect_ml.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert re.search(rf"^## {re.escape(bisect_ml.__version__)}\b", changelog, re.MULTILINE)


def test_the_shipped_folders_are_found() -> None:
    assert folder("templates").joinpath("report.html").is_file()
    assert folder("sample_data").joinpath("truth.json").is_file()


def test_every_exported_name_exists() -> None:
    assert callable(bisect_ml.trace)
    for name in bisect_ml.__all__:
        assert getattr(bisect_ml, name) is not None
