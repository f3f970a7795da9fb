"""Plays `story.txt`: its commits become git objects, its deploys become rows.

The stage directions, each on a line of its own after two percent signs and a blank:

    commit BRANCH TIME AUTHOR [LABEL]      the message follows, then the edits
    merge INTO BRANCH TIME AUTHOR [LABEL]  the message follows
    branch NAME from BRANCH                needed only where the first commit comes later
    write PATH                             the whole file follows
    edit PATH                              followed by `old` and `new`, each with its text
    deploy SERVICE ENVIRONMENT START END STATUS [at LABEL]   of main, or of a labelled commit
    note                                   for readers

Blank lines at the end of a text do not count: the old and the new text of an edit may begin and end
within a line. `{label}` in a message is the sha of a labelled commit, `{label:12}` its first twelve
digits. The same text gives the same shas everywhere: names, moments and file modes are all in it.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import git

AUTHORS = {
    "ines": "Ines Duarte <ines@checkout.example>",
    "maren": "Maren Vogt <maren@checkout.example>",
    "priya": "Priya Raman <priya@checkout.example>",
    "tomasz": "Tomasz Wilk <tomasz@checkout.example>",
    "bot": "deps-bot <deps-bot@checkout.example>",
}

Tree = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change to one file; `old` is None where the whole file is written."""

    path: str
    old: str | None
    new: str

    def apply(self, tree: Tree) -> None:
        """Change the tree in place; the old text must stand there exactly once."""
        if self.old is None:
            tree[self.path] = self.new
            return
        if tree[self.path].count(self.old) != 1:
            raise ValueError(f"{self.path}: not exactly once: {self.old!r}")
        tree[self.path] = tree[self.path].replace(self.old, self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedCommit:
    """A commit with the files it leaves behind."""

    sha: str
    parents: tuple[str, ...]
    subject: str
    files: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedDeploy:
    """A row of the deploy log; moments are ISO text in UTC."""

    service: str
    environment: str
    sha: str
    started_at: str
    finished_at: str
    status: str


@dataclass(slots=True)
class History:
    """What the story comes to. `objects` are git objects by sha, ready to be stored."""

    commits: dict[str, PlayedCommit] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    deploys: list[PlayedDeploy] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)

    def ancestry(self, sha: str) -> set[str]:
        """Return the commits reachable from `sha`, itself included."""
        seen: set[str] = set()
        waiting = [sha]
        while waiting:
            commit = waiting.pop()
            if commit not in seen:
                seen.add(commit)
                waiting.extend(self.commits[commit].parents)
        return seen


