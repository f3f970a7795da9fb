"""What widely used packages give that only compute, so that not all that leans on them is unknown."""

import _string  # type: ignore[import-not-found]
import contextlib
import dataclasses
import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from bisect_ml.interpreter import files
from bisect_ml.interpreter.binding import class_names, is_own_function
from bisect_ml.interpreter.built_in import BUILTINS
from bisect_ml.interpreter.coroutines import ASYNCIO
from bisect_ml.interpreter.entry_points import METADATA, iter_entry_points
from bisect_ml.interpreter.inspection import INSPECTION
from bisect_ml.interpreter.letter_classes import readable
from bisect_ml.interpreter.shelves import shelf
from bisect_ml.interpreter.specs import UTIL
from bisect_ml.interpreter.standard import STANDARD
from bisect_ml.interpreter.substitutes import dataclass
from bisect_ml.interpreter.test_tools import TEST_TOOLS
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.interpreter.within_frames import import_module


def _of_regex(value: Any) -> Any:
    """Return what `regex` has of a name that `re` has too; most of what its patterns alone say is unknown."""
    if isinstance(value, type) or not callable(value):
        return value

    @functools.wraps(value)
    def tolerant(*args: Any, **kwargs: Any) -> Any:
        if args and type(args[0]) is str and "\\p{" in args[0].lower():
            with contextlib.suppress(KeyError):
                args = (readable(args[0]), *args[1:])
        try:
            return value(*args, **kwargs)
        except re.error:
            return Unknown(f"regex.{value.__name__}")(*args, **kwargs)

    return tolerant


def _field(*, default: Any = dataclasses.MISSING, factory: Any = dataclasses.MISSING, **_: Any) -> Any:
    if default is not dataclasses.MISSING and type(default) in (list, dict, set):
        return dataclasses.field(default_factory=lambda: default)
    return dataclasses.field(default=default, default_factory=factory)


def _fields_as_arguments(kind: Any = None, **_: Any) -> Any:
    """Give a class a constructor that takes its fields, as `attrs` does."""
    if kind is None:
        return _fields_as_arguments
    fields = {name: Any for name, value in vars(kind).items() if isinstance(value, dataclasses.Field)}
    kind.__annotations__ = {**fields, **vars(kind).get("__annotations__", {})}
    return dataclass(kind)


def _decorator(caller: Any, function: Any = None) -> Any:
    """Make a decorator of a function that takes what it decorates first, as the package `decorator` does."""

    def decorate(function: Any) -> Any:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return caller(function, *args, **kwargs)

        return wrapper

    return decorate if function is None else decorate(function)


def _with_metaclass(meta: Any, *bases: Any) -> Any:
    """Return a base whose classes are made by another class of classes."""
    return meta("with_metaclass", bases or (object,), class_names({}))


def _add_metaclass(meta: Any) -> Callable[[Any], Any]:
    """Make a class again by another class of classes."""

    def remade(kind: Any) -> Any:
        names = {name: value for name, value in vars(kind).items() if name not in _OF_EVERY_CLASS}
        return meta(kind.__name__, kind.__bases__, names)

    return remade


_OF_EVERY_CLASS = ("__dict__", "__weakref__")


def _compiled(function: Any = None, *_: Any, **__: Any) -> Any:
    """Leave a function as it is, which is what it computes when it is compiled, too."""
    return function if is_own_function(function) else lambda function: function


def _ascii_lower(text: str) -> str:
    """Make letters small as HTML and CSS do: those of other alphabets stay as they are."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _of_both_pythons(name: str) -> Callable[[Any], Iterator[Any]]:
    return lambda mapping: iter(getattr(mapping, name)())


def _of_all(names: dict[str, Any]) -> dict[str, Any]:
    """Return the names of a module that all runs share: its lists cannot be changed."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in names.items()}


