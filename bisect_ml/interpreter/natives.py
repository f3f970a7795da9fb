"""How calls are made: what Python itself computes is paid for, and kept from growing without bound."""

import functools
import itertools
import re
import types
from collections.abc import Iterable
from typing import Any

from bisect_ml.interpreter import patterns
from bisect_ml.interpreter.attributes import new_class, without_end
from bisect_ml.interpreter.binding import made_here
from bisect_ml.interpreter.entry_points import WITH_ENTRY_POINTS
from bisect_ml.interpreter.files import WITH_FILES
from bisect_ml.interpreter.held import Held, is_held
from bisect_ml.interpreter.limits import ATOMS, SIZED, Counted, charge, fitting, weigh
from bisect_ml.interpreter.machine import Exhausted, Frame, Machine, Unsupported
from bisect_ml.interpreter.order import anonymous, as_told, steadied
from bisect_ml.interpreter.scanners import WITH_SCANNERS
from bisect_ml.interpreter.sizes import CODING, in_numbers, must_be_small, pay_for_searching
from bisect_ml.interpreter.specs import WITH_SPECS
from bisect_ml.interpreter.tables import words
from bisect_ml.interpreter.translations import WITH_TRANSLATIONS
from bisect_ml.interpreter.unknown import Unknown, note
from bisect_ml.interpreter.within_frames import WITH_FRAME

# Work that does not grow with what the arguments hold.
_CONSTANT = words(
    "append add get pop popitem setdefault discard appendleft popleft items keys values len isinstance "
    "issubclass callable iter next enumerate zip map filter getattr hasattr setattr id type bool chain "
    "count print field property staticmethod classmethod partial wraps lru_cache cache __getitem__ "
    "__setitem__ __len__ __init__ __new__ super cast islice starmap object startswith endswith reversed"
)
# What calls the functions that it is given.
_CALLING = words(
    "map filter reduce partial partialmethod accumulate starmap groupby takewhile dropwhile filterfalse "
    "sub subn defaultdict sorted sort min max nlargest nsmallest merge bisect bisect_left bisect_right "
    "insort insort_left insort_right iter cmp_to_key call property cached_property"
)
# What goes through the elements of a set in its order, which for texts is another in each process.
_IN_ORDER = words(
    "list tuple iter enumerate zip map filter join extend extendleft fromkeys max min sum sorted reversed "
    "deque Counter OrderedDict reduce chain islice product combinations permutations groupby accumulate "
    "starmap takewhile dropwhile filterfalse nlargest nsmallest from_iterable cycle tee zip_longest any "
    "all dict update fsum prod writelines heapify"
)
# What may compile a pattern first.
_COMPILING = words("compile search match fullmatch split findall finditer sub subn")
_COMPILED_IN_A_STEP = 16
_A_WORD = 4
_MAKING_TEXTS = frozenset({"str", "bytes", "bytearray"})
_OF_SETS = (set, frozenset)
# What looks into the object that it is a method of.
_LOOKING = words("sort index count remove copy __eq__ __ne__ __lt__ __hash__ __repr__ __str__ __contains__")
# What is made anew here, and goes through what it is given slowly.
_SLOW = words(
    "deeply as_dict as_tuple visit generic_visit dump unparse walk literal_eval parse get_docstring "
    "read_toml read_toml_file"
)
_TELLING = frozenset({"repr", "str", "ascii", "__repr__", "__str__"})
_PROPERTY = re.compile(r"(?:property|reify)(?:\([^()]*\))?$")


