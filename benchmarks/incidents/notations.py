"""Pools of written notations: dates, colours, versions, markup, tables, addresses of files and of the web."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, pool_of, sentence


def _any(*texts: str) -> Maker:
    return lambda rng: rng.choice(texts)


def _day(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(1990, 2030), rng.randint(1, 12), rng.randint(1, 28)


def _iso(rng: random.Random) -> str:
    return "{:04d}-{:02d}-{:02d}".format(*_day(rng))


def _clock(rng: random.Random) -> str:
    return f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"


def _named(rng: random.Random) -> tuple[int, str, int]:
    year, _, day = _day(rng)
    return day, rng.choice(_MONTHS), year


def _feast(country: str) -> Maker:
    return lambda rng: (country, rng.choice(_FEASTS))


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

DATES: dict[str, Maker] = {
    "iso": _iso,
    "moment": lambda rng: f"{_iso(rng)}T{_clock(rng)}:30{rng.choice(['Z', '+02:00', '', '.123Z', '-0500'])}",
    "us": lambda rng: "{1}/{2}/{0}".format(*_day(rng)),
    "named": lambda rng: "{} {} {}".format(*_named(rng)),
    "short": lambda rng: "{1:.3} {0}".format(*_named(rng)) + rng.choice(["", "th", ", 2019"]),
    "relative": _any(
        "tomorrow",
        "yesterday",
        "in 5 minutes",
        "2 weeks ago",
        "next friday",
        "last month",
        "noon",
        "tonight at 8pm",
        "1 hour ago",
        "in 3 days",
        "eod",
        "5m",
        "next week",
        "monday",
        "in a year",
        "two days from now",
        "now",
    ),
    "hour": lambda rng: f"{rng.randint(1, 12)}{rng.choice(['am', 'pm', ':30pm', ' p.m.', ':15'])}",
    "odd": _any(
        "", "foo", "99/99/99", "2019-13-45", "12", "20190304", "0000-00-00", "Feb 30", "10:70", "1e3"
    ),
}

_COLOURS: dict[str, Maker] = {
    "hex": lambda rng: f"#{rng.randrange(1 << 24):06x}",
    "short": lambda rng: f"#{rng.randrange(1 << 12):03x}",
    "name": _any(
        "red", "hotpink", "teal", "rebeccapurple", "navy", "burlywood", "black", "white", "gray", "grey"
    ),
    "rgb": lambda rng: "rgb({}, {}, {})".format(*(rng.randrange(256) for _ in range(3))),
    "rgba": lambda rng: "rgba({},{},{},{})".format(
        *(rng.randrange(256) for _ in range(3)), round(rng.random(), 2)
    ),
    "hsl": lambda rng: f"hsl({rng.randrange(360)}, {rng.randrange(101)}%, {rng.randrange(101)}%)",
    "odd": _any("", "none", "rgb(300,0,0)", "#12345678", "#ggg", "hsl(720,50%,50%)", "rgb(10% 20% 30%)"),
}

_VERSIONS: dict[str, Maker] = {
    "plain": lambda rng: ".".join(str(rng.randrange(12)) for _ in range(3)),
    "v": lambda rng: rng.choice(["v", "=v", "= "]) + ".".join(str(rng.randrange(4)) for _ in range(3)),
    "pre": lambda rng: (
        f"{rng.randrange(4)}.{rng.randrange(4)}.0-{rng.choice(['alpha', 'beta.2', 'rc.1', '0', 'a-b'])}"
    ),
    "build": lambda rng: f"1.{rng.randrange(4)}.3+{rng.choice(['build.5', 'sha.abc', '20130313'])}",
    "loose": _any("1", "1.2", "01.2.3", "1.2.3beta", " 1.2.3 ", "1.2.3.4", "x.1", "1.2.3-", "1.2.x"),
}
_RANGES = (
    "^1.2.3",
    "~1.2",
    ">=1.0.0 <2.0.0",
    "1.x",
    "*",
    "1.2.3 - 2.3",
    "||",
    "^0.2.0",
    "~0.0.1",
    ">1.2",
    "<=2.0.0-rc.1",
    "1.x || >=2.5.0",
    "",
    ">=1.2.3-beta",
    "^1.0.0-alpha",
    "=1.2.3",
    "latest",
    "~> 1",
    "<0.0.0",
    ">=0",
    "2.x.x",
)

_MARKUP: dict[str, Maker] = {
    "prose": lambda rng: (
        f"{sentence(rng, 4, 9)}\n\n{sentence(rng, 3, 8)}  \n*{sentence(rng, 2, 4)}* and **bold** `code`"
    ),
    "heading": lambda rng: (
        f"{'#' * rng.randint(1, 7)} {sentence(rng, 2, 4)}\n\n{sentence(rng, 1, 3)}\n{rng.choice('=-') * 4}"
    ),
    "bullets": lambda rng: "\n".join(
        f"{rng.choice(['*', '-', '1.', '  -', '    *'])} {sentence(rng, 1, 4)}" for _ in range(6)
    ),
    "links": lambda rng: (
        f'[{sentence(rng, 1, 2)}](http://a.com/x_y_(z) "t") <http://b.org> ![i](j.png) http://c.com/a_b_c'
    ),
    "code": lambda rng: (
        rng.choice(
            ["```js\nvar a = 1 < 2;\n```", "    indented <b>\n\n    more", "`` a ` b ``", "~~~\nx\n~~~"]
        )
        + "\n\n"
        + sentence(rng, 2, 4)
    ),
    "quote": lambda rng: f"> {sentence(rng, 2, 4)}\n> > {sentence(rng, 1, 3)}\n\n***\n{sentence(rng, 1, 3)}",
    "table": lambda rng: "| a | b |\n|---|:-:|\n| " + sentence(rng, 1, 2) + " | 2 |\n| x \\| y | `c|d` |\n",
    "html": lambda rng: (
        f"<div class='a'>\n{sentence(rng, 1, 3)}\n</div>\n\n<b>x</b> &amp; & &copy; <!-- c -->"
        + rng.choice(["", " <script>a</script>"])
    ),
    "odd": _any(
        "",
        "***",
        "__init__",
        "a_b_c",
        "**a*",
        "[x]: /u\n\n[x]",
        "\\*a\\*",
        "~~s~~",
        "[^1]\n\n[^1]: note",
        "a\tb",
        "* * *",
    ),
}

_TABLES: dict[str, Maker] = {
    "plain": lambda rng: "\n".join(",".join(str(rng.randrange(99)) for _ in range(3)) for _ in range(4)),
    "quoted": lambda rng: '"a, b",c\n"x ""y""",z\n' + sentence(rng, 1, 2),
    "tabs": lambda rng: "a\tb\tc\r\n" + "\t".join(str(rng.randrange(9)) for _ in range(3)),
    "ragged": lambda rng: "a,b\n1\n2,3,4\n" + "," * rng.randrange(5),
    "semicolon": lambda rng: "n;w\n" + f"{rng.randrange(9)},5;{rng.randrange(9)}\n" * 3,
    "odd": _any(
        "", "\n", '"', 'a,"b', '"a"b,c', "# c\na,b", "a|b|c", "\ufeffa,b", "a,b\n\n\nc,d\n", " a , b \r1,2"
    ),
}

