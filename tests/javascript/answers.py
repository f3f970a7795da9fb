"""What a snippet of JavaScript comes to."""

from bisect_ml.javascript import Modules, running, taken_out, told


def value_of(source: str, steps: int = 20_000) -> str:
    """Return the value of `answer` in a file, taken out of its run."""
    modules = Modules({"a.js": source})
    modules.machine.left = steps
    module = modules.at("a.js")
    with running(modules.realm):
        return told(taken_out(module.named("answer")))


def text_after(statements: str, expression: str) -> str:
    """Return what an expression comes to after some statements, as the representation of a text."""
    return value_of(f"{statements}var answer = String({expression})")
