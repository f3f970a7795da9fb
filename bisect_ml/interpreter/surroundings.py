"""What code sees of the machine that it runs on: always the same one, with the files of the tree."""

import ipaddress
import posixpath
import sys
from typing import Any

from bisect_ml.interpreter import files
from bisect_ml.interpreter.shelves import Table, shelf
from bisect_ml.interpreter.unknown import Unknown

SYS: dict[str, Any] = {
    "version_info": (3, 11, 0, "final", 0),
    "version": "3.11.0",
    "maxsize": 2**63 - 1,
    "maxunicode": 0x10FFFF,
    "float_info": sys.float_info,
    "implementation": shelf("sys.implementation", {"name": "cpython"}),
    "exc_info": lambda: (None, None, None),
    "getsizeof": lambda value, *_: Unknown(f"size of {type(value).__name__}"),
    "intern": str,
    "byteorder": "little",
    "platform": "linux",
    "getrecursionlimit": lambda: 1000,
    "getdefaultencoding": lambda: "utf-8",
    "getfilesystemencoding": lambda: "utf-8",
    "getfilesystemencodeerrors": lambda: "surrogateescape",
}
_IPV4, _IPV6 = 2, 10
_VERSIONS: dict[Any, Any] = {_IPV4: ipaddress.IPv4Address, _IPV6: ipaddress.IPv6Address}


def _packed(family: Any, text: Any) -> bytes:
    """Return what `socket.inet_pton` does, which reaches nothing."""
    try:
        return bytes(_VERSIONS[family](str(text).replace("%", " ")).packed)
    except (KeyError, ValueError) as error:
        raise OSError("illegal IP address string passed to inet_pton") from error


SOCKET: dict[str, Any] = {
    "AF_INET": _IPV4,
    "AF_INET6": _IPV6,
    "error": OSError,
    "timeout": TimeoutError,
    "has_ipv6": True,
    "inet_pton": _packed,
}
"""Of the module `socket` what turns addresses into texts and back."""
_OF_PATHS = "basename commonprefix dirname isabs join normpath split splitext sep extsep relpath"
PATHS: dict[str, Any] = {
    **{name: getattr(posixpath, name) for name in _OF_PATHS.split()},
    **dict.fromkeys(("abspath", "realpath"), files.absolute),
    "exists": files.has,
    "isfile": files.has_file,
    "isdir": files.has_folder,
    "expanduser": str,
}
OS: dict[str, Any] = {
    "name": "posix",
    "sep": "/",
    "linesep": "\n",
    "extsep": ".",
    "environ": Table({}),
    "getenv": lambda _, default=None: default,
    "path": shelf("os.path", PATHS),
    "listdir": files.names_in,
    "getcwd": lambda: "/",
    "fspath": str,
}
