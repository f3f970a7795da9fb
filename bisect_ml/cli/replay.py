"""`bisect-ml replay`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.options import (
    Config,
    Html,
    InputPath,
    Jira,
    Json,
    Key,
    LinkTemplate,
    Markdown,
    NoAuthors,
    NoCache,
    NoDiffs,
    Prediction,
    Quiet,
    Repo,
    RunCommand,
    Seed,
    SetUp,
    Slices,
    Timeout,
)


def replay(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="A report saved by trace --json.")],
    repo: Repo = Path(),
    run: RunCommand = None,
    input: InputPath = None,  # noqa: A002 - the name of the flag
    setup: SetUp = None,
    incidents: Annotated[
        list[int] | None,
        typer.Option("--incident", metavar="N", help="Incident to replay; may be repeated (all by default)."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many suspects of an incident are run at most.")] = 3,
    key: Key = None,
    prediction: Prediction = None,
    slices: Slices = None,
    seed: Seed = 0,
    timeout: Timeout = None,
    no_cache: NoCache = False,
    config: Config = None,
    html: Html = None,
    json: Json = None,
    markdown: Markdown = None,
    jira: Jira = None,
    link_template: LinkTemplate = None,
    no_diffs: NoDiffs = False,
    no_authors: NoAuthors = False,
    quiet: Quiet = False,
) -> None:
    """Run the likeliest suspects of a trace against their parents.

    Each is confirmed or cleared by that, and the others are weighed anew.
    """
    from bisect_ml.check_settings import load_check_settings
    from bisect_ml.progress import progress
    from bisect_ml.publication import Privacy, Targets, publish, read_report
    from bisect_ml.replaying import replay as replayed

    flags = {
        "run": run, "setup": setup, "input": None if input is None else str(input), "key": key or None,
        "prediction": prediction, "slices": slices or None,
    }  # fmt: skip
    settings = load_check_settings(flags, folder=Path.cwd(), file=config)
    targets = Targets(html=html, json=json, markdown=markdown, jira=jira)
    targets.check()
    saved = read_report(report, link_template=link_template)
    with progress(quiet=quiet or targets.standard_output_taken) as progress_to:
        told = replayed(
            saved,
            settings,
            repo=repo,
            top=top,
            incidents=incidents or (),
            seed=seed,
            timeout_s=timeout,
            cache=not no_cache,
            progress=progress_to,
        )
    publish(told, targets, privacy=Privacy(diffs=not no_diffs, authors=not no_authors), quiet=quiet)
