"""The sample incident, unpacked where `trace` can work on it."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bisect_ml.errors import GitError
from bisect_ml.resources import folder

SERVICE = "checkout-risk"
ENVIRONMENT = "production"
ENTRY = "checkout_risk.serve:predict"
PREDICTIONS = "predictions.parquet"
DEPLOYS = "deploys.csv"
TRUTH = "truth.json"
BUNDLE = "service.bundle"
NO_GIT = ("there is no git program on the PATH", "install git 2.31 or newer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Where the parts of the sample incident lie, and what `trace` should be told of them.

    `truth` names what really broke; it is there to compare the answer with, `trace` does not read it.
    """

    folder: Path
    predictions: Path
    repository: Path
    deploys: Path
    truth: Path
    service: str = SERVICE
    environment: str = ENVIRONMENT
    entry: str = ENTRY


def unpack(target: Path | None = None) -> Sample:
    """Copy the sample incident into a folder and clone its repository there; needs no network.

    Args:
        target: A folder that exists or can be made; files of an earlier demo in it are overwritten.
            A new temporary folder by default, which stays: the report will lie there.

    Raises:
        GitError: git is missing or fails, or something named `repository` is in the way.
    """
    if target is None:
        target = Path(tempfile.mkdtemp(prefix="bisect-ml-demo-"))
    target.mkdir(parents=True, exist_ok=True)
    source = folder("sample_data")
    for name in (PREDICTIONS, DEPLOYS, TRUTH, BUNDLE):
        (target / name).write_bytes((source / name).read_bytes())
    _clone(target / BUNDLE, target / "repository")
    return Sample(
        folder=target,
        predictions=target / PREDICTIONS,
        repository=target / "repository",
        deploys=target / DEPLOYS,
        truth=target / TRUTH,
    )


def _clone(bundle: Path, repository: Path) -> None:
    """Make a repository of the bundle's main branch, with its files checked out.

    Not `git clone`: a hook that runs us sets `GIT_WORK_TREE` and the like, which clone obeys, and the
    user's own configuration may bring templates, hooks and line endings that the sample must not have.
    """
    try:
        import git
    except ImportError as error:
        raise GitError(*NO_GIT) from error
    if repository.exists():
        raise GitError(f"{repository} exists already", "name another folder, or remove it")
    repository.mkdir()
    # git reads the paths of its environment from where it works.
    bundle, repository = bundle.absolute(), repository.absolute()
    runner = git.Git(repository)
    runner.update_environment(
        GIT_DIR=str(repository / ".git"),
        GIT_WORK_TREE=str(repository),
        GIT_INDEX_FILE=str(repository / ".git" / "index"),
        GIT_OBJECT_DIRECTORY=str(repository / ".git" / "objects"),
        GIT_ALTERNATE_OBJECT_DIRECTORIES="",
        GIT_NAMESPACE="",
        GIT_CONFIG_NOSYSTEM="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_COUNT="0",
        GIT_CONFIG_PARAMETERS="",
        GIT_ALLOW_PROTOCOL="file",
    )
    try:
        runner.init("--quiet", "--template=", "--initial-branch=main")
        runner.fetch("--quiet", "--no-tags", str(bundle), "HEAD")
        runner.reset("--quiet", "--hard", "FETCH_HEAD")
    except git.GitCommandNotFound as error:
        raise GitError(*NO_GIT) from error
    except git.GitCommandError as error:
        raise GitError(f"git cannot unpack the sample into {repository}", error.stderr.strip()) from error
