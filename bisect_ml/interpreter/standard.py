"""The part of the standard library that computes and does nothing else, as interpreted code sees it."""

import abc
import base64
import binascii
import bisect
import builtins
import calendar
import cmath
import collections
import collections.abc
import colorsys
import contextlib
import copy
import csv
import dataclasses
import datetime
import decimal
import difflib
import enum
import fractions
import functools
import gettext
import hashlib
import heapq
import html
import html.entities
import html.parser
import inspect
import io
import ipaddress
import itertools
import json
import keyword
import math
import numbers
import operator
import re
import statistics
import string
import struct
import sys
import textwrap
import types
import typing
import unicodedata
import urllib.parse
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from bisect_ml.interpreter.attributes import read
from bisect_ml.interpreter.machine import Exhausted, Module, Stopped
from bisect_ml.interpreter.patterns import PATTERNS
from bisect_ml.interpreter.unknown import Unknown

# An endless iterator is cut off here, with the run: natives that consume it could not be stopped.
_MOST_GIVEN = 100_000
_THIRD = frozenset({"attr", "attrs", "decorator", "pytest", "six", "typing_extensions"})


class Shelf(Module):
    """A module of the standard library, or of others, of which only some names are known."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        own = self.names["__name__"]
        real = sys.modules.get(own) if own in STANDARD else None
        if name.startswith("__") or (real is not None and own not in _THIRD and not hasattr(real, name)):
            raise AttributeError(f"module {own!r} has no attribute {name!r}")
        return Unknown(f"{own}.{name}")


def shelf(name: str, names: Mapping[str, Any]) -> Shelf:
    """Return a module of the given names."""
    return Shelf({"__name__": name, **names})


def _bounded(make: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def bounded(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for number, each in enumerate(make(*args, **kwargs)):
            if number >= _MOST_GIVEN:
                raise Exhausted
            yield each

    return bounded


def _attrgetter(*names: str) -> Callable[[Any], Any]:
    def follow(owner: Any, path: str) -> Any:
        return functools.reduce(read, path.split("."), owner)

    def get(owner: Any) -> Any:
        found = [follow(owner, each) for each in names]
        return found[0] if len(found) == 1 else tuple(found)

    return get


def _methodcaller(name: str, /, *args: Any, **kwargs: Any) -> Callable[[Any], Any]:
    return lambda owner: read(owner, name)(*args, **kwargs)


@contextlib.contextmanager
def _suppress(*kinds: Any) -> Iterator[None]:
    try:
        yield
    except Stopped:
        raise
    except tuple(each for each in kinds if isinstance(each, type)):
        pass


def _public(module: ModuleType, *without: str) -> dict[str, Any]:
    """Return the public names of a module, but for modules in it; tables are copied."""
    listed = getattr(module, "__all__", None) or [each for each in vars(module) if not each.startswith("_")]
    found = {name: getattr(module, name) for name in listed if name not in without}
    return {
        name: dict(value) if isinstance(value, dict) else value
        for name, value in found.items()
        if not isinstance(value, ModuleType)
    }


def _some(module: ModuleType, names: str) -> dict[str, Any]:
    return {name: getattr(module, name) for name in names.split()}


_SYS = {
    "version_info": (3, 11, 0, "final", 0),
    "version": "3.11.0",
    "maxsize": 2**63 - 1,
    "maxunicode": 0x10FFFF,
    "byteorder": "little",
    "platform": "linux",
    "getrecursionlimit": lambda: 1000,
}
_SIX = {
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
    "iteritems": lambda mapping: iter(mapping.items()),
    "iterkeys": lambda mapping: iter(mapping.keys()),
    "itervalues": lambda mapping: iter(mapping.values()),
    "python_2_unicode_compatible": lambda kind: kind,
    "moves": shelf(
        "six.moves",
        {
            name: vars(builtins)[name]
            for name in "zip map filter range reduce".split()
            if name in vars(builtins)
        }
        | {"xrange": range, "reduce": functools.reduce},
    ),
}


def _argument_names(function: Any) -> inspect.FullArgSpec:
    names = list(getattr(function, "__parameters__", ()))
    return inspect.FullArgSpec(names, None, None, None, [], None, {})


def _field(*, default: Any = dataclasses.MISSING, factory: Any = dataclasses.MISSING, **_: Any) -> Any:
    if default is not dataclasses.MISSING and type(default) in (list, dict, set):
        return dataclasses.field(default_factory=lambda: default)
    return dataclasses.field(default=default, default_factory=factory)


def _fields_as_arguments(kind: Any = None, **options: Any) -> Any:
    """Give a class a constructor that takes its fields, as `attrs` does."""
    if kind is None:
        return _fields_as_arguments
    fields = {name: Any for name, value in vars(kind).items() if isinstance(value, dataclasses.Field)}
    kind.__annotations__ = {**fields, **vars(kind).get("__annotations__", {})}
    return dataclasses.dataclass(kind)


def _decorator(caller: Any, function: Any = None) -> Any:
    """Make a decorator of a function that is given what it decorates first, as the package `decorator` does."""

    def decorate(function: Any) -> Any:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return caller(function, *args, **kwargs)

        return wrapper

    return decorate if function is None else decorate(function)


_ATTRS = {
    **dict.fromkeys(("s", "attrs", "define", "frozen", "mutable", "dataclass"), _fields_as_arguments),
    **dict.fromkeys(("ib", "attrib", "field"), _field),
}
_GETTEXT = {
    "NullTranslations": gettext.NullTranslations,
    "translation": lambda *_, **__: gettext.NullTranslations(),
    "gettext": lambda text: text,
    "ngettext": lambda one, many, count: one if count == 1 else many,
}
STANDARD: dict[str, dict[str, Any]] = {
    "__future__": {},
    "abc": _some(abc, "ABC ABCMeta abstractmethod abstractproperty"),
    "base64": _some(
        base64, "b64encode b64decode urlsafe_b64encode urlsafe_b64decode b32encode b32decode b16encode"
    ),
    "binascii": _some(binascii, "hexlify unhexlify crc32 Error"),
    "bisect": _some(bisect, "bisect bisect_left bisect_right insort insort_left insort_right"),
    "calendar": _some(
        calendar, "monthrange isleap leapdays weekday month_name month_abbr day_name day_abbr timegm"
    ),
    "cmath": _public(cmath),
    "collections": _public(collections),
    "collections.abc": _public(collections.abc),
    "colorsys": _public(colorsys),
    "contextlib": {**_some(contextlib, "contextmanager nullcontext ContextDecorator"), "suppress": _suppress},
    "copy": _some(copy, "copy deepcopy"),
    "csv": _some(csv, "reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL"),
    "dataclasses": _some(
        dataclasses, "dataclass field fields asdict astuple replace is_dataclass InitVar FrozenInstanceError"
    ),
    "datetime": _some(datetime, "date datetime time timedelta timezone tzinfo MINYEAR MAXYEAR UTC"),
    "decimal": _public(decimal, "getcontext", "setcontext", "localcontext"),
    "difflib": _some(difflib, "SequenceMatcher get_close_matches ndiff unified_diff"),
    "enum": _public(enum),
    "fractions": {"Fraction": fractions.Fraction},
    "functools": _public(functools, "update_wrapper"),
    "attr": _ATTRS,
    "attrs": _ATTRS,
    "decorator": {"decorator": _decorator},
    "gettext": _GETTEXT,
    "inspect": {
        "getfullargspec": _argument_names,
        "isfunction": callable,
        "isclass": lambda it: isinstance(it, type),
    },
    "hashlib": _some(hashlib, "md5 sha1 sha256 sha512 blake2b"),
    "heapq": _public(heapq),
    "html": _some(html, "escape unescape"),
    "html.entities": _public(html.entities),
    "html.parser": {"HTMLParser": html.parser.HTMLParser},
    "codecs": {"open": lambda *_, **__: Unknown("a file")},
    "io": {**_some(io, "StringIO BytesIO"), "open": lambda *_, **__: Unknown("a file")},
    "ipaddress": _some(
        ipaddress,
        "ip_address ip_network ip_interface IPv4Address IPv6Address IPv4Network IPv6Network AddressValueError",
    ),
    "itertools": {
        **_public(itertools),
        **{n: _bounded(getattr(itertools, n)) for n in ("count", "cycle", "repeat")},
    },
    "json": _some(json, "dumps loads JSONDecodeError JSONEncoder"),
    "locale": {"getlocale": lambda *_: ("en_US", "UTF-8"), "getdefaultlocale": lambda *_: ("en_US", "UTF-8")},
    "keyword": _some(keyword, "iskeyword kwlist"),
    "math": _public(math),
    "numbers": _public(numbers),
    "operator": {**_public(operator), "attrgetter": _attrgetter, "methodcaller": _methodcaller},
    "re": PATTERNS,
    "six": _SIX,
    "statistics": _public(statistics),
    "string": _public(string, "Formatter", "Template"),
    "struct": _some(struct, "pack unpack calcsize error"),
    "sys": _SYS,
    "textwrap": _public(textwrap),
    "types": _some(types, "SimpleNamespace MappingProxyType FunctionType MethodType GeneratorType NoneType"),
    "typing": _public(typing),
    "unicodedata": _public(unicodedata),
    "urllib.parse": _some(
        urllib.parse,
        "quote quote_plus unquote unquote_plus urlencode urlparse urlsplit urlunparse urlunsplit urljoin parse_qs "
        "parse_qsl ParseResult SplitResult urldefrag unquote_to_bytes quote_from_bytes",
    ),
    "uuid": _some(uuid, "UUID"),
    "zlib": _some(zlib, "crc32 adler32"),
}
STANDARD["typing_extensions"] = STANDARD["typing"]
STANDARD["html"]["entities"] = shelf("html.entities", STANDARD["html.entities"])
STANDARD["html"]["parser"] = shelf("html.parser", STANDARD["html.parser"])
STANDARD["collections"]["abc"] = shelf("collections.abc", STANDARD["collections.abc"])
