"""The search that counts its steps finds what `re` finds."""

import re
from itertools import product
from typing import Any

import pytest

from bisect_ml.interpreter import Exhausted, Modules
from bisect_ml.interpreter.machine import Machine, Module
from bisect_ml.interpreter.searching import Search

PATTERNS = [
    r"(a+)+",
    r"(a|b*)*",
    r"(a|b*)*?c",
    r"(?:a*)*b",
    r"((a)|b)*",
    r"(?P<x>a)(?P<y>b)?",
    r"(?i:aB)+",
    r"(?i)straße|İ|ſ",
    r"^(.*?(?:\A|\W|_|\d))(one|two|ten)((?:\Z|\W|_|\d).*)$",
    r"(?m)^\w+$",
    r"(?s).+",
    r".+",
    r"\bab?\b",
    r"\Ba",
    r"$",
    r"\Z",
    r"",
    r"x*",
    r"(?<=a)b",
    r"(?<!a)b",
    r"a(?=b)",
    r"a(?!b)",
    r"(a)(?(1)b|c)",
    r"(a)?(?(1)b|c)",
    r"(.)\1",
    r"[^\W\d]+",
    r"[^a\n]+",
    r"\d{2,3}?",
    r"(?a:\w+)",
    r"(?x) a  # letter\n b",
    r"(\w+\s?)*$",
    r"a++b",
    r"(?>a+)ab",
]
TEXTS = [
    "",
    "a",
    "aab\nabab c\n",
    "bab c",
    "it is two o'clock",
    "STRASSE straße S i̇ s",
    "12345 ab_1",
    "aa bb cc\n",
    "é ab",
]


def _nowhere(name: str, _: str, __: int) -> Module:
    raise ModuleNotFoundError(name)


def _told(found: Any) -> Any:
    if found is None or isinstance(found, list | tuple | str):
        return found
    if not hasattr(found, "span"):
        return [_told(each) for each in found]
    spans = [found.span(number) for number in range(len(found.groups()) + 1)]
    return spans, found.groups(), found.groupdict(), found.lastindex, found.lastgroup, found[0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_it_finds_what_re_finds(pattern: str) -> None:
    compiled = re.compile(pattern)
    for text, name in product(TEXTS, ("match", "fullmatch", "search", "finditer", "findall", "split")):
        search = Search(Machine(_nowhere, left=100_000), compiled, name)
        assert _told(search(text)) == _told(getattr(compiled, name)(text)), (name, text)
    puts: tuple[Any, ...] = (r"<\g<0>>", lambda match: match.group().upper())
    for text, put in product(TEXTS, puts):
        search = Search(Machine(_nowhere, left=100_000), compiled, "subn")
        assert search(put, text) == compiled.subn(put, text), text


def test_places_within_the_text_are_its_ends() -> None:
    compiled = re.compile(r"\w+$")
    search = Search(Machine(_nowhere, left=1_000), compiled, "search")
    assert _told(search("one two", 1, 3)) == _told(compiled.search("one two", 1, 3))


def test_a_search_that_takes_for_ever_ends_with_the_budget() -> None:
    modules = Modules({"main.py": "import re\nresult = re.match('(a+)+$', 'a' * 60 + 'b')\n"})
    modules.machine.left = 20_000
    with pytest.raises(Exhausted):
        modules.at("main.py")


def test_what_could_take_for_ever_is_found_where_it_does_not() -> None:
    code = (
        "import re\n"
        "found = [m.group(1) for m in re.finditer('(a+)+$', 'aab\\naa')]\n"
        "result = found, re.sub('(a|a)*$', 'x', 'ba')\n"
    )
    modules = Modules({"main.py": code})
    modules.machine.left = 20_000
    assert modules.at("main.py").names["result"] == (["aa"], "bxx")
