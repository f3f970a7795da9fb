"""Killed, ended or interrupted at any moment: the repository stays as it was, and nothing goes on running."""

import hashlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread, get_ident

import pytest

from bisect_ml.runs import Runner
from bisect_ml.runs.locks import FileLock
from tests.builders import Built, TagOf, build_repository, commit, run_git

ROOT = Path(__file__).parent.parent.parent
DEADLINE_S = 30

# Runs commits again and again, so that every moment after its start is one inside a run.
OWNER = """
import itertools, signal, sys
from pathlib import Path
from threading import Thread, get_ident
from bisect_ml.runs import Runner

# Whoever started the tests may have had it ignored, as nohup does.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
repository, cache, pids, *shas = sys.argv[1:]
command = f"echo $$ >> {pids}; sleep 100 & python3 app.py > {{output}}; {sys.argv[0]}"
setup = "mkdir -p {env}/bin && cat requirements.txt > {env}/made"
with Runner(repository, run=command, setup=setup, folder=cache) as runner:
    for repeat in itertools.count():
        runner.run_many(shas, repeat)
"""
APP = "import time\nprint('key,prediction')\ntime.sleep({})\nprint('1,{}')\n"


@pytest.fixture
def built(tmp_path: Path) -> Built:
    built = build_repository(
        tmp_path / "repository",
        [
            commit("one", {"app.py": APP.format(0, 1), "requirements.txt": "numpy==1\n"}),
            commit("two", {"app.py": APP.format(0, 2), "requirements.txt": "numpy==2\n"}),
            TagOf(name="v1", commit="one"),
        ],
        checkout=True,
    )
    built.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"), built["one"])
    (built.path / "app.py").write_text("uncommitted = True\n")
    # Git fills in its index once; what it did itself is no change of ours.
    snapshot(built)
    return built


