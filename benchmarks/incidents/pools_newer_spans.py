"""Pools of moments and spans as texts and as fields, with the formats that they are asked in."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.pools import Input, Maker, lines, pool_of

_ZONES = ["", "Z", "+02:00", "-0530", "+13", "z", "-00:30"]


def _day(rng: random.Random) -> str:
    year = rng.choice([rng.randint(1950, 2040), 2016, 2020, 99, 1])
    return f"{year:04d}-{rng.randint(1, 12):02d}-{rng.choice([1, 2, 15, 27, 28]):02d}"


def _moment(rng: random.Random) -> str:
    return f"{_day(rng)}T{rng.randint(0, 23):02d}:{rng.choice([0, 29, 59]):02d}:{rng.choice([0, 5, 59]):02d}"


_ISO: dict[str, Maker] = {
    "whole": lambda rng: _moment(rng) + rng.choice(["", ".5", ".123", ".123456789"]) + rng.choice(_ZONES),
    "partial": lines("""
        2016
        2016-05
        201605
        20160525
        2016-05-25T09
        2016-05-25T0924
        2016-05-25T09:24
        20160525T092415Z
        2016-05-25T24:00
        2016-05-25T24:00:01
        T09:24
        09:24:15
        09:24:15.5Z
        0924
    """),
    "weeks": lines("""
        2016-W21-3
        2016W213
        2016-W21
        2016-W53-1
        2015-W53-7
        2016W213T09:24:15.123Z
        2016-200
        2016200
        2016-366
        2015-366
        2016-200T09:24-05
        2016200T0924
        2016-000
    """),
    "odd": lines("""
        +002016-05-25
        -000100-01-01T00:00
        +275760-09-14T00:00Z
        2016-02-30
        2016-13-01
        2016-00-10
        2016-05-25 09:24
        2016-05-25T09:24,5
        2016-05-25T09:24:15.1234567890123
        2016-05-25T09:24:15,123+0100
        2016-05-25t09:24:15z
        2016-5-25

        x
        2016-05-25T09:60
        2016-05-25T25:00
        2016-05-25T09:24:15+25:00
        2016-05-25T09:24[Asia/Tokyo]
    """),
}
_MAILED: dict[str, Maker] = {
    "mail": lines("""
        Tue, 01 Nov 2016 13:23:12 +0630
        01 Nov 2016 13:23 Z
        Tue, 1 Nov 16 13:23:12 EST
        Mon, 01 Nov 2016 13:23:12 +0630
        01 Nov 99 01:02 PDT
        Tue, 01 Nov 2016 13:23:12 GMT
        Tue, 01 Nov 2016 13:23:12 UT
        Fri, 25 Nov 2016 13:23:12 (noon) +0000
        Sunday, 06-Nov-94 08:49:37 GMT
        Wednesday, 09-Nov-94 08:49:37 GMT
        Wed, 09-Nov-94 08:49:37 GMT
    """),
    "page": lines("""
        Sun, 06 Nov 1994 08:49:37 GMT
        Sunday, 06-Nov-94 08:49:37 GMT
        Wednesday, 29-Jun-22 08:49:37 GMT
        Sun Nov  6 08:49:37 1994
        Wed Nov 16 08:49:37 1994
        Sun Nov 6 08:49:37 1994
        Mon, 06 Nov 1994 08:49:37 GMT
    """),
    "base": lines("""
        2016-05-14
        2016-05-14 10:23:54
        2016-05-14 10:23:54.2346
        2016-05-14 10:23:54.234567
        2016-05-14 10:23:54.023 +06:00
        2016-05-14 10:23:54.023+06:00
        2016-05-14 10:23 America/New_York
        2016-05-14 10:23:54 Etc/GMT+5
        2016-05-14 10:23:54 UTC
        2016-05-14 10:23:54 Z
        10:23:54 Europe/Paris
        10:23
        2016-05-14 24:00
    """),
}
_TOKENS = lines("""
    yyyy LL dd HH:mm:ss.SSS ZZ
    yy M d h:mm a
    EEEE d MMMM yyyy
    EEE ccc E c
    kkkk-'W'WW-E
    kk W
    o ooo
    q qq
    Z ZZ ZZZ
    ZZZZ z
    S u uu uuu
    X x
    D
    DD
    DDD
    DDDD
    t tt T TT
    f ff F FF
    G GG y
    yyyyy yyyyyy
    'it''s' d
    '' yyyy ''
    LLL LLLL LLLLL
    H HH h hh
    n nn ii iiii
