"""Examples that stand in prose: what `>>>` begins in docstrings and documents, and blocks of code."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from bisect_ml.evidence.paths import file_kind
from bisect_ml.evidence.resources import MODULES

_DOCUMENTS = frozenset({".md", ".rst", ".txt"})
_LARGEST, _MOST = 200_000, 6
_ENDING = ".examples.py"
_PROMPT = re.compile(r"[ \t]*>>> ?(.*)")
_FENCE = re.compile(
    r"^[ \t]*(```+|~~~+)[ \t]*(python3?|py|pycon|ipython)?\b.*?\n(.*?)^[ \t]*\1", re.MULTILINE | re.DOTALL
)
_BLOCK = re.compile(
    r"^\.\. (?:code-block|code|sourcecode):: *(?:python3?|py|pycon)\n(?: +:.*\n)*\n((?:[ \t]+.*\n|\n)+)",
    re.MULTILINE,
)


def told_examples(sources: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return the code that stands in prose as modules by made-up paths, those first that hold the names most.

    Args:
        sources: The files of a tree by their paths, sources and others.
        names: What the code must hold, one of them at least.
    """
    often = {
        path: sum(map(text.count, names))
        for path, text in sources.items()
        if _may_tell(path) and len(text) <= _LARGEST
    }
    found: dict[str, str] = {}
    for path in sorted((each for each in often if often[each]), key=lambda each: (-often[each], each)):
        code = _of_docstrings(path, sources[path]) if path.endswith(MODULES) else _of_document(sources[path])
        if any(name in code for name in names):
            found[f"{path}{_ENDING}"] = code
        if len(found) == _MOST:
            break
    return found


def _may_tell(path: str) -> bool:
    kind = file_kind(path)
    return kind not in {"tests", "tooling"} and PurePosixPath(path).suffix in {*_DOCUMENTS, *MODULES}


def _of_docstrings(path: str, text: str) -> str:
    """Return the examples of a module, after what it names itself."""
    if ">>>" not in text:
        return ""
    with suppress(SyntaxError, ValueError, RecursionError):
        documents = (
            ast.get_docstring(node)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        )
        examples = [each for document in documents if document for each in _prompted(document)]
        own = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return "\n".join((f"from {own} import *", *examples)) if examples else ""
    return ""


def _of_document(text: str) -> str:
    """Return the examples of a document and its blocks of code, in their order."""
    blocks = [(match.start(), match[3]) for match in _FENCE.finditer(text) if match[2]]
    blocks += [(match.start(), match[1]) for match in _BLOCK.finditer(text)]
    written = [(place, _dedented(block)) for place, block in blocks if ">>>" not in block]
    parts = [(place, each) for place, each in written if _is_code(each)]
    parts += [(place, each) for place, each in _prompted_at(text)]
    return "\n".join(each for _, each in sorted(parts))


def _prompted(text: str) -> Iterator[str]:
    return (each for _, each in _prompted_at(text))


def _prompted_at(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement after `>>>` with the lines after `...` that go on with it, and its place."""
    lines, place, at = text.split("\n"), 0, 0
    while at < len(lines):
        match = _PROMPT.match(lines[at])
        start = place
        place += len(lines[at]) + 1
        at += 1
        if not match:
            continue
        statement = [match[1]]
        while at < len(lines) and lines[at].lstrip().startswith("..."):
            statement.append(lines[at].lstrip()[4:])
            place += len(lines[at]) + 1
            at += 1
        code = "\n".join(statement)
        if _is_code(code):
            yield start, code


def _dedented(block: str) -> str:
    lines = block.split("\n")
    width = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
    return "\n".join(each[width:] for each in lines)


def _is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
