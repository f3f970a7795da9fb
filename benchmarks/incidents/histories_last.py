"""Histories that came after the fits: one kind of writing turned into another, and addresses.

No weight was fitted to them, nothing was calibrated on them, and none of their failures was read.
"""

from benchmarks.incidents.histories import History

_PAGED = {
    "plain": "",
    "unwrapped": "body_width=0",
    "narrow": "body_width=24, wrap_list_items=True",
    "linkless": "ignore_links=True, ignore_images=True",
    "referred": "inline_links=False, links_each_paragraph=1",
    "snobbish": "unicode_snob=1, ignore_emphasis=True",
    "escaped": "escape_snob=True, protect_links=True",
    "padded": "pad_tables=True, body_width=0, single_line_break=True",
    "pictured": "images_to_alt=True, skip_internal_links=False, use_automatic_links=False",
    "marked": "mark_code=True, ul_item_mark='-', bypass_tables=True",
    "google": "google_doc=True, google_list_indent=36",
}

LAST: tuple[History, ...] = (
    History(
        repo="Alir3z4/html2text",
        setup=(
            "import sys, types",
            "sys.modules['html2text._version'] = types.SimpleNamespace(__version_tuple__=(0,))",
            "import html2text",
            "def h(x, **how):\n"
            "    made = html2text.HTML2Text(baseurl='http://h/')\n"
            "    vars(made).update(how)\n"
            "    return made.handle(x)",
        ),
        roots=("html2text", "html2text.py"),
        held_out=True,
        entries=dict.fromkeys(_PAGED, "HTML2Text.handle"),
        metrics={
            "html2text:html2text": ("html2text.html2text(x)", "pages"),
            "HTML2Text.handle": ("h(x)", "soup"),
            **{name: (f"h(x, {how})", "pages") for name, how in _PAGED.items()},
        },
    ),
)
