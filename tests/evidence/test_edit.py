import pytest

from bisect_ml.evidence.edit import edit
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

CODE = """
def area(width, height=2):
    if width < 3:
        return None
    total = width * height
    return scale(total, width, "cm", True)
"""


def _said(after: str, before: str = CODE) -> Evidence | None:
    assert before != after
    commit = a_commit(a_file("app/area.py", before, after))
    return edit(a_case(commit), candidates_of([commit])[0])


RUBY = """
class Words
  def shouting?
    @text == @text.upcase && @text.size > 8
  end
end
"""


@pytest.mark.parametrize(
    ("old", "new", "level", "shown"),
    [
        ("width < 3", "width < 5", "number", "3 → 5"),
        ("width < 3", "width <= 3", "operator", "Lt → LtE"),
        ("width * height", "width / height", "operator", "Mult → Div"),
        ("height=2", "height=4", "default", "height=2 → height=4"),
        ("scale(total, width,", "scale(width, total,", "swap", "scale("),
        ('"cm"', '"mm"', "text", "'cm' → 'mm'"),
        ("True", "False", "flag", "True → False"),
        ("    if width < 3:\n        return None\n", "", "guard", "nothing"),
        ("scale(total", "other(total", "call", "calls another function"),
        ("    total = width", "    width = abs(width)\n    total = width", "statement", "abs(width)"),
        ("width * height", "-(width * height)", "operator", ""),
        ("width * height", "height * width", "swap", "height * width"),
    ],
)
def test_the_kind_of_edit_is_named_and_shown(old: str, new: str, level: str, shown: str) -> None:
    said = _said(CODE.replace(old, new))
    assert said is not None
    assert said.facts["level"] == level
    assert shown in said.sentence
    assert "area" in said.sentence


def test_who_owns_a_value_in_rust_is_no_operator() -> None:
    before = "fn scaled(x: &mut f64) -> f64 {\n    half(x) + 2.0\n}\n"
    after = before.replace("&mut f64", "f64").replace("half(x)", "half(&x)").replace("2.0", "3.0")
    commit = a_commit(a_file("src/area.rs", before, after))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert (said.facts["level"], said.facts["edits"]) == ("number", 1)


def test_a_consistent_rename_is_no_edit() -> None:
    said = _said(CODE.replace("total", "product"))
    assert said is not None
    assert said.facts["level"] == "renamed"
    assert "total → product" in said.sentence


def test_a_renamed_function_is_renamed_with_its_callers() -> None:
    before = "def f(x):\n    return x + 1\n\ndef g(x):\n    return f(x)\n"
    said = _said(before.replace("f(x)", "plus_one(x)"), before)
    assert said is not None
    assert said.facts["level"] == "renamed"


def test_a_rename_that_collides_or_is_partial_is_not_consistent() -> None:
    for after in (CODE.replace("total, width", "width, width"), CODE.replace("total =", "product =")):
        said = _said(after)
        assert said is not None
        assert said.facts["level"] != "renamed"


def test_a_function_renamed_with_its_calls_is_renamed() -> None:
    before = "def scale(x):\n    return 2 * x\n\ndef area(x):\n    return scale(x)\n"
    said = _said(before.replace("scale", "double"), before)
    assert said is not None
    assert said.facts["level"] == "renamed"
    other = _said(before.replace("return scale", "return abs"), before)
    assert other is not None
    assert "calls another function in area: scale → abs" in other.sentence


def test_a_function_moved_to_another_file_is_moved() -> None:
    function = "def f(x):\n    a = x + 1\n    b = a * 2\n    return b\n"
    rest = "def g(y):\n    return y\n"
    commit = a_commit(a_file("app/a.py", function + rest, rest), a_file("app/b.py", None, function))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "moved"


def test_a_statement_more_is_not_moved() -> None:
    said = _said(CODE.replace("    total =", "    width += 1\n    total ="))
    assert said is not None
    assert said.facts["level"] == "statement"


def test_elements_of_a_collection_are_told_from_logic() -> None:
    said = _said('TITLES = {"dr", "mr", "sheik"}\n', 'TITLES = {"dr", "mr"}\n')
    assert said is not None
    assert said.facts["level"] == "elements"


def test_a_list_in_another_order_is_told_from_other_elements() -> None:
    said = _said('FEATURES = ["items", "amount", "age"]\n', 'FEATURES = ["amount", "items", "age"]\n')
    assert said is not None
    assert said.facts["level"] == "swap"


def test_new_definitions_alone_are_added() -> None:
    said = _said(CODE + "\ndef perimeter(a):\n    return 4 * a\n")
    assert said is not None
    assert said.facts["level"] == "added"


