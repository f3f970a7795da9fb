"""Pools of notations that services read and write: YAML, JSON5, routes with paths, and braces to expand."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def items(text: str) -> Maker:
    """Return a maker of one of the texts that `¦` or a line's end parts; `lines` tells the other signs."""
    return lines(text.replace("¦", "\n"))


def _placed(places: str) -> Callable[[str], Maker]:
    """Return what makes a maker of one of the texts in one of the places, where it stands for `@`."""
    place = items(places)

    def of(text: str) -> Maker:
        drawn = items(text)
        return lambda rng: place(rng).replace("@", drawn(rng))

    return of


def _routed(text: str) -> Maker:
    """Return a maker of a route and a path that may fit it, parted by `→`."""
    drawn = items(text)

    def made(rng: random.Random) -> list[str]:
        route, _, path = drawn(rng).partition("→")
        return [route.strip(), path.strip()]

    return made


def _signs(text: str) -> Maker:
    """Return a maker of one of the texts, in which signs are escaped as in Python."""
    drawn = items(text)
    return lambda rng: drawn(rng).encode("ascii").decode("unicode_escape")


def _one_of(*values: Any) -> Maker:
    """Return a maker of one of the values."""
    return lambda rng: rng.choice(values)


_scalar = _placed("@ ¦ a: @ ¦ - @ ¦ [@, 1] ¦ {k: @ } ¦ - a: @⏎  b: 2 ¦ @ : v")

