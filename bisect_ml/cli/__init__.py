"""The command line: options in, one call, output out; a command a file."""

from bisect_ml.cli.interrupts import quit_on_interrupt


def main() -> None:
    """Run the command line and exit with its code."""
    quit_on_interrupt()
    # An interrupt while this is imported ends the process as quietly as one later.
    from bisect_ml.cli.commands import app

    app(prog_name="bisect-ml")
