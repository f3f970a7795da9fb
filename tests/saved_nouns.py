"""Builders for the nouns of a saved report: deploys, charts, suspects and what is said of them."""

import hashlib
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np

from bisect_ml.saved_report import (
    ChangedFile,
    Chart,
    Hunk,
    Suspect,
)
from bisect_ml.types import Deploy, Direction, Evidence

START = datetime(2026, 1, 12, tzinfo=UTC)


DAYS = 70


def at(days: float) -> datetime:
    """Return the moment so many days into the sample log."""
    return START + timedelta(days=days)


def sha(number: int) -> str:
    """Return a made-up sha of 40 hex digits."""
    return hashlib.sha1(str(number).encode()).hexdigest()


def deploy(number: int, day: float, *, service: str | None = "scoring", status: str = "succeeded") -> Deploy:
    """Return a deploy of the sample service."""
    return Deploy(
        id=f"d{number}",
        ref=f"v1.{number}.0",
        sha=sha(1000 + number),
        service=service,
        environment="production",
        started_at=at(day),
        finished_at=at(day) + timedelta(minutes=6),
        status="failed" if status == "failed" else "succeeded",
    )


def chart(
    level: Callable[[float], float], *, hours: float = 6, noise: float = 0.04, days: int = DAYS
) -> Chart:
    """Draw a seasonal series around `level(day)`, without values on one outage night."""
    rng = np.random.default_rng(7)
    size = int(days * 24 / hours)
    times = START.timestamp() + np.arange(size) * hours * 3600
    values: list[float | None] = []
    for index in range(size):
        day = index * hours / 24
        season = 1 + 0.06 * math.sin(2 * math.pi * day) + 0.03 * math.sin(2 * math.pi * day / 7)
        value = level(day) * season * math.exp(noise * rng.standard_normal())
        values.append(None if 30.9 < day < 31.3 else float(f"{value:.5g}"))
    return Chart(times=tuple(times.tolist()), values=tuple(values), width_s=hours * 3600)


HUNK = Hunk(
    path="scoring/features/trip_duration.py",
    text=(
        "@@ -41,9 +41,9 @@ def trip_duration(pickup: Event, dropoff: Event) -> float:\n"
        " \n"
        "     Missing pickups give the city's median.\n"
        '     """\n'
        "     if pickup.at is None:\n"
        "         return MEDIAN_TRIP[pickup.city]\n"
        "-    elapsed = (dropoff.at - pickup.at).total_seconds()\n"
        "-    return elapsed\n"
        "+    elapsed_ms = (dropoff.at - pickup.at).total_seconds() * 1000\n"
        "+    return elapsed_ms\n"
        " \n"
        " \n"
        " def trip_distance(pickup: Event, dropoff: Event) -> float:\n"
    ),
    marks=("* 1000", "elapsed_ms"),
)


def suspect(
    number: int,
    probability: float,
    of: Deploy,
    subject: str,
    evidence: tuple[Evidence, ...],
    *,
    author: str = "Ines Duarte",
    direction: Direction = "shipped",
    hunk: Hunk | None = None,
    pull_request: str | None = None,
) -> Suspect:
    """Return a suspect commit of a deploy."""
    return Suspect(
        sha=sha(number),
        probability=probability,
        deploy=of,
        subject=subject,
        author=author,
        committed_at=of.started_at - timedelta(hours=20 + number),
        evidence=evidence,
        direction=direction,
        change=sha(number + 500) if pull_request else None,
        change_probability=min(1.0, probability + 0.02) if pull_request else None,
        pull_request=pull_request,
        files=(
            ChangedFile(path="scoring/features/trip_duration.py", status="M", added=2, removed=2),
            ChangedFile(path="tests/test_trip_duration.py", status="M", added=14, removed=3),
        ),
        hunk=hunk,
    )


def told(scorer: str, llr: float, sentence: str) -> Evidence:
    """Return one piece of evidence."""
    return Evidence(scorer=scorer, llr=llr, sentence=sentence)


DEPLOYS = tuple(deploy(number, 2.4 + number * 3.7) for number in range(18))


BAD, UNDO = DEPLOYS[12], DEPLOYS[14]
