"""Histories of text, markup and style sheets; some weights were set in view of them."""

from benchmarks.incidents.histories import History, each

_NOUNS = {"latin": "latin nouns", "hissing": "hissing nouns", "folk": "nouns of folk"}
_EXTENDED = {
    "footnotes": ("'footnotes'", "noted extras"),
    "attributes": ("'attr_list', 'tables'", "marked extras"),
    "fenced": ("'fenced_code', 'codehilite'", "fenced extras"),
    "contents": ("'toc'", "marked extras"),
    "raw": ("'extra'", "fenced extras"),
    "listed": ("'sane_lists', 'nl2br'", "listed corners"),
    "admonished": ("'admonition', 'def_list'", "set extras"),
    "quoted": ("'smarty', 'wikilinks'", "quoted extras"),
    "tabled": ("'tables'", "headed corners"),
}
_EXTENSIONS = """
    footnotes attr_list fenced_code codehilite toc extra sane_lists nl2br admonition def_list smarty wikilinks
    tables abbr
"""

NEWER_MARKUP: tuple[History, ...] = (
    History(
        repo="Python-Markdown/markdown",
        setup=(
            "import sys, importlib, collections, collections.abc",
            "vars(collections).update(vars(collections.abc))",
            "sys.modules['_elementtree'] = None; sys.modules.pop('xml.etree.ElementTree', None)",
            "import xml.etree.ElementTree as tree",
            "tree.Element.getchildren = list; tree.Element.getiterator = tree.Element.iter",
            "import markdown",
            "def part(name):\n    return importlib.import_module('markdown.extensions.' + name)",
            "for name in ('fenced_code', 'footnotes', 'attr_list', 'def_list', 'tables', 'abbr', 'smart_strong',\n"
            "  'md_in_html'):\n"
            "    try:\n"
            "        sys.modules[name] = part(name)\n"
            "    except Exception:\n"
            "        pass",
            "made = {}",
            "def fresh(*names):\n    return markdown.Markdown(extensions=[part(n).makeExtension() for n in names])",
            "def md(x, *names):\n"
            "    writer = made.pop(names, None) or fresh(*names)\n"
            "    writer.reset()\n"
            "    done = writer.convert(x)\n"
            "    made[names] = writer\n"
            "    return done",
        ),
        roots=("markdown",),
        entries=dict.fromkeys(
            ("stressed", "linked", "coded", "headed", "abbreviated", *_EXTENDED), "Markdown.convert"
        ),
        through={f"'{name}'": f"markdown.extensions.{name}:makeExtension" for name in _EXTENSIONS.split()},
        metrics={
            "Markdown.convert": ("md(x)", "listed corners"),
            "stressed": ("md(x)", "stressed corners"),
            "linked": ("md(x)", "linked corners"),
            "coded": ("md(x)", "coded corners"),
            "headed": ("md(x)", "block"),
            "abbreviated": ("fresh('abbr').convert(x)", "set extras"),
            **{name: (f"md(x, {names})", pool) for name, (names, pool) in _EXTENDED.items()},
            "markdown.extensions.toc:slugify": ('part("toc").slugify(x, "-")', "cased names"),
            "markdown.extensions.attr_list:get_attrs": ('part("attr_list").get_attrs(x)', "style values"),
        },
    ),
    History(
        repo="Kozea/tinycss2",
        setup=(
            "import importlib, pathlib; read = pathlib.Path.read_text",
            "pathlib.Path.read_text = lambda p, *a, **k: '0' if p.name == 'VERSION' else read(p, *a, **k)",
            "import tinycss2 as t; pathlib.Path.read_text = read",
            "part = lambda name: importlib.import_module('tinycss2.' + name)",
            "told = 'value name unit representation int_value is_identifier important start end kind'.split()",
            "parts = 'prelude content arguments'.split()",
            "def shown(n):\n"
            "    if n is None or isinstance(n, str):\n"
            "        return n\n"
            "    if not hasattr(n, 'type'):\n"
            "        return [shown(each) for each in n]\n"
            "    if n.type == 'declaration':\n"
            "        return ['declaration', n.name, shown(n.value), n.important]\n"
            "    return [n.type, *[getattr(n, a, '') for a in told], *[shown(getattr(n, a, '')) for a in parts]]",
            "def colour(c):\n"
            "    return c if c is None or isinstance(c, str) else [str(getattr(c, 'space', '')), *map(near, c)]",
            "def near(v):\n    return round(v, 6) if isinstance(v, float) else v",
        ),
        roots=("tinycss2",),
        entries={
            "bare": "tinycss2.parser:parse_stylesheet",
            "written": "tinycss2.serializer:serialize",
            "rewritten": "tinycss2.serializer:serialize",
            "ruled": "tinycss2.serializer:serialize",
            "positions": "tinycss2.tokenizer:parse_component_value_list",
            "nested": "tinycss2.parser:parse_one_declaration",
        },
        through={
            "t.parse_component_value_list(": "tinycss2.tokenizer:parse_component_value_list",
            "t.serialize(t.parse_stylesheet(": "tinycss2.parser:parse_stylesheet",
            "t.serialize(t.parse_declaration_list(": "tinycss2.parser:parse_declaration_list",
        },
        metrics={
            **each("parse_stylesheet parse_rule_list", "shown(t.$(x))", "style sheets", "tinycss2.parser"),
            "bare": (
                "shown(t.parse_stylesheet(x, skip_comments=True, skip_whitespace=True))",
                "style sheets",
            ),
            **each(
                "parse_declaration_list parse_blocks_contents",
                "shown(t.$(x.partition('{')[2]))",
                "style sheets",
                "tinycss2.parser",
            ),
            "tinycss2.parser:parse_one_rule": ("shown(t.parse_one_rule(x))", "style sheets"),
            "tinycss2.parser:parse_one_declaration": (
                "shown(t.parse_one_declaration(x.partition('{')[2]))",
                "style sheets",
            ),
            "nested": ("shown(t.parse_one_declaration('a:' + x))", "style values"),
            "tinycss2.parser:parse_one_component_value": (
                "shown(t.parse_one_component_value(x.split()[0]))",
                "style values",
            ),
            "tinycss2.tokenizer:parse_component_value_list": (
                "shown(t.parse_component_value_list(x))",
                "style values",
            ),
            "positions": (
                "[(n.source_line, n.source_column) for n in t.parse_component_value_list('a\\n' + x)]",
                "style values",
            ),
            "tinycss2.serializer:serialize": ("t.serialize(t.parse_component_value_list(x))", "style values"),
            "rewritten": (
                "t.serialize([n for n in t.parse_component_value_list(x, True) if n.type != 'whitespace'])",
                "style values",
            ),
            "written": ("t.serialize(t.parse_stylesheet(x))", "style sheets"),
            "ruled": ("t.serialize(t.parse_declaration_list(x.partition('{')[2]))", "style sheets"),
            "tinycss2.serializer:serialize_identifier": ("t.serialize_identifier(x)", "cased names"),
            **{
                f"tinycss2.color{level}:parse_color": (
                    f"colour(part('color{level}').parse_color(x))",
                    "style colours",
                )
                for level in (3, 4, 5)
            },
            "tinycss2.nth:parse_nth": ("part('nth').parse_nth(x)", "style steps"),
        },
    ),
    History(
        repo="jpvanhal/inflection",
        setup=(
            "import re; made = re.compile",
            "def flagged(rule, flags=0):\n"
            "    inside = isinstance(rule, str) and '(?i)' in rule\n"
            "    return made('(?i)' + rule.replace('(?i)', '') if inside else rule, flags)",
            "re.compile = flagged; import inflection as i; re.compile = made",
        ),
        roots=("inflection", "inflection.py"),
        entries={
            **{f"many_{kind}": "pluralize" for kind in _NOUNS},
            **{f"one_{kind}": "singularize" for kind in _NOUNS},
            "lower": "camelize",
            "scored": "parameterize",
            "entitled": "titleize",
        },
        metrics={
            **each(
                "pluralize singularize camelize underscore humanize titleize dasherize tableize parameterize "
                "transliterate",
                "i.$(x)",
                "cased names",
            ),
            **{f"many_{kind}": ("i.pluralize(x)", pool) for kind, pool in _NOUNS.items()},
            **{f"one_{kind}": ("i.singularize(x)", pool) for kind, pool in _NOUNS.items()},
            "lower": ("i.camelize(x, False)", "cased names"),
            "scored": ("i.parameterize(x, '_')", "titles"),
            "entitled": ("i.titleize(x)", "titles"),
            "ordinalize": ("i.ordinalize(int(x))", "numbers"),
        },
    ),
    History(
        repo="vi3k6i5/flashtext",
        setup=(
            "from flashtext.keyword import KeywordProcessor",
            "names = {'java_2e': 'Java', 'java': None, 'c++': 'C plus plus', 'c#': 'C sharp', '.net': 'dot net',\n"
            " 'new york': 'New York', 'new-york': 'New York', 'NY': 'New York', 'new york city hall': 'City Hall',\n"
            " 'big apple': 'New York', 'Bay Area': None, 'product management': 'PM', 'R&D': 'research',\n"
            " 'product management techniques': 'methods', 'café': 'coffee', 'Łódź': 'boat', 'SF': None}",
            "def known(*more, **how):\n"
            "    found = KeywordProcessor(**how)\n"
            "    for name, clean in [*names.items(), *[(each, None) for each in more]]:\n"
            "        found.add_keyword(name, clean) if clean else found.add_keyword(name)\n"
            "    return found",
            "def bound(marks):\n"
            "    found = known()\n"
            "    [found.add_non_word_boundary(mark) for mark in marks]\n"
            "    return found",
            "def fewer(*gone):\n    found = known()\n    [found.remove_keyword(each) for each in gone]\n    return found",
        ),
        roots=("flashtext",),
        entries={
            **dict.fromkeys(
                ("strict", "spans", "joined", "fewer", "sole"),
                "KeywordProcessor.extract_keywords",
            ),
            **dict.fromkeys(("exact", "bound", "left"), "KeywordProcessor.replace_keywords"),
        },
        through={
            "known(": "KeywordProcessor.add_keyword",
            "bound(": "KeywordProcessor.add_keyword,KeywordProcessor.add_non_word_boundary",
            "fewer(": "KeywordProcessor.add_keyword,KeywordProcessor.remove_keyword",
        },
        metrics={
            "KeywordProcessor.extract_keywords": ("known().extract_keywords(x)", "keyword sentences"),
            "strict": ("known(case_sensitive=True).extract_keywords(x)", "keyword sentences"),
            "spans": ("known().extract_keywords(x, span_info=True)", "keyword sentences"),
            "joined": ("bound('-é+').extract_keywords(x)", "keyword sentences"),
            "fewer": ("fewer('java', 'new york', 'bay area').extract_keywords(x)", "keyword sentences"),
            "sole": ("known(*x.split()[:1]).extract_keywords(x)", "keyword sentences"),
            "KeywordProcessor.replace_keywords": ("known().replace_keywords(x)", "keyword sentences"),
            "exact": ("known(case_sensitive=True).replace_keywords(x)", "keyword sentences"),
            "bound": ("bound('.+&').replace_keywords(x)", "keyword sentences"),
            "left": ("fewer('product management', 'c++').replace_keywords(x)", "keyword sentences"),
            "KeywordProcessor.get_keyword": ("known().get_keyword(x)", "keyword sentences"),
            "KeywordProcessor.__contains__": ("x in known()", "keyword sentences"),
            "KeywordProcessor.add_keyword": ("known().add_keyword(x, 'a')", "keyword sentences"),
            "KeywordProcessor.__len__": ("len(known(*x.split()))", "keyword sentences"),
        },
    ),
)
