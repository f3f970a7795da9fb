"""Answers do not depend on the process that asks for them."""

import os
import subprocess
import sys

import pytest

PROGRAMS = [
    "result = list({'a', 'bc', 'def', 'g'}), ','.join({'x', 'yy', 'zzz'}), [c for c in set('hello world')]",
    "s = set('abcdefgh')\nresult = [s.pop() for _ in range(4)], next(iter(frozenset('xyz'))), *{'p', 'q', 'r'}",
    "from collections import Counter\nresult = Counter({'a', 'b', 'c'}).most_common(), dict.fromkeys({'q', 'w'})",
    "a, *b = {'one', 'two', 'three'}\nresult = a, b, max({'aa', 'bb', 'c'}, key=len), sorted({'b', 'a'}, key=len)",
    "result = hash('text'), hash(('a', 1)), hash(b'x'), hash(frozenset('ab'))",
    "class C: pass\nresult = repr(C()), f'{C()}', '%s' % C(), '{}'.format(object()), str(len), [repr(lambda: 0)]",
    "def g():\n    for x in {'a', 'b', 'c'}: yield x\nresult = list(g()), list(map(str.upper, {'x', 'y'}))",
    "import requests\nresult = requests.get({'a', 'b', 'c'}), str(requests.post(x={'k': {'u', 'v'}}))",
    "from enum import Enum\nclass E(Enum):\n    A = 1\n    B = 2\n    C = 3\nresult = [e.name for e in {E.A, E.B, E.C}]",
    "result = str({'a', 'b', 'c'}), f\"{ {'a', 'b'} }\", repr([{'x', 'y', 'z'}])",
    "x = set()\nx |= {'a', 'b', 'c'}\nl = []\nl.extend(x)\nl += {'d', 'e', 'f'}\nl[0:0] = {'g', 'h'}\nresult = l",
]
ASK = """
import sys
from bisect_ml.interpreter import Modules, written
for source in sys.stdin.read().split("\\n---\\n"):
    modules = Modules({"main.py": source})
    modules.machine.left = 20000
    print(written(modules.at("main.py").names["result"]))
"""


def _answers(seed: int) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", ASK],
        input="\n---\n".join(PROGRAMS),
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


@pytest.fixture(scope="module")
def answers() -> list[list[str]]:
    return [_answers(seed) for seed in (1, 2, 3)]


@pytest.mark.parametrize("place", range(len(PROGRAMS)))
def test_no_seed_of_hashes_changes_an_answer(answers: list[list[str]], place: int) -> None:
    assert len({each[place] for each in answers}) == 1
