"""Attributes of objects, as far as code that must do no harm may read and bind them."""

import datetime
import enum
import re
import types
from functools import partial
from typing import Any

from bisect_ml.interpreter.binding import class_names, is_own_function, made_here, must_be_own
from bisect_ml.interpreter.clocks import CLOCK_METHODS, clock_method
from bisect_ml.interpreter.held import Held, is_held
from bisect_ml.interpreter.limits import fitting, whole
from bisect_ml.interpreter.machine import Exhausted, Module, Unsupported
from bisect_ml.interpreter.methods import METHODS, OPERATORS
from bisect_ml.interpreter.patterns import PATTERN_METHODS, pattern_method
from bisect_ml.interpreter.tables import bound, plain, words
from bisect_ml.interpreter.texts import Formatter, must_be_narrow
from bisect_ml.interpreter.translations import NullTranslations
from bisect_ml.interpreter.unknown import Unknown

# Names between double underscores that lead to no frame, no code, no module and no other class.
_PLAIN = words(
    "__class__ __name__ __qualname__ __doc__ __module__ __init__ __new__ __str__ __repr__ __len__ "
    "__iter__ __next__ __getitem__ __setitem__ __delitem__ __contains__ __eq__ __ne__ __lt__ __le__ "
    "__gt__ __ge__ __hash__ __call__ __bool__ __int__ __float__ __add__ __sub__ __mul__ __truediv__ "
    "__floordiv__ __mod__ __pow__ __neg__ __pos__ __invert__ __abs__ __radd__ __rsub__ __rmul__ "
    "__rtruediv__ __and__ __or__ __xor__ __enter__ __exit__ __format__ __index__ __version__ __all__ "
    "__file__ __author__ __missing__ __members__ __annotations__ __slots__ __unicode__ __nonzero__ "
    "__copy__ __deepcopy__ __post_init__ __set_name__ __get__ __set__ __delete__ __origin__ __args__ "
    "__cause__ __context__ __getattr__ __setattr__ __delattr__ __html__ __bytes__ __reversed__ __iadd__ "
    "__isub__ __imul__ __cmp__ __fields__ __init_subclass__ __class_getitem__ __dataclass_fields__ "
    "__match_args__ __lshift__ __rshift__ __round__ __trunc__ __ceil__ __floor__ __rpow__ __rmod__ "
    "__rfloordiv__ __divmod__ __prepare__ __notes__ __self_class__ __thisclass__ __wrapped__ __func__ "
    "__instancecheck__ __subclasscheck__ __length_hint__ __ror__ __rand__ __rxor__ __matmul__ __ior__ "
    "__iand__"
)
# Names with one underscore that classes of Python itself let code use.
_KNOWN_PRIVATE = words(
    "_replace _asdict _fields _make _field_defaults _value_ _name_ _missing_ _generate_next_value_ "
    "_ignore_ _order_ _sunder_ _member_map_ _member_names_ _value2member_map_"
)
_OF_CLASSES = frozenset({"__mro__", "__bases__", "__base__", "__dict__"})
_INNER = words(
    "gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await ag_frame ag_code f_back f_builtins f_globals "
    "f_locals f_code tb_frame tb_next co_consts co_names mro install evaluate throw register"
)
_MACHINERY = (
    types.GeneratorType,
    types.CoroutineType,
    types.FrameType,
    types.TracebackType,
    types.CodeType,
)
# Of these all runs share some objects, which methods could change.
_SHARED = (Module, Unknown, Held)
_NAMING = frozenset({"__name__", "__qualname__", "__doc__", "__module__"})
# What reads an attribute of any object of a class of Python itself, whatever its name is.
_READERS = (types.GetSetDescriptorType, types.MemberDescriptorType)
_CHANGEABLE = frozenset({dict, list, set})
_DEEPEST = 60
_FORMATTING = frozenset({"format", "format_map"})
_REPEATING, _POWERS = words("__mul__ __rmul__ __imul__"), words("__pow__ __rpow__")
_CAREFULLY = (
    _FORMATTING
    | _INNER
    | CLOCK_METHODS
    | PATTERN_METHODS
    | {name for each in METHODS.values() for name in each}
)


