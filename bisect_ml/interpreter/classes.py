"""Classes: made by Python itself, from a body that is interpreted."""

import ast
import types
from typing import Any

from bisect_ml.interpreter.attributes import without_end
from bisect_ml.interpreter.binding import class_names
from bisect_ml.interpreter.compiling import block, executes, expression
from bisect_ml.interpreter.machine import Execute, Frame, Machine
from bisect_ml.interpreter.names import assign
from bisect_ml.interpreter.natives import decorated, guarded
from bisect_ml.interpreter.scopes import Scope, bound_in
from bisect_ml.interpreter.unknown import Unknown


@executes(ast.ClassDef)
def definition(node: ast.ClassDef, outer: Scope) -> Execute:
    """`class`; of bases that nobody knows nothing is inherited but unknowns."""
    bound, elsewhere = bound_in(node.body)
    qualified, document = outer.within(node.name), ast.get_docstring(node, clean=False)
    scope = Scope(
        kind="class", path=outer.path, bound=bound, elsewhere=elsewhere, outer=outer, qualified=qualified
    )
    body = block(node.body, scope)
    bases = expression(ast.Tuple(elts=node.bases, ctx=ast.Load()), outer)
    keywords = [(each.arg, expression(each.value, outer)) for each in node.keywords if each.arg]
    decorators = [expression(each, outer) for each in reversed(node.decorator_list)]
    bind = assign(ast.Name(id=node.name, ctx=ast.Store()), outer)

    def run(frame: Frame) -> None:
        wrappers = [each(frame) for each in decorators]
        given = bases(frame)
        known = tuple(each for each in given if not isinstance(each, Unknown))
        if len(known) < len(given):
            known = (*known, Foreign)
        options = {name: value(frame) for name, value in keywords}
        options = {name: value for name, value in options.items() if not isinstance(value, Unknown)}
        resolved = types.resolve_bases(known)
        meta, names, options = types.prepare_class(node.name, resolved, options)
        names["__module__"] = str(frame.module.get("__name__"))
        names["__qualname__"] = qualified
        if document is not None:
            names["__doc__"] = document
        around = frame.outer if outer.kind == "class" else frame if outer.kind == "function" else None
        inner = Frame(frame.machine, names, frame.module, outer=around)
        body(inner)
        class_names(names)
        _pay_for_operators(frame.machine, names)
        if resolved is not known:
            names["__orig_bases__"] = known
        made = meta(node.name, resolved, names, **options)
        if isinstance(made, type):
            without_end(made)
        inner.cell.append(made)
        for wrapper in wrappers:
            made = decorated(frame, wrapper, made)
        bind(frame, made)

    return run


def _pay_for_operators(machine: Machine, names: Any) -> None:
    """Have functions of Python itself that a class takes for its operators pay for what they do."""
    for name in [each for each in names if each[:2] == "__" and each[-2:] == "__"]:
        value = names[name]
        if name != "__class__" and isinstance(value, type | types.BuiltinFunctionType):
            names[name] = staticmethod(guarded(machine, value))


class Foreign:
    """A base that nobody knows: what it may have held is unknown."""

    __foreign__ = True

    def __init__(self, *_: Any, **kwargs: Any) -> None:
        vars(self).update(kwargs)

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"{type(self).__name__}.{name}")
