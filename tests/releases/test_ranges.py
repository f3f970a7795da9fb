"""Release ranges: what deploys ship and take out, against git's own answer on random histories."""

import itertools
import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bisect_ml.releases import build_releases, within_paths
from bisect_ml.sources.git import Repository
from bisect_ml.types import Change, Deploy, Release, Step
from tests.builders import START, CommitOf, build_repository, commit

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def deploy(
    sha: str | None,
    hour: float = 0,
    *,
    service: str | None = "api",
    environment: str | None = "production",
) -> Deploy:
    return Deploy(
        id=f"{service}-{hour}",
        ref=sha or "gone",
        sha=sha,
        service=service,
        environment=environment,
        started_at=FIRST + timedelta(hours=hour),
        finished_at=None,
    )


class History:
    """A history in memory: each commit with its parents; without dates they are an hour apart."""

    def __init__(
        self,
        parents: Mapping[str, Sequence[str]],
        boundary: Iterable[str] = (),
        dates: Mapping[str, datetime] | None = None,
    ) -> None:
        self.parents = parents
        self.boundary = frozenset(boundary)
        self.dates = dates or {sha: START + timedelta(hours=n) for n, sha in enumerate(parents)}
        self.walked = 0

    def walk(self, tips: Iterable[str]) -> Generator[Step, None, None]:
        """Go on with the newest of the commits whose children were met, as git does."""
        pending = set(tips)
        met = set(pending)
        while pending:
            sha = max(pending, key=lambda each: (self.dates[each], each))
            pending.remove(sha)
            pending.update(set(self.parents[sha]) - met)
            met.update(self.parents[sha])
            self.walked += 1
            yield Step(
                sha=sha,
                parents=tuple(self.parents[sha]),
                committed_at=self.dates[sha],
                pull_request="12" if len(self.parents[sha]) > 1 else None,
            )

    def reachable(self, sha: str) -> frozenset[str]:
        """The commit and its ancestors, without a walk."""
        found, pending = set(), [sha]
        while pending:
            each = pending.pop()
            if each not in found:
                found.add(each)
                pending.extend(self.parents[each])
        return frozenset(found)


LINE = History({"a": (), "b": "a", "c": "b", "d": "c"})


def shipped(release: Release) -> list[str]:
    return [sha for change in release.shipped for sha in change.commits]


def removed(release: Release) -> list[str]:
    return [sha for change in release.removed for sha in change.commits]


def test_a_deploy_ships_what_came_since_the_last() -> None:
    releases, warnings = build_releases([deploy("a"), deploy("b", 1), deploy("d", 2)], LINE)

    assert [shipped(release) for release in releases] == [[], ["b"], ["d", "c"]]
    assert [release.previous and release.previous.sha for release in releases] == [None, "a", "b"]
    assert not any(release.truncated for release in releases)
    (warning,) = warnings
    assert "before the first known deploy (2026-03-01 00:00 UTC, a) is unknown" in warning


def test_a_rollback_takes_commits_out_and_a_roll_forward_ships_them_again() -> None:
    releases, _ = build_releases([deploy("b"), deploy("d", 1), deploy("b", 2), deploy("d", 3)], LINE)

    assert [shipped(release) for release in releases] == [[], ["d", "c"], [], ["d", "c"]]
    assert [removed(release) for release in releases] == [[], [], ["d", "c"], []]


def test_a_redeploy_ships_nothing() -> None:
    releases, _ = build_releases([deploy("b"), deploy("b", 1)], LINE)

    assert (releases[1].shipped, releases[1].removed, releases[1].truncated) == ((), (), False)


def test_diverged_branches_ship_and_remove() -> None:
    history = History({"a": (), "b": "a", "x": "a", "y": "x"})

    releases, _ = build_releases([deploy("b"), deploy("y", 1)], history)

    assert (shipped(releases[1]), removed(releases[1])) == (["y", "x"], ["b"])


def test_services_and_environments_are_lines_of_their_own() -> None:
    deploys = [
        deploy("a"),
        deploy("d", 1, environment="staging"),
        deploy("b", 2, service="batch"),
        deploy("c", 3),
        deploy("d", 4, service="batch"),
    ]

    releases, _ = build_releases(deploys, LINE)

    assert [shipped(release) for release in releases] == [[], [], [], ["c", "b"], ["d", "c"]]


def test_a_merge_is_one_change_with_the_commits_it_brought() -> None:
    history = History({"a": (), "s1": "a", "b": "a", "s2": ("s1",), "m": ("b", "s2"), "c": "m"})

    releases, _ = build_releases([deploy("a"), deploy("c", 1)], history)

    assert releases[1].shipped == (
        Change(sha="c", commits=("c",)),
        Change(sha="m", commits=("m", "s2", "s1"), pull_request="12"),
        Change(sha="b", commits=("b",)),
    )


