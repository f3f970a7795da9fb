"""Attributes of objects, as far as code that must do no harm may read them."""

import datetime
import re
import types
from typing import Any

from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.patterns import is_safe
from bisect_ml.interpreter.texts import SAFE_TEXT_METHODS
from bisect_ml.interpreter.unknown import Unknown

# Names between double underscores that lead to no frame, no code, no module and no class but the object's own.
_PLAIN = frozenset(
    "__class__ __name__ __qualname__ __doc__ __module__ __init__ __new__ __str__ __repr__ __len__ __iter__ __next__ "
    "__getitem__ __setitem__ __delitem__ __contains__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __call__ "
    "__bool__ __int__ __float__ __add__ __sub__ __mul__ __truediv__ __floordiv__ __mod__ __pow__ __neg__ __abs__ "
    "__radd__ __rsub__ __rmul__ __rtruediv__ __and__ __or__ __xor__ __enter__ __exit__ __format__ __index__ "
    "__version__ __all__ __file__ __author__ __missing__ __members__ __annotations__ __slots__ __unicode__ "
    "__nonzero__ __copy__ __deepcopy__ __post_init__ __set_name__ __get__ __set__ __origin__ __args__ __cause__ "
    "__getattr__ __setattr__ __html__ __bytes__ __reversed__ __iadd__ __cmp__ __fields__".split()
)
_INNER = ("gi_", "cr_", "ag_", "f_", "tb_", "co_")
_NOW = {"now", "today", "utcnow"}
_FIXED = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - what `now()` without a zone would give


def read(owner: Any, name: str) -> Any:
    """Return an attribute.

    What leads out of the interpreted code, such as `__globals__` or the frame of a generator, is unknown.

    Raises:
        AttributeError: The object has none of that name.
    """
    if isinstance(owner, Unknown):
        return getattr(owner, name) if not name.startswith("__") else Unknown(f"{owner.key}.{name}")
    if not _is_plain(owner, name):
        return Unknown(f"{getattr(owner, '__name__', type(owner).__name__)}.{name}")
    if name in _NOW and isinstance(owner, type) and issubclass(owner, datetime.date):
        return lambda *_, **__: _FIXED if issubclass(owner, datetime.datetime) else _FIXED.date()
    if name in SAFE_TEXT_METHODS and isinstance(owner, str):
        return SAFE_TEXT_METHODS[name](owner)
    if name in SAFE_TEXT_METHODS and owner is str:
        return lambda text, *args, **kwargs: SAFE_TEXT_METHODS[name](text)(*args, **kwargs)
    if name == "fullmatch" and isinstance(owner, re.Pattern) and not is_safe(owner.pattern, whole=True):
        return Unknown("fullmatch")
    return getattr(owner, name)


def write(owner: Any, name: str, value: Any) -> None:
    """Bind an attribute of an object that interpreted code made."""
    _must_be_own(owner, name)
    setattr(owner, name, value)


def remove(owner: Any, name: str) -> None:
    """Delete an attribute of an object that interpreted code made."""
    _must_be_own(owner, name)
    delattr(owner, name)


def made_here(kind: type) -> bool:
    """Return whether a class came out of interpreted code, or a class that it derives from did."""
    return any("__interpreted__" in each.__dict__ for each in kind.__mro__)


def _is_plain(owner: Any, name: str) -> bool:
    if name == "__dict__":
        return made_here(owner if isinstance(owner, type) else type(owner))
    if name.startswith("__") and name.endswith("__"):
        return name in _PLAIN and not (
            name == "__setattr__" and isinstance(owner, type) and issubclass(owner, type)
        )
    return name != "mro" and not (name.startswith(_INNER) and isinstance(owner, _Machinery))


_Machinery = (
    types.GeneratorType,
    types.CoroutineType,
    types.AsyncGeneratorType,
    types.FrameType,
    types.TracebackType,
    types.CodeType,
    types.FunctionType,
)


def _must_be_own(owner: Any, name: str) -> None:
    """Values that all runs share, such as a class of the standard library, stay as they are."""
    own = isinstance(
        owner, types.FunctionType | types.SimpleNamespace | Unknown | BaseException
    ) or made_here(owner if isinstance(owner, type) else type(owner))
    if not own or name in {"__class__", "__bases__", "__code__", "__globals__", "__closure__"}:
        raise Unsupported
