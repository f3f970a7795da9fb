"""A small incident on disk: a repository whose second deploy multiplies the predictions, and its log."""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from tests.builders import Built, build_repository, commit

START = datetime(2026, 3, 1, tzinfo=UTC)
BREAK = START + timedelta(days=9, hours=14)

BEFORE = "SCALE = 1\n\n\ndef predict(x: float) -> float:\n    return x * SCALE\n"
AFTER = BEFORE.replace("SCALE = 1\n", "SCALE = 1000\n")


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where the parts of the incident lie, and which commit is to blame."""

    folder: Path
    log: Path
    deploys: Path
    repository: Built

    @property
    def culprit(self) -> str:
        return self.repository["culprit"]

    def arguments(self) -> list[str]:
        """The words after `bisect-ml` that trace this incident."""
        return ["trace", str(self.log), "--repo", str(self.repository.path), "--deploys", str(self.deploys)]


def make_site(folder: Path) -> Site:
    """Write a log of 16 days, two rows a minute on average, that rises a thousandfold after the deploy."""
    repository = build_repository(
        folder / "repository",
        [
            commit(
                "first", {"app/model.py": BEFORE, "README.md": "A model.\n"}, at=START - timedelta(days=9)
            ),
            commit("readme", {"README.md": "A model of things.\n"}, at=START + timedelta(days=7)),
            commit("culprit", {"app/model.py": AFTER}, at=START + timedelta(days=8), message="Tidy"),
            commit("docs", {"docs/use.md": "Call predict.\n"}, at=START + timedelta(days=8, hours=3)),
        ],
    )
    deploys = [
        (START - timedelta(days=5), "first"),
        (BREAK - timedelta(minutes=2), "docs"),
        (START + timedelta(days=13), "docs"),
    ]
    write_deploys(folder / "deploys.csv", [(at, repository[name]) for at, name in deploys])
    write_log(folder / "log.csv")
    return Site(folder=folder, log=folder / "log.csv", deploys=folder / "deploys.csv", repository=repository)


def write_deploys(path: Path, rows: list[tuple[datetime, str]]) -> None:
    """Write a deploy log of succeeded deploys to production."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["deployed_at", "sha", "environment"])
        writer.writerows([at.isoformat(), sha, "production"] for at, sha in rows)


def write_log(path: Path, *, shifted: bool = True, rows: int = 16 * 24 * 40) -> None:
    """Write a prediction log with a daily cycle and two countries."""
    rng = np.random.default_rng(7)
    seconds = np.sort(rng.uniform(0, 16 * 86_400, rows))
    values = 5 + np.sin(seconds / 86_400 * 2 * np.pi) + rng.normal(size=rows)
    if shifted:
        values[seconds >= (BREAK - START).total_seconds()] *= 1000
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["timestamp", "prediction", "country"])
        for second, value, country in zip(seconds, values, rng.choice(["FR", "BR"], rows), strict=True):
            at = START + timedelta(seconds=round(float(second), 3))
            writer.writerow([at.isoformat(), f"{value:.6f}", country])
