import numpy as np
import pytest

from bisect_ml.change_points import detect
from bisect_ml.change_points.beside import profile_beside
from bisect_ml.change_points.whitening import Whitened, noise_at


def test_every_place_is_what_fitting_all_again_gives() -> None:
    rng = np.random.default_rng(3)
    n = 40
    u = np.linspace(-1, 1, n)
    bends = np.column_stack([u, u * u])
    step = np.cumsum(rng.integers(1, 3, n)).astype(np.float64)
    noise = noise_at(step, rng.uniform(0.5, 2, n), 0.6)
    whitened, columns = Whitened(rng.standard_normal(n) + 2 * u, noise), noise.whiten(bends)
    cost, _ = profile_beside(whitened, [15], columns)
    for at in (4, 9, 22, 35):
        again = whitened.levels_beside(sorted([15, at]), columns)[1]
        assert cost[at] == pytest.approx(again)


@pytest.mark.parametrize("seed", [2, 4, 8, 11])
def test_a_step_that_the_drift_has_drawn_in_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(260)
    for k in range(1, 260):
        noise[k] = 0.4 * noise[k - 1] + 0.9 * noise[k]
    values = noise + 3 * np.linspace(0, 1, 260) ** 2
    values[65:] += 2
    (change,) = detect(values)
    assert change.interval[0] <= 65 <= change.interval[1]
