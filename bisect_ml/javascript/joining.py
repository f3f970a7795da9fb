"""Scripts that a build joins to one file: they see one another's names, and only one of them exports.

Which those are is read in what builds: `concat: {src: ["src/a.js", "src/*.js"], dest: "dist/all.js"}`, or
`gulp.src([…]).pipe(concat("all.js"))`.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.statement_nodes import Declaration
from bisect_ml.javascript.syntax import (
    ArrayLiteral,
    Call,
    Literal,
    Member,
    Name,
    Node,
    ObjectLiteral,
    Property,
)
from bisect_ml.javascript.tokens import NotJavaScript

_BUILDING = re.compile(r"(?:.*/)?(?:grunt(?:file)?|gulpfile|build|make|tasks?)\.[cm]?[jt]s", re.IGNORECASE)
_REFERENCE = re.compile(r"<%=\s*([\w$.]+)\s*%>")
_EXPORTS = re.compile(
    r"\bmodule\.exports\b|^[ \t]*(?:export|import)\b|\bexports\.\w+\s*=|\bdefine\(", re.MULTILINE
)
_LARGEST, _MOST_FILES, _DEEPEST = 100_000, 400, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Files that are joined in this order, and what they are joined to."""

    made: str
    paths: tuple[str, ...]


def joined_in(sources: Mapping[str, str]) -> list[Joined]:
    """Return what builds of a tree join of scripts that make no modules by themselves."""
    builds = [
        path for path in sorted(sources) if _BUILDING.fullmatch(path) and len(sources[path]) <= _LARGEST
    ]
    found = (
        Joined(made=posixpath.normpath(posixpath.join(posixpath.dirname(build), made)), paths=paths)
        for build in builds
        for made, patterns in _lists(build, sources[build], _name_of(build, sources))
        if len(paths := _matching(posixpath.dirname(build), patterns, sources)) > 1
    )
    # Modules need no joining, and what several of them export could not be told apart.
    return [each for each in found if sum(bool(_EXPORTS.search(sources[path])) for path in each.paths) <= 1]


def _name_of(build: str, sources: Mapping[str, str]) -> str:
    """Return what the package beside a build is called."""
    text = sources.get(posixpath.join(posixpath.dirname(build), "package.json"), "")
    named = re.search(r'"name"\s*:\s*"(?:@[\w.-]+/)?([\w.-]+)"', text)
    return named[1] if named else ""


