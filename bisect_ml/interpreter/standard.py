"""The part of the standard library that computes and does nothing else, as interpreted code sees it.

What is missing here is unknown to the code: what reaches the world, what changes a state that all runs share,
what evaluates texts (`typing.get_type_hints`), and what depends on chance, the clock or the machine.
"""

import abc
import base64
import binascii
import bisect
import calendar
import cmath
import codecs
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
import encodings.aliases
import enum
import fractions
import functools
import hashlib
import heapq
import html
import html.entities
import html.parser
import io
import ipaddress
import itertools
import json
import keyword
import math
import numbers
import operator
import pathlib
import statistics
import string
import struct
import textwrap
import types
import typing
import unicodedata
import urllib.parse
import uuid
import zlib
from collections.abc import Callable
from functools import update_wrapper
from importlib import import_module
from types import ModuleType
from typing import Any

from bisect_ml.interpreter import codings, files
from bisect_ml.interpreter import substitutes as own
from bisect_ml.interpreter.binding import is_own_function, made_here
from bisect_ml.interpreter.copies import as_dict, as_tuple, copied, deeply
from bisect_ml.interpreter.machine import Unsupported
from bisect_ml.interpreter.patterns import PATTERNS
from bisect_ml.interpreter.scanners import Scanner
from bisect_ml.interpreter.shelves import EXISTING, Table, shelf
from bisect_ml.interpreter.surroundings import OS, PATHS, SOCKET, SYS
from bisect_ml.interpreter.syntax import SYNTAX
from bisect_ml.interpreter.toml import TOML
from bisect_ml.interpreter.translations import GETTEXT, THREADING


def _tables(module: ModuleType, names: str) -> dict[str, Any]:
    """Return copies of lists of a module, so that none is changed for all."""
    return {name: list(getattr(module, name)) for name in names.split()}


def _some(module: ModuleType, names: str) -> dict[str, Any]:
    """Return some names of a module, as far as this version of Python has them; tables cannot be changed."""
    return {name: _fixed(getattr(module, name)) for name in names.split() if hasattr(module, name)}


def _public(module: ModuleType, *without: str) -> dict[str, Any]:
    """Return the public names of a module, but for modules in it."""
    listed = getattr(module, "__all__", None) or [each for each in vars(module) if not each.startswith("_")]
    found = {name: getattr(module, name) for name in listed if name not in without}
    return {name: _fixed(value) for name, value in found.items() if not isinstance(value, ModuleType)}


def _fixed(value: Any) -> Any:
    if isinstance(value, dict):
        return Table(value)
    return tuple(value) if isinstance(value, list) else value


