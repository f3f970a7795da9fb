"""`bisect-ml deploys`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.exit_codes import ExitCode
from bisect_ml.cli.options import Config, Deploys, Fetch, Repo, Service, Tz


def deploys(
    logs: Annotated[
        list[str] | None,
        typer.Argument(metavar="DEPLOYS", help="Deploy history, as with --deploys."),
    ] = None,
    repo: Repo = Path(),
    deploys: Deploys = None,
    service: Service = None,
    environment: Annotated[
        str | None, typer.Option(help="Show only the deploys to this environment.")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Say what was live at this moment.")] = None,
    tz: Tz = None,
    config: Config = None,
    fetch: Fetch = False,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write the timeline as JSON; - for standard output."),
    ] = None,
) -> None:
    """Show what each deploy put live and took out.

    With --at, show what was live at that moment.
    """
    from bisect_ml.config import load_settings
    from bisect_ml.progress import progress
    from bisect_ml.publication import Targets, publish_timeline
    from bisect_ml.timeline import timeline

    sources = [*(logs or ()), *(deploys or ())]
    flags = {
        "deploys": sources or None, "service": service, "environment": environment, "tz": tz, "fetch": fetch,
    }  # fmt: skip
    settings = load_settings(flags, folder=Path.cwd(), file=config)
    targets = Targets(json=json)
    targets.check()
    with progress(quiet=targets.standard_output_taken) as progress_to:
        found = timeline(repo=repo, settings=settings, at=at, progress=progress_to)
    publish_timeline(found, targets)
    if at is not None and not found.live:
        raise typer.Exit(ExitCode.INCONCLUSIVE)
