"""One deploy of a service: some harmless commits and one that moved the predictions, and the log of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

import bisect_ml
from bisect_ml.saved_report import Report
from tests.builders import Built, File, build_repository, commit

START = datetime(2026, 5, 1, tzinfo=UTC)
_DAYS, _BREAK_DAY, _ROWS, _SETTLED_S = 20, 10, 15_000, 300
_BEFORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A commit that puts one text for another in a file."""

    name: str
    path: str
    old: str
    new: str
    subject: str

    def on(self, files: Mapping[str, str]) -> str:
        """Return the file with the edit."""
        text = files[self.path]
        if self.old not in text:
            raise ValueError(f"{self.path} has no {self.old!r}")
        return text.replace(self.old, self.new, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An edit after which the predictions are this many times what they were, in one country or in all."""

    edit: Edit
    times: float
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The files of a service, where its predictions start, and what is done to it."""

    name: str
    files: Mapping[str, str]
    entry: str
    harmless: tuple[Edit, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Where the parts of a planted mistake lie."""

    repository: Built
    log: Path
    deploys: Path

    def trace(self, entry: str | None) -> Report:
        """Trace the log with the deploys that were written."""
        return bisect_ml.trace(self.log, repo=self.repository.path, deploys=self.deploys, entry=entry)


def plant(service: Service, mistake: Mistake, folder: Path, *, seed: int = 3) -> Planted:
    """Write a repository, a log and two deploys, the second of all the harmless edits with the mistake.

    Args:
        service: The service.
        mistake: One of its mistakes, which comes after three of the harmless edits.
        folder: Where to write; must exist.
        seed: What the rows of the log are drawn with.
    """
    edits = [*service.harmless[:_BEFORE], mistake.edit, *service.harmless[_BEFORE:]]
    whole: dict[str | bytes, File] = dict(service.files.items())
    operations = [commit("base", whole, at=START - timedelta(days=5))]
    files = dict(service.files)
    for hour, edit in enumerate(edits):
        files[edit.path] = edit.on(files)
        at = START + timedelta(days=_BREAK_DAY - 1, hours=hour)
        operations.append(commit(edit.name, {edit.path: files[edit.path]}, message=edit.subject, at=at))
    built = build_repository(folder / "service", operations)
    deploys = folder / "deploys.csv"
    first, second = START - timedelta(days=1), START + timedelta(days=_BREAK_DAY)
    lines = [f"{first.isoformat()},{built['base']}", f"{second.isoformat()},{built[edits[-1].name]}"]
    deploys.write_text("\n".join(["started_at,sha", *lines, ""]))
    log = folder / "predictions.csv"
    log.write_text(_rows(mistake, np.random.default_rng(seed)))
    return Planted(repository=built, log=log, deploys=deploys)


def _rows(mistake: Mistake, rng: np.random.Generator) -> str:
    seconds = np.sort(rng.uniform(0, _DAYS * 86_400, _ROWS))
    countries = rng.choice(["DE", "FR", "IT"], _ROWS)
    hit = seconds >= _BREAK_DAY * 86_400 + _SETTLED_S
    if mistake.country is not None:
        hit &= countries == mistake.country
    scores = np.exp(rng.normal(0, 0.5, _ROWS)) * np.where(hit, mistake.times, 1.0)
    rows = [
        f"{(START + timedelta(seconds=float(at))).isoformat()},{country},{score:.6g}"
        for at, country, score in zip(seconds, countries, scores, strict=True)
    ]
    return "\n".join(["time,country,score", *rows, ""])
