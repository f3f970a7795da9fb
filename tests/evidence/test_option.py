"""What runs only where a caller asks for it."""

import pytest

from bisect_ml.evidence.option import option
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

PYTHON = """\
def score(x, rounded=False, scale=None, mode='fast', limit=3):
    y = x * 2
    if rounded:
        y = y + 0.1
    if scale is not None and y:
        y = y + 0.2
    else:
        y = y + 0.3
    if not rounded:
        y = y + 0.4
    if mode:
        y = y + 0.5
    if limit:
        y = y + 0.6
    return y
"""
SCRIPT = """\
function score(x, options) {
  let y = x * 2;
  if (options.rounded) {
    y = y + 0.1;
  } else {
    y = y + 0.2;
  }
  if (!options.rounded) {
    y = y + 0.3;
  }
  if (y > 2 && options.scale) y = y + 0.4;
  return y;
}
"""


def _asked(path: str, text: str, old: str, entry: str, other: str = "") -> str | None:
    assert old in text
    new = text.replace(old, old.replace("y + 0", "y - 0").replace("x * 2", "x * 3"))
    commit = a_commit(a_file(path, text, new))
    case = a_case(commit, entry=entry, tree={path: new, f"app/other.{path[-2:]}": other})
    said = option(case, candidates_of([commit])[0])
    return None if said is None else str(said.facts["option"])


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("x * 2", None),
        ("y + 0.1", "rounded"),
        ("y + 0.2", "scale"),
        ("y + 0.3", None),
        ("y + 0.4", None),
        ("y + 0.5", None),
        ("y + 0.6", None),
    ],
)
def test_a_parameter_that_is_nothing_by_default(old: str, name: str | None) -> None:
    assert _asked("app/core.py", PYTHON, old, "app.core:score") == name


@pytest.mark.parametrize(
    ("old", "name"),
    [("x * 2", None), ("y + 0.1", "rounded"), ("y + 0.2", None), ("y + 0.3", None), ("y + 0.4", "scale")],
)
def test_a_member_of_the_options(old: str, name: str | None) -> None:
    assert _asked("app/core.js", SCRIPT, old, "score") == name


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        ("from app.core import score\nz = score(1, rounded=True)\n", None),
        ("from app.core import score\nz = score(1, rounded=rounded)\n", "rounded"),
        ("from app.core import score\nz = score(1, unrounded=True)\n", "rounded"),
    ],
)
def test_an_option_that_other_code_gives_is_none(caller: str, name: str | None) -> None:
    assert _asked("app/core.py", PYTHON, "y + 0.1", "app.core:score", caller) == name


def test_a_commit_that_changes_more_is_not_optional() -> None:
    new = PYTHON.replace("y + 0.1", "y - 0.1").replace("x * 2", "x * 3")
    commit = a_commit(a_file("app/core.py", PYTHON, new))
    assert option(a_case(commit, tree={"app/core.py": new}), candidates_of([commit])[0]) is None