_GLOBS: dict[str, Maker] = {
    "star": lambda rng: (
        rng.choice(["*.js", "*", "a*", "*a*", "a/*.md", "*/*"]),
        rng.choice(["a.js", "b", "a/b.md", ".a", "abc", "a/b"]),
    ),
    "globstar": lambda rng: (
        rng.choice(["**", "**/*.js", "a/**", "**/a", "a/**/b"]),
        rng.choice(["a/b/c.js", "a", "a/", "x/a", "a/x/y/b", ".b/a"]),
    ),
    "braces": lambda rng: (
        rng.choice(["{a,b}", "*.{js,md}", "{1..3}", "a/{b,c}/*"]),
        rng.choice(["a", "x.md", "2", "a/c/d", "{a,b}"]),
    ),
    "class": lambda rng: (
        rng.choice(["[a-c]", "[!a]*", "[[:alpha:]]", "a[0-9].js", "[]"]),
        rng.choice(["b", "a1.js", "z", "[]", "ab"]),
    ),
    "extended": lambda rng: (
        rng.choice(["!(a)", "@(a|b)", "+(a)", "?(a)b", "*(x|y)", "!(*.js)", "a!(b)*"]),
        rng.choice(["a", "b", "aaa", "ab", "xyx", "c.md", "acb"]),
    ),
    "odd": lambda rng: (
        rng.choice(["", "./a", "!a", "\\*", "a\\b", "(a)", "a?", "//a", "../*"]),
        rng.choice(["a", "*", "./a", "a/b", "ab", "../b"]),
    ),
}

