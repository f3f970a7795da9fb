"""What the cache keeps: whole, bounded, and the same for two processes at once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bisect_ml.runs import Run, Runner
from bisect_ml.runs.cache import size
from tests.builders import Built, build_repository, commit

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return build_repository(
        tmp_path / "repository", [commit(f"c{n}", {"app.py": f"{n}\n"}) for n in range(5)]
    )


@pytest.fixture
def run(built: Built, tmp_path: Path) -> Callable[..., Run]:
    def once(name: str = "c0", command: str = "echo x; cat app.py", **options: object) -> Run:
        with Runner(built.path, run=command, folder=tmp_path / "cache", **options) as runner:  # type: ignore[arg-type] # any option
            return runner.run(built[name])

    return once


def output(found: Run) -> Path:
    assert found.output is not None, (found.failed, found.last_lines)
    return found.output


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: (entry / "run.json").write_text("{"),
        lambda entry: (entry / "run.json").write_text("[]"),
        lambda entry: (entry / "run.json").write_text('{"output": null, "bytes": 1, "seconds": 1}'),
        lambda entry: (entry / "run.json").unlink(),
        lambda entry: (entry / "predictions.csv").write_text("x\n"),
        lambda entry: (entry / "predictions.csv").unlink(),
        lambda entry: (entry / "log").unlink(),
    ],
)
def test_a_broken_entry_is_made_again(run: Callable[..., Run], damage: Callable[[Path], object]) -> None:
    first = run()
    damage(output(first).parent)

    second = run()

    assert not second.cached
    assert output(second).read_text() == "x\n0\n"
    assert run().cached


def test_what_was_used_last_stays_within_the_bound(run: Callable[..., Run], tmp_path: Path) -> None:
    kilobytes = "echo x; head -c 50000 /dev/zero | tr '\\0' 1; echo; cat app.py"
    old = [output(run(f"c{n}", kilobytes)) for n in range(3)]
    for age, path in zip((300, 200, 100), old, strict=True):
        moment = path.parent.stat().st_mtime - age
        os.utime(path.parent, (moment, moment))
    assert run("c0", kilobytes).cached

    new = output(run("c3", kilobytes, cache_limit_bytes=160_000))

    assert [path.exists() for path in (*old, new)] == [True, False, True, True]
    assert size(tmp_path / "cache" / "results") <= 160_000
    assert output(run("c4", kilobytes, cache_limit_bytes=1)).exists(), "what this run made stays"
    assert not new.exists()


def test_nothing_is_removed_while_somebody_uses_the_cache(
    built: Built, run: Callable[..., Run], tmp_path: Path
) -> None:
    with Runner(built.path, run="echo x; cat app.py", folder=tmp_path / "cache") as other:
        used = output(other.run(built["c0"]))
        run("c1", cache_limit_bytes=1)
        assert used.exists()
    run("c2", cache_limit_bytes=1)
    assert not used.exists()


def test_outputs_of_other_shapes_are_kept_whole(run: Callable[..., Run], tmp_path: Path) -> None:
    linked = run(command="printf 'x\\n1\\n' > there; ln -s $(pwd)/there {output}")
    folder = run(
        command="mkdir {output}; printf 'x\\n1\\n' > {output}/a.csv; printf 'x\\n2\\n' > {output}/b.csv"
    )
    named = run(command="printf 'x\\n1\\n' > {output}.txt")
    nothing = run(command="true {output}")
    silent = run(command="true")

    assert output(linked).read_text() == "x\n1\n"
    assert not output(linked).is_symlink()
    assert sorted(path.name for path in output(folder).iterdir()) == ["a.csv", "b.csv"]
    assert output(named).name == "predictions.csv"
    assert (
        nothing.failed
        == "it wrote nothing where {output} says; without {output}, what it prints is its output"
    )
    assert silent.failed == "it wrote an empty output; without {output}, what it prints is its output"
    again = run(
        command="mkdir {output}; printf 'x\\n1\\n' > {output}/a.csv; printf 'x\\n2\\n' > {output}/b.csv"
    )
    assert again.cached


TOGETHER = """
import sys
from bisect_ml.runs import Runner

repository, cache, begun, *shas = sys.argv[1:]
command = f"echo x >> {begun}; while [ $(wc -l < {begun}) -lt 2 ]; do sleep 0.02; done; echo x; cat app.py"
setup = "echo made >> {env}/made; sleep 0.2"
with Runner(repository, run=command, setup=setup, folder=cache, jobs=1) as runner:
    for run in runner.run_many(shas):
        print(run.output, run.output.read_text().split()[-1])
"""


def test_two_processes_with_one_cache_agree(built: Built, tmp_path: Path) -> None:
    """Both run every commit at the same time: each waits in its command until the other is there."""
    arguments = [str(built.path), str(tmp_path / "cache"), str(tmp_path / "begun"), *built.shas.values()]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [each.communicate(timeout=120)[0].splitlines() for each in both]

    assert [each.returncode for each in both] == [0, 0]
    assert [line.split()[-1] for line in told[0]] == ["0", "1", "2", "3", "4"]
    assert told[0] == told[1]
    assert list((tmp_path / "cache" / "running").iterdir()) == []
    made = [path.read_text() for path in (tmp_path / "cache" / "environments").glob("*/made")]
    assert made == ["made\n"]
