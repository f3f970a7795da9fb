"""Pools of skies and of moments with the formats that they are read and shown in."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of

_DAY_MS = 86_400_000


def _parted(text: str) -> Maker:
    """Return a maker of the parts of a line, which `→` separates."""
    drawn = lines(text)
    return lambda rng: drawn(rng).split(" → ")


def _sky(days: tuple[int, int], lat: tuple[float, float]) -> Maker:
    def made(rng: random.Random) -> list[float]:
        moment = rng.randint(*days) * _DAY_MS + rng.choice([0, 1, 6, 12, 18, 23]) * 3_600_000
        return [moment, round(rng.uniform(*lat), 3), round(rng.uniform(-179, 179), 3)]

    return made


_SKIES: dict[str, Maker] = {
    "middle": _sky((14_000, 19_000), (25, 58)),
    "tropic": _sky((14_000, 19_000), (-20, 20)),
    "southern": _sky((15_000, 19_000), (-55, -25)),
    "polar": _sky((15_000, 19_000), (66, 89)),
    "early": _sky((-20_000, -1_000), (-50, 60)),
    "late": _sky((25_000, 45_000), (-50, 60)),
}


_SPECS = lines("""
    %Y-%m-%d %H:%M:%S
    %y/%b/%-d
    %A, %B %e
    %a %j %U %W
    %V %u %w
    %G-W%V-%u
    %g
    %I:%M %p
    %L %f
    %Q
    %s
    %s.%L
    q%q %Y
    %x %X
    %c
    %Z
    %%%d
    %_d|%0d|%-d|%_H
    %-y %-m %_j
    %-%|%n
""")
_SHOWN: dict[str, Maker] = {
    "recent": lambda rng: [rng.randint(10**12, 17 * 10**11), _SPECS(rng)],
    "edge": lambda rng: [
        (rng.randint(10_000, 20_000) // 365 * 365 + rng.randint(0, 20)) * _DAY_MS - rng.choice([0, 1]),
        _SPECS(rng),
    ],
    "early": lambda rng: [-rng.randint(10**12, 62 * 10**12), _SPECS(rng)],
    "text": lambda rng: [rng.choice([str(rng.randint(0, 10**12)), None, True, "x"]), _SPECS(rng)],
}
_STAMPED: dict[str, Maker] = {
    "dates": _parted("""
        2015-03-04 → %Y-%m-%d
        99/Jan/5 → %y/%b/%d
        04/1/5 → %y/%m/%d
        68 → %y
        69 → %y
        0001 → %Y
        january 7, 2011 → %B %d, %Y
        Friday, 3 March 2017 → %A, %d %B %Y
        3/4/2012 → %-m/%-d/%Y
        03/04/2012 → %x
        3/4/2012 → %x
        60 2012 → %j %Y
        366 2013 → %j %Y
        7 → %e
    """),
    "weeks": _parted("""
        2016 10 → %Y %U
        2016 10 → %Y %W
        Mon 10 2016 → %a %U %Y
        0 01 2013 → %w %W %Y
        2018 53 → %Y %V
        2018 01 3 → %Y %V %u
        2020 00 → %Y %V
        2018-W05-7 → %Y-W%V-%u
        7 05 2014 → %u %U %Y
        2 1 2001 → %w %U %Y
        19-W01 → %g-W%V
        2011 Monday 3 → %Y %A %W
        Z 2018 01 3 → Z %G %V %u
        +0000 10 2016 → %Z %W %Y
    """),
    "clocks": _parted("""
        12:00 AM → %I:%M %p
        12:30 pm → %I:%M %p
        3 PM → %I %p
        23:59:60 → %H:%M:%S
        1.5 → %S.%L
        1.500 → %S.%L
        1.123456 → %S.%f
        10:11:12 AM → %X
        5:6:7 PM → %X
        3/4/2012, 5:06:07 PM → %c
        2 PM x → %I %p
    """),
    "zones": _parted("""
        2015-01-01T00:00Z → %Y-%m-%dT%H:%M%Z
        2015-01-01 +0530 → %Y-%m-%d %Z
        2015-01-01 -08 → %Y-%m-%d %Z
        2015-01-01 +05:30 → %Y-%m-%d %Z
        2015 -0030 → %Y %Z
        2015 UTC → %Y %Z
    """),
    "stamps": _parted("""
        1512345678 → %s
        -1 → %s
        1512345678901 → %Q
        1512345678.5 → %s.%L
        1512345678.250 → %s.%L
        12.000123 → %s.%f
        q2 2014 → q%q %Y
        4 → %q
        5 → %q
        100% → %j%%
        x → %n
        2012 → %Y%
    """),
}
_MADE = lines("""
    2011-12-31T23:59:59.000Z
    2011-12-31
    2012-02-30
    2011-12-31T10:00
    2011-12-31T10:00+05:30
    -000001-01-01T00:00:00Z
    2011
    12/31/2011
    0
    x
    +012345-06-07T08:09:10.011Z
