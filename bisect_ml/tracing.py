"""The main job: prediction logs, deploys and git in; a report of breaks and ranked commits out."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from bisect_ml import __version__
from bisect_ml.candidates import candidates, near, shas
from bisect_ml.change_points import detect_all
from bisect_ml.config import Settings, load_settings
from bisect_ml.confirmation import confirm
from bisect_ml.errors import InputError
from bisect_ml.evidence import gather
from bisect_ml.findings import chart, finding
from bisect_ml.incidents import group, number, strength
from bisect_ml.progress import Progress, Silence
from bisect_ml.refinement import refine
from bisect_ml.releases import build_releases, select
from bisect_ml.saved_report import Finding, Inputs, Report
from bisect_ml.series import choose_width_s, parse_width_s
from bisect_ml.sources import DeployLog, PredictionLog, Repository, open_predictions, read_deploys
from bisect_ml.suspects import rank
from bisect_ml.types import Case, Incident, Release, Series, Symptom

Predictions: TypeAlias = str | Path | Sequence[str | Path] | pd.DataFrame
Deploys: TypeAlias = str | Path | pd.DataFrame

DEPLOY_FILES = ("deploys.csv", "deploys.json", "deploys.jsonl")
SOURCE_SUFFIXES = (".py",)
# Rows this far on either side of an uncertain onset teach what old and new code predict.
LEARNING_S = 24 * 3600.0


def trace(
    predictions: Predictions,
    *,
    repo: str | Path = ".",
    deploys: Deploys | None = None,
    created_at: datetime | None = None,
    **settings: object,
) -> Report:
    """Find the breaks in a prediction log and rank the commits that can have caused each.

    Args:
        predictions: A file, folder or glob, several of them, or a DataFrame.
        repo: The git repository of the deployed code, bare or not.
        deploys: The deploy history: a file, a DataFrame, or `tags:PATTERN` for tags of the repository.
        created_at: The moment written into the report; now by default.
        settings: Any field of `bisect_ml.config.Settings` by name, such as `service="scorer"`.

    Raises:
        BisectError: An input, a setting or the repository cannot be used; its message says why.
    """
    return run(
        predictions,
        repo=repo,
        deploys=deploys,
        settings=load_settings(settings, folder=Path.cwd()),
        created_at=created_at,
    )


def run(
    predictions: Predictions,
    *,
    repo: str | Path,
    settings: Settings,
    deploys: Deploys | None = None,
    progress: Progress | None = None,
    created_at: datetime | None = None,
) -> Report:
    """Do what `trace` does, with settings already made and progress told to the caller."""
    progress = progress or Silence()
    repository = Repository(repo)
    source = deploys if deploys is not None else _deploy_source(settings, predictions, repository, progress)
    progress.stage("Reading deploys")
    deploy_log = read_deploys(source, repository=repository, tz=settings.tz)
    progress.stage("Reading predictions")
    with _open(predictions, settings) as log:
        for guess in (*log.guesses, *deploy_log.guesses):
            progress.note(guess)
        releases, warnings = _releases(deploy_log, repository, log, settings)
        series = _series(log, settings)
        progress.stage(f"Looking for change points in {len(series)} series")
        incidents = _incidents(log, series, settings)
        progress.stage("Weighing commits")
        findings = tuple(
            _explain(
                incident, series=series, releases=releases, repository=repository, log=log, settings=settings
            )
            for incident in incidents
        )
        inputs = _inputs(log, repository, source, series, len(deploy_log.deploys))
    first = next((one for one in series if one.slice is None and one.metric != "count"), None)
    return Report(
        created_at=created_at or datetime.now(UTC),
        inputs=inputs,
        settings=_saved(settings),
        warnings=tuple(dict.fromkeys((*log.warnings, *deploy_log.warnings, *warnings, *repository.warnings))),
        incidents=findings,
        deploys=tuple(release.deploy for release in releases),
        chart=chart(first) if first else None,
        chart_metric=first.metric if first else None,
        reproduce=_command(predictions, repo, deploys, settings),
        tool_version=__version__,
    )


def _open(predictions: Predictions, settings: Settings) -> PredictionLog:
    return open_predictions(
        predictions,
        timestamp=settings.timestamp,
        prediction=settings.prediction,
        slices=settings.slices,
        features=settings.features,
        version=settings.version,
        tz=settings.tz,
        max_unreadable=settings.max_unreadable,
    )


def _deploy_source(
    settings: Settings, predictions: Predictions, repository: Repository, progress: Progress
) -> str | Path:
    """The deploys that the settings name, else a file beside the predictions, else the release tags."""
    if settings.deploys is not None:
        return settings.deploys
    folders = dict.fromkeys([*(Path(path).parent for path in _paths(predictions)), Path.cwd()])
    for path in (folder / name for folder in folders for name in DEPLOY_FILES):
        if path.is_file():
            progress.note(f"Deploys: {path}")
            return path
    for pattern in ("deploy/*", "deploy-*", "release/*", "v[0-9]*"):
        if repository.tags(pattern):
            progress.note(f"Deploys: the tags {pattern} of the repository")
            return f"tags:{pattern}"
    raise InputError(
        "no deploy history was given, and none was found beside the predictions or in the tags",
        "name it with --deploys FILE, or --deploys 'tags:PATTERN'",
    )


def _releases(
    deploy_log: DeployLog, repository: Repository, log: PredictionLog, settings: Settings
) -> tuple[tuple[Release, ...], tuple[str, ...]]:
    chosen, warnings = select(deploy_log.deploys, service=settings.service, environment=settings.environment)
    start, end = (datetime.fromtimestamp(at, UTC) for at in (log.start, log.end))
    if not any(start <= deploy.started_at <= end for deploy in chosen):
        held = (
            f"they run from {chosen[0].started_at:%Y-%m-%d} to {chosen[-1].started_at:%Y-%m-%d}"
            if chosen
            else "none is left for this service and environment"
        )
        raise InputError(
            f"no deploy lies in the log's window, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC: {held}",
            "check the deploy file, --tz, --service and --environment",
        )
    releases, range_warnings = build_releases(chosen, repository)
    return releases, (*warnings, *range_warnings)


def _series(log: PredictionLog, settings: Settings) -> tuple[Series, ...]:
    slices = log.largest_slices()
    if log.sparse and settings.bucket is None:
        return log.points(slice_values=slices)
    width_s = parse_width_s(settings.bucket) if settings.bucket else choose_width_s(log)
    return (*log.buckets(width_s, slice_values=slices, quantiles="overall"), *log.features(width_s))


def _incidents(log: PredictionLog, series: Sequence[Series], settings: Settings) -> tuple[Incident, ...]:
    predicted = [one for one in series if not one.metric.startswith("feature[")]
    found = detect_all(predicted, timezone=settings.tz, false_alarm_rate=settings.false_alarm_rate)
    symptoms = [
        Symptom(series=one, change_point=point)
        for one, points in zip(predicted, found, strict=True)
        for point in points
    ]
    incidents = group(symptoms)
    if not log.sparse:
        incidents = confirm(incidents, strength, log.window, log_start=log.start, log_end=log.end)
    return number(_refined(incident, log) for incident in incidents)


def _refined(incident: Incident, log: PredictionLog) -> Incident:
    """Narrow the onset with the raw rows around it; points of their own are as sharp as can be."""
    if incident.lead.series.width_s is None:
        return incident
    margin = LEARNING_S + 2 * incident.lead.series.width_s
    rows = log.window(float(incident.onset.edges[0]) - margin, float(incident.onset.edges[-1]) + margin)
    of = incident.lead.series.slice
    kept = slice(None) if of is None else rows.in_slice(of.column, of.value)
    onset = refine(incident.onset, rows.times[kept], rows.values[kept], rows.cells[kept])
    return replace(incident, onset=onset)


def _explain(
    incident: Incident,
    *,
    series: Sequence[Series],
    releases: Sequence[Release],
    repository: Repository,
    log: PredictionLog,
    settings: Settings,
) -> Finding:
    close = near(incident, releases)
    commits = repository.commits(shas(close), patches=True)
    serving = next((r.deploy.sha for r in reversed(close) if r.deploy.sha), None)
    case = Case(
        incident=incident,
        candidates=candidates(close, commits),
        series=tuple(series),
        releases=tuple(releases),
        tree=repository.tree(serving, SOURCE_SUFFIXES) if serving else {},
        entry=settings.entry,
        log_start=log.start,
        log_end=log.end,
    )
    return finding(incident, rank(case, gather(case)))


def _inputs(
    log: PredictionLog, repository: Repository, deploys: Deploys, series: Sequence[Series], deploys_read: int
) -> Inputs:
    columns = log.columns
    width_s = next((one.width_s for one in series), None)
    return Inputs(
        predictions=log.paths,
        repository=str(repository.path),
        repository_url=repository.web_url(),
        deploys=None if isinstance(deploys, pd.DataFrame) else str(deploys),
        columns={
            "timestamp": columns.timestamp,
            "prediction": columns.prediction,
            "version": columns.version,
        },
        slices=columns.slices,
        rows=log.rows,
        unreadable_rows=log.unreadable_rows,
        log_start=datetime.fromtimestamp(log.start, UTC),
        log_end=datetime.fromtimestamp(log.end, UTC),
        bucket_s=width_s,
        series=len(series),
        deploys_read=deploys_read,
    )


def _saved(settings: Settings) -> Mapping[str, str | float | int | bool | None]:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {key: ", ".join(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _command(
    predictions: Predictions, repo: str | Path, deploys: Deploys | None, settings: Settings
) -> str | None:
    """The command that makes this report again, or None where a DataFrame went in."""
    if isinstance(predictions, pd.DataFrame) or isinstance(deploys, pd.DataFrame):
        return None
    words = ["bisect-ml", "trace", *map(str, _paths(predictions)), "--repo", str(repo)]
    if deploys is not None:
        settings = replace(settings, deploys=str(deploys))
    return shlex.join([*words, *_flags(settings)])


def _paths(predictions: Predictions) -> Sequence[str | Path]:
    if isinstance(predictions, pd.DataFrame):
        return ()
    return [predictions] if isinstance(predictions, str | Path) else predictions


def _flags(settings: Settings) -> Iterable[str]:
    default = Settings()
    singular = {"slices": "slice", "features": "feature"}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if value == getattr(default, field.name):
            continue
        flag = "--" + singular.get(field.name, field.name).replace("_", "-")
        for each in value if isinstance(value, tuple) else (value,):
            yield from (flag, str(each))
