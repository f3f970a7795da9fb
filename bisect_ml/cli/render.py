"""`bisect-ml render`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.options import Html, Jira, Json, Junit, LinkTemplate, Markdown, NoAuthors, NoDiffs, Quiet


def render(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="A report saved with --json.")],
    html: Html = None,
    json: Json = None,
    markdown: Markdown = None,
    jira: Jira = None,
    junit: Junit = None,
    link_template: LinkTemplate = None,
    no_diffs: NoDiffs = False,
    no_authors: NoAuthors = False,
    quiet: Quiet = False,
) -> None:
    """Render a saved report or check again."""
    from bisect_ml.publication import CheckTargets, Privacy, publish_saved, read_saved

    targets = CheckTargets(html=html, json=json, markdown=markdown, jira=jira, junit=junit)
    targets.check()
    privacy = Privacy(diffs=not no_diffs, authors=not no_authors)
    publish_saved(read_saved(report, link_template=link_template), targets, privacy=privacy, quiet=quiet)
