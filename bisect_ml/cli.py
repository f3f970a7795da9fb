"""The command line: options in, one call, output out.

Only Typer is imported here at load time, so that `--help` answers at once; what a command needs
is imported inside it.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bisect_ml.errors import BisectError

if TYPE_CHECKING:
    from bisect_ml.config import Settings
    from bisect_ml.saved_report import Report

EXIT_REGRESSION = 1
EXIT_INCONCLUSIVE = 3
EXIT_INTERRUPTED = 130


class _PoliteGroup(TyperGroup):
    """Commands whose own errors end in two lines on stderr instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BisectError as error:
            _say(f"error: {error.message}")
            if error.hint:
                _say(f"hint: {error.hint}")
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            # The reader of our output left, as `head` does; nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            raise typer.Exit(EXIT_INTERRUPTED) from None


app = typer.Typer(
    cls=_PoliteGroup,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Trace a silent shift in ML predictions to the commit that caused it.",
)


def main() -> None:
    """Run the command line and exit with its code."""
    app(prog_name="bisect-ml")


def _version(wanted: bool) -> None:
    if wanted:
        from bisect_ml import __version__

        typer.echo(f"bisect-ml {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True, invoke_without_command=True)
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


_Repo = Annotated[Path, typer.Option(help="The git repository of the deployed code.")]
_Deploys = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="Deploy history: CSV, JSON or JSON lines; tags:PATTERN or branch:NAME of the repository; "
        "may be repeated.",
    ),
]
_Service = Annotated[str | None, typer.Option(help="Count only the deploys of this service.")]
_Environment = Annotated[
    str | None, typer.Option(help="Count only the deploys to this environment (production by default).")
]
_Tz = Annotated[
    str | None, typer.Option(metavar="ZONE", help="Zone of timestamps without one (UTC by default).")
]
_Config = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings file (bisect-ml.toml by default).")
]
_Fetch = Annotated[
    bool, typer.Option("--fetch", help="Let partial clones fetch what they lack from their remote.")
]
_Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML file.")
]
_Json = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write the report as JSON; - for standard output."),
]
_Markdown = Annotated[
    Path | None,
    typer.Option("--markdown", metavar="FILE", help="Write the report as Markdown; - for standard output."),
]
_Jira = Annotated[
    Path | None,
    typer.Option("--jira", metavar="FILE", help="Write the report in Jira's markup; - for standard output."),
]
_LinkTemplate = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where commits link to, such as https://git.example.com/app/{sha}."),
]
_NoDiffs = Annotated[
    bool,
    typer.Option("--no-diffs", help="Leave the diffs, and evidence that quotes them, out of the report."),
]
_NoAuthors = Annotated[bool, typer.Option("--no-authors", help="Leave the authors out of the report.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


@app.command()
def trace(
    predictions: Annotated[
        list[str],
        typer.Argument(
            help="Prediction logs: CSV, Parquet or JSON-lines files (also .gz, .zst), folders or globs."
        ),
    ],
    repo: _Repo = Path(),
    deploys: _Deploys = None,
    service: _Service = None,
    environment: _Environment = None,
    entry: Annotated[
        str | None,
        typer.Option(metavar="MODULE:FUNCTION", help="Where predictions start in the code."),
    ] = None,
    timestamp: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column that says when.")] = None,
    prediction: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column that holds the model's output.")
    ] = None,
    slices: Annotated[
        list[str] | None,
        typer.Option("--slice", metavar="COLUMN", help="Column that splits the population; may be repeated."),
    ] = None,
    features: Annotated[
        list[str] | None,
        typer.Option("--feature", metavar="COLUMN", help="Numeric input of the model; may be repeated."),
    ] = None,
    version: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column with the version that served the row.")
    ] = None,
    tz: _Tz = None,
    bucket: Annotated[
        str | None,
        typer.Option(metavar="WIDTH", help="Bucket width, such as 15min or 1h (chosen by default)."),
    ] = None,
    max_unreadable: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="Share of unreadable rows to accept (0.01 by default)."),
    ] = None,
    config: _Config = None,
    fetch: _Fetch = False,
    html: _Html = None,
    json: _Json = None,
    markdown: _Markdown = None,
    jira: _Jira = None,
    link_template: _LinkTemplate = None,
    no_diffs: _NoDiffs = False,
    no_authors: _NoAuthors = False,
    fail_on_break: Annotated[
        bool, typer.Option("--fail-on-break", help="Exit with 1 when a break was found.")
    ] = False,
    quiet: _Quiet = False,
) -> None:
    """Find the breaks in prediction logs and rank the commits that can have caused each."""
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
    report = _traced(predictions, repo, settings, quiet=quiet or targets.standard_output_taken)
    publish(report, targets, privacy=Privacy(diffs=not no_diffs, authors=not no_authors), quiet=quiet)
    if fail_on_break and report.incidents:
        raise typer.Exit(EXIT_REGRESSION)


@app.command()
def deploys(
    logs: Annotated[
        list[str] | None,
        typer.Argument(metavar="DEPLOYS", help="Deploy history, as with --deploys."),
    ] = None,
    repo: _Repo = Path(),
    deploys: _Deploys = None,
    service: _Service = None,
    environment: Annotated[
        str | None, typer.Option(help="Show only the deploys to this environment.")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Say what was live at this moment.")] = None,
    tz: _Tz = None,
    config: _Config = None,
    fetch: _Fetch = False,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write the timeline as JSON; - for standard output."),
    ] = None,
) -> None:
    """Show what each deploy put live and took out, or what was live at a moment."""
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
        raise typer.Exit(EXIT_INCONCLUSIVE)


@app.command()
def render(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="A report saved with --json.")],
    html: _Html = None,
    json: _Json = None,
    markdown: _Markdown = None,
    jira: _Jira = None,
    link_template: _LinkTemplate = None,
    no_diffs: _NoDiffs = False,
    no_authors: _NoAuthors = False,
    quiet: _Quiet = False,
) -> None:
    """Render a saved report again."""
    from bisect_ml.publication import Privacy, Targets, publish, read_report

    targets = Targets(html=html, json=json, markdown=markdown, jira=jira)
    targets.check()
    privacy = Privacy(diffs=not no_diffs, authors=not no_authors)
    publish(read_report(report, link_template=link_template), targets, privacy=privacy, quiet=quiet)


@app.command()
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
    report = _traced([str(sample.predictions)], sample.repository, settings, quiet=False)
    targets = Targets(html=sample.folder / "report.html", json=sample.folder / "report.json")
    publish(report, targets, privacy=Privacy(), quiet=False)
    typer.echo(f"The sample, its git history and the reports are in {sample.folder}")


def _traced(predictions: list[str], repo: Path, settings: "Settings", *, quiet: bool) -> "Report":
    from bisect_ml.progress import progress
    from bisect_ml.tracing import run

    with progress(quiet=quiet) as progress_to:
        return run(predictions, repo=repo, settings=settings, progress=progress_to)


def _say(line: str) -> None:
    """Print to stderr, with control characters of untrusted text made visible."""
    typer.echo("".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in line), err=True)
