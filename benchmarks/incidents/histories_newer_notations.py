"""Histories of readers and writers of notations in JavaScript; some weights were set in view of them.

`braces` asks for `fill-range` 7, and up to its second major version for an older one, which is to be
installed as `fill-range-4`; it also needs what those versions depended on, such as `snapdragon`.
"""

from benchmarks.incidents.histories import History

_ASK = "const ask = name => process.mainModule.require(name)"

_READ = {
    "schooled": "schema: Y.CORE_SCHEMA",
    "plain": "schema: Y.JSON_SCHEMA",
    "safe": "schema: Y.FAILSAFE_SCHEMA || Y.MINIMAL_SCHEMA",
}
_WRITTEN = {
    "flowing": "flowLevel: 1",
    "condensed": "flowLevel: 0, condenseFlow: true",
    "sorted": "sortKeys: true, indent: 4, lineWidth: 20",
    "modern": "noCompatMode: true",
    "flat": "noArrayIndent: true",
    "doubled": "quotingType: '\"', forceQuotes: true",
    "styled": "styles: { '!!int': 'hexadecimal', '!!null': 'uppercase', '!!bool': 'camelcase', '!!float': 'uppercase' }",
    "emptied": "styles: { '!!null': 'empty', '!!int': 'octal' }, flowLevel: 2",
    "replaced": "replacer: (key, value) => (typeof value === 'number' ? `${key}:${value}` : value)",
}
_PUT = {
    "indented": "null, 2",
    "tabbed": "null, '\\t-'",
    "chosen": "['a', 'b', '9']",
    "doubled": "{ quote: '\"', space: 1 }",
    "turned": "(key, value) => (typeof value === 'number' ? String(value) : value), 1",
}
_ROUTED = {
    "open": "end: false",
    "loose": "end: false, strict: true, trailing: false",
    "strict": "strict: true, trailing: false, loose: false",
    "cased": "sensitive: true",
    "dotted": "delimiter: '.', delimiters: '.', prefixes: './'",
    "ended": "endsWith: '?#', end: false",
}
_LOOSE = {
    "whole": "",
    "kept": "keepEscaping: true, keepQuotes: true",
    "unescaped": "unescape: true, quantifiers: true",
    "guarded": "escapeInvalid: true",
    "bashed": "bash: true, nodupes: false",
}

