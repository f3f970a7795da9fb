"""What stands for the texts of production where tests hold few."""

from collections.abc import Sequence

from bisect_ml.evidence import known_texts
from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.known_texts import WORDS, Quoted, own_texts, texts_for

SCORE = Callee(
    node=("app/model.py", "score"),
    kind="function",
    function=("app/model.py", 1),
    constructor=None,
    required=1,
    to_make=0,
)
README = """\
# Scores

This package scores what people write in `English`. See [the guide](https://example.org/guide) for more of it.
It costs nothing.

```python
Score("No sentence of the documents at all. ")
```
"""


def _quoted(_: str, text: str) -> Sequence[str]:
    return text.split("'")[1::2]


def _texts(tree: dict[str, str], most: int = 10) -> tuple[str, ...]:
    return texts_for(tree, SCORE, most, Quoted((".py",), _quoted))


def test_tests_come_first_and_alone_where_they_hold_enough() -> None:
    tests = "".join(f"'text {number}'" for number in range(20))
    assert _texts({"tests/test_score.py": tests, "README.md": README}) == tuple(
        f"text {number}" for number in range(0, 20, 2)
    )


def test_sentences_of_the_readme_follow_without_code_and_links() -> None:
    assert _texts({"tests/test_score.py": "'a test'", "README.md": README}) == (
        "a test",
        "This package scores what people write in .",
        "See the guide for more of it.",
    )


def test_words_of_its_own_file_stand_together() -> None:
    own = "'one line of text' 'not' 'never' 'hardly' 'without' 'cannot' 'barely' 'very' 'most' '%s'"
    assert _texts({"app/model.py": own}) == (
        "one line of text",
        "not never hardly without cannot barely",
        "very most",
    )


def test_without_any_there_are_some_words() -> None:
    assert _texts({"app/model.py": ""}) == WORDS


def test_short_texts_of_its_own_file_are_asked_by_themselves() -> None:
    tree = {"app/model.py": f"'red' ' ' 'green' '{'long' * 40}' 'blue' 'grey'", "app/other.py": "'none'"}
    quoted = Quoted((".py",), _quoted)
    assert own_texts(tree, SCORE, 10, quoted) == ("red", "green", "blue", "grey")
    assert own_texts(tree, SCORE, 2, quoted) == ("red", "blue")
    assert own_texts({}, SCORE, 2, quoted) == ()


def test_tests_that_are_called_like_a_file_come_before_those_that_name_its_function_more_often() -> None:
    often = "score score score"
    tree = {"tests/test_all.py": often, "tests/test_Model.py": "", "tests/model_spec.py": "score"}
    assert known_texts.test_files(tree, [SCORE]) == [
        "tests/model_spec.py",
        "tests/test_Model.py",
        "tests/test_all.py",
    ]
