"""Histories in JavaScript and TypeScript."""

from benchmarks.incidents.histories import History, each

_NATURAL = {
    "PorterStemmer.stem": ("stemmers/porter_stemmer.js", ".stem(x)", "words"),
    "LancasterStemmer.stem": ("stemmers/lancaster_stemmer.js", ".stem(x)", "words"),
    "PorterStemmerFr.stem": ("stemmers/porter_stemmer_fr.js", ".stem(x)", "words"),
    "PorterStemmerEs.stem": ("stemmers/porter_stemmer_es.js", ".stem(x)", "words"),
    "PorterStemmerIt.stem": ("stemmers/porter_stemmer_it.js", ".stem(x)", "words"),
    "tokenizeAndStem": ("stemmers/porter_stemmer.js", ".tokenizeAndStem(x)", "texts"),
    "Metaphone.process": ("phonetics/metaphone.js", ".process(x)", "words"),
    "SoundEx.process": ("phonetics/soundex.js", ".process(x)", "words"),
    "DoubleMetaphone.process": ("phonetics/double_metaphone.js", ".process(x)[0]", "words"),
    "JaroWinklerDistance": ("distance/jaro-winkler_distance.js", "(x[0], x[1])", "pairs"),
    "DiceCoefficient": ("distance/dice_coefficient.js", "(x[0], x[1])", "pairs"),
}


def _file(found: tuple[str, str, str]) -> tuple[str, str]:
    path, call, pool = found
    return f"load('lib/natural/{path}'){call}", pool


