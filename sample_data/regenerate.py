"""Makes the sample incident anew: `python -m sample_data.regenerate [FOLDER]`.

Every value in the prediction log is what the code that was live at that moment returned for that
order; nothing is painted on. What broke when is found by running the code as well: each commit of the
story scores the same orders as its parent, and `truth.json` names those whose answers differ.
"""

import csv
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from .history import History, PlayedDeploy, Tree, play, write_bundle
from .traffic import CAMPAIGN_COUNTRY, CAMPAIGN_END, CAMPAIGN_START, DAYS, Request, requests_of_day

HERE = Path(__file__).parent
STORY = HERE / "story.txt"
SERVICE = "checkout-risk"
ENVIRONMENT = "production"
ENTRY = "checkout_risk.serve:predict"
SLICES = ("country", "payment", "channel")
PROBE_DAY = 3

# Runs in the folder of one version of the service: orders in, scores out, a line each.
_SCORE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from checkout_risk.serve import predict
for line in sys.stdin:
    print(json.dumps(predict(json.loads(line))["expected_loss"]))
"""

Row = tuple[datetime, float | None, str, str, str, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """The moments at which a version began to serve and served alone."""

    sha: str
    started_at: datetime
    finished_at: datetime


def score(files: Tree, payloads: Iterable[dict[str, Any]]) -> list[float | None]:
    """Return what one version of the service answers to the orders."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        answers = subprocess.run(
            [sys.executable, "-I", "-c", _SCORE, folder],
            input="\n".join(map(json.dumps, payloads)),
            capture_output=True,
            text=True,
            check=True,
        )
    return [json.loads(line) for line in answers.stdout.splitlines()]


def rollouts(deploys: Sequence[PlayedDeploy]) -> list[Rollout]:
    """Return what went live in production, oldest first."""
    return [
        Rollout(
            sha=deploy.sha,
            started_at=datetime.fromisoformat(deploy.started_at),
            finished_at=datetime.fromisoformat(deploy.finished_at),
        )
        for deploy in deploys
        if (deploy.service, deploy.environment, deploy.status) == (SERVICE, ENVIRONMENT, "succeeded")
    ]


def live_sha(request: Request, live: Sequence[Rollout]) -> str:
    """Return the version that answers; in a roll-out the new one does so more and more often."""
    sha = live[0].sha
    for rollout in live:
        if request.at < rollout.started_at:
            break
        ramp = (request.at - rollout.started_at) / (rollout.finished_at - rollout.started_at)
        if request.dice < ramp:
            sha = rollout.sha
    return sha


def log_rows(history: History, days: Iterable[int]) -> list[Row]:
    """Return the prediction log of some days: time, score, slices, amount and account age."""
    live = rollouts(history.deploys)
    served: dict[str, list[Request]] = {}
    for day in days:
        for request in requests_of_day(day):
            served.setdefault(live_sha(request, live), []).append(request)
    rows: list[Row] = []
    for sha, requests in served.items():
        answers = score(history.commits[sha].files, (request.payload for request in requests))
        rows += [_row(request, answer) for request, answer in zip(requests, answers, strict=True)]
    return sorted(rows, key=lambda row: row[0])


def _row(request: Request, answer: float | None) -> Row:
    payload = request.payload
    account = payload["account"] or {"age_days": None}
    slices = (payload["country"], payload["payment"], payload["channel"])
    return (request.at, answer, *slices, payload["amount_minor"], account["age_days"])


