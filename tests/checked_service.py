"""The sample service as a check runs it: its repository, recorded orders, the command that scores them."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from bisect_ml.check_settings import CheckSettings
from bisect_ml.checks.checking import run
from bisect_ml.checks.request import Request
from bisect_ml.config import Settings
from bisect_ml.saved_check import CheckReport
from sample_data.regenerate import STORY
from sample_data.traffic import requests_of_day
from tests.builders import run_git

ENTRY = "checkout_risk.serve:predict"
SCORE = """\
import json, sys
sys.path.insert(0, ".")
from checkout_risk.serve import predict
with open(sys.argv[1]) as orders, open(sys.argv[2], "w") as scores:
    for line in orders:
        order = json.loads(line)
        row = {name: order[name] for name in ("order_id", "country", "payment", "channel")}
        scores.write(json.dumps({**row, "expected_loss": predict(order)["expected_loss"]}) + "\\n")
"""
# A day on which no campaign ran.
QUIET_DAY = 3


@dataclass(frozen=True, kw_only=True)
class CheckedService:
    """A checkout of the sample service on its main branch, orders as it gets them, and how it scores them."""

    folder: Path
    repository: Path
    orders: Path
    command: str

    def git(self, *arguments: str) -> str:
        return run_git("-C", str(self.repository), *arguments).strip()

    def commit(
        self, branch: str, *edits: tuple[str, str, str], at: str | None = None, message: str = "Edit"
    ) -> str:
        """Commit (path, old, new) edits on a branch, begun at a commit where one is named; return the sha."""
        if at is not None:
            self.git("checkout", "-q", "-B", branch, at)
        else:
            self.git("checkout", "-q", branch)
        for name, old, new in edits:
            path = self.repository / name
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new))
        self.git("commit", "-q", "-a", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def check(
        self, base: str, head: str, *, bisect: bool = False, entry: str = ENTRY, **settings: object
    ) -> CheckReport:
        """Check two versions, from Python."""
        own = CheckSettings(run=self.command, input=str(self.orders), key=("order_id",), **settings)  # type: ignore[arg-type] # any field
        request = Request(base=base, head=head, repo=str(self.repository), bisect=bisect)
        return run(request, own, Settings(entry=entry))

    def flags(self) -> list[str]:
        """The flags that the command line needs to run it."""
        return ["--repo", str(self.repository), "--run", self.command, "--input", str(self.orders)]


def unpack_service(folder: Path, *, orders: int = 800) -> CheckedService:
    """Clone the sample's repository, and write the recorded orders and the script that scores them."""
    repository = folder / "service"
    bundle = STORY.parent / "service.bundle"
    run_git("clone", "-q", str(bundle), str(repository))
    for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        run_git("-C", str(repository), "config", name, value)
    script = folder / "score.py"
    script.write_text(SCORE)
    recorded = folder / "orders.jsonl"
    write_orders(recorded, orders)
    command = f"{sys.executable} {script} {{input}} {{output}}"
    return CheckedService(folder=folder, repository=repository, orders=recorded, command=command)


def write_orders(path: Path, count: int) -> None:
    """Write the first orders of a quiet day, a line each."""
    payloads = [request.payload for request in requests_of_day(QUIET_DAY)]
    step = max(1, len(payloads) // count)
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads[::step][:count]))
