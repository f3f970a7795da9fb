"""Pools for what compiled libraries are asked: documents, elements, sums, surnames, names, figures."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, lines, pool_of, sentence

_DOCUMENTS = {
    "flat": lambda rng: (
        f'{{"a": {rng.randrange(-99, 999)}, "b": "{sentence(rng, 1, 3)}", "c": [1, 2.50, {rng.random():.6g}],'
        ' "d": null}'
    ),
    "nested": lines("""
        {"a": {"b": {"c": [{}, [], [[1]], {"d": "e"}]}}}
        {"a": [{"b": 1}, {"b": 2, "c": []}], "z": {"": {}}}
        {"a": {"a": {"a": true}}, "b": [[[], {}], null]}
        {"content": "x", "a": {"content": ["y", "z"]}, "@b": 1}
        {"a/b": {"~c": [0, 1]}, "a": "d"}
    """),
    "numbers": lines("""
        {"a": 1e3, "b": 1E-2, "c": -0, "d": 0.0}
        {"a": -0.0, "b": 9007199254740993, "c": 1.0}
        {"a": 12345678901234567890, "b": 3.141592653589793238}
        {"a": 1.7976931348623157e309, "b": 5e-324}
        {"a": 007, "b": .5, "c": 5.}
        {"a": 0x1F, "b": +1, "c": 1_000}
        {"a": 100000000000000000000000, "b": 0.1e-7, "c": 1e21}
        {"a": NaN, "b": Infinity}
    """),
    "texts": lines(r"""
        {"a": "\u00e9\ud83d\ude00", "b": "\t\n\\\"\/"}
        {"a": "</script>", "b": "<b>&amp;</b>"}
        {"a": "", "b": "true", "c": "12", "d": " null "}
        {"a": "\u2028\u0000\u007f", "b": "it's"}
        {"a": "\ud800", "b": "\x41"}
        {"a": "1e5", "b": "-0", "c": "0.10", "d": "Infinity"}
        {"a": "é€😀", "b": "a\"b"}
    """),
    "loose": lines("""
        {a: b, 'c': 'd'}
        {"a": 1,}
        {"a" = 1; "b" => 2}
        {"a": 1} trailing
        // c⏎{"a": 1}
        {"a": 1, "a": 2}
        [1, , 2,]
        {"a": tru, "b": TRUE, "c": nUll}
    """),
    "broken": lines("""
        {
        {"a"}
        {"a": [1, 2}
        "a
        {"a": "b⏎c"}
        {"a":: 1}
        null
        {}
        []
        {"a": "\\u12"}
        3.14
    """),
}
_ELEMENTS = {
    "plain": lambda rng: f"<a><b>{sentence(rng, 1, 4)}</b><b>{rng.randrange(999)}</b><c/></a>",
    "attributes": lines("""
        <a b="1" c='two'>x</a>
        <a b="&lt;&#x41;&#66;" c="a⏎b"/>
        <a b="1" b="2"/>
        <a b = "x" c=""/>
        <a b=c d>e</a>
        <a xml:lang="en" b="'q'">1</a>
        <a b=" 007 " c="true" d="1e3"/>
    """),
    "names": lines("""
        <x:a xmlns:x="urn:x"><x:b x:c="1"/></x:a>
        <a xmlns="urn:y"><b xmlns=""/></a>
        <y:a/>
        <a-b.c_d><é>1</é></a-b.c_d>
        <1a/>
        <a xmlns:xml="u"/>
        <a xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
    """),
    "special": lines("""
        <?xml version="1.0" encoding="UTF-8"?><a>1</a>
        <!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>
        <a><![CDATA[<x>&]]]]><![CDATA[>]]></a>
        <a><!-- b -- c --></a>
        <?pi data?><a><?x y?></a>
        <?xml version='1.1' standalone='yes'?><a/>
        <!DOCTYPE html><html><br></html>
        <!-- first --><a>1<!-- x -->2</a>
    """),
    "text": lines("""
        <a>&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;</a>
        <a>  spaced  <b> c </b>  </a>
        <a>&unknown; &#0; &</a>
        <a>]]></a>
        <a>⏎⇥⏎</a>
        <a>true</a>
        <a>-12.50</a>
        <a>é 漢 😀</a>
    """),
    "broken": lines("""
        <a>
        <a></b>
        <a><b></a></b>
        </a>
        <a/><b/>
        <a
        text only
        <a b="x>1</a>
        < a/>
        <a>1</a>x
    """),
}
_SUMS = {
    "plain": lambda rng: (
        f"{rng.randint(1, 99)} {rng.choice('+-*/')} {rng.randint(1, 99)} "
        f"{rng.choice('+-*/')} {rng.random() * 9:.3g}"
    ),
    "grouped": lines("""
        (1+2)*(3-4)/5
        2*(3+(4-1))^2
        ((x))
        [1+2]*{3-1}
        -(2+x)
        2(3+1)
        (x+1)(y-2)
    """),
    "powers": lines("""
        2^3^2
        -2^2
        2^-1
        (-2)^2
        -x^2
        2^0.5
        1e3^0.5
        x^y
        --2
        3--2
    """),
    "functions": lines("""
        sin(0.5)+cos(x)
        log(100)+log10(100)+log2(8)
        sqrt(x)*abs(y)
        floor(2.7)+ceil(-2.7)
        exp(1)-expm1(1)
        tan(x)/atan(y)
        pow(2,3)+signum(y)
        cbrt(27)
        log1p(x)
        max(1,2)
    """),
    "names": lines("""
        2x
        3xy
        x*y+2.5x
        pi*2
        e^2
        x y
        xsin(y)
        φ+1
        z+1
        sin x
    """),
    "numbers": lines("""
        1.5e3+1
        2E-2*4
        .5+.5
        5.
        1e
        0x10
        17 % 5
        7.5%2
        1/0
        0/0
        +3
        2 - -3
    """),
    "broken": lines("""
        1+
        *2
        (1+2
        1+2)
        ()

        1 2
        sin()
        3 $ 4
        ,
    """),
}
_SURNAMES = {
    "english": lines("""
        Robert
        Rupert
        Smith
        Schmidt
        Wright
        Knight
        Thompson
        Phillips
        Whittaker
        Ashcraft
        Tymczak
        Pfister
    """),
    "german": lines("""
        Müller
        Breschnew
        Wikipedia
        Großmann
        Schäfer
        Zöllner
        Jäger
        Mayr
        Meyer
        Heinrich
    """),
    "other": lines("""
        Cáceres
        O'Hara
        van Damme
        D'Angelo
        McDonald
        MacGregor
        Nguyen
        Xavier
        Ksawery
        Tchaikovsky
        Szczepański
        Dziadek
    """),
    "short": lines("""
        a
        Li
        Oh
        Y
        wu
        Kn
        Gh
        PH
        x
    """),
    "double": lines("""
        Balogh-Nagy
        St. John
        Anne Marie
        Lloyd George
        de la Cruz
        Smith Jr.
        Ben-Aron
    """),
    "odd": lines("""

        1234
        --
        ß
        ÀÉÎ
        AAAA
        bbcc
        test123
    """),
}
_CODED = {
    "camel": lines("""
        fooBar
        HTTPServer
        parseXML2Json
        aBC
        XMLHttpRequest
        iPhone
    """),
    "snake": lines("""
        foo_bar
        __init__
        FOO_BAR
        foo__bar_
        _x1_y2
    """),
    "kebab": lines("""
        foo-bar
        Foo-Bar
        -x
        foo--bar
        foo-1-bar
    """),
    "spaced": lines("""
        foo bar
        Foo Bar Baz
         foo
        the QUICK brown
        foo  bar
    """),
    "paths": lines("""
        Foo::Bar
        a.b.c
        foo/bar
        Foo::BarBaz::q
    """),
    "odd": lines("""

        1
        éÉé
        ǅungla
        a1b2
        99problems
        日本語Text
    """),
}
_DIGITS = {
    "whole": lambda rng: str(
        rng.choice([0, 1, 2, 3, 11, 12, 13, 21, 101, 111, 112, 1000, rng.randrange(9999)])
    ),
    "ordinal": lambda rng: rng.choice(["1st", "2nd", "3rd", "11th", "21st", "112th", "1rd", "0th"]),
    "fraction": lambda rng: f"{rng.uniform(-1e4, 1e4):.{rng.randrange(1, 18)}g}",
    "exponent": lambda rng: f"{rng.random() * 10:.{rng.randrange(1, 18)}g}e{rng.randrange(-330, 330)}",
    "odd": lines("""

        -0
        1.
        .1
        0.1
        -
        abc
        1,000
        00
        18446744073709551616
    """),
}
_FIGURES = {
    "small": lambda rng: rng.choice(
        [0.0, 1.0, 1.5, 0.1, 0.3, 10.0, 100.0, 999.0, 1000.0, 1023.0, 1024.0, 1025.0]
    ),
    "medium": lambda rng: round(rng.uniform(1e3, 1e7), rng.randrange(3)),
    "large": lambda rng: 10 ** rng.uniform(7, 18),
    "tiny": lambda rng: 10 ** -rng.uniform(1, 12),
    "negative": lambda rng: -(10 ** rng.uniform(0, 9)),
    "powers": lambda rng: 2.0 ** rng.randrange(62) + rng.choice([0, -1, 1]),
}

COMPILED: dict[str, Callable[[random.Random], list[Input]]] = {
    "documents": pool_of("document", _DOCUMENTS, 24),
    "elements": pool_of("element", _ELEMENTS, 24),
    "sums": pool_of("sum", _SUMS, 22),
    "surnames": pool_of("surname", _SURNAMES, 24),
    "coded": pool_of("style", _CODED, 24),
    "digits": pool_of("digits", _DIGITS, 30),
    "figures": pool_of("figure", _FIGURES, 24),
}
