import json

import numpy as np

from bisect_ml.charts import chart
from tests.nouns import step_series


def test_a_long_series_is_thinned_but_keeps_its_extremes() -> None:
    series = step_series(at=10_000, n=20_000)
    series.values[7_777] = 99.0
    series.values[300] = np.nan
    drawn = chart(series, points=1_000)
    assert len(drawn.times) <= 1_000
    assert max(value for value in drawn.values if value is not None) == 99.0
    json.dumps(drawn.values, allow_nan=False)


def test_values_have_six_digits_and_gaps_none() -> None:
    series = step_series(at=2, n=4, before=1 / 3, after=2e9 / 3, noise=0.0)
    series.values[1] = np.nan
    assert chart(series).values == (0.333333, None, 666667000.0, 666667000.0)
