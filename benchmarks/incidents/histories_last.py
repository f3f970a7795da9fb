"""Histories that came after the fits: one kind of writing turned into another.

No weight was fitted to them; their answers have been read since.
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
    "whole": ("", "pages"),
    "inline": ("", "inline"),
    "marked": ("escape_misc=True, default_title=True", "inline"),
    "literal": (
        "escape_asterisks=False, escape_underscores=False, sub_symbol='~', sup_symbol='^', autolinks=False",
        "inline",
    ),
    "hashed": ("heading_style='ATX', bullets='-'", "block"),
    "closed": ("heading_style='atx_closed', strong_em_symbol='_', newline_style='BACKSLASH'", "block"),
    "stripped": ("strip=['a', 'img', 'li', 'pre', 'h2']", "block"),
    "converted": ("convert=['b', 'table', 'td', 'th', 'tr', 'ul', 'li', 'em', 'br']", "inline"),
    "wrapped": ("wrap=True, wrap_width=4", "block"),
    "headed": ("table_infer_header=True, strip_document=None, keep_inline_images_in=['h2']", "block"),
    "soup": ("", "soup"),
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
_SCHEDULED = {
    "verbose": "verbose=True",
    "clock": "use_24hour_time_format=True",
    "shifted": "day_of_week_start_index_zero=False",
    "quiet": "throw_exception_on_parse_error=False",
}
_PARTS = """
    get_time_of_day_description get_day_of_month_description get_day_of_week_description get_month_description
    get_hours_description get_minutes_description get_seconds_description get_year_description
"""

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
        entries=dict.fromkeys(_MARKDOWNED, "markdownify"),
        metrics={
            "markdownify": ("m(x)", "block"),
            **{name: (f"m(x, {how})", pool) for name, (how, pool) in _MARKDOWNED.items()},
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
    History(
        repo="scrapy/w3lib",
        setup=("from w3lib import encoding, html, http, url",),
        roots=("w3lib",),
        held_out=True,
        entries={
            "w3lib.url:bare": "w3lib.url:canonicalize_url",
            "w3lib.url:sifted": "w3lib.url:url_query_cleaner",
            "w3lib.html:emptied": "w3lib.html:remove_tags",
            "w3lib.html:held": "w3lib.html:replace_entities",
            "w3lib.html:based": "w3lib.html:get_base_url",
        },
        metrics={
            **each(
                "safe_url_string canonicalize_url any_to_uri is_url safe_download_url file_uri_to_path",
                "url.$(x)",
                "addresses",
                "w3lib.url",
            ),
            "w3lib.url:bare": ("url.canonicalize_url(x + '#b c', keep_blank_values=False)", "addresses"),
            "w3lib.url:url_query_parameter": (
                "url.url_query_parameter('http://h/?' + x, 'a', 'b')",
                "queries",
            ),
            "w3lib.url:url_query_cleaner": ("url.url_query_cleaner('http://h/?' + x, ['a'])", "queries"),
            "w3lib.url:sifted": (
                "url.url_query_cleaner('http://h/;p?' + x + '#f', ['a', 'b'], remove=True, unique=False)",
                "queries",
            ),
            "w3lib.url:add_or_replace_parameter": (
                "url.add_or_replace_parameter('http://h/?' + x, 'a', 'v w')",
                "queries",
            ),
            "w3lib.url:add_or_replace_parameters": (
                "url.add_or_replace_parameters('http://h/?' + x + '#f', {'a': 'é', 'z': ''})",
                "queries",
            ),
            "w3lib.url:parse_data_uri": ("url.parse_data_uri('data:' + x.split(':')[-1])", "addresses"),
            "w3lib.url:parse_url": ("url.parse_url(x).geturl()", "addresses"),
            **each(
                """
                replace_entities has_entities replace_tags remove_comments remove_tags replace_escape_chars
                unquote_markup get_base_url strip_html5_whitespace
                """,
                "html.$(x)",
                "soup",
                "w3lib.html",
            ),
            "w3lib.html:emptied": ("html.remove_tags(x, keep=('b', 'a', 'p'))", "pages"),
            "w3lib.html:held": (
                "html.replace_entities(x, keep=['amp', 'lt'], remove_illegal=False)",
                "pages",
            ),
            "w3lib.html:remove_tags_with_content": (
                "html.remove_tags_with_content(x, which_ones=('b', 'a', 'table', 'ul', 'script'))",
                "pages",
            ),
            "w3lib.html:based": ("html.get_base_url(f\"<base href='{x}'>\", 'http://h/a/')", "addresses"),
            "w3lib.html:get_meta_refresh": (
                "html.get_meta_refresh(f\"<meta http-equiv=refresh content='3; url={x}'>\", 'http://h/a/')",
                "addresses",
            ),
            "w3lib.http:basic_auth_header": ("http.basic_auth_header(x, 'é')", "addresses"),
            "w3lib.encoding:html_to_unicode": (
                "encoding.html_to_unicode('text/html; charset=latin1', x.encode('utf8'))",
                "soup",
            ),
        },
    ),
    History(
        repo="Salamek/cron-descriptor",
        setup=(
            "import gettext, sys, cron_descriptor as c",
            "speech = sys.modules['cron_descriptor.GetText'].GetText",
            "said = type('Said', (gettext.NullTranslations,), {'add_fallback': lambda *_: None})",
            "speech.load_locale = lambda *_, **__: said()",
            "def made(x, part='', **how):\n"
            "    options = c.Options()\n"
            "    vars(options).update(how)\n"
            "    told = c.ExpressionDescriptor(x, options)\n"
            "    whole = told.get_description()\n"
            "    return getattr(told, part)() if part else whole",
        ),
        roots=("cron_descriptor",),
        held_out=True,
        entries=dict.fromkeys(_SCHEDULED, "get_description"),
        through={"made(x, 'get": "get_description"},
        metrics={
            "get_description": ("c.get_description(x)", "crons"),
            **{name: (f"made(x, {how})", "crons") for name, how in _SCHEDULED.items()},
            **each(_PARTS, "made(x, '$')", "crons"),
        },
    ),
)