_QUERIES: dict[str, Maker] = {
    "plain": lambda rng: f"a={rng.randrange(99)}&b={rng.choice(['x', 'y%20z', '1+2', ''])}",
    "nested": _any(
        "a[b]=c",
        "a[b][c][d]=e",
        "a[]=1&a[]=2",
        "a[1]=b&a[0]=c",
        "a[b][]=1",
        "a[__proto__]=b",
        "a.b=c",
        "a[30]=b",
    ),
    "repeated": lambda rng: "&".join(f"a={rng.randrange(9)}" for _ in range(rng.randint(1, 30))),
    "encoded": _any(
        "a=%E2%98%83", "%5Ba%5D=1", "a=%", "a%5Bb%5D=c", "a=b%26c", "%", "a=%uD83D", "a=\u2603", "b=%C3%A9"
    ),
    "odd": _any(
        "", "&", "=", "a", "a=&b", "?a=b", "a;b", "[]=1", "a[=b", "a]=b", "a=b=c", "[a]=1", "a[b", "&&a=1"
    ),
}

_ADDRESSES: dict[str, Maker] = {
    "plain": lambda rng: (
        rng.choice(["http://", "https://", "HTTP://"])
        + rng.choice(["a.com", "Example.ORG:80", "x.y/a/../b", "a.com/?q=1#f"])
    ),
    "user": _any(
        "http://u:p@h.com/",
        "ftp://anonymous@f.org/x;type=a",
        "http://u%40x:p@h:81/",
        "mailto:a@b.c?subject=x",
        "ssh://g@h/x",
    ),
    "escaped": _any(
        "http://a/%7Euser/%41",
        "http://a/b c",
        "http://a/\u00e9",
        "http://b\u00fccher.de/",
        "http://a/?x=a+b&y=%26",
        "/a%2fb",
    ),
    "relative": _any(
        "../a", "./b", "c?d", "#e", "//h/x", "?q=a&b=1", "/abs/./x/../y", "a/b/", "", "g;x=1/../y"
    ),
    "other": _any(
        "urn:isbn:0143039431",
        "data:,A%20note",
        "file:///c|/x",
        "ldap://h/o=U",
        "news:c.l.p",
        "tel:+49",
        "ws://h",
        "gopher://g/",
    ),
    "address": _any(
        "http://[::1]/",
        "http://127.0.0.1:8080",
        "http://[fe80::1%25en0]",
        "http://256.1.1.1",
        "sip:a@b",
        "rtsp://h:554/x",
    ),
    "odd": _any(
        "http:",
        "://",
        "http://",
        "http:///x",
        "h t",
        "foo",
        "http://a:b",
        "HTTP:",
        ":",
        "http://-a.com",
        "a:b:c",
    ),
}

_SPECIFIED: dict[str, Maker] = {
    "fixed": lambda rng: (rng.choice([".2f", ",.2f", ".0f", "+.1f", "$,.2f"]), rng.uniform(-5e4, 5e4)),
    "rounded": lambda rng: (rng.choice([".3r", ".2g", ".1r", "g", ",.3r"]), rng.uniform(0, 1e6)),
    "prefix": lambda rng: (rng.choice([".3s", "s", ".0s", "$.2s", "~s"]), 10 ** rng.uniform(-9, 12)),
    "percent": lambda rng: (rng.choice([".1%", "%", ".0p", "p", "+%"]), rng.uniform(-2, 2)),
    "whole": lambda rng: (
        rng.choice(["d", ",d", "x", "#x", "b", "o", "c", "X", "e", ".2e"]),
        rng.randint(-999, 99999),
    ),
    "padded": lambda rng: (
        rng.choice(["08d", ">10", "^9,.1f", "*<8", "(.2f", " d", "+08,d", "=+9d"]),
        rng.uniform(-500, 500),
    ),
    "odd": lambda rng: (
        rng.choice(["", "n", ",", "~g", "~%", ".20f", "q", "013,.1f"]),
        rng.choice([0, -0.0, 1e21, 1e-9, -1, 42, 0.05, 1000]),
    ),
}

