"""The orders that the shop sends: seasonal, a little bursty, the same on every run.

Each day is drawn from a seed of its own, so that one day can be made without the others.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

FIRST_DAY = datetime(2026, 4, 13, tzinfo=UTC)
DAYS = 63
ORDERS_PER_DAY = 3400

# A marketing campaign, and nothing else: more orders from one country, each of them like any other.
CAMPAIGN_COUNTRY = "ES"
CAMPAIGN_START = datetime(2026, 4, 28, 8, tzinfo=UTC)
CAMPAIGN_END = datetime(2026, 5, 3, 22, tzinfo=UTC)
CAMPAIGN_FACTOR = 3.8

WEEKDAY_VOLUME = (0.94, 0.92, 0.95, 0.98, 1.04, 1.12, 1.22)
WEEKDAY_AMOUNT = (0.97, 0.96, 0.97, 0.99, 1.03, 1.08, 1.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """How one country shops; amounts are in euros, `rate` is the euros per unit of its currency."""

    share: float
    utc_offset_hours: int
    currency: str
    rate: float
    median_eur: float
    guests: float
    payments: tuple[float, float, float, float]


PAYMENTS = ("card", "wallet", "invoice", "voucher")
MARKETS = {
    "DE": Market(
        share=0.34,
        utc_offset_hours=2,
        currency="EUR",
        rate=1.0,
        median_eur=44.0,
        guests=0.20,
        payments=(0.38, 0.24, 0.34, 0.04),
    ),
    "FR": Market(
        share=0.20,
        utc_offset_hours=2,
        currency="EUR",
        rate=1.0,
        median_eur=41.0,
        guests=0.22,
        payments=(0.66, 0.22, 0.05, 0.07),
    ),
    "NL": Market(
        share=0.14,
        utc_offset_hours=2,
        currency="EUR",
        rate=1.0,
        median_eur=39.0,
        guests=0.18,
        payments=(0.44, 0.36, 0.16, 0.04),
    ),
    "ES": Market(
        share=0.08,
        utc_offset_hours=2,
        currency="EUR",
        rate=1.0,
        median_eur=46.0,
        guests=0.32,
        payments=(0.68, 0.22, 0.03, 0.07),
    ),
    "PL": Market(
        share=0.11,
        utc_offset_hours=2,
        currency="PLN",
        rate=0.234,
        median_eur=33.0,
        guests=0.24,
        payments=(0.40, 0.42, 0.08, 0.10),
    ),
    "BR": Market(
        share=0.13,
        utc_offset_hours=-3,
        currency="BRL",
        rate=0.165,
        median_eur=36.0,
        guests=0.42,
        payments=(0.62, 0.26, 0.04, 0.08),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An order on its way to the scorer; `dice` in 0..1 decides which instance it meets in a roll-out."""

    at: datetime
    dice: float
    payload: dict[str, Any]


def requests_of_day(day: int) -> list[Request]:
    """Return the orders of one day of the log, 0 being the first, in order of time."""
    rng = random.Random(f"checkout {day}")
    midnight = FIRST_DAY + timedelta(days=day)
    requests = [
        _request(rng, code, at, factor)
        for hour, factor in enumerate(_amount_factors(day))
        for code, market in MARKETS.items()
        for at in _arrivals(rng, code, market, midnight + timedelta(hours=hour))
    ]
    return sorted(requests, key=lambda request: request.at)


def _amount_factors(day: int) -> list[float]:
    """How dear orders are in each hour: the weekday, and a slow noise that lasts for some hours."""
    rng = random.Random(f"amounts {day}")
    level = 0.0
    for _ in range(48):  # long enough to forget where it began
        level = 0.85 * level + rng.gauss(0, 0.02)
    weekday = WEEKDAY_AMOUNT[(FIRST_DAY + timedelta(days=day)).weekday()]
    factors = []
    for _ in range(24):
        level = 0.85 * level + rng.gauss(0, 0.02)
        factors.append(weekday * math.exp(level))
    return factors


def _hourly_volume(local_hour: float) -> float:
    """The day's shape, 1 on average: few at night, a bump at lunch and a larger one in the evening."""
    lunch = math.exp(-(((local_hour - 12.5) / 2.6) ** 2))
    evening = math.exp(-(((local_hour - 20.0) / 2.4) ** 2))
    late = math.exp(-(((local_hour + 24 - 20.0) / 2.4) ** 2))
    return 0.28 + 1.25 * lunch + 2.15 * (evening + late)


def _arrivals(rng: random.Random, code: str, market: Market, hour: datetime) -> Iterator[datetime]:
    local = hour + timedelta(hours=market.utc_offset_hours, minutes=30)
    volume = _hourly_volume(local.hour + 0.5) * WEEKDAY_VOLUME[local.weekday()]
    expected = ORDERS_PER_DAY / 24 * market.share * volume
    if code == CAMPAIGN_COUNTRY and CAMPAIGN_START <= hour < CAMPAIGN_END:
        expected *= CAMPAIGN_FACTOR
    for _ in range(max(0, round(rng.gauss(expected, 1.15 * math.sqrt(expected))))):
        yield hour + timedelta(milliseconds=rng.randrange(3_600_000))


def _request(rng: random.Random, code: str, at: datetime, factor: float) -> Request:
    market = MARKETS[code]
    evening = 1.0 + 0.12 * math.exp(-((((at.hour + market.utc_offset_hours) % 24 - 20.5) / 3) ** 2))
    amount_eur = market.median_eur * factor * evening * math.exp(rng.gauss(0, 0.55))
    payment = rng.choices(PAYMENTS, market.payments)[0]
    channel = "app" if rng.random() < 0.56 else "web"
    guest = rng.random() < market.guests
    account = {
        "age_days": int(rng.expovariate(1 / 650)),
        "orders_90d": int(rng.expovariate(1 / 2.2)),
        "chargebacks": int(rng.random() < 0.012),
    }
    fingerprint = f"{rng.getrandbits(64):016x}"
    payload = {
        "order_id": f"{code}-{rng.getrandbits(40):010x}",
        "created_at": at.isoformat(),
        "country": code,
        "currency": market.currency,
        # Carts with a price on request come without an amount.
        "amount_minor": None if rng.random() < 0.004 else max(100, round(amount_eur / market.rate * 100)),
        "payment": payment,
        "channel": channel,
        "items": 1 + int(rng.expovariate(1 / 1.6)),
        "same_address": rng.random() < 0.88,
        "account": None if guest else account,
        # The app hands wallet payments to the telephone's own sheet, which sends no fingerprint.
        "device": {"fingerprint": None if payment == "wallet" and channel == "app" else fingerprint},
    }
    return Request(at=at, dice=rng.random(), payload=payload)
