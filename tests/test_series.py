import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bisect_ml.errors import ConfigError
from bisect_ml.series import DAY_S, HOUR_S, MAX_BUCKETS, NICE_WIDTHS_S, choose_width_s, parse_width_s


class Rows:
    """Rows at given seconds."""

    def __init__(self, seconds: NDArray[np.float64]) -> None:
        self.seconds = seconds
        self.start = float(seconds.min())
        self.end = float(seconds.max())

    def row_counts(self, width_s: float) -> NDArray[np.int64]:
        cells = (self.seconds // width_s).astype(np.int64)
        return np.bincount(cells - cells.min())


def even(rows: int, days: float) -> Rows:
    return Rows(np.linspace(0, days * DAY_S, rows))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15min", 900),
        ("1h", 3_600),
        ("1d", 86_400),
        (" 30 S ", 30),
        ("90", 90),
        ("1.5h", 5_400),
        ("2w", 1_209_600),
        ("5m", 300),
    ],
)
def test_widths_are_read_from_text(text: str, seconds: int) -> None:
    assert parse_width_s(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "h", "0h", "-1h", "1 fortnight", "1h30", "0.5s", "1e3", "1.0001s", "٣h"]
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="no bucket width"):
        parse_width_s(text)


@pytest.mark.parametrize(
    ("rows", "days", "width_s"),
    [
        (50_000, 40, HOUR_S),
        (230_000, 40, 1_800),
        (10_000_000, 60, HOUR_S),
        (200_000, 70, HOUR_S),
        (5_000, 90, 6 * HOUR_S),
        (1_000, 365, 7 * DAY_S),
        (1_000_000, 1, 60),
        (100_000, 2_000, DAY_S),
    ],
)
def test_the_usual_logs(rows: int, days: float, width_s: int) -> None:
    assert choose_width_s(even(rows, days)) == width_s


def test_nightly_batches_get_a_bucket_each() -> None:
    nights = (np.arange(300)[:, None] * DAY_S + np.linspace(0, 600, 1_000)).ravel()
    width_s = choose_width_s(Rows(nights))
    counts = Rows(nights).row_counts(width_s)
    assert counts[counts > 0].min() == 1_000


def test_a_burst_does_not_make_the_usual_bucket_thin() -> None:
    calm, burst = np.linspace(0, 40 * DAY_S, 20_000), np.linspace(DAY_S, DAY_S + 60, 1_000_000)
    assert choose_width_s(Rows(np.concatenate([calm, burst]))) == choose_width_s(even(20_000, 40))


@given(
    seconds=st.lists(st.floats(0, 3e8, allow_nan=False), min_size=2, max_size=60),
    width_s=st.sampled_from(NICE_WIDTHS_S),
)
def test_any_rows_get_a_nice_width_with_few_buckets(seconds: list[float], width_s: int) -> None:
    rows = Rows(np.array(seconds) % (width_s * 1_000))
    chosen = choose_width_s(rows)
    assert chosen in NICE_WIDTHS_S
    assert (rows.end - rows.start) / chosen <= MAX_BUCKETS or chosen == NICE_WIDTHS_S[-1]
