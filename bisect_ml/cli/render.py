"""`bisect-ml render`."""

from pathlib import Path
from typing import Annotated

import typer

from bisect_ml.cli.options import Html, Jira, Json, LinkTemplate, Markdown, NoAuthors, NoDiffs, Quiet


def render(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="A report saved with --json.")],
    html: Html = None,
    json: Json = None,
    markdown: Markdown = None,
    jira: Jira = None,
    link_template: LinkTemplate = None,
    no_diffs: NoDiffs = False,
    no_authors: NoAuthors = False,
    quiet: Quiet = False,
) -> None:
    """Render a saved report again."""
    from bisect_ml.publication import Privacy, Targets, publish, read_report

    targets = Targets(html=html, json=json, markdown=markdown, jira=jira)
    targets.check()
    privacy = Privacy(diffs=not no_diffs, authors=not no_authors)
    publish(read_report(report, link_template=link_template), targets, privacy=privacy, quiet=quiet)
