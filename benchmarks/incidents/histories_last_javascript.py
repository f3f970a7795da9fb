"""Histories in JavaScript that came after the fits: addresses, schedules told in words, markup.

No weight was fitted to them; their answers have been read since.
"""

from benchmarks.incidents.histories import History, each

_SPEAKS = "cs da de es fa fi fr he it ja ko nb nl pl pt_BR ro ru sk sl sv sw tr uk zh_CN zh_TW"
_SCHEDULED = {
    "verbose": "verbose: true",
    "clock": "use24HourTimeFormat: true",
    "shifted": "dayOfWeekStartIndexZero: false, monthStartIndexZero: true",
    "told": "throwExceptionOnParseError: false, locale: 'fr', verbose: true",
    "trimmed": "trimHoursLeadingZero: true, logicalAndDayFields: true",
    "zoned": "tzOffset: -300, use24HourTimeFormat: true",
}
_RENDERED = {
    "raw": ("{ html: true }", "corners"),
    "typed": ("{ typographer: true }", "extras"),
    "quoted": ("{ typographer: true, quotes: ['«\\xA0', '\\xA0»', '‹', '›'] }", "corners"),
    "linked": ("{ linkify: true }", "soup"),
    "linkified": ("{ linkify: true, breaks: true }", "addresses"),
    "strict": ("{}, 'commonmark'", "corners"),
    "closed": ("{ xhtmlOut: true, breaks: true, langPrefix: 'l-' }", "corners"),
    "nothing": ("{ html: true, typographer: true }, 'zero'", "corners"),
    "lit": ("{ highlight: (text, language) => `${language}:${text}` }", "extras"),
    "full": ("{ html: true, linkify: true, typographer: true }", "corners"),
    "blocks": ("{ html: true }", "block"),
}

LAST_JAVASCRIPT: tuple[History, ...] = (
    History(
        repo="medialize/URI.js",
        language="javascript",
        setup=("const U = load('src/URI.js', 'URI.js', 'src/URL.js', 'URL.js')", "const u = x => new U(x)"),
        roots=("src/URI.js", "src/punycode.js", "src/IPv6.js", "src/SecondLevelDomains.js", "URI.js"),
        held_out=True,
        entries={
            **dict.fromkeys(("moved", "escaped", "ported", "renamed"), "URI"),
            "found": "withinString",
            "linked": "withinString",
            "plussed": "addQuery",
            "common": "commonPath",
        },
        through={"u(": "URI"},
        metrics={
            "normalize": ("u(x).normalize().toString()", "addresses"),
            "URI": ("u(x).toString()", "addresses"),
            **each(
                """
                hostname host port path directory filename suffix query fragment username password subdomain domain
                tld segment authority userinfo origin resource
                """,
                "u(x).$()",
                "addresses",
            ),
            "readable": ("u(x).readable()", "addresses"),
            "unicode": ("u(x).unicode().toString()", "addresses"),
            "iso8859": ("u('http://h/?' + x).iso8859().toString()", "queries"),
            "absoluteTo": ("u(x).absoluteTo('http://h/a/b?c#d').toString()", "addresses"),
            "relativeTo": (
                "u('http://a.com/x/y/z').relativeTo(u(x).absoluteTo('http://a.com/x/')) + ''",
                "addresses",
            ),
            "equals": ("u(x).equals(x.toLowerCase().replace('%7E', '~'))", "addresses"),
            "moved": ("u(x).directory('a b/../c').filename('d?.e').toString()", "addresses"),
            "escaped": ("u(x).fragment('a#b').path('é/ü').toString()", "addresses"),
            "ported": ("u(x).port(81).protocol('ws').username('u:@').toString()", "addresses"),
            "renamed": ("u(x).suffix('z').subdomain('s').toString()", "addresses"),
            "addQuery": ("u('http://h/?' + x).addQuery('a', ['v w', '']).toString()", "queries"),
            "removeQuery": ("u('http://h/?' + x).removeQuery('a').toString()", "queries"),
            "setQuery": ("u('http://h/?' + x).setQuery({ a: 'é', z: null }).toString()", "queries"),
            "normalizeQuery": ("u('?' + x).normalizeQuery().toString()", "queries"),
            "plussed": ("u('?' + x).escapeQuerySpace(false).addQuery('b', 'c d').toString()", "queries"),
            "parseQuery": ("U.parseQuery(x)", "queries"),
            "buildQuery": ("U.buildQuery({ ...U.parseQuery(x), z: [1, null, true] }, true)", "queries"),
            "found": ("U.withinString(`a ${x}, (${x}) <${x}>.`, each => `{${each}}`)", "addresses"),
            "linked": ("U.withinString(x, each => `{${each}}`)", "soup"),
            "common": ("U.commonPath(x, '/abs/x/y')", "addresses"),
        },
    ),
    History(
        repo="bradymholt/cRonstrue",
        language="javascript",
        setup=(
            "const c = load('src/cronstrue-i18n.ts', 'src/cronstrue.ts')",
            "const say = (x, how) => (c.toString === Object.prototype.toString ? c.default : c).toString(x, how)",
        ),
        roots=("src",),
        held_out=True,
        entries=dict.fromkeys((*_SPEAKS.split(), *_SCHEDULED), "ExpressionDescriptor.toString"),
        metrics={
            "ExpressionDescriptor.toString": ("say(x)", "crons"),
            **each(_SPEAKS, "say(x, { locale: '$' })", "crons"),
            **{name: (f"say(x, {{ {how} }})", "crons") for name, how in _SCHEDULED.items()},
        },
    ),
    History(
        repo="markdown-it/markdown-it",
        language="javascript",
        setup=(
            "const M = load('src/index.ts', 'src/index.mjs', 'lib/index.mjs', 'lib/index.js', 'index.js')",
            "let made",
            "const md = (x, how, set) => (made ??= set ? new M(set, how) : new M(how || {})).render(x)",
        ),
        roots=("src", "lib", "index.js", "index.mjs"),
        held_out=True,
        entries=dict.fromkeys(("terse", *_RENDERED), "MarkdownIt.render"),
        metrics={
            "MarkdownIt.render": ("md(x)", "corners"),
            "terse": ("md(x)", "extras"),
            "MarkdownIt.renderInline": ("new M({ html: true, linkify: true }).renderInline(x)", "soup"),
            **{name: (f"md(x, {how})", pool) for name, (how, pool) in _RENDERED.items()},
        },
    ),
)