def called(frame: Frame, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call a function: interpreted, built in, or unknown.

    Raises:
        Exhausted: The budget is spent, or the value would be too large.
        Unsupported: The function is one that could do harm.
    """
    machine = frame.machine
    machine.spend()
    if is_interpreted(function):
        return function(*args, **kwargs)
    if type(function) is Unknown:
        note(function, machine.strangers)
        return function(*args, **kwargs)
    if type(function) is types.MethodType and function.__func__ in _WITH_FRAME:
        return _WITH_FRAME[function.__func__](frame, function.__self__, *args, **kwargs)
    if type(function) is types.FunctionType and function in _WITH_FRAME:
        return _WITH_FRAME[function](frame, *args, **kwargs)
    return native(machine, function, args, kwargs)


_WITH_FRAME = WITH_FRAME | WITH_FILES | WITH_SPECS | WITH_ENTRY_POINTS | WITH_SCANNERS | WITH_TRANSLATIONS


def is_interpreted(function: Any) -> bool:
    """Return whether calling it runs interpreted code, which pays for what it does."""
    if type(function) is types.MethodType:
        function = function.__func__
    return type(function) is types.FunctionType and "__parameters__" in function.__dict__


def native(machine: Machine, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call a function of Python itself.

    Raises:
        Exhausted: It would take too long, or what it gives would be too large.
    """
    if is_held(function):
        return function(*args, **kwargs)
    if not isinstance(function, _NATIVE) and is_interpreted(_of_class(type(function))):
        return function(*args, **kwargs)
    name = _name(function)
    if name == "__new__" and args and _is_shell(args[0]):
        raise Unsupported
    constant = name in _CONSTANT and (name != "pop" or type(getattr(function, "__self__", None)) is not set)
    if not constant:
        _pay(machine, function, name, (*args, *kwargs.values()))
    args, kwargs = in_numbers(name, args, kwargs)
    must_be_small(name, args, kwargs)
    if name in CODING and (kwargs or len(args) > (name in _MAKING_TEXTS)):
        pay_for_searching(machine, function, (*args, *kwargs.values()))
    if name in _CALLING:
        args = [guarded(machine, each) for each in args]
        kwargs = {key: guarded(machine, each) for key, each in kwargs.items()}
    if name in _IN_ORDER and not isinstance(getattr(function, "__self__", None), _OF_SETS):
        args = [steadied(machine, each) for each in args]
    if name in _TELLING and len(args) == 1:
        args = [as_told(args[0])]
    if function is type and len(args) == _PARTS_OF_CLASS:
        function, args = new_class, [type, *args]
    if name in _COMPILING and getattr(function, "__module__", "") == patterns.__name__:
        kwargs = {**kwargs, "paying": machine}
    try:
        result = function(*args, **kwargs)
    except TypeError:
        if not any(map(_has_unknown, (*args, *kwargs.values()))):
            raise
        return _on_texts(function, args, kwargs)
    if isinstance(result, type):
        return without_end(result)
    kind = type(result)
    if kind in ATOMS and kind is not str and kind is not int and kind is not bytes:
        return result
    if kind is str and name in _TELLING:
        return anonymous(fitting(result))
    if kind is range and len(result) > _LONGEST_RANGE:
        raise Exhausted
    if kind in _LAZY or (kind is types.GeneratorType and not is_interpreted_generator(result)):
        return Counted(machine, result)
    fitting(result)
    if not constant and kind in SIZED:
        charge(machine, len(result))
    return result


def _is_shell(kind: Any) -> bool:
    """Return whether a class is one of shells, which are empty if they are made by another's `__new__`."""
    return issubclass(type(kind), type) and issubclass(kind, Held)


def _of_class(kind: type) -> Any:
    """Return what is called when an object of a class is."""
    return next((vars(each)["__call__"] for each in kind.__mro__ if "__call__" in vars(each)), None)


def _name(function: Any) -> str:
    """Return the name of a function; of an interpreted class, that of what it derives from."""
    if isinstance(function, type):
        return next(each.__name__ for each in function.__mro__ if "__interpreted__" not in each.__dict__)
    name = getattr(function, "__name__", "")
    return name if type(name) is str else ""


_LONGEST_RANGE = 1_000_000
_PARTS_OF_CLASS = 3
_MADE: tuple[Any, ...] = ((), [], "", {}, {}.items(), {}.values(), set(), range(0), b"", range(2**70))
_TURNED: tuple[Any, ...] = ([], {}, {}.items(), {}.values(), range(0))
_LAZY = frozenset(
    {
        *(map, filter, zip, enumerate, reversed, type(iter(int, 1))),
        *(kind for kind in vars(itertools).values() if isinstance(kind, type)),
        *(type(iter(each)) for each in _MADE),
        *(type(reversed(each)) for each in _TURNED),
    }
) - {itertools.groupby}
"""Iterators of Python itself."""


def is_interpreted_generator(value: Any) -> bool:
    """Return whether a generator runs interpreted code."""
    return bool(value.gi_code.co_filename.startswith(_HERE))


_HERE = __file__.rpartition("natives")[0]


def _pay(machine: Machine, function: Any, name: str, given: Iterable[Any]) -> None:
    owner: Any = getattr(function, "__self__", None)
    if type(owner) in SIZED:
        charge(machine, len(owner))
        if name in _LOOKING:
            weigh(machine, owner)
    if name in _COMPILING and getattr(function, "__module__", "") == patterns.__name__:
        machine.spend(sum(len(each) for each in given if isinstance(each, str)) // _COMPILED_IN_A_STEP)
    for each in given:
        kind = type(each)
        if kind not in ATOMS:
            count = weigh(machine, each)
            if name in _SLOW:
                machine.spend(count)
            if kind is range:
                charge(machine, len(each))
        elif kind is str or kind is bytes:
            charge(machine, len(each))
            if name in _SLOW:
                machine.spend(len(each) // _A_WORD)


def guarded(machine: Machine, function: Any) -> Any:
    """Return a function that pays for itself wherever it is called from."""
    if not isinstance(function, _NATIVE) or is_interpreted(function):
        return function
    if function in _CHEAP or (isinstance(function, type) and made_here(function)):
        return function

    def paying(*args: Any, **kwargs: Any) -> Any:
        machine.spend()
        return native(machine, function, list(args), kwargs)

    paying.__name__ = _name(function)
    vars(paying)["__parameters__"] = ()
    return paying


_NATIVE = (
    type,
    functools.partial,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
)
_CHEAP: frozenset[Any] = frozenset({int, float, bool, len, ord, chr, abs, None})


def decorated(frame: Frame, decorator: Any, made: Any) -> Any:
    """Return what a decorator makes of a function or a class; what nobody knows leaves it as it is.

    But for what is called a property, as packages do that keep its value.
    """
    if not isinstance(decorator, Unknown):
        return called(frame, decorator, [made], {})
    return property(made) if _PROPERTY.search(decorator.key) else made


def _on_texts(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call a function that takes no unknowns with the texts that stand in for them; unknown without these."""
    given = [_plain(each) for each in args]
    try:
        return fitting(function(*given, **{name: _plain(value) for name, value in kwargs.items()}))
    except TypeError:
        return Unknown(getattr(function, "__name__", "unknown"))(*args, **kwargs)


def _has_unknown(value: Any) -> bool:
    return isinstance(value, Unknown) or (
        isinstance(value, list) and any(isinstance(each, Unknown) for each in value)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value if value.text is None else value.text
    return [_plain(each) for each in value] if isinstance(value, list) else value
