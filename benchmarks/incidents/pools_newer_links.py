"""Pools of links as crawlers find them and of pages that hold them."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of
from benchmarks.incidents.pools_newer_texts import parted

_CRAWLED: dict[str, Maker] = {
    "page": lines("""
        https://www.example.org/news/2021/rain-again.html
        http://example.org
        https://EXAMPLE.org/About/Us/
        https://blog.example.co.uk/2020/05/17/title/
        http://www2.example.com/index.php?id=7
        https://example.org/a//b///c
        https://example.org/../../x
        https://example.org/a/../b/
        https://example.org/it's-here/
        https://example.org/(a)/b,c;d/é%20f
        https://example.org//
        https://www.example.org/a b c
    """),
    "tracked": lines("""
        http://example.org/a?utm_source=rss&utm_medium=feed
        https://example.org/?fbclid=x&b=2&a=1
        https://example.org/a?ref=home&page=2
        https://example.org/a?gclid=7#utm_campaign=z
        https://example.org/a?clickid=1&s_cid=123
        https://example.org/a#mtm_campaign=x&b=3
        https://example.org/a?session=9&post=abc
        https://example.org/a?amp&b=&c=%20d
        https://example.org/a?b=2&amp;a=1&lang=en
        https://example.org/a?aff_id=1&keyword=k&medium=m
        https://example.org/a?itemid=10&lang=de&page=2#bar
        https://example.org/a?partnerid=3&igshid=4
    """),
    "fragment": lines("""
        https://example.org/a#top
        https://example.org/#
        https://example.org/a#page=2
        https://example.org/#!/app/home
        https://example.org/a#:~:text=night-,vision
        https://example.org/a#é x
        https://example.org/a?#b
        https://example.org/a.html#gclid=123
    """),
    "tongue": lines("""
        https://www.example.org/en/story.html
        https://www.example.org/de/
        https://www.example.org/de
        https://www.example.org/en-US/help/
        https://www.example.org/de_AT/a/b
        https://www.example.org/EN-ID/farm/
        https://www.example.org/fr/x/de/y
        https://www.example.org/nl/a/it/b/es/c
        https://www.example.org/az/go/
        https://www.example.org/wp/a
        https://www.example.org/2020/fr/a
        https://www.example.org/a?lang=fr
        https://www.example.org/a?language=DE&x=1
        https://www.example.org/zh-hans/x/
    """),
    "tongued": lines("""
        https://de.example.org/a
        http://en.wikipedia.org/wiki/X
        https://fr.example.co.uk/b/
        https://de.musclefood.com/neu/a.html
        https://at.abc.org/x
        https://ru.example.com/en/x
        https://pt-br.example.com/a/
        https://de.org/a
    """),
    "kept": lines("""
        https://example.org/tag/abc/
        https://example.org/category/123
        https://example.org/page/10/
        https://example.org/?p=12
        https://example.org/author/jo
        https://example.org/archives/7/
        https://example.org/product-category/x
        https://example.org/2011/11/
        https://example.org/2011/
        https://example.org/1/
        https://example.org/wp-content/uploads/x.html
        https://example.org/wp-json/oembed/
        https://example.org/galerie/a/
        https://example.org/topic/a
        https://example.org/schlagwort/x/
        https://example.org/a/feed
        https://example.org/2011_archive.html
        https://example.org/user/kim/
        https://example.org/seite/2/x
    """),
    "file": lines("""
        https://example.org/a.pdf
        https://example.org/a.JPG
        https://example.org/a.php5
        https://example.org/a.shtml?b=1
        https://example.org/a.xml
        https://example.org/feed.rss
        https://example.org/a.tar.gz
        https://example.org/a?file=b.mp3
        https://example.org/img_2020-03-03/
        https://example.org/logo-jpg/
        https://example.org/a.amp
        https://example.org/v1.2
        https://example.org/a.aspx/b
        https://example.org/a.webp
        https://example.org/mail.do
        https://example.org/a.b.zip
        https://example.org/a.css?x
        https://example.org/w.cfm#y
    """),
    "unwanted": lines("""
        https://example.org/impressum.html
        https://example.org/kontakt
        https://example.org/login?next=/a
        https://example.org/datenschutzerklaerung/
        https://example.org/index.html
        https://example.org/default/
        https://example.org/home?x=1
        https://example.org/livecams/a.html
        https://example.org/live-chat
        https://example.org/new-porno/
        https://example.org/mailto:a@b.c
        https://example.org/tel:12
        https://example.org/Imprint
        https://example.org/en/contact.php
        https://example.org/a/video/x
        https://example.org/live/now
    """),
    "named": lines("""
        http://127.0.0.1/a
        http://[::1]:80/
        http://[2001:db8::ff00:42:8329]/x
        http://256.1.1.1/a
        http://localhost/a
        http://1234
        http://ab
        http://www.
        http://www.a.b/
        http://t.co/
        http://example.webp/a
        http://-a.example.com/
        http://a_b.example.com/x
        http://123.example.com/
        http://example.php/
        http://a..example.com
        http://abc.de/f
        http://1111.2.3.4/test
        http://exam.p@
    """),
    "coded": lines("""
        http://xn--mnchen-3ya.de/a
        http://XN--Mnchen-3YA.de
        http://münchen.de/straße
        http://xn--zzz-.de/x
        http://日本.jp/a
        http://example.org/%C3%A9?q=%C3%BC
        http://example.org/ü/?ä=ö
        http://example.org/a%2Fb%zz
    """),
    "port": lines("""
        http://example.org:80/a
        https://example.org:443
        https://example.org:80/a
        http://example.org:443/
        http://example.org:8080/b
        http://example.org:80:80
        http://user:pass@example.org:81/
        http://user@t.co/
        http://example.org:0/a
        http://example.org:99999/a
        http://example.org:/a
    """),
    "garbled": lines("""
        https://www.dwds.de/testhttps://www.dwds.de/
        https://web.archive.org/web/2020/https://example.org/a
        https://example.org/sharer.php?u=https://other.com/le-sabre/
        <![CDATA[https://example.org/a]]>
        https://example.org/a</a>
        https://example.org/{user_name}
        https://example.org/&
        https://example.org/a"b
        https://example.org/a>b
        ⇥https://example.org/a⏎
        https://example.org/a⏎b
        http://http://example.org/a/
        example.org/a
        //example.org/a
        ftp://example.org/a
        http://
        https://example.org/a\\b

    """),
    "long": lambda rng: (
        "https://example.org/" + rng.choice(["a", "a/", "x-y", "?b=", "é"]) * rng.choice([30, 150, 240, 500])
    ),
}

_JOINED: dict[str, Maker] = {
    "relative": parted("""
        https://example.org → a.html
        https://example.org/ → /a/b
        https://example.org/dir/page → other
        https://example.org/dir/ → ../up
        https://example.org → ./a
        https://example.org/x?y → ?z=1
        https://example.org/x → #top
        https://example.org → ∅
        https://example.org/dir/sub/ → this:that
        https://example.org → {path}
        https://example.org/a/ → a b
    """),
    "absolute": parted("""
        https://example.org → //other.com/a
        http://example.org → //example.org/a
        https://example.org → http://example.org/a
        https://example.org/a → https://www.example.org/b
        https://example.org → ftp://example.org/a
        https://example.org → http:///a
        https://www.other.org → https://sub.other.org/x
        https://example.org → mailto:a@b.c
        https://example.org → javascript:go()
    """),
    "host": parted("""
        https://google.com → https://google.co.uk/
        https://a.blogspot.com → https://b.blogspot.com/
        http://127.0.0.1 → http://127.0.0.1:8000/a
        https://example.org → https://example.com/a
        https://eff.org → https://www.eff.org
        https://shop.example.co.uk → https://example.co.uk
        https://www.example.org → https://example.net/www.example.org
        http://microsoft.com → https://www.microsoftonline.com
    """),
}

_PAGES: dict[str, Maker] = {
    "plain": lines("""
        <a href="https://example.org/a/b">x</a> <a href="/c">y</a>
        <A HREF='https://example.org/x'>x</A>
        <a href=https://example.org/bare>x</a>
        <a class="b" href="https://example.org/z" title="q">x</a>
        <a⏎href="https://example.org/lines"⏎>x</a>
        <a href="https://other.com/a">x</a><a href="//cdn.net/b">y</a>
        <link href="https://example.org/l"><abbr href="https://example.org/n">
        <a href="a.html">1</a> <a href="../up">2</a> <a href="#t">3</a> <a href="?p=3">4</a>
        <a href="https://example.org/a>">x</a><a href="https://example.org/b c">y</a>
        <p>nothing</p>
    """),
    "tongue": lines("""
        <a href="https://example.org/x" hreflang="de-DE">a</a>
        <a hreflang="de" href="https://example.org/de/x">a</a><a hreflang="fr" href="https://example.org/f">b</a>
        <a href="https://example.org/y" hreflang="x-default">a</a>
        <a href="https://example.org/z" hreflang='DE'>a</a>
        <a href="https://example.org/en/q">a</a> <a href="https://example.org/de/q">b</a>
    """),
    "known": lines("""
        <a href="https://example.org/a">1</a><a href="https://example.org/a/">2</a>
        <a href="http://example.org/a">1</a><a href="https://example.org/a">2</a>
        <a href="https://example.org/a#x">1</a><a href="https://example.org/a">2</a>
        <a href="https://example.org/a?utm_source=x">1</a><a href="https://example.org/a?">2</a>
        <a href="https://example.org/">1</a><a href="https://example.org">2</a>
    """),
    "unwanted": lines("""
        <a rel="nofollow" href="https://example.org/a">x</a><a href="https://example.org/b">y</a>
        <a href="mailto:a@b.c">x</a><a href="javascript:go()">y</a><a href="tel:12">z</a>
        <a href="https://example.org/page/2/">2</a><a href="https://example.org/login">in</a>
        <a href="https://example.org/tag/x/">x</a><a href="https://example.org/impressum">y</a>
        <a href="https://example.org/?p=7">x</a><a href="https://example.org/a.pdf">y</a>
        <a href="">x</a><a href="/">y</a><a>z</a>
        <a href="https://example.org/category/a/">x</a> <a href="/kontakt/">k</a>
        <a href="{x}">x</a><a href="https://exa mple.org/">y</a>
    """),
}

NEWER_LINKS: dict[str, Callable[[random.Random], list[Input]]] = {
    "crawled links": pool_of("link", _CRAWLED, 18),
    "joined links": pool_of("joined", _JOINED, 24),
    "pages of links": pool_of("held", _PAGES, 24),
}
