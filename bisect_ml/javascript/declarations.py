"""What TypeScript declares and JavaScript does not: enumerations and namespaces."""

from typing import Any

from bisect_ml.javascript.compiling import executes, expression
from bisect_ml.javascript.conversions import number
from bisect_ml.javascript.names import binder
from bisect_ml.javascript.numbers import number_text
from bisect_ml.javascript.objects import UNDEFINED, JSObject
from bisect_ml.javascript.properties import call
from bisect_ml.javascript.scopes import Env, Execute, Scope
from bisect_ml.javascript.statement_nodes import Enum, Namespace
from bisect_ml.javascript.syntax import Name
from bisect_ml.javascript.values import made_object


@executes(Enum)
def enum(node: Enum, scope: Scope) -> Execute:
    """`enum`: names and values, and for numbers the way back; members see those before them."""
    bind = binder(Name(node.name), scope, declares=True)
    inner = scope.inner(closes=True)
    inner.declare(name for name, _ in node.members)
    members = [(name, expression(given, inner) if given else None) for name, given in node.members]

    def run(env: Env) -> None:
        made = made_object()
        bind(env, made)
        local = [env, env[1], *inner.layout.blank()]
        following = 0.0
        for name, compute in members:
            value: Any = following if compute is None else compute(local)
            made.props[name] = local[inner.names[name]] = value
            if type(value) is float:
                made.props[number_text(value)] = name
                following = number(value) + 1

    return run


@executes(Namespace)
def namespace(node: Namespace, scope: Scope) -> Execute:
    """`namespace`: an object that holds what is exported in it, or what has the name already."""
    read, bind = expression(Name(node.name), scope), binder(Name(node.name), scope, declares=True)
    make = expression(node.function, scope)

    def run(env: Env) -> None:
        held = read(env)
        if not isinstance(held, JSObject):
            held = made_object()
            bind(env, held)
        call(make(env), UNDEFINED, [held])

    return run
