"""Histories in Ruby."""

from benchmarks.incidents.histories import History

_OPTIONS = {
    "past": "context: :past",
    "little": "endian_precedence: [:little, :middle]",
    "unguessed": "ambiguous_time_range: :none",
    "early": "ambiguous_time_range: 9",
    "monday": "week_start: :monday",
    "biased": "ambiguous_year_future_bias: 10",
    "clock": "hours24: true",
    "began": "guess: :begin",
}

_HTML = "kramdown.document:Document.initialize,kramdown.converter.html:Html.convert"

RUBY: tuple[History, ...] = (
    History(
        repo="mojombo/chronic",
        language="ruby",
        setup=(
            "require 'chronic'",
            "NOW = Time.local(2006, 8, 16, 14, 0, 0)",
            "def said(x, **to) = Chronic.parse(x, {now: NOW, **to})",
            "def parser = Chronic.const_defined?(:Parser) ? Chronic::Parser.new(now: NOW) : Chronic",
            "def dated = Chronic.const_defined?(:Date) ? Chronic::Date : Chronic",
        ),
        roots=("lib",),
        entries={
            **dict.fromkeys(_OPTIONS, "chronic:parse"),
            "spanned": "chronic:parse",
            "wide": "chronic:parse",
        },
        metrics={
            "chronic:parse": ("said(x)", "sayings"),
            **{name: (f"said(x, {option})", "sayings") for name, option in _OPTIONS.items()},
            "spanned": ("said(x, guess: false).begin", "sayings"),
            "wide": ("(s = said(x, guess: false)) && s.end - s.begin", "sayings"),
            "pre_normalize": ("parser.send(:pre_normalize, x)", "sayings"),
            "tokenize": ("parser.send(:tokenize, x, now: NOW, context: :future).map(&:to_s).join", "sayings"),
            "construct": ("Chronic.construct(1990 + x[0], x[1] % 15, x[2], 30)", "days"),
            "make_year": ("dated.make_year(x[2] * 3, 50)", "days"),
        },
    ),
    History(
        repo="gettalong/kramdown",
        language="ruby",
        setup=(
            "require 'kramdown'",
            "def doc(x, **how) = Kramdown::Document.new(x, **how)",
            "def tree(e) = [e.type, e.value.to_s, e.children.map { |each| tree(each) }]",
        ),
        roots=("lib", "data"),
        entries={
            **dict.fromkeys(("page", "unnumbered", "wrapped", "plain", "linked", "noted"), _HTML),
            "tree": "kramdown.document:Document.initialize",
            "html": f"kramdown.parser.html:Parser.parse,{_HTML}",
        },
        metrics={
            "page": ("doc(x).to_html", "corners"),
            "plain": ("doc(x).to_html", "markup"),
            "unnumbered": ("doc(x, auto_ids: false, toc_levels: '2').to_html", "markup"),
            "wrapped": ("doc(x, parse_block_html: true, parse_span_html: false).to_html", "corners"),
            "linked": ("doc('<' + x + '> [a](' + x + ' \"t\")').to_html", "addresses"),
            "noted": ('doc("a[^1]\\n{: .b #c}\\n\\n[^1]: " + x).to_html', "corners"),
            "html": ("doc('<p title=\"x\">' + x + '</p>', input: 'html').to_html", "corners"),
            "tree": ("tree(doc(x).root).to_s", "corners"),
            "kramdown.converter.kramdown:Kramdown.convert": ("doc(x).to_kramdown", "corners"),
            "kramdown.converter.latex:Latex.convert": ("doc(x).to_latex", "corners"),
        },
    ),
)
