import pytest

from bisect_ml.evidence.role import file_role, role
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/models/churn.py", "model"),
        ("app/feature_store/encode.py", "feature"),
        ("app/api/routes.py", "serving"),
        ("app/dashboard/model_view.py", "aside"),
        ("requirements.txt", "package"),
        ("app/words.txt", "data"),
        ("examples/one.txt", "aside"),
        ("app/util.py", "other"),
    ],
)
def test_paths_tell_the_role(path: str, expected: str) -> None:
    assert file_role(a_file(path, "a = 1", "a = 2")) == expected


@pytest.mark.parametrize("path", ["models/churn.onnx", "sql/users.sql", "config/production.yaml"])
def test_files_that_have_a_scorer_of_their_own_have_no_role(path: str) -> None:
    assert file_role(a_file(path, "a = 1", "a = 2")) is None


def test_a_file_that_imports_a_numerical_library_is_feature_code() -> None:
    assert (
        file_role(a_file("app/util.py", "import numpy as np\n", "import numpy as np\na = 1\n")) == "feature"
    )


def test_the_strongest_file_speaks_for_the_commit_and_is_named() -> None:
    files = (a_file("app/util.py", "a = 1", "a = 2"), a_file("app/model.py", "a = 1", "a = 2"))
    said = role(a_case(), candidates_of([a_commit(*files)])[0])
    assert said is not None
    assert said.sentence == "changes model code: app/model.py"


def test_inert_files_give_no_role() -> None:
    commit = a_commit(a_file("app/model.py", "a = 1", "a = 1  # one"))
    assert role(a_case(), candidates_of([commit])[0]) is None
