"""`bisect-ml demo`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.trace import traced


def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to unpack the sample (a temporary folder by default).")
    ] = None,
) -> None:
    """Trace the sample incident, end to end, in a temporary folder."""
    from bisect_ml.config import Settings
    from bisect_ml.demo import unpack
    from bisect_ml.publication import Privacy, Targets, publish

    sample = unpack(folder)
    settings = Settings(deploys=str(sample.deploys), service=sample.service, entry=sample.entry)
    report = traced([str(sample.predictions)], sample.repository, settings, quiet=False)
    targets = Targets(html=sample.folder / "report.html", json=sample.folder / "report.json")
    publish(report, targets, privacy=Privacy(), quiet=False)
    typer.echo(f"The sample, its git history and the reports are in {sample.folder}")