@lru_cache(maxsize=64)
def _lists(path: str, text: str, package: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the files that a build makes, each with the names or patterns of those that it is made of."""
    with suppress(NotJavaScript, RecursionError):
        return tuple(_Build(parsed(path, text), package).lists())
    return ()


class _Build:
    """What a file that builds says.

    Args:
        body: Its statements.
        package: What the package is called.
    """

    def __init__(self, body: tuple[Node, ...], package: str) -> None:
        self._body = body
        self._known: dict[str, Node] = {}
        self._said = {"pkg.name": package, "package.name": package}
        for each in _nodes(body):
            if isinstance(each, Declaration):
                self._known.update(
                    (target.name, value) for target, value in each.pairs if isinstance(target, Name) and value
                )
            elif isinstance(each, ObjectLiteral):
                self._keep(each, "")

    def _keep(self, node: Node | None, route: str, depth: int = 0) -> None:
        """Note what stands in an object under the way there, as `<%= concat.dist.src %>` says it."""
        if isinstance(node, ObjectLiteral) and depth < _DEEPEST:
            for key, value in _members(node):
                self._keep(value, f"{route}.{key}" if route else key, depth + 1)
        elif node is not None and "." in route:
            self._known.setdefault(route, node)

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for each in _nodes(self._body):
            if isinstance(each, ObjectLiteral):
                held = dict(_members(each))
                made = self._text(held.get("dest") or held.get("out") or held.get("output"))
                yield from self._made_of(made, held.get("src") or held.get("files"))
                for key, value in held.items():
                    yield from self._made_of(key, value)
            elif isinstance(each, Call):
                yield from self._piped(each)

    def _made_of(self, made: str, node: Node | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        names = tuple(self._texts(node)) if made.endswith(".js") else ()
        if names:
            yield made, names

    def _piped(self, call: Call) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Read `….src([…])….pipe(concat("all.js"))`."""
        joins = [
            self._text(each.args[0])
            for each in call.args
            if isinstance(each, Call) and each.args and _last_name(each.function).startswith("concat")
        ]
        owner = call.function.owner if isinstance(call.function, Member) else None
        while joins and isinstance(owner, Call) and isinstance(owner.function, Member):
            if owner.function.key == "src" and owner.args:
                yield from self._made_of(joins[0], owner.args[0])
            owner = owner.function.owner

    def _text(self, node: Node | None) -> str:
        value = node.value if isinstance(node, Literal) else None
        return (
            _REFERENCE.sub(lambda found: self._said.get(found[1], ""), value)
            if isinstance(value, str)
            else ""
        )

    def _texts(self, node: Node | None, depth: int = 0) -> Iterator[str]:
        """Go through the texts of a list, where it is written out or called by its name."""
        if depth > _DEEPEST:
            return
        if isinstance(node, ArrayLiteral):
            for each in node.items:
                yield from self._texts(each, depth + 1)
        elif isinstance(node, Name):
            yield from self._texts(self._known.get(node.name), depth + 1)
        elif isinstance(node, Literal) and isinstance(node.value, str):
            whole = _REFERENCE.fullmatch(node.value.strip())
            if whole and whole[1] not in self._said:
                yield from self._texts(self._known.get(whole[1]), depth + 1)
            else:
                yield self._text(node)


def _last_name(node: Node) -> str:
    if isinstance(node, Member):
        return node.key if isinstance(node.key, str) else ""
    return node.name if isinstance(node, Name) else ""


def _members(node: ObjectLiteral) -> Iterator[tuple[str, Node]]:
    for each in node.members:
        if isinstance(each, Property) and isinstance(each.key, str) and each.value is not None:
            yield each.key, each.value


def _nodes(node: Any) -> Iterator[Node]:
    """Go through a tree, what is outside before what is inside."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Node):
            yield each
            waiting += [getattr(each, field.name) for field in reversed(fields(each))]
        elif isinstance(each, list | tuple):
            waiting += reversed(each)


def _matching(folder: str, patterns: tuple[str, ...], sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return the scripts that names and patterns stand for, in their order, each once."""
    found: dict[str, None] = {}
    for pattern in patterns[:_MOST_FILES]:
        without = pattern.startswith("!")
        path = posixpath.normpath(posixpath.join(folder, pattern.lstrip("!")))
        if "*" in path:
            wanted = path.split("/")
            matched = [
                each for each in sorted(sources) if each.endswith(".js") and _fits(each.split("/"), wanted)
            ]
        else:
            matched = [path] if path in sources and path.endswith(".js") else []
        if without:
            found = {each: None for each in found if each not in matched}
        else:
            found |= dict.fromkeys(matched)
    return tuple(found)[:_MOST_FILES]


def _fits(parts: list[str], wanted: list[str]) -> bool:
    """Return whether a path, folder by folder, fits a pattern in which one `**` stands for any folders."""
    if "**" in wanted:
        at = wanted.index("**")
        before, after = wanted[:at], [each for each in wanted[at + 1 :] if each != "**"]
        return (
            len(parts) >= len(before) + len(after)
            and _fits(parts[:at], before)
            and _fits(parts[len(parts) - len(after) :], after)
        )
    return len(parts) == len(wanted) and all(map(_fits_name, parts, wanted))


def _fits_name(name: str, wanted: str) -> bool:
    """Return whether a name has the pieces between the stars of a pattern, one after the other."""
    first, *others = wanted.split("*")
    if not others:
        return name == wanted
    *inner, last = others
    if not name.startswith(first) or not name.endswith(last) or len(name) < len(first) + len(last):
        return False
    place, end = len(first), len(name) - len(last)
    for each in inner:
        place = name.find(each, place, end)
        if place < 0:
            return False
        place += len(each)
    return True
