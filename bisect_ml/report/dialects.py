"""The two markup languages of tickets: GitHub-flavoured Markdown and the wiki markup of Jira."""

# ruff: noqa: D102 - `Dialect` describes what each method writes.

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bisect_ml.report import untrusted


class Dialect(Protocol):
    """How a text is marked up; every method takes plain text and makes it harmless, but where it says so."""

    @property
    def budget(self) -> int:
        """How many bytes a ticket takes."""

    def heading(self, level: int, text: str) -> str:
        """Write a heading."""

    def text(self, text: str, *, limit: int = 400) -> str:
        """Write text inside a line or a cell."""

    def sentence(self, text: str, *, limit: int = 400) -> str:
        """Write a sentence with what stands in backticks as code."""

    def strong(self, marked: str) -> str:
        """Stress text that is marked up already."""

    def emphasis(self, marked: str) -> str:
        """Set text apart that is marked up already."""

    def code(self, text: str, *, cell: bool = False) -> str:
        """Write code inside a line, or in a table `cell`."""

    def link(self, marked: str, url: str) -> str:
        """Link text that is marked up already to an address that was checked."""

    def bullet(self, marked: str) -> str:
        """Write an item of a list."""

    def block(self, text: str, language: str, *, limit: int) -> str:
        """Write lines of code."""

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
        """Write a table of cells that are marked up already."""

    def fold(self, title: str, lines: Sequence[str]) -> list[str]:
        """Put lines, marked up already, below a title of our own that opens and shuts them where it can."""


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub-flavoured Markdown, which GitLab, Gitea, Azure and Bitbucket read as well."""

    # GitHub refuses a comment of more than 65,536 characters.
    budget: int = 60_000

    def heading(self, level: int, text: str) -> str:
        return f"{'#' * level} {untrusted.markdown(text, limit=1200)}"

    def text(self, text: str, *, limit: int = 400) -> str:
        return untrusted.markdown(text, limit=limit)

    def sentence(self, text: str, *, limit: int = 400) -> str:
        return untrusted.markdown_sentence(text, limit=limit)

    def strong(self, marked: str) -> str:
        return f"**{marked}**"

    def emphasis(self, marked: str) -> str:
        return f"*{marked}*"

    def code(self, text: str, *, cell: bool = False) -> str:
        return untrusted.markdown_code(text, cell=cell)

    def link(self, marked: str, url: str) -> str:
        return f"[{marked}]({url.replace('(', '%28').replace(')', '%29').replace('|', '%7C')})"

    def bullet(self, marked: str) -> str:
        return f"- {marked}"

    def block(self, text: str, language: str, *, limit: int) -> str:
        return untrusted.markdown_block(text, language, limit=limit)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
        return [_row("|", cells) for cells in (head, ["---"] * len(head), *rows)]

    def fold(self, title: str, lines: Sequence[str]) -> list[str]:
        return [f"<details><summary>{title}</summary>", "", *lines, "", "</details>"]


@dataclass(frozen=True, slots=True)
class Jira:
    """The wiki markup of Jira; it has no folds."""

    # A description takes 32,767 characters.
    budget: int = 30_000

    def heading(self, level: int, text: str) -> str:
        return f"h{level}. {untrusted.jira(text, limit=1200)}"

    def text(self, text: str, *, limit: int = 400) -> str:
        return untrusted.jira(text, limit=limit)

    def sentence(self, text: str, *, limit: int = 400) -> str:
        parts = untrusted.quoted_parts(untrusted.visible(text, limit=limit))
        return "".join(self.code(part) if is_code else self.text(part) for part, is_code in parts)

    def strong(self, marked: str) -> str:
        return f"*{marked}*"

    def emphasis(self, marked: str) -> str:
        return f"_{marked}_"

    def code(self, text: str, *, cell: bool = False) -> str:
        del cell
        return f"{{{{{untrusted.jira(text)}}}}}" if text.strip() else ""

    def link(self, marked: str, url: str) -> str:
        return f"[{marked}|{url.replace('|', '%7C').replace(']', '%5D')}]"

    def bullet(self, marked: str) -> str:
        return f"* {marked}"

    def block(self, text: str, language: str, *, limit: int) -> str:
        return untrusted.jira_block(text, language, limit=limit)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
        return [_row("||", head), *(_row("|", cells) for cells in rows)]

    def fold(self, title: str, lines: Sequence[str]) -> list[str]:
        return [f"*{title}*", "", *lines]


def _row(bar: str, cells: Sequence[str]) -> str:
    # An empty cell would join the bars around it to the mark of a heading.
    return f"{bar} {f' {bar} '.join(cell or ' ' for cell in cells)} {bar}"
