"""What the ranking says of mistakes planted in services of many languages: `python -m benchmarks.services`.

Each mistake ships in one deploy with harmless commits: settings of other environments and of machines,
packages, dashboards, documentation. Printed is the probability that its commit got and its place among the
suspects, with the entry point given and without. The scorers were mended on these services, so the figures
are no estimate for others; they show what would go wrong again.
"""

import tempfile
from pathlib import Path
from statistics import fmean

from bisect_ml.saved_report import Report
from tests.services import SERVICES
from tests.services.planting import Mistake, Service, plant


def main() -> None:
    """Print a line for each mistake, and how many came first."""
    print(f"{'service':24}{'mistake':16}{'with entry':>12}{'without':>12}")
    placed: list[tuple[tuple[float, int], tuple[float, int]]] = []
    for service in SERVICES:
        for mistake in service.mistakes:
            found = _measure(service, mistake)
            placed.append(found)
            told = "".join(f"{f'{chance:.2f} ({place})':>12}" for chance, place in found)
            print(f"{service.name:24}{mistake.edit.name:16}{told}")
    for at, how in enumerate(("with an entry point", "without one")):
        chances = [each[at] for each in placed]
        first = sum(place == 1 for _, place in chances)
        print(f"{how}: {first} of {len(placed)} first, mean {fmean(chance for chance, _ in chances):.2f}")


def _measure(service: Service, mistake: Mistake) -> tuple[tuple[float, int], tuple[float, int]]:
    with tempfile.TemporaryDirectory() as folder:
        planted = plant(service, mistake, Path(folder))
        culprit = planted.repository[mistake.edit.name]
        return _place(planted.trace(service.entry), culprit), _place(planted.trace(None), culprit)


def _place(report: Report, culprit: str) -> tuple[float, int]:
    """Return the probability and place of a commit in the first incident, 0 and 0 where it is not named."""
    suspects = report.incidents[0].suspects if report.incidents else ()
    found = [(one.probability, place) for place, one in enumerate(suspects, 1) if one.sha == culprit]
    return found[0] if found else (0.0, 0)


if __name__ == "__main__":
    main()
