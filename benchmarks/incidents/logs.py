"""The rows of a prediction log: seasonal traffic over a pool of inputs, scored by the code that is live."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.incidents.pools import Input
from bisect_ml.types import FloatArray

HOUR_S = 3600.0
_DEVICES = {"web": 0.6, "ios": 0.25, "android": 0.15}
_REGIONS = {"en_US": 0.5, "de_DE": 0.2, "pt_BR": 0.2, "ja_JP": 0.1}

Weights = Callable[[FloatArray], FloatArray]
"""Epoch seconds → moment × input: how many times as often an input is asked for as usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """From `start` on (epoch seconds) the code of `sha` serves; over `ramp_s` it takes over row by row."""

    start: float
    values: FloatArray
    sha: str
    ramp_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Who asks, when, and how much: `rate` rows an hour on average, none inside `gaps`."""

    start: float
    hours: int
    rate: float
    gaps: tuple[tuple[float, float], ...] = ()
    weights: Weights | None = None
    columns: tuple[str, ...] = ()
    version: bool = False
    feature: bool = False
    noise: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a log in order of time; `inputs` is the place of each in the pool."""

    times: FloatArray
    inputs: NDArray[np.intp]
    values: FloatArray
    columns: dict[str, list[str]] = field(default_factory=dict)
    features: dict[str, FloatArray] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the rows as Parquet."""
        stamps = pa.array((self.times * 1e6).astype("int64")).cast(pa.timestamp("us", tz="UTC"))
        prediction = pa.array(self.values, from_pandas=True)
        pq.write_table(
            pa.table({"timestamp": stamps, "prediction": prediction, **self.columns, **self.features}), path
        )


def draw(traffic: Traffic, pool: Sequence[Input], regimes: Sequence[Regime], seed: int) -> Rows:
    """Return the rows of a log.

    The rate rises and falls by day and week, and each slice has hours of its own, so that the mix of
    traffic has a season too.
    """
    rng = np.random.default_rng(seed)
    own = random.Random(seed)
    at = traffic.start + HOUR_S * (np.arange(traffic.hours, dtype=np.float64) + 0.5)
    clock = at / HOUR_S
    season = 1 + 0.5 * np.sin(2 * np.pi * (clock - 9) / 24) + 0.25 * np.cos(2 * np.pi * clock / 168)
    mix = np.tile(rng.gamma(1.5, size=len(pool)), (traffic.hours, 1))
    column = next(iter(pool[0].slices))
    for value in sorted({each.slices[column] for each in pool}):
        mine = np.array([each.slices[column] == value for each in pool])
        share, phase, swing = own.uniform(0.4, 2.0), own.uniform(0, 24), own.uniform(0, 0.35)
        mix[:, mine] *= share * (1 + swing * np.sin(2 * np.pi * (clock - phase) / 24))[:, None]
    if traffic.weights is not None:
        mix *= traffic.weights(at)
    mix /= mix.sum(axis=1, keepdims=True)
    counts = rng.poisson(traffic.rate * season[:, None] * mix)
    hour, which = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    times = traffic.start + HOUR_S * (hour + rng.random(len(hour)))
    for low, high in traffic.gaps:
        kept = (times < low) | (times >= high)
        times, which = times[kept], which[kept]
    order = np.argsort(times)
    times, which = np.floor(times[order]), which[order]
    live = _live(times, regimes, rng)
    values = np.stack([each.values for each in regimes])[live, which]
    columns = {name: [pool[each].slices[name] for each in which] for name in pool[0].slices}
    for name, shares in (("device", _DEVICES), ("locale", _REGIONS)):
        if name in traffic.columns:
            columns[name] = rng.choice(list(shares), size=len(times), p=list(shares.values())).tolist()
    if traffic.version:
        columns["model_version"] = [regimes[each].sha[:7] for each in live]
    features = {}
    if traffic.feature:
        length = np.array([len(str(each.value)) for each in pool], dtype=np.float64)
        features["input_length"] = length[which]
    return Rows(times=times, inputs=which, values=values, columns=columns, features=features)


def _live(times: FloatArray, regimes: Sequence[Regime], rng: np.random.Generator) -> NDArray[np.intp]:
    """Return which regime served each row."""
    live = np.zeros(len(times), dtype=np.intp)
    for place, regime in enumerate(regimes):
        share = (
            np.clip((times - regime.start) / regime.ramp_s, 0, 1) if regime.ramp_s else times >= regime.start
        )
        live[rng.random(len(times)) < share] = place
    return live
