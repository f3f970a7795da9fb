"""Pools of hostile markup and of addresses that are hard to take apart."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of

_HOSTILE: dict[str, Maker] = {
    "comment": lines("""
        a<!-- b -->c<!---->
        <!-- <b> --> <!--
        <!--><script>x</script>-->
        <!-- a --!> b -->
        a<!--b--c-->d<!-- e
        <![CDATA[<b>]]> <?php x ?> <!DOCTYPE a>
        <!-- a ><b>c</b>
        <b><!--c--></b>-->
        <!-->-->x<!--->y
    """),
    "attribute": lines("""
        <a href=x title='y' target="_blank" onclick=z>w</a>
        <a title=a"b'c href = "d">e</a>
        <img src="a"alt="b"/>
        <img src=a alt width=1 height='2' />
        <a title="a>b" href='c<d'>e</a>
        <a HREF="/x" Title=Y>z</a>
        <a href=#b c d=e =f>g</a>
        <td rowspan=2 colspan="3" data-x=1 class=y>
        <a title="&quot;x&quot;" href="a&amp;b">c</a>
        <video src=x controls autoplay loop preload>
        <a title=>b</a><a title= b>c</a>
        <a⏎href="x"⏎⇥title="y">z</a>
        <details open><summary>a</summary></details>
        <b title="a"/><br/><br / ><hr/>
    """),
    "protocol": lines("""
        <a href="javascript:x">a</a>
        <a href=" java⇥script:x">a</a>
        <a href="&#106;avascript:x">a</a>
        <a href="&#x6a&#x61vascript:x">a</a>
        <a href="vbscript:x">a</a><img src="data:image/png;base64,x">
        <a href="http://a/b?c=d">e</a>
        <a href="mailto:a@b">c</a> <a href="tel:1">d</a>
        <a href="./a">b</a> <a href="../a">c</a> <a href="a">d</a>
        <img src="ftp://a" /> <img src="//b.c/d">
        <a href="#">a</a> <a href="">b</a> <a href="/">c</a>
        <a href="javascript&colon;x">a</a> <a href="JaVaScRiPt:x">b</a>
        <img src="data:text/html,x"> <img src="data: image/svg+xml;x">
        <a href="h&Tab;ttp&NewLine;://x">a</a>
    """),
    "style": lines("""
        <p style="color:red;width:1px">a</p>
        <div style="position:fixed; background:url(javascript:x)">b</div>
        <p style="width:expression(alert(1))">c</p>
        <p style="color:red;;;;height:2px;">d</p>
        <span style="background-image:url(http://x)">e</span>
        <p style="/*a*/color:/*b*/red">f</p>
        <p style="color:rgb(1,2,3);font-size:12px !important">g</p>
        <p style="COLOR:RED; x:y; -moz-binding:url(z)">h</p>
        <p style>i</p><p style="">j</p>
    """),
    "tag": lines("""
        <script>alert(1)</script>a
        <scr<script>ipt>x</script>
        <b>a</b><c>d</c><x-y z="w">v</x-y>
        <B>a</B><Script src=x></SCRIPT>
        <svg onload=x><circle r=1></svg>
        <iframe src="x"></iframe><object data=y></object>
        a<b c<d>e</d>f
        <b<i>a</i>
        <style>a{}</style><link rel=x><meta y>
        <h1>a</h1><h7>b</h7><font color=red>c</font>
        < b>a</ b><b >c</b ></b/>
        <strike>a</strike><audio controls></audio><figure></figure>
        <script>a<script>b</script>c</script>d
        </script><script>x
    """),
    "quote": lines("""
        <a title="a'b">c</a><a title='d"e'>f</a>
        <a title="a<b>c">d</a>
        <a title="unclosed>b</a>
        <a title='x" href="y>z</a>
        <a title=`a b`>c</a>
        <a title="a\\"b">c</a>
        <img alt="a=b" src='c=d' title=e=f>
        "a" 'b' <a title=""x>c</a>
        <a title="“a”">b</a> <a href='x'"y">z</a>
        <a href="a" title="b" title="c">d</a>
    """),
    "blank": lines("""
        a\x00b<b\x01>c</b>
        <a title="a\x08b\x7fc">d</a>
        a\u200bb\ufeffc <b\u00a0>d</b>
        <a href="\x01javascript:x">y</a>
        a⏎⏎⇥b⏎<b>⏎c⏎</b>
        <a  title = "a"   href   ="b"  >c</a>
        \x1b a \x1f b
        <img⏎src=a⇥alt=b>
        <b>\u3000</b>c
    """),
    "entity": lines("""
        &lt;b&gt; &amp; &quot; &apos;
        &#60;b&#62; &#x3c;c&#x3E;
        a & b < c > d " e ' f
        <a title="&#34;&#39;&lt;">b</a>
        <a title="&#0;&#99999999;&#xZ;">b</a>
        &colon; &newline; &tab; &nbsp;
        <a href="x?a=1&b=2&copy=3">y</a>
        &amp;lt; &&amp;& &;
        <a title="&#106">b</a> &#106
    """),
    "closing": lines("""
        <b>a</i></b></b>
        <p><b>a<p>b</b>
        <
        a <
        > a
        <>
        </>
        <b
        <b c=d
        </b
        a<br>b</br>c<br/>
        <<b>>a<</b>>
        <b></b ><b/></b/>
        1 < 2 > 3 <4> <=5
        <3 <b>x</b>> <-
    """),
}

_LOCATORS: dict[str, Maker] = {
    "slash": lines("""
        http:/a.com/b
        http:a.com/b
        http:////a.com//b
        http:\\\\a.com\\b
        https:/\\/a.com
        //a.com/b
        ///a.com
        \\\\a.com\\b
        /\\a.com
        \\/\\a.b@c
        http://a.com\\@b.com
        ftp:\\a\\b
    """),
    "blank": lines("""
        ⇥ http://a.com ⏎
        \x01\x02http://a.com
        ⏎http://a.com/b⏎c
        ht⇥tp://a.com
        http://a.com /b
        \ufeffhttp://a.com
        http://a.com/?a b#c d
        \x02javascript:alert(1)
        java⏎script:x
        http://a⏎.com/
        \x7f//a.com
    """),
    "port": lines("""
        http://a.com:80/
        https://a.com:443
        http://a.com:443/b
        https://a.com:80?c
        http://a.com:/b
        http://a.com:0
        ws://a.com:80
        wss://a.com:443/
        ftp://a.com:21/b
        http://a.com:8080#x
        http://a:b:81/
        http://a.com:99999
        http://a:80:80
        x://a:80/
    """),
    "user": lines("""
        http://u:p@a.com/
        http://u@a.com:80
        http://:p@a.com
        http://@a.com
        http://u:@a.com
        http://u:p:q@a.com/b@c
        http://u@v@a.com
        https://u%40x:p%3A@a.com
        http://ü:é@a.com
        //u:p@a.com/b
        http://a.com/@b:c
        http://u:p@/b
        http://%zz@a.com
    """),
    "relative": lines("""
        a/b
        ./a
        ../a/./b/..
        ../../../a
        /a/../b
        ?a=b
        #c

        .
        ..
        a:b
        /a?b#c
        a//b/
        /../..
        b/.
        .a/..b
    """),
    "scheme": lines("""
        file:///a/b
        file://a/b
        file:/c:/d
        file:c|/d
        file://///a
        mailto:a@b.c
        data:text/html,<b>
        blob:http://a.com/b
        javascript:alert(1)//x
        urn:a:b:c
        tel:+1
        foo://a.com/b
        foo:/a
        foo:a/b?c
        about:blank
        http:
        http://
        a.b+c-d://e
        1http://a
        sip:a@b;c
    """),
    "case": lines("""
        HTTP://A.COM/B
        Https://UsEr:PaSs@ExAmPlE.Com:443/X?Y#Z
        FOO://BAR/
        FILE:///C:/D
        http://É.com/Ü
        HTTP://A.COM:80
        WSS://A.com:443/?B
        JavaScript:X
        //A.Com
    """),
    "query": lines("""
        http://a.com?b
        http://a.com/?b=c&d=e#f?g
        http://a.com#b?c
        http://a.com/?a[]=1&a[]=2
        http://a.com/??b
        http://a.com/?a=%20+%zz
        http://a.com/?#
        http://a.com/#
        http://a.com/?__proto__=x&a
        http://a.com?b@c/d:e
        http://a.com/b;c=d?e&&f=
        http://a.com#b#c
    """),
    "host": lines("""
        http://[::1]:80/a
        http://[1:2::3%25e]/
        http://127.0.0.1:8080
        http://a_b.com
        http://-a-.com.
        http://xn--a.com
        http://a..b
        http://[::1
        http://1.2.3
        http://a%20b.com
        http://日本.jp/
        http://localhost:3000/a
        http://a|b
        http://a,b;c
    """),
}

UNSEEN_ADDRESSES: dict[str, Callable[[random.Random], list[Input]]] = {
    "hostile": pool_of("trick", _HOSTILE, 20),
    "locators": pool_of("locator", _LOCATORS, 22),
}