""")


_UNTOLD: dict[str, Maker] = {
    "dates": _parted("""
        2016/05/14 → yyyy/LL/dd
        16-5-4 → yy-M-d
        61-1-1 → yy-M-d
        60-1-1 → yy-M-d
        May 25 1982 → LLLL dd yyyy
        mai 5 → LLLL d
        Sept 25 2019 → MMM dd yyyy
        Wed, May 25 1982 → EEE, MMMM d yyyy
        Mon, May 25 1982 → EEE, MMMM d yyyy
        145 1982 → ooo yyyy
        366 1982 → o yyyy
        1982 3 → yyyy q
        1982 5 → yyyy q
        5/25/1982 → D
        May 25, 1982 → DD
        12345 → yyyyy
        5 BC → y G
        31/02/2016 → dd/MM/yyyy
    """),
    "weeks": _parted("""
        2016 21 3 → kkkk WW E
        16 5 1 → kk W c
        2016 53 → kkkk W
        21 3 → WW E
        2016 3 25 → yyyy E d
        2016 21 → yyyy WW
    """),
    "clocks": _parted("""
        10:23 AM → h:mm a
        12:23 am → h:mm a
        12:23 PM → hh:mm a
        13:23 pm → HH:mm a
        24:00 → HH:mm
        9:5:7.5 → H:m:s.S
        9:05:07.123456789 → H:mm:ss.u
        9:05:07.05 → H:mm:ss.uu
        9:05:07.5 → H:mm:ss.uuu
        1:02 p.m. → t
        1:02 PM → t
        13:02 → T
        10:11:12 PM → tt
        9:5 → HH:mm
    """),
    "zones": _parted("""
        2016 +5 → yyyy Z
        2016 -05:30 → yyyy ZZ
        2016 +0530 → yyyy ZZZ
        2016 America/New_York → yyyy z
        2016 Etc/GMT+7 → yyyy z
        2016 Mars/North → yyyy z
        2016 UTC → yyyy z
        +05:30 → ZZ
    """),
    "marked": _parted("""
        it's 5 → 'it''s' d
        at 10h → 'at' H'h'
        x 5 → 'x' d
        5. → d.
        5? (6) → d? (M)
        1982-05-25T09:10 → yyyy-MM-dd'T'HH:mm
        1469999999 → X
        1469999999123 → x
        5 → foo
        5 x → d
    """),
}
NEWER_TIMES: dict[str, Callable[[random.Random], list[Input]]] = {
    "skies": pool_of("sky", _SKIES, 24),
    "shown moments": pool_of("moment", _SHOWN, 45),
    "stamped moments": pool_of("text", _STAMPED, 26),
    "made moments": pool_of("text", {"iso": _MADE}, 40),
    "untold moments": pool_of("text", _UNTOLD, 26),
}