_YAML: dict[str, Maker] = {
    "whole": _scalar("""
        12 ¦ -0 ¦ +7 ¦ 017 ¦ 0o17 ¦ -0o7 ¦ 0b101 ¦ -0b11 ¦ 0x1F ¦ -0xff ¦ 0xG ¦ 1_000 ¦ _1 ¦ 1_ ¦ 190:20:30
        1:60 ¦ 08 ¦ 0b ¦ 0_7 ¦ 0
    """),
    "fraction": _scalar("""
        1.5 ¦ .5 ¦ 1. ¦ -1. ¦ 1e3 ¦ 1e+3 ¦ 1.e3 ¦ 685.230_15e+03 ¦ 685_230.15 ¦ 190:20:30.15 ¦ .inf ¦ -.INF
        +.inf ¦ .nan ¦ .NaN ¦ 1.5_ ¦ _.5 ¦ ._1 ¦ 0.1e-7 ¦ -.5 ¦ 00.5 ¦ .
    """),
    "said": _scalar("""
        ~ ¦ null ¦ NULL ¦ nULL ¦ true ¦ True ¦ yes ¦ NO ¦ on ¦ y ¦ = ¦ << ¦ constructor ¦ toString
        __proto__ ¦ !!null '' ¦ !!bool true ¦ !!str 12 ¦ !!int "3" ¦ !!float 4 ¦ !<tag:yaml.org,2002:str> 1
        ! 12 ¦ !!null ¦ !!str ¦ !unknown x ¦ !!set
    """),
    "dated": _scalar("""
        2001-12-14 ¦ 2001-1-4 ¦ 2001-12-14t21:59:43.10-05:00 ¦ 2001-12-14 21:59:43.1 -5
        2001-12-15 2:59:43.10 ¦ 2001-12-14T21:59:43Z ¦ 2001-12-14T21:59:43.123456+05:30 ¦ 2001-13-40
        2016-3-1T1:2:3 ¦ 12-12-12
    """),
    "quoted": _scalar(r"""
        'it''s' ¦ "a\tb\n" ¦ "\x41\u00e9\U0001F600" ¦ "\ud83d\ude00" ¦ "a \⏎  b" ¦ 'a⏎  b' ¦ "a⏎⏎  b "
        "\q" ¦ "\/\e\_\N" ¦ 'a ¦ "a" b ¦ "\x4" ¦ '' ¦ "⇥x" ¦ 'a # b'
    """),
    "plain": _scalar("""
        a b ¦ a #c ¦ a#c ¦ a:b ¦ http://x.org/?a=b ¦ a⏎  b ¦ -x ¦ ?x ¦ :x ¦ @x ¦ `x ¦ %x ¦ a, b ¦ a] ¦ x: y
        - x ¦ *x ¦ &x ¦ &x y ¦ a⇥b ¦ 😀 é ¦ a:
    """),
    "blocks": items("""
        |⏎ a⏎ b⏎ ¦ |-⏎ a⏎⏎ ¦ |+⏎ a⏎⏎⏎ ¦ >⏎ a⏎ b⏎⏎ c⏎ ¦ >⏎ a⏎   b⏎ c⏎ ¦ a: |2⏎   x⏎  y⏎b: 1 ¦ a: |⏎b: 1
        - |⏎ x⏎- >-⏎ y⏎  z ¦ a: >+⏎  x⏎⏎b: 2 ¦ a: |1-⏎  x ¦ |0⏎ a ¦ |⏎⏎  a⏎ b ¦ a: | # c⏎  x
        a: |c⏎  x ¦ |⏎a⏎b ¦ a: >2⏎     x⏎   y⏎ ¦ a:⏎  - |⏎    x⏎⏎   y ¦ >⏎⏎⏎ a⏎⏎⏎ b
    """),
    "flows": items("""
        [a, b,] ¦ [a,, b] ¦ [,] ¦ {a: 1, b} ¦ {a, ? b : c} ¦ {"a":1} ¦ {a:1} ¦ [a: 1, b: 2] ¦ [{}, []]
        {a: [1, {b: 2}]⏎} ¦ {? a, : b} ¦ [a⏎b] ¦ {a: , b: } ¦ [ # c⏎ a] ¦ {a: 1 ¦ [a]] ¦ ? [a, b]⏎: c
        [a, b]: c ¦ {[a]: b} ¦ ? {a: 1}⏎: 2 ¦ - [a]⏎- {b: c} ¦ {"push⏎pop": 1} ¦ [? a : b] ¦ []: x
        {x: !!null , y: &a }
    """),
    "maps": items("""
        a: 1⏎b: 2 ¦ a:⏎  b:⏎    c: 1 ¦ a: 1⏎a: 2 ¦ ? a⏎: b ¦ ? a⏎? b ¦ a:⏎- 1⏎- 2 ¦ a:⏎  - 1⏎ - 2
        - a: 1⏎  b: 2⏎- c ¦ a: 1⏎ b: 2 ¦ a:⏎⇥b: 1 ¦ -⇥a ¦ - - a⏎  - b ¦ -⏎ -⏎  - x ¦ a:⏎⏎⏎b: 1
        null: 1⏎~: 2 ¦ 1: a⏎1.0: b ¦ 'a': 1⏎"b": 2 ¦ a : 1 ¦ : 1 ¦ __proto__: 1⏎x: 2 ¦ a: 1⏎- b ¦ - a⏎b: 1
        a: b: c ¦ "a⏎ b": c ¦ hasOwnProperty: 1⏎b: 2
    """),
    "anchors": items("""
        - &a x⏎- *a ¦ a: &x {b: 1}⏎c: *x ¦ a: &x⏎  b: 1⏎c:⏎  <<: *x⏎  d: 2
        c:⏎  <<: [{a: 1}, {a: 2, b: 3}]⏎  b: 0 ¦ <<: 1 ¦ <<: {a: 1}⏎a: 2 ¦ a: 2⏎<<: {a: 1} ¦ <<: [1]
        <<: {__proto__: {x: 1}}⏎y: 2 ¦ &a a: *a ¦ - *b ¦ - &a⏎- *a ¦ &a [*a] ¦ - &a &b x ¦ - &x !!str 1⏎- *x
        - !!str &x 1⏎- *x ¦ &a : b ¦ *a : b ¦ - &a a: 1⏎- *a ¦ - &a !!set {x}⏎- *a ¦ a: &x⏎b: *x
        <<: {a: 1}⏎<<: {b: 2}
    """),
    "tags": items("""
        !!binary aGVsbG8= ¦ !!binary |⏎ aGVs⏎ bG8= ¦ !!binary aGVsbG8 ¦ !!binary ==== ¦ !!set {a, b}
        !!set {a: 1} ¦ !!omap [a: 1, b: 2] ¦ !!omap [a: 1, a: 2] ¦ !!omap {a: 1} ¦ !!pairs [a: 1, a: 2]
        !!pairs [a, b] ¦ !!seq [a] ¦ !!map [a] ¦ !!timestamp 2001-01-01 ¦ !!timestamp x
        %TAG ! tag:x,2000:⏎---⏎!a b ¦ %TAG !e! tag:yaml.org,2002:⏎---⏎!e!str 1 ¦ !e!x 1 ¦ !!int x
        !!float 0x1 ¦ !!omap ¦ !!seq ¦ !!map ¦ !!binary ¦ !!pairs ¦ !!merge x ¦ !<!> x ¦ !a!b! c
    """),
    "streams": items("""
        ---⏎a⏎---⏎b ¦ ---⏎...⏎---⏎x ¦ a⏎...⏎b ¦ %YAML 1.2⏎---⏎a ¦ %YAML 1.3⏎---⏎a ¦ %YAML 2.0⏎---⏎a
        %FOO x⏎---⏎a ¦ %YAML 1.1⏎%YAML 1.1⏎---⏎a ¦ --- a ¦ --- |⏎ x⏎--- >⏎ y ¦ # c ¦ --- ¦ ... ¦
        # c⏎---⏎a # d⏎# e ¦ a⏎---⏎ ¦ --- {a: 1}⏎--- [b] ¦ %YAML 1.2 ¦ ---⏎&a x⏎---⏎*a ¦ ---⏎- a⏎⏎# x⏎---⏎# y
    """),
    "signs": _signs(r"""
        \ufeffa: 1 ¦ a: \x00b ¦ \x01 ¦ a: \x7f ¦ a: 'x\x00' ¦ a: \U0001f600 ¦ a:\r\n  b\r\nc: d\r
        a: |\r\n  x\r\n  y
        a: b\x85c ¦ a: b\u2028c ¦ \xa0a: 1 ¦ 'a\x07' ¦ "a\x08"
        a\n\x00b ¦ \x20 a: 1 ¦ \ta: 1 ¦ a: 1 \x20 ¦ - \n  a
    """),
}

