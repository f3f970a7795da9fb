"""Pools of what markup is made of and what it can do beyond its first rules, each in few letters."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of

_EXTRAS: dict[str, Maker] = {
    "footnote": lines("""
        a[^1] b[^x y]⏎⏎[^1]: one⏎    two⏎⏎    three⏎[^x y]: *z*
        a[^1][^1]⏎⏎[^1]: `b`
        [^2] [^1]⏎⏎[^1]: a⏎[^2]: b [^1]
        a[^no] b⏎⏎[^1]: unused
        # a[^1]⏎⏎[^1]: - x⏎    - y⏎⏎///Footnotes Go Here///⏎⏎tail
        > a[^1]⏎⏎[^1]:⏎    late⏎⏎        code
        a[^1]⏎⏎- [^1]: in a list⏎⏎text[^1]
    """),
    "attribute": lines("""
        # a {#b .c d=e}⏎⏎p⏎{: .f title="g h" }
        *a*{.b} [c](d){: target=_blank #e } ![f](g){w='1' h}
        - a⏎{: .li}⏎- b { .c }⏎⏎    {: #x}
        a {: b⏎⏎# c {: d="} }⏎⏎e⏎===⏎{: .f }
        | a {.b} | c |⏎|---|---|⏎| d | e { .f } |
        ## a # { #b } ##⏎⏎`x`{.y}z{ .nope }
        term { .a }⏎:   def⏎{: #b }
    """),
    "definition": lines("""
        a⏎: b⏎: c⏎⏎d⏎⏎:   e⏎⏎    f
        a⏎b⏎:   c⏎    d⏎⏎        code
        - a⏎⏎    b⏎    :   c⏎⏎x⏎: y
        a⏎:b⏎⏎: c⏎⏎> d⏎> : e
        a⏎: - b⏎    - c⏎⏎: > d
        *a*⏎:   1. b⏎    2. c⏎⏎d
    """),
    "contents": lines("""
        [TOC]⏎⏎# a⏎### b⏎## c *d*⏎# a
        # a & b <i>c</i>⏎⏎text [TOC]⏎⏎[TOC]⏎## `d` \\*e\\*
        # é ü⏎# a!?⏎# -⏎# _1⏎# 漢
        [toc]⏎⏎## a [b](c)⏎⏎# ![d](e)⏎⏎###### f {#g}
        # a_1⏎# a⏎# a⏎# A
        # a &amp; b &lt;⏎⏎[TOC]⏎⏎<h2>c</h2>
    """),
    "abbreviation": lines("""
        The HTML and (W3C) aHTML.⏎⏎*[HTML]: Hyper "Text"⏎*[W3C]: World
        *[a b]: c⏎⏎a b `a b` [a b](d) A B
        HT⏎⏎  *[HT]: x⏎  *[HTT]: y⏎⏎HTT *[z]: w
        *[ab]:⏎    c⏎⏎ab *ab* # ab⏎⏎*[ab]: ''
        *[*]: star⏎⏎a * b⏎⏎# ab⏎*[ab]: d
    """),
    "admonition": lines("""
        !!! note⏎    a⏎⏎    b⏎⏎c
        !!! danger "Don't *x*"⏎    - a⏎⏎            code⏎    b
        !!! a b c ""⏎    d⏎⏎- !!! note⏎        e⏎⏎      f
        x⏎!!! tip "t"⏎    y⏎z⏎⏎!!! note⏎not in
        1. a⏎⏎    !!! hint⏎        b⏎⏎        c⏎⏎    d
        > !!! note⏎>     a⏎⏎!!!note⏎  two
    """),
    "html": lines("""
        <div markdown="1">⏎*a*⏎⏎<p>b</p>⏎</div>c
        <div markdown=block>⏎# a⏎<span markdown="span">*b*</span>⏎</div>
        <p markdown>*a* <b>c</b></p>⏎⏎<pre markdown=1>⏎*x*⏎</pre>
        <div markdown="1">⏎<div>⏎*a*⏎</div>⏎```⏎</div>⏎```⏎</div>
        - <div markdown=1>⏎  *a*⏎  </div>⏎⏎<td markdown="0">*b*</td>
        <details markdown>⏎<summary>*a*</summary>⏎⏎- b⏎</details> x
        a <div>*b*</div> c⏎⏎<hr>*d*⏎<br>⏎*e*
        <div markdown=1>unclosed *a*⏎⏎<ins markdown=1>*x*</ins>⏎⏎<!-- *c* -->d
    """),
    "quotes": lines("""
        "a 'b' c" -- d --- e ... f'g '90s 5'6"
        <<a>> "*b*" 'c'd [[Wiki Page]] [[a/b]]
        "'a' b" ("c") -"d"- e"f" \\"g\\" `"h"`
        [[ a ]] [[]] [[é]] [[a_b-c]] [[a|b]]
        '"a"' "b"'s . . . "[c](d "e")" ---- '
    """),
    "fence": lines("""
        ```py hl_lines="1 2"⏎a⏎b⏎```⏎c
        ~~~~ {.html #x data-y=z}⏎<b>⏎~~~⏎~~~~
        ```{ .a .b hl_lines=1 }⏎⏎⏎x⏎⏎```⏎```⏎y
            :::python⏎    a = "b"⏎⏎    #!sh⏎    c
        - a⏎⏎    ```⏎    b⏎    ```⏎> ```⏎> c⏎> ```
        a⏎```c++⏎&amp; <d>⏎```⏎``` js title="x"⏎e⏎```
        `````⏎```⏎a⏎`````⏎⏎    #!/bin/sh⏎    x
    """),
    "meta": lines("""
        Title: a⏎Author: b⏎    c⏎⏎# d
        ---⏎a: b⏎---⏎⏎c
        a:b⏎c⏎⏎d: e
        ⏎Title: a⏎⏎b
        http://x.y⏎⏎z
        A-b_c: d: e⏎...⏎f
    """),
}

_INLINE: dict[str, Maker] = {
    "strong": lines("""
        <b>a</b>
        a<b>b</b>c
        <b> a </b>b
        <b></b>
        <strong>a⏎b</strong>
        <b>a<b>b</b></b>
        <b><i>a</i></b>
        x <b>a</b>, y
    """),
    "stress": lines("""
        <em>a</em>
        a <i>b </i>c
        <i>a<br>b</i>
        <em></em>x
        <em>a</em><em>b</em>
        <i><b>a</b>b</i>
        (<i>a</i>)
    """),
    "code": lines("""
        <code>a</code>
        <code>a`b</code>
        <code> a </code>
        <code><b>a</b></code>
        <kbd>a</kbd>
        <samp>a*</samp>
        <code>a_b</code>
    """),
    "struck": lines("""
        <del>a</del>
        <s>a</s>b
        a<sup>2</sup>
        a<sub>b</sub>
        <u>a</u>
        <q>a</q>
        <strike>a</strike>
        <mark>a</mark>
    """),
    "link": lines("""
        <a href="b">a</a>
        <a href="a">a</a>
        <a href="">a</a>
        <a>a</a>
        <a href="b" title="c">a</a>
        <a href="b"> a </a>
        <a href="b"></a>
        a<a href=b>c</a>d
        <a href="b c">a</a>
        <a href="b_c">d_e</a>
        <a href="#a">b</a>
        <a href="mailto:a@b">a@b</a>
        <a href="http://a">http://a</a>
    """),
    "image": lines("""
        <img src=a>
        <img src="a" alt="b">
        <img src=a alt=b title=c>
        <img alt=a>
        <img src="a" alt="b⏎c">
        <a href=a><img src=b></a>
        <img src=a width=1 height=2>
    """),
    "mark": lines("""
        *a*
        a_b
        a*b
        # a
        1. a
        - a
        +a
        [a](b)
        a|b
        `a`
        &gt; a
        a\\b
        ~a~
        &amp;lt;
        3) a
        !a
        a &lt; b
        ==
        --
    """),
    "space": lines("""
        a&nbsp;b
        a <b>b</b>
        &nbsp;
        a⏎⏎b
        ⇥a
        a<br>b
        a<br/>⏎b
        a <span> b </span>
        a&mdash;b
        &#8217;
        é&shy;
        a<!-- b -->c
    """),
}

_BLOCK: dict[str, Maker] = {
    "heading": lines("""
        <h1>a</h1>
        <h2>a</h2>b
        <h3> a </h3>
        <h1></h1>
        a<h2>b</h2>
        <h2>a<br>b</h2>
        <h1>a⏎b</h1>
        <h6><b>a</b></h6>
        <h3>1. a</h3>
        <h2><img src=a alt=b></h2>
        <h7>a</h7>
    """),
    "bullet": lines("""
        <ul><li>a</li></ul>
        <ul><li>a<li>b</ul>
        <ul>⏎<li> a</li>⏎</ul>b
        <ul><li><p>a</p></li></ul>
        <ul><li>a<ul><li>b</ul></ul>
        <li>a</li>
        <ul><li></li></ul>
        a<ul><li>b</li></ul>c
        <ul><li>a<br>b</ul>
    """),
    "number": lines("""
        <ol><li>a</li></ol>
        <ol start=3><li>a</ol>
        <ol><li>a<li>b</ol>c
        <ol start="x"><li>a</ol>
        <ol><li>a<ul><li>b</ul></ol>
        <ol><li><p>a</p><p>b</p></ol>
        <ol start=-1><li>a</ol>
    """),
    "table": lines("""
        <table><tr><th>a</th></tr></table>
        <table><tr><td>a</td></tr></table>
        <table><tr><th>a<td>b</tr></table>
        <table><tr><th>a</th></tr><tr><td>b|c</td></tr></table>
        <table><tr><td>a<br>b</td></tr></table>
        <table><thead><tr><td>a</td></tr></thead></table>
        <table><tr><td colspan=2>a</td></tr></table>
        <table><caption>a</caption></table>b
        <td>a</td>
        <table><tbody><tr><td>a<td>b</table>
    """),
    "quote": lines("""
        <blockquote>a</blockquote>
        <blockquote>a⏎b</blockquote>c
        <blockquote><p>a</p></blockquote>
        <blockquote></blockquote>
        a<blockquote>b</blockquote>
        <blockquote>a<blockquote>b</blockquote></blockquote>
    """),
    "code": lines("""
        <pre>a</pre>
        <pre>a⏎ b</pre>
        <pre><code>a</code></pre>
        <pre>⏎a⏎</pre>b
        <pre></pre>
        <pre>`*_</pre>
        a<pre>b</pre>
        <pre><b>a</b></pre>
    """),
    "paragraph": lines("""
        <p>a</p>
        <p>a</p><p>b</p>
        <p> a⏎b </p>
        <p></p>a
        a<p>b</p>c
        <div>a</div>b
        <p>a<p>b
        <div><p>a</p></div>
        <div>a<div>b</div></div>
        a<hr>b
        <hr>
        <section>a</section>b
    """),
    "other": lines("""
        <dl><dt>a<dd>b</dl>
        <style>a</style>b
        <script>a</script>
        <title>a</title>b
        <figure><figcaption>a</figcaption></figure>
        <video src=a></video>
        <svg><text>a</text></svg>
        <!DOCTYPE a>b
        <textarea>a</textarea>
    """),
}

SHORT: dict[str, Callable[[random.Random], list[Input]]] = {
    "inline": pool_of("inline", _INLINE, 26),
    "block": pool_of("block", _BLOCK, 26),
    "extras": pool_of("extra", _EXTRAS, 20),
}
