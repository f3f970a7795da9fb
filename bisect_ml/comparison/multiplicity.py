"""Many tests at once: the false discovery rate."""

from collections.abc import Sequence

import numpy as np


def false_discovery(p: Sequence[float]) -> tuple[float, ...]:
    """Return the q value of each p value: the least rate at which it would be among the discoveries.

    Benjamini and Hochberg (1995).
    """
    if not p:
        return ()
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    falling = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    q = np.empty(len(values))
    q[order] = falling
    return tuple(float(one) for one in q)
