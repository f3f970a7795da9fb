"""Estimates of an effect: how large it is, how surely, and how likely were it inside a margin.

Two kinds: what is normal (or Student's t) on a working scale, and a share of rows, which is binomial.
"""

import math
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from scipy.special import betainc, betaincinv, ndtri, stdtr, stdtrit

Scale: TypeAlias = Literal["log", "linear"]

# The 90 % interval has 5 % on either side: it lies inside a margin when both one-sided tests of
# Schuirmann (1987) reject at 5 %.
TAIL = 0.05
Z_TAIL = float(ndtri(1 - TAIL))
# The smallest effect that is seen: two-sided 5 %, power 80 %.
Z_SEEN = float(ndtri(0.975) + ndtri(0.8))
# What it takes to prove or refute: one-sided 5 %, power 80 %.
Z_DECIDED = float(ndtri(1 - TAIL) + ndtri(0.8))
# More rows than anybody has say no more than "cannot be decided".
MOST_ROWS = 10**12
LARGEST_LOG = 700.0


class Estimate(Protocol):
    """How large an effect is and how surely; fractions, on the scale that is shown."""

    @property
    def effect(self) -> float:
        """The effect that was seen."""

    @property
    def interval(self) -> tuple[float, float]:
        """Its 90 % interval."""

    def interval_at(self, tail: float) -> tuple[float, float]:
        """Return the interval that leaves out this probability on either side."""

    @property
    def mde(self) -> float:
        """The smallest effect that this many rows would show."""

    def p_beyond(self, margin: float) -> float:
        """Return the p value of such an effect, were the true one inside the margin.

        Murphy and Myors (1999), minimum-effect test.
        """

    def rows_needed(self, rows: int, margin: float) -> int | None:
        """Return how many rows would tell on which side of the margin the effect lies, None for too many."""

    def spread(self, other: "Estimate") -> tuple[float, float]:
        """Return how far the effect of another population lies from this one, and its standard error."""

    @property
    def error(self) -> float:
        """The standard error, on the scale that is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalEstimate:
    """An estimate whose error is normal, or Student's t with `freedom`, on a working scale.

    `estimate` is a logarithm of a ratio on the scale `log`. `below` and `above` are its standard errors
    downwards and upwards, `test_error` is the one for tests where tails are heavier than the interval shows,
    `least_p` the smallest p value that the method can give.
    """

    estimate: float
    below: float
    above: float
    scale: Scale = "linear"
    freedom: float = math.inf
    test_error: float = 0.0
    least_p: float = 0.0

    @property
    def effect(self) -> float:
        """The effect that was seen."""
        return self._shown(self.estimate)

    @property
    def interval(self) -> tuple[float, float]:
        """Its 90 % interval."""
        return self.interval_at(TAIL)

    def interval_at(self, tail: float) -> tuple[float, float]:
        """Return the interval that leaves out this probability on either side."""
        width = float(-ndtri(tail) if math.isinf(self.freedom) else stdtrit(self.freedom, 1 - tail))
        return self._shown(self.estimate - width * self.below), self._shown(
            self.estimate + width * self.above
        )

    @property
    def mde(self) -> float:
        """The smallest effect that this many rows would show."""
        return self._shown(Z_SEEN * max(self.below, self.above))

    @property
    def error(self) -> float:
        """The standard error, on the scale that is shown."""
        steep = math.exp(min(self.estimate, LARGEST_LOG)) if self.scale == "log" else 1.0
        return max(self.below, self.above) * steep

    def p_beyond(self, margin: float) -> float:
        """Return the p value of such an effect, were the true one inside the margin."""
        up = self.estimate >= 0
        bound = abs(self._worked(margin if up else -margin))
        error = max(self.below if up else self.above, self.test_error)
        if error == 0:
            beyond = abs(self.estimate) > bound
            return self.least_p if beyond else 1.0
        far, near = (-abs(self.estimate) - bound) / error, (bound - abs(self.estimate)) / error
        p = self._lower_tail(far) + self._lower_tail(near)
        return min(max(p, self.least_p), 1.0)

    def rows_needed(self, rows: int, margin: float) -> int | None:
        """Return how many rows would tell on which side of the margin the effect lies."""
        bound = abs(self._worked(margin if self.estimate >= 0 else -margin))
        gap = abs(bound - abs(self.estimate))
        error = max(self.below, self.above, self.test_error)
        # A product of floats overflows to infinity, a power of one raises.
        times = Z_DECIDED * error / gap if gap > 0 else math.inf
        needed = rows * times * times
        return max(math.ceil(needed), rows + 1) if needed < MOST_ROWS else None

    def spread(self, other: Estimate) -> tuple[float, float]:
        """Return how far the effect of another population lies from this one, and its standard error."""
        return other.effect - self.effect, math.hypot(self.error, other.error)

    def _lower_tail(self, at: float) -> float:
        if math.isinf(at):
            return 0.0 if at < 0 else 1.0
        return float(stdtr(min(self.freedom, 1e12), at))

    def _shown(self, value: float) -> float:
        if self.scale == "linear":
            return value
        return math.expm1(value) if value < LARGEST_LOG else math.inf

    def _worked(self, shown: float) -> float:
        if self.scale == "linear":
            return shown
        return math.log1p(shown) if shown > -1 else -math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareEstimate:
    """A share of rows: `hits` of `rows`, which may be fewer than were counted where they are not independent.

    The interval is that of Clopper and Pearson (1934), which never promises too much.
    """

    hits: float
    rows: float

    @property
    def effect(self) -> float:
        """The share that was seen."""
        return self.hits / self.rows

    @property
    def interval(self) -> tuple[float, float]:
        """Its 90 % interval."""
        return self.interval_at(TAIL)

    def interval_at(self, tail: float) -> tuple[float, float]:
        """Return the interval that leaves out this probability on either side."""
        return _share_interval(self.hits, self.rows, tail)

    @property
    def mde(self) -> float:
        """The smallest share that this many rows would show."""
        return Z_SEEN * self.error

    @property
    def error(self) -> float:
        """The standard error; not zero where nothing was seen."""
        share = (self.hits + 1) / (self.rows + 2)
        return math.sqrt(share * (1 - share) / self.rows)

    def p_beyond(self, margin: float) -> float:
        """Return the p value of so many hits, were the true share at the margin."""
        if self.hits <= 0:
            return 1.0
        if margin >= 1:
            return 1.0
        return float(betainc(self.hits, self.rows - self.hits + 1, margin))

    def rows_needed(self, rows: int, margin: float) -> int | None:
        """Return how many rows with the same share would lie on one side of the margin."""
        if self.effect == margin:
            return None

        def decided(times: float) -> bool:
            low, high = _share_interval(self.hits * times, self.rows * times)
            return high <= margin if self.effect < margin else low > margin

        few, many = 1.0, 2.0
        while not decided(many):
            few, many = many, 2 * many
            if many * rows > MOST_ROWS:
                return None
        while many - few > 0.01 * few:
            middle = (few + many) / 2
            few, many = (few, middle) if decided(middle) else (middle, many)
        return max(math.ceil(rows * many), rows + 1)

    def spread(self, other: Estimate) -> tuple[float, float]:
        """Return how far the share of another population lies from this one, and its standard error."""
        return other.effect - self.effect, math.hypot(self.error, other.error)


def _share_interval(hits: float, rows: float, tail: float = TAIL) -> tuple[float, float]:
    low = float(betaincinv(hits, rows - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, rows - hits, 1 - tail)) if hits < rows else 1.0
    return low, high