def snapshot(built: Built) -> dict[str, str]:
    """Everything that a runner could have left: refs, worktrees, status, each file of the repository."""
    told = {
        "refs": built.git("for-each-ref"),
        "worktrees": built.git("worktree", "list", "--porcelain"),
        "status": built.git("--no-optional-locks", "status", "--porcelain", "--ignored"),
    }
    files = (path for path in sorted(built.path.rglob("*")) if path.is_file())
    return told | {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def start(built: Built, tmp_path: Path) -> Iterator[Callable[[str], "subprocess.Popen[bytes]"]]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(last: str = "true") -> "subprocess.Popen[bytes]":
        arguments = [
            str(built.path),
            str(tmp_path / "cache"),
            str(tmp_path / "pids"),
            built["one"],
            built["two"],
        ]
        owner = subprocess.Popen(
            [sys.executable, "-c", OWNER.replace("{sys.argv[0]}", last), *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        started.append(owner)
        return owner

    yield begin
    for owner in started:
        owner.kill()
        owner.communicate()


def wait_for(what: str, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {DEADLINE_S} s"
        time.sleep(0.02)


def groups_have_ended(tmp_path: Path) -> bool:
    """Tell whether nothing is left of the commands, whose shells wrote down their process groups."""
    pids = set((tmp_path / "pids").read_text().split())
    told = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in told.stdout.splitlines())
    return not any(group in pids and not stat.startswith("Z") for group, stat in rows)


def live_folders(tmp_path: Path) -> list[str]:
    return sorted(folder.name for folder in (tmp_path / "cache" / "running").iterdir())


def test_a_kill_at_any_moment_leaves_the_repository_as_it_was(
    built: Built, tmp_path: Path, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    before = snapshot(built)
    moments = random.Random(20261125)
    running = tmp_path / "cache" / "running"
    (tmp_path / "pids").touch()
    for _ in range(10):
        owner = start()
        wait_for("the owner's folder", lambda: running.is_dir() and len(live_folders(tmp_path)) > 0)
        time.sleep(moments.uniform(0, 1.5))
        assert owner.poll() is None
        owner.send_signal(signal.SIGKILL)
        owner.wait()

        assert snapshot(built) == before
        wait_for("the end of the commands", lambda: groups_have_ended(tmp_path))
        left = live_folders(tmp_path)
        assert len(left) == 1
        lock = running / left[0] / "lock"
        wait_for("a free lock", partial(is_free, lock))

        with Runner(built.path, run="cat app.py", folder=tmp_path / "cache") as runner:
            assert left[0] not in live_folders(tmp_path)
            assert runner.run(built["one"]).failed is None
        assert live_folders(tmp_path) == []
        assert snapshot(built) == before
    assert_cache_is_whole(tmp_path / "cache")


def is_free(path: Path) -> bool:
    if not path.exists():
        return True  # killed before it was made
    lock = FileLock(path)
    try:
        return lock.take()
    finally:
        lock.close()


def assert_cache_is_whole(cache: Path) -> None:
    entries = list((cache / "results").iterdir())
    assert entries
    for entry in entries:
        assert {path.name for path in entry.iterdir()} == {"predictions.csv", "log", "run.json"}
        assert (entry / "predictions.csv").read_text().startswith(("key,prediction\n1,", "import time\n"))
    for environment in (path for path in (cache / "environments").iterdir() if path.is_dir()):
        if (environment / "bisect-ml-environment").exists():
            assert (environment / "made").read_text().startswith("numpy==")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_interrupt_ends_the_commands_and_removes_the_checkouts(
    built: Built, tmp_path: Path, start: Callable[..., "subprocess.Popen[bytes]"], number: int, code: int
) -> None:
    before = snapshot(built)
    (tmp_path / "pids").touch()
    owner = start("sleep 100")
    wait_for("both commands", lambda: len((tmp_path / "pids").read_text().split()) == 2)

    owner.send_signal(number)
    owner.communicate(timeout=DEADLINE_S)

    assert owner.returncode == code
    assert groups_have_ended(tmp_path)
    assert live_folders(tmp_path) == []
    assert snapshot(built) == before


def test_a_command_that_does_not_listen_is_ended_too(
    built: Built, tmp_path: Path, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    (tmp_path / "pids").touch()
    owner = start("trap '' TERM; sleep 100; sleep 100")
    wait_for("both commands", lambda: len((tmp_path / "pids").read_text().split()) == 2)
    time.sleep(0.5)

    owner.kill()

    wait_for("the end of the commands", lambda: groups_have_ended(tmp_path))


def test_a_live_runner_keeps_its_folder(built: Built, tmp_path: Path) -> None:
    with Runner(built.path, run="cat app.py", folder=tmp_path / "cache") as first:
        mine = live_folders(tmp_path)
        with Runner(built.path, run="cat app.py", folder=tmp_path / "cache") as second:
            assert set(mine) < set(live_folders(tmp_path))
            assert second.run(built["one"]).failed is None
        assert live_folders(tmp_path) == mine
        assert first.run(built["two"]).failed is None
    assert run_git("-C", str(built.path), "worktree", "list").count("\n") == 2


def test_an_interrupt_that_does_not_wake_the_main_thread_is_heard_all_the_same(
    built: Built, tmp_path: Path
) -> None:
    started, finished = tmp_path / "started", tmp_path / "finished"

    def interrupt() -> None:
        wait_for("the start of the command", started.exists)
        # Taken by this thread, it leaves the main one asleep: so does one that comes right before a wait.
        signal.pthread_kill(get_ident(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    runner = Runner(
        built.path,
        run=f"touch {started}; sleep 60; touch {finished}; cat app.py",
        folder=tmp_path / "cache",
    )
    other = Thread(target=interrupt)
    try:
        other.start()
        with pytest.raises(KeyboardInterrupt), runner:
            runner.run(built["one"])
    finally:
        signal.signal(signal.SIGINT, before)
    other.join()
    assert not finished.exists()
    assert live_folders(tmp_path) == []
