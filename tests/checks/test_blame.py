"""The commits of a branch ranked by what the comparison showed, on the sample's own mistakes."""

from dataclasses import replace
from pathlib import Path

import pytest

from bisect_ml.checks.blame import blame, worst
from bisect_ml.demo import unpack
from bisect_ml.explanation import Explanation
from bisect_ml.saved_check import Comparison
from bisect_ml.sources import Repository
from bisect_ml.types import NO_DEPLOY, Ranked
from tests.builders import Built, File, build_repository, commit
from tests.results import comparison, result

SIDES = {"one": "left", "two": "right"}
COUNTRIES = ("BR", "DE", "ES", "FR", "NL")
UNITS = comparison(
    result("mean", base=0.9, head=0.009, verdict="fail", signature="/100"),
    *(result("mean", f"country={each}", base=0.9, head=0.009, verdict="fail") for each in COUNTRIES),
)
BRAZIL = comparison(
    result("mean", "country=BR", base=0.8, head=1.4, verdict="fail"),
    result("mean", base=0.9, head=0.97, verdict="fail"),
    *(result("mean", f"country={each}", base=0.9, head=0.9) for each in COUNTRIES[1:]),
)
WALLETS = comparison(
    result("null_rate", "payment=wallet", base=0.0, head=0.54, verdict="fail"),
    *(result("null_rate", f"payment={each}", base=0.0, head=0.0) for each in ("card", "invoice", "voucher")),
)
# A branch of the sample, what its comparison shows, and the commit that did it.
BRANCHES = [
    ("13f334a", "27e050a", UNITS, "c96812c"),
    ("7aee41a", "13f334a", BRAZIL, "bace688"),
    ("741ab08", "0ef9917", WALLETS, "759d3e4"),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(unpack(tmp_path_factory.mktemp("sample")).repository)


def ranking(
    repository: Repository, base: str, head: str, seen: Comparison, *, same_inputs: bool = True
) -> tuple[Ranked, ...]:
    shas = repository.resolve([base, head])
    return blame(
        seen,
        repository=repository,
        base=str(shas[base]),
        head=str(shas[head]),
        head_name="feature",
        same_inputs=same_inputs,
        entry="checkout_risk.serve:predict",
    ).ranking


def _blamed(built: Built, head: str, *, entry: str | None = None, script: str | None = None) -> Explanation:
    """Blame the commits of a built branch for a mean that rose by more than half."""
    return blame(
        comparison(result("mean", base=1.0, head=1.7, verdict="fail")),
        repository=Repository(built.path),
        base=built["base"],
        head=built[head],
        head_name="feature",
        same_inputs=True,
        entry=entry,
        script=script,
    )


def sha_of(one: Ranked) -> str:
    return one.candidate.commit.sha[:7] if one.candidate.commit else ""


@pytest.mark.parametrize(("base", "head", "seen", "culprit"), BRANCHES)
def test_the_culprit_of_a_branch_comes_first(
    repository: Repository, base: str, head: str, seen: Comparison, culprit: str
) -> None:
    ranked = ranking(repository, base, head, seen)
    assert sha_of(ranked[0]) == culprit
    assert ranked[0].probability > 0.5
    assert sum(one.probability for one in ranked) == pytest.approx(1)
    assert all(one.candidate.release is not None for one in ranked)


def test_nothing_that_rests_on_moments_is_said(repository: Repository) -> None:
    ranked = ranking(repository, *BRANCHES[0][:3])
    assert {said.scorer for one in ranked for said in one.evidence}.isdisjoint({"timing", "rollback"})


def test_with_other_inputs_it_may_be_no_code_at_all(repository: Repository) -> None:
    ranked = ranking(repository, *BRANCHES[0][:3], same_inputs=False)
    nobody = [one for one in ranked if one.candidate == NO_DEPLOY]
    assert len(nobody) == 1
    assert 0 < nobody[0].probability < 0.5


def test_only_the_commits_of_the_branch_are_candidates(repository: Repository) -> None:
    ranked = ranking(repository, "13f334a", "27e050a", UNITS)
    shas = repository.resolve(["13f334a", "27e050a"])
    inside = repository.parents_between(str(shas["13f334a"]), str(shas["27e050a"]))
    assert {one.candidate.commit.sha for one in ranked if one.candidate.commit} == set(inside)


def test_what_somebody_accepted_does_not_lead() -> None:
    accepted = result("mean", None, effect=9.0, verdict="fail")
    left = result("median", None, effect=0.1, verdict="fail")
    seen = comparison(accepted, left)
    assert worst(seen) == accepted
    assert worst(replace(seen, results=(replace(accepted, accepted="meant"), left))) == left


def test_an_entry_point_that_the_head_has_not_is_said(repository: Repository) -> None:
    shas = repository.resolve(["13f334a", "27e050a"])

    def warnings(entry: str | None) -> tuple[str, ...]:
        base, head = (str(sha) for sha in shas.values())
        blamed = blame(
            UNITS,
            repository=repository,
            base=base,
            head=head,
            head_name="feature",
            same_inputs=True,
            entry=entry,
        )
        return blamed.warnings

    assert warnings("checkout_risk.serve:predict") == ()
    (told,) = warnings("checkout_risk.serve:guess")
    assert "no entry point checkout_risk.serve:guess" in told


def test_code_in_another_language_is_followed_from_the_entry_point(tmp_path: Path) -> None:
    score = "exports.score = function (x) { return scale(x) }\nfunction scale(x) { return x * 2 }\n"
    aside = "exports.chart = function (x) { return x + 2 }\n"
    built = build_repository(
        tmp_path / "service",
        [
            commit("base", {"score.js": score, "chart.js": aside}),
            commit("culprit", {"score.js": score.replace("x * 2", "x * 3")}),
            commit("harmless", {"chart.js": aside.replace("x + 2", "x + 3")}),
        ],
    )
    blamed = _blamed(built, "harmless", entry="score:score")
    steps = {
        one.candidate.commit.sha: said.sentence
        for one in blamed.ranking
        for said in one.evidence
        if said.scorer == "reach" and one.candidate.commit
    }
    assert "scale, 1 call from score" in steps[built["culprit"]]
    assert "no call leads from score" in steps[built["harmless"]]


@pytest.mark.parametrize("entry", ["one:left", None])
def test_an_entry_point_is_asked_for_where_it_would_tell_commits_apart(
    tmp_path: Path, entry: str | None
) -> None:
    files: dict[str | bytes, File] = {
        f"{name}.py": f"def {side}(x):\n    return x * 2\n" for name, side in SIDES.items()
    }
    edits = [
        commit(name, {f"{name}.py": f"def {side}(x):\n    return x * 3\n"}) for name, side in SIDES.items()
    ]
    built = build_repository(tmp_path / "service", [commit("base", files), *edits])
    blamed = _blamed(built, "two", entry=entry)
    assert (blamed.ranking[0].probability < 0.6) is (entry is None)
    assert any("name it with --entry" in told for told in blamed.warnings) is (entry is None)


@pytest.mark.parametrize(("script", "leads"), [("app.score", "culprit"), ("other", None)])
def test_what_a_script_does_is_where_predictions_start(
    tmp_path: Path, script: str, leads: str | None
) -> None:
    score = "def score(x):\n    return x\nif __name__ == '__main__':\n    save(score(1))\n"
    aside = "def chart(x):\n    return x + 2\n"
    built = build_repository(
        tmp_path / "service",
        [
            commit("base", {"app/score.py": score, "chart.py": aside}),
            commit("culprit", {"app/score.py": score.replace("score(1)", "score(2)")}),
            commit("harmless", {"chart.py": aside.replace("x + 2", "x + 3")}),
        ],
    )
    blamed = _blamed(built, "harmless", script=script)
    first = blamed.ranking[0]
    is_sure = first.probability > 0.9
    assert (sha_of(first) == built["culprit"][:7] and is_sure) is (leads is not None)
    assert not any("has no entry point" in told for told in blamed.warnings)


def test_ranges_of_history(repository: Repository, tmp_path: Path) -> None:
    shas = repository.resolve(["13f334a", "27e050a", "83b56d2", "7cd52ff"])
    base, head, merge, inner = (str(sha) for sha in shas.values())
    parents = repository.parents_between(base, head)
    assert list(parents)[-1] == head
    assert all(
        above not in parents or list(parents).index(above) < place
        for place, sha in enumerate(parents)
        for above in parents[sha]
    )
    assert repository.merge_base(inner, base) is not None
    assert repository.merge_base(merge, inner) == inner
    changed = repository.changed_blobs(base, head)
    blobs = repository.blobs(head)
    assert changed["checkout_risk/money.py"] == blobs["checkout_risk/money.py"]
    assert "from_minor" in str(repository.file_text(head, "checkout_risk/money.py"))
    assert repository.file_text(base, "checkout_risk/money.py") is None
    assert repository.changed_blobs(head, base)["checkout_risk/money.py"] == ""
