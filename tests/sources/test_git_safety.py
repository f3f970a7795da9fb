"""A repository, a deploy log and an environment that try to run, fetch or bend something."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bisect_ml.git import safety
from bisect_ml.sources.deploys import read_deploys
from bisect_ml.sources.git import Repository
from tests.builders import SUBMODULE, Built, TagOf, build_repository, commit

ATTRIBUTES = "* diff=evil filter=evil merge=evil\n"

PROGRAMS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand", "core.gitProxy",
    "core.alternateRefsCommand", "diff.external", "diff.evil.command", "diff.evil.textconv",
    "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "gpg.program",
    "credential.helper", "pager.log", "trailer.sign.command", "remote.origin.uploadpack",
    "uploadpack.packObjectsHook",
)  # fmt: skip
ALIASES = ("alias.log", "alias.cat-file", "alias.rev-list", "alias.ls-tree", "alias.for-each-ref")
BENDING = {
    "log.showSignature": "true",
    "remote.origin.promisor": "true",
    "remote.origin.partialclonefilter": "blob:none",
    "extensions.partialClone": "origin",
    "protocol.ext.allow": "always",
    "color.ui": "always",
    "color.diff": "always",
    "format.pretty": "oneline",
    "log.follow": "true",
    "log.date": "relative",
    "diff.noprefix": "true",
    "diff.context": "0",
    "diff.renames": "copies",
    "diff.wsErrorHighlight": "all",
    "diff.colorMoved": "zebra",
    "diff.wordRegex": ".",
    "core.quotePath": "true",
    "core.abbrev": "4",
    "core.worktree": "/nowhere",
    "i18n.logOutputEncoding": "UTF-16",
}


@pytest.fixture
def hostile(tmp_path: Path) -> Built:
    """A repository in which every program that git knows to start leaves a trace."""
    built = build_repository(
        tmp_path / "repo",
        [
            commit("a", {".gitattributes": ATTRIBUTES, "model.py": "x = 1\n"}),
            commit(
                "b",
                {
                    "model.py": "x = 2\n",
                    "sub": (SUBMODULE, "1" * 40),
                    ".gitmodules": f'[submodule "sub"]\n\tpath = sub\n\turl = "ext::touch {tmp_path}/ran"\n',
                },
            ),
            TagOf(name="v1", commit="b"),
        ],
        checkout=True,
    )
    (built.path / ".git" / "info").mkdir(exist_ok=True)
    (built.path / ".git" / "info" / "attributes").write_text(ATTRIBUTES)
    (built.path / ".git" / ".gitattributes").write_text(ATTRIBUTES)
    trap = built.path / "trap.sh"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/ran\ncat\n')
    trap.chmod(0o755)
    hooks = built.path / ".git" / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(trap)
    settings = {key: str(trap) for key in PROGRAMS} | dict.fromkeys(ALIASES, f"!{trap}") | BENDING
    settings |= {
        "core.hooksPath": str(hooks),
        "core.attributesFile": str(built.path / ".gitattributes"),
        "remote.origin.url": f"ext::{trap}",
        "diff.orderFile": str(built.path / "order"),
    }
    with (built.path / ".git" / "config").open("a") as config:
        for key, value in settings.items():
            section, _, name = key.rpartition(".")
            group, _, middle = section.partition(".")
            config.write(f'[{group} "{middle}"]\n' if middle else f"[{group}]\n")
            config.write(f"\t{name} = {value}\n")
    return built


@pytest.fixture
def no_trap_ran(tmp_path: Path) -> Iterator[None]:
    """Fail the test if anything ran."""
    yield
    trace = tmp_path / "ran"
    assert not trace.exists(), trace.read_text()


@pytest.mark.usefixtures("no_trap_ran")
def test_nothing_of_a_hostile_repository_runs_or_bends_an_answer(hostile: Built) -> None:
    repository = Repository(hostile.path)

    found = repository.commits([hostile["b"]])[hostile["b"]]

    assert [(file.path, file.status, file.added, file.removed) for file in found.files] == [
        (".gitmodules", "A", 3, 0),
        ("model.py", "M", 1, 1),
        ("sub", "A", 1, 0),
    ]
    assert found.files[1].patch == "@@ -1 +1 @@\n-x = 1\n+x = 2\n"
    assert found.files[1].after == "x = 2\n"
    assert repository.paths([hostile["b"]])[hostile["b"]].subject == "Commit b"
    assert repository.commits([hostile["b"]], patches=False)[hostile["b"]].files[1].added == 1
    assert repository.tree(hostile["b"]) == {"model.py": "x = 2\n"}
    assert [tag.name for tag in repository.tags()] == ["v1"]
    assert [step.sha for step in repository.walk([hostile["b"]])] == [hostile["b"], hostile["a"]]
    assert repository.resolve(["v1", "0" * 40]) == {"v1": hostile["b"], "0" * 40: None}
    assert repository.web_url() is None


def test_the_trap_is_sharp(hostile: Built, tmp_path: Path) -> None:
    """The same commands without our precautions do run what the repository says."""
    hostile.git(
        "-c",
        f"core.worktree={hostile.path}",
        "-c",
        "diff.orderFile=/dev/null",
        "log",
        "-p",
        "--ext-diff",
        "-1",
    )

    assert (tmp_path / "ran").exists()


@pytest.mark.usefixtures("no_trap_ran")
def test_refs_of_a_deploy_log_are_never_options(hostile: Built, tmp_path: Path) -> None:
    log = tmp_path / "deploys.csv"
    log.write_text(
        "deployed_at,sha\n"
        f"2026-01-06T00:00:00Z,--output={tmp_path}/ran\n"
        f"2026-01-06T01:00:00Z,--upload-pack=touch {tmp_path}/ran\n"
        "2026-01-06T02:00:00Z,-\n"
        "2026-01-06T03:00:00Z,v1\n"
        f"2026-01-06T04:00:00Z,v1;touch {tmp_path}/ran\n"
        '2026-01-06T05:00:00Z,"v1\n--all"\n'
    )

    deploys = read_deploys(log, repository=Repository(hostile.path)).deploys

    assert [deploy.sha for deploy in deploys] == [None, None, None, hostile["b"], None, None]


def test_tag_patterns_are_never_options(hostile: Built, tmp_path: Path) -> None:
    assert Repository(hostile.path).tags(f"--format=%(contents)>{tmp_path}/ran") == ()


def test_the_callers_git_variables_change_nothing(
    hostile: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = build_repository(tmp_path / "other", [commit("x", {"other.py": "1\n"})])
    for name, value in {
        "GIT_DIR": str(other.path / ".git"),
        "GIT_COMMON_DIR": str(other.path / ".git"),
        "GIT_WORK_TREE": str(other.path),
        "GIT_INDEX_FILE": str(other.path / "index"),
        "GIT_OBJECT_DIRECTORY": str(other.path / ".git" / "objects"),
        "GIT_NAMESPACE": "elsewhere",
        "GIT_SHALLOW_FILE": str(other.path / "shallow"),
        "GIT_EXTERNAL_DIFF": str(hostile.path / "trap.sh"),
        "GIT_DIFF_OPTS": "--unified=0",
        "GIT_TRACE": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.abbrev",
        "GIT_CONFIG_VALUE_0": "nonsense",
        "GIT_CONFIG_PARAMETERS": "'log.showSignature'='true'",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_PAGER": str(hostile.path / "trap.sh"),
    }.items():
        monkeypatch.setenv(name, value)

    repository = Repository(hostile.path)

    assert repository.head() == hostile["b"]
    assert repository.commits([hostile["b"]])[hostile["b"]].files[1].patch == "@@ -1 +1 @@\n-x = 1\n+x = 2\n"
    assert not (tmp_path / "ran").exists()


def test_the_users_own_configuration_changes_nothing(
    hostile: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[core]\n\tnonsense\n[broken\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))

    assert Repository(hostile.path).head() == hostile["b"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give folders away")
def test_a_repository_of_another_user_can_be_read(hostile: Built) -> None:
    for folder, _, files in os.walk(hostile.path):
        for name in (folder, *(str(Path(folder) / file) for file in files)):
            os.chown(name, 4321, 4321, follow_symlinks=False)

    assert Repository(hostile.path).head() == hostile["b"]


def test_reading_writes_nothing(hostile: Built) -> None:
    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in sorted(hostile.path.rglob("*"))}

    before = state()
    repository = Repository(hostile.path)
    repository.commits([hostile["a"], hostile["b"]])
    repository.tree(hostile["b"])
    list(repository.walk([hostile["b"]]))

    assert state() == before


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        (b"warning: x\nfatal: bad object 123\n", "bad object 123"),
        (
            b"fatal: cannot reach https://me:secret@host.example/x.git\n",
            "cannot reach https://host.example/x.git",
        ),
        (b"", "git gave no reason"),
        (b"fatal: no '/long/way/.git'\n", "no 'repo'"),
    ],
)
def test_a_complaint_is_one_line_without_credentials(complaint: bytes, said: str) -> None:
    assert safety.single_line(complaint, {"/long/way/.git": "repo"}) == said
