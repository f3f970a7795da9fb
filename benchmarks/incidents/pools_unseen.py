"""Pools of what the histories that nobody has read are fed: templates with texts that fit, and host names."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _filled(text: str) -> Maker:
    """Return a maker of a template and a text that may fit it, parted by `→` in each line."""
    drawn = lines(text)

    def made(rng: random.Random) -> list[str]:
        template, _, filled = drawn(rng).partition(" → ")
        return [template, filled]

    return made


_TEMPLATES: dict[str, Maker] = {
    "plain": _filled("""
        {} {} → hello there world
        a {} b → a x y b
        {0} {1} {0} → 1 2 1
        {{}} {} → {} x
        {}, {} and {} → spam, eggs and ham
        it's {}. → it's (over).
        [{}] ({}) → [a] (b)
        {}⏎{} → a⏎b
        ^{}$ → ^x$
        {} → ⇥ x
        a|{}|b? → a|x|b?
    """),
    "named": _filled("""
        {name} {age} → Ann 12
        {a.b} {a.c} → 1 2
        {a[b]} {a[c][d]} → 1 2
        {name:d} {nam:d} → 4 4
        {_a} {__b} → x y
        {a_b} {a.b} {a__b} → 1 2 3
        {n:d} {N} → 1 2
        {hello-world} → x
        {x} {} {y} → a b c
        {a[0]}{a[1]} → xy
    """),
    "whole": _filled("""
        {:d} → -12
        {:d} → +0042
        {:n} → 1,234,567
        {:n} → 1.234
        {:d} → 0x1F
        {:x} → -0xbeef
        {:o} → 0o17
        {:b} → 0b-101
        {:d} → 0b101
        {:2d}{:2d} → 1234
        {:d}{:d} → 12
        {:=d} → 000012
        {:x=5d} → xxx12
        {:d} → - 5
        {:05d} → 00-42
        {:,} → 1,000
        {:_d} → 1_000
        {:x} → 1F
    """),
    "fraction": _filled("""
        {:f} → 12.5
        {:f} → .5
        {:f} → -1.
        {:g} → 1e-5
        {:g} → 12
        {:g} → nan
        {:e} → 1.5E+10
        {:e} → -inf
        {:%} → 12.5%
        {:%} → -7%
        {:.2f} → 3.14159
        {:5.1f} → 003.1
        {:F} → 1.10
        {:F} → -0.30
        {:g} → .1
        {:f}{:f} → 1.23.4
    """),
    "letters": _filled("""
        {:w} → a_1
        {:W} → -!-
        {:s} → a b
        {:S} → abc
        {:D} → abc
        {:l} → aBc
        {:l} → a1
        {:w}-{:w} → ab-cd
        {:W}{:w} → --ab
        {:s}{:S} → ⏎x
        {:w} → é
        {:q} → x
        {:a} → x
    """),
    "placed": _filled("""
        {:>} → ⇥  x
        {:<}y → x   y
        {:^} →   x y
        {:.^}! → ..x..!
        {:*>d} → **12
        {:>10} →       abc
        {:x<5} → abxxx
        {:^8.3} →   abc
        {:.3}{:.3} → abcdef
        {:2}{:2} → abcd
        {:.4}{:.2} → abcd1
        {:5.5} → abcdefg
        {:?>} → ??a
        {:(<} → a((
        {:-^9d} → ---12---
        {:<>} → <<a
        {: >d} →   7
        {:4} → abc
    """),
    "standard": _filled("""
        {:ti} → 2012-01-02T03:04:05Z
        {:ti} → 1972-01-20 10:21:36.123456+0930
        {:ti} → 1972-01-20
        {:te} → Mon, 20 Jan 1972 10:21:36 +1000
        {:te} → 20 Jan 1972 10:21:36.5 -03:30
        {:th} → 21/Nov/2011:00:07:11 +0000
        {:tc} → Sat Nov  5 09:30:00 2011
        {:ts} → Nov 9 03:37:44
        {:ts} → Jan  1
        {:ti} → 2011-13-45
        at {:ti}. → at 2020-02-29 24:00.
    """),
    "local": _filled("""
        {:tg} → 20/1/1972 10:21:36 AM +1000
        {:tg} → 1-Nov-2011
        {:ta} → 1/20/1972 10:21:36 PM +10:30
        {:ta} → Nov-1-2011 12:15 PM
        {:ta} → 1/20/1972 12:15 AM
        at {:tt} → at 10:21:36 PM -5:30
        at {:tt} → at 12:00 AM
        at {:tt} → at 1:02:03.04
        at {:tt} → at 25:61
        {:tg} → 20/January/1972 3:04
    """),
    "spelled": _filled("""
        {:%Y-%m-%d} → 2023-11-23
        {:%y/%b/%d} → 23/Nov/3
        {:%d %B %Y} → 4 March 1999
        {:%H:%M} → 9:05
        {:%H:%M:%S.%f} → 10:11:12.13
        {:%I %p} → 11 PM
        {:%Y-%m-%dT%H:%M%z} → 2023-11-23T01:02+0530
        {:%j} → 60
        {when:%m/%d} → 2/29
        {:%A, %d} → Friday, 13
        {:%U %Y} → 12 2020
    """),
    "case": _filled("""
        HELLO {} → hello x
        a {} B → A x b
        Å {} → å x
        at {:tt} → at 1:05 pm
        {:e} → 1e5
        {:d} X → 0XA x
        {NAME} {name} → A b
    """),
}

_HOSTS: dict[str, Maker] = {
    "latin": lines("""
        bücher.de
        faß.de
        Königsgäßchen.AT
        fußball。example
        naïve-café.fr
        ŁÓDŹ.pl
        i̇stanbul.tr
        ǆ.hr
        lꞏl.cat
        l·l.cat
        a·b.x
    """),
    "greek": lines("""
        βόλος.com
        ΒΌΛΟΣ.gr
        ἄλφα.gr
        ͵α.gr
        α͵.gr
        ϴ.gr
        ᾳ.gr
        ͵β͵γ.gr
    """),
    "cyrillic": lines("""
        привет.рф
        ПРИВЕТ.РФ
        ёлка.su
        ҙа.ru
        ꙁ.ru
        пример.испытание
        ӏ.ru
        ѐ.ru
    """),
    "arabic": lines("""
        مثال.إختبار
        ٠١٢.مثال
        ۰۱۲
        ٠۱.x
        نامه‌ای.com
        a.مثال
        ىa.com
        مثال1.x
        1مثال.x
        ﷺ.com
    """),
    "hebrew": lines("""
        דוגמה.טעסט
        ד׳.il
        ׳ד.il
        ג״ג.com
        a״ב
        אבa.com
        שָׁלוֹם.x
        א-.com
    """),
    "indian": lines("""
        उदाहरण.परीक्षा
        क्‍ष.in
        क‍ष.in
        ශ්‍රී.com
        ा.in
        உதாரணம்.பரிட்சை
        ab‍c.x
        ‌क.in
    """),
    "eastern": lines("""
        例え.テスト
        ・.jp
        日・本.jp
        a・b.jp
        ｱｲｳ．ｊｐ
        한국.kr
        测试。假
        ㍿.jp
        ゛.jp
        ー.jp
    """),
    "sign": lines("""
        i❤.ws
        🦄.com
        ☃.net
        ½.com
        ².x
        ⅷ.com
        a♥️b.x
        ℡.com
        𝔞𝔟.com
        ①.x
        👩‍👩‍👧.to
    """),
    "coded": lines("""
        xn--bcher-kva.de
        XN--BCHER-KVA.DE
        xn--fa-hia.de
        xn--zckzah
        xn--
        xn--a
        xn--ls8h.la
        xn--bcher-kva8445foa.x
        xn--0
        xn--é.x
        xn--mgbh0fb.xn--kgbechtv
        xn--iñvalid
    """),
    "dotted": lines("""
        a..b
        .a
        a.
        .
        a。b．c｡
        a.b。
        example.com.

        xn--a.。
    """),
    "marked": lines("""
        -a.com
        a-.com
        ab--c.x
        a_b.c
        a b.c
        a@b
        *.x
        a/b.c
        ≠.x
        a!.com
        É.com
        ̈a.com
        é.com
    """),
    "long": lambda rng: (
        rng.choice(["a", "ü", "日", "a.", "bü."]) * rng.choice([40, 57, 63, 64, 85, 127, 130]) + "x"
    ),
    "newer": lines("""
        ა.ge
        Ⴀ.ge
        Ა.ge
        ẞ.de
        ꟿ.x
        𞤢.gn
        ໞ.la
        ꭰ.us
        ᏸ.us
        𐲀.hu
        ඦ.lk
        ₿.x
        ㋿.jp
        𰀀.cn
        ⹿.x
    """),
}

UNSEEN: dict[str, Callable[[random.Random], list[Input]]] = {
    "templates": pool_of("template", _TEMPLATES, 20),
    "hosts": pool_of("host", _HOSTS, 18),
}
