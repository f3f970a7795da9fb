"""What the local names of JavaScript's imports stand for: `import score from "./price-score"`.

Whoever imports what a file exports as a whole calls it as they like.
"""

import posixpath
import re
from collections.abc import Container, Mapping
from functools import lru_cache

from bisect_ml.evidence.tokens import SCRIPTS

_FROM = r"[\"'](?P<{}>\.[^\"'\n]*)[\"']"
_IMPORTED = re.compile(
    r"import\s+(?:type\s+)?(?P<name>[\w$]+)\s*(?:,\s*(?:\{[^}\n]*\}|\*\s*as\s+[\w$]+)\s*)?from\s*"
    + _FROM.format("file")
    + r"|(?:const|let|var)\s+(?P<own>[\w$]+)\s*=\s*(?:[\w$]+\()?require\(\s*"
    + _FROM.format("required")
    + r"\s*\)"
)
_EXPORTED = re.compile(
    r"(?m)^[ \t]*(?:module\.exports\s*=|exports\.default\s*=|export\s+default\b)"
    r"\s*(?P<name>[A-Za-z_$][\w$]*)\s*;?\s*$"
)
_MADE = re.compile(
    r"(?m)^(?:module\.exports\s*=|exports\.default\s*=|export\s+default\b)"
    r"\s*(?:await\s+)?(?:new\s+)?[A-Za-z_$][\w$.]*\s*\("
)
_REQUIRED = re.compile(rf"\brequire\(\s*{_FROM.format('file')}\s*\)")
_DECLARED = re.compile(r"\s*(?:const|let|var|import)\b")


@lru_cache(maxsize=4096)
def aliases(imports: str) -> Mapping[str, str]:
    """Return the local names of whole files that the import lines of a file give, and where these lie."""
    return {
        found["name"] or found["own"]: found["file"] or found["required"]
        for found in _IMPORTED.finditer(imports)
    }


@lru_cache(maxsize=4096)
def exported(module: str) -> str:
    """Return the name of what the statements of a file export as a whole, empty where they do not say."""
    found = _EXPORTED.search(module)
    return found["name"] if found else ""


def exports_what_is_made(module: str) -> bool:
    """Return whether the statements of a file export what a call or `new` gives there: `new Kind(…)`."""
    return _MADE.search(module) is not None


@lru_cache(maxsize=4096)
def required_in_place(text: str) -> tuple[str, ...]:
    """Return where the files lie that are used without a name: `module.exports = joined(require('./a'))`."""
    lines = (line for line in text.splitlines() if not _DECLARED.match(line))
    return tuple(found["file"] for line in lines for found in _REQUIRED.finditer(line))


def file_of(path: str, place: str, known: Container[str]) -> str | None:
    """Return the path of what a file imports from a place, None where it is not known."""
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    stem, ending = posixpath.splitext(base)
    # TypeScript imports `./score.js` where it has `score.ts`.
    bases = (base, stem) if ending in SCRIPTS else (base,)
    tried = (
        each + suffix for each in bases for suffix in ("", *SCRIPTS, *(f"/index{end}" for end in SCRIPTS))
    )
    return next((each for each in tried if each in known), None)
