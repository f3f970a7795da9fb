"""Public histories whose functions can be run at every commit, and what to feed them.

None of their code is part of this project: `make.py` reads the repositories from a folder of clones
named OWNER+NAME. An expression is evaluated for each input `x` of a pool at every commit of the main line.
"""

import random
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input of a pool and the slices of traffic that it belongs to."""

    value: Any
    slices: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A repository, the folders to put on the import path, and its metrics.

    `metrics` maps the entry point to the expression that computes the prediction from `x`, and to the
    pool that `x` comes from. `held_out` histories are never fitted to.
    """

    repo: str
    imports: tuple[str, ...]
    metrics: dict[str, tuple[str, str]]
    roots: tuple[str, ...] = (".", "src", "python")
    held_out: bool = False


def _listed(text: str) -> list[str]:
    return text.split()


_WORDS = _listed("""
    the of and a to in is you that it he was for on are as with his they at be this have from or one had
    by word but not what all were we when your can said there use an each which she do how their if will
    up other about out many then them these so some her would make like him into time has look two more
    write go see number no way could people my than first water been call who oil its now find long down
    day did get come made may part over new sound take only little work know place year live me back
    give most very after thing our just name good sentence man think say great where help through much
    before line right too mean old any same tell boy follow came want show terrible awful wonderful
    amazing hate love happy horrible excellent disappointing extraordinary unfortunately responsibility
    characteristics international communication understanding mathematical approximately
""")


def _texts(rng: random.Random) -> list[Input]:
    styles: dict[str, Callable[[], str]] = {
        "short": lambda: _sentence(rng, 3, 6),
        "article": lambda: " ".join(_sentence(rng, 8, 22) for _ in range(rng.randint(3, 8))),
        "shouting": lambda: _sentence(rng, 4, 9).upper().rstrip(".") + "!!!",
        "chat": lambda: (
            _sentence(rng, 2, 7).lower().rstrip(".") + rng.choice([" :)", " :(", "...", "?!", " lol"])
        ),
        "list": lambda: "\n".join(f"{n}. {_sentence(rng, 2, 5)}" for n in range(1, 5)),
        "form": lambda: rng.choice(["", "N/A", "-", "1234", "yes", "  ", "O'Neil", "don't can't"]),
    }
    return [Input(value=make(), slices={"style": name}) for name, make in styles.items() for _ in range(40)]


def _sentence(rng: random.Random, low: int, high: int) -> str:
    chosen = [rng.choice(_WORDS) for _ in range(rng.randint(low, high))]
    chosen.insert(
        len(chosen) // 2, rng.choice(["well-known,", "it's", "e.g.", "U.S.", "3.5", "and,", "not", "but"])
    )
    return " ".join(chosen).capitalize() + rng.choice([".", ".", ".", "!", "?"])


