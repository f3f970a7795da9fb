"""Public histories whose functions can be run at every commit.

None of their code is part of this project: `outputs.py` reads the repositories from a folder of clones
named OWNER+NAME. An expression is evaluated for each input `x` of a pool at every commit of the main line.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A repository, what to run before its expressions, and its metrics.

    `metrics` maps the entry point to the expression that computes the prediction from `x`, and to the
    pool that `x` comes from. Only files below `roots` are laid out to be run, all where it is empty.
    `entries` names the function behind a metric that is called otherwise, `through` what else a part of an
    expression runs, such as the making of what it then asks: both are where predictions start. `held_out`
    histories are neither fitted to nor calibrated on.
    """

    repo: str
    setup: tuple[str, ...]
    metrics: dict[str, tuple[str, str]]
    language: Literal["python", "javascript", "perl", "ruby", "php", "go", "java", "rust"] = "python"
    roots: tuple[str, ...] = ()
    entries: dict[str, str] = field(default_factory=dict)
    through: dict[str, str] = field(default_factory=dict)
    held_out: bool = False

    @property
    def name(self) -> str:
        """The repository as its folders and files are called."""
        return self.repo.replace("/", "+")

    def entry(self, metric: str) -> str:
        """Return where the predictions of a metric start in the code, with commas where at several places."""
        expression, _ = self.metrics[metric]
        also = (entry for part, entry in self.through.items() if part in expression)
        return ",".join(dict.fromkeys((self.entries.get(metric, metric), *also)))


def each(names: str, expression: str, pool: str, module: str = "") -> dict[str, tuple[str, str]]:
    """Return metrics that differ in the name of the function only: `$` in the expression."""
    prefix = f"{module}:" if module else ""
    return {prefix + name: (expression.replace("$", name), pool) for name in names.split()}