_NUMERAL: dict[str, Maker] = {
    "number": lambda rng: (
        rng.choice(["0,0", "0,0.00", "0.[00]", "0[.]00", "(0,0.0)", "+0,0", ".00"]),
        rng.uniform(-1e5, 1e5),
    ),
    "short": lambda rng: (rng.choice(["0a", "0.0a", "0 a", "0.[0]a", "0ak"]), 10 ** rng.uniform(0, 13)),
    "money": lambda rng: (
        rng.choice(["$0,0.00", "0,0 $", "($0,0)", "$ 0.0a", "-$0"]),
        rng.uniform(-9e4, 9e4),
    ),
    "bytes": lambda rng: (rng.choice(["0b", "0.0 b", "0.00ib", "0 ib"]), 10 ** rng.uniform(0, 14)),
    "percent": lambda rng: (rng.choice(["0%", "0.00%", "0 %", "BPS"]), rng.uniform(-1, 1)),
    "time": lambda rng: ("00:00:00", rng.randint(0, 90000)),
    "ordinal": lambda rng: (rng.choice(["0o", "0,0o", "0 o"]), rng.randint(0, 200)),
    "odd": lambda rng: (
        rng.choice(["", "0", "0.0000", "0e+0", "000"]),
        rng.choice([0, -0.5, 1e21, 0.0000001, 999.995]),
    ),
}

_SAMPLES: dict[str, Maker] = {
    "small": lambda rng: [rng.randint(0, 9) for _ in range(rng.randint(1, 6))],
    "normal": lambda rng: [round(rng.gauss(50, 12), 3) for _ in range(40)],
    "skewed": lambda rng: [round(rng.expovariate(0.1), 3) for _ in range(30)],
    "ties": lambda rng: [rng.choice([1, 1, 2, 3]) for _ in range(15)],
    "negative": lambda rng: [round(rng.uniform(-40, 5), 2) for _ in range(12)],
    "odd": lambda rng: rng.choice([[], [0], [1, 1], [-3, 3], [None, 4, 5], ["7", "12", "9"], [0, 0, 0, 8]]),
}

_SPOKEN: dict[str, Maker] = {
    "duration": _any(
        "2 days", "1.5h", "100", "3 weeks", "10 min", "-1s", "1y", "53 milliseconds", "1 MSEC", "5 q", ""
    ),
    "amount": _any(
        "1kb", "10 MB", "1.5GB", "0.5tb", "100", "-1kb", "1,000", "5 PB", "foobar", "1 b", "2Gb ", ""
    ),
    "number": lambda rng: rng.choice(["{:,}", "{}", "${:,}", "({})", "{}%", "{}k", "{} m"]).format(
        rng.randint(-9, 10**6)
    ),
}

_PATTERNS: dict[str, Maker] = {
    "select": lambda rng: (
        "select "
        + rng.choice(["*", "a, b", "count(*) as n", "distinct a"])
        + " from t where a = 1 and b in (1,2) order by a"
    ),
    "join": _any(
        "select a.x from a left join b on a.id=b.id where b.y is null",
        "SELECT * FROM a, b WHERE a.id = b.id GROUP BY 1 HAVING 1",
    ),
    "write": _any(
        "insert into t (a, b) values (1, 'x;y')",
        "update t set a = a+1 where b like '%x'",
        "delete from t; drop table t;",
    ),
    "case": _any(
        "select case when a > 1 then 'x' else 'y' end as z from t",
        "with q as (select 1) select * from q union all select 2",
    ),
    "comment": _any("-- c\nselect 1 /* x */ from t", "select a -- b\nfrom c;\n\nselect 2", "# c\nselect 1"),
    "create": _any(
        "create table t (a int primary key, b varchar(10) default 'x')",
        "create or replace function f() returns int as $$ begin end $$",
    ),
    "odd": _any(
        "",
        ";",
        "select",
        "foo bar",
        "select 'it''s'",
        'select "a""b"',
        "select a[1], b::int from t",
        "select 1;;",
    ),
}