def read(owner: Any, name: str) -> Any:
    """Return an attribute.

    What leads out of the interpreted code, such as `__globals__` or the frame of a generator, is unknown.

    Raises:
        AttributeError: The object has none of that name.
    """
    name = name if type(name) is str else plain(name)
    if is_held(owner):
        return owner.attribute(name)
    if name == "__get__" and _reads_any(owner):
        return _unknown(owner, name)
    found = _found(owner, name)
    if type(found) in _CHANGEABLE and _is_shared(owner):
        return found.copy()
    # Classes of later versions of Python have modules as attributes: those of paths one that holds `os`.
    leads_out = _reads_any(found) or isinstance(found, types.ModuleType)
    return _unknown(owner, name) if leads_out else found


def _is_shared(owner: Any) -> bool:
    """Return whether a class, a member or a function is one of Python's own, which all runs share."""
    if isinstance(owner, type | enum.Enum):
        return not made_here(owner if isinstance(owner, type) else type(owner))
    return isinstance(owner, types.FunctionType) and not is_own_function(owner)


def _reads_any(value: Any) -> bool:
    return type(value) in _READERS and not made_here(value.__objclass__)


def _found(owner: Any, name: str) -> Any:
    if isinstance(owner, Module):
        return owner.__getattr__(name) if name != "__dict__" else owner.all_names()
    if isinstance(owner, type) and issubclass(owner, _SHARED) and name not in _NAMING:
        return _unknown(owner, name)
    if type(owner) is Unknown:
        if owner.text is not None and hasattr(str, name):
            return read(owner.text, name)
        return Unknown(f"{owner.key}.{name}")
    if isinstance(owner, super) and not hasattr(owner, name) and "__foreign__" in dir(owner):
        return Unknown(f"super.{name}")
    if name[:1] != "_" and name not in _CAREFULLY:
        return getattr(owner, name)
    if name[:2] == "__" and name[-2:] == "__":
        return _dunder(owner, name)
    if name[:1] == "_":
        return _private(owner, name)
    return _replaced(owner, name)


def unshared(value: Any) -> Any:
    """Return the names of a class as a view of a copy: comparing a view gives away what it is of."""
    return types.MappingProxyType(dict(value)) if isinstance(value, types.MappingProxyType) else value


def _unknown(owner: Any, name: str) -> Unknown:
    return Unknown(f"{getattr(owner, '__name__', type(owner).__name__)}.{name}")


def _dunder(owner: Any, name: str) -> Any:
    if name in _OF_CLASSES:
        own = made_here(owner if isinstance(owner, type) else type(owner))
        return unshared(getattr(owner, name)) if own else _unknown(owner, name)
    if name == "__self__" and isinstance(owner, types.MethodType) and is_own_function(owner.__func__):
        return owner.__self__
    if name == "__getattribute__" or (name == "__getattr__" and not _bound_here(owner, name)):
        return bound(_get, getattr(owner, name), name)
    if name not in _PLAIN:
        kind = owner if isinstance(owner, type) else type(owner)
        return getattr(owner, name) if made_here(kind) and _bound_here(owner, name) else _unknown(owner, name)
    found = getattr(owner, name)
    if found is type.__new__:
        return new_class
    if isinstance(found, types.WrapperDescriptorType | types.MethodWrapperType):
        if name in {"__setattr__", "__delattr__"}:
            return (
                partial(_bound, found, found.__self__)
                if hasattr(found, "__self__")
                else partial(_bound, found)
            )
        return _operator(found, name)
    if isinstance(found, types.BuiltinMethodType | types.MethodDescriptorType):
        return bound(_formatted, found, name) if name == "__format__" else _method(found, name)
    is_power = name in _POWERS and not is_own_function(getattr(found, "__func__", found))
    return _operator(found, name) if is_power else found


def _formatted(found: Any, *given: Any) -> Any:
    must_be_narrow(given[-1])
    return found(*given)


def _bound_here(owner: Any, name: str) -> bool:
    """Return whether interpreted code bound what a name gives, in an object, a class or one around it."""
    if name in getattr(owner, "__dict__", {}) and not isinstance(owner, type):
        return True
    kind = owner if isinstance(owner, type) else type(owner)
    kinds = list(kind.__mro__)
    if kind is super:
        around, this = (vars(super)[each].__get__(owner) for each in ("__self_class__", "__thisclass__"))
        kinds = list(around.__mro__[around.__mro__.index(this) + 1 :]) if around else []
    if isinstance(owner, type):
        meta: type = type(owner)
        kinds.extend(meta.__mro__)
    first = next((each for each in kinds if name in each.__dict__), object)
    return "__interpreted__" in first.__dict__


