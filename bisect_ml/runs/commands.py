"""Commands with placeholders: `{input}`, `{output}`, `{seed}`, `{env}` and `{worktree}`.

A value is written so that the shell takes it as one word, wherever the placeholder stands: bare, or
inside quotes. `${input}` is the shell's own and stays, as does any other brace.
"""

import re
import shlex
from collections.abc import Mapping

_SCRIPT = re.compile(
    r"(?<![\w.-])python[\d.]*\s+(?:-[a-zA-Z]\s+)*?(?:-m\s+(?P<module>\w[\w.]*)|(?P<path>[\w./-]+)\.py\b)"
)
_PLACEHOLDER = re.compile(r"\{(input|output|seed|env|worktree)\}")


def placeholders(command: str) -> frozenset[str]:
    """Return the names of the placeholders in a command."""
    return frozenset(name for _, name, _ in _pieces(command) if name)


def filled(command: str, values: Mapping[str, str]) -> str:
    """Return a command for the shell, its placeholders filled in.

    Args:
        command: The command; each of its placeholders has a value.
        values: Texts by placeholder name.
    """
    return "".join(
        text + (_quoted(values[name], quote) if name else "") for text, name, quote in _pieces(command)
    )


def script_of(command: str) -> str | None:
    """Return the Python module that a command runs as a script, dotted, or None where it runs none."""
    found = _SCRIPT.search(command)
    if found is None:
        return None
    module: str = found["module"] or found["path"].removeprefix("./").replace("/", ".")
    return module


def _pieces(command: str) -> list[tuple[str, str, str]]:
    """Split a command into texts, each with the placeholder after it and the quote that is open there."""
    pieces, quote, start, at = [], "", 0, 0
    while at < len(command):
        letter = command[at]
        shell_s_own = letter == "$" and command[at + 1 : at + 2] == "{"
        if shell_s_own or (letter == "\\" and quote != "'"):
            at += 2
        elif (found := _PLACEHOLDER.match(command, at)) is not None:
            pieces.append((command[start:at], found.group(1), quote))
            start = at = found.end()
        else:
            if letter in "'\"" and quote in ("", letter):
                quote = "" if quote else letter
            at += 1
    return [*pieces, (command[start:], "", "")]


def _quoted(value: str, quote: str) -> str:
    if quote == "'":
        return value.replace("'", "'\"'\"'")
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", value)
    return shlex.quote(value)
