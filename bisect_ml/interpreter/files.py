"""Files of the source tree as code opens them: read only, and no others; what lies elsewhere is unknown."""

import io
import pathlib
import posixpath
from collections.abc import Callable
from typing import Any

from bisect_ml.interpreter.limits import charge
from bisect_ml.interpreter.machine import Frame, Module
from bisect_ml.interpreter.unknown import Unknown

_WRITING = frozenset("wax+")
_UNICODE = frozenset({"utf-8", "utf8", "utf_8", "utf-8-sig", "ascii", "us-ascii"})
_MARK = "\ufeff"
_CODE = ".py"


class Path(pathlib.PurePosixPath):
    """`pathlib.Path`, whose files are those of the tree."""

    def absolute(self) -> "Path":
        """Return the path from the root of the tree."""
        return Path(absolute(self))

    def resolve(self, *_: Any, **__: Any) -> "Path":
        """Return the path from the root of the tree."""
        return Path(absolute(self))

    def open(self, *_: Any, **__: Any) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("a file")

    def read_text(self, *_: Any, **__: Any) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("a file").read()

    def read_bytes(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("a file").read()

    def exists(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("whether a file exists")

    def is_file(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("whether a file exists")

    def is_dir(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("whether a folder exists")

    def iterdir(self) -> Any:
        """Stand for what is given the frame that it is called in."""
        return Unknown("a folder")


def absolute(path: Any) -> str:
    """Return a path from the root of the tree, which is where the code is run."""
    return posixpath.normpath(f"/{path}")


def opened(frame: Frame, path: Any, mode: Any = "r", *given: Any, **named: Any) -> Any:
    """Return a file of the tree; one that is not there, or that would be written, is unknown."""
    text = _text(frame, path)
    if text is None or not isinstance(mode, str) or _WRITING & set(mode):
        return Unknown("a file")
    if "b" in mode:
        return io.BytesIO(_encoded(text))
    encoding = named.get("encoding", given[1] if len(given) > 1 else None)
    return io.StringIO(_decoded(text, encoding))


def opened_by_codec(
    frame: Frame, path: Any, mode: Any = "r", encoding: Any = None, *_: Any, **__: Any
) -> Any:
    """Return what `codecs.open` does."""
    return opened(
        frame, path, mode if encoding is None or not isinstance(mode, str) else mode.replace("b", "")
    )


def _text(frame: Frame, path: Any) -> str | None:
    found = _inside(path)
    text = None if found is None else frame.machine.texts.get(found)
    if found is not None and text is not None:
        charge(frame.machine, len(text))
        frame.machine.opened.add(found)
    return text


def _inside(path: Any) -> str | None:
    """Return a path as the tree has it."""
    if isinstance(path, str | pathlib.PurePath):
        return absolute(path).strip("/")
    return None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(text: str, encoding: Any) -> str:
    if isinstance(encoding, str) and encoding.lower().replace("_", "-") not in _UNICODE:
        return _encoded(text).decode(
            "latin-1" if encoding.lower() in {"latin-1", "latin1"} else "utf-8", "replace"
        )
    return text.removeprefix(_MARK) if encoding == "utf-8-sig" else text


def read_text(frame: Frame, path: Any, encoding: Any = None, *_: Any) -> Any:
    """Return what is in a file of the tree."""
    return opened(frame, path, "r", encoding=encoding).read()


def read_bytes(frame: Frame, path: Any) -> Any:
    """Return what is in a file of the tree."""
    return opened(frame, path, "rb").read()


def is_file(frame: Frame, path: Any) -> bool:
    """Return whether the tree has a file."""
    return _inside(path) in frame.machine.texts


def is_folder(frame: Frame, path: Any) -> bool:
    """Return whether the tree has a folder."""
    folder = _inside(path)
    if folder is None:
        return False
    charge(frame.machine, len(frame.machine.texts))
    return not folder or any(each.startswith(f"{folder}/") for each in frame.machine.texts)


def exists(frame: Frame, path: Any) -> bool:
    """Return whether the tree has a file or a folder."""
    return is_file(frame, path) or is_folder(frame, path)


def listed(frame: Frame, path: Any = ".") -> list[str]:
    """Return the names in a folder of the tree.

    Raises:
        FileNotFoundError: There is none.
    """
    folder = _inside(path)
    start = f"{folder}/" if folder else ""
    charge(frame.machine, len(frame.machine.texts))
    names = {each[len(start) :].partition("/")[0] for each in frame.machine.texts if each.startswith(start)}
    if folder is None or not names:
        raise FileNotFoundError(f"No such file or directory: {path!r}")
    return sorted(names)


def beside(frame: Frame, package: Any, *names: Any) -> str | None:
    """Return the path of a file that lies in a package; None where nobody knows the package."""
    if isinstance(package, str):
        package = frame.machine.find(package, str(frame.module.get("__file__", "")), 0)
    at = package.names.get("__file__") if isinstance(package, Module) else None
    if not isinstance(at, str) or not all(isinstance(each, str) for each in names):
        return None
    return absolute(posixpath.join(posixpath.dirname(at), *names))


def _of_package(function: Callable[..., Any]) -> Callable[..., Any]:
    def ask(frame: Frame, package: Any, *names: Any, **named: Any) -> Any:
        path = beside(frame, package, *names)
        return Unknown("a file") if path is None else function(frame, path, **named)

    return ask


def _standing_for(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is known by itself alone, in whose place another is given the frame."""

    def stand_in(*_: Any, **__: Any) -> Any:
        return Unknown("a file")

    stand_in.__name__ = function.__name__
    return stand_in


open_, open_by_codec = _standing_for(opened), _standing_for(opened_by_codec)
has, has_file, has_folder = _standing_for(exists), _standing_for(is_file), _standing_for(is_folder)
names_in, folder_of, path_beside = _standing_for(listed), _standing_for(beside), _standing_for(absolute)
text_beside, bytes_beside = _standing_for(read_text), _standing_for(read_bytes)
file_beside, stream_beside = _standing_for(opened), _standing_for(opened)
WITH_FILES: dict[Any, Callable[..., Any]] = {
    open_: opened,
    open_by_codec: opened_by_codec,
    has: exists,
    has_file: is_file,
    has_folder: is_folder,
    names_in: listed,
    folder_of: lambda frame, package: Path(beside(frame, package) or "/nowhere"),
    text_beside: _of_package(read_text),
    bytes_beside: _of_package(read_bytes),
    path_beside: _of_package(lambda _, path: path),
    file_beside: _of_package(opened),
    stream_beside: _of_package(lambda frame, path: opened(frame, path, "rb")),
    Path.open: opened,
    Path.read_text: read_text,
    Path.read_bytes: read_bytes,
    Path.exists: exists,
    Path.is_file: is_file,
    Path.is_dir: is_folder,
    Path.iterdir: lambda frame, path: [path / each for each in listed(frame, path)],
}
"""What is called in place of a function that needs to know the tree."""
