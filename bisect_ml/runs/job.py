"""One run: a commit checked out, set up, and run; its output found and kept."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bisect_ml.errors import ConfigError, GitError
from bisect_ml.runs.cache import Cache, key_of
from bisect_ml.runs.checkout import Checkout, Origin
from bisect_ml.runs.commands import filled, placeholders
from bisect_ml.runs.environments import Environments
from bisect_ml.runs.folders import remove
from bisect_ml.runs.inputs import state
from bisect_ml.runs.listing import read_listing
from bisect_ml.runs.logs import last_lines, shorten
from bisect_ml.runs.outcome import Recipe, Run
from bisect_ml.runs.outputs import BadOutputError, found_output, suffix
from bisect_ml.runs.processes import Ended, Processes
from bisect_ml.runs.surroundings import Place, environment, of_the_commit, packages, program


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Workshop:
    """What all jobs of a runner share; `folder` is private to this process."""

    origin: Origin
    recipe: Recipe
    input_sha256: str | None
    folder: Path
    cache: Cache
    use_cache: bool
    environments: Environments
    processes: Processes
    warn: Callable[[str], None]
    stage: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What a command made: a file or folder, the suffix that tells its content, and how the command ended."""

    output: Path
    suffix: str
    ended: Ended


class _Failure(Exception):  # noqa: N818 - an outcome of a run, and no error of ours
    """The run came to nothing; the text says why, in words that end a sentence."""

    def __init__(self, reason: str, returncode: int | None = None) -> None:
        super().__init__(reason)
        self.returncode = returncode


