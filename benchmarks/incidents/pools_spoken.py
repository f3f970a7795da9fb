"""Pools of what people say and write: times in words, spans of time, soups of tags, days."""

import random
from collections.abc import Callable

from benchmarks.incidents.notations import DATES
from benchmarks.incidents.pools import Input, Maker, pool_of

_DAYS = ("monday", "tue", "Wednesday", "thurs", "fri", "saturday", "sun")
_MONTHS = ("january", "feb", "March", "apr", "may", "jun", "july", "aug", "sept", "October", "nov", "dec")


def _said(*patterns: str) -> Maker:
    """Return a maker of texts: `#` a small number, `@` a year, `DAY` and `MON` names, `HR` an hour."""

    def made(rng: random.Random) -> str:
        text = rng.choice(patterns).replace("DAY", rng.choice(_DAYS)).replace("MON", rng.choice(_MONTHS))
        text = text.replace("HR", f"{rng.randint(1, 12)}:{rng.randint(0, 59):02d}")
        return text.replace("#", str(rng.randint(1, 28))).replace("@", str(rng.randint(1979, 2029)))

    return made


_SAYINGS: dict[str, Maker] = {
    "day": _said(
        "DAY", "this DAY", "last DAY", "next DAY", "DAY HR", "DAY at noon", "DAY morning", "this weekend"
    ),
    "month": _said(
        "MON", "last MON", "MON #", "MON #, @", "# MON @", "MON @", "MON #th at HR", "#-MON-@", "MON '#"
    ),
    "ordinal": _said(
        "1st DAY in MON",
        "3rd DAY this MON",
        "the #th",
        "first day of MON",
        "#nd of MON",
        "MON #st @",
        "third week of MON @",
        "4th day last week",
        "#rd MON at HRpm",
        "the #th of next month",
    ),
    "ago": _said(
        "# days ago",
        "# weeks from now",
        "# hours before tomorrow at noon",
        "# minutes hence",
        "in # days",
        "# months ago at HR",
        "a year ago",
        "# fortnights ago",
        "half an hour ago",
        "# weekdays from now",
        "# decades ago",
        "three years and # months ago",
        "# seconds past",
        "# quarters ago",
    ),
    "span": _said(
        "this week",
        "last month",
        "next year",
        "this quarter",
        "q# @",
        "next summer",
        "last winter",
        "this morning",
        "last night",
        "this fortnight",
        "next weekday",
        "spring @",
        "past hour",
        "next season",
    ),
    "clock": _said(
        "HR",
        "HR am",
        "HRpm",
        "#:00:05",
        "noon",
        "midnight",
        "HR in the morning",
        "at HR tonight",
        "0000",
        "1#30",
        "HR:07.5",
        "4 oclock",
        "HR p.m.",
        "half past 2",
        "24:00",
        "12am",
        "HR yesterday",
        "tomorrow HR",
    ),
    "slash": _said(
        "#/#/@", "#/#", "#.#.@", "@/#/#", "#-#-@", "#/@", "@-#-# HR", "1/#/79", "#/#/@ HR pm", "@-#"
    ),
    "zone": _said(
        "@-0#-1# 10:00 +0530",
        "DAY MON # HR:00 MDT @",
        "@-08-#T15:45:23Z",
        "HR PST",
        "MON # @ HR utc",
        "DAY, # MON @ 11:22:33 -0700",
        "@-01-2#T03:04:05-07:00",
        "HR EST tomorrow",
        "@-08-1#T15:45:23.123Z",
    ),
    "words": _said(
        "tomorrow",
        "yesterday at HR",
        "day after tomorrow",
        "now",
        "thirty three days from now",
        "one week ago DAY",
        "twelve minutes ago",
        "next monday at five",
        "seven hours ago",
        "today at nine",
        "a couple days ago",
    ),
    "iso": DATES["iso"],
    "moment": DATES["moment"],
    "odd": _said(
        "", "foo", "MON 31st", "13/32/@", "30:70", "31 of apr", "february 29, 2#", "next", "# #", "DAY DAY"
    ),
}


def _day_from(low: int) -> Maker:
    return lambda rng: [low + rng.randint(0, 35), rng.randint(0, 29), rng.randint(0, 33)]


_DAY: dict[str, Maker] = {"early": _day_from(0), "late": _day_from(20), "long": _day_from(90)}


def _span(low: float, high: float) -> Maker:
    return lambda rng: round(rng.uniform(low, high))


_SPANS: dict[str, Maker] = {
    "moment": _span(0, 1_000),
    "seconds": _span(1_000, 60_000),
    "minutes": _span(60_000, 3_600_000),
    "hours": _span(3.6e6, 8.64e7),
    "days": _span(8.64e7, 2.6e9),
    "months": _span(2.6e9, 3.15e10),
    "years": _span(3.15e10, 3e12),
    "whole": lambda rng: rng.randint(0, 12) * rng.choice([1000, 60_000, 3_600_000, 86_400_000, 604_800_000]),
    "year": lambda rng: rng.randint(1, 25) * rng.choice([31_557_600_000, 2_629_800_000]),
    "nearly": lambda rng: rng.choice([60_000, 3_600_000, 86_400_000, 604_800_000]) * rng.randint(1, 3) - 1,
    "broken": lambda rng: rng.randint(1, 10**9) / 8,
    "negative": _span(-3e11, -1),
}


