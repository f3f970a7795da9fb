"""Code that code makes: `eval`, as if it were called in a file of its own, and `new Function`."""

from functools import lru_cache
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.javascript.objects import UNDEFINED, JSObject
from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.programs import Program
from bisect_ml.javascript.properties import get
from bisect_ml.javascript.reading_modules import NOTHING
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.scopes import Frame
from bisect_ml.javascript.statement_nodes import Declaration, Export, Expression
from bisect_ml.javascript.syntax import Class, Function, Literal
from bisect_ml.javascript.tokens import NotJavaScript, prepared
from bisect_ml.javascript.values import Thrown, bounded, error_of

_PATH, _A_STEP = "(made by code)", 20


@lru_cache(maxsize=256)
def _program(text: str) -> Program:
    body = parsed(_PATH, prepared(text))
    last = body[-1] if body else None
    if isinstance(last, Expression):
        # What a program exports by default is kept under a name.
        return Program((_PATH, [*body[:-1], Export(last, [(NOTHING, "default")])]))
    if last is None or isinstance(last, Declaration | Function | Class):
        return Program((_PATH, [*body, Export(Expression(Literal(UNDEFINED)), [(NOTHING, "default")])]))
    # Other statements have values too, of which hardly any code makes use.
    raise Unsupported


def evaluated(text: Any) -> Any:
    """Return the value of the last statement of a text.

    Raises:
        Thrown: It is no JavaScript, or throws.
        Unsupported: It asks for names of the function that evaluates it.
    """
    if not isinstance(text, str):
        return text
    NOW.machine.spend(len(text) // _A_STEP)
    try:
        program = _program(bounded(text))
    except NotJavaScript:
        raise error_of("SyntaxError", "Invalid or unexpected token") from None
    env = [None, Frame(NOW.globals, [], None), *program.scope.layout.blank()]
    try:
        for make, bind in program.functions:
            bind(env, make(env))
        for step, _ in program.steps:
            NOW.machine.spend()
            step(env)
    except Thrown as error:
        if isinstance(error.value, JSObject) and get(error.value, "name") == "ReferenceError":
            raise Unsupported from error
        raise
    return env[program.scope.names[NOTHING]]
