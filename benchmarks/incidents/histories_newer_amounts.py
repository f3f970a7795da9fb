"""Histories of query texts, releases and sums; some weights were set in view of them."""

from benchmarks.incidents.histories import History, each

_STOOD_IN = (
    "const M = process.mainModule.require('module')",
    "const before = M._load",
)
"""What a history needs that stands in for a package whose versions differ too much."""

_READ = {
    "bracketed": "arrayFormat: 'bracket'",
    "indexed": "arrayFormat: 'index'",
    "commaed": "arrayFormat: 'comma'",
    "piped": "arrayFormat: 'separator', arrayFormatSeparator: '|'",
    "both": "arrayFormat: 'bracket-separator', arrayFormatSeparator: '|', parseNumbers: true",
    "colons": "arrayFormat: 'colon-list-separator'",
    "counted": "parseNumbers: true, parseBooleans: true",
    "typed": "arrayFormat: 'comma', types: { a: 'number[]', b: 'string', c: 'boolean' }",
    "raw": "decode: false, sort: false",
}
_WRITTEN = {
    "in_brackets": "arrayFormat: 'bracket', skipNull: true",
    "by_index": "arrayFormat: 'index'",
    "by_comma": "arrayFormat: 'comma', skipEmptyString: true",
    "by_pipe": "arrayFormat: 'bracket-separator', arrayFormatSeparator: '|'",
    "by_colon": "arrayFormat: 'colon-list-separator'",
    "plainly": "encode: false, sort: false",
    "loosely": "strict: false, skipNull: true, skipEmptyString: true",
    "replaced": "replacer: (key, value) => (value === 1 ? undefined : value)",
}
_ROUNDED = {
    "higher": "up",
    "lower": "down",
    "half_up": "halfUp",
    "half_even": "halfEven",
    "half_away": "halfAwayFromZero",
}
_WIDE = "S.compare(...x, '$')"