RESOURCES: dict[str, Any] = {
    "files": files.folder_of,
    "open_text": files.file_beside,
    "read_text": files.text_beside,
    "read_binary": files.bytes_beside,
    "as_file": contextlib.nullcontext,
    "path": files.path_beside,
}
SIX: dict[str, Any] = {
    "PY2": False,
    "PY3": True,
    "string_types": (str,),
    "integer_types": (int,),
    "class_types": (type,),
    "text_type": str,
    "binary_type": bytes,
    "unichr": chr,
    "u": str,
    "b": lambda text: text.encode("latin-1"),
    "iteritems": _of_both_pythons("items"),
    "iterkeys": _of_both_pythons("keys"),
    "itervalues": _of_both_pythons("values"),
    "python_2_unicode_compatible": lambda kind: kind,
    "ensure_str": str,
    "ensure_text": str,
    "with_metaclass": _with_metaclass,
    "add_metaclass": _add_metaclass,
    "viewitems": lambda mapping: mapping.items(),
    "viewkeys": lambda mapping: mapping.keys(),
    "viewvalues": lambda mapping: mapping.values(),
    "next": next,
    "moves": shelf(
        "six.moves",
        {
            "zip": zip,
            "map": map,
            "filter": filter,
            "range": range,
            "xrange": range,
            "reduce": STANDARD["functools"]["reduce"],
            "zip_longest": STANDARD["itertools"]["zip_longest"],
            "filterfalse": STANDARD["itertools"]["filterfalse"],
            "StringIO": STANDARD["io"]["StringIO"],
            "html_entities": shelf("html.entities", STANDARD["html.entities"]),
            "html_parser": shelf("html.parser", STANDARD["html.parser"]),
            "urllib_parse": shelf("urllib.parse", _of_all(STANDARD["urllib.parse"])),
            "urllib": shelf("urllib", {"parse": shelf("urllib.parse", _of_all(STANDARD["urllib.parse"]))}),
        },
    ),
}
ATTRS: dict[str, Any] = {
    **dict.fromkeys(("s", "attrs", "define", "frozen", "mutable", "dataclass"), _fields_as_arguments),
    **dict.fromkeys(("ib", "attrib", "field"), _field),
}
PACKAGES: dict[str, dict[str, Any]] = {
    "_string": {name: getattr(_string, name) for name in ("formatter_parser", "formatter_field_name_split")},
    "asyncio": ASYNCIO,
    "attr": ATTRS,
    "attrs": ATTRS,
    "decorator": {"decorator": _decorator},
    "importlib": {
        "import_module": import_module,
        "resources": shelf("importlib.resources", RESOURCES),
        "metadata": shelf("importlib.metadata", METADATA),
        "util": shelf("importlib.util", UTIL),
    },
    "importlib.resources": RESOURCES,
    "importlib.metadata": METADATA,
    "importlib.util": UTIL,
    "importlib_metadata": METADATA,
    "importlib_resources": RESOURCES,
    "pkg_resources": {
        "iter_entry_points": iter_entry_points,
        "resource_filename": files.path_beside,
        "resource_string": files.bytes_beside,
        "resource_stream": files.stream_beside,
    },
    "pkgutil": {"get_data": files.bytes_beside},
    "inspect": INSPECTION,
    "regex": {name: _of_regex(value) for name, value in STANDARD["re"].items()},
    "simplejson": STANDARD["json"],
    "six": SIX,
    "six.moves": SIX["moves"].names,
    "six.moves.urllib": SIX["moves"].names["urllib"].names,
    "six.moves.urllib.parse": STANDARD["urllib.parse"],
    "builtins": BUILTINS,
    "past.builtins": {"basestring": str, "long": int, "unicode": str, "xrange": range},
    "future.utils": {"PY2": False, "PY3": True, "with_metaclass": _with_metaclass},
    "numba": dict.fromkeys(("njit", "jit", "vectorize", "guvectorize", "generated_jit"), _compiled),
    "typing_extensions": STANDARD["typing"],
    "webencodings": {"ascii_lower": _ascii_lower},
    **TEST_TOOLS,
}
"""Modules by their names."""
