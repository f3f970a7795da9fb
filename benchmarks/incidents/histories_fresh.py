"""Histories that came late: held out once, until their failures were read and mended."""

from benchmarks.incidents.histories import History, each


def _big(repo: str, class_name: str) -> History:
    """Return a history of numbers of any size, whose methods are asked for a text."""
    file = repo.rpartition("/")[2]
    return History(
        repo=repo,
        language="javascript",
        setup=(f"const N = load('{file}')", "const n = x => new N(x)"),
        roots=(file,),
        through={"n(x": class_name},
        metrics={
            **each("plus minus times div mod", "n(x).$('2.75').toString()", "decimals"),
            **each("sqrt abs ceil floor round", "n(x).$().toString()", "decimals"),
            "toFixed": ("n(x).toFixed(3)", "decimals"),
            "toPrecision": ("n(x).toPrecision(4)", "decimals"),
            "toExponential": ("n(x).toExponential(2)", "decimals"),
            "toFraction": ("n(x).toFraction(99).toString()", "decimals"),
            "cmp": ("n(x).cmp(2)", "decimals"),
        },
    )


FRESH: tuple[History, ...] = (
    _big("MikeMcl/bignumber.js", "BigNumber"),
    _big("MikeMcl/decimal.js", "Decimal"),
    History(
        repo="plurals/pluralize",
        language="javascript",
        setup=("const p = load('pluralize.js', 'lib/pluralize.js', 'index.js')",),
        roots=("pluralize.js", "lib", "index.js"),
        entries={"counted": "pluralize", "single": "pluralize", "upper": "pluralize"},
        metrics={
            "pluralize": ("p(x)", "words"),
            "plural": ("p.plural(x)", "words"),
            "singular": ("p.singular(x + 's')", "words"),
            "counted": ("p(x, 3, true)", "words"),
            "single": ("p(x + 'es', 1)", "words"),
            "upper": ("p(x.toUpperCase(), 2)", "words"),
        },
    ),
    History(
        repo="python-hyper/hyperlink",
        setup=("import hyperlink", "url = hyperlink.URL.from_text"),
        roots=("hyperlink", "src/hyperlink"),
        entries={
            "host": "URL.from_text",
            "port": "URL.from_text",
            "asked": "URL.add",
            "joined": "URL.click",
        },
        through={"url(": "URL.from_text", "to_text": "URL.to_text"},
        metrics={
            "URL.from_text": ("url(x).to_text()", "addresses"),
            "URL.normalize": ("url(x).normalize().to_text()", "addresses"),
            "URL.to_uri": ("url(x).to_uri().to_text()", "addresses"),
            "URL.to_iri": ("url(x).to_iri().to_text()", "addresses"),
            "URL.child": ("url(x).child('a b', 'c/d').to_text()", "addresses"),
            "URL.sibling": ("url(x).sibling('é').to_text()", "addresses"),
            "joined": ("url(x).click('../b/./c?d=1#e').to_text()", "addresses"),
            "asked": ("url(x).add('q', 'a&b').to_text()", "addresses"),
            "URL.set": ("url(x).set('a', '1').to_text()", "addresses"),
            "host": ("url(x).host", "addresses"),
            "port": ("url(x).port", "addresses"),
        },
    ),
    History(
        repo="tkem/uritools",
        setup=("import uritools as u",),
        roots=("uritools", "src/uritools", "uritools.py"),
        entries={"host": "urisplit", "port": "urisplit", "listed": "urisplit", "rooted": "urijoin"},
        metrics={
            "urisplit": ("list(map(str, u.urisplit(x)))", "addresses"),
            "host": ("str(u.urisplit(x).gethost())", "addresses"),
            "port": ("u.urisplit(x).getport()", "addresses"),
            "listed": ("str(u.urisplit('http://h/?' + x).getquerylist())", "queries"),
            "urijoin": ("u.urijoin(x, '../b/./c?d=1#e')", "addresses"),
            "rooted": ("u.urijoin('http://a/b/c/d;p?q', x)", "addresses"),
            "uriencode": ("u.uriencode(x, safe='/').decode()", "addresses"),
            "uridecode": ("u.uridecode(x + '%C3%A9%2')", "addresses"),
            "uricompose": ("u.uricompose('http', 'h', '/' + x, [('a', x)], x)", "addresses"),
            "urinormalize": ("u.urinormalize(x)", "addresses"),
        },
    ),
    History(
        repo="jquast/wcwidth",
        setup=("import wcwidth as w",),
        roots=("wcwidth",),
        entries={"first": "wcwidth", "folded": "wrap"},
        metrics={
            "wcswidth": ("w.wcswidth(x)", "titles"),
            "first": ("sum(max(w.wcwidth(c), 0) for c in x)", "titles"),
            "width": ("w.width(x + '\\t\\x1b[31mé\\u0301\\x1b[0m')", "titles"),
            "ljust": ("w.ljust(x, 30, '·')", "titles"),
            "center": ("w.center(x, 31)", "titles"),
            "folded": ("w.wrap(x * 3, 12)", "titles"),
            "clip": ("w.clip(x, 1, 9)", "titles"),
            "iter_graphemes": ("len(list(w.iter_graphemes(x + '👩\\u200d👧')))", "titles"),
        },
    ),
    History(
        repo="norman/babosa",
        language="ruby",
        setup=("require 'babosa'", "def s(x) = x.to_slug"),
        roots=("lib",),
        entries=dict.fromkeys(("scored", "german", "spanish", "cyrillic", "short"), "normalize"),
        metrics={
            "normalize": ("s(x).normalize.to_s", "titles"),
            "scored": ("s(x).normalize(separator: '_').to_s", "titles"),
            "short": ("s(x).normalize(max_length: 9).to_s", "titles"),
            "german": ("s(x).normalize(transliterations: :german).to_s", "titles"),
            "spanish": ("s(x).transliterate(:spanish).to_s", "titles"),
            "cyrillic": ("s(x).transliterate(:cyrillic).to_s", "titles"),
            "transliterate": ("s(x).transliterate.to_s", "titles"),
            "to_ascii": ("s(x).approximate_ascii.to_s", "titles"),
            "to_ruby_method": ("s(x).to_ruby_method.to_s", "titles"),
            "truncate_bytes": ("s(x).truncate_bytes(9).to_s", "titles"),
            "clean": ("s(x).clean.to_s", "titles"),
        },
    ),
    History(
        repo="michelf/php-markdown",
        language="php",
        setup=(
            "foreach (['Michelf/MarkdownExtra.inc.php', 'Michelf/Markdown.inc.php', 'markdown.php'] as $file)"
            " if (is_file($file)) require_once $file;",
            'function md($x, $name, $how = []) { $name = class_exists("Michelf\\\\$name") ? "Michelf\\\\$name"'
            ' : "{$name}_Parser"; $p = new $name; foreach ($how as $set => $to) $p->$set = $to;'
            " return $p->transform($x); }",
        ),
        roots=("Michelf", "markdown.php"),
        entries=dict.fromkeys(("markup", "bare", "entities", "extra", "breaks"), "Markdown:transform"),
        metrics={
            "Markdown:transform": ("md($x, 'Markdown')", "corners"),
            "markup": ("md($x, 'Markdown')", "markup"),
            "bare": ("md($x, 'Markdown', ['no_markup' => true])", "corners"),
            "entities": ("md($x, 'Markdown', ['no_entities' => true])", "markup"),
            "breaks": ("md($x, 'Markdown', ['hard_wrap' => true])", "corners"),
            "extra": ("md($x, 'MarkdownExtra')", "corners"),
            "MarkdownExtra:transform": ("md($x, 'MarkdownExtra')", "markup"),
        },
    ),
)
