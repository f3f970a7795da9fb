"""All commands in one group, and how its errors end.

Only Typer is imported at load time, so that `--help` answers at once; what a command needs is
imported inside it.
"""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bisect_ml.cli import check, demo, deploys, init, render, replay, trace
from bisect_ml.cli.exit_codes import ExitCode
from bisect_ml.cli.interrupts import interruptible
from bisect_ml.errors import BisectError


class _PoliteGroup(TyperGroup):
    """Commands whose own errors end in two lines on stderr instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            with interruptible():
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
            raise typer.Exit(ExitCode.INTERRUPTED) from None


app = typer.Typer(
    cls=_PoliteGroup,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Trace a silent shift in ML predictions to the commit that caused it.",
)


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


for _command in (
    trace.trace,
    check.check,
    replay.replay,
    deploys.deploys,
    render.render,
    init.init,
    demo.demo,
):
    app.command()(_command)


def _say(line: str) -> None:
    """Print to stderr, with control characters of untrusted text made visible."""
    typer.echo("".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in line), err=True)