_SECRETS: dict[str, Maker] = {
    "common": _any(
        "password", "123456", "qwerty", "letmein", "iloveyou", "dragon1", "P4ssw0rd", "abc123", "monkey"
    ),
    "dated": lambda rng: rng.choice(["summer", "maria", ""]) + "{2:02d}{1:02d}{0}".format(*_day(rng)),
    "walk": _any(
        "zxcvbn",
        "qwER43@!",
        "1qaz2wsx",
        "asdfghjkl",
        "poiuytrewq",
        "1234567890",
        "aaaaaaa",
        "abcabcabc",
        "98765",
    ),
    "random": lambda rng: "".join(
        rng.choice("abcdefghjkmnpqrstuvwxyz23456789!-_") for _ in range(rng.randint(4, 20))
    ),
    "phrase": lambda rng: " ".join(sentence(rng, 2, 4).lower().split()[:4]),
    "odd": _any(
        "", "a", "D0g..................", "\u00e9t\u00e9", "correcthorsebatterystaple", "neverforget13/3/1997"
    ),
}

_FACES: dict[str, Maker] = {
    "one": _any(
        "\U0001f600",
        "\U0001f44d\U0001f3fd",
        "\u2764\ufe0f",
        "\U0001f1e9\U0001f1ea",
        "\u00a9",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    ),
    "text": lambda rng: (
        sentence(rng, 2, 5)
        + rng.choice(["\U0001f602", " \u2600", " :thumbs_up:", " \U0001f9d1\u200d\U0001f4bb", ""])
    ),
    "alias": _any(
        ":smile:",
        ":thumbsup:",
        ":heart:",
        ":flag_for_Germany:",
        "::",
        ":no:",
        ":Germany:",
        ":+1:",
        ":red_heart:",
    ),
    "broken": _any(
        "schÃ¶n",
        "â€œquotedâ€\x9d",
        "Ã©tÃ©",
        "l&lt;3",
        "ﬁne",
        "ＬＯＵＤ",
        "a\u2028b",
        "\ufeffx",
        "caf\u00c3\u00a9 \u2026",
        "uÌˆnico",
    ),
    "odd": _any("", "a", "\u200d", "1\ufe0f\u20e3", "#", "\x1b[31mred\x1b[0m", "rock \u2019n\u2019 roll"),
}

_COUNTRIES = ("US", "DE", "GB", "FR", "BR", "CA", "AU", "MX", "IN", "ZA", "ES", "IT", "NZ", "JP", "PL", "AR")
_HOLIDAYS = {each: _feast(each) for each in _COUNTRIES}
_FEASTS = [
    (year, month, day)
    for year in (2016, 2018, 2021, 2022)
    for month, day in (
        (1, 1), (1, 2), (1, 6), (1, 26), (4, 2), (4, 25), (5, 1), (5, 5), (5, 31), (7, 4), (7, 14), (10, 3), (11, 1),
        (11, 11), (11, 15), (12, 24), (12, 25), (12, 26), (6, 16), (9, 18), (12, 31), (8, 15), (2, 20), (6, 2),
    )
]  # fmt: skip


def _ranged(rng: random.Random) -> list[Input]:
    return [
        Input(value=(each.value, rng.choice(_RANGES)), slices=each.slices)
        for each in pool_of("written", _VERSIONS, 48)(rng)
    ]


NOTATIONS: dict[str, Callable[[random.Random], list[Input]]] = {
    "dates": pool_of("form", DATES),
    "colours": pool_of("notation", _COLOURS),
    "versions": _ranged,
    "markup": pool_of("block", _MARKUP, 26),
    "tables": pool_of("dialect", _TABLES),
    "globs": pool_of("glob", _GLOBS, 36),
    "queries": pool_of("query", _QUERIES, 40),
    "addresses": pool_of("url", _ADDRESSES),
    "specified": pool_of("spec", _SPECIFIED),
    "numeral": pool_of("form", _NUMERAL),
    "samples": pool_of("sample", _SAMPLES),
    "spoken_amounts": pool_of("kind", _SPOKEN, 50),
    "sql": pool_of("statement", _PATTERNS),
    "secrets": pool_of("secret", _SECRETS),
    "faces": pool_of("text", _FACES, 36),
    "holidays": pool_of("country", _HOLIDAYS, 24),
}
