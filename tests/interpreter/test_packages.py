"""What is known of packages, and what is made of those that nobody knows."""

import pytest

from bisect_ml.interpreter import Modules, Unknown

CODE = """\
import codecs
import encodings
import regex
import gettext
import simplejson
from webencodings import ascii_lower
from six.moves import urllib_parse
from somewhere import cached_property, reify, traced

class Model:
    @cached_property
    def rate(self):
        return 3

    @reify
    def limit(self):
        return 4

    @traced
    def score(self):
        return 5

model = Model()
gettext.GNUTranslations(open("words.mo", "rb")).install()
"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("model.rate", 3),
        ("model.limit", 4),
        ("model.score()", 5),
        ("regex.sub('a+', 'b', 'caat')", "cbt"),
        (r"regex.findall(r'\p{Lu}\p{Ll}+', 'Ärger and Жук, not ab')", ["Ärger", "Жук"]),
        (r"regex.compile(r'[^\p{L}_]+').split('a1b-ß漢_c')", ["a", "b", "ß漢_c"]),
        (r"regex.sub(r'\P{N}', '', 'a1²b٣')", "1²٣"),
        (r"regex.sub(r'\p{^N}|[\P{N}x]', '', 'a1²b٣')", "1²٣"),
        (r"regex.findall(r'[]\p{Sc}]', 'a]€$')", ["]", "€", "$"]),
        (r"regex.findall(r'\\p{L}', r'\p{L}')", [r"\p{L}"]),
        ("simplejson.loads('[1]')", [1]),
        ("codecs.lookup('UTF8').name", "utf-8"),
        ("_('word')", "word"),
        ("ascii_lower('RÉd'), {'red': 1}.get(ascii_lower('RED'))", ("rÉd", 1)),
        ("urllib_parse.urlsplit('a://b/c').path", "/c"),
        (
            "encodings.aliases.aliases['latin_1' if 'latin_1' in encodings.aliases.aliases else 'latin1']",
            "latin_1",
        ),
    ],
)
def test_what_packages_give(expression: str, value: object) -> None:
    modules = Modules({"app.py": f"{CODE}found = {expression}\n"})
    modules.machine.left = 10_000
    assert modules.at("app.py").names["found"] == value


def test_names_that_nobody_knows_are_no_arguments() -> None:
    code = (
        "from somewhere import options\n\ndef score(rate):\n    return rate\n\nfound = score(**options())\n"
    )
    modules = Modules({"app.py": code})
    modules.machine.left = 1_000
    assert isinstance(modules.at("app.py").names["found"], Unknown)
