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
        held_out=True,
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
)
