"""Functions of a file, found from what modules share and from what functions see."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.objects import JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import construct
from bisect_ml.javascript.realm import running
from bisect_ml.javascript.syntax import Assign, Function, Literal, Member, Name, Node, This
from bisect_ml.javascript.values import Thrown

_MOST, _DEEPEST = 4_000, 6
_IF_WRAPPED = 32
_OF_COMMONJS = frozenset({"module", "require", "exports"})
_WHOLE = frozenset({"default", "exports", "*default*", "="})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Way:
    """How a value is come by: what it hangs on, whether it is an accessor or imported, and by which names."""

    holder: Any = None
    is_getter: bool = False
    is_imported: bool = False
    route: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class Found:
    """A function, and how it is come by.

    Attributes:
        function: It.
        holder: The object that it is called on, where it hangs on one.
        maker: What makes the objects that it is called on, where it hangs on a prototype.
        is_getter: Whether it is called by reading a property.
        is_wrapped: Whether another file's function made it, as of `curry(score)`.
        is_own: Whether each object has one of its own, which its maker hangs on it.
        routes: The names on the ways to it.
    """

    function: JSFunction
    holder: Any
    maker: JSFunction | None
    is_getter: bool
    is_wrapped: bool = False
    is_own: bool = False
    routes: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def written(self) -> JSFunction:
        """The function as it was written: for what `bind` gave, what that was bound of."""
        return _written(self.function)

    @property
    def makes_objects(self) -> bool:
        """Whether it is called with `new`: a class, or a function of old that is written like one."""
        code = self.written.code
        names = (self.written.name, *(route[-1] for route in self.routes))
        is_like_one = (
            code is not None and any(each[:1].isupper() for each in names) and _hangs(code.node.body)
        )
        return self.written.construct is not None and (not self.written.plain or is_like_one)

    def score(self, name: str, owners: tuple[str, ...]) -> int:
        """Return how well it fits a name and those before it; 0 where it does not."""
        best = max(self._score(route, name, owners) for route in self.routes)
        return best if not self.is_wrapped else max(0, best - _IF_WRAPPED)

    def _score(self, route: tuple[str, ...], name: str, owners: tuple[str, ...]) -> int:
        if name == "default":
            fits = 4 if set(route) <= _WHOLE else 0
        elif route[-1] == name:
            fits = 4
        else:
            fits = 3 if self.function.name == name else 0
        around = {*route[:-1], self.maker.name if self.maker else ""}
        return fits and 10 * fits + 5 * bool(around & set(owners)) + 3 * (route[0] == "exports") - len(route)


def found(modules: Modules, path: str, name: str) -> Found | None:
    """Return the function of a file that fits a dotted name best; None where none within reach does.

    Raises:
        Stopped: The file cannot be run.
    """
    *owners, last = name.split(".")
    module = modules.at(path)
    roots: list[tuple[Any, _Way]] = [
        (module.shared(), _Way(route=("exports",))),
        (module.shared(), _Way(route=("exports", PurePosixPath(path).stem))),
    ]
    roots += [
        (module.named(name), _Way(is_imported=name in module.live, route=(name,)))
        for name in module.names
        if name not in _OF_COMMONJS
    ]
    best = _best(roots, path, last, tuple(owners), modules)
    if best is None:
        # What a function makes may be shared by the package alone.
        roots += [(modules.at(other).shared(), _Way(route=("exports",))) for other in modules.mains()]
        best = _best(roots, path, last, tuple(owners), modules)
    return best


def _best(
    roots: list[tuple[Any, _Way]], path: str, name: str, owners: tuple[str, ...], modules: Modules
) -> Found | None:
    with running(modules.realm):
        listed = _functions_of(roots, path)
        best = max(listed, key=lambda each: each.score(name, owners), default=None)
        if best is None or not best.score(name, owners):
            best = next(_hung_on_objects([each.function for each in listed], path, name), None)
    return best


def _hung_on_objects(makers: list[JSFunction], path: str, name: str) -> Iterator[Found]:
    """Make an object of each function that says `this.name = …`, and look what it hangs there."""
    for maker in makers:
        if maker.code is None or maker.construct is None or not _hangs(maker.code.node.body, name):
            continue
        with suppress(Thrown, Unsupported):
            held = _value(construct(maker, []).props.get(name))
            if isinstance(held, JSFunction) and held.code is not None and held.code.place[0] == path:
                yield Found(function=held, holder=None, maker=maker, is_getter=False, is_own=True)


def _hangs(body: Any, name: str = "") -> bool:
    """Return whether statements hang something on `this`, of a name or of any, functions in them aside.

    Of a name they may hang it on whatever else has one, which may stand for `this`.
    """
    waiting = [body]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Assign) and isinstance(each.target, Member):
            owner, key = each.target.owner, each.target.key
            called = key.value if isinstance(key, Literal) else key
            if called == name if name and isinstance(owner, This | Name) else isinstance(owner, This):
                return True
            waiting.append(each.value)
        elif isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, Node) and not (isinstance(each, Function) and each.kind != "arrow"):
            waiting += [getattr(each, field.name) for field in fields(each)]
    return False


def _functions_of(roots: list[tuple[Any, _Way]], path: str) -> list[Found]:
    """Return the functions that are written in a file, as far as something leads to them."""
    queue = deque(roots)
    seen: set[int] = set()
    listed: dict[int, Found] = {}
    makers: dict[int, JSFunction] = {}
    while queue and len(seen) < _MOST:
        value, way = queue.popleft()
        if id(value) in listed:
            listed[id(value)].routes.append(way.route)
        if not isinstance(value, JSObject) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, JSFunction):
            makers.setdefault(id(_value(value.props.get("prototype"))), value)
            code = _written(value).code
            if code is not None and code.place[0] == path:
                # What is bound has an object already.
                holder = way.holder if code is value.code else None
                listed[id(value)] = Found(
                    function=value, holder=holder, maker=None, is_getter=way.is_getter, routes=[way.route]
                )
            elif (value.construct is None or value.plain) and _is_kept(way):
                kept = Found(function=value, holder=None, maker=None, is_getter=False, routes=[way.route])
                kept.is_wrapped, listed[id(value)] = True, kept
        if len(way.route) < _DEEPEST:
            queue.extend(_hanging(value, way))
            queue.extend(_seen_by(value, way, seen))
    for each in listed.values():
        each.maker = _maker(each.holder, makers)
    return list(listed.values())


def _written(function: JSFunction) -> JSFunction:
    """Return what a bound function was bound of."""
    while function.kind == "Bound" and isinstance(function.inner, JSFunction):
        function = function.inner
    return function


def _is_kept(way: _Way) -> bool:
    """Return whether a file keeps something under a name of its own, or shares it as a whole."""
    is_whole = len(way.route) == 2 and way.route[0] == "exports" and way.holder is None
    return not way.is_imported and (len(way.route) == 1 or is_whole)


def _maker(holder: Any, makers: dict[int, JSFunction]) -> JSFunction | None:
    """Return the function whose objects have the holder for a prototype: the one that it names, if any."""
    if not isinstance(holder, JSObject):
        return None
    named = _value(holder.props.get("constructor"))
    known = makers.get(id(holder))
    return named if isinstance(named, JSFunction) and (known or named.code is not None) else known


def _hanging(value: JSObject, way: _Way) -> Iterator[tuple[Any, _Way]]:
    """Go through what hangs on an object."""
    for key, held in list(value.props.items()):
        if not isinstance(key, str) or key == "constructor":
            continue
        route = (*way.route, key)
        getter = held.get if type(held) is Slot else None
        if getter is None:
            yield _value(held), _Way(holder=value, route=route)
        elif getter.kind == "Window":
            env, place = getter.inner
            yield env[place], _Way(route=route)
        else:
            yield getter, _Way(holder=value, is_getter=True, route=route)


def _seen_by(value: JSObject, way: _Way, seen: set[int]) -> Iterator[tuple[Any, _Way]]:
    """Go through what a function sees by its name, but for what a whole file sees."""
    if not isinstance(value, JSFunction) or value.code is None:
        return
    scope, env = value.code.outer, value.env
    while scope.outer is not None and env is not None:
        if scope.owns and id(env) in seen:
            return
        for name, place in scope.names.items():
            if place < len(env):
                yield env[place], _Way(route=(*way.route, name))
        if scope.owns:
            seen.add(id(env))
            env = env[0]
        scope = scope.outer


def _value(held: Any) -> Any:
    return held.value if type(held) is Slot else held