def _pairs(rng: random.Random) -> list[Input]:
    found = []
    for kind in ("equal", "typo", "prefix", "different", "long", "empty"):
        for _ in range(30):
            first = "".join(rng.choice(string.ascii_lowercase[:10]) for _ in range(rng.randint(3, 12)))
            second = {
                "equal": first,
                "typo": first[:-2] + rng.choice("xyz") + first[-1:],
                "prefix": first[: len(first) // 2 + 1],
                "different": "".join(rng.choice("klmnop") for _ in range(rng.randint(2, 9))),
                "long": first * 3 + rng.choice(_WORDS),
                "empty": "",
            }[kind]
            found.append(Input(value=(first, second), slices={"pair": kind}))
    return found


def _words(rng: random.Random) -> list[Input]:
    names = _listed("""
        Smith Schmidt Johnson Washington Kaczmarek Thompson Ngo Phillips Wright Knight Xavier
        McDonald O'Brien
    """)
    pools = {
        "common": _WORDS,
        "name": names,
        "nonsense": ["xqzzt", "aeiou", "bcdfg", "ghost", "pneumonia", "czar", "a"],
    }
    return [
        Input(value=rng.choice(words), slices={"word": kind})
        for kind, words in pools.items()
        for _ in range(60)
    ]


def _numbers(rng: random.Random) -> list[Input]:
    kinds: dict[str, Callable[[], float | int]] = {
        "digit": lambda: rng.randint(0, 9),
        "teen": lambda: rng.randint(10, 99),
        "hundred": lambda: rng.randint(100, 9_999),
        "million": lambda: rng.randint(10**5, 10**9),
        "huge": lambda: rng.randint(10**9, 10**15),
        "fraction": lambda: round(rng.uniform(0, 100), 2),
        "negative": lambda: -rng.randint(1, 5_000),
    }
    return [Input(value=make(), slices={"size": kind}) for kind, make in kinds.items() for _ in range(35)]


def _spoken_numbers(rng: random.Random) -> list[Input]:
    languages = (
        "en",
        "fr",
        "de",
        "es",
        "it",
        "pl",
        "ru",
        "lt",
        "nl",
        "pt_BR",
        "da",
        "no",
        "he",
        "ja",
        "cz",
        "tr",
    )
    return [
        Input(value=(number.value, language), slices={"lang": language, **number.slices})
        for language in languages
        for number in rng.sample(_numbers(rng), 20)
    ]


def _people(rng: random.Random) -> list[Input]:
    forms = {
        "plain": "{f} {l}",
        "comma": "{l}, {f} {m}",
        "title": "Dr. {f} {m} {l}",
        "suffix": "{f} {l} Jr.",
        "prefix": "{f} de la {l}",
        "nick": '{f} "Bob" {l}',
        "initial": "{f} {m}. {l} III, PhD",
        "one": "{f}",
        "conj": "Mr. and Mrs. {f} {l}",
        "caps": "{F} {L}",
        "mac": "{f} macdonald van der {l}",
    }
    firsts, lasts = (
        ["John", "Maria", "Anh", "Ludwig", "Sir", "Abdul"],
        ["Smith", "Vega", "Do", "Mac", "Nguyen", "Ed"],
    )
    return [
        Input(value=_filled(rng, pattern, firsts, lasts), slices={"form": kind})
        for kind, pattern in forms.items()
        for _ in range(20)
    ]


def _filled(rng: random.Random, pattern: str, firsts: Sequence[str], lasts: Sequence[str]) -> str:
    first, last = rng.choice(firsts), rng.choice(lasts)
    return pattern.format(f=first, l=last, m=rng.choice("QWE"), F=first.upper(), L=last.upper())


def _prices(rng: random.Random) -> list[Input]:
    forms = {
        "us": "${n}",
        "eu": "{e} €",
        "word": "Price: {n} USD",
        "range": "from {n} to {m}",
        "spaced": "{s} руб.",
        "free": "Free",
        "percent": "-20% {n}",
        "code": "EUR {e}",
        "none": "call us",
        "pound": "£{n}.",
        "date": "{n} 12/05",
    }
    return [
        Input(value=_price(rng, pattern), slices={"form": kind})
        for kind, pattern in forms.items()
        for _ in range(20)
    ]


def _price(rng: random.Random, pattern: str) -> str:
    amount = round(rng.uniform(0.5, 20_000), rng.choice([0, 2]))
    european = f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return pattern.format(
        n=f"{amount:,}", m=f"{amount * 2:,.2f}", e=european, s=f"{amount:,.2f}".replace(",", " ")
    )


def _identifiers(rng: random.Random) -> list[Input]:
    pools = {
        "email": [
            "a@b.com",
            "bad@",
            "x@localhost",
            "email@127.0.0.1",
            "a.b+c@d.co.uk",
            "ü@x.de",
            "a@b-.com",
            "@x.y",
        ],
        "url": [
            "http://a.com",
            "https://127.0.0.1/x?y=1",
            "ftp://x",
            "http://ü.de/#a",
            "http://a",
            "http://10.1.1.1:80/",
            "http://user:p@x.com",
            "https://a.b.c.d.e",
            "http://localhost:8000",
            "//a.com",
            "http://xn--1.com",
        ],
        "host": [
            "example.com",
            "a_b.com",
            "-a.com",
            "xn--a.com",
            "a.b",
            "192.168.1.1",
            "::1",
            "256.1.1.1",
            "fe80::1%1",
        ],
        "code": [
            "GB82WEST12345698765432",
            "DE89370400440532013000",
            "4242424242424242",
            "01:23:45:67:ab:CD",
            "2bc1c94f",
            "550e8400-e29b-41d4-a716-446655440000",
            "foo-bar",
            "a--b",
            "79927398713",
            "B00BQ2HZ4C",
        ],
    }
    return [
        Input(value=rng.choice(values), slices={"kind": kind})
        for kind, values in pools.items()
        for _ in range(40)
    ]


def _points(rng: random.Random) -> list[Input]:
    def point(scale: float) -> tuple[float, float]:
        return round(rng.uniform(-80, 80) * scale, 4), round(rng.uniform(-179, 179) * scale, 4)

    scales = {"city": 0.01, "country": 0.1, "world": 1.0}
    return [
        Input(value=(point(scale), point(scale)), slices={"trip": kind})
        for kind, scale in scales.items()
        for _ in range(60)
    ]


def _returns(rng: random.Random) -> list[Input]:
    kinds = {"calm": 0.005, "wild": 0.03, "down": 0.01, "short": 0.01, "holes": 0.01}
    found = []
    for kind, spread in kinds.items():
        for _ in range(20):
            drift = -0.004 if kind == "down" else 0.001
            days = [rng.gauss(drift, spread) for _ in range(5 if kind == "short" else 60)]
            if kind == "holes":
                days[3] = days[10] = float("nan")
            found.append(Input(value=days, slices={"book": kind}))
    return found


def _weather(rng: random.Random) -> list[Input]:
    kinds = {"noon": (10, 40), "low": (70, 88), "night": (91, 120), "edge": (88, 91)}
    return [
        Input(
            value=(rng.uniform(*angles), rng.uniform(0, 1000), rng.uniform(-10, 35), rng.uniform(0, 12)),
            slices={"sun": kind},
        )
        for kind, angles in kinds.items()
        for _ in range(40)
    ]


POOLS: dict[str, Callable[[random.Random], list[Input]]] = {
    "texts": _texts,
    "pairs": _pairs,
    "words": _words,
    "numbers": _numbers,
    "spoken": _spoken_numbers,
    "people": _people,
    "prices": _prices,
    "identifiers": _identifiers,
    "points": _points,
    "returns": _returns,
    "weather": _weather,
}


def _each(names: str, expression: str, pool: str, module: str = "") -> dict[str, tuple[str, str]]:
    """Return metrics that differ in the name of the function only: `$` in the expression."""
    prefix = f"{module}:" if module else ""
    return {prefix + name: (expression.replace("$", name), pool) for name in names.split()}


HISTORIES: tuple[History, ...] = (
    History(
        repo="textstat/textstat",
        imports=("from textstat import textstat",),
        held_out=True,
        metrics=_each(
            """
            flesch_reading_ease flesch_kincaid_grade smog_index coleman_liau_index
            automated_readability_index lix rix dale_chall_readability_score difficult_words
            linsear_write_formula gunning_fog sentence_count lexicon_count syllable_count
            avg_sentence_length spache_readability char_count reading_time polysyllabcount
            """,
            "textstat.$(x)",
            "texts",
        ),
    ),
    History(
        repo="life4/textdistance",
        imports=("import textdistance",),
        metrics=_each(
            """
            hamming levenshtein jaro_winkler jaccard tversky monge_elkan lcsseq ratcliff_obershelp gotoh mra
                editex entropy_ncd
            """,
            "textdistance.$(*x)",
            "pairs",
        ),
    ),
    History(
        repo="python-humanize/humanize",
        imports=("import humanize", "import datetime"),
        metrics={
            **_each(
                """
                intword intcomma apnumber fractional ordinal scientific metric
                naturalsize
                """,
                "humanize.$(x)",
                "numbers",
            ),
            "humanize.time:naturaldelta": ("humanize.naturaldelta(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.time:precisedelta": ("humanize.precisedelta(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.time:naturaltime": ("humanize.naturaltime(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.filesize:naturalsize": ("humanize.naturalsize(x, binary=True)", "numbers"),
        },
    ),
    History(
        repo="geopy/geopy",
        imports=("import geopy.distance", "import geopy.point", "import geopy.util"),
        metrics={
            "geopy.distance:great_circle": ("geopy.distance.great_circle(*x).km", "points"),
            "geopy.distance:vincenty": ("geopy.distance.vincenty(*x).km", "points"),
            "geopy.point:Point": ("geopy.point.Point('%s;%s' % x[0]).longitude", "points"),
            "geopy.distance:GreatCircleDistance": ("geopy.distance.GreatCircleDistance(*x).miles", "points"),
        },
    ),
    History(
        repo="jamesturk/jellyfish",
        imports=("from jellyfish import _jellyfish as jf",),
        held_out=True,
        metrics={
            **_each(
                """
                levenshtein_distance damerau_levenshtein_distance jaro_distance
                jaro_winkler hamming_distance jaro_similarity jaro_winkler_similarity
                match_rating_comparison
                """,
                "jf.$(*x)",
                "pairs",
                "jellyfish._jellyfish",
            ),
            **_each(
                "soundex metaphone nysiis match_rating_codex", "jf.$(x)", "words", "jellyfish._jellyfish"
            ),
        },
    ),
    History(
        repo="cjhutto/vaderSentiment",
        imports=("from vaderSentiment.vaderSentiment import *",),
        metrics={
            "vaderSentiment.vaderSentiment:SentimentIntensityAnalyzer.polarity_scores": (
                "SentimentIntensityAnalyzer().polarity_scores(x)['compound']",
                "texts",
            ),
            "vaderSentiment.vaderSentiment:sentiment": ("sentiment(x)['compound']", "texts"),
        },
    ),
    History(
        repo="savoirfairelinux/num2words",
        imports=("from num2words import num2words",),
        held_out=True,
        metrics={
            "num2words:num2words": ("num2words(x[0], lang=x[1])", "spoken"),
            "num2words:num2words.ordinal": ("num2words(x[0], lang=x[1], to='ordinal')", "spoken"),
            "num2words:num2words.year": ("num2words(int(x[0]), lang=x[1], to='year')", "spoken"),
            "num2words:num2words.currency": ("num2words(x[0], lang=x[1], to='currency')", "spoken"),
        },
    ),
    History(
        repo="derek73/python-nameparser",
        imports=("from nameparser import HumanName",),
        metrics={
            f"nameparser.parser:HumanName.{name}": (f"HumanName(x).{name}", "people")
            for name in ("first", "last", "middle", "title", "suffix", "nickname")
        }
        | {"nameparser.parser:HumanName": ("str(HumanName(x))", "people")},
    ),
    History(
        repo="scrapinghub/price-parser",
        imports=("from price_parser import *", "from price_parser.parser import *"),
        metrics={
            "price_parser.parser:Price.fromstring": ("Price.fromstring(x).amount_float", "prices"),
            "price_parser.parser:extract_currency_symbol": ("Price.fromstring(x).currency", "prices"),
            "price_parser.parser:extract_price_text": ("extract_price_text(x)", "prices"),
        },
    ),
    History(
        repo="python-validators/validators",
        imports=("import validators",),
        metrics=_each(
            """
            email url domain ipv4 ipv6 iban slug uuid mac_address hostname card_number luhn
            md5
            """,
            "bool(validators.$(x))",
            "identifiers",
        ),
    ),
    History(
        repo="mahmoud/boltons",
        imports=(
            "from boltons import strutils, statsutils, mathutils, iterutils, timeutils",
            "import datetime",
        ),
        metrics={
            **_each(
                """
                slugify camel2under under2camel split_punct_ws asciify ordinalize
                cardinalize pluralize singularize a10n unit_len strip_ansi is_uuid
                """,
                "strutils.$(x)",
                "words",
                "boltons.strutils",
            ),
            **_each("bytes2human ordinalize", "strutils.$(x)", "numbers", "boltons.strutils"),
            **_each(
                """
                median mean variance std_dev skewness kurtosis iqr trimean
                median_abs_dev rel_std_dev
                """,
                "statsutils.$(x)",
                "returns",
                "boltons.statsutils",
            ),
            "boltons.timeutils:decimal_relative_time": (
                (
                    "timeutils.decimal_relative_time(datetime.datetime(2020, 1, 1),"
                    " datetime.datetime(2020, 1, 1)"
                    " + datetime.timedelta(seconds=x))[0]"
                ),
                "numbers",
            ),
        },
    ),
    History(
        repo="quantopian/empyrical",
        imports=("import empyrical", "import numpy as np", "import pandas as pd"),
        metrics=_each(
            """
            sharpe_ratio sortino_ratio max_drawdown annual_return annual_volatility
            calmar_ratio omega_ratio downside_risk stability_of_timeseries tail_ratio
            cum_returns_final value_at_risk conditional_value_at_risk
            """,
            "empyrical.$(pd.Series(x, index=pd.date_range('2020', periods=len(x))))",
            "returns",
            "empyrical.stats",
        ),
    ),
    History(
        repo="bukosabino/ta",
        imports=("import ta", "import pandas as pd"),
        metrics={
            **_each(
                "rsi tsi roc kama stochrsi ppo",
                "ta.momentum.$(pd.Series(x).add(1).cumprod()).mean()",
                "returns",
                "ta.momentum",
            ),
            **_each(
                "macd trix kst dpo sma_indicator ema_indicator aroon_up stc",
                "ta.trend.$(pd.Series(x).add(1).cumprod()).mean()",
                "returns",
                "ta.trend",
            ),
            **_each(
                """
                bollinger_hband bollinger_wband bollinger_hband_indicator ulcer_index
                """,
                "ta.volatility.$(pd.Series(x).add(1).cumprod()).mean()",
                "returns",
                "ta.volatility",
            ),
            **_each(
                "daily_return cumulative_return daily_log_return",
                "ta.others.$(pd.Series(x).add(1).cumprod()).mean()",
                "returns",
                "ta.others",
            ),
        },
    ),
    History(
        repo="pvlib/pvlib-python",
        imports=(
            "from pvlib import irradiance, atmosphere, clearsky, pvsystem",
            "import numpy as np",
            "import pandas as pd",
        ),
        metrics={
            "pvlib.clearsky:haurwitz": (
                "float(np.asarray(clearsky.haurwitz(pd.Series([x[0]]))).ravel()[0])",
                "weather",
            ),
            "pvlib.atmosphere:relativeairmass": ("float(atmosphere.relativeairmass(x[0]))", "weather"),
            "pvlib.atmosphere:get_relative_airmass": (
                "float(atmosphere.get_relative_airmass(x[0]))",
                "weather",
            ),
            "pvlib.irradiance:aoi": ("float(irradiance.aoi(30, 180, x[0], 170))", "weather"),
            "pvlib.irradiance:disc": (
                (
                    "float(np.asarray(irradiance.disc(pd.Series([x[1]]), pd.Series([x[0]]),"
                    " pd.DatetimeIndex(['2020-06-01']))['dni']).ravel()[0])"
                ),
                "weather",
            ),
            "pvlib.irradiance:erbs": (
                (
                    "float(np.asarray(irradiance.erbs(pd.Series([x[1]]), pd.Series([x[0]]),"
                    " pd.DatetimeIndex(['2020-06-01']))['dhi']).ravel()[0])"
                ),
                "weather",
            ),
            "pvlib.irradiance:haydavies": (
                "float(irradiance.haydavies(30, 180, x[1] / 3, x[1], 1300, x[0], 170))",
                "weather",
            ),
            "pvlib.irradiance:isotropic": ("float(irradiance.isotropic(30, x[1]))", "weather"),
            "pvlib.pvsystem:physicaliam": ("float(pvsystem.physicaliam(min(x[0], 89.0)))", "weather"),
            "pvlib.pvsystem:ashraeiam": ("float(pvsystem.ashraeiam(x[0]))", "weather"),
        },
    ),
)
