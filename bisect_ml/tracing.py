"""The main job: prediction logs, deploys and git in; a report of breaks and ranked commits out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bisect_ml.about import __version__, versions_of
from bisect_ml.breaks import find_incidents
from bisect_ml.charts import chart
from bisect_ml.config import Settings, load_settings
from bisect_ml.dating import date_all
from bisect_ml.errors import InputError
from bisect_ml.explanation import weigh
from bisect_ml.findings import Surroundings, finding
from bisect_ml.fingerprints import fingerprints
from bisect_ml.history import (
    History,
    check_versions,
    deploys_beside,
    derive_deploys,
    join,
    open_repositories,
)
from bisect_ml.populations import DAY_S, sides_of
from bisect_ml.progress import Progress, Silence
from bisect_ml.reproduction import Deploys, Predictions, command, files_of, paths_of, saved_settings
from bisect_ml.saved_report import Finding, Inputs, Report
from bisect_ml.series import choose_width_s, parse_width_s
from bisect_ml.sources import DeployLog, PredictionLog, Repositories, open_predictions, read_deploys
from bisect_ml.suspects import settle
from bisect_ml.types import Incident, Ranked, Series

# The packages whose release can change a number of the report.
VERSIONED = ("duckdb", "numpy", "ruptures", "scipy")


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
        deploys: The deploy history: a file, a DataFrame, `tags:PATTERN` or `branch:NAME` of the repository,
            or several of these. By default a file beside the predictions, else the version column, else
            the release tags.
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
    repositories = open_repositories(repo, settings)
    source, deploy_log = _deploys_given(predictions, deploys, repositories, settings, progress)
    progress.stage("Reading predictions")
    with _open(predictions, settings) as log:
        spans = log.versions()
        logged = deploy_log is not None
        if deploy_log is None:
            source, deploy_log = derive_deploys(spans, repositories, settings, progress)
        for guess in (*log.guesses, *deploy_log.guesses):
            progress.note(guess)
        history = join(deploy_log, repositories, settings)
        _check_window(history, log)
        doubts = check_versions(history, spans, settings) if logged else ()
        series = _series(log, settings)
        progress.stage(f"Looking for change points in {len(series)} series")
        incidents = find_incidents(log, series, settings)
        progress.stage("Weighing commits")
        findings, remarks = _findings(incidents, series, log, history, settings)
        inputs = _inputs(log, repositories, source, series, len(deploy_log.deploys))
    first = next((one for one in series if one.slice is None and one.metric != "count"), None)
    warnings = (*log.warnings, *history.warnings, *doubts, *remarks, *repositories.warnings)
    return Report(
        created_at=created_at or datetime.now(UTC),
        inputs=replace(inputs, link_template=settings.link_template),
        settings=saved_settings(settings),
        warnings=tuple(dict.fromkeys(warnings)),
        incidents=findings,
        deploys=history.deploys,
        releases=history.saved(),
        chart=chart(first) if first else None,
        chart_metric=first.metric if first else None,
        reproduce=command(predictions, repo, deploys, settings),
        tool_version=__version__,
        versions=versions_of(VERSIONED),
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


def _deploys_given(
    predictions: Predictions,
    deploys: Deploys | None,
    repositories: Repositories,
    settings: Settings,
    progress: Progress,
) -> tuple[Deploys | None, DeployLog | None]:
    """Read the deploys of the caller, of the settings, or of a file beside the predictions."""
    progress.stage("Reading deploys")
    source = deploys if deploys is not None else settings.deploys
    if source is None:
        folders = [*(Path(path).parent for path in paths_of(predictions)), Path.cwd()]
        source = deploys_beside(folders, progress)
    if source is None:
        return None, None
    return source, read_deploys(source, repository=repositories, tz=settings.tz)


def _check_window(history: History, log: PredictionLog) -> None:
    """Refuse deploys none of which lies in the log's window: they are another time's or another zone's."""
    start, end = (datetime.fromtimestamp(at, UTC) for at in (log.start, log.end))
    moments = [release.deploy.started_at for release in history.releases]
    if not moments:
        raise InputError(
            f"no deploy that shipped went to this service and environment{_elsewhere(history)}",
            "check --service and --environment, and the deploy file",
        )
    if not any(start <= moment <= end for moment in moments):
        raise InputError(
            f"no deploy lies in the log's window, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC: "
            f"they run from {moments[0]:%Y-%m-%d} to {moments[-1]:%Y-%m-%d}",
            "check the deploy file, --tz, --service and --environment",
        )


def _elsewhere(history: History) -> str:
    names = {(one.service, one.environment) for one in history.elsewhere}
    places = sorted(" ".join(filter(None, each)) for each in names if any(each))
    return f": they went to {', '.join(places[:5])}{', …' if len(places) > 5 else ''}" if places else ""


def _series(log: PredictionLog, settings: Settings) -> tuple[Series, ...]:
    slices = log.largest_slices()
    if log.sparse and settings.bucket is None:
        return log.points(slice_values=slices)
    width_s = parse_width_s(settings.bucket) if settings.bucket else choose_width_s(log)
    return (*log.buckets(width_s, slice_values=slices, quantiles="overall"), *log.features(width_s))


def _findings(
    incidents: Sequence[Incident],
    series: Sequence[Series],
    log: PredictionLog,
    history: History,
    settings: Settings,
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Weigh the causes of each incident, date it by them, and save what was found and what to warn of."""
    rankings: dict[int, tuple[Ranked, ...]] = {}
    warnings: list[str] = []
    for incident in incidents:
        explained = weigh(
            incident,
            history=history,
            settings=settings,
            log_span=(log.start, log.end),
            around=_around(incident, incidents, series, log),
            ended=rankings[incident.recovers] if incident.recovers else (),
            hints=_hints(log, settings),
        )
        rankings[incident.number] = explained.ranking
        warnings += explained.warnings
    dated = date_all(incidents, rankings)
    findings = tuple(
        finding(one, settle(rankings[one.number]), _around(one, dated, series, log)) for one in dated
    )
    return findings, tuple(warnings)


def _around(
    incident: Incident, incidents: Sequence[Incident], series: Sequence[Series], log: PredictionLog
) -> Surroundings:
    """Gather what the report compares before and after an onset: all series, and the rows of a day each."""
    sides = sides_of(incident, incidents, log.start, log.end)
    day = sides.within(DAY_S)
    return Surroundings(series=series, rows=log.window(day.start, day.end), sides=sides, log_end=log.end)


def _hints(log: PredictionLog, settings: Settings) -> tuple[str, ...]:
    """Name what the log holds as its owners do: the prediction column, the service, the files."""
    files = (Path(path).stem for path in log.paths)
    return tuple(dict.fromkeys((log.columns.prediction, *filter(None, (settings.service,)), *files)))


def _inputs(
    log: PredictionLog,
    repositories: Repositories,
    deploys: Deploys | None,
    series: Sequence[Series],
    deploys_read: int,
) -> Inputs:
    columns = log.columns
    opened = repositories.opened
    urls = {repository.web_url() for repository in opened}
    width_s = next((one.width_s for one in series), None)
    return Inputs(
        predictions=log.paths,
        repository=", ".join(str(repository.path) for repository in opened),
        # A commit must not link to a repository that does not have it.
        repository_url=urls.pop() if len(urls) == 1 else None,
        sha256=fingerprints([*log.paths, *files_of(deploys)]),
        deploys=", ".join(map(str, files_of(deploys))) or None,
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
