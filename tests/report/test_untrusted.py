import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bisect_ml.report import untrusted
from tests.reports import HOSTILE

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("a\x00b\x1b[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m"),
        ("two\r\nlines\tand\x0bmore", "two lines and more"),
        ("zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("lone \ud800 surrogate", "lone ⟨U+D800⟩ surrogate"),
        ("Zo\u0308e\u0308 näher 日本 👍🏽", "Zo\u0308e\u0308 näher 日本 👍🏽"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert untrusted.visible(text) == shown


def test_long_text_is_cut_after_its_characters_were_made_visible() -> None:
    assert untrusted.visible("x" * 500, limit=10) == "xxxxxxxxxx…"
    assert len(untrusted.visible("\x00" * 500, limit=100)) == 101


def test_stacked_marks_are_thinned_out() -> None:
    assert untrusted.visible("a" + "\u0301" * 50) == "a" + "\u0301" * 3


@given(st.text())
def test_visible_leaves_no_control_character(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", untrusted.visible(text))
    untrusted.visible(text, lines=True).encode()


def rendered(source: str) -> str:
    return str(MARKDOWN.render(source))


@pytest.mark.parametrize(
    "text", [*HOSTILE, "*a* _b_ ~c~ [d](https://e.example)", "# not a heading", "- no list"]
)
def test_markdown_text_stays_text(text: str) -> None:
    html = rendered(untrusted.markdown(text))
    assert re.fullmatch(r"<p>[^<]*</p>\n", html), html


@given(st.text(max_size=60))
def test_any_text_stays_one_paragraph(text: str) -> None:
    escaped = untrusted.markdown(text)
    if escaped.strip("\u200b \u3000\u2000\u2001"):
        assert re.fullmatch(r"<p>[^<]*</p>\n", rendered(f"x {escaped}"))


@given(st.text(alphabet="`|a \\\n<>*", min_size=1, max_size=30))
def test_code_cannot_leave_its_span(text: str) -> None:
    html = rendered(f"x {untrusted.markdown_code(text)} y")
    assert re.fullmatch(r"<p>x <code>[^<]*</code> y</p>\n", html), html


@given(st.text(alphabet="`|a \\<>*@", min_size=1, max_size=30))
def test_a_table_keeps_its_columns(text: str) -> None:
    cells = f"{untrusted.markdown(text)} | {untrusted.markdown_code(text, cell=True)}"
    html = rendered(f"| a | b |\n| --- | --- |\n| {cells} |\n")
    assert html.count("<td>") == 2
    assert html.count("<code>") == 1


@given(st.text(alphabet="`~\n:#a", max_size=60))
def test_a_block_holds_what_it_is_given(text: str) -> None:
    html = rendered(untrusted.markdown_block(text, "diff") + "\n\nafter\n")
    assert html.count("<pre>") == 1
    assert html.endswith("<p>after</p>\n")


@pytest.mark.parametrize(
    "text",
    [
        "::error file=x::owned",
        "##[error]owned",
        "  ::set-output name=a::b",
        "fix ::stop-commands::x",
        "##vso[task.setvariable variable=a]b",
    ],
)
@pytest.mark.parametrize(
    "escape", [untrusted.terminal, untrusted.markdown, untrusted.markdown_block, untrusted.markdown_code]
)
def test_a_ci_runner_finds_no_command(text: str, escape: Callable[[str], str]) -> None:
    assert not re.search(r"::[\w-]+( .*)?::|##(vso)?\[", escape(text))


def test_paths_and_scopes_keep_their_colons() -> None:
    assert untrusted.terminal("tests/test_a.py::test_b, C++'s std:") == "tests/test_a.py::test_b, C++'s std:"


def test_mentions_and_references_notify_nobody() -> None:
    escaped = untrusted.markdown("thanks @team, fixes #12, see https://evil.example and www.evil.example")
    assert not re.search(r"@\w|#\d|https?://|www\.", escaped)


def test_sentences_keep_their_code() -> None:
    assert untrusted.markdown_sentence("adds `* 1000` to `a_b`") == "adds `* 1000` to `a_b`"
    assert untrusted.quoted_parts("one ` alone") == [("one ` alone", False)]
    assert untrusted.quoted_parts("`a` b `") == [("a", True), (" b `", False)]
