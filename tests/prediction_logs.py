"""Prediction logs for tests, and what pandas makes of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from bisect_ml.types import FloatArray, Series

START = pd.Timestamp("2026-03-02T00:00:00Z")


def make_frame(rows: int = 4_000, *, days: float = 5.0, seed: int = 7) -> pd.DataFrame:
    """A log with nulls, a gap of half a day, two slice columns, a feature and a version."""
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.uniform(0, days * 86_400, rows))
    seconds = seconds[(seconds < 1.5 * 86_400) | (seconds > 2.0 * 86_400)]
    frame = pd.DataFrame({"ts": START + pd.to_timedelta(np.round(seconds, 6), unit="s")})
    frame["ts"] = frame["ts"].dt.as_unit("us")
    number = len(frame)
    frame["score"] = rng.gamma(2.0, 10.0, number)
    frame.loc[rng.random(number) < 0.05, "score"] = np.nan
    frame["country"] = rng.choice(["BR", "DE", "US"], number, p=[0.1, 0.3, 0.6])
    frame["tier"] = rng.choice(["free", "paid"], number)
    frame.loc[rng.random(number) < 0.1, "tier"] = None
    frame["amount"] = rng.normal(100, 20, number)
    frame["model_version"] = np.where(seconds < 3 * 86_400, "v1", "v2")
    return frame


def reference(frame: pd.DataFrame, width_s: int, column: str = "score") -> pd.DataFrame:
    """Count, null rate, mean, standard deviation and quantiles per bucket, by pandas."""
    starts = frame["ts"].astype("int64").floordiv(width_s * 10**6) * width_s
    grid = np.arange(starts.min(), starts.max() + 1, width_s)
    groups = frame.groupby(starts)[column]
    found = pd.DataFrame(
        {
            "count": groups.size(),
            "filled": groups.count(),
            "mean": groups.mean(),
            "std": groups.std(),
            "p05": groups.quantile(0.05),
            "p50": groups.quantile(0.5),
            "p95": groups.quantile(0.95),
        }
    ).reindex(grid)
    found[["count", "filled"]] = found[["count", "filled"]].fillna(0)
    found["null_rate"] = 1 - found["filled"] / found["count"]
    return found


def named(series: Sequence[Series]) -> dict[str, Series]:
    """The series by name, each name once."""
    found = {one.name: one for one in series}
    assert len(found) == len(series)
    return found


def assert_equal(found: FloatArray, expected: object, relative: float = 1e-12) -> None:
    """Compare two arrays of numbers, NaN equal to NaN."""
    np.testing.assert_allclose(found, np.asarray(expected, dtype=float), rtol=relative, atol=1e-12)


def write_rows(path: Path, lines: Sequence[str]) -> Path:
    """Write lines of text to a file and return it."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
