"""Texts that stand for what production asks: those of tests, and where these are few, others."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.paths import file_kind

WORDS = ("", "a", "Hello", "two words", "It costs $12.50.", "One sentence. And another one!", "42", "x_y-z")
_LARGEST_FILE, _LONGEST_TEXT = 300_000, 3_000
_MOST_FILES, _AT_ONCE = 8, 6
_NEAREST, _SHORT = 2, 120
_PROSE = frozenset({".md", ".rst", ".txt"})
_NO_PROSE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`|<[^>\n]*>|https?://\S+|!?\[|\]\([^)\n]*\)", re.DOTALL)
_SENTENCE = re.compile(r"(?<![^\s])[A-Z][^.!?\n]{20,200}[.!?](?=\s)")
_NO_PART = re.compile(r"[\W_]|tests?|specs?")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Quoted(NamedTuple):
    """How texts are found in files of a language: by the endings of these, and by a path and a text."""

    suffixes: tuple[str, ...]
    texts_in: Callable[[str, str], Sequence[str]]

    def of(self, sources: Mapping[str, str], paths: Iterable[str]) -> list[str]:
        """Return the texts that stand in some files, each once, but for the longest."""
        return _known(text for path in paths for text in self.texts_in(path, sources[path]))


def test_files(sources: Mapping[str, str], callees: Sequence[Callee]) -> list[str]:
    """Return the test files, those first that are called like the files that have some entry points.

    Then come those that hold the names most often, in small letters or capitals.
    """
    dotted = [each.node[1].lower().split(".") for each in callees]
    often = _often(sources, {part for each in dotted for part in each if not part.startswith("__")})
    files = {_plain_stem(each.node[0]) for each in callees}
    return sorted(often, key=lambda path: (_plain_stem(path) not in files, -often[path], path))


def _plain_stem(path: str) -> str:
    """Return what a file is called, without what says that it is a test."""
    return _NO_PART.sub("", PurePosixPath(path).stem.lower())


def _often(sources: Mapping[str, str], names: Collection[str]) -> dict[str, int]:
    """Return how often each test file holds some names, but for the largest files."""
    return {
        path: sum(map(text.lower().count, names))
        for path, text in sources.items()
        if file_kind(path) == "tests" and len(text) <= _LARGEST_FILE
    }


def texts_about(
    sources: Mapping[str, str], names: Collection[str], most: int, quoted: Quoted
) -> tuple[str, ...]:
    """Return short texts of the few test files that are called like some names, or hold them most often.

    Args:
        sources: The files of the tree by their paths.
        names: Of files and functions, in small letters.
        most: How many are wanted, evenly taken.
        quoted: What finds them.
    """
    held = {
        path: (any(each in PurePosixPath(path).stem.lower() for each in names), often)
        for path, often in _often(sources, names).items()
        if often and path.endswith(quoted.suffixes)
    }
    nearest = sorted(held, key=lambda path: (held[path], path), reverse=True)[:_NEAREST]
    short = [each for each in quoted.of(sources, nearest) if len(each) <= _SHORT]
    return tuple(short[:: -(-len(short) // most) or 1])


def texts_for(sources: Mapping[str, str], callee: Callee, most: int, quoted: Quoted) -> tuple[str, ...]:
    """Return texts that tests hold, evenly taken from all; then those of documents and of its own file.

    Args:
        sources: The files of the tree by their paths.
        callee: The entry point that is asked.
        most: About how many are wanted.
        quoted: What finds them.
    """
    tests = [path for path in test_files(sources, [callee]) if path.endswith(quoted.suffixes)]
    listed = quoted.of(sources, tests[:_MOST_FILES])
    if len(listed) < most:
        listed = _known([*listed, *_sentences(sources)])
    if len(listed) < most and callee.node[0] in sources:
        own = quoted.texts_in(callee.node[0], sources[callee.node[0]])
        listed = _known([*listed, *_side_by_side(own, most)])
    return tuple(listed[:: max(1, len(listed) // most)]) or WORDS


def own_texts(sources: Mapping[str, str], callee: Callee, most: int, quoted: Quoted) -> tuple[str, ...]:
    """Return short texts of an entry point's own file, evenly taken: what it compares with may be asked.

    Args:
        sources: The files of the tree by their paths.
        callee: The entry point.
        most: How many are wanted.
        quoted: What finds them.
    """
    own = quoted.of(sources, [callee.node[0]] if callee.node[0] in sources else [])
    short = [each for each in own if each.strip() and len(each) <= _SHORT]
    return tuple(short[:: -(-len(short) // most) or 1])


def _known(texts: Iterable[str]) -> list[str]:
    return [each for each in dict.fromkeys(texts) if len(each) <= _LONGEST_TEXT]


def _sentences(sources: Mapping[str, str]) -> list[str]:
    """Return the sentences of the documents at the top of the tree."""
    documents = [path for path in sources if "/" not in path and PurePosixPath(path).suffix in _PROSE]
    bare = (_NO_PROSE.sub("", sources[path]) for path in sorted(documents))
    return [each for text in bare for each in _SENTENCE.findall(text)]


def _side_by_side(texts: Sequence[str], most: int) -> list[str]:
    """Return texts of more words as they are, and single ones, as of word lists, several in one text."""
    whole = [each for each in texts if " " in each.strip()]
    words = [each for each in texts if _WORD.fullmatch(each)]
    step = max(_AT_ONCE, len(words) // most)
    rows = (words[at : at + _AT_ONCE] for at in range(0, len(words), step))
    return [*whole, *(" ".join(each) for each in islice(rows, most))]
