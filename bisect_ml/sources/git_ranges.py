"""What lies between two commits: the commits themselves, and the files that differ."""

from collections.abc import Mapping

from bisect_ml.git.process import GitProcess
from bisect_ml.sources import git_text
from bisect_ml.sources.git_commits import checked

_ABSENT = ""


def merge_base(git: GitProcess, first: str, second: str) -> str | None:
    """Return the newest commit that both reach (one of them where there are several), None without one."""
    output = git.run("merge-base", checked(first), checked(second), allowed=(0, 1))
    return output.split()[0].decode() if output.strip() else None


def names(git: GitProcess) -> tuple[str, ...]:
    """Return the names of all branches and tags, as people write them."""
    output = git.run("for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags", "refs/remotes")
    full = (git_text.path(line) for line in output.splitlines())
    return tuple(name.split("/", 2)[2] for name in full)


def parents_between(git: GitProcess, base: str, head: str) -> dict[str, tuple[str, ...]]:
    """Return the commits that `head` reaches and `base` does not with their parents, parents first."""
    arguments = ("rev-list", "--parents", "--topo-order", "--reverse", "--stdin")
    output = git.run(*arguments, lines=[checked(head), f"^{checked(base)}"])
    lines = (line.decode().split() for line in output.splitlines())
    return {sha: tuple(parents) for sha, *parents in lines}


def changed_blobs(git: GitProcess, base: str, head: str) -> dict[str, str]:
    """Return the paths that differ between two commits with their blobs at `head`, empty where gone."""
    output = git.run(
        "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", checked(base), checked(head)
    )
    fields = iter(output.split(b"\0")[:-1])
    found = {}
    for facts, path in zip(fields, fields, strict=True):
        blob = facts.split()[3].decode()
        found[git_text.path(path)] = blob if blob.strip("0") else _ABSENT
    return found


def blobs(git: GitProcess, sha: str) -> Mapping[str, str]:
    """Return the paths of a commit's files with their blobs."""
    output = git.run("ls-tree", "-r", "-z", "--end-of-options", checked(sha))
    records = (record.split(b"\t", 1) for record in output.split(b"\0")[:-1])
    return {git_text.path(path): facts.split()[2].decode() for facts, path in records}


def file_text(git: GitProcess, sha: str, path: str) -> str | None:
    """Return the text of a file at a commit, None where it has no such file."""
    blob = blobs(git, sha).get(path)
    return None if blob is None else git_text.text(git.run("cat-file", "blob", checked(blob)))
