"""Commands as a page shows them."""

import shlex


def on_lines(command: str) -> str:
    """Give each option of a command a line of its own, as a shell reads it."""
    return " \\\n  ".join(option_lines(command))


def option_lines(command: str) -> tuple[str, ...]:
    """Cut a command before each of its options; one option stays where it is.

    A page writes the lines apart: what it shows of a text has no line breaks.

    A command that a shell would not read as `shlex.join` writes it is left whole, as is one with secrets
    masked in it.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return (command,)
    if shlex.join(words) != command:
        return (command,)
    lines: list[list[str]] = [[]]
    for word in words:
        if word.startswith("--"):
            lines.append([])
        lines[-1].append(word)
    return (command,) if len(lines) < 3 else tuple(shlex.join(line) for line in lines)
