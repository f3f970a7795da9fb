"""Histories that came after the fits: one kind of writing turned into another, and addresses.

No weight was fitted to them, nothing was calibrated on them, and none of their failures was read.
"""

from benchmarks.incidents.histories import History, each

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
_MARKDOWNED = {
    "hashed": "heading_style='ATX', bullets='-'",
    "closed": "heading_style='atx_closed', strong_em_symbol='_'",
    "stripped": "strip=['a', 'img', 'li']",
    "converted": "convert=['b', 'table', 'td', 'th', 'tr', 'ul', 'li']",
    "broken": "newline_style='BACKSLASH', autolinks=False, default_title=True",
    "literal": "escape_asterisks=False, escape_underscores=False, sub_symbol='~', sup_symbol='^'",
    "wrapped": "wrap=True, wrap_width=24",
    "wary": "escape_misc=True, keep_inline_images_in=['h2', 'td'], code_language='py'",
    "headed": "table_infer_header=True, strip_document=None",
}
_FORMATS = """
    plain grid pipe orgtbl rst mediawiki latex latex_raw latex_booktabs html unsafehtml psql pretty jira presto
    fancy_grid simple_grid rounded_outline youtrack textile moinmoin tsv github asciidoc colon_grid
"""
_TABULATED = {
    "keyed": "headers='keys', floatfmt='.2f', missingval='?'",
    "aligned": "numalign='left', stralign='right', tablefmt='grid'",
    "decimal": "headers=['a', 'b'], numalign='decimal', intfmt=','",
    "columns": "colalign=['right', 'center'], tablefmt='pipe'",
    "indexed": "showindex='always', headers=['x'], tablefmt='psql'",
    "raw": "disable_numparse=True, tablefmt='simple'",
    "folded": "maxcolwidths=6, maxheadercolwidths=5, tablefmt='grid', headers='firstrow'",
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
    History(
        repo="matthewwithanm/python-markdownify",
        setup=("from markdownify import markdownify as m",),
        roots=("markdownify",),
        held_out=True,
        entries={"markup": "markdownify", **dict.fromkeys(_MARKDOWNED, "markdownify")},
        metrics={
            "markdownify": ("m(x)", "pages"),
            "markup": ("m(x)", "soup"),
            **{name: (f"m(x, {how})", "pages") for name, how in _MARKDOWNED.items()},
        },
    ),
    History(
        repo="astanin/python-tabulate",
        setup=(
            "import collections, collections.abc; vars(collections).update(vars(collections.abc))",
            "from tabulate import tabulate as t",
        ),
        roots=("tabulate", "tabulate.py"),
        held_out=True,
        entries=dict.fromkeys((*_FORMATS.split(), *_TABULATED), "tabulate"),
        metrics={
            "tabulate": ("t(x)", "grids"),
            **each(_FORMATS, "t(x, headers='firstrow', tablefmt='$')", "grids"),
            **{name: (f"t(x, {how})", "grids") for name, how in _TABULATED.items()},
        },
    ),
)