def test_a_branch_that_is_merged_twice_belongs_to_the_merge_that_first_brought_it() -> None:
    history = History(
        {"a": (), "s1": "a", "m1": ("a", "s1"), "s2": ("s1",), "m2": ("m1", "s2")},
    )

    releases, _ = build_releases([deploy("a"), deploy("m2", 1)], history)

    assert [change.commits for change in releases[1].shipped] == [("m2", "s2"), ("m1", "s1")]


def test_octopus_merges_bring_every_branch() -> None:
    history = History({"a": (), "s1": "a", "s2": "a", "s3": "a", "m": ("a", "s1", "s2", "s3")})

    releases, _ = build_releases([deploy("a"), deploy("m", 1)], history)

    assert [change.commits for change in releases[1].shipped] == [("m", "s3", "s2", "s1")]


def test_the_order_of_the_log_does_not_matter() -> None:
    ordered = [deploy("a"), deploy("b", 1), deploy("d", 2), deploy("c", 3)]

    assert build_releases(ordered, LINE) == build_releases(ordered[::-1], LINE)


def test_deploys_at_one_moment_keep_the_order_of_the_log_and_are_said() -> None:
    releases, warnings = build_releases([deploy("a"), deploy("b", 1), deploy("c", 1)], LINE)

    assert [shipped(release) for release in releases] == [[], ["b"], ["c"]]
    assert "1 deploys started less than a minute after another" in warnings[-1]


def test_a_deploy_that_git_does_not_know_is_truncated_and_so_is_the_next() -> None:
    releases, _ = build_releases([deploy("a"), deploy(None, 1), deploy("c", 2), deploy("d", 3)], LINE)

    assert [release.truncated for release in releases] == [False, True, True, False]
    assert [release.gap for release in releases] == ["first", "missing", "missing", None]
    assert [shipped(release) for release in releases] == [[], [], ["c", "b"], ["d"]]
    assert releases[2].previous == releases[0].deploy


def test_a_deploy_after_one_that_git_does_not_know_is_not_the_first() -> None:
    releases, warnings = build_releases([deploy(None), deploy("b", 1), deploy("c", 2)], LINE)

    assert [release.gap for release in releases] == ["missing", "missing", None]
    assert releases[1].previous == releases[0].deploy
    assert "before the first known deploy (2026-03-01 01:00 UTC, b) is unknown" in warnings[0]


def test_a_commit_that_comes_back_after_an_unknown_one_is_no_redeploy() -> None:
    releases, _ = build_releases([deploy("b"), deploy(None, 1), deploy("b", 2)], LINE)

    assert (releases[2].shipped, releases[2].removed, releases[2].gap) == ((), (), "missing")


def test_a_range_that_meets_the_edge_of_a_shallow_clone_is_left_empty() -> None:
    history = History({"old": (), "b": (), "m": ("b", "old")}, boundary=["old", "b"])

    releases, warnings = build_releases([deploy("b"), deploy("m", 1)], history)

    assert (releases[1].shipped, releases[1].truncated, releases[1].gap) == ((), True, "shallow")
    assert "git fetch --unshallow" in warnings[-1]


def test_an_edge_that_both_deploys_share_does_no_harm() -> None:
    history = History({"edge": (), "b": ("edge",), "c": "b"}, boundary=["edge"])

    releases, _ = build_releases([deploy("b"), deploy("c", 1)], history)

    assert (shipped(releases[1]), releases[1].truncated) == (["c"], False)


def test_history_is_read_only_as_far_as_deploys_differ() -> None:
    parents = {"0": ()} | {str(n): (str(n - 1),) for n in range(1, 5000)}
    history = History(parents)

    build_releases([deploy("4990"), deploy("4999", 1)], history)

    assert history.walked < 24 * 31


def test_no_deploys_are_no_releases() -> None:
    assert build_releases([], LINE) == ((), ())


def test_a_commit_dated_before_its_parents_does_not_end_the_walk_early() -> None:
    """`early` is dated 19 days before `x`, on which it builds: git meets `x` long before it.

    Both deploys reach `x` through `early`; only `new` reaches it through `side` as well.
    """
    history = History(
        {
            "root": (),
            "q": ("root",),
            "x": ("root",),
            "early": ("x",),
            "z": ("q",),
            "base": ("early", "z"),
            "side": ("x",),
            "old": ("base",),
            "new": ("old", "side"),
        },
        dates={
            sha: START + timedelta(days=day)
            for sha, day in {
                "root": 0, "q": 10, "x": 20, "early": 1, "z": 21, "base": 22, "side": 23, "old": 24,
                "new": 25,
            }.items()
        },
    )  # fmt: skip

    releases, _ = build_releases([deploy("old"), deploy("new", 1)], history)

    assert shipped(releases[1]) == ["new", "side"]


# Random histories


@st.composite
def histories(draw: st.DrawFn) -> list[CommitOf]:
    """Draw commits on any earlier ones, with up to three parents and clocks that go astray."""
    commits = []
    for number in range(draw(st.integers(1, 24))):
        earlier = [str(n) for n in range(number)]
        count = draw(st.sampled_from([0, 1, 1, 1, 1, 2, 2, 3])) if number else 0
        parents = draw(
            st.lists(st.sampled_from(earlier[-6:]), min_size=min(count, 1), max_size=count, unique=True)
            if earlier
            else st.just([])
        )
        astray = draw(st.sampled_from([0, 0, 0, 0, -30, 200]))
        at = START + timedelta(hours=number + astray)
        commits.append(commit(str(number), parents=parents, branch=f"b{number}", at=at))
    return commits


