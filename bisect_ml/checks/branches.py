"""The two versions that a check compares, as commits of a repository."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bisect_ml.errors import ConfigError, GitError
from bisect_ml.sources import Repository
from bisect_ml.types import Commit


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """What the user called base and head, and the commits that run for them.

    `base` is where the two parted, unless the base itself was asked for. `behind` says that the base has
    moved on since.
    """

    base_name: str
    head_name: str
    base: Commit
    head: Commit
    behind: bool


def find_branches(
    repository: Repository, base_name: str, head_name: str, *, merge_base: bool = True
) -> Branches:
    """Find the commits of two names.

    Args:
        repository: Where they are.
        base_name: A branch, tag or commit.
        head_name: Likewise.
        merge_base: Whether the head is held against where it left the base, or against the base itself.

    Raises:
        ConfigError: A name leads nowhere, or both lead to one commit.
        GitError: The two share no history that the repository has.
    """
    found = repository.resolve([base_name, head_name])
    base, head = (_known(repository, name, found[name]) for name in (base_name, head_name))
    start = repository.merge_base(base, head) if merge_base else base
    if start is None:
        hint = "run git fetch --unshallow" if repository.is_shallow else "compare them with --no-merge-base"
        raise GitError(f"{base_name} and {head_name} share no commit in {repository.path}", hint)
    if start == head:
        if base == head:
            raise ConfigError(
                f"{base_name} and {head_name} are the same commit, {head[:10]}: there is nothing to compare",
                "give the branch that is to be released as HEAD, or commit your changes first",
            )
        raise ConfigError(
            f"{head_name} ({head[:10]}) has nothing that {base_name} has not: there is nothing to compare",
            f"give them the other way round, or compare with {base_name} itself: --no-merge-base",
        )
    commits = repository.messages([start, head])
    return Branches(
        base_name=base_name,
        head_name=head_name,
        base=commits[start],
        head=commits[head],
        behind=start != base,
    )


def _known(repository: Repository, name: str, sha: str | None) -> str:
    if sha is not None:
        return sha
    ambiguous = f"'{name}' could be more than one commit"
    if any(warning.startswith(ambiguous) for warning in repository.warnings):
        raise ConfigError(f"{ambiguous} in {repository.path}", "give its full sha, or refs/heads/NAME")
    hint = _alike(name, repository.names(), repository)
    raise ConfigError(f"no branch, tag or commit {name!r} in {repository.path}", hint)


def _alike(name: str, names: Sequence[str], repository: Repository) -> str:
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    deepen = " --unshallow" if repository.is_shallow else " --all"
    return f"see git branch --all, or bring the repository up to date: git fetch{deepen}"
