"""Examples like those that were heard, with one value exchanged."""

from dataclasses import replace

from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.script_listening import ScriptExample
from bisect_ml.evidence.variations import varied, without_options
from bisect_ml.javascript import Foreign

SCORE = Callee(
    node=("a.js", "score"), kind="function", function=("a.js", -1), constructor=None, required=1, to_make=0
)


def _heard(*placed: object) -> ScriptExample:
    return ScriptExample(callee=SCORE, call=Call(placed=placed))


def test_one_value_is_exchanged_for_another_of_its_kind() -> None:
    date = Foreign("date", 0.0)
    told = [each.told() for each in varied([_heard(3.0, True, date, None)], (), 4)]
    assert told == [
        "4, true, new Date(0), null",
        "3, true, new Date(3222720000), null",
        "6, true, new Date(0), null",
        "3, true, new Date(6445440000), null",
    ]


def test_texts_are_exchanged_for_those_of_tests_and_options_for_options() -> None:
    heard = [_heard(f"text {n}", "ab"[n % 2]) for n in range(6)]
    told = [each.told() for each in varied(heard, ["other", "more"], 40)]
    assert "'other', 'a'" in told
    assert not any(each.endswith(("'other'", "'more'")) for each in told)


def test_values_inside_of_lists_and_objects_are_exchanged() -> None:
    told = [each.told() for each in varied([_heard([1.0, 2.0]), _heard({"rate": 5.0, "unit": "m"})], (), 2)]
    assert told == ["[2, 2]", "{rate: 10, unit: 'm'}"]


def test_texts_in_objects_are_exchanged_where_a_call_has_nothing_else() -> None:
    heard = [_heard({"name": "a", "on": True, "size": "b"}), _heard("text", {"style": "short"})]
    told = [each.told() for each in varied(heard, ["other"], 4)]
    assert "{name: 'other', on: true, size: 'b'}" in told
    assert "{name: 'a', on: true, size: 'other'}" in told
    assert "'other', {style: 'short'}" in told
    assert not any("style: 'other'" in each for each in told)


def test_whole_numbers_stay_whole() -> None:
    told = [each.call.placed for each in varied([_heard(3, {"rate": 5, "on": True})], (), 4)]
    assert told == [
        (4, {"rate": 5, "on": True}),
        (3, {"rate": 6, "on": True}),
        (6, {"rate": 5, "on": True}),
        (3, {"rate": 10, "on": True}),
    ]
    assert all(type(number) is int for number, _ in told)


class _Odd(int):
    def __mul__(self, _: object) -> int:
        raise AssertionError

    __str__ = __repr__ = __format__ = __mul__  # type: ignore[assignment]


def test_numbers_of_classes_of_the_code_are_not_asked() -> None:
    assert [each.call.placed[1] for each in varied([_heard(_Odd(3), 1)], (), 2)] == [2, -1]


def test_nothing_is_made_of_nothing() -> None:
    assert varied([], ["a text"], 9) == []
    assert varied([_heard(None, True)], ["a text"], 9) == []


def test_what_a_call_need_not_say_is_left_out() -> None:
    def told(*placed: object, **named: object) -> list[str]:
        call = Call(placed=placed, named=tuple(named.items()))
        return [each.told() for each in without_options([replace(_heard(), call=call)], 9)]

    assert told("one", "en") == ["'one'"]
    assert told("one", "en", True) == ["'one'", "'one', 'en'"]
    assert told("one", {"strict": True, "end": False}) == [
        "'one'",
        "'one', {end: false}",
        "'one', {strict: true}",
    ]
    assert told("one") == []
    options = Call(placed=("one",), named=(("a", 1), ("b", 2)))
    named = without_options([Example(callee=SCORE, call=options, made=Call())], 9)
    assert [each.told() for each in named] == ["'one'", "'one', b=2", "'one', a=1"]
    assert not any(each.is_heard for each in named)
