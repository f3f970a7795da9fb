"""`bisect-ml check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bisect_ml.cli.exit_codes import ABORT_BISECT, SKIP_BUILD, ExitCode
from bisect_ml.cli.options import (
    Annotations,
    Config,
    Fetch,
    Html,
    InputPath,
    Json,
    Junit,
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

if TYPE_CHECKING:
    from bisect_ml.check_settings import CheckSettings
    from bisect_ml.checks.request import Request
    from bisect_ml.config import Settings
    from bisect_ml.saved_check import CheckReport


def check(
    base: Annotated[str | None, typer.Argument(help="A branch, tag or commit that is good.")] = None,
    head: Annotated[str | None, typer.Argument(help="The one that is to be released.")] = None,
    repo: Repo = Path(),
    run: RunCommand = None,
    input: InputPath = None,  # noqa: A002 - the name of the flag
    setup: SetUp = None,
    base_predictions: Annotated[
        str | None, typer.Option(metavar="FILE", help="What the base predicts, instead of running it.")
    ] = None,
    head_predictions: Annotated[
        str | None, typer.Option(metavar="FILE", help="What the head predicts, instead of running it.")
    ] = None,
    merge_base: Annotated[
        bool,
        typer.Option(
            "--merge-base/--no-merge-base",
            help="Hold HEAD against where it left BASE, or against BASE itself.",
        ),
    ] = True,
    key: Key = None,
    unpaired: Annotated[bool, typer.Option("--unpaired", help="Compare without pairing rows.")] = False,
    prediction: Prediction = None,
    slices: Slices = None,
    threshold: Annotated[
        float | None, typer.Option(help="Where a number becomes a decision: at or above it, or below.")
    ] = None,
    margins: Annotated[
        list[str] | None,
        typer.Option("--margin", metavar="METRIC=SHARE", help="How far a metric may move; may be repeated."),
    ] = None,
    critical: Annotated[
        list[str] | None,
        typer.Option(metavar="METRIC", help="Metric to be proved in every slice; may be repeated."),
    ] = None,
    repeat_base: Annotated[
        int | None, typer.Option(metavar="N", help="Run the base N more times, to see its noise.")
    ] = None,
    bisect: Annotated[
        bool, typer.Option("--bisect", help="Run commits of a failing branch until the cause is found.")
    ] = False,
    accept: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Accept what fails, and write it down to be committed."),
    ] = None,
    inconclusive: Annotated[
        str,
        typer.Option(metavar="fail|pass", help="What an inconclusive check counts as: exit code 3, or 0."),
    ] = "fail",
    bisect_run: Annotated[
        bool, typer.Option("--bisect-run", help="Exit as `git bisect run` wants: 125 skips a commit.")
    ] = False,
    seed: Seed = 0,
    timeout: Timeout = None,
    no_cache: NoCache = False,
    entry: Annotated[
        str | None,
        typer.Option(
            metavar="MODULE:FUNCTION",
            help="Where predictions start in the code; several with commas between.",
        ),
    ] = None,
    config: Config = None,
    fetch: Fetch = False,
    html: Html = None,
    json: Json = None,
    markdown: Markdown = None,
    junit: Junit = None,
    annotations: Annotations = False,
    link_template: LinkTemplate = None,
    no_diffs: NoDiffs = False,
    no_authors: NoAuthors = False,
    quiet: Quiet = False,
) -> None:
    """Compare what two branches predict, and pass or fail the release.

    Where it fails, the commits of the branch are ranked, and run with --bisect.
    """
    from bisect_ml.check_settings import load_check_settings, parse_margins
    from bisect_ml.checks.request import Request
    from bisect_ml.config import load_settings
    from bisect_ml.errors import BisectError, ConfigError
    from bisect_ml.publication import CheckTargets, Privacy, publish_check

    try:
        if inconclusive not in ("fail", "pass"):
            raise ConfigError(f"--inconclusive={inconclusive}: no such choice", "say `fail` or `pass`")
        flags = {
            "run": run, "setup": setup, "input": None if input is None else str(input),
            "key": () if unpaired else key or None, "prediction": prediction, "slices": slices or None,
            "threshold": threshold, "margins": parse_margins(margins or ()) or None,
            "critical": critical or None, "repeat_base": repeat_base,
        }  # fmt: skip
        settings = load_check_settings(flags, folder=Path.cwd(), file=config)
        general = {"entry": entry, "link_template": link_template, "fetch": fetch}
        request = Request(
            base=base, head=head, base_predictions=base_predictions, head_predictions=head_predictions,
            repo=str(repo), merge_base=merge_base, bisect=bisect, accept=accept, seed=seed,
            timeout_s=timeout, cache=not no_cache,
        )  # fmt: skip
        targets = CheckTargets(html=html, json=json, markdown=markdown, junit=junit, annotations=annotations)
        targets.check()
        report = _checked(
            request,
            settings,
            load_settings(general, folder=Path.cwd(), file=config),
            quiet=quiet or targets.standard_output_taken,
        )
        privacy = Privacy(diffs=not no_diffs, authors=not no_authors)
        publish_check(report, targets, privacy=privacy, quiet=quiet)
    except BisectError as error:
        if bisect_run:
            error.exit_code = SKIP_BUILD if error.exit_code == ExitCode.CANNOT_RUN else ABORT_BISECT
        raise
    code = _exit_code(report, inconclusive_passes=inconclusive == "pass")
    if code:
        raise typer.Exit(SKIP_BUILD if bisect_run and code == ExitCode.INCONCLUSIVE else code)


def _exit_code(report: "CheckReport", *, inconclusive_passes: bool) -> int:
    codes = {"pass": 0, "fail": ExitCode.REGRESSION, "inconclusive": ExitCode.INCONCLUSIVE}
    if inconclusive_passes and report.comparison.verdict == "inconclusive":
        return 0
    return int(codes[report.comparison.verdict])


def _checked(
    request: "Request", settings: "CheckSettings", general: "Settings", *, quiet: bool
) -> "CheckReport":
    from bisect_ml.checks.checking import run
    from bisect_ml.progress import progress

    with progress(quiet=quiet) as progress_to:
        return run(request, settings, general, progress=progress_to)
