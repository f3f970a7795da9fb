"""How names of one module are seen by another: as they are now, not as they were."""

from collections.abc import Callable
from typing import Any

from bisect_ml.javascript.objects import JSObject, Slot
from bisect_ml.javascript.properties import get, has
from bisect_ml.javascript.scopes import Env
from bisect_ml.javascript.values import native


def picked(shared: Any, name: str) -> Any:
    """Return what an import of a name gives."""
    if name == "*":
        return shared
    if name == "default" and isinstance(shared, JSObject) and not has(shared, "default"):
        return shared
    return get(shared, name)


def required(shared: Any) -> Any:
    """Return what `require` gives of a module with exports: if it is one thing, that, as builds make it."""
    if not isinstance(shared, JSObject) or list(shared.props) != ["default"]:
        return shared
    whole = get(shared, "default")
    if not isinstance(whole, JSObject):
        return shared
    whole.props.setdefault("default", Slot(whole))
    return whole


def asking(there: Callable[[], Any], name: str) -> Callable[[], Any]:
    """Return what asks for a name of a module; where it stands in a list of names, straight there."""
    shared = there()
    held = shared.props.get(name) if isinstance(shared, JSObject) else None
    if type(held) is Slot and held.get is not None and held.get.kind == "Window":
        env, place = held.get.inner
        return lambda: env[place]
    return lambda: picked(there(), name)


def through(env: Env, place: int) -> Slot:
    """Return a property that gives what an import gives, which is asked for each time."""
    return Slot(get=native("", 0, lambda _, __: env[place]()), enumerable=True)


def window(env: Env, place: int) -> Slot:
    """Return a property that gives what a module keeps under a name."""
    look = native("", 0, lambda _, __: env[place])
    look.kind, look.inner = "Window", (env, place)
    return Slot(get=look, enumerable=True)
