"""How natives are put where code finds them."""

from collections.abc import Callable, Mapping
from typing import Any

from bisect_ml.javascript.functions import proto_for
from bisect_ml.javascript.objects import Invoke, JSFunction, JSObject, Slot, Symbol
from bisect_ml.javascript.values import native, type_error

Construct = Callable[[list[Any], JSObject], Any]
"""Takes the arguments and the prototype of what is to be made."""


class Definer:
    """Adds natives to the global object and to prototypes.

    Args:
        holder: The global object.
    """

    def __init__(self, holder: JSObject) -> None:
        self.holder = holder

    def methods(self, holder: JSObject, table: Mapping[Any, Invoke]) -> None:
        """Add functions by their names."""
        for name, invoke in table.items():
            shown = f"[{name.description}]" if type(name) is Symbol else name
            holder.props[name] = Slot(native(shown, getattr(invoke, "takes", 1), invoke))

    def values(self, holder: JSObject, table: Mapping[Any, Any]) -> None:
        """Add values by their names."""
        for name, value in table.items():
            holder.props[name] = Slot(value)

    def getters(self, holder: JSObject, table: Mapping[Any, Callable[[Any], Any]]) -> None:
        """Add properties that are computed."""
        for name, compute in table.items():
            holder.props[name] = Slot(get=native(f"get {name}", 0, _getter(compute)))

    def constructor(
        self, name: str, proto: JSObject, takes: int, invoke: Invoke | None, construct: Construct
    ) -> JSFunction:
        """Add a constructor; without `invoke` it must be called with `new`."""

        def refuse(_: Any, __: list[Any]) -> Any:
            raise type_error(f"Constructor {name} requires 'new'")

        made = native(name, takes, invoke or refuse)
        made.construct = lambda args, target: construct(args, proto_for(target, proto))
        made.props["prototype"] = Slot(proto, writable=False, configurable=False)
        proto.props["constructor"] = Slot(made)
        self.holder.props[name] = Slot(made)
        return made


def _getter(compute: Callable[[Any], Any]) -> Invoke:
    return lambda this, _: compute(this)


def takes(count: int) -> Callable[[Invoke], Invoke]:
    """Say how many arguments a native takes."""

    def mark(invoke: Invoke) -> Invoke:
        vars(invoke)["takes"] = count
        return invoke

    return mark