def _any(*texts: str) -> Maker:
    return lambda rng: rng.choice(texts)


_SOUP: dict[str, Maker] = {
    "bad": _any(
        "a <script>x()</script> b",
        "<img src=x onerror=y>",
        "<a href='javascript:a()'>b</a>",
        "<style>p{}</style>c",
        "<a href=' java\tscript:x'>y</a>",
        "<iframe src='http://a.b'></iframe>",
        "<svg><p><style><!--</style>--></p>",
        "<noscript><style></noscript><img src=x>",
        "<math><mi xlink:href='data:x'>a</mi></math>",
        "<a href='&#x6A;s:x'>a",
        "<p style='color: red; top: 1px'>a</p>",
        "<b onclick='x'>a</b>",
        "<a href='//a.b' target=_blank>c</a>",
    ),
    "broken": _any(
        "<b>a",
        "a </b> c",
        "<em><b>a</em></b>",
        "a < b > c",
        "<p><p>a</p>",
        "<ul><li>a<li>b",
        "<",
        "<b",
        "a <3 b",
        "</p>",
        "<div><em>a</div>b",
        "x <y@z.com> w",
        "<a href='x'",
        "1 < 2 && 3 > 2",
        "<br/>a<br>b</br>",
        "<b/>a",
    ),
    "entity": _any(
        "a &amp; b",
        "a & b &lt;",
        "&nbsp;x&nbsp",
        "&copy;&#169;&#xa9;",
        "&lt;b&gt;c",
        "&xx; &amp;lt;",
        "&#0;&#x0;",
        "AT&T &am",
        "a=1&b=2&lang=x",
        "<a href='?a=1&amp;b=2&current=3'>x</a>",
        "&&nbsp; &&",
        '&quot;x\' "y"',
    ),
    "comment": _any(
        "a<!-- b -->c", "<!-- a", "<!--><b>x</b>-->", "<!DOCTYPE x>a", "<?php x ?>b", "<![CDATA[a]]>", "<!a>"
    ),
    "link": _any(
        "see http://a.com.",
        "www.a.com and b.org/c?d=e&f=g",
        "(http://a.com/b_(c))",
        "http://a.com:80/x,y",
        "a.xyz b.co",
        "<a href='http://a.b'>http://a.b</a> c.com",
        "<p>a.com</p><pre>b.com</pre>",
        "http://é.com",
        "HTTP://A.COM!",
        "ftp://a.b/c",
        "x@a.com",
        "http://u:p@a.com",
        "a.com/<b>c</b>",
        "a.b.c.museum",
        "http://[::1]/",
        "https://a",
        '"http://a.com" b',
        "a.com&amp;b",
        "http://a.com/?q=a[b]",
        "https://a.com#c;d",
        "unicode.com/é",
        "a.com's",
    ),
    "mail": _any(
        "write a.b+c@d.com.",
        "<x@y.org>",
        "mailto:a@b.com",
        '"a b"@c.com',
        "a@b",
        "(a@b.co.uk)",
        "x@y.com/z a@b.io",
        "<a href='mailto:a@b.com'>a@b.com</a>",
        "j&amp;x@y.com",
        "a@b.com,c@d.net",
        "a.@b.com",
        "A@B.COM?subject=x",
    ),
    "fine": _any(
        "plain text",
        "<b>a</b> <em title='x'>b</em>",
        "<a href='http://a.b' title=\"c\">d</a>",
        "<p class=a id=b>c</p>",
        "<img src='a.png' alt='b'>",
        "<ul><li>a</li></ul>",
        "<A HREF=x TITLE='y'>z</A>",
        "<textarea>a<b>c</textarea>",
        "<abbr title='a'>b</abbr>",
        "<strong>a</strong>\n\nb",
        "a<br>b<hr>",
        "<span lang=en>x</span>",
        "<custom-a>x",
    ),
    "odd": _any(
        "",
        " ",
        "\x00a",
        "a\r\nb",
        "\u2028x",
        "é ü 漢字",
        "<é>a</é>",
        "a\x1fb",
        "<b\n>c</b\n>",
        "\ufeffx",
        "<1a>b",
    ),
}

SPOKEN: dict[str, Callable[[random.Random], list[Input]]] = {
    "sayings": pool_of("saying", _SAYINGS, 16),
    "days": pool_of("era", _DAY, 90),
    "soup": pool_of("soup", _SOUP, 26),
    "spans": pool_of("span", _SPANS, 24),
}