""")
_FIELDS = ["years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds"]


def _amount(rng: random.Random) -> Any:
    return rng.choice([0, 1, 2, 5, 13, 25, 61, 90, 400, 1500, -1, -7, -45, -90, 0.5, 1.25, -2.5, "3"])


def _fields(rng: random.Random) -> dict[str, Any]:
    return {name: _amount(rng) for name in sorted(rng.sample(_FIELDS, rng.randint(1, 4)), key=_FIELDS.index)}


_SPANS: dict[str, Maker] = {
    "mixed": _fields,
    "single": lambda rng: {rng.choice(_FIELDS): _amount(rng)},
    "signs": lambda rng: {
        "days": rng.randint(-3, 3),
        "hours": rng.randint(-60, 60),
        "minutes": rng.randint(-90, 90),
    },
    "long": lambda rng: {
        "years": rng.randint(0, 3),
        "months": rng.randint(-20, 20),
        "days": rng.randint(-99, 99),
    },
    "tiny": lambda rng: {"seconds": rng.randint(-3, 3), "milliseconds": rng.randint(-2500, 2500)},
    "odd": lambda rng: rng.choice([{}, {"day": 1}, {"fortnights": 2}, {"hours": "x"}, {"months": 1.5}]),
}


def _stepped(make: Maker) -> Maker:
    return lambda rng: [_moment(rng), make(rng)]


_WRITTEN: dict[str, Maker] = {
    "spans": lines("""
        P1Y2M3DT4H5M6S
        P5Y3M
        PT54S
        P3W
        P2W3D
        -P1Y2M
        P-1Y2MT-3H
        -PT-5M
        PT1.5S
        PT0.0001S
        PT-0.5S
        PT1.5H
        P0.5D
        P1,5Y
        PT12345678901S
        P000001Y
        PT1S2M
        P
        PT
        P1
        1Y
        +P1D
        P1Y0M
        PT3600S
        P4W0.5D
        PT-00.25S
        -PT0.5S
    """)
}
_SHAPES = lines("""
    hh:mm:ss
    h:mm:ss.SSS
    d 'days' h 'hours'
    M m s
    yyyy-MM-dd
    w 'w' d 'd'
    S
    m ''ss''
    ss:hh
    y M d h m s S
    dd hh
    'd' mm
""")
_BETWEEN: dict[str, Maker] = {
    "far": lambda rng: [_moment(rng), _moment(rng)],
    "near": lambda rng: [
        f"2016-0{rng.randint(1, 3)}-{rng.choice([28, 29, 30, 31, '01'])}T{rng.randint(10, 20)}:15",
        f"2016-{rng.choice(['03', '12'])}-{rng.choice(['01', '30', '31', '29'])}T{rng.randint(10, 20)}:00",
    ],
    "zoned": lambda rng: [_moment(rng) + rng.choice(_ZONES[:4]), _moment(rng) + rng.choice(_ZONES[:4])],
    "close": lambda rng: [f"2020-01-01T0{rng.randint(0, 9)}:00:00.5", f"2020-01-0{rng.randint(1, 3)}T00:01"],
}
_STRETCHES: dict[str, Maker] = {
    "days": lambda rng: f"2016-03-{rng.randint(10, 20)}/2016-0{rng.randint(4, 9)}-{rng.randint(10, 20)}",
    "spans": lambda rng: _day(rng) + rng.choice(["/P1M", "T10:00/PT5H", "/P1Y2M3D", "/P-1D", "T09:30/P1W"]),
    "back": lambda rng: rng.choice(["P1M/", "PT36H/", "P10D/"]) + _day(rng) + rng.choice(["", "T13:30Z"]),
    "odd": lines("""
        2016-05-25/26
        2016-05-25T09:00/10:30
        2016-05-25T09:00/T10:30
        2016-W21-3/2016-W22-3
        2016-200/2016-210
        2016-05-25T09:00+02:00/PT5H
        2016-05-25/2016-05-24
        2016-05-25/2016-05-25
        2016/2017
        2016-05-25
        /2016-05-25
        P1D/P1D
        x/y
        2016-05-25T09:00/2016-05-26T08:00+05:00
        2016-05-25T00:00/2016-05-28T00:00
        2016-11/12
    """),
}
_UNITS = ["year", "quarter", "months", "week", "day", "hours", "minute", "second", "decade"]

NEWER_SPANS: dict[str, Callable[[random.Random], list[Input]]] = {
    "iso moments": pool_of("text", _ISO, 24),
    "mailed moments": pool_of("text", _MAILED, 24),
    "told moments": pool_of("moment", {"any": lambda rng: [_ISO["whole"](rng), _TOKENS(rng)]}, 60),
    "span fields": pool_of("span", _SPANS, 16),
    "shaped spans": pool_of("span", {"any": lambda rng: [_fields(rng), _SHAPES(rng)]}, 70),
    "span texts": pool_of("text", _WRITTEN, 60),
    "stepped moments": pool_of("span", {kind: _stepped(make) for kind, make in _SPANS.items()}, 12),
    "moments apart": pool_of("pair", _BETWEEN, 16),
    "moments in units": pool_of("moment", {"any": lambda rng: [_moment(rng), rng.choice(_UNITS)]}, 60),
    "stretches": pool_of("text", _STRETCHES, 16),
}
