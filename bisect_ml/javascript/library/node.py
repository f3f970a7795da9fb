"""The modules of Node that compute, or that show files of the tree."""

from collections.abc import Callable, Mapping
from typing import Any

from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.library.files import Files, Noted
from bisect_ml.javascript.library.paths import paths, urls
from bisect_ml.javascript.objects import UNDEFINED, JSFunction, JSObject, Slot
from bisect_ml.javascript.properties import get
from bisect_ml.javascript.values import at, made_object, native


def modules(sources: Mapping[str, str], noted: Noted) -> dict[str, Callable[[], Any]]:
    """Return what makes each module, by its name without `node:`.

    Args:
        sources: Texts of the files that `fs` shows.
        noted: Is told of each that is read.
    """
    files = Files(sources, noted)
    return {
        "path": paths,
        "path/posix": paths,
        "url": urls,
        "fs": files.module,
        "fs/promises": files.promised,
        "util": _utilities,
        "os": _system,
    }


def _system() -> JSObject:
    made = made_object({"EOL": "\n", "platform": native("platform", 0, lambda *_: "linux")})
    made.proto = Unknown("os")
    return made


def _utilities() -> JSObject:
    made = made_object()
    made.proto = Unknown("util")
    made.props["inherits"] = native("inherits", 2, _inherit)
    made.props["deprecate"] = native("deprecate", 2, lambda _, args: at(args, 0))
    return made


def _inherit(_: Any, args: list[Any]) -> Any:
    below, above = at(args, 0), at(args, 1)
    if isinstance(below, JSFunction) and isinstance(above, JSObject):
        below.props["super_"] = Slot(above)
        proto = get(below, "prototype")
        if isinstance(proto, JSObject):
            proto.proto = get(above, "prototype")
    return UNDEFINED
