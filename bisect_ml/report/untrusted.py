"""Text from logs, deploy files and git, made harmless for each kind of output.

HTML is escaped by the templates themselves (autoescape); `visible` comes first there too, so that
a reader sees a control character instead of its effect.
"""

import re
import unicodedata

# Overrides and isolates reorder what follows them; the others hide in a line or break it.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#!|~@&$])")
# Always markup, markup at the border of a word, and emoticons.
_JIRA = re.compile(
    r"[\\{}\[\]|*^~!&<]|(?<!\w)[-_+]|[-_+](?!\w)|\?(?=\?)|(?<=\?)\?"
    r"|\((?=(?:[xyni!?+/-]|on|off|\*[rgby]?)\))|[:;](?=[()PD])"
)
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d+[.)](?=\s|$))", re.MULTILINE)
# `::error file=x::text` of GitHub, `##[error]` and `##vso[…]` of Azure. Runners look for them behind
# blanks and in the middle of lines, and a wrapped line may begin anywhere.
_COMMAND = re.compile(r":(?=:[\w-]+(?:[ \t][^\n]*)?::)|#(?=#(?:vso)?\[)")
_REFERENCE = re.compile(r"(?i)\b((?:https?|ftp|file|javascript|data|vbscript)):|(\bwww)\.")
_ZERO_WIDTH_SPACE = "\u200b"


def visible(text: str, *, lines: bool = False, limit: int = 400) -> str:
    """Replace characters that hide, reorder or control by a readable code such as `⟨U+202E⟩`.

    Args:
        text: Any text.
        lines: Keep line breaks and tabs (diffs); otherwise they become spaces.
        limit: Longest text returned; the rest is cut with an ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    text = text[: limit + 1].replace("\r\n", "\n")
    if not lines:
        text = re.sub(r"[\n\t\r\v\f]+", " ", text)

    def code(match: re.Match[str]) -> str:
        char = match.group()
        if char in "\n\t" and lines:
            return char
        return f"⟨U+{ord(char):04X}⟩"

    text = _limit_marks(_HIDDEN.sub(code, text))
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def _limit_marks(text: str) -> str:
    """Drop all but three stacked combining marks, which otherwise climb over the lines around them."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= 3:
            kept.append(char)
    return "".join(kept)


def markdown(text: str, *, limit: int = 400) -> str:
    """Escape text for one line or one table cell of GitHub-flavoured Markdown.

    No character is left that could form a table, a mention, a link, an issue reference, HTML, or a
    workflow command at the start of a line.
    """
    text = _MARKDOWN.sub(r"\\\1", _disarm(visible(text, limit=limit)))
    text = text.replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
    # Backslashes do not stop a mention or a bare link, an invisible space does.
    text = text.replace("\\@", f"@{_ZERO_WIDTH_SPACE}").replace("\\#", f"#{_ZERO_WIDTH_SPACE}")
    text = _REFERENCE.sub(
        lambda found: f"{found[1]}:{_ZERO_WIDTH_SPACE}" if found[1] else f"{found[2]}{_ZERO_WIDTH_SPACE}.",
        text,
    )
    return _LINE_START.sub(rf"\1{_ZERO_WIDTH_SPACE}\2", text)


def quoted_parts(text: str) -> list[tuple[str, bool]]:
    """Split a sentence at its backticks into (text, is code); a backtick without a partner stays text."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["`".join(pieces[-2:])]
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]


def markdown_sentence(text: str, *, limit: int = 400) -> str:
    """Escape a sentence for Markdown, with what stands in backticks as code."""
    parts = quoted_parts(visible(text, limit=limit))
    return "".join(markdown_code(part) if is_code else markdown(part) for part, is_code in parts)


def markdown_code(text: str, *, cell: bool = False, limit: int = 400) -> str:
    """Put text into a Markdown code span that it cannot leave, in a table `cell` or elsewhere."""
    text = _disarm(visible(text, limit=limit))
    if cell:
        text = text.replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def markdown_block(text: str, language: str = "", *, limit: int = 4000) -> str:
    """Put lines into a fenced Markdown block that they cannot leave."""
    text = _disarm(visible(text, lines=True, limit=limit))
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def jira(text: str, *, limit: int = 400) -> str:
    """Escape text for one line or one table cell of Jira's wiki markup.

    What could be markup, a macro, a mention or a link becomes a character reference, which Jira shows
    as the character and reads as nothing else.
    """
    text = _REFERENCE.sub(
        lambda found: f"{found[1]}:{_ZERO_WIDTH_SPACE}" if found[1] else f"{found[2]}{_ZERO_WIDTH_SPACE}.",
        _disarm(visible(text, limit=limit)),
    )
    text = _JIRA.sub(lambda found: f"&#{ord(found[0])};", text)
    # `h1.`, `bq.` and `#` are markup at the start of a line only.
    text = re.sub(r"^(\s*(?:h[1-6]|bq))\.", r"\1&#46;", text)
    return re.sub(r"^(\s*)#", r"\1&#35;", text)


def jira_block(text: str, language: str = "", *, limit: int = 4000) -> str:
    """Put lines into a Jira code block that they cannot leave."""
    text = _disarm(visible(text, lines=True, limit=limit))
    # Nothing is unescaped in a block: only what would end it must go.
    text = re.sub(r"\{(?=(?:code|noformat))", f"{{{_ZERO_WIDTH_SPACE}", text, flags=re.IGNORECASE)
    head = f"{{code:{language}}}" if language else "{code}"
    return f"{head}\n{text.rstrip()}\n{{code}}"


def terminal(text: str, *, lines: bool = False, limit: int = 400) -> str:
    """Make text safe to print: no escape sequences, and nothing that a CI runner takes for a command."""
    return _disarm(visible(text, lines=lines, limit=limit))


def _disarm(text: str) -> str:
    return _COMMAND.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", text)