class Job:
    """The run of one commit in one checkout."""

    def __init__(self, workshop: Workshop, checkout: Checkout, sha: str, repeat: int) -> None:
        self._shop = workshop
        self._recipe = workshop.recipe
        self._checkout = checkout
        self._repeat = repeat
        self._listing = read_listing(workshop.origin.git, sha, workshop.origin.path)
        # Beside the checkout, which has a number for a name, and unlike that of the other one.
        self._desk = workshop.folder / f"desk-{checkout.folder.name}"
        self._log = self._desk / "log"

    def run(self) -> Run:
        """Return what an earlier run came to, or run the command now.

        Raises:
            ConfigError: There is no room for checkouts and results, or no right to write them.
            Stopped: The runner is being left.
        """
        try:
            return self._run()
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise ConfigError(
                f"cannot keep runs in {self._shop.cache.root}: {reason}",
                "make room there, or set XDG_CACHE_HOME to another folder",
            ) from problem

    def _run(self) -> Run:
        key = self._key()
        if self._shop.use_cache and (found := self._shop.cache.find(key)) is not None:
            output, seconds = found
            return self._outcome(output.parent / "log", seconds, output=output, returncode=0, cached=True)
        self._shop.stage(f"Running {self._listing.sha[:10]}")
        remove(self._desk)
        self._desk.mkdir()
        self._log.touch()
        began = time.monotonic()
        try:
            made = self._made()
        except _Failure as failure:
            shorten(self._log)
            log = self._shop.cache.keep_log(key, self._log)
            seconds = time.monotonic() - began
            return self._outcome(log, seconds, failed=str(failure), returncode=failure.returncode)
        shorten(self._log)
        seconds = made.ended.seconds
        output = self._shop.cache.keep(
            key, made.output, made.suffix, log=self._log, seconds=seconds, entry=self._desk / "entry"
        )
        return self._outcome(output.parent / "log", seconds, output=output, returncode=0)

    def _made(self) -> _Made:
        """Check the commit out, set it up and run the command."""
        self._check_out()
        folder = self._checkout.folder / self._recipe.subfolder
        if not folder.is_dir():
            raise _Failure(f"the folder {self._recipe.subfolder} is not in the commit")
        before = None if self._recipe.input is None else state(self._recipe.input)
        if self._recipe.setup is None:
            made = self._run_in(folder, None)
        elif "env" in placeholders(self._recipe.setup):
            made = self._run_with_environment(self._recipe.setup, folder)
        else:
            self._set_up(self._recipe.setup, folder, None)
            made = self._run_in(folder, None)
        if self._recipe.input is not None and state(self._recipe.input) != before:
            raise _Failure(
                f"its input {self._recipe.input} changed meanwhile: other runs read something else"
            )
        return made

    def _check_out(self) -> None:
        listing, shop = self._listing, self._shop
        if listing.submodules:
            names = ", ".join(listing.submodules[:3])
            shop.warn(f"submodules are left empty ({names}); --setup may fetch them")
        if shop.origin.is_partial and (missing := self._checkout.missing_files(listing)):
            raise _Failure(
                f"it cannot be checked out: the partial clone lacks {len(missing)} of its files, such as "
                f"{missing[0]}; get them with: git fetch --refetch --no-filter"
            )
        try:
            self._checkout.move_to(listing)
        except GitError as problem:
            raise _Failure(f"it cannot be checked out: {problem.message}") from problem
        self._checkout.complete(listing, shop.origin.git.common_dir / "lfs" / "objects", shop.warn)

    def _run_with_environment(self, setup: str, folder: Path) -> _Made:
        key = key_of(
            {
                "setup": setup,
                "locks": self._listing.lock_files(setup),
                "subfolder": self._recipe.subfolder,
                "used": program(setup),
            }
        )
        failure: list[_Failure] = []

        def make(place: Path) -> bool:
            try:
                self._set_up(setup, folder, place)
            except _Failure as problem:
                failure.append(problem)
            return not failure

        ready = self._shop.environments.ready(
            key, make, checkout=self._checkout.folder, left=self._checkout.left_behind
        )
        with ready as place:
            if place is None:
                raise failure[0]
            self._shop.cache.use(place)
            return self._run_in(folder, place)

    def _set_up(self, setup: str, folder: Path, made: Path | None) -> None:
        self._shop.stage(f"Setting up {self._listing.sha[:10]}")
        ended = self._command(setup, folder, made)
        self._check(ended, "its set-up")
        self._shop.stage(f"Running {self._listing.sha[:10]}")

    def _run_in(self, folder: Path, made: Path | None) -> _Made:
        out = self._desk / "out"
        out.mkdir()
        ended = self._command(self._recipe.run, folder, made, out / "predictions")
        self._check(ended, "it", self._not_in_commit(folder))
        try:
            output = found_output(out / "predictions")
            return _Made(output=output, suffix=suffix(output), ended=ended)
        except BadOutputError as problem:
            remark = "" if self._is_told_where else "; without {output}, what it prints is its output"
            raise _Failure(f"it {problem}{remark}", ended.returncode) from problem

    def _command(self, command: str, folder: Path, made: Path | None, output: Path | None = None) -> Ended:
        """Run a command in the checkout; without an output, it is the set-up."""
        values = {
            "input": str(self._recipe.input),
            "output": str(output),
            "seed": str(self._recipe.seed),
            "env": str(made),
            "worktree": str(self._checkout.folder),
        }
        place = Place(checkout=self._checkout.folder, folder=folder, user_top=self._shop.origin.top)
        variables = environment(place, seed=self._recipe.seed, made=made)
        return self._shop.processes.run(
            filled(command, values),
            folder=folder,
            environment=variables if output is None else of_the_commit(variables, place),
            log=self._log,
            stdout=None if output is None or self._is_told_where else output,
            timeout_s=self._recipe.timeout_s,
        )

    @property
    def _is_told_where(self) -> bool:
        """Whether the command takes the place of its output."""
        return "output" in placeholders(self._recipe.run)

    def _check(self, ended: Ended, what: str, remark: str = "") -> None:
        """Raise a failure where a command did not end well."""
        if ended.returncode is None:
            raise _Failure(f"{what} did not end within {self._recipe.timeout_s:g} s")
        if ended.returncode < 0:
            raise _Failure(f"{what} was ended by signal {-ended.returncode}", ended.returncode)
        if ended.returncode > 0:
            raise _Failure(f"{what} ended with exit code {ended.returncode}{remark}", ended.returncode)

    def _not_in_commit(self, folder: Path) -> str:
        """Return what to say of a program that only the user's own checkout has, such as its `.venv`."""
        name, top = self._recipe.run.split()[0], self._shop.origin.top
        if top is None or "/" not in name or (folder / name).exists():
            return ""
        if not (top / self._recipe.subfolder / name).exists():
            return ""
        return f"; {name} is in your checkout and not in the commit: give its absolute path"

    def _key(self) -> str:
        recipe = self._recipe
        # What a set-up makes is known by the set-up; the user's own packages are known by their folders.
        used = (
            {**program(recipe.run), **packages(recipe.run)} if recipe.setup is None else program(recipe.setup)
        )
        parts: Mapping[str, Any] = {
            "tree": self._listing.tree,
            "run": recipe.run,
            "setup": recipe.setup,
            "input": self._shop.input_sha256,
            "seed": recipe.seed,
            "subfolder": recipe.subfolder,
            "repeat": self._repeat,
            "used": used,
            # What is not to be taken from the cache must not meet in it what another run left there.
            "nonce": None if self._shop.use_cache else secrets.token_hex(8),
        }
        return key_of(parts)

    def _outcome(
        self,
        log: Path,
        seconds: float,
        *,
        returncode: int | None,
        output: Path | None = None,
        failed: str | None = None,
        cached: bool = False,
    ) -> Run:
        return Run(
            sha=self._listing.sha,
            tree=self._listing.tree,
            output=output,
            failed=failed,
            returncode=returncode,
            log=log,
            seconds=seconds,
            cached=cached,
            repeat=self._repeat,
            last_lines=last_lines(log),
        )