def read_story(path: Path) -> Iterator[tuple[list[str], str]]:
    """Yield each stage direction, as words, with the text that follows it."""
    for block in re.split(r"^%% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        direction, _, text = block.partition("\n")
        yield direction.split(), text


def play(path: Path) -> History:
    """Play the story and return its history."""
    history = History()
    player = _Player(history)
    for (verb, *words), text in read_story(path):
        match verb:
            case "commit" | "merge":
                player.finish()
                player.begin(verb, words, text)
            case "write":
                player.edits.append(Edit(path=words[0], old=None, new=text.rstrip("\n") + "\n"))
            case "edit":
                player.path = words[0]
            case "old":
                player.old = text.rstrip("\n")
            case "new":
                player.edits.append(Edit(path=player.path, old=player.old, new=text.rstrip("\n")))
            case "branch":
                player.finish()
                history.heads[words[0]] = history.heads[words[2]]
            case "deploy":
                player.finish()
                player.deploy(words)
            case "note":
                continue
            case _:
                raise ValueError(f"unknown stage direction: {verb}")
    player.finish()
    return history


class _Player:
    """Collects the edits of one commit until the next direction closes it."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.since_fork: dict[str, list[Edit]] = {}
        self.edits: list[Edit] = []
        self.path = ""
        self.old = ""
        self._open: tuple[str, list[str], str] | None = None

    def begin(self, verb: str, words: list[str], text: str) -> None:
        self._open = (verb, words, text)
        self.edits = []

    def finish(self) -> None:
        if self._open is None:
            return
        verb, words, text = self._open
        self._open = None
        heads = self.history.heads
        if verb == "merge":
            branch, merged, moment, author, *label = words
            parents: tuple[str, ...] = (heads[branch], heads.pop(merged))
            edits = self.since_fork.pop(merged)
        else:
            branch, moment, author, *label = words
            heads.setdefault(branch, heads.get("main", ""))
            parents = (heads[branch],) if heads[branch] else ()
            edits = self.edits
            self.since_fork.setdefault(branch, []).extend(edits)
        files = dict(self.history.commits[parents[0]].files) if parents else {}
        for edit in edits:
            edit.apply(files)
        message = self._with_shas(text.strip("\n") + "\n")
        sha = self._store_commit(files, parents, AUTHORS[author], moment, message)
        self.history.commits[sha] = PlayedCommit(
            sha=sha, parents=parents, subject=message.partition("\n")[0], files=files
        )
        heads[branch] = sha
        self.history.labels.update(dict.fromkeys(label, sha))

    def deploy(self, words: list[str]) -> None:
        service, environment, started_at, finished_at, status, *at = words
        self.history.deploys.append(
            PlayedDeploy(
                service=service,
                environment=environment,
                sha=self.history.labels[at[1]] if at else self.history.heads["main"],
                started_at=started_at + "Z",
                finished_at=finished_at + "Z",
                status=status,
            )
        )

    def _with_shas(self, message: str) -> str:
        return re.sub(
            r"\{(\w[\w-]*)(?::(\d+))?\}",
            lambda found: self.history.labels[found[1]][: int(found[2] or 40)],
            message,
        )

    def _store(self, kind: str, content: bytes) -> str:
        whole = f"{kind} {len(content)}\0".encode() + content
        sha = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        self.history.objects[sha] = whole
        return sha

    def _store_tree(self, files: Mapping[str, str]) -> str:
        folders: dict[str, Tree] = {}
        entries: list[tuple[str, str, str]] = []
        for path, text in files.items():
            top, _, rest = path.partition("/")
            if rest:
                folders.setdefault(top, {})[rest] = text
            else:
                entries.append((top, "100644", self._store("blob", text.encode())))
        entries += [(name + "/", "40000", self._store_tree(inner)) for name, inner in folders.items()]
        # Git sorts a folder as if its name ended in a slash.
        return self._store(
            "tree",
            b"".join(
                f"{mode} {name.rstrip('/')}".encode() + b"\0" + bytes.fromhex(sha)
                for name, mode, sha in sorted(entries)
            ),
        )

    def _store_commit(
        self, files: Tree, parents: tuple[str, ...], author: str, moment: str, message: str
    ) -> str:
        at = datetime.fromisoformat(moment)
        stamp = f"{author} {int(at.timestamp())} {at.strftime('%z')}"
        lines = [f"tree {self._store_tree(files)}"]
        lines += [f"parent {parent}" for parent in parents]
        lines += [f"author {stamp}", f"committer {stamp}", "", message]
        return self._store("commit", "\n".join(lines).encode())


def write_bundle(history: History, bundle: Path, scratch: Path) -> None:
    """Store the history in a new repository in `scratch` and bundle its main branch."""
    with git.Repo.init(scratch, bare=True, initial_branch="main") as repository:
        for sha, whole in history.objects.items():
            loose = scratch / "objects" / sha[:2] / sha[2:]
            loose.parent.mkdir(parents=True, exist_ok=True)
            loose.write_bytes(zlib.compress(whole))
        repository.git.update_ref("refs/heads/main", history.heads["main"])
        # With several threads the deltas, and so the bytes, would depend on luck.
        repository.git(c="pack.threads=1").bundle("create", "--quiet", str(bundle), "HEAD", "main")
