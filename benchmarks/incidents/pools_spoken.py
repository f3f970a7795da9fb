"""Pools of what people say and write: times in words, nouns of several languages, days."""

import random
from collections.abc import Callable
from typing import Any

from benchmarks.incidents.notations import DATES
from benchmarks.incidents.pools import Input

_Maker = Callable[[random.Random], Any]
_DAYS = ("monday", "tue", "Wednesday", "thurs", "fri", "saturday", "sun")
_MONTHS = ("january", "feb", "March", "apr", "may", "jun", "july", "aug", "sept", "October", "nov", "dec")


def _pool(column: str, kinds: dict[str, _Maker], count: int) -> Callable[[random.Random], list[Input]]:
    def made(rng: random.Random) -> list[Input]:
        return [
            Input(value=make(rng), slices={column: kind})
            for kind, make in kinds.items()
            for _ in range(count)
        ]

    return made


def _said(*patterns: str) -> _Maker:
    """Return a maker of texts: `#` a small number, `@` a year, `DAY` and `MON` names, `HR` an hour."""

    def made(rng: random.Random) -> str:
        text = rng.choice(patterns).replace("DAY", rng.choice(_DAYS)).replace("MON", rng.choice(_MONTHS))
        text = text.replace("HR", f"{rng.randint(1, 12)}:{rng.randint(0, 59):02d}")
        return text.replace("#", str(rng.randint(1, 28))).replace("@", str(rng.randint(1979, 2029)))

    return made


_SAYINGS: dict[str, _Maker] = {
    "day": _said(
        "DAY", "this DAY", "last DAY", "next DAY", "DAY HR", "DAY at noon", "DAY morning", "this weekend"
    ),
    "month": _said(
        "MON", "last MON", "MON #", "MON #, @", "# MON @", "MON @", "MON #th at HR", "#-MON-@", "MON '#"
    ),
    "ordinal": _said(
        "1st DAY in MON",
        "3rd DAY this MON",
        "the #th",
        "first day of MON",
        "#nd of MON",
        "MON #st @",
        "third week of MON @",
        "4th day last week",
        "#rd MON at HRpm",
        "the #th of next month",
    ),
    "ago": _said(
        "# days ago",
        "# weeks from now",
        "# hours before tomorrow at noon",
        "# minutes hence",
        "in # days",
        "# months ago at HR",
        "a year ago",
        "# fortnights ago",
        "half an hour ago",
        "# weekdays from now",
        "# decades ago",
        "three years and # months ago",
        "# seconds past",
        "# quarters ago",
    ),
    "span": _said(
        "this week",
        "last month",
        "next year",
        "this quarter",
        "q# @",
        "next summer",
        "last winter",
        "this morning",
        "last night",
        "this fortnight",
        "next weekday",
        "spring @",
        "past hour",
        "next season",
    ),
    "clock": _said(
        "HR",
        "HR am",
        "HRpm",
        "#:00:05",
        "noon",
        "midnight",
        "HR in the morning",
        "at HR tonight",
        "0000",
        "1#30",
        "HR:07.5",
        "4 oclock",
        "HR p.m.",
        "half past 2",
        "24:00",
        "12am",
        "HR yesterday",
        "tomorrow HR",
    ),
    "slash": _said(
        "#/#/@", "#/#", "#.#.@", "@/#/#", "#-#-@", "#/@", "@-#-# HR", "1/#/79", "#/#/@ HR pm", "@-#"
    ),
    "zone": _said(
        "@-0#-1# 10:00 +0530",
        "DAY MON # HR:00 MDT @",
        "@-08-#T15:45:23Z",
        "HR PST",
        "MON # @ HR utc",
        "DAY, # MON @ 11:22:33 -0700",
        "@-01-2#T03:04:05-07:00",
        "HR EST tomorrow",
        "@-08-1#T15:45:23.123Z",
    ),
    "words": _said(
        "tomorrow",
        "yesterday at HR",
        "day after tomorrow",
        "now",
        "thirty three days from now",
        "one week ago DAY",
        "twelve minutes ago",
        "next monday at five",
        "seven hours ago",
        "today at nine",
        "a couple days ago",
    ),
    "iso": DATES["iso"],
    "moment": DATES["moment"],
    "odd": _said(
        "", "foo", "MON 31st", "13/32/@", "30:70", "31 of apr", "february 29, 2#", "next", "# #", "DAY DAY"
    ),
}


def _day_from(low: int) -> _Maker:
    return lambda rng: [low + rng.randint(0, 35), rng.randint(0, 29), rng.randint(0, 33)]


_DAY: dict[str, _Maker] = {"early": _day_from(0), "late": _day_from(20), "long": _day_from(90)}


def _words(text: str) -> _Maker:
    listed = text.split()
    return lambda rng: rng.choice(listed)


_NOUNS: dict[str, _Maker] = {
    "plain": _words("cat bus box church day city knife hero photo table key boy leaf wish quiz judge Apple"),
    "irregular": _words(
        "child man woman person foot tooth goose mouse ox sex move die cafe human brother genie hoof "
        "cookie corpus criterion octopus niche penis soliloquy testis thief turf atlas beef chief chateau "
        "plateau"
    ),
    "latin": _words(
        "index matrix vertex axis analysis crisis alumnus cactus datum medium stadium focus fungus "
        "nucleus radius stimulus syllabus virus census status bacterium curriculum memorandum phenomenon "
        "larva"
    ),
    "same": _words(
        "sheep fish deer series species news money rice equipment information police Chinese media "
        "pokemon sms traffic aircraft cod data emoji furniture feedback metadata audio staff clothes "
        "scissors weather"
    ),
    "plural": _words(
        "cats buses boxes churches cities knives heroes photos children men women people feet teeth geese "
        "mice oxen moves dice quizzes matrices axes analyses alumni data media caches criteria waves "
        "curves valves bureaus shoes movies aliases statuses foes taxes houses faxes toes slaves safes "
        "halves archives leaves"
    ),
    "compound": _words(
        "blog_post user_address BlogCategory sales-person foreman middle_woman house_move taxi_child "
        "SpecialOffer root_axis lineMedium database_index grandchild snowman crossroads passerby"
    ),
    "french": _words(
        "cheval travail bijou chou genou hibou bail vitrail journal feu bleu landau chacal nez gaz ciel "
        "aïeul monsieur madame jeu chevaux travaux bijoux oeil yeux corail pneu sarrau croix carnaval "
        "émail"
    ),
    "iberian": _words(
        "canción país lápiz autobús luz crisis paraguas rey león animal cidade coração pão mão lençol "
        "hotel réptil fácil homem atum avião ações animais país anel cidadão alemão mal luces razones "
        "órgão capitães"
    ),
    "turkish": _words(
        "gün kiraz kitap köy test arkadaş adam elma masa ben sen kitaplar günler evler ayna saat"
    ),
    "odd": _words("a s ss es is US x1 CAPS ÿ 10s is-is ies ves data's _ us_ sS Menus MENUS"),
}

SPOKEN: dict[str, Callable[[random.Random], list[Input]]] = {
    "sayings": _pool("saying", _SAYINGS, 16),
    "days": _pool("era", _DAY, 90),
    "nouns": _pool("noun", _NOUNS, 28),
}
