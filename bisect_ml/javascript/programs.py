"""The compiled statements of a file, and the file as others see it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.javascript.compiling import assigner, declared_in, expression, statement
from bisect_ml.javascript.names import binder
from bisect_ml.javascript.objects import UNDEFINED
from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.properties import get
from bisect_ml.javascript.reading_modules import NOTHING, declared_names
from bisect_ml.javascript.scopes import Env, Execute, Layout, Scope, hoisted_in_blocks, var_names
from bisect_ml.javascript.statement_nodes import Export, Expression, Import
from bisect_ml.javascript.syntax import Call, Function, Member, Name, Node
from bisect_ml.javascript.tokens import NotJavaScript
from bisect_ml.javascript.values import made_object

GIVEN = ("exports", "require", "module", "__filename", "__dirname")
"""The names that a module of CommonJS is given."""


class Module:
    """A module that is run or being run.

    Attributes:
        path: Its file.
        held: The object `module` of CommonJS.
        names: The names of the file and their places.
        env: Where they are kept.
        is_done: Whether it has run to its end.
        waiting: What is done then.
    """

    def __init__(self, path: str, program: "Program") -> None:
        self.path = path
        self.exports = made_object()
        self.held = made_object(
            {"exports": self.exports, "id": path, "filename": path, "children": UNDEFINED}
        )
        self.names, self.live = program.scope.names, program.scope.live
        self.env: Env = []
        self.is_done, self.is_es = False, program.is_es
        self.waiting: list[Callable[[], None]] = []

    def shared(self) -> Any:
        """Return what others see of it.

        Compilers write exports as those of CommonJS, so what a file puts in the place of them all is shared.
        """
        found = get(self.held, "exports")
        if self.is_es and found is self.exports:
            return self.exports
        nothing = found is self.exports and not self.exports.props
        return self._called_like_the_file() if nothing and self.is_done else found

    def _called_like_the_file(self) -> Any:
        """Return what a file without exports is about: a build that wraps it will share that."""
        stem = PurePosixPath(self.path).stem.replace("-", "").replace("_", "").lower()
        return next((self.named(name) for name in self.names if name.lower() == stem), self.exports)

    def named(self, name: str) -> Any:
        """Return what a name of the file stands for; undefined where there is none."""
        place = self.names.get(name)
        if place is None:
            return UNDEFINED
        return self.env[place]() if name in self.live else self.env[place]


class Program:
    """The compiled statements of a file, or of several that are joined: these see the same names.

    Args:
        files: The path and the statements of each.
    """

    def __init__(self, *files: tuple[str, Sequence[Node]]) -> None:
        (path, _), body = files[0], [each for _, own in files for each in own]
        self.is_es = any(isinstance(each, Import | Export) for each in body)
        self.scope = scope = Scope(path, None, Layout(), owns=True, kind="module", strict=self.is_es)
        scope.declare([*GIVEN, NOTHING])
        scope.declare(var_names(body))
        if not self.is_es:
            scope.declare(hoisted_in_blocks(body))
        declared_in(body, scope)
        scope.live.update(name for each in body if isinstance(each, Import) for _, name in each.pairs)
        scope.constant.update(scope.live)
        self.imports = [(each.source, each.pairs) for each in body if isinstance(each, Import)]
        self.exports = [each for each in body if isinstance(each, Export)]
        scopes = [replace(scope, path=each) for each, _ in files]
        self.functions = [
            (expression(node, own), assigner(node.name, own))
            for own, (_, statements) in zip(scopes, files, strict=True)
            for each in statements
            if isinstance(node := each.declaration if isinstance(each, Export) else each, Function)
        ]
        self.acts = any(map(_acts, body))
        self.steps: list[tuple[Execute, list[str]]] = [
            step
            for own, (_, statements) in zip(scopes, files, strict=True)
            for each in statements
            if not isinstance(each, Import | Function) and (step := _step(each, own))
        ]


def _acts(node: Node) -> bool:
    """Return whether a statement of a file is a call for what it does, as of `register`."""
    value = node.value if isinstance(node, Expression) else None
    return isinstance(value, Call) and isinstance(value.function, Name | Member)


def _step(node: Node, scope: Scope) -> tuple[Execute, list[str]] | None:
    if isinstance(node, Export):
        node_in = node.declaration
        if node_in is None or isinstance(node_in, Function):
            return None
        if isinstance(node_in, Expression):
            value, bind = expression(node_in.value, scope), binder(Name(NOTHING), scope)

            def run(env: Env) -> None:
                bind(env, value(env))

            return run, [NOTHING]
        node = node_in
    return statement(node, scope), [*declared_names(node), *var_names([node])]


@lru_cache(maxsize=512)
def compiled(path: str, text: str) -> Program:
    """Return a file, compiled.

    Raises:
        Unsupported: It cannot be parsed.
    """
    try:
        return Program((path, parsed(path, text)))
    except NotJavaScript as error:
        raise Unsupported from error


@lru_cache(maxsize=64)
def compiled_together(*files: tuple[str, str]) -> Program:
    """Return paths and texts that a build joins compiled as one, but for what cannot be parsed.

    Raises:
        Unsupported: None of them can be parsed.
    """
    bodies: list[tuple[str, Sequence[Node]]] = []
    for path, text in files:
        with suppress(NotJavaScript):
            bodies.append((path, parsed(path, text)))
    if not bodies:
        raise Unsupported
    return Program(*bodies)