JAVASCRIPT: tuple[History, ...] = (
    History(
        repo="thisandagain/sentiment",
        language="javascript",
        setup=(
            "const S = load('lib/index.js')",
            "const run = x => { try { return new S().analyze(x) } catch (e) { return S(x) } }",
        ),
        roots=("lib", "build", "languages"),
        entries={"comparative": "analyze", "positive": "analyze"},
        metrics={
            "analyze": ("run(x).score", "texts"),
            "comparative": ("run(x).comparative", "texts"),
            "tokenize": ("run(x).tokens.length", "texts"),
            "positive": ("run(x).positive.length", "texts"),
        },
    ),
    History(
        repo="simple-statistics/simple-statistics",
        language="javascript",
        setup=(
            "const s = load('index.js', 'src/index.js', 'src/simple_statistics.js')",
            "const g = name => s[name] || s[name.replace(/[A-Z]/g, c => '_' + c.toLowerCase())]",
        ),
        roots=("src", "index.js"),
        held_out=True,
        metrics={
            **each(
                "mean variance standardDeviation median mode sampleSkewness sampleKurtosis interquartileRange "
                "medianAbsoluteDeviation geometricMean harmonicMean rootMeanSquare sampleVariance "
                "sampleStandardDeviation sumSimple product min max extent sum uniqueCountSorted coefficientOfVariation",
                "g('$')(x)",
                "samples",
            ),
            "quantile": ("g('quantile')(x, .3)", "samples"),
            "ckmeans": ("JSON.stringify((s.ckmeans || s.jenks)(x, 2))", "samples"),
            "linearRegression": ("g('linearRegression')(x.map((v, i) => [i, v])).m", "samples"),
            "rSquared": ("g('rSquared')(x.map((v, i) => [i, v]), v => v * 2)", "samples"),
            "tTest": ("g('tTest')(x, 5)", "samples"),
            "sampleCorrelation": ("g('sampleCorrelation')(x, x.map(v => v * v))", "samples"),
            "errorFunction": ("g('errorFunction')(x / 1e3)", "numbers"),
            "cumulativeStdNormalProbability": ("g('cumulativeStdNormalProbability')(x / 100)", "numbers"),
            "factorial": ("g('factorial')(x % 20)", "numbers"),
            "gamma": ("g('gamma')(x % 20)", "numbers"),
            "poissonDistribution": ("g('poissonDistribution')(x % 12)", "numbers"),
            "jenks": ("JSON.stringify(s.jenks(x, 2))", "samples"),
            "probit": ("s.probit(x / 1000 % 1)", "numbers"),
        },
    ),
    History(
        repo="d3/d3-format",
        language="javascript",
        setup=("const f = load('src/index.js', 'index.js')",),
        roots=("src", "index.js", "locale"),
        metrics={
            "format": ("(f.format || f.formatNumber)(x[0])(x[1])", "specified"),
            "formatPrefix": ("f.formatPrefix(x[0] || '.1', 1e3)(x[1])", "specified"),
            "formatSpecifier": ("String(f.formatSpecifier(x[0]))", "specified"),
            "precisionRound": ("f.precisionRound(0.01, Math.abs(x) + 1)", "numbers"),
            "precisionFixed": ("f.precisionFixed(x / 1e4)", "numbers"),
            "precisionPrefix": ("f.precisionPrefix(10, x)", "numbers"),
        },
    ),
    History(
        repo="d3/d3-array",
        language="javascript",
        setup=("const a = load('src/index.js', 'index.js')",),
        roots=("src", "index.js"),
        metrics={
            **each(
                "mean median variance deviation sum mode medianIndex minIndex maxIndex", "a.$(x)", "samples"
            ),
            "quantile": ("a.quantile(x, .3)", "samples"),
            "extent": ("a.extent(x)", "samples"),
            "bin": ("(a.bin || a.histogram)()(x).map(b => b.length)", "samples"),
            "thresholdFreedmanDiaconis": (
                "(a.thresholdFreedmanDiaconis || a.histogramFreedmanDiaconis)(x, Math.min(...x), Math.max(...x))",
                "samples",
            ),
            "thresholdScott": (
                "(a.thresholdScott || a.histogramScott)(x, Math.min(...x), Math.max(...x))",
                "samples",
            ),
            "ticks": ("a.ticks(0, x / 3, 7)", "numbers"),
            "tickStep": ("a.tickStep(-x, x * 2, 9)", "numbers"),
            "tickIncrement": ("a.tickIncrement(-x, x * 2, 9)", "numbers"),
            "nice": ("a.nice(x / 7, x * 2, 5)", "numbers"),
            "bisect": ("(a.bisect || a.bisectRight)([0, 5, 60, 700, 8000, 1e6], x)", "numbers"),
            "cumsum": ("a.cumsum(x)[x.length - 1]", "samples"),
            "ascending": ("x.slice().sort(a.ascending)", "samples"),
            "rank": ("Array.from(a.rank(x))", "samples"),
        },
    ),
    History(
        repo="adamwdraper/Numeral-js",
        language="javascript",
        setup=("const n = load('src/numeral.js', 'numeral.js')", "try { load('numeral.js') } catch (e) {}"),
        roots=("numeral.js", "src"),
        entries={"whole": "format"},
        through={"n(": "numeral"},
        metrics={
            "format": ("n(x[1]).format(x[0])", "numeral"),
            "numeral": ("n(x).value()", "spoken_amounts"),
            "unformat": ("n().unformat(x)", "spoken_amounts"),
            "whole": ("load('numeral.js')(x[1]).format(x[0])", "numeral"),
        },
    ),
    History(
        repo="chrisveness/geodesy",
        language="javascript",
        setup=(
            "const L = load('latlon-spherical.js', 'latlon.js')",
            "const P = p => new L(p[0], p[1])",
            "const V = () => load('latlon-ellipsoidal-vincenty.js', 'latlon-vincenty.js')",
            "const D = () => load('dms.js')",
        ),
        through={"P(x": "LatLon"},
        metrics={
            **each(
                "distanceTo rhumbDistanceTo initialBearingTo bearingTo finalBearingTo rhumbBearingTo",
                "P(x[0]).$(P(x[1]))",
                "points",
            ),
            "midpointTo": ("P(x[0]).midpointTo(P(x[1])).lon", "points"),
            "destinationPoint": ("P(x[0]).destinationPoint(Math.abs(x[1][0]) * 9, x[1][1]).lat", "points"),
            "vincentyDistance": ("new (V())(...x[0]).distanceTo(new (V())(...x[1]))", "points"),
            "parse": ("(D().parse || D().parseDMS)(String(x[0][0]) + '° 12′ 1″ S')", "points"),
            "toDms": ("(D().toDms || D().toDMS)(x[0][1], 'dms', 2)", "points"),
            "toString": ("P(x[0]).toString('dm', 2)", "points"),
            "crossTrackDistanceTo": ("P(x[0]).crossTrackDistanceTo(P(x[1]), P([10, 20]))", "points"),
        },
    ),
    History(
        repo="npm/node-semver",
        language="javascript",
        setup=("const s = load('index.js', 'semver.js')",),
        held_out=True,
        entries={"loose": "valid"},
        metrics={
            "valid": ("String(s.valid(x[0]))", "versions"),
            "satisfies": ("s.satisfies(x[0], x[1])", "versions"),
            "validRange": ("String(s.validRange(x[1]))", "versions"),
            "inc": ("String(s.inc(x[0], 'prerelease'))", "versions"),
            "coerce": ("String(s.coerce(x[0]))", "versions"),
            "compare": ("s.compare(x[0], '1.2.3')", "versions"),
            "gtr": ("s.gtr(x[0], x[1])", "versions"),
            "ltr": ("s.ltr(x[0], x[1])", "versions"),
            "diff": ("String(s.diff(x[0], '1.2.3'))", "versions"),
            "minVersion": ("String(s.minVersion(x[1]))", "versions"),
            "loose": ("String(s.valid(x[0], true))", "versions"),
            "maxSatisfying": (
                "String(s.maxSatisfying(['1.2.3', '2.0.0-rc.1', '0.2.1', x[0]], x[1]))",
                "versions",
            ),
            "intersects": ("s.intersects(x[1], '^1.2.0')", "versions"),
        },
    ),
    History(
        repo="mholt/PapaParse",
        language="javascript",
        setup=("const P = load('papaparse.js', 'jquery.parse.js')",),
        roots=("papaparse.js",),
        entries={"errors": "parse", "dynamicTyping": "parse", "comments": "parse"},
        metrics={
            "parse": ("P.parse(x).data", "tables"),
            "errors": ("P.parse(x).errors.length", "tables"),
            "dynamicTyping": ("P.parse(x, {dynamicTyping: true, header: true}).data", "tables"),
            "guessDelimiter": ("P.parse(x).meta.delimiter", "tables"),
            "unparse": ("P.unparse(P.parse(x, {skipEmptyLines: true}).data)", "tables"),
            "comments": ("P.parse(x, {comments: true, preview: 3}).data", "tables"),
        },
    ),
    History(
        repo="iamkun/dayjs",
        language="javascript",
        setup=(
            "const d = load('src/index.js')",
            "const plug = name => { d.extend(load('src/plugin/' + name + '/index.js')); return d }",
        ),
        roots=("src",),
        through={"(x": "dayjs"},
        metrics={
            "dayjs": ("d(x).valueOf() / 36e5", "dates"),
            "format": ("d(x).format('YYYY-MM-DD ddd H:mm A Z SSS')", "dates"),
            "diff": ("d(x).diff(d('2019-03-31T10:00'), 'month', true)", "dates"),
            "add": ("d(x).add(1, 'month').subtract(2, 'week').valueOf() / 36e5", "dates"),
            "startOf": ("d(x).startOf('week').valueOf() / 36e5", "dates"),
            "endOf": ("d(x).endOf('month').valueOf() / 36e5", "dates"),
            "isValid": ("d(x).isValid()", "dates"),
            "relativeTime": ("plug('relativeTime')(x).from(d('2019-03-06'))", "dates"),
            "customParseFormat": ("plug('customParseFormat')(x, 'MM/DD/YYYY').valueOf() / 36e5", "dates"),
            "weekOfYear": ("plug('weekOfYear')(x).week()", "dates"),
            "advancedFormat": ("plug('advancedFormat')(x).format('Q Do k X x w')", "dates"),
            "utc": ("plug('utc').utc(x).format()", "dates"),
            "duration": ("plug('duration').duration(x).asHours()", "numbers"),
            "localizedFormat": ("plug('localizedFormat')(x).format('L LT ll LLLL')", "dates"),
        },
    ),
    History(
        repo="gka/chroma.js",
        language="javascript",
        setup=("const c = load('index.js', 'chroma.js')",),
        roots=("src", "index.js", "chroma.js"),
        held_out=True,
        through={"c(": "Color"},
        metrics={
            "luminance": ("c(x).luminance()", "colours"),
            "hex": ("c(x).hex()", "colours"),
            "lab": ("c(x).lab()[1]", "colours"),
            "lch": ("c(x).lch()[2]", "colours"),
            "hsl": ("c(x).hsl()[0]", "colours"),
            "css": ("c(x).css()", "colours"),
            "darken": ("c(x).darken().hex()", "colours"),
            "saturate": ("c(x).saturate(2).hex()", "colours"),
            "contrast": ("c.contrast(x, 'teal')", "colours"),
            "mix": ("c.mix(x, 'red', .3, 'lab').hex()", "colours"),
            "temperature": ("c(x).temperature()", "colours"),
            "name": ("c(x).name()", "colours"),
            "valid": ("c.valid(x)", "colours"),
            "scale": ("c.scale([x, 'navy']).mode('lch')(.4).hex()", "colours"),
            "deltaE": ("c.deltaE(x, 'teal')", "colours"),
        },
    ),
    History(
        repo="bgrins/TinyColor",
        language="javascript",
        setup=("const t = load('tinycolor.js', 'mod.js')",),
        roots=("tinycolor.js", "mod.js"),
        through={"t(x": "tinycolor"},
        metrics={
            **each(
                "toHexString toRgbString toHslString toHsvString getBrightness isDark isValid toName toHex8String "
                "getLuminance getAlpha toPercentageRgbString toFilter",
                "t(x).$()",
                "colours",
            ),
            "lighten": ("(t(x).lighten ? t(x).lighten(12) : t.lighten(x, 12)).toHex()", "colours"),
            "saturate": ("(t(x).saturate ? t(x).saturate() : t.saturate(x)).toHex()", "colours"),
            "readability": (
                "(r => typeof r === 'number' ? r : r.brightness)(t.readability(x, '#888'))",
                "colours",
            ),
            "mix": ("t.mix(x, 'red', 30).toHex()", "colours"),
        },
    ),
    History(
        repo="markedjs/marked",
        language="javascript",
        setup=("const m = load('src/marked.ts', 'src/marked.js', 'lib/marked.js')",),
        roots=("src", "lib"),
        entries={"pedantic": "parse", "breaks": "parse"},
        metrics={
            "parse": ("(m.parse || m)(x)", "markup"),
            "lexer": ("m.lexer(x).length", "markup"),
            "parseInline": ("m.parseInline(x)", "markup"),
            "pedantic": ("(m.parse || m)(x, {pedantic: true, gfm: false})", "markup"),
            "breaks": ("(m.parse || m)(x, {breaks: true, gfm: true})", "markup"),
        },
    ),
    History(
        repo="NaturalNode/natural",
        language="javascript",
        setup=("const fresh = C => new C()",),
        roots=("lib",),
        metrics={
            **{name: _file(found) for name, found in _NATURAL.items()},
            "LevenshteinDistance": (
                "(f => typeof f === 'function' ? f(x[0], x[1]) : f.LevenshteinDistance(x[0], x[1]))"
                "(load('lib/natural/distance/levenshtein_distance.js'))",
                "pairs",
            ),
            "WordTokenizer.tokenize": (
                "(t => fresh(t.WordTokenizer || t).tokenize(x).length)(load('lib/natural/tokenizers/regexp_tokenizer.js'))",
                "texts",
            ),
            "TreebankWordTokenizer.tokenize": (
                "fresh(load('lib/natural/tokenizers/treebank_word_tokenizer.js')).tokenize(x).length",
                "texts",
            ),
            "SentenceTokenizer.tokenize": (
                "fresh(load('lib/natural/tokenizers/sentence_tokenizer.js')).tokenize(x).length",
                "texts",
            ),
            "NounInflector.pluralize": (
                "fresh(load('lib/natural/inflectors/noun_inflector.js')).pluralize(x)",
                "words",
            ),
            "NounInflector.singularize": (
                "fresh(load('lib/natural/inflectors/noun_inflector.js')).singularize(x)",
                "words",
            ),
            "CountInflector.nth": ("load('lib/natural/inflectors/count_inflector.js').nth(x)", "numbers"),
            "NGrams.bigrams": ("load('lib/natural/ngrams/ngrams.js').bigrams(x).length", "texts"),
        },
    ),
    History(
        repo="validatorjs/validator.js",
        language="javascript",
        setup=("const v = load('src/index.js', 'validator.js', 'index.js')",),
        roots=("src", "validator.js", "index.js", "lib"),
        held_out=True,
        metrics={
            **each(
                "isEmail isURL isIP isFQDN isCreditCard isUUID isIBAN isHexColor isMACAddress isSlug isNumeric "
                "isAlphanumeric isHexadecimal isAscii isDataURI isMobilePhone isBase64 isISBN isLowercase isInt "
                "isJWT isMongoId isPort isISIN isISSN isMD5 isMimeType isHash isBIC isEthereumAddress isBase32",
                "v.$(x)",
                "identifiers",
            ),
            **each("isDate isISO8601 isRFC3339 toDate isTime", "v.$(x)", "dates"),
            **each(
                "isFloat isDecimal isCurrency isDivisibleBy toFloat isLength isByteLength",
                "v.$(x, {})",
                "prices",
            ),
            **each("escape stripLow trim unescape isStrongPassword isJSON", "v.$(x)", "markup"),
            "normalizeEmail": ("String(v.normalizeEmail(x.toUpperCase()))", "identifiers"),
            "isRgbColor": ("(v.isRgbColor || v.isHexColor)(x)", "colours"),
            "isHSL": ("v.isHSL(x)", "colours"),
            "isSemVer": ("v.isSemVer(x[0])", "versions"),
            "isWebUrl": ("v.isURL(x, {require_tld: false})", "addresses"),
        },
    ),
    History(
        repo="krisk/Fuse",
        language="javascript",
        setup=(
            "const F = load('src/entry.js', 'src/entry.ts', 'src/core/index.ts', 'src/core/index.js', 'src/fuse.js', 'src/index.js')",
            "const list = ['smith', 'abcde', 'the people', 'fghij', 'understanding', 'a b c', 'bad cafe', 'jade']",
        ),
        roots=("src",),
        entries={"score": "search", "location": "search", "tokenize": "search"},
        through={"new F(": "Fuse"},
        metrics={
            "search": (
                "new F(list, {includeScore: true, include: ['score']}).search(x[1] || 'ab').length",
                "pairs",
            ),
            "score": (
                "new F(list, {includeScore: true, include: ['score'], threshold: 1}).search(x[0])[0].score",
                "pairs",
            ),
            "tokenize": (
                "new F(list, {tokenize: true, useExtendedSearch: true}).search(x[0]).length",
                "pairs",
            ),
            "location": (
                "new F(list, {location: 3, distance: 5, threshold: .5}).search(x[0]).length",
                "pairs",
            ),
        },
    ),
    History(
        repo="manuelbieh/geolib",
        language="javascript",
        setup=(
            "const all = load('src/index.ts', 'src/index.js', 'src/geolib.js', 'geolib.js')",
            "const g = (n, ...older) => [n, ...older].map(k => all[k]).find(Boolean)",
            "const p = a => ({latitude: a[0], longitude: a[1]})",
        ),
        roots=("src", "geolib.js"),
        metrics={
            **each(
                "getDistance getPreciseDistance getRhumbLineBearing getGreatCircleBearing getCompassDirection getBearing",
                "g('$')(p(x[0]), p(x[1]))",
                "points",
            ),
            "getCenter": ("g('getCenter')([p(x[0]), p(x[1])]).longitude", "points"),
            "getPathLength": ("g('getPathLength')([p(x[0]), p(x[1]), p([1, 2])])", "points"),
            "computeDestinationPoint": (
                "g('computeDestinationPoint')(p(x[0]), Math.abs(x[1][1]) * 99, x[1][0]).latitude",
                "points",
            ),
            "decimalToSexagesimal": ("g('decimalToSexagesimal', 'decimal2sexagesimal')(x[0][1])", "points"),
            "sexagesimalToDecimal": (
                "g('sexagesimalToDecimal', 'sexagesimal2decimal')('51° ' + Math.abs(x[0][0]).toFixed(0) + \"' 46.1\\\" N\")",
                "points",
            ),
            "getAreaOfPolygon": ("g('getAreaOfPolygon')([p(x[0]), p(x[1]), p([1, 2])])", "points"),
            "isPointInPolygon": (
                "g('isPointInPolygon', 'isPointInside')(p(x[0]), [p([-9, -9]), p([40, -9]), p(x[1])])",
                "points",
            ),
            "convertSpeed": ("g('convertSpeed')(x, 'kmh')", "numbers"),
            "convertDistance": ("g('convertDistance', 'convertUnit')(x, 'mi')", "numbers"),
        },
    ),
    History(
        repo="visionmedia/bytes.js",
        language="javascript",
        setup=("const b = load('index.js')",),
        entries={"bytes": "format"},
        metrics={
            "format": ("b(Math.abs(x))", "numbers"),
            "parse": ("b(x)", "spoken_amounts"),
            "bytes": ("(b.format || b)(x, {decimalPlaces: 1, thousandsSeparator: ','})", "numbers"),
        },
    ),
    History(
        repo="jonschlinkert/remarkable",
        language="javascript",
        setup=(
            "const M = load('lib/index.js')",
            "const R = M.Remarkable || M",
        ),
        roots=("lib", "linkify"),
        entries={"full": "render", "typographer": "render"},
        metrics={
            "render": ("new R().render(x)", "markup"),
            "full": ("new R('full').render(x)", "markup"),
            "typographer": (
                "new R({html: true, breaks: true, typographer: true, linkify: true}).render(x)",
                "markup",
            ),
            "parse": ("new R().parse(x, {}).length", "markup"),
        },
    ),
    History(
        repo="micromatch/picomatch",
        language="javascript",
        setup=("const m = load('index.js')",),
        roots=("lib", "index.js"),
        entries={"dot": "picomatch"},
        metrics={
            "isMatch": ("(m.isMatch || ((a, b) => m(b)(a)))(x[1], x[0])", "globs"),
            "makeRe": ("String(m.makeRe(x[0]))", "globs"),
            "dot": ("m(x[0], {dot: true, nocase: true})(x[1])", "globs"),
            "scan": ("m.scan(x[0])", "globs"),
            "parse": ("m.parse(x[0]).output", "globs"),
        },
    ),
    History(
        repo="ljharb/qs",
        language="javascript",
        setup=("const q = load('lib/index.js', 'lib/querystring.js', 'index.js')",),
        roots=("lib", "index.js"),
        entries={"allowDots": "parse", "comma": "parse", "arrayFormat": "stringify"},
        through={"q.parse(": "parse"},
        metrics={
            "parse": ("q.parse(x)", "queries"),
            "stringify": ("q.stringify(q.parse(x))", "queries"),
            "allowDots": ("q.parse(x, {allowDots: true, arrayLimit: 5, parameterLimit: 4})", "queries"),
            "arrayFormat": ("q.stringify(q.parse(x), {arrayFormat: 'repeat', encode: false})", "queries"),
            "comma": ("q.parse(x, {comma: true, depth: 1, strictNullHandling: true})", "queries"),
        },
    ),
    History(
        repo="aceakash/string-similarity",
        language="javascript",
        setup=("const s = load('src/index.js', 'compare-strings.js')",),
        metrics={
            "compareTwoStrings": ("s.compareTwoStrings(x[0], x[1])", "pairs"),
            "findBestMatch": ("s.findBestMatch(x[0], ['abc def', x[1], 'hij']).bestMatch.rating", "pairs"),
        },
    ),
    History(
        repo="wanasit/chrono",
        language="javascript",
        setup=(
            "const c = load('src/index.ts', 'src/chrono.js', 'chrono.js')",
            "const ref = new Date('2019-03-06T12:00:00Z')",
        ),
        roots=("src", "chrono.js"),
        held_out=True,
        entries={"forwardDate": "parseDate", "strict": "parseDate", "de": "parseDate"},
        metrics={
            "parseDate": ("c.parseDate(x, ref)", "dates"),
            "parse": ("c.parse('we met ' + x + ' there', ref).length", "dates"),
            "forwardDate": ("c.parseDate(x, ref, {forwardDate: true})", "dates"),
            "strict": ("c.strict.parseDate(x, ref)", "dates"),
            "de": ("c.de.parseDate(x, ref)", "dates"),
        },
    ),
)