_QUIRKS = items("""
        plain ¦ a b ¦ # c ¦ a # b ¦ a#b ¦ a: b ¦ a:b ¦ a: ¦ :a ¦ - a ¦ -a ¦ - ¦ ? a ¦ ?a ¦ [a] ¦ {a ¦ a]
        a,b ¦ a, b ¦ @a ¦ `a ¦ %a ¦ &a ¦ *a ¦ !a ¦ | ¦ > ¦ 'a' ¦ it's ¦ say "x" ¦ ~ ¦ null ¦ Null ¦ true
        yes ¦ No ¦ on ¦ y ¦ N ¦ 12 ¦ 012 ¦ 0o7 ¦ 0x1F ¦ 1_000 ¦ 1e3 ¦ 1.5 ¦ .5 ¦ .inf ¦ 1:30 ¦ 1:2:3.5 ¦ =
        << ¦ --- ¦ --- a ¦ ... ¦ 2001-12-14 ¦ 2001-1-1 1:2:3 ¦ http://x.org/a#b ¦ a⇥b ¦ ⇥a ¦ a⏎b ¦ a⏎ ¦ ⏎a
        a⏎⏎b⏎⏎ ¦ é ¦ 😀 a ¦ C:\\x ¦ a\\b⏎c
    """)
_STRANGE = _signs(r"""
     ¦ \x20 ¦ \x20a ¦ a\x20 ¦ a \nb ¦ \x20a\nb ¦ \n a ¦ \x00 ¦ \x07a ¦ \x7f ¦ \x85 ¦ \xa0a ¦ \u2028
    \ufeff
""")
_LONG = items("""
    the quick brown fox jumps over the lazy dog and runs into the deep dark wood where none can find it
    a first line that is long enough to be folded before its end, or so one hopes, is here⏎second⏎⏎  third
    https://example.org/a/long/address/that/cannot/be/folded/since/it/has/no/space?at=all&in=it#anchor x y
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen⏎
    key: value pairs look like mappings, so that this text of some eighty letters is quoted: yes or no
    ⏎leading line, then a long one that goes on and on and on and on and on and on and on and on and on
    a tail with blank space at the end of a long line that is to be folded in the middle of it   x⏎y⏎⏎⏎
""")


