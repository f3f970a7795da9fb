"""Pools of links as crawlers find them, of releases, of counts in words and of texts to be compared."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def parted(text: str) -> Maker:
    """Return a maker of the parts of one of the lines, which `→` keeps apart."""
    drawn = lines(text)
    return lambda rng: [part.replace("∅", "") for part in drawn(rng).split(" → ")]


_RELEASES: dict[str, Maker] = {
    "plain": lines("""
        0.0.0
        0.0.4
        1.2.3
        10.20.30
        0.9.99
        4.0.9
        99999999999999999999.0.1
    """),
    "zeros": lines("""
        01.2.3
        1.02.3
        1.2.03
        00.1.2
        1.2.3-01
        1.2.3-rc.01
        1.2.3-rc.00
        1.2.3-0
        1.2.3-0a
        1.2.3+01
        1.0.0-00a.1
    """),
    "ahead": lines("""
        1.2.3-rc.1
        1.2.3-rc.9
        1.2.0-rc99
        2.0.0-alpha
        2.0.0-alpha.beta.1
        1.0.0-9
        1.0.0-a1b2c
        1.0.0-rc.1a
        0.1.0-dev.08x
        3.4.5-x9.y
    """),
    "dashes": lines("""
        1.0.0-rc-1
        1.0.0--
        1.0.0-a-b.c-d
        1.0.0---rc.5--9
        1.0.0+a-b
        1.0.0-alpha-9+x-8
        2.1.0--1
    """),
    "build": lines("""
        1.2.3+build
        1.2.3+build.9
        1.2.3+99
        1.2.3-rc.2+build.19
        1.2.0-beta+exp.sha.5114f85
        2.0.0+21AF26D3---117B344092BD
        1.2.3+a..b
        1.2.3-rc.1+b.09
    """),
    "short": lines("""
        1
        1.2
        1.2-rc.1
        2+build.1
        1.
        1.2.3.4
        1.2.3-
        1.2.3+
        1.2.3-a..b
    """),
    "odd": lines("""
        v1.2.3
        =1.2.3
        1.2.3⏎
        1.2.3-rc⏎
        ١.2.3
        1.2.3-é
        -1.2.3
        1.-2.3
        1.2.x
        1.2.3_4

    """),
}

_RIVALS: dict[str, Maker] = {
    "core": parted("""
        1.2.3 → 1.2.4
        2.0.0 → 1.99.99
        1.10.0 → 1.9.0
        0.0.1 → 0.0.1
        0.1.0 → 0.2.0
        1.0.0 → 01.0.0
    """),
    "ahead": parted("""
        1.0.0-alpha → 1.0.0
        1.0.0 → 1.0.0-rc.1
        1.0.0-alpha.1 → 1.0.0-alpha
        1.0.0-alpha.beta → 1.0.0-alpha.1
        1.0.0-rc.11 → 1.0.0-rc.2
        1.0.0-beta → 1.0.0-Beta
        1.0.0-beta2 → 1.0.0-beta11
        1.0.0-1 → 1.0.0-a
        1.0.0-a1 → 1.0.0-a.1
        1.0.0-rc → 1.0.0-rc
        0.1.0-a → 0.1.0-b
    """),
    "longer": parted("""
        1.0.0-a.b → 1.0.0-a.b.c
        1.0.0-1.2.3 → 1.0.0-1.2
        1.0.0-abc → 1.0.0-abcd
        1.0.0-rc.1.a → 1.0.0-rc.1
        1.0.0-alpha.12 → 1.0.0-alpha.3
        1.0.0-x.7.z.92 → 1.0.0-x.7.z.100
        1.0.0-9 → 1.0.0-10.a
    """),
    "build": parted("""
        1.0.0+a → 1.0.0+b
        1.0.0+build.2 → 1.0.0+build.10
        1.0.0 → 1.0.0+build
        1.0.0-rc.1+x → 1.0.0-rc.1
        1.0.0-rc.1+1 → 1.0.0-rc.2+0
        1.0.0+1 → 1.0.1
    """),
    "odd": parted("""
        1.0 → 1.0.0
        1.0.0-rc-1 → 1.0.0-rc-2
        1.0.0-0a → 1.0.0-0
        1.0.0⏎ → 1.0.0
        1.0.0--1 → 1.0.0-1
        1.0.0-00 → 1.0.0-0
        x → 1.0.0
        1.0.0 → v1.0.0
    """),
}

_DEMANDS: dict[str, Maker] = {
    "ordered": parted("""
        1.2.3 → >1.2.2
        1.2.3 → >=1.2.3
        1.2.3 → <2.0.0-rc.1
        1.2.3 → <=1.2.3+build
        1.2.3-rc.1 → <1.2.3
        1.2.3-a → >1.2.3-B
    """),
    "equal": parted("""
        1.2.3 → ==1.2.3
        1.2.3 → =1.2.3
        1.2.3 → !=1.2.3
        1.2.3 → !=1.2.4
        1.2.3 → 1.2.3
        1.2.3-rc.1 → 1.2.3
        1.2.3+b.1 → ==1.2.3
        1.2.3+b.1 → 1.2.3+b.2
    """),
    "odd": parted("""
        1.2.3 → ~1.2.3
        1.2.3 → >
        1.2.3 → > 1.2.2
        1.2.3 → <>1.2.3
        1.2.3 → ∅
        1.2.3 → *
        1.2 → >1.0.0
        1.2.3 → >=1.2
        1.2.3 → !1.2.3
        1.2.3 → v1.2.3
    """),
}

_LIKENED: dict[str, Maker] = {
    "typed": parted("""
        kitten → sitting
        Saturday → Sunday
        receive → recieve
        martha → marhta
        dixon → dicksonx
        ca → abc
        abcdef → abdcef
        aluminum → Catalan
        My string → My $tring
        123 main st → 132 main street
    """),
    "spaced": parted("""
        new york → newyork
        a b c d → abcd
        two  words → two words
        a⇥b⏎c → a b c
        the cat sat → the sat cat
        SUB GR → SUB GROUP
        ⇥abc → abc⇥
        a b → b a
        ⇥⏎⇥ → abc
    """),
    "empty": parted("""
        ∅ → ∅
        ∅ → a
        abc → ∅
        ∅ → two words
        longer text here → ∅
        ∅ → ⇥⇥⇥
    """),
    "short": parted("""
        a → b
        ab → a
        a → aa
        ab → ba
        ab → abc
        x → xyz
        é → e
        abc → xyz
        ab → xy
        a → abcdef
    """),
    "repeated": parted("""
        aaaa → aa
        abab → baba
        aaaaaa → aaabaaa
        abcabc → abc
        ababab → cbcbcb
        mississippi → misisipi
        zzz → zzzzzzzz
        xyxyx → yxyxy
    """),
    "moved": parted("""
        abcdefgh → efghabcd
        This is the first string → And this is another string
        order 12 of 34 → order 34 of 12
        Lorem ipsum dolor → dolor ipsum Lorem
        GATTACA → GCATGCU
        CTCATGTG → CTAGCTTG
        abcd → dcba
    """),
    "written": parted("""
        Straße → strasse
        naïve café → naive cafe
        日本語 → 日本
        ABC → abc
        Ünal → Unal
        e̋x → ex
        👍🏽 ok → 👍 ok
        O'Neil → ONeil
        same → same
    """),
}

NEWER_TEXTS: dict[str, Callable[[random.Random], list[Input]]] = {
    "new releases": pool_of("release", _RELEASES, 22),
    "rival releases": pool_of("rivals", _RIVALS, 22),
    "demands of releases": pool_of("demand", _DEMANDS, 20),
    "likened texts": pool_of("likeness", _LIKENED, 22),
}
