"""Texts that code cuts into tokens with `re.Scanner`."""

import pytest

from bisect_ml.interpreter import Modules, Stopped
from tests.interpreter.programs import executed, interpreted, told

HEAD = """\
import re
class Reader:
    def word(self, scanner, token): return token.upper(), scanner.match.start()
def number(scanner, token): return int(token)
scanner = re.Scanner([
    (r'[0-9]+', number), (r'[A-Z_]+', Reader().word), (r'[ ,]+', None), (r';', 'end'), (r'!*', 'none')
], re.IGNORECASE)
"""


@pytest.mark.parametrize("text", ["ab 12,c;", "12 ?x", "", "x!!y", "?"])
def test_tokens_are_what_python_makes_of_them(text: str) -> None:
    code = f"{HEAD}result = scanner.scan({text!r})\n"
    assert told(interpreted(code)) == told(executed(code))


def test_cutting_costs_steps() -> None:
    code = f"{HEAD}text = 'a ' * 20_000\nscanner.scan(text)\n"
    modules = Modules({"main.py": code})
    modules.machine.left = 20_000
    with pytest.raises(Stopped):
        modules.at("main.py")
