"""A pool of textile, for a history that nobody has read."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of

_TEXTILED: dict[str, Maker] = {
    "block": lines("""
        h1. a⏎⏎h2(b#c). d⏎⏎p>. e
        bq. a⏎b⏎⏎bq.:http://x.y c
        bq.. a⏎⏎b⏎⏎p. c
        p(a#b){color:red}[fr]. x
        pre. <b>⏎⏎x
        h7. a⏎⏎h3.b
        p((. a⏎⏎p)))=. b⏎⏎p<>. c
        notextile. *a*⏎⏎notextile.. *b*⏎⏎*c*
        ###. hidden⏎⏎###.. a⏎⏎b⏎⏎p. c
        a⏎ b⏎⏎ c⏎⏎⏎⏎d
    """),
    "span": lines("""
        *a* _b_ **c** __d__
        a*b* c_d_e -f- +g+
        ^a^ x~2~ ??b?? %c%
        a[*b*]c [_d_]
        *a _b *c* d_ e*
        %{color:red}a% %(b#c)d% *(e)f*
        -a -b- c - d -e
        @a *b*@ @<c>@ a@b.c @|x|d@
        "*a*" (_b_) *c*, _d_.
        *a⏎b* _c⏎⏎d_
        *é* ==*a*== <notextile>_b_</notextile>
    """),
    "list": lines("""
        * a⏎** b⏎* c
        # a⏎## b⏎### c⏎# d
        * a⏎*# b⏎** c
        #5 a⏎# b⏎⏎#_ c
        (x#y)* a⏎* b
        * a⏎b⏎* c
        a⏎* b⏎* c⏎⏎* d
        ; a⏎: b⏎; c⏎: d⏎e
        - a := b⏎- c :=⏎d⏎e =:
        *a⏎* b⏎⏎⏎** c
        #(a) b⏎# *c*⏎⏎x
    """),
    "table": lines("""
        |a|b|⏎|c|d|
        |_. a|_. b|⏎|\\2. c|
        table(x#y){a:b}. t⏎|a|b|
        |>. a|=. b|⏎|^. c|~. d|
        |/2. a|b|⏎|c|
        |^.⏎|_. a|⏎|-.⏎|b|⏎|~.⏎|c|
        |=. cap⏎|a|
        |:\\2. 10|20|⏎|a|b|
        (x). |a|⏎|{color:red}. b|*c*|
        |a⏎b|c|⏎⏎|d
        table. ⏎|a|"b":/c|⏎|!d!|@e|f@|
    """),
    "link": lines("""
        "a":http://b.c
        "a(t)":/b "c":d.
        "(x)a":http://b "*c*":/d
        ["a":http://b]c
        "a":b⏎⏎[b]http://c
        "$":http://a.b/c "$":mailto:d@e
        "a "b" c":/d ("e":/f)
        "a":http://é.x/ü?b=ç&d#e
        "a":http://b(c) "d":/e(f)g
        "a":javascript:b "c":tel:1
        http://a.b <http://c.d> "a": b
        "a":http://b.c/d, "e":/f; "g":/h!
        "!a!":/b "a"⏎:/b
    """),
    "image": lines("""
        !a.png!
        !a.png(alt)!:/b
        !>a.png! x !<b.png!
        !(c#d)a!
        !{a:b}c.png! !=d!
        !a b! !c! d! e
        !http://a/b.png 10x20!
        x!a!y [!b!]
        !a.png(t "u")! !b(!
        !a!:http://b/!c!
    """),
    "note": lines("""
        a[1] b[2]⏎⏎fn1. x⏎⏎fn2(y). z
        a[1!]⏎⏎fn1^. b
        a[#b] c[#b]⏎⏎note#b. d⏎⏎notelist.
        a[1][2]⏎⏎fn2. x
        a[#b!]⏎⏎note#b(c). *d*⏎⏎notelist:A+.
        a[#no]⏎⏎notelist{x:y}:1!.⏎⏎note#z. un
        [1] a ⏎⏎fn1. b[1]⏎c
        a[12345]b[x]⏎⏎fn12345. c
    """),
    "code": lines("""
        bc. a⏎<b>⏎⏎c
        bc.. a⏎⏎b⏎⏎p. c
        <pre>⏎*a*⏎</pre>
        <code>*a*</code> <pre><code>⏎b &⏎</code></pre>
        bc(x). a⏎  b
        @a@b @c@, (@d@)
        a <pre>b</pre> c⏎⏎d
        pre.. a⏎⏎ b⏎⏎h1. c
        @a⏎b@ @ c @
    """),
    "glyph": lines("""
        "a" 'b' it's '90s
        a -- b - c--d
        a... (c) (r) (tm) b....
        2 x 3 4x5 6" x 7'
        1/2 [1/4] (+/-) 3/4 [o]
        ABC(a b) DEF HTML5(x) (NASA)
        "a 'b' c" ("d") ["e"]
        a & b &amp; c < d > e
        5'10" 'tis --a-- "--b"
        {(c)} C(x) AB(y)c
    """),
    "html": lines("""
        <div>a</div>⏎⏎*b*
        <b>a</b> _c_ <br>
        <!-- *a* -->⏎⏎b
        a <i class="x">*b*</i> c
        <div>⏎⏎h1. a⏎⏎</div>
        <script>a*b*</script>
        <p>a</p>⏎b⏎⏎<hr />
        <a href="*b*">c</a> a<b
        <ul>⏎<li>*a*</li>⏎</ul>
        &lt;b&gt; <x> <y/>⏎<z
    """),
}

UNSEEN_TEXTILE: dict[str, Callable[[random.Random], list[Input]]] = {
    "textiled": pool_of("textile", _TEXTILED, 20),
}
