"""The search that counts its steps finds what JavaScript finds."""

import pytest

from bisect_ml.interpreter import Exhausted
from bisect_ml.javascript import Modules, running
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
