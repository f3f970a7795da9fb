"""Pools of moments as people and machines write them, and of versions with what they have to satisfy."""

import random
import re
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _moments(text: str) -> Maker:
    """Return a maker of a line in which `@` is a year, `%` a small number and `~` one of two digits."""
    drawn = lines(text)

    def made(rng: random.Random) -> str:
        kinds: dict[str, Callable[[], int]] = {
            "@": lambda: rng.randint(1996, 2027),
            "%": lambda: rng.randint(1, 9),
            "~": lambda: rng.randint(10, 12),
        }
        return re.sub("[@%~]", lambda found: str(kinds[found.group()]()), drawn(rng))

    return made


def _demanded(rng: random.Random) -> str:
    signs = ["", "=", "!=", ">", "<", ">=", "<=", "~>", "=>", "== ", "> ", "~> "]
    return rng.choice(signs) + _version(rng)


def _version(rng: random.Random) -> str:
    numbers = [str(rng.randint(0, 3)) for _ in range(rng.choice([1, 2, 3, 3, 3, 4]))]
    return ".".join(numbers) + rng.choice(["", "", "", "-a", "-beta.2", "-rc1", "+m", "-1"])


_MOMENTS: dict[str, Maker] = {
    "zulu": _moments("""
        @-0%-1%T2%:0%:3%Z
        @-~-2%T0%:15:09.%%%Z
        @-0%-0%T%:%:%
        @-0%-1%T~:~
        @-0%-1%T~:~:~:%%%+0100
        @0%1%T~~~~Z
        @-0%-1%T~:~:~.%%%%%%%%%Z
    """),
    "offset": _moments("""
        @-0%-1%T~:~:~-07:00
        @-0%-1%T~:~-04
        @-0%-1%T~:~:~.%%%+0%00
        @-0%-2%+08:00
        @-0%-1% ~:~:~+00:00
        @-0%-1% ~:~:~.%%% +0%:30
        @-0%-1% ~:~:~ -0%00
        @-%-0% ~:~:~.257000000 +0000
    """),
    "zone": _moments("""
        @-0%-1% ~:~:~ UTC
        @-0%-1% ~:~:~ +0200 CEST
        @-0%-1% ~:~:~.%% -0%00 MST
        @-0%-1% ~:~:~ GMT+0%00
        @-0%-1% ~:~:~ +0000 UTC m=+0.00000%
        @-0%-1% ~:~:~.%%% +0%:00 CEST
        @-0%-1% ~:~:~ +0300 +03
        @-%-% ~:%:~.257 PST
    """),
    "clock": _moments("""
        @-0%-2% ~:~
        @-~-0% %:%
        @-0%-1% ~:~:~ PM
        @-0%-1% ~:~:~.%%% AM
        @-0%-2% 0%:0% am
        @-0%-1% ~:~:~,%%%
        @-0%-1%  ~:~:~
        @-%-% %:%:%
    """),
    "dash": _moments("""
        @-0%-0%
        @-0%
        @-%-%
        @-Feb-0%
        %-Jan-@
        1%-Mar-1%
        0%-0%-@
        1%-~-@
        @-3%%
        @-Oct
        %-Dec-@ ~:~
        0%-1%-1%
    """),
    "slash": _moments("""
        %/%/@
        0%/2%/@
        2%/0%/@
        %/1%/0%
        @/0%/1%
        @/% /%
        0%/1%/@ ~:~:~ PM
        %/%/1% %:%
        @/0%/0% ~:~:~.%%%
        0%/0%/@ %:%:%.%%%% AM
        1%/May/@:~:~:~ -0700
        0%/Mar/@
        ~/@
        0%/0%/@, ~:~ pm
    """),
    "dotted": _moments("""
        %.1%.@
        0%.0%.@
        2%.0%.@
        @.0%
        @.0%.1%
        08.2%.7%
        @.%.% ~:~
        @:0%:1% ~:~:~
        0%:0%:@ ~:~:~
        %.%.1%
        1%:0%:@
    """),
    "month": _moments("""
        May %, @
        oct. 1%, @
        Sept. %, @
        september 1%, @ at ~:~am PST-08
        June 2nd, @
        April 23rd @
        Feb %, '7%
        Jan 1%, @ ~:~:~ PM
        May 0%, @, %:%:% AM
        July 1st @ ~:~
        Mar @
        September 1% @ ~:~:~
        December 3%, @
        Aug %th, @ ~:~
    """),
    "day": _moments("""
        % May @
        1% September @
        0% Feb @, 0%:0%
        % Feb @ %:%:%
        0% Feb @, ~:~:~ +0100
        1%th March @
        1 Jul @ ~:~ GMT
        % Nov 1%
        2% Aug. @ ~:~:~.%%%
        @ 0% Feb
        %-jun-1% ~:~:~ MST
        1%Jan@
    """),
    "weekday": _moments("""
        Thu May  % ~:~:~ @
        Mon Jan 0% ~:~:~ MST @
        Thu May 0% ~:~:~ -0700 @
        Mon, 0% Jan @ ~:~:~ MST
        Tue, % Jan @ ~:~:~ +0%00 (CEST)
        Monday, 0%-Jan-1% ~:~:~ MST
        Fri Jul 0% @ ~:~:~ GMT+0100 (GMT Daylight Time)
        Wednesday, % Feb @ ~:~:~ -0300
        Mon Aug 1% ~:~:~ UTC+0000 @
        Sun, % Jan @ ~:~:~ +0800 (GMT+08:00)
        Friday, May 1%, @
        Sat % ~:~
        Thu, %-Jul-1% ~:~:~ PST
    """),
    "stamp": _moments("""
        133215191%
        138421636711%
        13842163671112%2
        138421636711122233%
        @0%1%
        @0%2%1%2%3%
        @
        @0%
        %
        -133215191%
        133215%
        @0%1%10%2
        171%%%%%%%.%%
        1%0%1% ~:~:~
    """),
    "chinese": _moments("""
        @年0%月0%日
        @年0%月1%日 ~:~:~
        @年%月%日
        @年~月
        @年0%月0%日 ~:~
        @年0%月0日
    """),
    "odd": _moments("""
        hello

        @-13-4%
        2%:6%
        @/%/%/%
        May
        Feb 3%, @
        @-0%-1%T
        @-0%-1% ~:~:~ xx yy
        @ May
        %/%
        31-02-@
        ~:~ PM
        @-0%-1%TZ
    """),
}

