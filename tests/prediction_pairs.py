"""Pairs of prediction sets with a known difference, in the shape that `check` was measured on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

SHIFTED = "region=region-07"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How many rows, in how many slices, with how many missing."""

    rows: int = 20_000
    regions: int = 20
    missing: float = 0.005


def make_predictions(shape: Shape | None = None, *, seed: int = 0) -> pd.DataFrame:
    """Lognormal arrival times (sd/mean 0.55) in minutes, in slices of one size."""
    shape = shape or Shape()
    rng = np.random.default_rng(seed)
    numbers = np.arange(shape.rows)
    frame = pd.DataFrame(
        {
            "order_id": numbers,
            "region": [f"region-{one % shape.regions:02d}" for one in numbers],
            "eta": rng.lognormal(3.0, np.sqrt(np.log(1 + 0.55**2)), shape.rows),
        }
    )
    frame.loc[rng.random(shape.rows) < shape.missing, "eta"] = np.nan
    return frame


def scaled(frame: pd.DataFrame, factor: float, region: str | None = None) -> pd.DataFrame:
    """All predictions times a factor, or those of one region."""
    changed = frame.copy()
    rows = slice(None) if region is None else changed["region"] == region
    changed.loc[rows, "eta"] *= factor
    return changed


def with_nulls(frame: pd.DataFrame, share: float, *, seed: int = 1) -> pd.DataFrame:
    """A share of the predictions missing, beside those that are."""
    changed = frame.copy()
    changed.loc[np.random.default_rng(seed).random(len(frame)) < share, "eta"] = np.nan
    return changed


def swapped(frame: pd.DataFrame, share: float, *, seed: int = 2) -> pd.DataFrame:
    """A share of the rows with the predictions of one another."""
    changed = frame.copy()
    rows = np.random.default_rng(seed).choice(len(frame), round(share * len(frame)), replace=False)
    changed.loc[rows, "eta"] = frame["eta"].to_numpy()[np.roll(rows, 1)]
    return changed


def with_float_noise(frame: pd.DataFrame, size: float = 1e-7, *, seed: int = 3) -> pd.DataFrame:
    """Every prediction off by what another order of additions makes of it."""
    noise = np.random.default_rng(seed).standard_normal(len(frame))
    return frame.assign(eta=frame["eta"] * (1 + size * noise))
