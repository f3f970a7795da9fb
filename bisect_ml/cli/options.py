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
Junit = Annotated[
    Path | None,
    typer.Option("--junit", metavar="FILE", help="Write the results as JUnit XML; - for standard output."),
]
Annotations = Annotated[
    bool, typer.Option("--annotations", help="Print what failed as annotations of GitHub Actions.")
]
RunCommand = Annotated[
    str | None,
    typer.Option(
        metavar="COMMAND",
        help="The command that predicts, run in a checkout of each commit. {input} and {output} are paths, "
        "{seed} and {env} what they say; without {output} its standard output counts.",
    ),
]
InputPath = Annotated[
    Path | None, typer.Option(metavar="PATH", help="Recorded inputs, the same for every commit.")
]
SetUp = Annotated[
    str | None,
    typer.Option(metavar="COMMAND", help="The command that prepares a checkout, or makes its {env}."),
]
Key = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", help="Column that pairs the rows; may be repeated."),
]
Prediction = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column that holds the model's output.")
]
Slices = Annotated[
    list[str] | None,
    typer.Option("--slice", metavar="COLUMN", help="Column that splits the population; may be repeated."),
]
Seed = Annotated[int, typer.Option(help="Seed for the command: {seed}, and Python's hash seed.")]
Timeout = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="The longest that one run may take (no limit by default)."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Take no results of earlier runs.")]
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
