"""Values of JavaScript: numbers are floats, big ones ints, texts texts, null is None; the rest is here."""

from collections.abc import Callable, Iterable
from typing import Any

from bisect_ml.interpreter.machine import Exhausted
from bisect_ml.javascript.realm import NOW

LONGEST_TEXT, LONGEST_ARRAY = 200_000, 50_000
_A_STEP = 100


class _Nothing:
    """A value of which there is one only, and which is false."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return self.name


UNDEFINED: Any = _Nothing("undefined")


MISSING: Any = _Nothing("missing")
"""What no property holds."""


class Symbol:
    """A key that equals itself alone."""

    __slots__ = ("description",)

    def __init__(self, description: str) -> None:
        self.description = description


ITERATOR, HAS_INSTANCE, TO_PRIMITIVE, TAG = (
    Symbol(f"Symbol.{name}") for name in ("iterator", "hasInstance", "toPrimitive", "toStringTag")
)


Key = Any
"""A text or a Symbol."""


class Slot:
    """A property that is not merely a value: accessors, or what cannot be written, listed or removed."""

    __slots__ = ("configurable", "enumerable", "get", "set", "value", "writable")

    def __init__(
        self,
        value: Any = UNDEFINED,
        *,
        get: Any = None,
        set: Any = None,  # noqa: A002 - as JavaScript calls it
        enumerable: bool = False,
        writable: bool = True,
        configurable: bool = True,
    ) -> None:
        self.value, self.get, self.set = value, get, set
        self.enumerable, self.writable, self.configurable = enumerable, writable, configurable

    @property
    def is_accessor(self) -> bool:
        """Return whether functions stand for the value."""
        return self.get is not None or self.set is not None


class JSObject:
    """An object.

    Attributes:
        proto: Where properties are looked for that it does not have.
        props: Its properties, each a value or a `Slot`.
        kind: What `Object.prototype.toString` says of it.
        inner: What natives keep in it.
        sealed: 0, or 1 where nothing may be added, 2 removed, 3 changed.
    """

    __slots__ = ("inner", "kind", "props", "proto", "sealed")

    def __init__(self, proto: Any, kind: str = "Object", inner: Any = None) -> None:
        self.proto, self.kind, self.inner, self.sealed = proto, kind, inner, 0
        self.props: dict[Key, Any] = {}

    def own(self, key: Key) -> Any:
        """Return an own property: a value, a `Slot`, or MISSING."""
        return self.props.get(key, MISSING)

    def keep(self, key: Key, value: Any) -> None:
        """Set an own property that is a value."""
        if self.sealed and (self.sealed == 3 or key not in self.props):
            return
        self.props[key] = value

    def drop(self, key: Key) -> bool:
        """Remove an own property, and return whether it is gone."""
        held = self.props.get(key)
        if self.sealed > 1 or (type(held) is Slot and not held.configurable):
            return held is None
        self.props.pop(key, None)
        return True

    def own_keys(self) -> list[Key]:
        """Return the own keys, numbers first."""
        listed = list(self.props)
        numbers = [each for each in listed if type(each) is str and is_index(each)]
        if not numbers:
            return listed
        numbers.sort(key=int)
        return numbers + [each for each in listed if type(each) is not str or not is_index(each)]


class JSArray(JSObject):
    """An array.

    Attributes:
        items: What it holds; undefined where it has holes.
        holes: The places where it holds nothing; None for most arrays.
    """

    __slots__ = ("holes", "items")

    def __init__(self, items: list[Any], proto: JSObject | None = None) -> None:
        super().__init__(proto or NOW.array_proto, "Array")
        self.items = items
        self.holes: set[int] | None = None

    def places(self) -> Iterable[int]:
        """Return the places that hold something."""
        if not self.holes:
            return range(len(self.items))
        return [place for place in range(len(self.items)) if place not in self.holes]

    def own(self, key: Key) -> Any:
        """Return an item, the length, or another property."""
        if type(key) is str:
            if key == "length":
                return Slot(float(len(self.items)), configurable=False)
            if is_index(key):
                place = int(key)
                if place >= len(self.items) or (self.holes and place in self.holes):
                    return MISSING
                return self.items[place]
        return self.props.get(key, MISSING)

    def keep(self, key: Key, value: Any) -> None:
        """Set an item, the length, or another property."""
        if self.sealed == 3:
            return
        if type(key) is str:
            if key == "length":
                self.resize(value)
                return
            if is_index(key):
                self.put(int(key), value)
                return
        super().keep(key, value)

    def resize(self, length: Any) -> None:
        """Make it shorter or longer."""
        wanted = int(length)
        if wanted > LONGEST_ARRAY:
            raise Exhausted
        if wanted < len(self.items):
            del self.items[wanted:]
            self.holes = {each for each in self.holes if each < wanted} if self.holes else None
        else:
            self._stretch(wanted)

    def _stretch(self, length: int) -> None:
        count = len(self.items)
        if length > count:
            charge(length)
            self.holes = (self.holes or set()) | set(range(count, length))
            self.items.extend([UNDEFINED] * (length - count))

    def put(self, place: int, value: Any) -> None:
        """Set an item."""
        count = len(self.items)
        if place < count:
            self.items[place] = value
            if self.holes:
                self.holes.discard(place)
        elif self.sealed:
            return
        elif place > LONGEST_ARRAY:
            raise Exhausted
        else:
            self._stretch(place)
            self.items.append(value)

    def drop(self, key: Key) -> bool:
        """Remove an item, of which nothing is left, or another property."""
        if type(key) is str and is_index(key):
            if int(key) < len(self.items):
                self.items[int(key)] = UNDEFINED
                self.holes = (self.holes or set()) | {int(key)}
            return True
        return super().drop(key)

    def own_keys(self) -> list[Key]:
        """Return the own keys, places first."""
        return [*map(str, self.places()), "length", *super().own_keys()]


Invoke = Callable[[Any, list[Any]], Any]


class JSFunction(JSObject):
    """A function.

    Attributes:
        invoke: Takes `this` and the arguments.
        construct: Takes the arguments and the function after `new`; None where it makes nothing.
        name: Its name.
        takes: Its length.
        home: For methods, the object that holds them.
        code: What it was made of, if it was written in JavaScript.
        env: The names that it sees, likewise.
        plain: Whether an object is made for `new` from its `prototype`, and for the asking.
    """

    __slots__ = ("code", "construct", "env", "fields", "home", "invoke", "name", "plain", "takes")

    def __init__(self, invoke: Invoke, name: str = "", takes: int = 0) -> None:
        super().__init__(NOW.function_proto, "Function")
        self.invoke, self.name, self.takes = invoke, name, takes
        self.construct: Callable[[list[Any], JSFunction], Any] | None = None
        self.home: JSObject | None = None
        self.code: Any = None
        self.env: Any = None
        self.fields: Any = None
        self.plain = False

    def own(self, key: Key) -> Any:
        """Return a property; the prototype is made when it is first asked for."""
        found = self.props.get(key, MISSING)
        if found is not MISSING:
            return found
        if key == "prototype" and self.plain:
            made = JSObject(NOW.object_proto)
            made.props["constructor"] = Slot(self)
            self.props[key] = slot = Slot(made, configurable=False)
            return slot
        if key == "name":
            return Slot(self.name, writable=False)
        if key == "length":
            return Slot(float(self.takes), writable=False)
        return MISSING


class BoundText(JSObject):
    """The object that `new String` makes."""

    __slots__ = ()

    def own(self, key: Key) -> Any:
        """Return a letter, the length, or another property."""
        if key == "length":
            return Slot(float(len(self.inner)), writable=False, configurable=False)
        if type(key) is str and is_index(key) and int(key) < len(self.inner):
            return Slot(self.inner[int(key)], enumerable=True, writable=False, configurable=False)
        return self.props.get(key, MISSING)

    def own_keys(self) -> list[Key]:
        """Return the own keys, places first."""
        return [*map(str, range(len(self.inner))), "length", *super().own_keys()]


def is_index(key: str) -> bool:
    """Return whether a text is the place of an item."""
    return key.isdigit() and key.isascii() and len(key) < 10 and (key[0] != "0" or key == "0")


def charge(size: int) -> None:
    """Take the steps for a value that is as long as that; for short ones none.

    Raises:
        Exhausted: It takes more than are left.
    """
    steps = size // _A_STEP
    if steps:
        machine = NOW.machine
        machine.left -= steps
        machine.taken += steps
        if machine.left < 0:
            raise Exhausted
