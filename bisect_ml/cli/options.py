"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Repo = Annotated[Path, typer.Option(help="The git repository of the deployed code.")]
Deploys = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="Deploy history: CSV, JSON or JSON lines; tags:PATTERN or branch:NAME of the repository; "
        "may be repeated.",
    ),
]
Service = Annotated[str | None, typer.Option(help="Count only the deploys of this service.")]
Environment = Annotated[
    str | None, typer.Option(help="Count only the deploys to this environment (production by default).")
]
Tz = Annotated[
    str | None, typer.Option(metavar="ZONE", help="Zone of timestamps without one (UTC by default).")
]
Config = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings file (bisect-ml.toml by default).")
]
Fetch = Annotated[
    bool, typer.Option("--fetch", help="Let partial clones fetch what they lack from their remote.")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML file.")
]
Json = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the report as JSON; - for standard output."),
]
Markdown = Annotated[
    Path | None,
    typer.Option("--markdown", metavar="FILE", help="Write the report as Markdown; - for standard output."),
]
Jira = Annotated[
    Path | None,
    typer.Option("--jira", metavar="FILE", help="Write the report in Jira's markup; - for standard output."),
]
LinkTemplate = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where commits link to, such as https://git.example.com/app/{sha}."),
]
NoDiffs = Annotated[
    bool,
    typer.Option("--no-diffs", help="Leave the diffs, and evidence that quotes them, out of the report."),
]
NoAuthors = Annotated[bool, typer.Option("--no-authors", help="Leave the authors out of the report.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
