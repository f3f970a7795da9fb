"""Branches of mutations on top of public histories, every commit of which was run.

    python -m benchmarks.incidents.mutants CLONES CACHE [--only NAME ...] [--commits N] [--python PATH]

Needs what `outputs.py` wrote to CACHE. Writes CLONES/OWNER+NAME-mutated/repo, a bare repository that borrows
the objects of its history, and CACHE/OWNER+NAME-mutated.json. Two commits in three change code, some of them
in merges of two to four; the others touch documentation or are empty of effect. Messages are drawn from the
history's own, so they say nothing of what was done.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.incidents.branches import Branch
from benchmarks.incidents.clones import Clone
from benchmarks.incidents.mutate import mutations
from benchmarks.incidents.mutate_tokens import token_mutations
from benchmarks.incidents.registry import HISTORIES
from benchmarks.incidents.replay import Outputs, Replayer, live_files

_CODE = {
    "python": (".py",),
    "javascript": (".js", ".ts", ".mjs"),
    "perl": (".pm",),
    "ruby": (".rb",),
    "php": (".php",),
    "go": (".go",),
    "java": (".java",),
    "rust": (".rs",),
}
_SMALLEST_SOURCE = 200
# Nobody who breaks code breaks its tests with it.
_UNBROKEN = re.compile(r"setup|\.(?:spec|test)\.")


@dataclass(slots=True)
class _Stream:
    """What git's fast-import is told, and the marks given so far."""

    base: str
    parts: list[bytes] = field(default_factory=list)
    marks: int = 0

    def commit(self, parents: list[str], message: str, changes: dict[str, bytes], at: int) -> str:
        """Add a commit and return how later ones refer to it."""
        self.marks += 1
        text = message.encode()
        head = f"commit refs/heads/main\nmark :{self.marks}\nauthor A Author <a@example.org> {at} +0000\n"
        head += f"committer A Author <a@example.org> {at} +0000\ndata {len(text)}\n"
        links = f"from {parents[0]}\n" + "".join(f"merge {each}\n" for each in parents[1:])
        self.parts += [head.encode(), text, b"\n", links.encode()]
        for path, data in changes.items():
            self.parts += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data, b"\n"]
        return f":{self.marks}"

    def write(self, repository: Path) -> list[str]:
        """Import all and return the shas by mark."""
        marks = repository / "marks"
        subprocess.run(
            ["git", "-C", str(repository), "fast-import", "--quiet", "--force", f"--export-marks={marks}"],
            input=b"".join(self.parts),
            check=True,
        )
        found = dict(line.split() for line in marks.read_text().splitlines())
        return [found[f":{mark}"] for mark in range(1, self.marks + 1)]


