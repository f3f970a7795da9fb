"""Pools of query texts, releases and sums."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _number(rng: random.Random) -> str:
    return ".".join(str(rng.choice([0, 1, 2, 3, 9, 10, 11])) for _ in range(3))


_ENDS = ["-alpha", "-beta.2", "-beta.11", "-rc.1", "-0", "-1", "-a-b", "+build.5", "-rc.1+7", "-alpha.beta"]
_LOOSE = lines("""
    1
    1.2
    01.02.03
    1.2.3beta
    1.2.3.4
    50.0.2661.102
    1.2.3-
    1.x
    1.2.x
    1.*
    v1.2.3
    V2
    =1.2.3
    ^1.2.3
    ~1.2.3
    >1
    1.2.3.4-rc.1
    x.1
    1..2
    latest
    1.2.3-01
    1.0.0-alpha..1
    1.2.X
    v
""")
_RELEASES: dict[str, Maker] = {
    "plain": lambda rng: [_number(rng), _number(rng)],
    "ended": lambda rng: [_number(rng) + rng.choice(_ENDS), "1.2.3" + rng.choice(_ENDS)],
    "same": lambda rng: ["1.2.3" + rng.choice(_ENDS), "1.2.3" + rng.choice([*_ENDS, ""])],
    "loose": lambda rng: [_LOOSE(rng), _LOOSE(rng)],
    "half": lambda rng: [_LOOSE(rng), _number(rng)],
}
_RANGES = lines("""
    ^1.2.3
    ~1.2
    ^0.2.0
    ~0.0.1
    ^0.0.3
    >=1.0.0 <2.0.0
    >= 1.0.0   <11
    1.x
    *
    1.2.3 - 2.3.0
    1.2.3 - 2
    1.x || >=2.5.0
    1.2.3||2.0.0
    >=1.2.3-beta
    ^1.2.3-alpha
    ~1.2.3-beta.2
    !=1.2.3
    =1.2.3
    <=2.0.0-rc.1
    > 1.2
    ^1
    ~1
    ^01.02.3
    ^1.x
    ~2.x.x
""")
_FITTED: dict[str, Maker] = {
    "plain": lambda rng: [_number(rng), _RANGES(rng)],
    "ended": lambda rng: ["1.2.3" + rng.choice(_ENDS), _RANGES(rng)],
    "loose": lambda rng: [_LOOSE(rng), _RANGES(rng)],
    "near": lambda rng: [rng.choice(["1.2.3", "1.2.4", "1.3.0", "2.0.0", "0.2.5", "0.0.3"]), _RANGES(rng)],
}

_KEYS = ["a", "b", "a[]", "a[0]", "a[1]", "a[2]", "b[]", "c:list", "d%5B%5D", "é", "a.b", "toString", ""]
_VALUES = lines("""
    1
    x
    2.50
    0x1F
    true
    FALSE
    1,2,3
    x|y
    x%7Cy
    a%2Cb,c
    %E2%98%83
    a+b
    a%20b
    a=b
    %
    %u2603%zz
    %2B1
    007
    1e3
    null

    !'()*
    ?q
    %252C
""")


def _asked(rng: random.Random) -> str:
    parts = [
        rng.choice(_KEYS) + rng.choice(["=" + _VALUES(rng)] * 6 + ["", "="]) for _ in range(rng.randint(1, 5))
    ]
    return "&".join(parts)


_ASKED: dict[str, Maker] = {
    "mixed": _asked,
    "marked": lambda rng: rng.choice(["?", "#", "&", "&&", " ", "??"]) + _asked(rng),
    "ended": lambda rng: _asked(rng) + rng.choice(["&", "&&", "#f", "&=", "&a", "#?x"]),
    "listed": lambda rng: "&".join(
        f"{rng.choice(['a', 'a[]', 'a[1]', 'a:list'])}={_VALUES(rng)}" for _ in range(rng.randint(1, 4))
    ),
    "single": lambda rng: f"{rng.choice(['a', 'b', 'a[]', 'a:list', 'c'])}={_VALUES(rng)}",
    "odd": lines("""

        ?
        #
        &
        =
        a
        a&a
        a=
        =b
        %&a
        __proto__=1
        a[]
        a[]=
        hasOwnProperty=1&a=2
        b&a=3&b
    """),
}
_PAGES: dict[str, Maker] = {
    "asked": lambda rng: rng.choice(["http://a.b/c", "https://x.org:81/", "//h/p"]) + "?" + _asked(rng),
    "marked": lambda rng: (
        f"http://a.b/c?{_asked(rng)}#{rng.choice(['top', 'a?b', 'x y', 'a=1&b', '%C3%A9', ''])}"
    ),
    "bare": lines("""
        http://a.b
        http://a.b#top
        http://a.b/?
        http://a.b/?#

        ?a=1
        #a?b=1
        a?b?c=1
        http://a.b/#/route?x=1
        x=1
    """),
}


def _value(rng: random.Random) -> Any:
    return rng.choice([1, 0, True, False, None, "", " ", "~", "a b", "é", "!'()*", "x,y", "x|y", 2.5, "a&b"])


_HANDED: dict[str, Maker] = {
    "flat": lambda rng: {key: _value(rng) for key in rng.sample(["b", "a", "c d", "é", "z", "10", "9"], 3)},
    "listed": lambda rng: {"z": [_value(rng) for _ in range(rng.randint(0, 4))], "a": _value(rng)},
    "holed": lambda rng: {"a": rng.choice([[None], ["~"], [], [None, 1], [1, None, "", "~", 0]]), "b": "~"},
    "nested": lambda rng: {"o": rng.choice([[3, 1, 2], ["b", "a"], [[1, 2], 3]]), "k&": _value(rng)},
    "odd": lambda rng: rng.choice([{}, None, {"": ""}, {"a": None}, {"a!": None}, {"a'(": ["!", "*"]}]),
}


def _sum(rng: random.Random) -> list[int]:
    amount = rng.choice(
        [0, 1, -1, 5, 50, -50, 99, 100, -105, 1_000, 12_345, -999, 250, 1_500, 4_545, 100_000]
    )
    return [amount, rng.choice([0, 1, 2, 2, 2, 3, 4]), rng.choice([1, 2, 3, 7, -1, -2, 15, 205])]


_SUMS: dict[str, Maker] = {
    "listed": _sum,
    "drawn": lambda rng: [rng.randint(-5_000, 5_000), rng.choice([0, 1, 2, 3]), rng.randint(-30, 90)],
    "small": lambda rng: [rng.randint(-9, 9), rng.choice([1, 2, 3]), rng.randint(1, 5)],
    "halves": lambda rng: [rng.randint(-40, 40) * 10 + rng.choice([5, -5]), 2, rng.choice([2, 3, 5])],
}
_LARGE: dict[str, Maker] = {"large": lambda rng: [rng.randint(10**11, 10**15), 2, rng.randint(1, 999)]}

NEWER_AMOUNTS: dict[str, Callable[[random.Random], list[Input]]] = {
    "releases": pool_of("pair", _RELEASES, 40),
    "fitted releases": pool_of("pair", _FITTED, 45),
    "asked texts": pool_of("query", _ASKED, 30),
    "asked pages": pool_of("page", _PAGES, 36),
    "handed fields": pool_of("fields", _HANDED, 28),
    "sums": pool_of("sum", {**_SUMS, **_LARGE}, 30),
    "small sums": pool_of("sum", _SUMS, 30),
}
