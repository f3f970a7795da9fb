"""Node's `path` and `url`, for paths within the tree: its root is `/`."""

import posixpath
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.conversions import text
from bisect_ml.javascript.library.defining import Definer
from bisect_ml.javascript.objects import UNDEFINED, JSObject, Slot
from bisect_ml.javascript.realm import NOW
from bisect_ml.javascript.strangers import called
from bisect_ml.javascript.values import at, made_object, native

FILE_URL = "file://"


def within(value: Any) -> str:
    """Return the path in the tree that a path or a `file:` URL names."""
    found = text(value).removeprefix(FILE_URL)
    return posixpath.normpath(f"/{found}").lstrip("/")


def _joined(_: Any, args: list[Any]) -> str:
    joined = "/".join(filter(None, map(text, args)))
    kept = "/" if joined.endswith("/") and joined != "/" else ""
    return posixpath.normpath(joined) + kept if joined else "."


def _resolved(_: Any, args: list[Any]) -> str:
    return posixpath.normpath(posixpath.join("/", *map(text, args)))


def _relative(_: Any, args: list[Any]) -> str:
    start, end = (posixpath.join("/", text(at(args, place))) for place in (0, 1))
    found = posixpath.relpath(end, start)
    return "" if found == "." else found


def _base(_: Any, args: list[Any]) -> str:
    found = posixpath.basename(text(at(args, 0)).rstrip("/"))
    ending = at(args, 1)
    return found.removesuffix(ending) if isinstance(ending, str) and found != ending else found


def _folder(_: Any, args: list[Any]) -> str:
    path = text(at(args, 0))
    return posixpath.dirname(path.rstrip("/")) or ("/" if path.startswith("/") else ".")


def _ending(_: Any, args: list[Any]) -> str:
    return posixpath.splitext(text(at(args, 0)).rstrip("/"))[1]


def _parsed(_: Any, args: list[Any]) -> JSObject:
    path = text(at(args, 0))
    base = posixpath.basename(path)
    name, ending = posixpath.splitext(base)
    folder = posixpath.dirname(path)
    root = "/" if path.startswith("/") else ""
    return made_object({"root": root, "dir": folder, "base": base, "ext": ending, "name": name})


def paths() -> JSObject:
    """Return the module `path`."""
    made = made_object({"sep": "/", "delimiter": ":"})
    made.proto = Unknown("path")
    table = {
        "join": _joined,
        "resolve": _resolved,
        "relative": _relative,
        "basename": _base,
        "dirname": _folder,
        "extname": _ending,
        "normalize": lambda _, args: posixpath.normpath(text(at(args, 0))),
        "isAbsolute": lambda _, args: text(at(args, 0)).startswith("/"),
        "parse": _parsed,
    }
    for name, invoke in table.items():
        made.props[name] = native(name, 1, invoke)
    made.props["posix"] = made.props["default"] = made
    return made


def urls() -> JSObject:
    """Return the module `url`, as far as it is about files."""
    made = made_object()
    made.proto = Unknown("url")
    table = {
        "fileURLToPath": lambda _, args: f"/{within(at(args, 0))}",
        "pathToFileURL": lambda _, args: file_url(f"/{within(at(args, 0))}"),
    }
    for name, invoke in table.items():
        made.props[name] = native(name, 1, invoke)
    held = NOW.globals.own("URL")
    made.props["URL"] = held.value if type(held) is Slot else held
    return made


def file_url(path: str) -> JSObject:
    """Return the URL of a file."""
    href = FILE_URL + path
    made = made_object({"href": href, "pathname": path, "protocol": "file:", "search": "", "hash": ""})
    made.props["toString"] = native("toString", 0, lambda *_: href)
    return made


def _located(args: list[Any]) -> Any:
    """Return what `new URL` makes: of files what they are, of other places what nobody knows."""
    given, base = at(args, 0), at(args, 1)
    start = "" if base is UNDEFINED else text(base)
    whole = text(given)
    if whole.startswith(FILE_URL):
        return file_url(f"/{within(whole)}")
    if start.startswith(FILE_URL) and ":" not in whole:
        path = posixpath.join(posixpath.dirname(start.removeprefix(FILE_URL)), whole)
        return file_url(posixpath.normpath(path) + "/" * whole.endswith("/"))
    return called(Unknown("URL"), args)


def install(define: Definer) -> None:
    """Add `URL` to a run."""
    made = define.constructor("URL", JSObject(NOW.object_proto), 1, None, lambda args, _: _located(args))
    made.proto = Unknown("URL")