NEWER_NOTATIONS: tuple[History, ...] = (
    History(
        repo="nodeca/js-yaml",
        language="javascript",
        setup=(
            "const Y = load('lib/js-yaml.js', 'index.js')",
            "const odd = (key, value) => (typeof value === 'number' && !(Number.isFinite(value) && value) ?",
            "  `n${Object.is(value, -0) ? '-0' : value}` : value === undefined ? 'undefined' : value)",
            "const shown = value => JSON.stringify(value, odd)",
            "const fault = (x, of) => {",
            "  try { Y.load(x, { filename: 'f.yml' }); return 'fine' } catch (error) { return of(error) }",
            "}",
            "const each = x => {",
            "  const all = []",
            "  Y.loadAll(x, one => all.push(one))",
            "  return all",
            "}",
        ),
        roots=("lib", "index.js"),
        entries={
            **dict.fromkeys(_READ, "load"),
            **dict.fromkeys((*_WRITTEN, "shared", "gaps"), "dump"),
            "returned": "load,dump",
            "message": "YAMLException.toString,load",
            "placed": "load",
        },
        metrics={
            "load": ("shown(Y.load(x))", "yaml documents"),
            **{name: (f"shown(Y.load(x, {{ {how} }}))", "yaml documents") for name, how in _READ.items()},
            "loadAll": ("shown(each(x))", "yaml documents"),
            "message": ("fault(x, error => error.toString())", "yaml documents"),
            "placed": ("fault(x, error => error.mark.line * 100 + error.mark.column)", "yaml documents"),
            "dump": ("Y.dump(x)", "dumped values"),
            **{name: (f"Y.dump(x, {{ {how} }})", "dumped values") for name, how in _WRITTEN.items()},
            "shared": ("Y.dump({ a: [x], b: [[x, x]], c: x })", "dumped values"),
            "gaps": (
                "Y.dump([x, undefined, { a: undefined, b: x }], { skipInvalid: true })",
                "dumped values",
            ),
            "returned": ("shown(Y.load(Y.dump(x)))", "dumped values"),
        },
    ),
    History(
        repo="json5/json5",
        language="javascript",
        setup=(
            _ASK,
            "const Module = ask('module')",
            "const before = Module._load",
            "const letters = { Space_Separator: /\\p{Zs}/u, ID_Start: /\\p{ID_Start}/u, ID_Continue: /\\p{ID_Continue}/u }",
            "Module._load = function (name, ...rest) {",
            "  try { return before.call(this, name, ...rest) } catch (error) {",
            "    if (name.endsWith('/unicode')) return letters",
            "    throw error",
            "  }",
            "}",
            "const J = load('src/index.js', 'lib/index.js', 'lib/json5.js')",
            "Module._load = before",
            "const odd = (key, value) => (typeof value === 'number' && !(Number.isFinite(value) && value) ?",
            "  `n${Object.is(value, -0) ? '-0' : value}` : value)",
            "const shown = value => JSON.stringify(value, odd)",
            "const fault = (x, of) => { try { J.parse(x); return 'fine' } catch (error) { return of(error) } }",
        ),
        roots=("lib", "src"),
        entries={
            **dict.fromkeys(("revived", "fault", "placed", "accepted"), "parse"),
            **dict.fromkeys((*_PUT, "text", "keyed", "boxed"), "stringify"),
            "again": "parse,stringify",
        },
        metrics={
            "parse": ("shown(J.parse(x))", "json5 texts"),
            "revived": (
                "shown(J.parse(x, (key, value) => (typeof value === 'number' ? [key, value] : value)))",
                "json5 texts",
            ),
            "accepted": ("fault(x, () => 'bad') === 'fine'", "json5 texts"),
            "fault": ("fault(x, error => error.message)", "json5 texts"),
            "placed": (
                "fault(x, error => 1000 * error.lineNumber + (error.columnNumber || error.at || 0))",
                "json5 texts",
            ),
            "stringify": ("J.stringify(x)", "dumped values"),
            **{name: (f"J.stringify(x, {how})", "dumped values") for name, how in _PUT.items()},
            "boxed": (
                "J.stringify([Object(x), undefined, [], { a: undefined, b: Object(x) }], null, 3)",
                "dumped values",
            ),
            "text": ("J.stringify({ text: x, [x]: 1, at: new Date(0) })", "json5 texts"),
            "keyed": ("J.stringify({ [`${x}`]: [x], '': {} }, null, ' ')", "dumped values"),
            "again": ("shown(J.parse(J.stringify(x)))", "dumped values"),
        },
    ),
    History(
        repo="pillarjs/path-to-regexp",
        language="javascript",
        setup=(
            "const P = load('src/index.ts', 'index.js')",
            "const make = typeof P === 'function' ? P : P.pathToRegexp",
            "const made = (route, how) => {",
            "  const keys = []",
            "  const found = make.length === 1 ? make(route, how) : make(route, keys, how)",
            "  return { regexp: found.regexp || found, keys: found.keys || keys }",
            "}",
            "const met = (x, how = {}) => made(x[0], how).regexp.exec(x[1])",
            "const named = (x, how = {}) => P.match(x[0], how)(x[1])",
            "const values = { a: 'x/y', b: 'é z', c: '1', e: 'js', id: '7', foo_bar: '-', 0: 'q', 1: 'r', 'a b': 's' }",
            "const lists = { a: ['x', 'y'], b: ['é', 'z'], 0: ['q'], 1: ['r'], 'a b': ['s', 't'] }",
        ),
        roots=("src", "index.js"),
        entries={
            **dict.fromkeys((*_ROUTED, "fits", "keys", "source", "several"), "pathToRegexp"),
            **dict.fromkeys(("partly", "strictly"), "match"),
            **dict.fromkeys(("filled", "listed", "loosely"), "compile"),
            "marked": "parse",
            "stringify": "stringify,parse",
        },
        metrics={
            "pathToRegexp": ("met(x)", "routed paths"),
            "fits": ("met(x) !== null", "routed paths"),
            "source": ("made(x[0], {}).regexp.source", "routed paths"),
            "keys": ("made(x[0], {}).keys.map(key => key.name).join()", "routed paths"),
            "several": ("met([[x[0], '/z/:q'], x[1]], { end: false })", "routed paths"),
            **{name: (f"met(x, {{ {how} }})", "routed paths") for name, how in _ROUTED.items()},
            "match": ("named(x)", "routed paths"),
            "partly": ("named(x, { end: false, decode: false })", "routed paths"),
            "strictly": ("named(x, { trailing: false, strict: true, sensitive: true })", "routed paths"),
            "parse": ("P.parse(x[0])", "routed paths"),
            "marked": ("P.parse(x[0], { delimiter: '-', encodePath: encodeURI })", "routed paths"),
            "filled": ("P.compile(x[0])(values)", "routed paths"),
            "listed": ("P.compile(x[0])(lists)", "routed paths"),
            "loosely": (
                "P.compile(x[0], { validate: false, encode: encodeURIComponent })(values)",
                "routed paths",
            ),
            "stringify": ("P.stringify(P.parse(x[0]))", "routed paths"),
        },
    ),
    History(
        repo="micromatch/braces",
        language="javascript",
        setup=(
            _ASK,
            "const Module = ask('module')",
            "const before = Module._load",
            "const late = ask('fs').existsSync(process.argv[3] + '/lib/expand.js')",
            "Module._load = function (name, ...rest) {",
            "  return before.call(this, name === 'fill-range' && !late ? 'fill-range-4' : name, ...rest)",
            "}",
            "const B = load('index.js')",
            "const early = !B.expand && !B.create",
            "const opened = (x, how) => B(x, early ? { ...how } : { expand: true, ...how })",
            "const closed = (x, how) => B(x, early ? { makeRe: true, ...how } : { ...how })",
        ),
        roots=("lib", "index.js"),
        entries={
            **dict.fromkeys((*_LOOSE, "counted", "unlike", "full", "stepped", "parted"), "braces"),
            **{f"closed_{name}": "braces" for name in _LOOSE},
        },
        metrics={
            **{name: (f"opened(x, {{ {how} }})", "braced") for name, how in _LOOSE.items()},
            **{f"closed_{name}": (f"closed(x, {{ {how} }})", "braced") for name, how in _LOOSE.items()},
            "counted": ("opened(x).length", "braced"),
            "unlike": ("opened(x, { nodupes: true })", "braced"),
            "full": ("opened(x, { noempty: true })", "braced"),
            "stepped": ("opened(x, { step: 2, rangeLimit: 50, maxLength: 12 })", "braced"),
            "parted": ("B([x, 'z{a,b}'], { nodupes: true })", "braced"),
            "expand": ("B.expand(x)", "braced"),
            "compile": ("B.compile(x)", "braced"),
            "optimize": ("B.optimize(x)", "braced"),
            "stringify": ("B.stringify(x)", "braced"),
            "makeRe": ("B.makeRe(x).source", "braced"),
        },
    ),
)
