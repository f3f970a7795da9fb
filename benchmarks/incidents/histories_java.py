"""Histories in Java."""

from benchmarks.incidents.histories import History

_PHONETIC = {
    name: (f"new {name}().encode(x)", "surnames")
    for name in [
        "Soundex",
        "RefinedSoundex",
        "Metaphone",
        "DoubleMetaphone",
        "Caverphone1",
        "Caverphone2",
        "Nysiis",
        "ColognePhonetic",
        "MatchRatingApproachEncoder",
        "DaitchMokotoffSoundex",
    ]
}

JAVA: tuple[History, ...] = (
    History(
        repo="stleary/JSON-java",
        language="java",
        setup=("import org.json.*;",),
        held_out=True,
        entries={
            "indented": "JSONObject.toString",
            "strings": "XML.toJSONObject",
            "path": "JSONObject.query",
        },
        metrics={
            "JSONObject": ("new JSONObject(x).toString()", "documents"),
            "JSONArray": ('new JSONArray("[" + x + ", 1]").toString()', "documents"),
            "indented": ("new JSONObject(x).toString(2)", "documents"),
            "path": ('String.valueOf(new JSONObject(x).query("/a"))', "documents"),
            "XML.toString": ("XML.toString(new JSONObject(x))", "documents"),
            "JSONObject.similar": (
                "new JSONObject(x).similar(new JSONObject(new JSONObject(x).toString()))",
                "documents",
            ),
            "XML.toJSONObject": ("XML.toJSONObject(x).toString()", "elements"),
            "strings": ("XML.toJSONObject(x, true).toString()", "elements"),
            "JSONML.toJSONObject": ("JSONML.toJSONObject(x).toString()", "elements"),
            "JSONML.toJSONArray": ("JSONML.toJSONArray(x).toString()", "elements"),
            "CDL.toJSONArray": ("CDL.toJSONArray(x).toString()", "tables"),
            "JSONObject.stringToValue": ("String.valueOf(JSONObject.stringToValue(x))", "spoken_amounts"),
        },
    ),
    History(
        repo="commonmark/commonmark-java",
        language="java",
        roots=tuple(
            f"{module}/src/main"
            for module in (
                "commonmark",
                "commonmark-ext-gfm-strikethrough",
                "commonmark-ext-gfm-tables",
                "commonmark-ext-heading-anchor",
            )
        ),
        setup=(
            "import org.commonmark.parser.Parser;",
            "import org.commonmark.renderer.html.HtmlRenderer;",
            "import org.commonmark.renderer.text.TextContentRenderer;",
            "import org.commonmark.renderer.markdown.MarkdownRenderer;",
            "import org.commonmark.ext.gfm.tables.TablesExtension;",
            "import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;",
            "import java.util.*;",
            "static final Parser PLAIN = Parser.builder().build();",
            "static final HtmlRenderer HTML = HtmlRenderer.builder().build();",
        ),
        held_out=True,
        entries={
            "html": "HtmlRenderer.render",
            "safe": "HtmlRenderer.render",
            "inline": "HtmlRenderer.render",
            "text": "TextContentRenderer.render",
            "tables": "TablesExtension.extend",
            "struck": "StrikethroughExtension.extend",
            "again": "MarkdownRenderer.render",
        },
        through={"parse(x)": "Parser.parse", "HtmlRenderer": "HtmlRenderer.render"},
        metrics={
            "html": ("HTML.render(PLAIN.parse(x))", "markup"),
            "inline": ("HTML.render(PLAIN.parse(x))", "inline"),
            "safe": (
                'HtmlRenderer.builder().escapeHtml(true).softbreak("<br>").build().render(PLAIN.parse(x))',
                "soup",
            ),
            "text": ("TextContentRenderer.builder().build().render(PLAIN.parse(x))", "block"),
            "again": ("MarkdownRenderer.builder().build().render(PLAIN.parse(x))", "corners"),
            "tables": (
                "HtmlRenderer.builder().extensions(Arrays.asList(TablesExtension.create())).build().render("
                "Parser.builder().extensions(Arrays.asList(TablesExtension.create())).build().parse(x))",
                "markup",
            ),
            "struck": (
                "HtmlRenderer.builder().extensions(Arrays.asList(StrikethroughExtension.create())).build().render("
                "Parser.builder().extensions(Arrays.asList(StrikethroughExtension.create())).build().parse(x))",
                "extras",
            ),
        },
    ),
    History(
        repo="fasseg/exp4j",
        language="java",
        roots=("src/main/java",),
        setup=(
            "import net.objecthunter.exp4j.*;",
            'static Expression given(String x) { return new ExpressionBuilder(x).variables("x", "y").build()'
            '.setVariable("x", 1.5).setVariable("y", -2); }',
        ),
        held_out=True,
        entries={"valid": "Expression.validate", "evaluate": "Expression.evaluate"},
        through={"given(": "ExpressionBuilder.build"},
        metrics={
            "evaluate": ("given(x).evaluate()", "sums"),
            "valid": ("given(x).validate().isValid()", "sums"),
            "ExpressionBuilder": ("new ExpressionBuilder(x).build().evaluate()", "sums"),
        },
    ),
    History(
        repo="zafarkhaja/jsemver",
        language="java",
        roots=("src/main/java",),
        setup=("import com.github.zafarkhaja.semver.*;",),
        held_out=True,
        entries={"next": "Version.incrementMinorVersion", "compared": "Version.compareTo"},
        metrics={
            "Version.parse": ("Version.parse(x[0]).toString()", "versions"),
            "Version.valueOf": ("Version.valueOf(x[0]).toString()", "versions"),
            "Version.isValid": ("Version.isValid(x[0])", "versions"),
            "next": ("Version.valueOf(x[0]).incrementMinorVersion().toString()", "versions"),
            "compared": ('Version.valueOf(x[0]).compareTo(Version.valueOf("1.2.3-beta.2+b"))', "versions"),
            "Version.satisfies": ("Version.valueOf(x[0]).satisfies(x[1])", "versions"),
        },
    ),
    History(
        repo="vdurmont/semver4j",
        language="java",
        roots=("src/main/java",),
        setup=("import com.vdurmont.semver4j.*;", "import com.vdurmont.semver4j.Semver.SemverType;"),
        held_out=True,
        entries={
            "loose": "Semver",
            "npm": "Semver.satisfies",
            "ivy": "Semver.satisfies",
            "diff": "Semver.diff",
        },
        metrics={
            "Semver": ("new Semver(x[0]).toString() + new Semver(x[0]).getMinor()", "versions"),
            "loose": ("new Semver(x[0], SemverType.LOOSE).isStable()", "versions"),
            "npm": ("new Semver(x[0], SemverType.NPM).satisfies(x[1])", "versions"),
            "ivy": ("new Semver(x[0], SemverType.IVY).satisfies(x[1])", "versions"),
            "Semver.isGreaterThan": (
                'new Semver(x[0], SemverType.NPM).isGreaterThan("1.2.3-beta")',
                "versions",
            ),
            "diff": ('new Semver(x[0], SemverType.LOOSE).diff("1.2.3").ordinal()', "versions"),
        },
    ),
    History(
        repo="apache/commons-codec",
        language="java",
        roots=("src/main", "src/java"),
        setup=(
            "import org.apache.commons.codec.language.*;",
            "import org.apache.commons.codec.binary.*;",
            "import org.apache.commons.codec.net.*;",
            "import org.apache.commons.codec.digest.*;",
        ),
        held_out=True,
        entries={
            **{name: f"{name}.encode" for name in _PHONETIC},
            "crypt": "Crypt.crypt",
            "murmur": "MurmurHash3.hash32",
            "soundex": "Soundex.difference",
        },
        metrics={
            **_PHONETIC,
            "soundex": ('new Soundex().difference(x, "Robertson")', "surnames"),
            "QuotedPrintableCodec.encode": ("new QuotedPrintableCodec().encode(x)", "soup"),
            "URLCodec.decode": ("new URLCodec().decode(x)", "queries"),
            "QCodec.encode": ("new QCodec().encode(x)", "titles"),
            "Base32.decode": ('new String(new Base32().decode(x), "ISO-8859-1")', "secrets"),
            "Base64.decodeBase64": ('new String(Base64.decodeBase64(x), "ISO-8859-1")', "secrets"),
            "murmur": ('MurmurHash3.hash32(x.getBytes("UTF-8"))', "words"),
        },
    ),
    History(
        repo="jhy/jsoup",
        language="java",
        roots=("src/main",),
        setup=(
            "import org.jsoup.Jsoup;",
            "import org.jsoup.safety.*;",
            "import org.jsoup.parser.Parser;",
        ),
        held_out=True,
        entries={
            "relaxed": "Jsoup.clean",
            "text": "Element.text",
            "select": "Element.select",
            "fragment": "Jsoup.parseBodyFragment",
            "xml": "Parser.xmlParser",
        },
        through={"Jsoup.parse(x)": "Jsoup.parse"},
        metrics={
            "Jsoup.clean": ("Jsoup.clean(x, Safelist.basic())", "hostile"),
            "relaxed": ('Jsoup.clean(x, "http://a.com/", Safelist.relaxed())', "soup"),
            "Jsoup.parse": ("Jsoup.parse(x).html()", "soup"),
            "text": ("Jsoup.parse(x).text()", "pages"),
            "select": (
                'Jsoup.parse(x).select("p > a, div:has(b), td:nth-child(2n+1), :contains(a)").size()',
                "soup",
            ),
            "fragment": ("Jsoup.parseBodyFragment(x).body().html()", "pages"),
            "xml": ('Jsoup.parse(x, "", Parser.xmlParser()).outerHtml()', "elements"),
            "Parser.unescapeEntities": ("Parser.unescapeEntities(x, false)", "soup"),
        },
    ),
)
