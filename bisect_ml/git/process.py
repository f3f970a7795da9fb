"""Git as a process: found, pinned to one repository, and started so that it can do no harm."""

import subprocess
from collections.abc import Generator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bisect_ml.errors import GitError
from bisect_ml.git import safety

if TYPE_CHECKING:
    import git


class GitProcess:
    """Starts git in one repository, over GitPython's command runner.

    Args:
        path: The repository, or any folder inside its checkout.
        variables: What the environment holds besides, or instead of, what pins the repository.

    Raises:
        GitError: There is no git, no such folder, or no repository around it.
    """

    def __init__(self, path: Path, variables: Mapping[str, str] = MappingProxyType({})) -> None:
        self.path = path
        self.git_dir = _git_dir(path)
        self.common_dir = _common_dir(self.git_dir)
        self._environment = {**safety.environment(self.git_dir, self.common_dir), **variables}

    def run(self, *arguments: str, lines: Sequence[str] = (), allowed: tuple[int, ...] = (0,)) -> bytes:
        """Run git to its end, with lines on its input, and return what it wrote.

        Raises:
            GitError: It ended with a code that is not allowed.
        """
        process = self._start(*arguments)
        output, complaint = process.communicate(_joined(lines))
        if process.returncode not in allowed:
            raise self._error(arguments[0], complaint)
        return bytes(output)

    def records(self, *arguments: str, lines: Sequence[str] = ()) -> Generator[bytes, None, None]:
        """Yield NUL-ended records as git finds them; closing the generator ends the process.

        Raises:
            GitError: Git failed after the records that were yielded.
        """
        process = self._start(*arguments)
        try:
            process.stdin.write(_joined(lines))
            process.stdin.close()
            rest = b""
            while chunk := process.stdout.read1(1 << 16):
                *whole, rest = (rest + chunk).split(b"\0")
                yield from whole
            if rest:
                yield rest
            complaint = process.stderr.read()
            if process.proc.wait() != 0:
                raise self._error(arguments[0], complaint)
        finally:
            process.proc.kill()
            process.proc.wait()
            process.proc.stdout.close()
            process.proc.stderr.close()

    def fetch(self, environment: Mapping[str, str], objects: Sequence[str]) -> None:
        """Fetch objects from `origin`, in another environment than the one that reads.

        Raises:
            GitError: The remote cannot be reached or does not give them.
        """
        arguments = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--filter=blob:none")
        command = [
            self._runner.GIT_PYTHON_GIT_EXECUTABLE,
            "fetch",
            "--quiet",
            *arguments,
            "--stdin",
            "origin",
        ]
        process = self._runner.execute(
            command, istream=subprocess.PIPE, as_process=True, env=dict(environment)
        )
        _, complaint = process.communicate(_joined(objects))
        if process.returncode != 0:
            reason = safety.single_line(complaint, {})
            raise GitError(
                f"cannot fetch what {self.path} lacks: {reason}",
                "see whether you can reach the remote, or run without --fetch on what is here",
            )

    @cached_property
    def _runner(self) -> "git.Git":
        runner: git.Git = _gitpython().Git(str(self.git_dir))
        return runner

    def _start(self, *arguments: str) -> Any:
        command = [self._runner.GIT_PYTHON_GIT_EXECUTABLE, *safety.OPTIONS, *arguments]
        # GitPython wraps Popen in an object that ends the process when it is dropped.
        return self._runner.execute(command, istream=subprocess.PIPE, as_process=True, env=self._environment)

    def _error(self, command: str, complaint: bytes) -> GitError:
        reason = safety.single_line(complaint, {str(self.git_dir): str(self.path)})
        return GitError(
            f"git {command} failed in {self.path}: {reason}",
            f"see whether the repository is whole: git -C {self.path} fsck --connectivity-only",
        )


def _joined(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _gitpython() -> Any:
    """Import GitPython, which looks for the git program as it is imported."""
    try:
        import git
    except ImportError as problem:
        raise GitError("there is no git program on the PATH", "install git 2.31 or newer") from problem
    return git


def _git_dir(path: Path) -> Path:
    library = _gitpython()
    hint = "give the folder of a git checkout or of a bare repository with --repo"
    try:
        repository = library.Repo(path, search_parent_directories=True, expand_vars=False)
    except library.NoSuchPathError as problem:
        raise GitError(f"no such folder: {path}", hint) from problem
    except PermissionError as problem:
        raise GitError(f"no permission to read {path}", "run as a user who may read it") from problem
    except (library.InvalidGitRepositoryError, OSError, ValueError) as problem:
        raise GitError(f"not a git repository: {path}", hint) from problem
    git_dir = Path(repository.git_dir).absolute()
    repository.close()
    return git_dir


def _common_dir(git_dir: Path) -> Path:
    """Return where refs and objects are: elsewhere than `git_dir` for a linked worktree."""
    try:
        return (git_dir / (git_dir / "commondir").read_text("utf-8").strip()).resolve()
    except FileNotFoundError:
        return git_dir
