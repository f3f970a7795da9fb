"""The versions that deploys went through, each asked with the code of its time."""

import pytest

from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.types import Direction, FileChange
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import ENTRY, FEATURES, SERVICE, TREE, level_of


def _walked(*texts: str, direction: Direction = "shipped") -> list[str | None]:
    """Return what is said of each step from one text of the features to the next, the oldest first."""
    commits = [
        a_commit(a_file("app/features.py", *texts[number : number + 2]), sha=f"{number:040x}")
        for number in reversed(range(len(texts) - 1))
    ]
    chosen = candidates_of(commits, direction=direction)
    serves = texts[0] if direction == "removed" else texts[-1]
    case = a_case(*commits, candidates=chosen, entry=ENTRY, tree={**TREE, "app/features.py": serves})
    return [level_of(rehearsed(case, each)) for each in reversed(chosen)]


@pytest.mark.parametrize("direction", ["shipped", "removed"])
def test_each_commit_is_read_with_the_code_of_its_time(direction: Direction) -> None:
    texts = [FEATURES.replace("amount * 2", each) for each in ("amount * 2", "amount * 3", "3 * amount")]
    texts.append(FEATURES.replace("amount * 2", "4 * amount"))
    assert _walked(*texts, direction=direction) == ["many", "same", "many"]


def test_what_a_later_commit_takes_back_is_no_change() -> None:
    other, turned = FEATURES.replace("* 2", "* 5"), FEATURES.replace("amount * 2", "2 * amount")
    assert _walked(FEATURES, other, FEATURES, turned) == [None, None, "same"]


def test_a_merge_whose_texts_git_does_not_show_takes_no_file_from_the_other_commits() -> None:
    texts = [FEATURES.replace("* 2", f"* {number}") for number in (2, 3, 4)]
    commits = [
        a_commit(a_file("app/features.py", *texts[1:]), sha="3" * 40),
        a_commit(FileChange(path="app/service.py", patch="@@@ -1 -1 +1 @@@"), sha="2" * 40, parents=2),
        a_commit(a_file("app/features.py", *texts[:2]), sha="1" * 40),
    ]
    case = a_case(*commits, entry=ENTRY, tree={**TREE, "app/features.py": texts[-1]})
    assert [level_of(rehearsed(case, each)) for each in candidates_of(commits)] == ["many", None, "many"]


def test_names_of_files_that_are_handed_on_lose_no_file() -> None:
    twice = f"{FEATURES}AGE = 1\n"
    parts = "from app.old import scaled as base\n\ndef scaled(amount):\n    return base(amount) + 1\n"
    commit = a_commit(
        a_file("app/features.py", parts.replace("+ 1", "+ 5"), parts, old_path="app/parts.py"),
        a_file("app/old.py", FEATURES, twice, old_path="app/features.py"),
    )
    tree = {**TREE, "app/features.py": parts, "app/old.py": twice}
    assert level_of(rehearsed(a_case(commit, entry=ENTRY, tree=tree), candidates_of([commit])[0])) == "many"


def test_commits_before_a_file_was_only_moved_find_it_by_its_earlier_name() -> None:
    earlier = SERVICE.replace("app.features", "app.old")
    moved = a_file("app/features.py", FEATURES, FEATURES, old_path="app/old.py")
    commits = [
        a_commit(a_file("app/service.py", earlier, SERVICE), moved, sha="2" * 40),
        a_commit(
            a_file("app/service.py", earlier.replace("LIMIT = 100", "LIMIT = 3"), earlier), sha="1" * 40
        ),
    ]
    case = a_case(*commits, entry=ENTRY, tree=TREE)
    assert [level_of(rehearsed(case, each)) for each in candidates_of(commits)] == ["same", "many"]