def test_a_language_that_is_not_known_is_not_judged() -> None:
    commit = a_commit(a_file("app/area.zig", "a", "b"))
    assert edit(a_case(commit), candidates_of([commit])[0]) is None


SCRIPT = """
import { scale } from "./scale";

export function area(width, height = 2) {
  if (width < 3) {
    return null;
  }
  const total = width * height;
  return scale(total, width, "cm", true);
}

export function other(x) {
  return x;
}
"""


@pytest.mark.parametrize(
    ("old", "new", "level", "shown"),
    [
        ("width < 3", "width < 5", "number", "3 → 5"),
        ("width < 3", "width <= 3", "operator", "< → <="),
        ("width * height", "width / height", "operator", "* → /"),
        ("scale(total, width,", "scale(width, total,", "swap", "total, width → width, total"),
        ('"cm"', '"mm"', "text", '"cm" → "mm"'),
        (", true)", ", false)", "flag", "true → false"),
        ("  if (width < 3) {\n    return null;\n  }\n", "", "guard", "nothing"),
        ("scale(total", "other(total", "call", "calls another function"),
        ("  const total", "  width = abs(width);\n  const total", "statement", "abs"),
        ("width * height;", "width * height + 1;", "operator", "+ 1"),
    ],
)
def test_other_languages_are_compared_token_by_token(old: str, new: str, level: str, shown: str) -> None:
    assert old in SCRIPT
    commit = a_commit(a_file("src/area.ts", SCRIPT, SCRIPT.replace(old, new)))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == level
    assert shown in said.sentence
    assert "area" in said.sentence


@pytest.mark.parametrize(
    ("path", "before", "old", "new", "shown"),
    [
        ("src/a.ts", SCRIPT, "scale(total, width", "scale((total / 60), width", "`nothing` → `/ 60`"),
        ("lib/a.rb", RUBY, " && @text.size > 8", "", "`&& @text.size > 8` → `nothing`"),
        ("lib/a.rb", RUBY, "@text.size", "Text::Size.of(@text)", "`nothing` → `Text::Size.of`"),
    ],
)
def test_edits_are_shown_as_people_write_them(path: str, before: str, old: str, new: str, shown: str) -> None:
    assert old in before
    commit = a_commit(a_file(path, before, before.replace(old, new)))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.sentence.endswith(shown.replace("`", ""))


@pytest.mark.parametrize(
    ("new", "level", "shown"),
    [
        ("width * height + 1;", "operator", "nothing → + 1"),
        ("width / height;", "operator", "* → /"),
        ("scaled(width * height);", "call", "scaled"),
        ("width * 10;", "call", "height → 10"),
    ],
)
def test_a_semicolon_that_comes_with_an_edit_is_none(new: str, level: str, shown: str) -> None:
    """Where lines end statements without one, the edit is what else changed."""
    before = SCRIPT.replace(";\n", "\n")
    commit = a_commit(a_file("src/area.ts", before, before.replace("width * height", new)))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == level
    assert shown in said.sentence
    assert ";" not in said.sentence


@pytest.mark.parametrize(
    ("after", "level"),
    [
        (SCRIPT.replace("total", "product"), "renamed"),
        (SCRIPT.replace("total =", "product ="), "name"),
        (SCRIPT.replace("total", "width"), "name"),
        (SCRIPT + "\nexport function more(x) {\n  return 2 * x;\n}\n", "added"),
        (
            SCRIPT.replace("export function other(x) {\n  return x;\n}\n", "").replace(
                "export function area", "export function other(x) {\n  return x;\n}\n\nexport function area"
            ),
            None,
        ),
    ],
)
def test_renames_and_additions_in_other_languages(after: str, level: str | None) -> None:
    commit = a_commit(a_file("src/area.ts", SCRIPT, after))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert (said and said.facts["level"]) == level


def test_a_function_that_moves_to_another_file_of_another_language_is_moved() -> None:
    function = "func f(x int) int {\n\ta := x + 1\n\treturn a * 2\n}\n"
    rest = "func g(y int) int {\n\treturn y\n}\n"
    commit = a_commit(a_file("a.go", function + rest, rest), a_file("b.go", None, function))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "moved"


def test_a_long_function_is_compared_where_it_differs() -> None:
    body = "".join(f"  total += row.a{n} * {n};\n" for n in range(2_000))
    text = f"export function area(row) {{\n{body}  return total;\n}}\n"
    commit = a_commit(a_file("src/area.ts", text, text.replace("a999 * 999", "a999 / 999")))
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.sentence == "changes an operator in area: * → /"
