"""Examples that lead to what suspects change: what changed lines name, put into calls that were heard."""

from typing import Any

import pytest

from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.evidence.clues import Clues, clues
from bisect_ml.evidence.directed import directed
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.script_listening import ScriptExample
from bisect_ml.evidence.sites import sites
from tests.evidence.cases import a_file

CALLEE = Callee(
    node=("app.py", "score"), kind="function", function=("app.py", 1), constructor=None, required=1, to_make=0
)


def _example(*placed: Any, kind: type[Example] = Example, **named: Any) -> Example:
    return kind(callee=CALLEE, call=Call(placed=placed, named=tuple(named.items())), is_heard=True)


def _told(examples: list[Example]) -> set[str]:
    return {each.told() for each in examples}


@pytest.mark.parametrize(
    ("path", "old", "new", "texts"),
    [
        ("app.py", "x = 'a'\n", "x = 'xx'\n", {"xx", "a"}),
        ("app.js", "x.replace(/[ab]/g, '')\n", "x.replace(/[abé]/g, '')\n", {"a", "b", "é"}),
        ("app.js", "x.match(/(?:chart|map)\\s/)\n", "x.match(/(?:chart)\\s/)\n", {"chart", "map", "t", " "}),
        ("app.py", "re.compile(r'\\d+-')\n", "re.compile(r'\\d+')\n", {"7", "-"}),
        ("app.js", "x.match(/\\u00e9/)\n", "x.match(/\\x41/)\n", {"é", "A"}),
    ],
)
def test_changed_lines_name_texts_and_the_signs_of_patterns(
    path: str, old: str, new: str, texts: set[str]
) -> None:
    assert texts <= set(clues([a_file(path, old, new)]).texts)


def test_changed_lines_name_numbers_and_what_is_read_by_a_name() -> None:
    old = "if (options.loose && total > 10) { f(0.5) }\n"
    found = clues([a_file("app.js", old, old.replace("loose", "strict").replace("10", "20"))])
    assert found.numbers[:2] == (20.0, 10.0)
    assert found.names[:2] == ("strict", "loose")
    assert 0.5 in found.numbers


def test_what_one_side_alone_names_comes_first() -> None:
    change = a_file("app.py", "f('same', 'old')\n", "f('same', 'new')\n")
    assert clues([change]).texts == ("new", "old", "same")


def test_changed_tests_give_what_they_quote() -> None:
    tests = a_file(
        "test_app.py", "score('one')\n", "score('one')\nscore('It\\'s a long one, of two parts.')\n"
    )
    assert clues([], [tests]).of_tests == ("It's a long one, of two parts.",)


def test_texts_are_put_before_behind_into_and_in_place_of_others() -> None:
    found = _told(directed([_example("word")], Clues(texts=("é",), of_tests=("whole",)), 40))
    assert {"'wordé'", "'éword'", "'woérd'", "'é'", "'whole'"} <= found


def test_numbers_stand_for_others_and_beside_thresholds() -> None:
    whole = _told(directed([_example(3)], Clues(numbers=(10.0,)), 40))
    assert {"10", "11", "9", "-10"} <= whole
    assert "10.5" not in whole
    assert "10.5" in _told(directed([_example(3.0)], Clues(numbers=(10.0,)), 40))


def test_names_become_options_in_the_way_of_the_language() -> None:
    named = Clues(names=("strict",))
    assert "2, strict=True" in _told(directed([_example(2)], named, 40))
    script = _example("a", kind=ScriptExample)
    (option, *_) = [each.call.placed for each in directed([script], named, 40)]
    assert option == ("a", {"strict": True})
    with_one = _example("a", {"loose": 1}, kind=ScriptExample)
    assert ("a", {"loose": 1, "strict": True}) in [
        each.call.placed for each in directed([with_one], named, 40)
    ]


def test_so_many_are_led_to_and_none_that_was_heard() -> None:
    heard = [_example("word"), _example("é")]
    found = directed(heard, Clues(texts=("é", "x", "y")), 5)
    assert len(found) == 5
    assert not _told(found) & _told(heard)
    assert not any(each.is_heard for each in found)


def test_nothing_named_leads_to_nothing() -> None:
    assert directed([_example("word", 3, {"a": 1})], Clues(), 40) == []


def test_values_inside_lists_and_objects_are_exchanged_alone() -> None:
    example = _example(["a", {"deep": 2.0}], rate=1)
    changed = [site.exchanged("new").told() for site in sites(example) if type(site.value) is not dict]
    assert changed == [
        "['new', {'deep': 2}], rate=1",
        "['a', {'deep': 'new'}], rate=1",
        "['a', {'deep': 2}], rate='new'",
    ]


def test_classes_of_the_code_are_left_alone() -> None:
    class Odd(str):
        __slots__ = ()

    assert list(sites(_example(Odd("x"), 10**13))) == []
