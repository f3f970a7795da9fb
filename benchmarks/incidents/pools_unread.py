"""Pools of what the histories that came last are fed: stamps, decimals, corners of markup, titles."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.notations import DATES
from benchmarks.incidents.pools import Input, Maker, pool_of


def _any(*values: Any) -> Maker:
    return lambda rng: rng.choice(values)


def _filled(*patterns: str) -> Maker:
    """Return a maker of texts in which `#` stands for a small number and `@` for a larger one."""

    def made(rng: random.Random) -> str:
        pattern = rng.choice(patterns)
        return pattern.replace("#", str(rng.randint(1, 12))).replace("@", str(rng.randint(1990, 2029)))

    return made


def _digits(low: int, high: int) -> Maker:
    def made(rng: random.Random) -> str:
        text = "".join(rng.choice("0123456789") for _ in range(rng.randint(low, high)))
        point = rng.randint(1, len(text))
        return (rng.choice(["", "-"]) + text[:point] + "." + text[point:]).rstrip(".")

    return made


_STAMPS: dict[str, Maker] = {
    "week": _filled("@-W0#", "@-W1#-3", "@W105", "@-W53-7"),
    "ordinal": _filled("@-06#", "@36#", "@-1#0", "@-366"),
    "basic": _filled("@0102", "@-0#", "@1231T10", "@0203T040506Z", "@"),
    "clock": _filled(
        "0#:30", "T1#:05:06.7", "@-01-02T0#", "@-01-02T09:30:15,123456", "24:00", "@-03-04 05:06:07+0530"
    ),
    "duration": _filled("P#Y3M", "PT#H30M", "P#W", "P#DT12H30M5.5S", "-P#D", "PT0.5H", "P1Y2M3W4DT#H"),
    "interval": _filled(
        "@-01-02/@-03-04", "@-01-02T03:04Z/P#M", "P#D/@-05-06", "@-01-02/03-04", "@-05-06T07:00/T#"
    ),
    "mail": _filled("Tue, 1# Nov @ 10:13:14 +0630", "01 Jun @ 00:00 GMT", "Wed, 06 Nov 1994 08:49:37 EST"),
    "date": DATES["iso"],
    "moment": DATES["moment"],
    "odd": _filled("@-13-01", "@-02-30", "", "T", "@-1-1", "0#/@", "now", "P", "@-12-31T25:00"),
}

_DECIMALS: dict[str, Maker] = {
    "short": _digits(1, 4),
    "money": _digits(5, 11),
    "long": _digits(20, 45),
    "small": lambda rng: f"0.{'0' * rng.randint(3, 9)}{rng.randint(1, 10**6)}",
    "power": lambda rng: f"{rng.randint(-99, 99)}.{rng.randint(0, 99)}e{rng.randint(-30, 30)}",
    "half": lambda rng: f"{rng.randint(-99, 99)}.{rng.choice(['5', '25', '125', '05', '995', '4999'])}",
    "ratio": lambda rng: f"{rng.randint(-99, 99)}/{rng.randint(1, 40)}",
    "cycle": _any(
        "0.(3)", "1.1(6)", "-0.(142857)", "123.(45)", "2 1/3", "0.12(09)", "3:4", "-5.'12'", ".(9)"
    ),
    "based": _any("0xff", "0b1011", "0o17", "ff.8", "1_000.5", "0x1.8p1", "-0x1A", "z9"),
    "odd": _any(
        "", "-0", "NaN", "Infinity", "-Infinity", " 12", "1.2.3", "+5", ".5", "5.", "1e", "0", "1,000"
    ),
}

_TITLES: dict[str, Maker] = {
    "latin": _any(
        "Crème Brûlée à la carte",
        "Ångström Straße Œuvre",
        "Žluťoučký kůň",
        "ığdır İŞÇİ",
        "Đorđe Łódź",
        "Ñandú ÿ Ð þ ß ẞ",
        "ă Ș ț ţ ő ű",
        "Ā ē ģ ķ ņ ū",
        "Ə ə ơ ư ạ ả ấ ầ",
    ),
    "greek": _any("Γειά σου Κόσμε", "Ψυχή άλφα ΐ ΰ", "ς Ω ώ Ϋ"),
    "cyrillic": _any(
        "Привет, мир ёжик", "Україна їжак ґ є", "Ђорђе Љубав Џ њ", "Қазақ әлі ң ө ұ", "Щастие ъгъл ь"
    ),
    "eastern": _any(
        "საქართველო", "Հայաստան և ու", "مرحبا بالعالم", "שלום עולם", "Xin chào Việt Nam ơi", "เชียงใหม่", "फ़िल्म"
    ),
    "money": _any("$100 & €50", "£5 = ¥700", "₹ 10 ₽ 20 ₿ 3", "10 ₫ ₺ ₴ ₦", "5 ¢ ₩ ₡ ₪"),
    "marks": _any(
        "“quoted” ‘text’…", "a < b > c | d", "50% ± 3° ∞", "© ® ™ ℠ ∂ ∑", "† • ∆ ♥ ❤", "foo_bar~baz.qux*()!:@"
    ),
    "spaced": _any(
        "  trimmed  ", "tabs\tand\nlines", "a -- b --- c", "-dash-", "one\u00a0two", "a_b c.d", "--x--"
    ),
    "case": _any(
        "HelloWorld fooBar", "XMLHttpRequest2", "I ❤ 🦄 emoji", "déjà Vu", "APIs & URLs", "Foo123bar"
    ),
    "odd": _any("", "-", "...", "\u0301", "ﬁ ﬂ", "٣ ٤", "a+b=c", "ＦＵＬＬ", "\u200bx"),
}

_CORNERS: dict[str, Maker] = {
    "entity": _any(
        "&#0; &#x110000; &nbsp; &#1114112; &#xD800;",
        "&copy; &amp;copy &quot &#35; &#X22;",
        "\\&lt; &lt;",
        "[a](b&auml;c)",
        "&#42;a&#42;",
        "```a&ouml;\nb\n```",
        "&#8203;&#12; &bogus; &;",
    ),
    "table": _any(
        "| a |\n|---|\n| b | c |",
        "a | b\n-|-\nc",
        "|a|b|\n|:-|\n|c|",
        "| a |\n| - |\n\ttext",
        "- | a |\n  |---|\n  | b |",
        "> | a |\n> |--|\n> b",
        "a|b\n:-:|--:\n`c\\|d`|e\n# f",
        "|a|\n|-|\n- b",
        "| a |\n| :---- | ----- |\n",
    ),
    "html": _any(
        "<!-- a -- b -->",
        "x <!--> y <!---> z",
        "<search>\nx\n</search>",
        "<source>\n*a*",
        "<textarea>\n\n*a*</textarea>",
        "<?x\n?>",
        "</pre>\n\n*a*",
        "<del>*a*</del>",
        "a <b c='d' e=f g/> <h i",
        "<DIV\nid='x'>\n*a*\n\n*b*",
        "# a\n<div>\n# b",
        "x <!A b> <![CDATA[>&<]]>",
    ),
    "link": _any(
        "[a](<b\nc>)",
        "[a](b 't\\'')",
        "[a] (b)",
        "[[a](b)](c)",
        "[a]: <>\n\n[a]",
        "[a]: b 'c\nd'\n\n[a]",
        "![a\nb](c)",
        "[a](x\\)\\:y)",
        "[a](<b)c>)",
        "[a](#b 'c' d)",
        '[a](%20%é "x")',
        "[a](javascript:b)",
        "[a](data:image/png;x)",
        "[a](http://é.com/ü)",
        "[SS]: /u\n\n[ẞ]",
        "[a]: b\n[a]: c\n[a][] ![a]",
        "[a](b(c(d)))",
        "[a]: b 'c' d\n\n[a]",
        "[ ]: /x\n\n[ ]",
    ),
    "stress": _any(
        "**a*b**c*",
        "***a** b*",
        "*a**b*",
        "_a_b_",
        'a*"b"*',
        "**a\u00a0**",
        "~~a~b~~",
        "~~~a~~~",
        "*a `*` b*",
        "*€a*",
        "**a <http://b**c>**",
        "*~~a*~~",
        "££*a*",
        "*a [b*](c)",
        "**a**b**c**d",
        "[a*](b) c*",
        "*****a*b***",
    ),
    "list": _any(
        "1) a\n2) b\n\n3. c",
        "- a\n\n\n  b",
        "-\n  a",
        "10) a\n   b",
        "- a\n\t- b\n\t\tc",
        "1234567890. a",
        "* a\n  > b\n\n  c",
        "- a\n-\n- b",
        "a\n2. b",
        "0. a\n\n1. b",
        "- - a\n-\tb",
        "- a\n\n\tb\n c\n\td",
        "7. a\n7. b",
        "a\n-\nb",
        "- [ ] a\n- [x] b",
        "- a\n  \tb\n\n      c",
        "1. a\n    - b\n\n      c",
    ),
    "quote": _any(
        "> a\nb\n> c",
        ">\ta",
        "> ```\na",
        "> - a\n> ",
        ">\n",
        "> a\n---",
        "> 1. x\n>",
        "> - \n>\n> -",
        ">>a\n> b\nc",
        "- > a\n\n> b",
        "> [!NOTE]\n> a",
        "1. > a\nb\n\n  >",
        ">\t\tx",
        "> a\n    b\n>     c",
    ),
    "heading": _any(
        "# a #b #",
        "a\nb\n===",
        "####### x",
        "#\ta",
        "## ",
        "    # a",
        "a\n    ---",
        "# a \\#",
        "- a\n---",
        "=\n=",
        "a\n\t===",
    ),
    "code": _any(
        "```a`b\nx\n```",
        "~~~ x y\nz",
        "``a` ``",
        "` `` `",
        "\ta\n\n\tb\n",
        "    a\n\n",
        "```\n\t x\n  ```",
        "`a\nb`",
        "    a",
        "- \tx\n\n\t\tcode",
        "``` \\a &amp;\nb",
        "`a` ``b",
        "a\n```\nb\n```\nc",
        "\n    a\n",
    ),
    "smart": _any(
        "'a' \"b 'c'\" 5' 6\"",
        "(c) (TM) +- ... a..  ????!!!! -- --- (p)",
        '\'tis "x"-y',
        "a---b",
        '""a""',
        "\"a\"\n'b'",
        "\"*a*\" '`b`'",
        "x'y 'z\"",
        "--a -- b--c",
        '"a\n\nb"',
    ),
    "break": _any(
        "a  \nb\\\nc",
        "a \nb",
        "\\\\a\\*b\\é",
        "a\u0000b",
        "a\r\nb\rc",
        "\\",
        "a\\\n",
        "  a  ",
        "a\n   b",
        "\u00a0a\u2003",
        "![a  \nb](c)",
    ),
    "auto": _any(
        "<http://a.b/c d>",
        "<mailto:x@y>",
        "<x@y.z>",
        "<a+b:c>",
        "<http://é>",
        "<h:>",
        "http://a.com www.b.org",
        '<https://a.b/?q=">',
        "<http://a.b/[c]%zz>",
        "<HTTP://A.B/\\*>",
        "https://a.b/**c**",
    ),
}

UNREAD: dict[str, Callable[[random.Random], list[Input]]] = {
    "stamps": pool_of("stamp", _STAMPS, 24),
    "decimals": pool_of("decimal", _DECIMALS, 26),
    "corners": pool_of("corner", _CORNERS, 20),
    "titles": pool_of("title", _TITLES, 26),
}
