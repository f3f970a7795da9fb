"""Evaluate expressions on the code in a folder: `python.py SPEC FOLDER`, outputs as JSON on stdout.

Runs under any Python that has what the code imports, so it imports nothing of this project.
"""

import json
import os
import signal
import sys
import warnings
from importlib.machinery import ModuleSpec
from unittest.mock import MagicMock

LIMIT_S = 9
DIGITS = 9


class Stand:
    """Stands in for modules that only a build makes, such as a version file or a compiled twin."""

    MADE_BY_A_BUILD = ("_version", "version", "_rustyfish", "cjellyfish", "pkg_resources", "metadata")

    def find_spec(self, name, path=None, target=None):
        """Offer an empty module under the names that nothing else provides."""
        return ModuleSpec(name, self) if name.rpartition(".")[2] in self.MADE_BY_A_BUILD else None

    def create_module(self, spec):
        """Return a module whose every name exists."""
        return MagicMock(__name__=spec.name, __spec__=spec, __path__=[], __all__=[], __version__="0")

    def exec_module(self, module):
        """Do nothing: the module is ready."""


def number(value):
    """Return a prediction as a number: a text by its length and letters, so that any change shows."""
    if value is None:
        return None
    if isinstance(value, (str, bytes, list, tuple, dict, set)):
        text = value if isinstance(value, str) else repr(sorted(value) if isinstance(value, set) else value)
        return round(len(text) + sum(map(ord, text)) % 997 / 9970, 6)
    found = float(value)
    return None if found != found or abs(found) == float("inf") else float("%.*g" % (DIGITS, found))


def values(expression, inputs, scope):
    """Return what an expression gives for each input; whatever it raises is a null."""
    code = compile(expression, "expression", "eval")
    found = []
    for x in inputs:
        try:
            found.append(number(eval(code, dict(scope, x=x))))
        except Exception:
            found.append(None)
    return found


def main():
    """Answer, and leave without cleaning up."""
    signal.alarm(LIMIT_S)
    warnings.simplefilter("ignore")
    sys.dont_write_bytecode = True
    spec_path, folder = sys.argv[1:]
    with open(spec_path, encoding="utf-8") as file:
        spec = json.load(file)
    answers = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.append(Stand())
    sys.path[:0] = [folder, *(os.path.join(folder, root) for root in ("src", "lib", "python"))]
    os.chdir(folder)
    scope = {}
    for statement in spec["setup"]:
        exec(statement, scope)
    found = {
        name: values(expression, spec["pools"][pool], scope)
        for name, (expression, pool) in spec["metrics"].items()
    }
    with os.fdopen(answers, "w") as out:
        json.dump({name: each for name, each in found.items() if any(v is not None for v in each)}, out)
    os._exit(0)


main()