_STRANGE = lines("""
    1.2.beta
    1.2.0.x.Y.0+metadata
    1.2.0-metadata-1.2.0~dist
    1.7rc2
    1.7.0-rc.1+x-y
    12.3.45+20-g
    1.0.0-01
    foo
    1.
    .1
    1..2
    1.2.3-x.7.z.92
    1.2.3+1.a-b
    1.0-SNAPSHOT
    1.2.3~1
    9223372036854775807.0
    1.0.0-7.0.1
    99999999999999999999.1
    1.2.3-rc1-with-hyphen
    v1.2.3-~4
    1.2-1b
    01.02
    1.0.0--a
    1.2.3-0.a
""")

_RELEASES: dict[str, Maker] = {
    "one": lambda rng: [_version(rng), _demanded(rng)],
    "pair": lambda rng: [_version(rng), f"{_demanded(rng)}, {_demanded(rng)}"],
    "near": lambda rng: [
        f"1.{rng.randint(0, 2)}.{rng.randint(0, 3)}",
        f"~> 1.{rng.choice(['0', '1', '1.1'])}",
    ],
    "before": lambda rng: [
        f"2.{rng.randint(0, 1)}.0-{rng.choice(['a', 'b', 'alpha', 'beta'])}",
        rng.choice([">= ", "> ", "~> ", "< ", "= ", "!= "])
        + rng.choice(["2.0.0-a", "2.1.0-b", "2.0", "2.1"]),
    ],
    "prefixed": lambda rng: [rng.choice(["v", "V", "v.", "r", "=", " "]) + _version(rng), ">= v1.0"],
    "parts": lambda rng: [".".join(str(rng.randint(0, 2)) for _ in range(rng.randint(4, 7))), "> 1.0.0.1"],
    "strange": lambda rng: [
        _STRANGE(rng),
        rng.choice(
            [">= 1.0", "!= 1.2.3", "~> 1.2.beta", "<1.7", "= 1.2.0-metadata", ">1.0.0-0", "x", "> 1,"]
        ),
    ],
    "letters": lambda rng: [
        "1.0.0-" + rng.choice(["alpha.1", "alpha.beta", "beta.11", "rc.1", "1.2", "10", "2", "a.b.1", "x-y"]),
        rng.choice([">", "<", ">=", "="]) + "1.0.0-" + rng.choice(["alpha", "beta.2", "9", "a.b", "rc"]),
    ],
}

UNSEEN_DATES: dict[str, Callable[[random.Random], list[Input]]] = {
    "moments": pool_of("moment", _MOMENTS, 24),
    "releases": pool_of("release", _RELEASES, 30),
}
