"""Pools of style sheets, colours, sentences with keywords in them, and names to be put into other cases."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of
from benchmarks.incidents.pools_extras import SHORT


def _parted(text: str) -> Maker:
    """Return a maker of one of the texts that are parted by `¦`."""
    return lines("\n".join(" ".join(text.split("\n")).split("¦")))


def _extras(kinds: str) -> Callable[[random.Random], list[Input]]:
    """Return the pool of what markup can do beyond its first rules, of some kinds only."""
    return lambda rng: [each for each in SHORT["extras"](rng) if each.slices["extra"] in kinds.split()]


_SHEETS: dict[str, Maker] = {
    "rule": lines(r"""
        a{b:c}d>e , f{g:h!important;i:j}
        a { b: c;; d: e; } /* f */ g {}
        :is(a,b)::c[d="e"]{f:g(h,(i))}
        a{b:c
        {} a{}} b{c:d}
        a:hover;b{c:d}
        a b
        a{--x:{y:z};--w: ;v:u}
    """),
    "at": lines(r"""
        @import "a.css" b;@media c and (d){e{f:g}}
        @charset "utf-8";@font-face{a:b;@c d;e:f}
        @page :first{margin:1in;@top-left{content:"a"}}
        @a;@b{};@c
        @A-b{c}@--d e;@\66 oo{x}
        @media print { @import url(a); b { c: d } e: f }
        @@a;@ b;@-c{;}
    """),
    "nested": lines(r"""
        a{b:c;&:d{e:f}g:h}
        a{b{c:d}e:f;g{h:i}}
        a{color:red b:hover{c:d}}
        a{b:c;@media d{e:f;.g{h:i}}j:k}
        a{.b{c:d};;.e{f:g}}
        a{b:{c:d} e;f:g {h}}
        a{b c;d:e}f{g}
        a{b:hover{c:d}e:f}
        a{;{b:c}d:e}
    """),
    "open": lines(r"""
        a{b:"c
        a{b:url(c
        @a (b[c{d
        a{b:c/* d
        <!-- a{b:c} --> <!--d{e:f}
        a{b:url("c d
        a{b:"c⏎d";e:f}
        a{b:url(c d)e;f:g}
        a)b]c}d{e:f}
    """),
    "space": lines(r"""
        ⏎⏎a⇥{⏎b⏎:⏎c⏎}⏎
        /**/a/**/{/**/b/**/:/**/c/**/;/**/}/**/
        a { b : c ! important ; d : e !IMPORTANT; f:g !x }
        a{b:c !important d;e:!important}
        a  b/* */  c{d:  e  f  }
        a{b:c!/**/important}
    """),
    "custom": lines(r"""
        a{--:b;--c:;--d:!important}
        a{--b: {c:d;e:f};g:h}
        a{--b:[c;d];--e:(f;g);--h:"i;j"}
        a{--B:C;B:C;--b:/**/}
        a{--x:a!b;--y:a;b}
        a{B-C:d;*e:f;_g:h;+i:j}
    """),
}
_VALUES: dict[str, Maker] = {
    "ident": lines(r"""
        a -b --c ---d -- - -1 --1 -\-
        \66oo \0 \110000 f\6f o \
        é 漢 -é _a a_ Ａ a\⏎b
        U+26 u+0-7F U+4?? u+a u+?????? u+1-2-3 U+0025-00FF
        -->a <!--b --c> <!-
        K k ſ İ ı
    """),
    "number": lines(r"""
        1 +1 -1 1.0 .5 +.5 1. 1.e3 1e3 1E-3 1e+ 1e
        1px 1e3px 1e-x 1--x 1-x 1e-2e 1\65 2 1e\33
        10% -.5% 1e2% 1 % 1.5.5 +-1 ++1
        0 -0 +0.0 00012 1234567890123 0x10 1n-2
        1a 1A 1_b 1é 1- 1.a 1/2/**/3
        12e3e 5E3 5e3a 7\45-3 9e\--1
    """),
    "string": lines(r"""
        "a" 'b' "c'd" 'e"f' "\"" '\27'
        "a\⏎b" "c\A d" 'é\e9 f' "\0"
        "a⏎b" 'c
        "\" "a\
        '⇥' "a\9 b" "" ''
        "</style>" "\\ \a0 \20AC  x"
    """),
    "url": lines(r"""
        url(a) url( b ) url("c") url( 'd' ) URL(e)
        url() url( ) url("") url(a b) url(a"b)
        url(a\)b) url(\28 c\29 ) url(a\ b) url(\⏎)
        url(é) url(a(b) url(a
        url("a" b) url("a url( url
        url(data:x;y,z%20) u\72l(a) url (b) uri(c)
        url(a'b) url(⇥c⏎) url(\"d\")
    """),
    "block": lines(r"""
        (a[b{c}]) f(g(h,i),) [)] {(}
        a(b( c] } )
        f(/**/a) F( ) f\28 (b) --g(x) -h() #i(j)
        var(--a,) calc(1px+2px - 3 * (4))
        [a(b "c
        e\(f(1) (/*
    """),
    "mark": lines(r"""
        #a #1 #-b #-- #- # #é #\31 #é-1 #0f0
        @a @-b @--c @ @1 @\40 d @é
        a|b a||c |= ||= ~= ^= $= *= ~ ^ $ * || |
        a,b;c:d!e&f%g=h?i`j\k
        /**/a/* b */c/*/**/d/ */ /*
        + - . < > <!--> a-->b
        a/**/b 1/**/px #a/**/b @a/**/b -/**/- 1/**/% a/**/(b)
        \@ \# \.a \1F600 x\y
    """),
}
_COLOURS: dict[str, Maker] = {
    "hash": _parted(
        "#fff ¦ #ABCD ¦ #aabbcc ¦ #AABBCC80 ¦ #12 ¦ #12345 ¦ #ggg ¦ #f00f ¦ #0000 ¦ #1234567 ¦ #00f8"
    ),
    "name": _parted("""
        red ¦ RED ¦ transparent ¦ currentColor ¦ rebeccapurple ¦ grey ¦ none ¦ lightgoldenrodyellow ¦
        Canvas ¦ r\\65 d ¦ inherit ¦ red blue
    """),
    "rgb": _parted("""
        rgb(1, 2, 3) ¦ rgb(10%, 20%, 30%) ¦ rgba(10, 20, 30, .5) ¦ rgb(1 2 3 / 50%) ¦ rgb(1.5 300 -4) ¦
        rgb(none 2 3 / none) ¦ rgb(1, 20%, 3) ¦ rgb(1 20% 3) ¦ rgba(1, 2, 3) ¦ RGB( 1 ,/**/2, 3 ) ¦
        rgb(10% 120% -5% / 2) ¦ rgb(1, 2, 3, 4%) ¦ rgb(1,2,3,) ¦ rgb(1 2, 3) ¦ rgb()
    """),
    "hue": _parted("""
        hsl(120, 100%, 50%) ¦ hsl(210, 33%, 47%) ¦ hsla(-30, 20%, 80%, .25) ¦ hsl(120deg 100% 50%) ¦
        hsl(.5turn 20% 30% / 40%) ¦ hsl(100grad 20 30) ¦ hsl(3rad, 12%, 34%) ¦ hsl(none 50% 50%) ¦
        hwb(90 10% 20%) ¦ hwb(90deg 60% 60% / .3) ¦ hwb(400 10 20) ¦ hwb(10, 20%, 30%) ¦
        hsl(720.5, 150%, -10%) ¦ hsl(17, 3%, 98%)
    """),
    "lab": _parted("""
        lab(50 20 -30) ¦ lab(50% 20% -30%) ¦ lab(120 200 0 / .5) ¦ lch(50 40 120) ¦ lch(50% 40% 1turn) ¦
        lch(10 -5 30deg / none) ¦ oklab(.5 .1 -.2) ¦ oklab(50% 100% -10%) ¦ oklch(.5 .1 90) ¦
        oklch(60% 50% .25turn / 50%) ¦ lab(none 10 none) ¦ lab(50, 20, 30) ¦ oklab(2 .5 .5) ¦
        lch(.05 1 361)
    """),
    "space": _parted("""
        color(srgb 1 .5 0) ¦ color(srgb-linear 10% 20% 30% / .5) ¦ color(display-p3 1 0 0) ¦
        color(a98-rgb .2 .3 .4) ¦ color(prophoto-rgb .1 .5 .9) ¦ color(rec2020 .3 .3 .3) ¦
        color(xyz .1 .2 .3) ¦ color(xyz-d50 .1 .2 .3 / 1) ¦ color(XYZ-D65 none .2 .3) ¦
        color(srgb 1 2) ¦ color(--cmyk 0 1 0 .2) ¦ color(nope 1 2 3) ¦ color(srgb, 1, .5, 0) ¦
        color(srgb -1 2 150%) ¦ color()
    """),
    "newer": _parted("""
        device-cmyk(0 81% 81% 30%) ¦ device-cmyk(0, .5, .5, 0) ¦ device-cmyk(0 .5 .5 2 / .4) ¦
        device-cmyk(0 .5) ¦ device-cmyk(0%, 50%, 50%, 0%) ¦ device-cmyk(none 1 1 -1) ¦
        light-dark(red, blue) ¦ light-dark(#fff, rgb(1 2 3)) ¦ light-dark(red blue) ¦ light-dark(red) ¦
        color(--x 1 2 3 4 / 50%) ¦ color(--X 10% none)
    """),
}
_STEPS: dict[str, Maker] = {
    "whole": lines("5\n+5\n-5\n0\n5.0\n 7 \n1 2\n/**/3"),
    "word": lines("even\nODD\nodd 1\nn\n-n\n+n\n+ n\nn n\n--n\n-\nneven"),
    "sum": lines("2n+1\n2n + 1\n2n +1\n2n+ 1\n2N-1\n2n- 1\n2n -1\n2n-1a\nn-1\n-n-1\n+n-12\n-n- 3\n2n--1"),
    "odd": lines("2n+-1\n2n + -1\n2n+\n2n-\n+ 2n\n2.5n\n3 n\nn+1.5\n\\6e+2\n1e1n\n2n/**/+/**/1\n+-n\n+"),
}
_SENTENCES: dict[str, Maker] = {
    "plain": lines("""
        I know java_2e and product management techniques
        She loves the Big Apple and the Bay Area.
        new york is not new jersey, NY is
        We do product management, not products management
        big apple
        the bay area of new york city
    """),
    "end": lines("""
        I live in new york
        I live in new
        product management technique
        it ends with big
        in the bay area!
        I love c++
        he said bay
        product
        java
    """),
    "mark": lines("""
        c++/c#, .net; R&D (java) [ny]
        (new york) "big apple" 'java'
        a.net .network .net. c++11 c+ c
        new-york new  york new⏎york new⇥york
        java_2e. java_2 java-2e ,java,
        R&D R & D r&d. R&Dx
        big.apple big, apple NY-SF
    """),
    "case": lines("""
        NEW YORK and New York and new york
        JAVA Java jAvA JavaScript
        ny Ny NY sf SF
        BIG apple BAY AREA
        Łódź straße CAFÉ café
        Product MANAGEMENT Techniques
    """),
    "inside": lines("""
        javabean ajava java2 _java java_
        newyork renew york new yorker
        any sunny company sfo
        productmanagement big apples
        1ny ny1 n y
        éjava javaé 漢java
    """),
    "typed": lines("""
        I know jaav and prodct managment
        the bg apple and the bay aera
        nw york, new yrok and new yokr
        javas c+ bey area techniqes
        product managemant techniques
        Bay Are new jork
        łodz and cafe
    """),
    "joined": lines("""
        new york big apple java
        product management product management techniques
        new new york york
        new york new york city new
        bay bay area area
        big big apple
        product management techniques new york
        java java java
        new york city hal big apple
    """),
    "empty": lines("""

        .
        c++
        ⏎
        new york
        NY
        java_2e
        c
    """),
}
_NAMES: dict[str, Maker] = {
    "camel": lines(
        "DeviceType\nHTMLParser\ngetHTTPResponse2Code\nIOError\nA\nXMLHttp\nuserID\nTheManWithoutAPast"
    ),
    "snake": lines(
        "device_type\nauthor_id\n_private_id\nid\na__b\ntrailing_\nemployee_salary_id_x\nx_men\nSCREAM_ING"
    ),
    "dash": lines("puni-puni\nx-men: the last stand\n-a--b-\nmother-in-law\nA-B_c D"),
    "spoken": _parted("""
        man from the boondocks ¦ sgt. pepper's 'lonely' hearts ¦ fred’s o'neil's don't ¦
        Donald E. Knuth ¦ spaced   out ¦ ätran élan été ¦ 100% of 3rd-party e.g. this ¦
        iPhone 4s and x2y
    """),
    "accent": lines("Ærøskøbing\nälämölö\nMalmö straße\n漢字 kanji\nÉcole_Élève\nÅngström-Ñandú\n†æ\nİzmir"),
    "mark": lines("a.b/c\na++b\n---\n__\na&b!?\n(x)\n+random+ -text-\ntail--\n--head\n#1\n..a..b.."),
    "noun": _parted("""
        PERSON ¦ RawScaledScorer ¦ egg_and_ham ¦ fancyCategory ¦ CamelOctopus ¦ passerby ¦ passersby ¦
        passerbys ¦ human ¦ humans ¦ Human ¦ potato ¦ potatoes ¦ Talisman ¦ old_news ¦ cow ¦ kine ¦
        zombies ¦ sex ¦ spokesman ¦ salesperson ¦ salespeople ¦ agency ¦ jeans ¦ ox ¦ movies
    """),
}

NEWER_MARKUP: dict[str, Callable[[random.Random], list[Input]]] = {
    "style sheets": pool_of("sheet", _SHEETS, 16),
    "style values": pool_of("value", _VALUES, 16),
    "style colours": pool_of("colour", _COLOURS, 22),
    "style steps": pool_of("step", _STEPS, 24),
    "keyword sentences": pool_of("sentence", _SENTENCES, 18),
    "marked extras": _extras("attribute contents"),
    "set extras": _extras("admonition definition abbreviation"),
    "quoted extras": _extras("quotes contents"),
    "cased names": pool_of("name", _NAMES, 30),
}
