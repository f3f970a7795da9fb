"""`bisect-ml init`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.options import Quiet, Repo


def init(
    predictions: Annotated[
        list[str] | None,
        typer.Argument(help="Prediction logs, as for trace (the largest log found here by default)."),
    ] = None,
    repo: Repo = Path(),
    quiet: Quiet = False,
) -> None:
    """Look at the data and the repository, and write bisect-ml.toml."""
    from bisect_ml.initialisation import check_free, draft
    from bisect_ml.progress import progress
    from bisect_ml.whole_files import write_whole

    path = check_free(Path.cwd())
    with progress(quiet=quiet) as progress_to:
        found = draft(predictions or (), repo=repo, progress=progress_to)
    write_whole(path, found.text)
    if not quiet:
        typer.echo(f"Wrote {path.name}. Look it through, then run:\n\n    {found.command}")
