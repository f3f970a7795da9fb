"""The search that counts its steps finds what JavaScript finds."""

import time

import pytest

from bisect_ml.interpreter import Exhausted
from bisect_ml.javascript import Modules, programs_in, running
from bisect_ml.javascript.backtracking import Backtracker
from bisect_ml.javascript.patterns import translated


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^(a+)+$", "aaaa", ["aaaa", "aaaa"]),
        (r"^(a+)+$", "aaab", None),
        (r"(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]),
        (r"(z)((a+)?(b+)?(c))*", "zaacbbbcac", ["zaacbbbcac", "z", "ac", "a", None, "c"]),
        (r"(?:a*)*b", "aaab", ["aaab"]),
        (r"((a)|b)*", "abab", ["abab", "b", None]),
        (r"(.*?)a(?!(a+)b\2c)\2(.*)", "baaabaac", ["baaabaac", "ba", None, "abaac"]),
        (r"([\w.]+)+@(?<host>\w+)", "me.you@ex", ["me.you@ex", "me.you", "ex"]),
        (r"(?<=\$)(\d+)+\b", "cost $12", ["12", "12"]),
    ],
)
def test_it_finds_what_node_finds(pattern: str, text: str, expected: list[str | None] | None) -> None:
    modules = Modules({})
    modules.machine.left = 10_000
    compiled = translated(pattern, "")
    with running(modules.realm):
        search = compiled.pattern
        if not isinstance(search, Backtracker):
            search = Backtracker(search.pattern, 0)
        found = search.search(text, 0)
    assert (None if found is None else [found[0], *found.groups()]) == expected


def test_a_search_without_an_end_takes_the_budget() -> None:
    modules = Modules({"a.js": "var answer = /^(a+)+$/.test('a'.repeat(40) + 'b')"})
    modules.machine.left = 10_000
    with pytest.raises(Exhausted):
        modules.at("a.js")


@pytest.mark.parametrize(
    "source",
    [
        "/" + "a{0,9000}" * 30 + "b/.test('a'.repeat(5000))",
        "'\\u0301\\u0316'.repeat(50000).normalize('NFC')",
        "'\\u0301\\u0316'.repeat(50000).localeCompare('a')",
        "BigInt('0x' + 'f'.repeat(100000)).toString()",
    ],
)
def test_what_takes_long_on_long_texts_takes_the_budget(source: str) -> None:
    modules = Modules({"a.js": f"var answer = {source}"})
    modules.machine.left = 10_000
    with pytest.raises(Exhausted):
        modules.at("a.js")


@pytest.mark.parametrize(
    "source",
    ["(a=(" * 30 + "1" + "))" * 30, "a?(b" * 60 + "c", "```js\n" * 15_000],
    ids=["arrows", "conditions", "fences"],
)
def test_prose_that_could_be_read_in_many_ways_is_read_in_few(source: str) -> None:
    start = time.process_time()
    programs_in(f"```js\n{source}\n```\n")
    assert time.process_time() - start < 3
