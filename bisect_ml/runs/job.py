"""One run: a commit checked out, set up, and run; its output found and kept."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bisect_ml.errors import GitError
from bisect_ml.runs.cache import Cache, key_of
from bisect_ml.runs.checkout import Checkout, Origin
from bisect_ml.runs.commands import filled, placeholders
from bisect_ml.runs.environments import Environments
from bisect_ml.runs.folders import remove
from bisect_ml.runs.inputs import state
from bisect_ml.runs.listing import missing_files, read_listing
from bisect_ml.runs.outcome import Recipe, Run
from bisect_ml.runs.outputs import BadOutputError, found_output, suffix
from bisect_ml.runs.processes import Ended, Processes
from bisect_ml.runs.surroundings import environment, toolchain

_LAST_LINES = 20
_TAIL_BYTES = 1 << 15


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


class _Failure(Exception):  # noqa: N818 - an outcome of a run, and no error of ours
    """The run came to nothing; the text says why, in words that end a sentence."""

    def __init__(self, reason: str, returncode: int | None = None) -> None:
        super().__init__(reason)
        self.returncode = returncode


class Job:
    """The run of one commit in one checkout."""

    def __init__(self, workshop: Workshop, checkout: Checkout, sha: str, repeat: int) -> None:
        self._shop = workshop
        self._checkout = checkout
        self._repeat = repeat
        self._listing = read_listing(workshop.origin.git, sha, workshop.origin.path)
        # Beside the checkout, which has a number for a name, and unlike that of the other one.
        self._desk = workshop.folder / f"desk-{checkout.folder.name}"
        self._log = self._desk / "log"

    def run(self) -> Run:
        """Return what an earlier run came to, or run the command now."""
        key = self._key()
        if self._shop.use_cache and (found := self._shop.cache.find(key)) is not None:
            output, about = found
            return self._outcome(
                output=output,
                log=output.parent / "log",
                seconds=float(about["seconds"]),
                returncode=0,
                cached=True,
            )
        self._shop.stage(f"Running {self._listing.sha[:10]}")
        remove(self._desk)
        self._desk.mkdir()
        self._log.touch()
        began = time.monotonic()
        try:
            ended, output, kind = self._made()
        except _Failure as failure:
            log = self._shop.cache.keep_log(key, self._log)
            return self._outcome(
                failed=str(failure), log=log, seconds=time.monotonic() - began, returncode=failure.returncode
            )
        about = {"seconds": ended.seconds, "sha": self._listing.sha}
        output = self._shop.cache.keep(key, output, kind, self._log, about, self._desk / "entry")
        return self._outcome(output=output, log=output.parent / "log", seconds=ended.seconds, returncode=0)

    def _made(self) -> tuple[Ended, Path, str]:
        """Run the command; return how it ended, its output, and the suffix that tells what that is."""
        self._check_out()
        folder = self._checkout.folder / self._shop.recipe.subfolder
        if not folder.is_dir():
            raise _Failure(f"the folder {self._shop.recipe.subfolder} is not in the commit")
        recipe = self._shop.recipe
        before = None if recipe.input is None else state(recipe.input)
        if recipe.setup is None:
            made = self._run_in(folder, None)
        elif "env" not in placeholders(recipe.setup):
            self._set_up(recipe.setup, folder, None)
            made = self._run_in(folder, None)
        else:
            made = self._run_with_environment(recipe.setup, folder)
        if recipe.input is not None and state(recipe.input) != before:
            raise _Failure(f"changed its input, {recipe.input}: later runs would read something else")
        return made

    def _check_out(self) -> None:
        listing, shop = self._listing, self._shop
        if listing.submodules:
            names = ", ".join(listing.submodules[:3])
            shop.warn(f"submodules are left empty ({names}); --setup may fetch them")
        if shop.origin.is_partial and (missing := missing_files(shop.origin.git, listing)):
            raise _Failure(
                f"cannot be checked out: the partial clone lacks {len(missing)} of its files, such as "
                f"{missing[0]}; get them with: git fetch --refetch --no-filter"
            )
        try:
            self._checkout.move_to(listing)
        except GitError as problem:
            raise _Failure(f"cannot be checked out: {problem.message}") from problem

    def _run_with_environment(self, setup: str, folder: Path) -> tuple[Ended, Path, str]:
        key = key_of(
            {
                "setup": setup,
                "locks": self._listing.lock_files(setup),
                "subfolder": self._shop.recipe.subfolder,
            }
            | {"toolchain": dict(toolchain(setup))}
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

    def _set_up(self, setup: str, folder: Path, place: Path | None) -> None:
        self._shop.stage(f"Setting up {self._listing.sha[:10]}")
        ended = self._command(setup, folder, place, None)
        _check(ended, "its set-up", self._shop.recipe.timeout_s)
        self._shop.stage(f"Running {self._listing.sha[:10]}")

    def _run_in(self, folder: Path, place: Path | None) -> tuple[Ended, Path, str]:
        out = self._desk / "out"
        out.mkdir()
        asked = out / "predictions"
        ended = self._command(self._shop.recipe.run, folder, place, asked)
        _check(ended, "it", self._shop.recipe.timeout_s)
        try:
            output = found_output(asked)
            return ended, output, suffix(output)
        except BadOutputError as problem:
            raise _Failure(str(problem), ended.returncode) from problem

    def _command(self, command: str, folder: Path, place: Path | None, output: Path | None) -> Ended:
        shop = self._shop
        values = {
            "input": str(shop.recipe.input),
            "output": str(output),
            "seed": str(shop.recipe.seed),
            "env": str(place),
            "worktree": str(self._checkout.folder),
        }
        named = placeholders(command)
        return shop.processes.run(
            filled(command, values),
            folder=folder,
            environment=environment(
                self._checkout.folder, folder, user_top=shop.origin.top, seed=shop.recipe.seed
            ),
            log=self._log,
            stdout=None if output is None or "output" in named else output,
            timeout_s=shop.recipe.timeout_s,
        )

    def _key(self) -> str:
        recipe = self._shop.recipe
        parts: Mapping[str, Any] = {
            "tree": self._listing.tree,
            "run": recipe.run,
            "setup": recipe.setup,
            "input": self._shop.input_sha256,
            "seed": recipe.seed,
            "subfolder": recipe.subfolder,
            "repeat": self._repeat,
            "toolchain": dict(toolchain(recipe.run)),
            # What is not to be taken from the cache must not meet in it what another run left there.
            "nonce": None if self._shop.use_cache else secrets.token_hex(8),
        }
        return key_of(parts)

    def _outcome(
        self,
        *,
        log: Path,
        seconds: float,
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


def last_lines(log: Path) -> tuple[str, ...]:
    """Return the end of a log; what is no UTF-8 in it is replaced."""
    with log.open("rb") as file:
        file.seek(-min(_TAIL_BYTES, log.stat().st_size), 2)
        text = file.read().decode("utf-8", "replace")
    return tuple(line for line in text.splitlines() if line.strip())[-_LAST_LINES:]


def _check(ended: Ended, what: str, timeout_s: float | None) -> None:
    """Raise a failure where a command did not end well."""
    if ended.returncode is None:
        raise _Failure(f"{what} did not end within {timeout_s:g} s")
    if ended.returncode < 0:
        raise _Failure(f"{what} was ended by signal {-ended.returncode}", ended.returncode)
    if ended.returncode > 0:
        raise _Failure(f"{what} ended with exit code {ended.returncode}", ended.returncode)