NEWER_AMOUNTS: tuple[History, ...] = (
    History(
        repo="sindresorhus/query-string",
        language="javascript",
        setup=(
            *_STOOD_IN,
            "const some = (o, keep) => Object.fromEntries(Object.entries(o).filter(([key, value]) =>",
            "  Array.isArray(keep) ? keep.includes(key) : keep(key, value)))",
            "const kept = Object.assign(some, { includeKeys: some })",
            "M._load = function (name, ...rest) {",
            "  return name === 'filter-obj' ? kept : before.call(this, name, ...rest)",
            "}",
            "const Q = load('base.js', 'index.js', 'query-string.js')",
            "M._load = before",
            "const whole = x => (x === '~' ? undefined : Array.isArray(x) ? x.map(whole) : x)",
            "const given = x => x && Object.fromEntries(Object.entries(x).map(([k, v]) => [k, whole(v)]))",
        ),
        roots=("base.js", "index.js", "query-string.js"),
        entries={
            **dict.fromkeys(_READ, "parse"),
            **dict.fromkeys(_WRITTEN, "stringify"),
            "parted": "parseUrl",
            "ended": "stringifyUrl",
            "tested": "exclude",
        },
        metrics={
            "parse": ("Q.parse(x)", "asked texts"),
            **{name: (f"Q.parse(x, {{ {how} }})", "asked texts") for name, how in _READ.items()},
            "stringify": ("Q.stringify(given(x))", "handed fields"),
            **{
                name: (f"Q.stringify(given(x), {{ {how} }})", "handed fields")
                for name, how in _WRITTEN.items()
            },
            "extract": ("Q.extract(x)", "asked pages"),
            "parseUrl": ("Q.parseUrl(x)", "asked pages"),
            "parted": (
                "Q.parseUrl(x, { parseFragmentIdentifier: true, arrayFormat: 'bracket' })",
                "asked pages",
            ),
            "stringifyUrl": ("Q.stringifyUrl({ url: x, query: { a: ['1', null], n: 'é' } })", "asked pages"),
            "ended": (
                "Q.stringifyUrl({ url: x, fragmentIdentifier: 'a b', query: { b: 'x,y' } },"
                " { arrayFormat: 'comma', sort: false })",
                "asked pages",
            ),
            "pick": ("Q.pick(x, ['a', 'b'])", "asked pages"),
            "exclude": ("Q.exclude(x, ['a'])", "asked pages"),
            "tested": (
                "Q.exclude(x, (key, value) => value === '1', { arrayFormat: 'bracket' })",
                "asked pages",
            ),
        },
    ),
    History(
        repo="omichelsen/compare-versions",
        language="javascript",
        setup=(
            "const S = load('src/index.ts', 'index.mjs', 'index.js')",
            "const c = S.compareVersions || S",
        ),
        roots=("src", "index.mjs", "index.js"),
        entries={
            **dict.fromkeys(("against", "turned", "sorted", "early"), "compareVersions"),
            **dict.fromkeys(("above", "least", "same", "most", "unlike"), "compare"),
            **dict.fromkeys(("caret", "tilde", "spaced", "either"), "satisfies"),
            "ranged": "validate",
        },
        metrics={
            "compareVersions": ("c(x[0], x[1])", "releases"),
            "against": ("c(x[0], '1.2.3')", "releases"),
            "early": ("c(x[1], '1.2.3-beta.2')", "releases"),
            "turned": ("c(x[1], x[0]) + 2 * c(x[0], '2.0.0')", "fitted releases"),
            "sorted": ("[...x, '1.2.3', '1.2.3-rc.1', '1.10'].sort(c).join(' ')", "releases"),
            **{
                name: (_WIDE.replace("$", sign), "releases")
                for name, sign in {
                    "above": ">",
                    "least": ">=",
                    "same": "=",
                    "most": "<=",
                    "unlike": "!=",
                }.items()
            },
            "validate": ("S.validate(x[0])", "releases"),
            "ranged": ("S.validate(x[1])", "fitted releases"),
            "validateStrict": ("S.validateStrict(x[0])", "releases"),
            "satisfies": ("S.satisfies(x[0], x[1])", "fitted releases"),
            "caret": ("S.satisfies(x[0], '^' + x[1])", "releases"),
            "tilde": ("S.satisfies(x[0], '~' + x[1])", "releases"),
            "spaced": ("S.satisfies(x[0], `>= ${x[1]}  <10`)", "releases"),
            "either": ("S.satisfies(x[0], `${x[1]} || 1.2.3 - 2`)", "releases"),
        },
    ),
    History(
        repo="dinerojs/dinero.js",
        language="javascript",
        setup=(
            *_STOOD_IN,
            "globalThis.__DEV__ = false",
            "const signs = { LT: -1, EQ: 0, GT: 1 }",
            "const shapes = { ComparisonOperator: signs, DineroComparisonOperator: signs }",
            "const at = name => load(`packages/${name}/src/index.ts`, `packages/${name}/index.ts`)",
            "M._load = function (name, ...rest) {",
            "  if (/^\\.[./]*\\/(\\w+\\/)*types(\\/|$)/.test(name)) return shapes",
            "  if (/^\\.[./]*\\/(bigint\\/)?currencies/.test(name)) return {}",
            "  if (name.startsWith('@dinero.js/currencies')) return {}",
            "  if (name === '@dinero.js/calculator/number') return load('packages/calculator/src/number/index.ts')",
            "  if (name.startsWith('@dinero.js/')) return at(name.slice(11))",
            "  return before.call(this, name, ...rest)",
            "}",
            "const found = at('dinero.js')",
            "M._load = before",
            "const safe = name => found[`safe${name[0].toUpperCase()}${name.slice(1)}`]",
            "const S = new Proxy({ transformScale: found.convertScale }, {",
            "  get: (kept, name) => found[name] || safe(name) || kept[name]",
            "})",
            "const USD = { code: 'USD', base: 10, exponent: 2 }",
            "const GBP = { code: 'GBP', base: [20, 12], exponent: 1 }",
            "const EUR = { code: 'EUR', base: 10, exponent: 2 }",
            "const made = (amount, scale, currency = USD) => S.dinero({ amount, currency, scale })",
            "const m = x => made(x[0], x[1])",
            "const other = x => made(x[2] * 10, 3)",
            "const old = x => made(x[0], 1, GBP)",
            "const said = d => JSON.stringify(d.toJSON ? d.toJSON() : d)",
            "const plain = d => (S.toDecimal ? S.toDecimal(d) : S.toFormat(d, ({ amount }) => amount))",
            "const units = d => (S.toUnits || S.toUnit)(d)",
        ),
        roots=(
            "packages/dinero.js/src",
            "packages/core/index.ts",
            "packages/core/src",
            "packages/calculator-number",
            "packages/calculator",
        ),
        entries={
            **dict.fromkeys(("percent", "scaled"), "multiply"),
            "shares": "allocate",
            **dict.fromkeys(_ROUNDED, "transformScale"),
            **dict.fromkeys(("toDecimal", "worded"), "toDecimal,toFormat"),
            **dict.fromkeys(("toUnits", "shillings"), "toUnits,toUnit"),
        },
        through={
            **{f"S.{name})": name for name in _ROUNDED.values()},
            **dict.fromkeys(("m(x)", "made(", "old(x)"), "dinero"),
            "said(": "toJSON",
            "plain(": "toDecimal,toFormat",
        },
        metrics={
            **each("add subtract", "said(S.$(m(x), other(x)))", "sums"),
            **each("compare greaterThan", "S.$(m(x), other(x))", "sums"),
            **each("isPositive isNegative hasSubUnits", "S.$(m(x))", "sums"),
            "trimScale": ("said(S.trimScale(made(x[0] || 10, x[1])))", "sums"),
            "toUnits": ("said(units(m(x)))", "sums"),
            "multiply": ("said(S.multiply(m(x), x[2]))", "sums"),
            "scaled": ("plain(S.multiply(m(x), { amount: x[2], scale: 1 }))", "sums"),
            "allocate": ("S.allocate(m(x), [Math.abs(x[2]), 3, 1]).map(said).join(' ')", "small sums"),
            "shares": (
                "S.allocate(m(x), [{ amount: 505, scale: 1 }, 50, 0]).map(said).join(' ')",
                "small sums",
            ),
            "convert": ("said(S.convert(m(x), EUR, { EUR: { amount: 89, scale: 2 } }))", "sums"),
            "toDecimal": ("plain(m(x))", "sums"),
            "worded": ("S.toDecimal(m(x), ({ value, currency }) => `${currency.code} ${value}`)", "sums"),
            "shillings": ("said(units(old(x)))", "sums"),
            "normalizeScale": ("S.normalizeScale([m(x), other(x)]).map(said).join(' ')", "sums"),
            "transformScale": ("said(S.transformScale(m(x), x[1] + 2))", "sums"),
            **{
                name: (f"said(S.transformScale(m(x), Math.max(0, x[1] - 1), S.{how}))", "sums")
                for name, how in _ROUNDED.items()
            },
        },
    ),
)
