"""The sample incident, unpacked where `trace` can work on it."""

from dataclasses import dataclass
from pathlib import Path

import git

from bisect_ml.errors import GitError
from bisect_ml.resources import folder

SERVICE = "checkout-risk"
ENVIRONMENT = "production"
ENTRY = "checkout_risk.serve:predict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Where the parts of the sample incident lie, and what `trace` should be told of them.

    `truth` names what really broke; it is there to compare the answer with, `trace` does not read it.
    """

    predictions: Path
    repository: Path
    deploys: Path
    truth: Path
    service: str = SERVICE
    environment: str = ENVIRONMENT
    entry: str = ENTRY


def unpack(target: Path) -> Sample:
    """Copy the sample incident into a folder and clone its repository there; needs no network.

    Args:
        target: A folder that exists or can be made. Files of an earlier demo in it are overwritten.

    Raises:
        GitError: git is missing, refuses the clone, or the folder holds another `repository`.
    """
    target.mkdir(parents=True, exist_ok=True)
    source = folder("sample_data")
    for name in ("predictions.parquet", "deploys.csv", "truth.json", "service.bundle"):
        (target / name).write_bytes((source / name).read_bytes())
    _clone(target / "service.bundle", target / "repository")
    return Sample(
        predictions=target / "predictions.parquet",
        repository=target / "repository",
        deploys=target / "deploys.csv",
        truth=target / "truth.json",
    )


def _clone(bundle: Path, repository: Path) -> None:
    """Clone with no template, so that no hook of the user's own runs in a repository we made."""
    try:
        git.Git().clone("--quiet", "--template=", "--branch=main", "--", str(bundle), str(repository))
    except git.GitCommandNotFound as error:
        raise GitError("git is not installed", "install git 2.28 or newer") from error
    except git.GitCommandError as error:
        raise GitError(
            f"cannot clone the sample repository into {repository}",
            "choose an empty folder" if repository.exists() else error.stderr.strip(),
        ) from error
