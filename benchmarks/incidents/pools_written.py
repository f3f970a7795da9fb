"""Pools of written things that are turned into other writing: pages, schedules, textile, markup's extras."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _grid(*cells: Any) -> Maker:
    """Return a maker of a small table whose cells are drawn from some."""

    def made(rng: random.Random) -> list[list[Any]]:
        return [["h", "col 2"], *([rng.choice(cells) for _ in range(2)] for _ in range(2))]

    return made


def _any(*values: Any) -> Maker:
    return lambda rng: rng.choice(values)


_PAGES: dict[str, Maker] = {
    "heading": lines("""
        <h1>One</h1><h2> Two <em>b</em></h2><p>x</p>
        <h3>a<br>b</h3>c<h6>d</h6><h7>e</h7>
        a<h2>#1 b</h2>⏎<h4></h4>c
        <h1><a href="/x">a b</a></h1><h2>⏎ c ⏎</h2>
        <header><h5>a_b*c</h5></header><h1>x</h1>y
        <div><h2><b>all bold</b></h2><span>z</span></div>
        <h2>Tail</h2>1. not a list
    """),
    "list": lines("""
        <ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>
        <ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>
        <ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>d
        <li>lone</li><ul><p>x</p><li>y<br>z</li></ul>
        <ol><li>a</li>⏎<li><pre>code⏎  more</pre></li><li></li></ol>
        <dl><dt>term</dt><dd>first</dd><dd>second</dd></dl>
        <ol start="-1"><li>a</li></ol><ol start="x"><li>b</li></ol>
        <ul>⏎ <li> a ⏎ b </li>⏎⏎ <li>- c</li></ul>text
        <p>p</p><ul><li><h3>a</h3>b</li><li><blockquote>q</blockquote></li></ul>
        <ul><li><input type=checkbox checked>done</li><li><b>a</b>: b</li></ul>
    """),
    "table": lines("""
        <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>
        <table><thead><tr><td>a</td></tr></thead><tbody><tr><td>b<br>c</td></tr></tbody></table>x
        <table><tr><td>a</td><td>b</td></tr><tr><td colspan=2>c</td></tr></table>
        <table><caption>cap</caption><tr><th colspan="2">a</th></tr><tr><td>1</td><td>2</td></tr></table>
        <table><tr><td><ul><li>a</li></ul></td><td><p>b</p></td></tr></table>
        <table><tbody><tr><th>a</th><td> b ⏎c </td></tr></tbody></table>
        <table><tr></tr><tr><td></td></tr></table><table><tr><th>x</th></tr></table>
        <table><tr><td>a <table><tr><td>in</td></tr></table></td></tr><tfoot><tr><td>f</table>
        t<table><thead><tr><th>a</th><th colspan="x">b</th></tr></thead></table>u
    """),
    "link": lines("""
        <a href="http://a.b/c_d?e=1&amp;f">g</a> and <a href="http://a.b">http://a.b</a>
        <a href="/x y" title='t "u"'>v [w]</a> <a name=n>o</a> <a href="#n">p</a>
        <a href="mailto:a@b.c">a@b.c</a><a href="">e</a><a>f</a>
        <a href="http://a.b/(c)"><b>d</b> e</a>, <a href="x"><img src="i.png" alt="j"></a>
        <a href="javascript:x()">y</a> <a href=" //h/p ">⏎q⏎</a>
        a<a href=b> c </a>d <a href="e"><h2>f</h2></a>
        <a href="http://a.very-long-host-name.example.org/with/a/path/that/goes/on">and a text of words</a>
        <a href='a'>x</a><a href='b'>y</a> <a href='a' title='z'>x</a> <map><area href=c></map>
    """),
    "image": lines("""
        <img src="a.png" alt="b" title="c"><img src=d><img alt=e>
        x <img src='a b.png' width=10 height="20px"> y
        <h2>a <img src="b" alt="c"></h2><p><img src="d" alt="[e]⏎f"></p>
        <figure><img src=a><figcaption>b</figcaption></figure><svg><title>t</title></svg>
        <td><img src=a alt="*b*"></td><picture><source srcset=x><img src=y></picture>
        <video src=a poster=b>c</video><audio><source src=d></audio>
        <img src="data:image/png;base64,AAA" alt=a><img src="" alt="">
    """),
    "emphasis": lines("""
        a<b>b</b>c <i> d </i> <strong></strong> <em>e<br>f</em>
        <b><i>a</i></b> <b>a<b>c</b></b> <em>x</em><em>y</em>
        <u>a</u> <s>b</s> <del>c</del> <strike>d</strike> <sub>1</sub><sup>2</sup>
        <q>a <q>b</q></q> <cite>c</cite> <mark>d</mark> <kbd>e</kbd> <samp>f</samp> <tt>g</tt>
        <code>a`b</code> <code> c </code> <code><b>d</b></code> <code></code>
        <p><b>a</b>: b <b>c </b>d<i>,</i> <abbr title="A B">ab</abbr></p>
        <strong>a⏎b</strong>. <span style="font-weight:bold">c</span><b> </b>
        <b>a</b><a href=x>b</a> <em>1</em>2 (<i>c</i>) "<b>d</b>"
    """),
    "block": lines("""
        <blockquote>a<blockquote>b</blockquote></blockquote>c
        <blockquote><p>a</p>⏎<p>b</p><ul><li>c</li></ul></blockquote>
        <pre>a⏎  b &lt; c⏎</pre><pre><code class="language-py">x = 1⏎⏎y</code></pre>
        a<hr>b<hr/><br><br>c<br />⏎d
        <div>a</div><div>b<p>c</p>d</div><section>e</section>f
        <p>a</p><p></p><p> </p><p>b</p>⏎⏎⏎c
        <pre class="x">⏎⏎a</pre>b<pre></pre> <pre>```</pre><pre>a<br>b</pre>
        <article><p>a <span>b</span></p> <aside>c</aside></article><details><summary>s</summary>t</details>
        <center>a</center><form>b<button>c</button><select><option>d</select></form>
    """),
    "escape": lines("""
        *a* _b_ `c` [d](e) # f + g - h 1. i
        <p>1. a</p><p>- b</p><p>+ c</p><p># d</p><p>&gt; e</p>
        a_b_c __init__ 2*3*4 \\ \\n ~~x~~ | y
        &amp;lt; &lt;b&gt; &nbsp;&nbsp;a &mdash; &hellip; &#8217; &rsquo;&euro; &copy;
        <p>12) a</p><p>3.5 b</p><p>=== c</p><p>---</p><p>&#35; d</p>
        a &lt;http://b&gt; ![c] {d} !e (f) .g
        &#x2014;&#150;&#0;&bogus;&amp &shy;&zwnj;x
    """),
    "prose": lambda rng: (
        "<p>"
        + rng.choice([" ", "\n", "<br>\n"]).join(
            rng.choice(["word", "longer-word", "<b>bold</b>", "a_b", "(x)", "http://c.d/e", "<i>it</i>,"])
            for _ in range(rng.randint(12, 40))
        )
        + "</p> tail"
    ),
    "odd": lines("""
        <!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body>a</body></html>
        <script>var a = "<b>";</script>x<noscript>y</noscript>
        a<!-- b -->c<![CDATA[d]]><?php e ?>
        <p>a<p>b<li>c</ul></div>d
        é 漢字&nbsp;<font color=red>x</font> <ruby>a<rt>b</rt></ruby>
        &nbsp;⏎⇥ a ⇥ b
        <b>a <b
        plain text⏎with lines⏎⏎⏎and more
        <o:p>a</o:p><custom-x>b</custom-x><template>c</template>
    """),
}

_CRONS: dict[str, Maker] = {
    "every": lines("""
        * * * * *
        */5 * * * *
        */1 * * * *
        0 */3 * * *
        0/10 * * * * *
        0 0 */2 * *
        0 0 1 */4 *
        5/15 * * * *
        * */1 * * 1/2
    """),
    "hour": lambda rng: (
        f"{rng.randrange(60)} {rng.randrange(24)} * * {rng.choice(['*', '1', 'MON', '0', '7'])}"
    ),
    "list": lines("""
        0,30 * * * *
        0 9,17 * * *
        1,2,5 3,4 * * *
        0 0 1,15 * 1,3
        0 0 * JAN,MAR *
        0 0 * * MON,WED,FRI
        5-10,30 * * * *
        0 0 1-3,9 * 2-4,6
        0 12 * 1,6-8 *
    """),
    "range": lines("""
        0-10 11 * * *
        * 9-17 * * 1-5
        23 12 * JAN-MAR *
        0 9 * * MON-FRI
        */5 13-15 * * *
        0-30/5 * * * *
        0 0 10-20/2 * *
        * 1-22/3 5-9 2-10/4 *
        2-59/3 1,9,22 11-26 1-6 *
    """),
    "monthly": lines("""
        0 0 L * *
        0 0 LW * *
        0 0 15W * *
        0 0 L-3 * *
        0 0 * * 5L
        0 0 * * 2#3
        0 0 ? * MON#1
        0 0 WL 2 ?
        0 0 31 1 *
        0 8 1W * ?
    """),
    "seconds": lines("""
        30 * * * * *
        */30 * * * * *
        5-10 30-35 10-12 * * *
        10 0 0 * * MON
        0 0 12 ? * SUN
        0,20 1 2 3 4 5
        0 5 0 * * *
        1 1,2 */2 L * ?
    """),
    "year": lines("""
        0 0 0 1 1 ? 2020
        0 0 0 * * * 2013-2015
        1 1 1 1 * 2 2014,2016
        * * * * * * */3
        0 0 12 1 JAN ? 2019/2
        0 23 12 ? JAN,FEB MON 2013,2014
    """),
    "named": lines("""
        @daily
        @hourly
        @yearly
        @weekly
        @reboot
        @every 5m
        @midnight
    """),
    "odd": lines("""
        ⇥0  0 ⇥* * *
        60 24 * * *
        0 0 0 0 0
        * * *
        a b c d e
        0 0 * * 8
        -1 0 * * *
        0 0 32 13 *
        */0 * * * *
        5/ * * * *
        0 0 1,, * *
        1-0 * * * *
        0 0 * * SUN-SAT
        * * * * FRI-SUN
        0 22-2 * * *
        * * * * * * * *
    """),
}

_GRIDS: dict[str, Maker] = {
    "texts": _grid("a", "two words", "", "a longer cell of text", "Ünïcode", "x-y", "  padded "),
    "wholes": _grid(0, 7, -42, 1000, 123456789, 10**20),
    "decimals": _grid(0.5, -3.14159, 1e-9, 2.0, 1234567.891, 1e300, 99.995),
    "mixed": _grid("a", 1, 2.5, None, "-7", "3.14", True, ""),
    "numerals": _grid("1", "1e5", "0x1f", "1,234.5", "nan", "-inf", "007", "1_000", "12.50", "+3", "١"),
    "wide": _grid("漢字", "ｱ", "é", "e\u0301", "👩\u200d👧", "ab", "전각"),
    "lines": _grid("one\ntwo", "a\n\nb", "x", "long line here\nshort", "\n", 3, "tail\n"),
    "coloured": _grid(
        "\x1b[31mred\x1b[0m", "\x1b[1;32m12\x1b[0m", "plain", "\x1b]8;;u\x1b\\link\x1b]8;;\x1b\\", 5
    ),
    "escaped": _grid("a|b", "<b>&", "x_y", "$5 & 6%", "#{~^\\", "*s*", "{}", "[l](u)"),
    "truths": _grid(True, False, None, "True", "none", 1),
    "named": _any(
        {"a": [1, 2.5, None], "b": ["x", "y", "z"]},
        {"n": [1, 2], "long name": [3]},
        [{"a": 1, "b": "x"}, {"b": "y", "c": 2.5}],
        [{"a": None}, {"a": "-1"}, {}],
        {"x": []},
        {"1": ["1.0", "22.75"], "2": [True, "no"]},
    ),
    "odd": _any(
        [],
        [[]],
        [["a"], []],
        [["a", "b"], [1], [1, 2, 3]],
        ["ab", "cd"],
        [[None, None], [None]],
        [["h"], ["---"], [["x", 1]]],
        [[""], [" "]],
        "abc",
        [["a\tb"], ["1\r\n2"]],
        [["a", "b"], "SEPARATOR", [1, 2]],
        [["h", "h"], ["\u0001", "\u001f"], [1.5, 10]],
    ),
}

WRITTEN: dict[str, Callable[[random.Random], list[Input]]] = {
    "pages": pool_of("page", _PAGES, 22),
    "grids": pool_of("cells", _GRIDS, 16),
    "crons": pool_of("schedule", _CRONS, 24),
}
