"""Partial clones that may fetch what they lack: all of it, from where they came from, and safely."""

from pathlib import Path

import pytest

from bisect_ml.errors import GitError
from bisect_ml.sources.git import Repository
from bisect_ml.sources.git_fetch import promisor_url
from tests.builders import Built, build_repository, commit, run_git


@pytest.fixture
def origin(tmp_path: Path) -> Built:
    built = build_repository(
        tmp_path / "origin",
        [
            commit("base", {"app/model.py": "x = 1\n", "docs/use.md": "1\n"}),
            commit("change", {"app/model.py": "x = 2\n"}),
            commit("side", {"app/model.py": "x = 3\n"}, branch="side", parents=["base"]),
            commit("evil", {"app/model.py": "x = 4\n"}, parents=["change", "side"]),
        ],
    )
    built.git("config", "uploadpack.allowFilter", "true")
    built.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return built


def clone(origin: Built, to: Path, kind: str) -> Path:
    run_git("clone", "-q", "--bare", f"--filter={kind}", f"file://{origin.path}", str(to))
    return to


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_what_is_lacking_is_fetched_and_the_answer_is_that_of_a_whole_clone(
    origin: Built, tmp_path: Path, kind: str
) -> None:
    shas = list(origin.shas.values())
    whole = Repository(origin.path)

    fetching = Repository(clone(origin, tmp_path / "clone", kind), fetch=True)

    assert fetching.commits(shas) == whole.commits(shas)
    assert fetching.tree(origin["evil"]) == {"app/model.py": "x = 4\n"}
    assert fetching.warnings == ()


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_nothing_is_fetched_unasked(origin: Built, tmp_path: Path, kind: str) -> None:
    repository = Repository(clone(origin, tmp_path / "clone", kind))

    found = repository.commits([origin["change"]])[origin["change"]]

    assert all(file.after is None for file in found.files)
    assert any("--fetch" in warning for warning in repository.warnings)


def test_a_fetch_needs_few_requests(origin: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bisect_ml.git.process import GitProcess

    asked: list[int] = []
    fetch = GitProcess.fetch

    def counted(self: GitProcess, environment: dict[str, str], objects: list[str]) -> None:
        asked.append(len(objects))
        fetch(self, environment, objects)

    monkeypatch.setattr(GitProcess, "fetch", counted)
    repository = Repository(clone(origin, tmp_path / "clone", "blob:none"), fetch=True)

    repository.commits(list(origin.shas.values()))
    repository.commits(list(origin.shas.values()))

    assert asked == [5]


def test_the_clone_stays_whole(origin: Built, tmp_path: Path) -> None:
    path = clone(origin, tmp_path / "clone", "tree:0")

    Repository(path, fetch=True).commits([origin["evil"]])

    run_git("-C", str(path), "fsck", "--strict")
    assert run_git("-C", str(path), "for-each-ref") == run_git("-C", str(origin.path), "for-each-ref")


def test_no_setting_of_the_clone_runs_or_sends_git_elsewhere(origin: Built, tmp_path: Path) -> None:
    path = clone(origin, tmp_path / "clone", "blob:none")
    trap = tmp_path / "trap.sh"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/ran\nexit 1\n')
    trap.chmod(0o755)
    (path / "hooks").mkdir(exist_ok=True)
    for hook in ("reference-transaction", "post-checkout", "pre-auto-gc"):
        (path / "hooks" / hook).symlink_to(trap)
    for name in (
        "core.sshCommand",
        "core.gitProxy",
        "core.fsmonitor",
        "core.askPass",
        "core.alternateRefsCommand",
        "remote.origin.uploadpack",
        "remote.origin.vcs",
        "uploadpack.packObjectsHook",
        "credential.helper",
        "http.proxy",
        f"url.ext::{trap}.insteadOf",
        "alias.fetch",
    ):
        value = (
            f"file://{origin.path}"
            if name.startswith("url.")
            else f"!{trap}"
            if "alias" in name
            else str(trap)
        )
        run_git("-C", str(path), "config", name, value)

    found = Repository(path, fetch=True).commits([origin["change"]])[origin["change"]]

    assert found.files[0].after == "x = 2\n"
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


@pytest.mark.parametrize(
    "url",
    [
        "ext::touch /tmp/ran",
        "--upload-pack=touch /tmp/ran",
        "ssh://-oProxyCommand=touch/x",
        "../origin",
        "fd::7",
    ],
)
def test_an_address_that_is_none_is_refused(origin: Built, tmp_path: Path, url: str) -> None:
    path = clone(origin, tmp_path / "clone", "blob:none")
    run_git("-C", str(path), "config", "remote.origin.url", url)

    with pytest.raises(GitError, match="cannot fetch what"):
        Repository(path, fetch=True).commits([origin["change"]])


def test_a_remote_that_is_gone_is_an_error_without_credentials(origin: Built, tmp_path: Path) -> None:
    path = clone(origin, tmp_path / "clone", "blob:none")
    run_git("-C", str(path), "config", "remote.origin.url", f"file://me:secret@{tmp_path}/gone")

    with pytest.raises(GitError, match="cannot fetch what") as caught:
        Repository(path, fetch=True).commits([origin["change"]])

    assert "secret" not in caught.value.message + caught.value.hint
    assert "--fetch" in caught.value.hint


def test_the_remote_that_promised_is_the_one_that_is_asked() -> None:
    config = [
        ("remote.mirror.url", "https://mirror.example/x"),
        ("remote.up.stream.url", "https://up.example/x"),
        ("remote.up.stream.promisor", "true"),
    ]

    assert promisor_url(config) == "https://up.example/x"
    assert promisor_url(config[:1]) is None