def _get(found: Any, *given: Any) -> Any:
    owner, name = given[0] if len(given) > 1 else found.__self__, plain(given[-1])
    if not made_here(type(owner)):
        return read(owner, name)
    if name[:2] == "__" and name not in _PLAIN and name != "__dict__":
        raise Unsupported
    value = found(*given[:-1], name)
    return _unknown(owner, name) if _reads_any(value) else unshared(value)


def _bound(found: Any, owner: Any, name: str, *value: Any) -> None:
    name = plain(name)
    must_be_own(owner, name)
    found(owner, name, *value) if not hasattr(found, "__self__") else found(name, *value)


def new_class(meta: Any, name: Any, bases: Any = (), names: Any = None, **options: Any) -> Any:
    """Make a class as `type` does, in a class of classes that interpreted code made."""
    if names is None:
        return type(name)
    return type.__new__(meta, name, bases, class_names(dict(names)), **options)


def without_end(made: type) -> type:
    """Return a class without what Python would call when an object ends: there is no budget then."""
    if made_here(made) and len(made.__mro__) > _DEEPEST:
        raise Exhausted
    held = type.__getattribute__(made, "__dict__")
    if "__del__" in held and (made_here(made) or is_own_function(held["__del__"])):
        type.__delattr__(made, "__del__")
    return made


def _operator(found: Any, name: str) -> Any:
    if name not in OPERATORS:
        return found
    bound = getattr(found, "__self__", None)

    def operate(*given: Any) -> Any:
        given = tuple(map(whole, given)) if name in _REPEATING else given
        OPERATORS[name](*((bound, *given) if hasattr(found, "__self__") else given))
        return fitting(found(*given))

    return operate


def _private(owner: Any, name: str) -> Any:
    """Read a name with one underscore: of classes of Python itself only those that are meant to be used."""
    found = getattr(owner, name)
    if name in _KNOWN_PRIVATE or _bound_here(owner, name):
        return found
    known = isinstance(owner, types.SimpleNamespace) or is_own_function(owner) or _is_data(found)
    return found if known else _unknown(owner, name)


def _is_data(value: Any) -> bool:
    return isinstance(value, str | int | float | bool | bytes | Unknown) or value is None


def _replaced(owner: Any, name: str) -> Any:
    """Read a name under which some objects have what could do harm."""
    if name in CLOCK_METHODS and (
        isinstance(owner, datetime.date) or (isinstance(owner, type) and issubclass(owner, datetime.date))
    ):
        return clock_method(owner, name)
    if isinstance(owner, re.Pattern) and name in PATTERN_METHODS:
        return pattern_method(owner, name)
    found = getattr(owner, name)
    if name in _INNER and not _bound_here(owner, name):
        return _inner(owner, name, found)
    return _method(found, name)


def _method(found: Any, name: str) -> Any:
    """Return a method of Python itself, or what replaces it."""
    if isinstance(found, types.MethodDescriptorType):
        if found.__objclass__ is str and name in _FORMATTING:
            return _format if name == "format" else _format_map
        return METHODS.get(found.__objclass__, {}).get(name, found)
    if isinstance(found, types.BuiltinMethodType):
        if isinstance(found.__self__, str) and name in _FORMATTING:
            return bound(_format if name == "format" else _format_map, found.__self__, name)
        for kind in METHODS:
            if isinstance(found.__self__, kind) and name in METHODS[kind]:
                return bound(METHODS[kind][name], found.__self__, name)
    return found


def _format(text: str, /, *args: Any, **kwargs: Any) -> str:
    return Formatter(read).vformat(text, args, kwargs)


def _format_map(text: str, mapping: Any, /) -> str:
    return Formatter(read).vformat(text, (), mapping)


def _inner(owner: Any, name: str, found: Any) -> Any:
    if name == "throw":
        return _thrown if isinstance(owner, type) else partial(_thrown, owner)
    if name == "register" and isinstance(owner, type):
        return partial(_registered, owner)
    is_harmless = getattr(found, "__func__", found) is NullTranslations.install
    leads_out = name in {"mro", "install", "evaluate"} or isinstance(owner, _MACHINERY)
    return _unknown(owner, name) if leads_out and not is_harmless else found


def _thrown(generator: Any, kind: Any, *values: Any) -> Any:
    error = kind(*values[:1]) if isinstance(kind, type) and issubclass(kind, Exception) else kind
    if not isinstance(error, Exception):
        raise Unsupported
    return generator.throw(error)


def _registered(owner: Any, kind: Any) -> Any:
    """Take a class for one that derives from another: interpreted ones alone, since others are shared."""
    if not isinstance(kind, type) or not made_here(kind):
        raise Unsupported
    return owner.register(kind)
