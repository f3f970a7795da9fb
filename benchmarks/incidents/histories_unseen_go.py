"""Histories in Go that nobody has read."""

from benchmarks.incidents.histories import History

_EXTENDED = {
    "Table": "corners",
    "Strikethrough": "corners",
    "Linkify": "soup",
    "TaskList": "corners",
    "GFM": "markup",
    "DefinitionList": "extras",
    "Footnote": "extras",
    "Typographer": "corners",
    "CJK": "corners",
}

UNSEEN_GO: tuple[History, ...] = (
    History(
        repo="araddon/dateparse",
        language="go",
        setup=(
            'import d "github.com/araddon/dateparse"',
            'import "time"',
            "func told(t time.Time) string { return t.Format(time.RFC3339Nano) }",
            'var east = time.FixedZone("EAST", 5*3600)',
            'func denver() *time.Location { return must(time.LoadLocation("America/Denver")) }',
        ),
        held_out=True,
        entries={"swapped": "ParseAny", "european": "ParseAny", "west": "ParseIn"},
        through={"d.PreferMonthFirst": "PreferMonthFirst", "d.Retry": "RetryAmbiguousDateWithSwap"},
        metrics={
            "ParseAny": ("told(must(d.ParseAny(x)))", "moments"),
            "ParseIn": ("told(must(d.ParseIn(x, east)))", "moments"),
            "west": ("told(must(d.ParseIn(x, denver())))", "moments"),
            "ParseLocal": ("told(must(d.ParseLocal(x)))", "moments"),
            "ParseStrict": ("told(must(d.ParseStrict(x)))", "moments"),
            "ParseFormat": ("must(d.ParseFormat(x))", "moments"),
            "MustParse": ("told(d.MustParse(x))", "moments"),
            "european": ("told(must(d.ParseAny(x, d.PreferMonthFirst(false))))", "moments"),
            "swapped": ("told(must(d.ParseAny(x, d.RetryAmbiguousDateWithSwap(true))))", "moments"),
        },
    ),
    History(
        repo="hashicorp/go-version",
        language="go",
        setup=(
            'import s "github.com/hashicorp/go-version"',
            'import "fmt"',
            "func v(x string) *s.Version { return must(s.NewVersion(x)) }",
            "func c(x string) s.Constraints { return must(s.NewConstraint(x)) }",
            'var low = v("1.0.0-beta.2")',
        ),
        held_out=True,
        entries={
            "segmented": "Version.Segments",
            "ranged": "NewConstraint",
            "short": "Version.Compare",
        },
        through={"v(x": "NewVersion", "c(x": "NewConstraint", ".String()": "Version.String"},
        metrics={
            "NewVersion": ("v(x[0]).String()", "releases"),
            "NewSemver": ("must(s.NewSemver(x[0])).String()", "releases"),
            "Constraints.Check": ("c(x[1]).Check(v(x[0]))", "releases"),
            "ranged": ("len(c(x[1]))", "releases"),
            "Version.Compare": ("v(x[0]).Compare(low)", "releases"),
            "short": ('v(x[0]).Compare(v("1.2"))', "releases"),
            "Version.LessThan": ("v(x[0]).LessThan(low)", "releases"),
            "Version.Equal": ('v(x[0]).Equal(v("1.1.0"))', "releases"),
            "segmented": ("fmt.Sprint(v(x[0]).Segments())", "releases"),
            "Version.Segments64": ("fmt.Sprint(v(x[0]).Segments64())", "releases"),
            "Version.Prerelease": ("v(x[0]).Prerelease()", "releases"),
            "Version.Metadata": ("v(x[0]).Metadata()", "releases"),
            "Version.Core": ("v(x[0]).Core().String()", "releases"),
            "Version.Original": ("v(x[0]).Original()", "releases"),
        },
    ),
    History(
        repo="yuin/goldmark",
        language="go",
        setup=(
            'import g "github.com/yuin/goldmark"',
            'import "github.com/yuin/goldmark/extension"',
            'import "github.com/yuin/goldmark/parser"',
            'import "github.com/yuin/goldmark/renderer/html"',
            'import "bytes"',
            "func md(x string, options ...g.Option) string {"
            " var out bytes.Buffer; if err := g.New(options...).Convert([]byte(x), &out); err != nil"
            " { panic(err) }; return out.String() }",
        ),
        held_out=True,
        entries={
            **dict.fromkeys(
                (*_EXTENDED, "unsafe", "closed", "headed", "attributed", "broken", "full"), "markdown.Convert"
            ),
        },
        through={
            "md(": "New",
            "extension.Table": "table.Extend",
            "extension.Strikethrough": "strikethrough.Extend",
            "extension.Linkify": "linkify.Extend",
            "extension.TaskList": "taskList.Extend",
            "extension.GFM": "gfm.Extend",
            "extension.DefinitionList": "definitionList.Extend",
            "extension.Footnote": "footnote.Extend",
            "extension.Typographer": "typographer.Extend",
            "extension.CJK": "cjk.Extend",
            "WithUnsafe": "WithUnsafe",
            "WithHardWraps": "WithHardWraps",
            "WithXHTML": "WithXHTML",
            "WithAutoHeadingID": "WithAutoHeadingID",
            "WithAttribute": "WithAttribute",
        },
        metrics={
            "markdown.Convert": ("md(x)", "corners"),
            "unsafe": ("md(x, g.WithRendererOptions(html.WithUnsafe()))", "corners"),
            "closed": ("md(x, g.WithRendererOptions(html.WithXHTML()))", "markup"),
            "broken": ("md(x, g.WithRendererOptions(html.WithHardWraps()))", "corners"),
            "headed": ("md(x, g.WithParserOptions(parser.WithAutoHeadingID()))", "extras"),
            "attributed": ("md(x, g.WithParserOptions(parser.WithAttribute()))", "extras"),
            **{
                name: (f"md(x, g.WithExtensions(extension.{name}))", pool) for name, pool in _EXTENDED.items()
            },
            "full": (
                "md(x, g.WithExtensions(extension.GFM), g.WithRendererOptions(html.WithUnsafe()))",
                "corners",
            ),
        },
    ),
)
