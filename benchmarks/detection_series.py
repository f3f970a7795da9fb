"""Seeded series with known changes, and noise that is not what the detector assumes.

The detector's model is AR(1) noise around a smooth season. Here the noise is ARMA with a slow and a fast
part, of long memory, in bursts, of heavy tails, of small counts, of rates with few rows, or that of a
machine which is slow for a while; the season follows a real calendar; times may be irregular.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.signal import lfilter

from bisect_ml.types import FloatArray

HOUR_S = 3600.0
WEEKEND = 5  # Saturday, where weeks start on Monday
CHANGES = ("none", "1 sigma", "2 sigma", "4 sigma", "temporary", "x10", "spread x3", "ramp")
SPIN_UP = 300


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A series, what is known of it, and the indices at which it changed."""

    noise: str
    change: str
    values: FloatArray
    truth: tuple[int, ...]
    counts: FloatArray | None = None
    times: FloatArray | None = None
    period: float | None = None


def cases(seed: int, clean: int, changed: int, longest: int) -> Iterator[Case]:
    """`clean` unchanged series of each noise, and `changed` of each noise and change."""
    for noise in NOISES:
        for change in CHANGES:
            for k in range(clean if change == "none" else changed):
                key = [seed, list(NOISES).index(noise), CHANGES.index(change), k]
                yield make(noise, change, np.random.default_rng(key), longest)


def make(noise: str, change: str, rng: np.random.Generator, longest: int) -> Case:
    """One series of 200 to `longest` points."""
    n = int(np.exp(rng.uniform(np.log(200), np.log(longest))))
    step, scale, truth = _change(change, n, rng)
    if noise in ("small counts", "rates"):
        return _counted(noise, change, step, scale, truth, rng)
    z = NOISES[noise](n, rng)
    z = _floats(scale * z / float(np.std(z)) + step)
    times = _floats(1.6e9 // HOUR_S * HOUR_S + HOUR_S * (rng.integers(0, 9999) + np.arange(n)))
    if noise == "calendar":
        z += _calendar(times, rng)
    if noise == "machine":
        times = _floats(1.6e9 + np.cumsum(rng.exponential(6 * HOUR_S, n) + 60))
    if change == "x10":
        level = (z + 12) * np.where(np.arange(n) >= truth[0], 10.0, 1.0)
    else:
        level = z + rng.uniform(-20, 20)
    has_clock = noise in ("calendar", "machine")
    return Case(
        noise=noise,
        change=change,
        values=level * 10 ** rng.uniform(-3, 4),
        truth=truth,
        times=times if has_clock else None,
    )


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _change(change: str, n: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray, tuple[int, ...]]:
    """The shift in deviations of the noise, the factor on the noise, and where."""
    step, scale = np.zeros(n), np.ones(n)
    at, sign = int(rng.uniform(0.1, 0.9) * n), float(rng.choice([-1, 1]))
    if change.endswith("sigma"):
        step[at:] = sign * float(change.removesuffix(" sigma"))
    elif change == "temporary":
        stop = at + int(rng.uniform(12, 48))
        step[at:stop] = 3.5 * sign
        return step, scale, (at,) if stop >= n else (at, stop)
    elif change == "spread x3":
        at = int(rng.uniform(0.3, 0.7) * n)
        scale[at:] = 3
    elif change == "ramp":
        step = 4 * sign * np.clip((np.arange(n) - at) / rng.uniform(6, 24), 0, 1)
    return step, scale, () if change == "none" else (at,)


def _counted(
    noise: str,
    change: str,
    step: FloatArray,
    scale: FloatArray,
    truth: tuple[int, ...],
    rng: np.random.Generator,
) -> Case:
    """Medians of a few small counts, or the share of rare rows among a daily traffic."""
    n = len(step)
    traffic = 20 + 400 * (1 + np.sin(2 * np.pi * np.arange(n) / 24)) * rng.uniform(0.3, 2)
    rows = rng.poisson(traffic).astype(np.float64)
    factor = np.where(np.arange(n) >= truth[0], 10.0, 1.0) if change == "x10" else 1.0
    if noise == "small counts":
        mean = np.maximum(3 + np.sqrt(3) * step, 0.1) * factor
        drawn = (
            rng.poisson(mean[None, :], (3, n)) if change != "spread x3" else rng.poisson(3 * scale, (3, n))
        )
        return Case(noise=noise, change=change, values=np.median(drawn, axis=0), truth=truth, period=24)
    share = rng.uniform(0.01, 0.06)
    usual = np.sqrt(share * (1 - share) / rows.mean())
    chance = np.clip((share + usual * step) * factor * (scale if change == "spread x3" else 1), 1e-4, 0.9)
    hits = rng.binomial(rows.astype(np.int64), chance)
    with np.errstate(invalid="ignore"):
        values = hits / rows
    return Case(noise=noise, change=change, values=values, truth=truth, counts=rows, period=24)


def _calendar(times: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A day with two humps and quiet weekends, by a clock that is offset from UTC."""
    day = times / 86_400 + rng.integers(-11, 13) / 24
    hump = np.sin(2 * np.pi * day) + 0.5 * np.cos(4 * np.pi * day)
    weekend = (np.floor(times / 86_400) + 3) % 7 >= WEEKEND
    return np.asarray(rng.uniform(1, 3) * (hump * np.where(weekend, 0.5, 1.0) - 0.9 * weekend))


def _two_speeds(n: int, rng: np.random.Generator) -> FloatArray:
    slow = lfilter([1.0], [1.0, -rng.uniform(0.8, 0.93)], rng.standard_normal(n + SPIN_UP))[SPIN_UP:]
    return np.asarray(slow / np.std(slow) + rng.uniform(0.7, 1.5) * rng.standard_normal(n))


def _long_memory(n: int, rng: np.random.Generator) -> FloatArray:
    """Fractionally integrated noise of order 0.1 to 0.3, by its moving average."""
    k = np.arange(1, SPIN_UP)
    weights = np.concatenate([[1.0], np.cumprod((k - 1 + rng.uniform(0.1, 0.3)) / k)])
    return np.convolve(rng.standard_normal(n + SPIN_UP), weights, "valid")[:n]


def _bursts(n: int, rng: np.random.Generator) -> FloatArray:
    """Noise whose deviation wanders by a factor of about two."""
    wander = lfilter([1.0], [1.0, -0.97], rng.standard_normal(n + SPIN_UP) * 0.24)[SPIN_UP:]
    return np.asarray(np.exp(0.6 * wander) * rng.standard_normal(n))


def _heavy(n: int, rng: np.random.Generator) -> FloatArray:
    z = rng.standard_t(3, n)
    spikes = rng.random(n) < 0.005
    return np.where(spikes, z + rng.choice([-25.0, 25.0], n), z)


def _machine(n: int, rng: np.random.Generator) -> FloatArray:
    """Skewed noise on a machine that is one or two deviations slower now and then, for a few runs."""
    slow = np.zeros(n)
    for start in np.flatnonzero(rng.random(n) < 0.02):
        slow[start : start + int(rng.integers(1, 5))] = rng.uniform(0.5, 2)
    return np.asarray(rng.gamma(4, 0.5, n) + slow)


def _white(n: int, rng: np.random.Generator) -> FloatArray:
    return rng.standard_normal(n)


NOISES: dict[str, Callable[[int, np.random.Generator], FloatArray]] = {
    "white": _white,
    "two speeds": _two_speeds,
    "long memory": _long_memory,
    "bursts": _bursts,
    "heavy": _heavy,
    "calendar": _white,
    "machine": _machine,
    "small counts": _white,
    "rates": _white,
}