def _of_own(decorator: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a decorator that changes what it is given, for what interpreted code made."""

    def decorate(made: Any) -> Any:
        own_class = isinstance(made, type) and made_here(made)
        return decorator(made) if own_class or is_own_function(made) else made

    return decorate


def _wraps(wrapped: Any, **_: Any) -> Callable[[Any], Any]:
    """Name a function like another, as `functools.wraps` does."""

    def name(wrapper: Any) -> Any:
        if not is_own_function(wrapper):
            raise Unsupported
        required = wrapper.__dict__["__parameters__"]
        update_wrapper(wrapper, wrapped)
        wrapper.__dict__.setdefault("__parameters__", required)
        return wrapper

    return name


STANDARD: dict[str, dict[str, Any]] = {
    "__future__": {},
    "abc": {
        **_some(abc, "ABC ABCMeta abstractproperty"),
        "abstractmethod": _of_own(abc.abstractmethod),
    },
    "ast": SYNTAX,
    "base64": _some(
        base64, "b64encode b64decode urlsafe_b64encode urlsafe_b64decode b32encode b32decode b16encode"
    ),
    "binascii": _some(binascii, "hexlify unhexlify crc32 Error"),
    "bisect": _some(bisect, "bisect bisect_left bisect_right insort insort_left insort_right"),
    "calendar": _some(
        calendar, "monthrange isleap leapdays weekday month_name month_abbr day_name day_abbr timegm"
    ),
    "cmath": _public(cmath),
    "collections": _public(collections, "UserList", "UserString"),
    "collections.abc": _public(collections.abc),
    "colorsys": _public(colorsys),
    "contextlib": {
        **_some(contextlib, "contextmanager nullcontext"),
        "suppress": own.suppress,
        "ContextDecorator": own.ContextDecorator,
    },
    "copy": {"copy": copied, "deepcopy": deeply, "error": copy.error},
    "csv": _some(csv, "reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL"),
    "dataclasses": {
        **_some(
            dataclasses, "field fields replace is_dataclass InitVar FrozenInstanceError MISSING KW_ONLY Field"
        ),
        "dataclass": own.dataclass,
        "asdict": as_dict,
        "astuple": as_tuple,
    },
    "datetime": _some(datetime, "date datetime time timedelta timezone tzinfo MINYEAR MAXYEAR UTC"),
    "decimal": _public(
        decimal,
        "getcontext",
        "setcontext",
        "localcontext",
        "Context",
        "DefaultContext",
        "BasicContext",
        "ExtendedContext",
        "IEEEContext",
    ),
    "difflib": {
        **{
            name: own.compared(getattr(difflib, name))
            for name in ("get_close_matches", "ndiff", "unified_diff")
        },
        "SequenceMatcher": own.SequenceMatcher,
    },
    "enum": {
        **_some(
            enum,
            "Enum IntEnum StrEnum Flag IntFlag ReprEnum EnumMeta EnumType FlagBoundary STRICT CONFORM "
            "EJECT KEEP auto member nonmember property verify EnumCheck CONTINUOUS NAMED_FLAGS UNIQUE",
        ),
        "unique": enum.unique,
    },
    "fractions": {"Fraction": fractions.Fraction},
    "functools": {
        **_some(functools, "reduce partial partialmethod lru_cache cache cached_property cmp_to_key"),
        "wraps": _wraps,
        "update_wrapper": lambda wrapper, wrapped, *_, **__: _wraps(wrapped)(wrapper),
        "total_ordering": _of_own(functools.total_ordering),
        "singledispatch": own.single_dispatch,
    },
    "gettext": GETTEXT,
    "hashlib": _some(hashlib, "md5 sha1 sha256 sha512 blake2b"),
    "heapq": _public(heapq, "__about__"),
    "html": _some(html, "escape unescape"),
    "html.entities": _public(html.entities),
    "html.parser": {"HTMLParser": html.parser.HTMLParser},
    "codecs": {
        **_some(codecs, "BOM_UTF8 BOM_UTF16_LE BOM_UTF16_BE BOM_UTF32_LE BOM_UTF32_BE"),
        # Of a codec its name alone: some unpack what they are given without bound.
        "lookup": lambda name: types.SimpleNamespace(name=codecs.lookup(name).name),
        "getincrementaldecoder": codings.incremental_decoder,
        "getincrementalencoder": codings.incremental_encoder,
        "encode": codings.encode,
        "decode": codings.decode,
        "open": files.open_by_codec,
    },
    "encodings": {"aliases": shelf("encodings.aliases", {"aliases": Table(encodings.aliases.aliases)})},
    "io": {
        **_some(io, "StringIO BytesIO IOBase RawIOBase BufferedIOBase TextIOBase SEEK_SET SEEK_CUR SEEK_END"),
        "open": files.open_,
        "TextIOWrapper": codings.TextIOWrapper,
    },
    "ipaddress": _some(
        ipaddress,
        "ip_address ip_network ip_interface IPv4Address IPv6Address IPv4Network IPv6Network "
        "AddressValueError",
    ),
    "itertools": _public(itertools),
    "json": {**_some(json, "dumps loads load JSONDecodeError"), "JSONEncoder": own.JSONEncoder},
    "locale": {"getlocale": lambda *_: ("en_US", "UTF-8"), "getdefaultlocale": lambda *_: ("en_US", "UTF-8")},
    "keyword": _some(keyword, "iskeyword kwlist"),
    "math": {
        **_public(math),
        "prod": own.product,
        "factorial": own.factorial,
        "comb": own.combinations,
        "perm": own.arrangements,
        "gcd": own.common(math.gcd),
        "lcm": own.common(math.lcm),
        "pow": math.pow,
    },
    "numbers": _public(numbers),
    "os": OS,
    "os.path": PATHS,
    "pathlib": {**_some(pathlib, "PurePath PurePosixPath PureWindowsPath"), "Path": files.Path},
    "posixpath": PATHS,
    "operator": {**_public(operator), **own.OPERATORS},
    "re": {**PATTERNS, "Scanner": Scanner},
    "socket": SOCKET,
    "statistics": _some(
        statistics,
        "mean median mode stdev pstdev variance pvariance fmean median_low median_high median_grouped "
        "harmonic_mean geometric_mean multimode quantiles covariance correlation linear_regression "
        "StatisticsError",
    ),
    "string": _public(string, "Formatter", "Template"),
    "struct": _some(struct, "pack unpack calcsize error"),
    "sys": SYS,
    "textwrap": {
        "dedent": textwrap.dedent,
        **{name: own.wrapped(getattr(textwrap, name)) for name in ("indent", "fill", "wrap", "shorten")},
    },
    "threading": THREADING,
    "tomllib": TOML,
    "types": _some(
        types,
        "SimpleNamespace MappingProxyType FunctionType MethodType GeneratorType NoneType LambdaType "
        "BuiltinFunctionType ModuleType DynamicClassAttribute",
    ),
    "typing": {
        **_some(
            typing,
            "Any Callable ClassVar Final Generic Literal Optional Protocol Tuple Type TypeVar Union "
            "AbstractSet ByteString Container ContextManager Hashable ItemsView Iterable Iterator "
            "KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Sequence Sized "
            "ValuesView Awaitable AsyncIterator AsyncIterable Coroutine Collection AsyncGenerator "
            "Reversible SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt "
            "SupportsRound ChainMap Counter Deque Dict DefaultDict List OrderedDict Set FrozenSet "
            "NamedTuple TypedDict Generator BinaryIO IO Match Pattern TextIO AnyStr Annotated NewType "
            "ParamSpec ParamSpecArgs ParamSpecKwargs Concatenate LiteralString Never NoReturn NotRequired "
            "Required Self Text TypeAlias TypeGuard TypeIs TypeVarTuple Unpack cast get_args get_origin "
            "is_typeddict assert_never assert_type",
        ),
        "TYPE_CHECKING": False,
        "overload": lambda function: function,
        **{
            name: _of_own(getattr(typing, name))
            for name in ("final", "no_type_check", "runtime_checkable", "override")
            if hasattr(typing, name)
        },
    },
    "unicodedata": _public(unicodedata),
    "urllib.parse": _tables(
        urllib.parse, "uses_relative uses_netloc uses_params uses_query uses_fragment non_hierarchical"
    )
    | _some(
        urllib.parse,
        "quote quote_plus unquote unquote_plus urlencode urlparse urlsplit urlunparse urlunsplit urljoin "
        "parse_qs parse_qsl ParseResult SplitResult urldefrag unquote_to_bytes quote_from_bytes scheme_chars",
    ),
    "uuid": _some(uuid, "UUID"),
    "zlib": _some(zlib, "crc32 adler32"),
}
STANDARD["html"]["entities"] = shelf("html.entities", STANDARD["html.entities"])
STANDARD["html"]["parser"] = shelf("html.parser", STANDARD["html.parser"])
STANDARD["collections"]["abc"] = shelf("collections.abc", STANDARD["collections.abc"])
EXISTING.update({name: frozenset(dir(import_module(name))) for name in STANDARD})
