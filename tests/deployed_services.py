"""A company on disk: a monorepo of two services, a feature repository of its own, and their deploy logs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.builders import Built, TagOf, build_repository, commit

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Company:
    """The two repositories and the log of what was deployed from them."""

    folder: Path
    services: Built
    features: Built
    log: Path


def at(hours: float) -> datetime:
    """A moment some hours after the first deploy."""
    return START + timedelta(hours=hours)


def write_rows(path: Path, *rows: tuple[float, str, str, str, str], minutes: float = 20) -> Path:
    """Write a deploy log of (hours, commit, service, environment, status)."""
    lines = ["started_at,finished_at,sha,service,environment,status"]
    for hours, ref, *rest in rows:
        end = at(hours + minutes / 60).isoformat()
        lines.append(",".join([at(hours).isoformat(), end, ref, *rest]))
    path.write_text("\n".join(lines) + "\n")
    return path


def make_company(folder: Path) -> Company:
    """Build a monorepo of `scorer` and `batch`, the repository of `features`, and one deploy log."""
    services = build_repository(
        folder / "services",
        [
            commit("base", {"scorer/model.py": "x = 1\n", "batch/run.py": "y = 1\n"}),
            commit("batch change", {"batch/run.py": "y = 2\n"}),
            commit("scorer change", {"scorer/model.py": "x = 2\n"}, branch="topic", parents=["base"]),
            commit(
                "merge", parents=["batch change", "scorer change"], message="Merge pull request #7 from t"
            ),
            commit("aside", {"scorer/model.py": "x = 9\n"}, branch="hotfix", parents=["batch change"]),
            TagOf(name="v2", commit="merge", at=at(30)),
        ],
    )
    features = build_repository(
        folder / "features", [commit("one", {"f.py": "1\n"}), commit("two", {"f.py": "2\n"}, message="Two")]
    )
    log = write_rows(
        folder / "deploys.csv",
        (0, services["base"], "scorer", "production", "succeeded"),
        (1, features["one"], "features", "production", "succeeded"),
        (2, services["base"], "scorer", "staging", "succeeded"),
        (3, services["merge"], "scorer", "production", "succeeded"),
        (4, services["aside"], "scorer", "production", "failed"),
        (5, services["batch change"], "scorer", "production", "succeeded"),
        (6, services["aside"], "scorer", "production", "succeeded"),
        (7, services["merge"], "scorer", "production", "succeeded"),
        (8, services["merge"], "scorer", "production", "succeeded"),
        (9, features["two"], "features", "production", "succeeded"),
    )
    return Company(folder=folder, services=services, features=features, log=log)
