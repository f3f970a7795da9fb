"""What is fed to the functions of the histories, and the slices of traffic that each input belongs to."""

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


Maker = Callable[[random.Random], Any]


def pool_of(column: str, kinds: dict[str, Maker], count: int = 32) -> Callable[[random.Random], list[Input]]:
    """Return a pool of so many inputs of each kind, in which the kind is a slice."""

    def made(rng: random.Random) -> list[Input]:
        return [
            Input(value=make(rng), slices={column: kind})
            for kind, make in kinds.items()
            for _ in range(count)
        ]

    return made


def lines(text: str) -> Maker:
    """Return a maker of one of the lines, in which `⏎` stands for a new line and `⇥` for a tab."""
    found = [each.strip().replace("⏎", "\n").replace("⇥", "\t") for each in text.strip().splitlines()]
    return lambda rng: rng.choice(found)


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
        "short": lambda: sentence(rng, 3, 6),
        "article": lambda: " ".join(sentence(rng, 8, 22) for _ in range(rng.randint(3, 8))),
        "shouting": lambda: sentence(rng, 4, 9).upper().rstrip(".") + "!!!",
        "chat": lambda: (
            sentence(rng, 2, 7).lower().rstrip(".") + rng.choice([" :)", " :(", "...", "?!", " lol"])
        ),
        "list": lambda: "\n".join(f"{n}. {sentence(rng, 2, 5)}" for n in range(1, 5)),
        "form": lambda: rng.choice(["", "N/A", "-", "1234", "yes", "  ", "O'Neil", "don't can't"]),
    }
    return [Input(value=make(), slices={"style": name}) for name, make in styles.items() for _ in range(40)]


def sentence(rng: random.Random, low: int, high: int) -> str:
    """Return a made-up sentence of about that many words."""
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
