"""Histories that came after the first fits; those that are still held out, nobody tuned the tool on."""

from benchmarks.incidents.histories import History, each

UNREAD: tuple[History, ...] = (
    History(
        repo="gruns/furl",
        setup=(
            "import collections, collections.abc; vars(collections).update(vars(collections.abc))",
            "import furl",
            "F = furl.furl",
        ),
        roots=("furl",),
        entries={
            "port": "furl.furl:furl.load",
            "listed": "furl.furl:Query.add",
            "segments": "furl.furl:Path.load",
            "anchor": "furl.furl:Fragment.load",
        },
        through={"F(": "furl.furl:furl.load"},
        metrics={
            "furl.furl:furl.load": ("F(x).url", "addresses"),
            "port": ("F(x).port", "addresses"),
            "furl.furl:furl.set": (
                "F(x).set(path='/a b/../c%2f', query='q=1&q=2&r', fragment='f?g=h').url",
                "addresses",
            ),
            "furl.furl:furl.join": ("F(x).join('../b/./c?d=1#e').url", "addresses"),
            "furl.furl:furl.__truediv__": ("(F(x) / 'é' / '..').url", "addresses"),
            "segments": ("F(x).path.segments", "addresses"),
            "anchor": ("str(F('http://h/#' + x).fragment)", "addresses"),
            "listed": ("str(F('http://h/?' + x).query.add({'a': None, 'b': ''}))", "queries"),
            "furl.furl:Query.load": ("list(F('http://h/?' + x).args.allitems())", "queries"),
            "furl.furl:furl.asdict": ("str(sorted(F(x).asdict().items()))", "addresses"),
        },
    ),
    History(
        repo="executablebooks/markdown-it-py",
        setup=(
            "from markdown_it import MarkdownIt",
            "from markdown_it.common import utils",
            "made = {}",
            "def md(preset, *on, **to):\n"
            "    key = preset, on, str(to)\n"
            "    if key not in made:\n"
            "        made[key] = MarkdownIt(preset)\n"
            "        made[key].options.update(to)\n"
            "        made[key].enable(list(on), True)\n"
            "    return made[key]",
        ),
        roots=("markdown_it",),
        entries={
            **dict.fromkeys(
                ("tight", "tables", "smart", "broken", "bare"), "markdown_it.main:MarkdownIt.render"
            ),
            **dict.fromkeys(("links", "hosts"), "markdown_it.main:MarkdownIt.render"),
            "kinds": "markdown_it.main:MarkdownIt.parse",
            "inline": "markdown_it.main:MarkdownIt.renderInline",
        },
        metrics={
            "markdown_it.main:MarkdownIt.render": ("md('commonmark').render(x)", "corners"),
            "tables": ("md('commonmark', 'table', 'strikethrough').render('~~a~~ ' + x)", "corners"),
            "smart": (
                "md('commonmark', 'smartquotes', 'replacements', typographer=True).render('\"A\" (c) ' + x)",
                "corners",
            ),
            "tight": ("md('commonmark', xhtmlOut=False, langPrefix='l-').render(x)", "corners"),
            "broken": ("md('commonmark', breaks=True, html=False).render(x)", "corners"),
            "bare": ("md('zero', 'emphasis', 'list').render(x)", "corners"),
            "kinds": (
                "[(t.type, t.map, t.level, t.markup, t.info) for t in md('commonmark').parse(x)]",
                "corners",
            ),
            "markdown_it.main:MarkdownIt.parse": (
                "[(c.type, c.content) for t in md('commonmark').parse(x) for c in t.children or ()]",
                "corners",
            ),
            "inline": ("md('commonmark').renderInline(x)", "corners"),
            "links": ("md('commonmark').render('<' + x + '> [a](' + x + ' \"t\")')", "addresses"),
            "hosts": ("md('commonmark').render('![b][r] x\\n\\n[r]: ' + x)", "addresses"),
            **each(
                "escapeHtml unescapeAll normalizeReference",
                "utils.$(x)",
                "corners",
                "markdown_it.common.utils",
            ),
        },
    ),
    History(
        repo="sdispater/pendulum",
        setup=(
            "import pendulum",
            "import re; dated = lambda x, **to: pendulum.parse(re.search(r'.*\\d{4}.*|^-?P.*', x)[0], **to)",
            "hours = lambda d: (d.timestamp() if callable(d.timestamp) else d.timestamp) / 3600",
            "ref = pendulum.parse('2019-03-06T12:00:00')",
            "length = getattr(pendulum, 'duration', None) or pendulum.interval",
            "between = lambda x: dated(x) - ref",
            "lang = {'cz': 'cs', 'no': 'nb', 'pt_BR': 'pt-br'}",
            "speak = lambda x: lang.get(x[1], x[1])",
        ),
        roots=("pendulum", "src"),
        entries={
            "stamp": "pendulum.parser:parse",
            "exact": "pendulum.parser:parse",
            "loose": "pendulum.parser:parse",
            "ago": "pendulum.datetime:DateTime.diff_for_humans",
            "named": "pendulum.datetime:DateTime.format",
            "formats": "pendulum.formatting.formatter:Formatter.format",
            "spelled": "pendulum.duration:Duration.in_words",
            "span": "pendulum:period",
        },
        through={
            "dated(": "pendulum.parser:parse",
            "between(": "pendulum.datetime:DateTime.__sub__",
            "ref.add(": "pendulum.datetime:DateTime.add",
            "length(": "pendulum:duration",
        },
        metrics={
            "pendulum.parser:parse": ("hours(dated(x))", "dates"),
            "stamp": ("str(dated(x))", "stamps"),
            "exact": ("str(dated(x, exact=True))", "stamps"),
            "loose": ("str(dated(x, strict=False, now=ref))", "dates"),
            "pendulum.datetime:DateTime.diff_for_humans": (
                "ref.add(seconds=int(x)).diff_for_humans(ref)",
                "numbers",
            ),
            "ago": ("ref.subtract(hours=int(x[0]) % 9000).diff_for_humans(ref, locale=speak(x))", "spoken"),
            "pendulum.datetime:DateTime.format": (
                "dated(x).format('dddd Do MMMM YYYY hh:mm A ZZ z DDDD Q W')",
                "dates",
            ),
            "formats": ("dated(x).format('[on] ddd, D MMM YY H:m:ss.SSS zz X E d DDD')", "dates"),
            "named": ("ref.add(days=int(x[0]) % 365).format('LLLL dd Do MMM a', locale=speak(x))", "spoken"),
            "pendulum:from_format": ("hours(pendulum.from_format(x, 'D MMMM YYYY'))", "dates"),
            "pendulum.duration:Duration.in_words": ("length(seconds=abs(x) % 10**8).in_words()", "numbers"),
            "spelled": ("length(hours=abs(x[0]) % 10**5).in_words(locale=speak(x))", "spoken"),
            "pendulum.duration:Duration.total_days": ("length(minutes=x % 10**6).total_days()", "numbers"),
            "pendulum.datetime:DateTime.add": (
                "hours(dated(x).add(months=1, weeks=-2, days=30))",
                "dates",
            ),
            "pendulum.datetime:DateTime.start_of": ("str(dated(x).start_of('week'))", "dates"),
            "pendulum.datetime:DateTime.last_of": ("str(dated(x).last_of('quarter', 2))", "dates"),
            "pendulum.datetime:DateTime.average": ("str(dated(x).average(ref))", "dates"),
            "pendulum.datetime:DateTime.in_timezone": (
                "dated(x, tz='America/New_York').add(hours=5000).in_timezone('Europe/Paris').isoformat()",
                "dates",
            ),
            "pendulum.datetime:DateTime.diff": ("between(x).in_months()", "dates"),
            "span": ("(between(x).in_words(), between(x).years, between(x).remaining_days)", "dates"),
            "pendulum.helpers:precise_diff": ("str(between(x).as_interval())", "dates"),
        },
    ),
    History(
        repo="simov/slugify",
        language="javascript",
        setup=("const slugify = load('slugify.js', 'index.js')",),
        roots=("slugify.js", "index.js", "config"),
        entries=dict.fromkeys(
            ("lower", "strict", "scored", "bare", "untrimmed", "german", "french", "turkish", "bulgarian"),
            "slugify",
        ),
        metrics={
            "slugify": ("slugify(x)", "titles"),
            "lower": ("slugify(x, {lower: true})", "titles"),
            "strict": ("slugify(x, {strict: true})", "titles"),
            "scored": ("slugify(x, '_')", "titles"),
            "bare": ("slugify(x, {remove: /[*+~.()'\"!:@]/g})", "titles"),
            "untrimmed": ("slugify(x, {trim: false, replacement: '='})", "titles"),
            "german": ("slugify(x, {locale: 'de', lower: true})", "titles"),
            "french": ("slugify(x, {locale: 'fr'})", "titles"),
            "turkish": ("slugify(x, {locale: 'tr'})", "titles"),
            "bulgarian": ("slugify(x, {locale: 'bg'})", "titles"),
        },
    ),
    History(
        repo="infusion/Fraction.js",
        language="javascript",
        setup=(
            "const F = load('fraction.js', 'Fraction.js', 'src/fraction.js')",
            "const f = x => new F(x), r = v => [v.s, v.n, v.d].join(':')",
        ),
        roots=("fraction.js", "Fraction.js", "src"),
        entries={
            "Fraction": "parse",
            "pair": "parse",
            "object": "parse",
            "decimal": "toString",
            "mixed": "toFraction",
        },
        through={"f(x": "parse"},
        metrics={
            "Fraction": ("f(x).n / f(x).d * f(x).s", "decimals"),
            "pair": ("r(f([x, 7]))", "numbers"),
            "object": ("r(f({n: x, d: 12}))", "numbers"),
            "toString": ("f(x).toString()", "decimals"),
            "decimal": ("f(x / 700).toString()", "numbers"),
            "toFraction": ("f(x).toFraction()", "decimals"),
            "toLatex": ("f(x).toLatex()", "decimals"),
            "toContinued": ("f(x).toContinued()", "decimals"),
            **each("abs neg inverse ceil floor round", "r(f(x).$())", "decimals"),
            **each("add sub mul div mod", "r(f(x).$('2.(3)'))", "decimals"),
            **each("gcd lcm", "r(f(x).$('3/8'))", "decimals"),
            "pow": ("r(f(x).pow(-3))", "decimals"),
            "compare": ("f(x).compare('1/3')", "decimals"),
            "equals": ("f(x).equals(0.25)", "decimals"),
            "divisible": ("f(x).divisible('1/4')", "decimals"),
            "simplify": ("r(f(x).simplify(0.01))", "decimals"),
            "valueOf": ("f(x).valueOf()", "decimals"),
        },
    ),
    History(
        repo="unjs/ufo",
        language="javascript",
        setup=("const u = load('src/index.ts')", "const link = x => 'https://a.com' + x"),
        roots=("src",),
        entries={
            "rooted": "joinURL",
            "asked": "parseQuery",
            "based": "withoutBase",
            "listed": "stringifyQuery",
        },
        metrics={
            **each(
                "parseURL parsePath parseHost parseAuth parseFilename normalizeURL encodePath encodeHash encodeHost "
                "encodeQueryKey encodeQueryValue encodeParam decode decodeQueryValue hasProtocol isRelative "
                "hasTrailingSlash withTrailingSlash withoutTrailingSlash withLeadingSlash withoutLeadingSlash "
                "cleanDoubleSlashes getQuery isEmptyURL withHttps withoutProtocol withoutFragment withoutHost",
                "u.$(x)",
                "addresses",
            ),
            "joinURL": ("u.joinURL(x, '/b//c/', './d')", "addresses"),
            "joinRelativeURL": ("u.joinRelativeURL(x, '../b', '..', './d')", "addresses"),
            "rooted": ("u.joinURL('/a/', x)", "addresses"),
            "resolveURL": ("u.resolveURL(x, 'b?q=1', '../c#h')", "addresses"),
            "withBase": ("u.withBase(x, '/a')", "addresses"),
            "based": ("u.withoutBase(x, 'http://a')", "addresses"),
            "withQuery": (
                "u.withQuery(x, {a: 'é b', c: [1, null], d: undefined, e: {f: true}})",
                "addresses",
            ),
            "withFragment": ("u.withFragment(x, 'h i')", "addresses"),
            "parseQuery": ("u.parseQuery(x)", "queries"),
            "asked": ("u.parseQuery('?' + x + '&__proto__=1&a=1&a=2')", "queries"),
            "listed": ("u.stringifyQuery({a: x, b: [x[0], ''], c: {d: x[1]}, e: false})", "pairs"),
            "isEqual": ("u.isEqual(x, x.toLowerCase() + '/', {trailingSlash: true})", "addresses"),
            "isSamePath": ("u.isSamePath(x, u.withTrailingSlash(x, true))", "addresses"),
        },
    ),
)