class Mutator:
    """Grows one branch commit by commit, running the code after each."""

    def __init__(self, branch: Branch, replayer: Replayer, rng: random.Random) -> None:
        self.branch, self.replayer, self.rng = branch, replayer, rng
        places = [p for p in range(len(branch.line)) if branch.outputs.get(branch.keys[branch.line[p]])]
        self.base = branch.line[rng.choice(places[: max(1, len(places) // 2)])]
        self.files = live_files(branch.history, branch.clone, self.base)
        suffixes = _CODE[branch.history.language]
        self.sources = {
            path: text
            for path, blob in self.files.items()
            if path.endswith(suffixes) and not _UNBROKEN.search(path)
            and _SMALLEST_SOURCE < len(text := branch.clone.blob(blob).decode(errors="replace")) < 300_000
        }  # fmt: skip
        self.asides = {
            path: branch.clone.blob(blob).decode(errors="replace")
            for path, blob in branch.clone.files(self.base)
            if path.endswith((".md", ".rst", ".txt", ".yml", ".cfg")) and path not in self.files
        }
        self.subjects = branch.clone.lines("log", "--no-merges", "-400", "--format=%s", self.base)
        self.texts: dict[str, str] = {}
        self.now: Outputs = branch.outputs[branch.keys[self.base]]

    def change(self) -> dict[str, bytes] | None:
        """Return the files of the next commit, None where the mutation broke the code altogether."""
        if self.asides and self.rng.random() < 0.3:
            path = self.rng.choice(sorted(self.asides))
            self.asides[path] += f"\n{self.rng.choice(self.subjects)}\n"
            return {path: self.asides[path].encode()}
        path = self.rng.choices(
            sorted(self.sources), [len(self.sources[p]) ** 0.5 for p in sorted(self.sources)]
        )[0]
        text = self._mutated(path)
        if text is None:
            return None
        found = self.replayer.outputs(self.files, {**self.texts, path: text})
        if len(found) < len(self.now):
            return None
        self.now = found
        self.texts[path] = self.sources[path] = text
        return {path: text.encode()}

    def _mutated(self, path: str) -> str | None:
        language = self.branch.history.language
        if language == "python":
            found = mutations(self.sources[path], self.rng, 1)
            return found[0].text if found else None
        token = token_mutations(self.sources[path], self.rng, language)
        return token.text if token else None

    def grow(self, commits: int, repository: Path) -> dict[str, Any]:
        """Write the branch and return what `Branch.read` reads."""
        stream = _Stream(self.base)
        tip, at = self.base, int(self.branch.clone.lines("show", "-s", "--format=%ct", self.base)[0])
        states: list[Outputs] = []
        line: list[int] = []
        number = 1000
        while len(line) < commits and stream.marks < 3 * commits:
            brought = self.rng.choice([1, 1, 1, 2, 3, 4])
            parents, merged = [tip], {}
            inner = tip
            for _ in range(brought):
                changes = next((found for _ in range(4) if (found := self.change())), None)
                if changes is None:
                    continue
                at += self.rng.randrange(600, 90_000)
                inner = stream.commit([inner], self.rng.choice(self.subjects), changes, at)
                states.append(self.now)
                merged.update(changes)
            if inner == tip:
                break
            if brought > 1:
                number += self.rng.randrange(1, 9)
                title = f"Merge pull request #{number} from someone/patch-{number}"
                message = f"{title}\n\n{self.rng.choice(self.subjects)}"
                inner = stream.commit([*parents, inner], message, merged, at + 300)
                states.append(self.now)
            tip = inner
            line.append(len(states) - 1)
        shas = stream.write(repository)
        keys = {sha: f"state {mark}" for mark, sha in enumerate(shas)} | {self.base: "base"}
        outputs = {f"state {mark}": state for mark, state in enumerate(states)}
        outputs["base"] = self.branch.outputs[self.branch.keys[self.base]]
        return {
            "line": [*(shas[mark] for mark in reversed(line)), self.base],
            "keys": keys,
            "outputs": outputs,
        }


def borrowed(history: Path, repository: Path) -> None:
    """Make an empty bare repository that reads the objects of another one."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(repository)], check=True)
    (repository / "objects" / "info" / "alternates").write_text(f"{(history / 'objects').resolve()}\n")


def main() -> None:
    """Grow one branch of mutations on each of the chosen histories."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--commits", type=int, default=24, help="steps of the main line")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--python", default="python3")
    arguments = parser.parse_args()
    for history in HISTORIES:
        saved = arguments.cache / f"{history.name}.json"
        target = arguments.cache / f"{history.name}-mutated.json"
        chosen = not arguments.only or any(each in history.repo for each in arguments.only)
        if not saved.exists() or target.exists() or not chosen:
            continue
        path = arguments.clones / history.name / "repo"
        branch = Branch.read(history, path, saved)
        if len(branch.line) < 2:
            continue
        repository = arguments.clones / f"{history.name}-mutated" / "repo"
        borrowed(path, repository)
        with tempfile.TemporaryDirectory() as folder:
            replayer = Replayer(history, Clone(path), Path(folder), {"python": arguments.python})
            rng = random.Random(f"{arguments.seed} {history.repo}")
            found = Mutator(branch, replayer, rng).grow(arguments.commits, repository)
        target.write_text(json.dumps(found))
        print(history.repo, len(found["line"]), "steps", flush=True)


if __name__ == "__main__":
    main()
