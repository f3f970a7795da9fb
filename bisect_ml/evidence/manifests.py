"""What a package's manifest or lock file installs, apart from what it says of the package."""

import json
import tomllib
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.types import FileChange

_PAPERS = frozenset(
    {
        "name",
        "version",
        "description",
        "keywords",
        "author",
        "authors",
        "contributors",
        "maintainers",
        "maintainer",
    }
    | {"license", "licenses", "license-files", "repository", "bugs", "homepage", "funding", "urls"}
    | {"readme", "classifiers", "documentation", "support"}
)
"""What a manifest says of its package, which no served code computes with."""

_OF_DEVELOPERS = frozenset({"devDependencies", "dev-dependencies", "require-dev", "dependency-groups"})
_CHECKERS = frozenset(
    {"ruff", "black", "isort", "mypy", "pyright", "pylint", "flake8", "pytest", "coverage", "tox", "nox"}
    | {"towncrier", "bumpversion", "bumpver", "commitizen", "semantic_release", "codespell", "cibuildwheel"}
)
_MANIFESTS = frozenset({"package.json", "bower.json", "component.json", "composer.json"})
_LOCKS = frozenset({"package-lock.json", "npm-shrinkwrap.json"})


def installs_the_same(change: FileChange) -> bool:
    """Tell a manifest or lock file that installs what it did: its version, papers or checkers changed."""
    if change.before is None or change.after is None:
        return False
    before, after = (_installed(PurePosixPath(change.path).name, t) for t in (change.before, change.after))
    return before is not None and before == after


def _installed(name: str, text: str) -> Any:
    """Return what a manifest installs and how; None where it is no manifest, or none that is read."""
    try:
        if name in _MANIFESTS:
            return _without(json.loads(text), _PAPERS | _OF_DEVELOPERS)
        if name in _LOCKS:
            return _locked(json.loads(text))
        if name == "pyproject.toml":
            return _project(tomllib.loads(text))
    except (ValueError, RecursionError, AttributeError):
        return None
    return None


def _without(table: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _locked(lock: dict[str, Any]) -> dict[str, Any]:
    """Return the packages that a lock file installs where the code serves."""
    return {
        of: {name: each for name, each in lock.get(of, {}).items() if name and not each.get("dev")}
        for of in ("packages", "dependencies")
    }


def _project(table: dict[str, Any]) -> dict[str, Any]:
    tools = _without(table.get("tool", {}), _CHECKERS)
    if "poetry" in tools:
        poetry = _without(tools["poetry"], _PAPERS | _OF_DEVELOPERS)
        tools["poetry"] = {**poetry, "group": _without(poetry.get("group", {}), frozenset({"dev", "test"}))}
    project = _without(table.get("project", {}), _PAPERS)
    return {**_without(table, _OF_DEVELOPERS), "project": project, "tool": tools}
