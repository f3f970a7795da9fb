"""One line of commits from a good one to a bad one: which to run next, and when no run is left to make.

Positions count from 0, the good commit before the line, to the last unit, which is bad. The search keeps a
good position below a bad one whatever it hears, so that it ends at a true step from good to bad even
where the line has several (broken, mended, broken again).
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

# A reading counts once it is this sure; the two at the edge that is found must be surer, taken together.
DECIDED = math.log(0.95 / 0.05)
CERTAIN = 0.99
# After this many builds that do not run between a good and a bad one, what lies among them is not tried.
PATIENCE = 8
HOPELESS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known of a line.

    `weights` say how likely each unit is the first bad one, for the positions from 1 on. `log_odds` hold,
    for each position, the log odds that it is bad: 0 where nothing is known, infinite where no run
    could change it. `skipped` are the positions that cannot run.
    """

    weights: Sequence[float]
    log_odds: Sequence[float]
    skipped: Collection[int]

    def edge(self) -> tuple[int, int]:
        """Return the likeliest pair of a good position and the next bad one, of those that are decided."""
        pairs = []
        low = 0
        for position, odds in enumerate(self.log_odds):
            if odds <= -DECIDED:
                low = position
            elif odds >= DECIDED:
                if self.log_odds[low] <= -DECIDED:
                    pairs.append((low, position))
                low = position
        return max(pairs, key=lambda pair: sum(self.weights[pair[0] : pair[1]]))

    def next_position(self) -> int | None:
        """Return the position whose run is expected to tell most, None where the search is at its end.

        A position between a good and a bad one tells most where it halves the probability that lies
        between them (the entropy of the answer), less the chance that it does not run either.
        """
        low, high = self.edge()
        between = [at for at in range(low + 1, high) if at not in self.skipped]
        doubtful = [at for at in between if self.log_odds[at]]
        if doubtful:
            return max(doubtful, key=lambda at: abs(self.log_odds[at]))
        if between and not self._is_hopeless(low, high, between):
            return self._most_telling(low, high, between)
        if self.certainty() >= CERTAIN:
            return None
        return min((low, high), key=lambda at: abs(self.log_odds[at]))

    def certainty(self) -> float:
        """Return the probability that both ends of the edge are what they seem.

        Of all positions that were run the search ends at the two that fit, so each doubt counts as often
        as there were positions (Bonferroni).
        """
        doubt = 1 - math.prod(_chance(abs(self.log_odds[at])) for at in self.edge())
        tried = sum(odds != 0 and math.isfinite(odds) for odds in self.log_odds)
        return 1 - doubt * max(1, tried)

    def _most_telling(self, low: int, high: int, between: Sequence[int]) -> int:
        total = sum(self.weights[low:high])
        below, summed = {}, 0.0
        for position in range(low + 1, high):
            summed += self.weights[position - 1]
            below[position] = summed / total
        middle = (low + high) / 2
        return max(
            between,
            key=lambda at: (
                round((1 - self._skip_chance(at, low, high)) * _entropy(below[at]), 9),
                -abs(at - middle),
            ),
        )

    def _skip_chance(self, position: int, low: int, high: int) -> float:
        """Return how likely a build does not run: breakage comes in stretches, and long ones are long."""
        near = [at for at in self.skipped if low < at < high]
        if not near:
            return 0.0
        if min(near) < position < max(near):
            return float(1 - 0.5 ** len(near))
        stretch = 1 + max(near) - min(near)
        distance = min(abs(position - at) for at in near)
        return float(0.5 ** (distance / stretch))

    def _is_hopeless(self, low: int, high: int, between: Sequence[int]) -> bool:
        tried = sum(low < at < high for at in self.skipped)
        return tried >= PATIENCE and all(self._skip_chance(at, low, high) >= HOPELESS for at in between)


def _entropy(share: float) -> float:
    if not 0 < share < 1:
        return 0.0
    return -share * math.log(share) - (1 - share) * math.log(1 - share)


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
