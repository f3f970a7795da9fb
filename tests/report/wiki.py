"""Jira's wiki markup as Jira shows it, as far as our reports use it."""

import html
import re

_BLOCK = re.compile(r"\{code(?::\w+)?\}\n(.*?)\n\{code\}", re.DOTALL)
_LINK = re.compile(r"\[(\{\{[^|\]]*\}\}|[^|\]]*)\|https?://[^|\]\s]*\]")
_CODE = re.compile(r"\{\{([^{}]*)\}\}")
_STRONG = re.compile(r"(?<!\S)\*([^*]+)\*(?!\w)")
_EMPHASIS = re.compile(r"(?m)^_([^_]+)_$")
_HEADING = re.compile(r"^h\d\. ")
_LIVE = re.compile(
    r"[{}\[\]|*^~!\\]|\?\?|(?<!\w)([-+_])(?=\S)[^\n]*?(?<=\S)\1(?!\w)"
    "|(?:https?|javascript):(?!\u200b)|www\\."
)


def read(markup: str) -> tuple[str, list[str]]:
    """Return what a reader sees of a text, and the markup in it that is none of ours.

    What our own writers mark up is taken off first, so that whatever is left live was brought in by a text.
    """
    shown, live = [], []
    for place, part in enumerate(_BLOCK.split(markup)):
        if place % 2:
            # Nothing is markup in a block, and nothing is unescaped.
            shown.append(part)
            continue
        for line in part.splitlines():
            bare = _EMPHASIS.sub(r"\1", _CODE.sub(r"\1", _LINK.sub(r"\1", _HEADING.sub("", line))))
            bare = re.sub(r"\|+", " ", bare) if bare.startswith("|") else bare.removeprefix("* ")
            bare = _STRONG.sub(r"\1", bare)
            unmarked = re.sub(r"&#?\w+;", "", bare)
            live += [f"{found[0]!r} in {line!r}" for found in _LIVE.finditer(unmarked)]
            shown.append(html.unescape(bare))
    words = " ".join(" ".join(shown).replace("\u200b", "").split())
    return words, live
