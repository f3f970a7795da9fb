"""Base and head run on the recorded inputs, side by side where cores allow."""

from dataclasses import dataclass
from pathlib import Path

from bisect_ml.checks.branches import Branches
from bisect_ml.errors import RunError
from bisect_ml.runs import Run, Runner
from bisect_ml.saved_check import Comparison, Side
from bisect_ml.types import Commit


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


def run_sides(runner: Runner, branches: Branches, *, repeat_base: int) -> SideRuns:
    """Run both sides, and the base again as often as asked.

    Raises:
        RunError: A side came to nothing; the message ends with the last lines of its log.
    """
    base, head = runner.run_many([branches.base.sha, branches.head.sha])
    repeats = [runner.run(branches.base.sha, repeat=number + 1) for number in range(repeat_base)]
    return SideRuns(
        branches=branches,
        base=base,
        head=head,
        base_output=_output(base, branches.base_name),
        head_output=_output(head, branches.head_name),
        repeats=tuple(_output(run, branches.base_name) for run in repeats),
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


def _output(run: Run, name: str) -> Path:
    if run.output is not None:
        return run.output
    end = "".join(f"\n    {line}" for line in run.last_lines)
    raise RunError(f"{name} ({run.sha[:10]}) could not run: {run.failed}{end}", f"the whole log: {run.log}")
