"""The runner: a command run on the code of commits, with nothing left behind in their repository."""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import Any, Protocol, Self

from bisect_ml.errors import ConfigError
from bisect_ml.runs.cache import Cache
from bisect_ml.runs.checkout import Borrower, Checkout, Origin
from bisect_ml.runs.commands import placeholders
from bisect_ml.runs.environments import Environments
from bisect_ml.runs.folders import Private, default_root
from bisect_ml.runs.inputs import fingerprint
from bisect_ml.runs.job import Job, Workshop
from bisect_ml.runs.outcome import Recipe, Run
from bisect_ml.runs.processes import Processes

MAX_JOBS = 2
CACHE_LIMIT_BYTES = 5_000_000_000
_HEED_S = 0.5


class Listener(Protocol):
    """Whoever wants to know how far the runs are."""

    def stage(self, name: str) -> None:
        """Hear what is being done now."""

    def note(self, text: str) -> None:
        """Hear something that the user should know."""


class _Nobody:
    def stage(self, name: str) -> None:
        """Hear nothing."""

    def note(self, text: str) -> None:
        """Hear nothing."""


class Runner:
    """Runs one command on the code of commits, inside a `with` block.

    Nothing is ever written to the repository. What the block leaves is the cache: outputs, logs and
    environments, bounded in size. When it ends, by an exception, Ctrl-C or SIGTERM too, the commands that run
    are ended and the checkouts removed; after a kill the commands end by themselves, and the
    next runner removes the checkouts.

    Args:
        repository_path: The repository, or a folder inside its checkout, in which the command then starts.
        run: The command, for the shell, with the placeholders of `commands.py`. Without `{output}` its
            standard output is the output.
        input: The recorded inputs, a file or a folder, for `{input}`.
        setup: A command that makes the environment `{env}`, or prepares the checkout.
        seed: For `{seed}` and Python's hash seed.
        folder: Where the cache and the checkouts are; by default the user's cache folder.
        jobs: How many commits run side by side, 2 at most; by default as many as there are processors.
        timeout_s: The most seconds that a command may take, None for no limit.
        cache: Whether results of earlier runs are taken.
        cache_limit_bytes: How much is kept.
        progress: Hears of each run.

    Raises:
        ConfigError: A command does not fit together, or runs are not possible on this system.
        GitError: There is no git, or no repository.
        InputError: The input cannot be read.
    """

    def __init__(
        self,
        repository_path: str | Path,
        *,
        run: str,
        input: str | Path | None = None,  # noqa: A002 - the name of the placeholder and of the flag
        setup: str | None = None,
        seed: int = 0,
        folder: str | Path | None = None,
        jobs: int | None = None,
        timeout_s: float | None = None,
        cache: bool = True,
        cache_limit_bytes: int = CACHE_LIMIT_BYTES,
        progress: Listener | None = None,
    ) -> None:
        _check_commands(run, setup, has_input=input is not None)
        if timeout_s is not None and not timeout_s > 0:
            raise ConfigError(f"a time limit of {timeout_s:g} s", "give seconds above 0, or no limit")
        self._origin = Origin(Path(repository_path))
        self._recipe = Recipe(
            run=run,
            setup=setup,
            input=None if input is None else Path(input).absolute(),
            seed=seed,
            subfolder=self._origin.subfolder,
            timeout_s=timeout_s,
        )
        self._root = default_root() if folder is None else Path(folder).absolute()
        self._jobs = max(1, min(jobs or _processors(), MAX_JOBS))
        self._use_cache = cache
        self._cache_limit_bytes = cache_limit_bytes
        self._progress = progress or _Nobody()
        self._warnings: dict[str, None] = {}
        self._done: dict[tuple[str, int], Run] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know of the runs so far, each once."""
        return tuple(self._warnings)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            input_sha256 = None if self._recipe.input is None else fingerprint(self._recipe.input)
            private = Private(self._root)
            stack.callback(private.close)
            cache = Cache(self._root, self._cache_limit_bytes)
            stack.callback(cache.close)
            self._processes = Processes(keep=private.lock.descriptor)
            borrower = Borrower(private.path / "repository", self._origin)
            self._workshop = Workshop(
                origin=self._origin,
                recipe=self._recipe,
                input_sha256=input_sha256,
                folder=private.path,
                cache=cache,
                use_cache=self._use_cache,
                environments=Environments(self._root / "environments", self._processes.check),
                processes=self._processes,
                warn=self._warn,
                stage=self._progress.stage,
            )
            self._free: SimpleQueue[Checkout] = SimpleQueue()
            for number in range(self._jobs):
                self._free.put(Checkout(private.path / str(number), borrower))
            self._pool = ThreadPoolExecutor(self._jobs, thread_name_prefix="bisect-ml-run")
            stack.callback(self._pool.shutdown, cancel_futures=True)
            stack.callback(self._processes.stop)
            stack.enter_context(_Signals())
            if borrower.origin_is_dirty():
                self._warn("uncommitted changes in the checkout are not part of what runs: only commits are")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def run(self, sha: str, repeat: int = 0) -> Run:
        """Run the command on the code of a commit, or return what an earlier run came to.

        Args:
            sha: The full sha of the commit.
            repeat: Tells runs of the same commit apart; each number runs once.

        Raises:
            GitError: The repository does not have the commit.
        """
        return self.run_many([sha], repeat)[0]

    def run_many(self, shas: Iterable[str], repeat: int = 0) -> list[Run]:
        """Run the command on several commits, side by side, and return the runs in the order asked for.

        Raises:
            GitError: The repository does not have one of the commits.
        """
        asked = list(shas)
        futures = {sha: self._pool.submit(self._run, sha, repeat) for sha in dict.fromkeys(asked)}
        _first_error(futures.values())
        return [futures[sha].result() for sha in asked]

    def _run(self, sha: str, repeat: int) -> Run:
        if (sha, repeat) not in self._done:
            checkout = self._free.get()
            try:
                self._done[sha, repeat] = Job(self._workshop, checkout, sha, repeat).run()
            finally:
                self._free.put(checkout)
        return self._done[sha, repeat]

    def _warn(self, text: str) -> None:
        if text not in self._warnings:
            self._warnings[text] = None
            self._progress.note(text)


class _Signals:
    """Makes SIGTERM and SIGHUP leave the block as an exception does, where nobody else handles them."""

    def __enter__(self) -> None:
        self._before: dict[int, Any] = {}
        names = ("SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        if threading.current_thread() is threading.main_thread():
            for number in numbers:
                if signal.getsignal(number) is signal.SIG_DFL:
                    self._before[number] = signal.signal(number, _leave)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _first_error(futures: Iterable[Future[Run]]) -> None:
    """Wait for all futures, or until one fails, and raise that failure.

    The wait is made of short ones: Python hears of a signal that comes right before it blocks when it is
    awake again, which without an end to the wait it never would be.
    """
    left = set(futures)
    while left:
        done, left = wait(left, timeout=_HEED_S, return_when="FIRST_EXCEPTION")
        for future in done:
            future.result()


def _processors() -> int:
    """Return how many processors this process may use, where the system says."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _check_commands(run: str, setup: str | None, *, has_input: bool) -> None:
    commands: Mapping[str, str | None] = {"run": run, "setup": setup}
    for name, command in commands.items():
        if command is not None and ("\0" in command or not command.strip()):
            raise ConfigError(f"--{name}: not a command", "give a command as you would type it")
        used = placeholders(command or "")
        if "input" in used and not has_input:
            raise ConfigError(f"--{name} names {{input}}, but there is no input", "give it with --input PATH")
    if "env" in placeholders(run) and "env" not in placeholders(setup or ""):
        raise ConfigError(
            "--run names {env}, but no set-up makes it",
            'add --setup, such as "python -m venv {env} && {env}/bin/pip install -r requirements.txt"',
        )
    if "output" in placeholders(setup or ""):
        raise ConfigError("--setup names {output}, which is for the run alone", "take it out of --setup")
