"""`bisect-ml trace`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bisect_ml.cli.exit_codes import ExitCode
from bisect_ml.cli.options import (
    Config,
    Deploys,
    Environment,
    Fetch,
    Html,
    Jira,
    Json,
    LinkTemplate,
    Markdown,
    NoAuthors,
    NoDiffs,
    Prediction,
    Quiet,
    Repo,
    Service,
    Slices,
    Tz,
)

if TYPE_CHECKING:
    from bisect_ml.config import Settings
    from bisect_ml.saved_report import Report


def trace(
    predictions: Annotated[
        list[str],
        typer.Argument(
            help="Prediction logs: CSV, Parquet or JSON-lines files (also .gz, .zst), folders or globs."
        ),
    ],
    repo: Repo = Path(),
    deploys: Deploys = None,
    service: Service = None,
    environment: Environment = None,
    entry: Annotated[
        str | None,
        typer.Option(
            metavar="MODULE:FUNCTION",
            help="Where predictions start in the code; several with commas between.",
        ),
    ] = None,
    timestamp: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column that says when.")] = None,
    prediction: Prediction = None,
    slices: Slices = None,
    features: Annotated[
        list[str] | None,
        typer.Option("--feature", metavar="COLUMN", help="Numeric input of the model; may be repeated."),
    ] = None,
    version: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column with the version that served the row.")
    ] = None,
    tz: Tz = None,
    bucket: Annotated[
        str | None,
        typer.Option(metavar="WIDTH", help="Bucket width, such as 15min or 1h (chosen by default)."),
    ] = None,
    max_unreadable: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="Share of unreadable rows to accept (0.01 by default)."),
    ] = None,
    config: Config = None,
    fetch: Fetch = False,
    html: Html = None,
    json: Json = None,
    markdown: Markdown = None,
    jira: Jira = None,
    link_template: LinkTemplate = None,
    no_diffs: NoDiffs = False,
    no_authors: NoAuthors = False,
    fail_on_break: Annotated[
        bool, typer.Option("--fail-on-break", help="Exit with 1 when a break was found.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Find the breaks in prediction logs, and rank their causes.

    The causes are the commits that a deploy put live or took out near each break, and no code change at all.
    """
    from bisect_ml.config import load_settings
    from bisect_ml.publication import Privacy, Targets, publish

    flags = {
        "deploys": deploys or None, "service": service, "environment": environment, "entry": entry,
        "timestamp": timestamp, "prediction": prediction, "slices": slices or None,
        "features": features or None, "version": version, "tz": tz, "bucket": bucket,
        "max_unreadable": max_unreadable, "link_template": link_template,
        "fetch": fetch,
    }  # fmt: skip
    settings = load_settings(flags, folder=Path.cwd(), file=config)
    targets = Targets(html=html, json=json, markdown=markdown, jira=jira)
    targets.check()
    report = traced(predictions, repo, settings, quiet=quiet or targets.standard_output_taken)
    publish(report, targets, privacy=Privacy(diffs=not no_diffs, authors=not no_authors), quiet=quiet)
    if fail_on_break and report.incidents:
        raise typer.Exit(ExitCode.REGRESSION)


def traced(predictions: list[str], repo: Path, settings: "Settings", *, quiet: bool) -> "Report":
    """Trace with the progress shown that the terminal allows."""
    from bisect_ml.progress import progress
    from bisect_ml.tracing import run

    with progress(quiet=quiet) as progress_to:
        return run(predictions, repo=repo, settings=settings, progress=progress_to)
