"""Functions of a file, found from what modules share and what they keep for themselves."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.values import JSFunction, JSObject, Slot

_MOST, _DEEPEST = 3_000, 5
_OF_COMMONJS = frozenset({"module", "require", "exports"})
_WHOLE = frozenset({"default", "exports", "*default*", "="})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Way:
    holder: Any = None
    maker: JSFunction | None = None
    is_getter: bool = False
    route: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A function, and how it is come by.

    Attributes:
        function: It.
        holder: The object that it is called on, where it hangs on one.
        maker: What makes the objects that it is called on, where it hangs on a prototype.
        is_getter: Whether it is called by reading a property.
        route: The names on the way to it.
    """

    function: JSFunction
    holder: Any
    maker: JSFunction | None
    is_getter: bool
    route: tuple[str, ...]

    def score(self, name: str, owners: tuple[str, ...]) -> int:
        """Return how well it fits a name and those before it; 0 where it does not."""
        if name == "default":
            fits = 4 if set(self.route) <= _WHOLE else 0
        elif self.route[-1] == name:
            fits = 4
        else:
            fits = 3 if self.function.name == name else 0
        around = {*self.route[:-1], self.maker.name if self.maker else ""}
        return fits and 10 * fits + 5 * bool(around & set(owners)) - len(self.route)


def found(modules: Modules, path: str, name: str) -> Found | None:
    """Return the function of a file that fits a dotted name best; None where none does, or none is within reach.

    Raises:
        Stopped: The file cannot be run.
    """
    *owners, last = name.split(".")
    fitting = [(each.score(last, tuple(owners)), each) for each in functions_of(modules, path)]
    best = max(fitting, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] else None


def functions_of(modules: Modules, path: str) -> Iterator[Found]:
    """Go through the functions that are written in a file, as far as something leads to them."""
    module = modules.at(path)
    roots = [("exports", module.shared())]
    roots += [(name, module.named(name)) for name in module.names if name not in _OF_COMMONJS]
    roots += [("exports", modules.at(other).shared()) for other in modules.mains()]
    queue: deque[tuple[Any, _Way]] = deque((value, _Way(route=(name,))) for name, value in roots)
    seen: set[int] = set()
    while queue and len(seen) < _MOST:
        value, way = queue.popleft()
        if not isinstance(value, JSObject) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, JSFunction) and value.code is not None and value.code.place[0] == path:
            yield Found(
                function=value, holder=way.holder, maker=way.maker, is_getter=way.is_getter, route=way.route
            )
        if len(way.route) < _DEEPEST:
            queue.extend(_inside(value, way))


def _inside(value: JSObject, way: _Way) -> Iterator[tuple[Any, _Way]]:
    """Go through what an object holds."""
    on_prototype = way.route[-1] == "prototype"
    maker = way.maker if on_prototype else None
    holder = None if on_prototype else value
    for key, held in list(value.props.items()):
        if not isinstance(key, str) or key == "constructor":
            continue
        route = (*way.route, key)
        getter = held.get if type(held) is Slot else None
        if key == "prototype" and isinstance(value, JSFunction):
            yield held.value, _Way(maker=value, route=route)
        elif getter is None:
            yield held.value if type(held) is Slot else held, _Way(holder=holder, maker=maker, route=route)
        elif getter.kind == "Window":
            env, place = getter.inner
            yield env[place], _Way(holder=holder, route=route)
        else:
            yield getter, _Way(holder=holder, maker=maker, is_getter=True, route=route)