def _keyed(rng: random.Random) -> dict[str, Any]:
    return {_QUIRKS(rng): rng.choice([1, None, "x", [], {}]) for _ in range(2)}


def _nested(rng: random.Random, depth: int = 3) -> Any:
    if depth == 0 or rng.random() < 0.25:
        return rng.choice([1, -2, 1.5, None, True, "a", "b c", "", [], {}, _QUIRKS(rng)])
    if rng.random() < 0.5:
        return [_nested(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    return {
        key: _nested(rng, depth - 1) for key in rng.sample(["b", "a", "c-d", "9", "e f"], rng.randint(1, 3))
    }


_VALUES: dict[str, Maker] = {
    "quirk": _QUIRKS,
    "strange": _STRANGE,
    "long": lambda rng: {"k": _LONG(rng)} if rng.random() < 0.6 else _LONG(rng),
    "number": _one_of(0, -0.0, 1, -12, 1.5, 1e21, 1e-7, -1e100, 123456789012, 255, -255, 0.1),
    "listed": lambda rng: [_QUIRKS(rng), rng.choice([None, True, 3, [], {}, [1]]), _STRANGE(rng)],
    "keyed": _keyed,
    "nested": _nested,
}

_JSON5: dict[str, Maker] = {
    "number": _placed("@ ¦ [@] ¦ {a:@} ¦ [@,1] ¦ @ // c")("""
        1 ¦ -1 ¦ +1 ¦ .5 ¦ -.5 ¦ 5. ¦ 5.e2 ¦ 1e3 ¦ 1E+3 ¦ 1e-3 ¦ 1e ¦ 0x1F ¦ -0xff ¦ +0XA ¦ 0x ¦ 0xg ¦ 01
        010 ¦ -00 ¦ Infinity ¦ -Infinity ¦ +Infinity ¦ NaN ¦ -NaN ¦ Infinit ¦ --1 ¦ + 1 ¦ - 1 ¦ . ¦ -.
        1.2.3 ¦ 0b1 ¦ 1_0 ¦ 0.0 ¦ -0
    """),
    "text": _placed("@ ¦ [@] ¦ {a:@} ¦ {@:1}")(r"""
        'a' ¦ "a" ¦ 'it"s' ¦ "it's" ¦ 'it\'s' ¦ '\x41\u00e9' ¦ '\0' ¦ '\01' ¦ '\1' ¦ '\9' ¦ '\v\f\b'
        '\a\z' ¦ 'a\⏎b' ¦ 'a⏎b' ¦ '\⏎' ¦ 'a ¦ "\x4" ¦ '\u12' ¦ '\/' ¦ '⇥' ¦ "\q" ¦ '' ¦ 'é😀' ¦ '\\' ¦ a
        'a''b' ¦ `a`
    """),
    "key": _placed("{@:1} ¦ {@ : 'x',} ¦ [{@:null}] ¦ {b:2,@:{@:3}}")(r"""
        a ¦ a_b ¦ $ ¦ _ ¦ 1a ¦ 1 ¦ a-b ¦ é ¦ ü1 ¦ \u0061b ¦ a\u0062 ¦ \u0031 ¦ a b ¦ null ¦ if ¦ 'a b' ¦ ""
        __proto__ ¦ '__proto__' ¦ constructor ¦ 日本 ¦ 𝒜 ¦ a.b ¦ Infinity ¦ @ ¦ ℮ ¦ ꟿ ¦ [a] ¦ 'a':1,a
    """),
    "listed": items("""
        [1,2,] ¦ [,] ¦ [1,,2] ¦ [] ¦ [ ] ¦ [1 2] ¦ [1 ¦ [ ¦ {} ¦ { ¦ {, } ¦ {a:1,} ¦ {a:1,,} ¦ {a:1 b:2}
        {a} ¦ {a:} ¦ {a:1,a:2} ¦ [[],{}] ¦ {a:[1,{b:2}]} ¦ ] ¦ } ¦ [1}} ¦ {a:1] ¦ [1],[2] ¦ 1 2 ¦ {a:1}x
        [null,true,false] ¦ nul ¦ tru ¦ undefined ¦ {"a":{"a":{"a":[]}}} ¦ [[[[[1]]]]] ¦ {__proto__:{x:1}}
        {a⏎:⏎1⏎} ¦ [1⏎,2⏎,⏎]
    """),
    "comment": items("""
        // c⏎1 ¦ 1 // c ¦ /* c */ 1 ¦ 1 /* c */ ¦ /* a * b */ 1 ¦ /** c **/ 1 ¦ /* c ¦ // c ¦ / 1 ¦ 1 /
        [1, // c⏎2] ¦ {/*a*/a/*b*/:/*c*/1/*d*/} ¦ /***/1 ¦ /*/1 ¦ /**/ ¦ {// c⏎} ¦ [/*⏎*/] ¦ 1 /* x ** y */
        # c⏎1 ¦ '// c' ¦ /*/**/1
    """),
    "space": _signs(r"""
         ¦ \x20 ¦ \n ¦ \t1 ¦ \v1 ¦ \f1 ¦ \xa01 ¦ \ufeff1 ¦ \u20281 ¦ 1\u2029 ¦ \u30001 ¦ \u16801 ¦ //c\r1
        //c\u20281
        'a\u2028b' ¦ 'a\\\u2028b' ¦ 'a\\\r\nb' ¦ 'a\\\rb' ¦ '\r' ¦ [1,\r\n2] ¦ \x001
        \u180e1 ¦ 1\x85 ¦ //c\r\n{} ¦ \u200b1
    """),
}

_ROUTES: dict[str, Maker] = {
    "named": _routed("""
        /:a → /x ¦ /:a/:b → /x/y ¦ /:a → /x/ ¦ /:a/ → /x ¦ /u/:id.json → /u/7.json ¦ /:a-:b → /x-y
        /:a.:b → /x.y.z ¦ /:a:b → /xy ¦ /:foo_bar → /x%20y ¦ /:a → /%zz ¦ /:1 → /x ¦ /: → /x ¦ /:é → /x
        /:"a b" → /x ¦ /:"a → /x ¦ :a → x ¦ /\\:a → /:a ¦ /:a\\:b → /x:b ¦ /@:a → /@x ¦ /:a!:b → /x!y
        /:a/b/:c → /x/b/ ¦ /:a:"b"c → /xc
    """),
    "optional": _routed("""
        /:a? → / ¦ /:a? → /x ¦ /:a?/b → /b ¦ /x/:a?/y → /x/y ¦ {/:a} → /x ¦ {/:a}? → /x ¦ /x{/:a}/y → /x/y
        /:a?-b → /-b ¦ /x{.:e}? → /x.js ¦ /x{.:e} → /x ¦ /:a?.:b? → /x.y ¦ /:a?:b → /xy ¦ {a}{b}{c} → ac
        {/a{/:b{/:c}}} → /a/1 ¦ {/:a → /x ¦ /(a)? → / ¦ /:a(b)?c → /bc ¦ {}/a → /a ¦ {:a}? → x ¦ /x}? → /x
    """),
    "repeated": _routed("""
        /:a+ → /x/y ¦ /:a* → / ¦ /:a* → /x/y/z ¦ /:a+ → / ¦ /x/:a*/y → /x/1/2/y ¦ {/:a}+ → /x/y
        {/:a-:b}* → /1-2/3-4 ¦ /:a(\\d+)+ → /1/2 ¦ {:a.}+x → 1.2.x ¦ /x:a* → /xa/b ¦ {/:a}*/b → /x/b
        (a)+ → aaa ¦ {x}+ → xx ¦ {/:a}+: → /x: ¦ /:a+/:b → /1/2/3 ¦ {:a;|,}+ → 1,2 ¦ /:a++ → /x
    """),
    "wild": _routed("""
        * → /x/y ¦ /* → /x/y ¦ /x* → /xyz ¦ /*a → /x/y ¦ /*a/b → /x/y/b ¦ /*a/*b → /x/y/z
        /a/*/b → /a/1/2/b ¦ /:a/* → /x/y ¦ /*a.*b → /x.y.z ¦ {/*a}/z → /x/z ¦ /**a → /x ¦ /*"a b" → /x/y
        *a*b → xy ¦ /*a-:b → /x-y/z-w ¦ /:a-*b → /x-y/z ¦ /*a/x/*b → /1/x/2/x/3 ¦ *.js → a.js ¦ (.*) → /x
        /*a:b → /xy ¦ /x/*a → /x/
    """),
    "patterned": _routed("""
        /:a(\\d+) → /12 ¦ /:a(\\d+) → /x ¦ /(\\d+) → /1 ¦ /:a(x|y) → /y ¦ /(a|b)/(c) → /a/c ¦ /:a(?:x) → /x
        /:a(?!x) → /y ¦ /:a((?:x|y)z) → /xz ¦ /:a((x)y) → /xy ¦ /:a() → /x ¦ /:a(\\d → /1 ¦ /:a(?=x) → /x
        /(?:x) → /x ¦ /x(\\.y)? → /x.y ¦ /:a([a-z]+)/:b([^/]+?) → /x/y ¦ /(.*)/y → /x/y
        /:a(\\w+).:b → /x.y ¦ /a(b → /ab ¦ /a)b → /ab ¦ /:a(.*) → /x/y
    """),
    "literal": _routed("""
        / → / ¦ / → ¦ /a → /A ¦ /a → /a/ ¦ /a/ → /a ¦ /a/ → /a// ¦ /a → /a/b ¦ /a → /ab ¦ /é → /%C3%A9
        /café → /café ¦ /a b → /a%20b ¦ /a.b → /axb ¦ /a+b → /a+b ¦ /a?b → /ab ¦ /[a] → /[a] ¦ /a!b → /a!b
        /a\\ → /a ¦ /a\\\\b → /a\\b ¦ /a$ → /a$ ¦ /a|b → /a ¦ ^a → ^a ¦ /a#b → /a#b ¦ /a?b=c → /a?b=c
        a → a ¦ → / ¦ /a;b,c → /a;b,c ¦ //a → //a
    """),
}

_BRACES: dict[str, Maker] = {
    "listed": items("""
        {a,b} ¦ a{b,c}d ¦ {a} ¦ {} ¦ {,} ¦ {,a} ¦ {a,} ¦ {a,,b} ¦ {a,b}{c,d} ¦ x{,}y ¦ {a,b},{c,d} ¦ a,b
        {a,b c} ¦ a{}b ¦ {a,a} ¦ {,,}x ¦ -v{,,,} ¦ {é,ü} ¦ a/{b,c}/{d,e}.js ¦ {a,b}/{} ¦ {{a,b} ¦ {a,b}} ¦ a
        ab ¦ {a.b,c} ¦ {a,b}{,}
    """),
    "nested": items("""
        {a,{b,c}} ¦ {{a,b},c} ¦ a{b{c,d}e,f}g ¦ {a,{b,{c,d}}} ¦ {{a}} ¦ {a{b,c},{d,e}f} ¦ {{a,b}{c,d},e}
        {,{,a},b}c ¦ {{},{a,b}} ¦ {{,,a}}{z,c} ¦ {a,b{1..3},c} ¦ {{1..2},{a..b}} ¦ x{{a,b}}y ¦ {{{a,b}}}
        {a,{1..2}b}{,c} ¦ {{A..C},{a..c}} ¦ p{,c,o{,d}}
    """),
    "ranged": items("""
        {1..3} ¦ {3..1} ¦ {-2..2} ¦ {01..3} ¦ {08..11} ¦ {1..9..2} ¦ {9..1..3} ¦ {1..9..-2} ¦ {0..8..0}
        {1..1} ¦ {1..} ¦ {..1} ¦ {1..3}{4..5} ¦ a{1..3}b ¦ {1..3..x} ¦ {1..2..3..4} ¦ {1...3} ¦ {-03..1}
        {1.5..3} ¦ {5..105} ¦ {0..255} ¦ {99..101..1} ¦ {1..3,a} ¦ {1..a} ¦ {001..100} ¦ {1..100..25}
        {+1..3} ¦ { 1..3 }
    """),
    "spelled": items("""
        {a..c} ¦ {c..a} ¦ {a..e..2} ¦ {A..C} ¦ {a..C} ¦ {aa..cc} ¦ {a..3} ¦ {a..c}{x..y} ¦ {a..a}
        {a..c..x} ¦ {_..a} ¦ {é..ê} ¦ x{b..d..1}y ¦ {a..b,c} ¦ {Z..a} ¦ {a..e..-2} ¦ {z..a..5}
        {a..b}/{1..2} ¦ {a.b..c} ¦ 1{a..b}2{b..c}3
    """),
    "escaped": items(r"""
        \{a,b} ¦ {a\,b} ¦ {a,b\} ¦ {a\,b,c} ¦ \\{a,b} ¦ {a,\{b,c\}} ¦ {1\..3} ¦ a\{b,c\}d ¦ {\a,b} ¦ {a,b}\
        \$\{a,b} ¦ {a,\\{c,d}} ¦ "{a,b}" ¦ '{a,b}' ¦ {"a,b",c} ¦ {'a',b} ¦ `{a,b}` ¦ {`a,b`,c} ¦ {"a,b}
        it's {a,b} ¦ {a,"b} ¦ "a"{b,c}"d" ¦ x"{a..c}"
    """),
    "mixed": items(r"""
        ${a,b} ¦ ${a}{b,c} ¦ x${a,b}y{c,d} ¦ *.{js,md} ¦ [{a,b}] ¦ [a,b]{c,d} ¦ {[a,b],c} ¦ @({a,b}|c)
        !({a,b}) ¦ {a,@(b,c)} ¦ +(a|{b,c}) ¦ (a,b){c,d} ¦ {a,(b,c)} ¦ a{2} ¦ a{2,3} ¦ (\d{2}) ¦ [a-c]{1,2}
        {a,b}* ¦ {*,?} ¦ {!a,b} ¦ ** /{a,b} ¦ {a,b ¦ a,b} ¦ }{ ¦ }a{b,c} ¦ {a,b}{ ¦ {a;b} ¦ {a|b,c}
        ({1..3}) ¦ [{1..3}] ¦ {a,[b}] ¦ {(a,b} ¦ a{b,c)d} ¦ {a, b} ¦ {a,⏎b} ¦ 😀{a,b} ¦ {.,..} ¦ {..}
        ..{a,b}
    """),
}

NEWER_NOTATIONS: dict[str, Callable[[random.Random], list[Input]]] = {
    "yaml documents": pool_of("document", _YAML, 30),
    "dumped values": pool_of("value", _VALUES, 40),
    "json5 texts": pool_of("text", _JSON5, 60),
    "routed paths": pool_of("route", _ROUTES, 45),
    "braced": pool_of("brace", _BRACES, 45),
}