Lines = list[tuple[str, str]]


def lines_of(commits: Sequence[CommitOf], most: int) -> st.SearchStrategy[Lines]:
    """Deploys of two services, each of any commit: redeploys, rollbacks and diverged branches."""
    names = st.sampled_from([each.name for each in commits])
    return st.lists(st.tuples(st.sampled_from(["api", "batch"]), names), min_size=1, max_size=most)


def check_live(releases: Sequence[Release], lines: Lines, reachable: Mapping[str, frozenset[str]]) -> None:
    """Keep what is live by what releases say, and compare it with what each deploy reaches."""
    live: dict[str, frozenset[str]] = {}
    for release, (service, name) in zip(releases, lines, strict=True):
        came, went = shipped(release), removed(release)
        assert len(came) == len(set(came))
        assert len(went) == len(set(went))
        if service in live:
            assert set(came) == reachable[name] - live[service]
            assert set(went) == live[service] - reachable[name]
            assert (live[service] - set(went)) | set(came) == reachable[name]
        else:
            assert (release.previous, came, went) == (None, [], [])
        live[service] = reachable[name]


def in_memory(commits: Sequence[CommitOf]) -> History:
    return History(
        {each.name: each.parents or () for each in commits},
        dates={each.name: each.at or START for each in commits},
    )


@settings(max_examples=150)
@given(data=st.data())
def test_what_is_live_after_each_deploy_is_what_it_reaches(data: st.DataObject) -> None:
    commits = data.draw(histories())
    lines = data.draw(lines_of(commits, most=12))
    history = in_memory(commits)

    releases, _ = build_releases(
        [deploy(name, hour, service=service) for hour, (service, name) in enumerate(lines)], history
    )

    check_live(releases, lines, {name: history.reachable(name) for _, name in lines})


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_live_after_each_deploy_is_what_git_lists(data: st.DataObject) -> None:
    commits = data.draw(histories())
    lines = data.draw(lines_of(commits, most=6))
    with tempfile.TemporaryDirectory() as folder:
        built = build_repository(Path(folder) / "repo", commits, bare=True)

        releases, _ = build_releases(
            [deploy(built[name], hour, service=service) for hour, (service, name) in enumerate(lines)],
            Repository(built.path),
        )

        listed = {name: built.git("rev-list", built[name]) for name in {name for _, name in lines}}
    check_live(releases, lines, {name: frozenset(shas.split()) for name, shas in listed.items()})


@settings(max_examples=100)
@given(commits=histories())
def test_a_change_is_what_its_step_added_to_the_line_before_it(commits: list[CommitOf]) -> None:
    first, last = commits[0].name, commits[-1].name
    history = in_memory(commits)

    releases, _ = build_releases([deploy(first), deploy(last, 1)], history)

    for change in releases[1].shipped:
        before = [history.reachable(sha) for sha in (*history.parents[change.sha][:1], first)]
        assert set(change.commits) == history.reachable(change.sha).difference(*before)
        assert change.commits[0] == change.sha
    line = [last]
    while history.parents[line[-1]]:
        line.append(history.parents[line[-1]][0])
    reached_before = history.reachable(first)
    assert [change.sha for change in releases[1].shipped] == list(
        itertools.takewhile(lambda sha: sha not in reached_before, line)
    )


def test_a_service_of_a_monorepo_ships_what_touches_its_paths(tmp_path: Path) -> None:
    built = build_repository(
        tmp_path / "repo",
        [
            commit("first", {"services/api/m.py": "1\n"}),
            commit("own", {"services/api/m.py": "2\n"}),
            commit("foreign", {"services/apiary/m.py": "2\n", "docs/api.md": "2\n"}),
            commit("library", {"libs/features/scale.py": "2\n"}),
            commit("empty"),
            commit("inner", {"services/api/n.py": "3\n"}, branch="side", parents=["first"]),
            commit("merge", parents=["empty", "inner"]),
            commit("other", {"services/batch/n.py": "3\n"}, branch="side", parents=["first"]),
            commit("merge of other", parents=["merge", "other"]),
        ],
    )
    repository = Repository(built.path)
    releases, _ = build_releases([deploy(built["first"]), deploy(built["merge of other"], 1)], repository)
    names = {sha: name for name, sha in built.shas.items()}

    kept = within_paths(releases, repository.paths(shipped(releases[1])), ["services/api/", "libs/*.py"])

    assert [(names[change.sha], [names[sha] for sha in change.commits]) for change in kept[1].shipped] == [
        ("merge", ["inner"]),
        ("empty", ["empty"]),
        ("library", ["library"]),
        ("own", ["own"]),
    ]
    assert within_paths(releases, {}, ["services/api"]) == releases