def write_predictions(rows: Sequence[Row], target: Path, scratch: Path) -> None:
    """Write the log as Parquet, by way of a CSV file that DuckDB reads."""
    with (scratch / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows((row[0].isoformat(), *row[1:]) for row in rows)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1; SET TimeZone = 'UTC'")
        connection.read_csv(
            str(scratch / "rows.csv"),
            header=False,
            columns={
                "timestamp": "TIMESTAMPTZ",
                "prediction": "DOUBLE",
                "country": "VARCHAR",
                "payment": "VARCHAR",
                "channel": "VARCHAR",
                "amount_minor": "INTEGER",
                "account_age_days": "INTEGER",
            },
        ).order("timestamp").write_parquet(str(target), compression="zstd")


def write_deploys(deploys: Sequence[PlayedDeploy], target: Path) -> None:
    """Write the deploy log."""
    columns = ("started_at", "finished_at", "service", "environment", "sha", "status")
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(deploy, column) for column in columns] for deploy in deploys)


def find_truth(history: History) -> dict[str, Any]:
    """Return what really happened, found by running every commit on the orders of one quiet day."""
    probes = [request.payload for request in requests_of_day(PROBE_DAY)]
    with ThreadPoolExecutor(2) as pool:
        answers = dict(
            zip(
                history.commits,
                pool.map(lambda commit: score(commit.files, probes), history.commits.values()),
                strict=True,
            )
        )
    movers = {
        commit.sha
        for commit in history.commits.values()
        if len(commit.parents) == 1 and answers[commit.sha] != answers[commit.parents[0]]
    }
    live = rollouts(history.deploys)
    events = [
        _code_event(history, before, after, movers, probes, answers)
        for before, after in itertools.pairwise(live)
        if answers[before.sha] != answers[after.sha]
    ]
    for started, at in (("started", CAMPAIGN_START), ("ended", CAMPAIGN_END)):
        events.append(
            {
                "cause": "traffic mix",
                "what": f"a campaign in one country {started}",
                "onset": _iso(at),
                "slice": [f"country={CAMPAIGN_COUNTRY}"],
                "deploy": None,
                "culprits": [],
            }
        )
    return {
        "head": history.heads["main"],
        "service": SERVICE,
        "environment": ENVIRONMENT,
        "entry": ENTRY,
        "events": sorted(events, key=lambda event: event["onset"]),
    }


def _code_event(
    history: History,
    before: Rollout,
    after: Rollout,
    movers: set[str],
    probes: Sequence[dict[str, Any]],
    answers: dict[str, list[float | None]],
) -> dict[str, Any]:
    old, new = answers[before.sha], answers[after.sha]
    moved = [probe for probe, a, b in zip(probes, old, new, strict=True) if a != b]
    shipped = history.ancestry(after.sha) - history.ancestry(before.sha)
    removed = history.ancestry(before.sha) - history.ancestry(after.sha)
    return {
        "cause": "code",
        "direction": "removed" if removed & movers else "shipped",
        "onset": _iso(after.started_at),
        "full_at": _iso(after.finished_at),
        "slice": [
            f"{column}={next(iter(values))}"
            for column in SLICES
            if len(values := {probe[column] for probe in moved}) == 1
        ],
        "deploy": after.sha,
        "previous": before.sha,
        "commits": len(shipped | removed),
        "culprits": sorted((shipped | removed) & movers),
        "subjects": [history.commits[sha].subject for sha in sorted((shipped | removed) & movers)],
        # On the same orders: the share of answers that differ, and what the two versions answer to those.
        "rows_moved": round(len(moved) / len(probes), 4),
        "mean": [_mean(old), _mean(new)],
        "null_rate": [round(column.count(None) / len(probes), 4) for column in (old, new)],
    }


def _mean(answers: Sequence[float | None]) -> float:
    known = [answer for answer in answers if answer is not None]
    return round(sum(known) / len(known), 5)


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def main(folder: Path = HERE) -> None:
    """Write the bundle, the deploys, the log and the truth."""
    history = play(STORY)
    with tempfile.TemporaryDirectory() as scratch:
        write_bundle(history, folder / "service.bundle", Path(scratch, "service.git"))
        write_predictions(log_rows(history, range(DAYS)), folder / "predictions.parquet", Path(scratch))
    write_deploys(history.deploys, folder / "deploys.csv")
    truth = json.dumps(find_truth(history), indent=1)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
