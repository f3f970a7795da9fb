"""Base and head run on the recorded inputs, side by side where cores allow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.branches import Branches
from bisect_ml.checks.comparing import compare_predictions
from bisect_ml.errors import InputError, RunError
from bisect_ml.runs import Run, Runner
from bisect_ml.saved_check import Comparison, Side
from bisect_ml.types import Commit

# How shells and interpreters say that a file is not there.
_MISSING = re.compile(r"No such file|not found|can't open|cannot find|No module named", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRuns:
    """The runs of the two sides, with their predictions, and those of the base run again."""

    branches: Branches
    base: Run
    head: Run
    base_output: Path
    head_output: Path
    repeats: tuple[Path, ...]

    @property
    def logs(self) -> dict[str, str]:
        """The paths of the logs of both sides."""
        return {"base": str(self.base.log), "head": str(self.head.log)}

    def sides(self, comparison: Comparison, command: str | None) -> tuple[Side, Side]:
        """Return what a report saves of the two sides."""
        branches = self.branches
        base_rows, head_rows = rows_of(comparison)
        return (
            _side(branches.base_name, branches.base, self.base, self.base_output, base_rows, command),
            _side(branches.head_name, branches.head, self.head, self.head_output, head_rows, command),
        )

    def compared(self, settings: CheckSettings) -> Comparison:
        """Compare what the sides wrote.

        Raises:
            InputError: They cannot be compared; the message calls each output by the name of its side.
        """
        try:
            return compare_predictions(self.base_output, self.head_output, settings, repeats=self.repeats)
        except InputError as error:
            message = error.message
            for path, name in (
                (self.base_output, self.branches.base_name),
                (self.head_output, self.branches.head_name),
            ):
                message = message.replace(str(path), f"the output of {name}")
            raise InputError(message, error.hint) from error


def run_sides(
    runner: Runner, branches: Branches, *, command: str, repeat_base: int, folder: Path
) -> SideRuns:
    """Run both sides, and the base again as often as asked.

    Args:
        runner: Runs commits.
        branches: The two sides.
        command: What it runs.
        repeat_base: How often the base runs again.
        folder: Where the user stands.

    Raises:
        RunError: A side came to nothing; the message ends with the last lines of its log.
    """

    def output(run: Run, name: str) -> Path:
        if run.output is not None:
            return run.output
        end = "".join(f"\n    {line}" for line in run.last_lines)
        raise RunError(
            f"{name} ({run.sha[:10]}) could not run: {run.failed}{end}",
            f"{hint_of_missing_file(command, run.last_lines, folder)}the whole log: {run.log}",
        )

    base, head = runner.run_many([branches.base.sha, branches.head.sha])
    repeats = [runner.run(branches.base.sha, repeat=number + 1) for number in range(repeat_base)]
    return SideRuns(
        branches=branches,
        base=base,
        head=head,
        base_output=output(base, branches.base_name),
        head_output=output(head, branches.head_name),
        repeats=tuple(output(run, branches.base_name) for run in repeats),
    )


def rows_of(comparison: Comparison) -> tuple[int, int]:
    """Return the rows of the base and of the head."""
    whole = [one for one in comparison.results if one.slice is None]
    return max((one.base_rows for one in whole), default=0), max((one.head_rows for one in whole), default=0)


def _side(name: str, commit: Commit, run: Run, output: Path, rows: int, command: str | None) -> Side:
    return Side(
        name=name,
        predictions=str(output),
        rows=rows,
        sha=commit.sha,
        subject=commit.subject,
        command=command,
        seconds=run.seconds,
        cached=run.cached,
    )


def hint_of_missing_file(command: str, last_lines: Sequence[str], folder: Path) -> str:
    """Return what to do where a run did not find a file that the command names, or nothing.

    Args:
        command: The command, with its placeholders.
        last_lines: The end of the log.
        folder: Where the user stands; the command ran in a checkout.
    """
    told = [line for line in last_lines if _MISSING.search(line)]
    first, *others = command.split() or [""]
    # The interpreter last: it is in many a line that speaks of its script.
    for word in (*others, first):
        name = word.strip("'\"")
        if not name or "{" in name or Path(name).is_absolute() or not any(name in line for line in told):
            continue
        if (folder / name).is_file():
            whole = (folder / name).resolve()
            return f"the command starts in a checkout of each commit: write {whole} for {name}; "
        return f"the command starts in a checkout of each commit, where {name} is not found; "
    return ""
