"""Which file of a tree a module asks for."""

import json
import posixpath
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

_ENDS = (
    "",
    ".js",
    ".ts",
    ".mjs",
    ".cjs",
    ".mts",
    ".jsx",
    ".json",
    "/index.js",
    "/index.ts",
    "/index.mjs",
    "/index.cjs",
)
_COMPILED = {".js": (".ts", ".jsx"), ".mjs": (".mts",), ".cjs": (".cts",)}
_BUILT = frozenset(
    {"dist", "build", "lib", "out", "umd", "esm", "cjs", "es", "min", "lib-cov", "libesm", "libcjs"}
)
_SURELY_BUILT = frozenset({"dist", "build", "out", "umd"})
_SOURCES = ("src", "lib", "source", "")


_NOTHING: Mapping[str, str] = MappingProxyType({})


def resolved(
    source: str, asker: str, sources: Mapping[str, str], made: Mapping[str, str] = _NOTHING
) -> str | None:
    """Return the path of a module; None where it stands outside the tree.

    What a build would have made is looked for where it is made from; `made` says where that is known.
    """
    if source.startswith(("./", "../")) or source in {".", ".."}:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(asker), source))
        if path in made or f"{path}.js" in made:
            return made.get(path) or made[f"{path}.js"]
        # What others may have built before the commit is not what the commit changes.
        is_built = path.partition("/")[0] in _SURELY_BUILT and not asker.startswith(path.partition("/")[0])
        found = _built_from(path, sources, asker) if is_built else None
        return found or _at(path, sources, made) or _built_from(path, sources, asker)
    # Compilers and runners of tests may be told that names begin at the root, or at `@`.
    rooted = source.replace("@/", "src/", 1) if source.startswith("@/") else source
    return _own_package(source, asker, sources, made) or (
        _at(rooted, sources, made) if "/" in rooted else None
    )


def main_of(path: str, sources: Mapping[str, str], made: Mapping[str, str] = _NOTHING) -> str | None:
    """Return the file that the package of a file shares with others; None where none is known."""
    folder = posixpath.dirname(path)
    while folder and posixpath.join(folder, "package.json") not in sources:
        folder = posixpath.dirname(folder)
    found = _at(folder or ".", sources, made)
    return None if found is None or found.endswith(".json") else found


def _at(path: str, sources: Mapping[str, str], made: Mapping[str, str]) -> str | None:
    path = "" if path == "." else path
    for end in _ENDS:
        found = (path + end).lstrip("/")
        if found in sources:
            return found
    stem, dot = posixpath.splitext(path)
    for end in _COMPILED.get(dot, ()):
        if stem + end in sources:
            return stem + end
    main = _main(path, sources, made)
    return main if main is not None and main in sources else None


def _main(folder: str, sources: Mapping[str, str], made: Mapping[str, str]) -> str | None:
    """Return the entry file that a folder's package names."""
    text = sources.get(posixpath.join(folder, "package.json"))
    if text is None:
        return None
    with suppress(ValueError):
        held = json.loads(text)
        for field in ("source", "main", "module", "browser"):
            main = held.get(field) if isinstance(held, dict) else None
            if isinstance(main, str):
                path = posixpath.normpath(posixpath.join(folder, main))
                found = made.get(path) or made.get(f"{path}.js")
                found = found or next((path + end for end in _ENDS if path + end in sources), None)
                found = found or _built_from(path, sources)
                if found:
                    return found
    return None


def _built_from(path: str, sources: Mapping[str, str], asker: str = "") -> str | None:
    """Return the source of a file that a build makes: one that is called like it, or else the first of all.

    What a source asks for is made of other things than of what asks for the source.
    """
    stem = posixpath.splitext(path)[0].removesuffix(".min")
    parts = stem.split("/")
    kept = [each for each in parts if each not in _BUILT]
    if len(kept) == len(parts):
        return None
    names = ["/".join(kept), kept[-1]] if kept else []
    for folder in _SOURCES:
        firsts = () if folder and asker.startswith(f"{folder}/") else ("index", "entry", "main")
        for stem in (posixpath.join(folder, each) for each in (*names, *firsts)):
            found = next((stem + end for end in _ENDS[1:6] if stem + end in sources), None)
            if found:
                return found
    return None


def _own_package(source: str, asker: str, sources: Mapping[str, str], made: Mapping[str, str]) -> str | None:
    """Return the file of a package of the tree that is asked for by its name."""
    folder = posixpath.dirname(asker)
    while True:
        text = sources.get(posixpath.join(folder, "package.json"))
        if text is not None:
            with suppress(ValueError, AttributeError):
                name = json.loads(text).get("name")
                if isinstance(name, str) and name and (source == name or source.startswith(f"{name}/")):
                    inside = source[len(name) + 1 :]
                    return _at(posixpath.join(folder, inside) if inside else folder or ".", sources, made)
        if not folder:
            return None
        folder = posixpath.dirname(folder)
