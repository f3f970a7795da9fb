"""Suspects of a saved trace run again: which are, what is said of them, and what they weigh then."""

import math
from dataclasses import replace

import pytest

from bisect_ml.check_settings import CheckSettings
from bisect_ml.errors import ConfigError, RunError
from bisect_ml.replaying import replay, weigh
from bisect_ml.saved_report import Finding, Report, SavedSymptom, Trial
from tests import reports, saved_findings, saved_nouns
from tests.checked_service import CheckedService, unpack_service

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> CheckedService:
    return unpack_service(tmp_path_factory.mktemp("replayed"), orders=400)


def finding(service: CheckedService, *suspects: tuple[str, float], metric: str = "mean") -> Finding:
    """An incident with the unit mistake of the sample, and these suspects."""
    first = saved_findings.unit_mix_up()
    made = tuple(
        replace(
            first.suspects[0],
            sha=service.git("rev-parse", "--verify", "-q", name) if name != "gone" else "f" * 40,
            probability=probability,
            direction="shipped",
            change=None,
            change_probability=None,
        )
        for name, probability in suspects
    )
    return replace(
        first,
        metric=metric,
        slice=None,
        before=0.9,
        after=0.009,
        symptoms=(),
        suspects=made,
        unexplained_probability=1 - sum(probability for _, probability in suspects),
        cut_suspects=0,
        cut_probability=0.0,
    )


def replayed(service: CheckedService, one: Finding, *, top: int = 3, run: str | None = None) -> Report:
    settings = CheckSettings(run=run or service.command, input=str(service.orders), key=("order_id",))
    return replay(reports.report(one), settings, repo=service.repository, top=top)


def outcomes(report: Report) -> dict[str, str]:
    return {
        str(one.sha)[:7]: one.trial.outcome
        for incident in report.incidents
        for one in incident.suspects
        if one.trial
    }


def test_the_cause_is_confirmed_though_it_was_not_the_first(service: CheckedService) -> None:
    one = finding(service, ("9cc4b65", 0.6), ("c96812c", 0.3))
    report = replayed(service, one)
    (told,) = report.incidents
    assert outcomes(report) == {"c96812c": "confirmed", "9cc4b65": "cleared"}
    assert str(told.suspects[0].sha).startswith("c96812c")
    assert told.suspects[0].probability > 0.98
    assert told.next_step.startswith("Running `c96812c44eee` confirmed it. ")
    total = math.fsum(suspect.probability for suspect in told.suspects) + told.unexplained_probability
    assert total == pytest.approx(1)


@pytest.mark.parametrize(
    ("step", "undo"),
    [
        ("No rollback is indicated: check what came in around 2026-05-19 10:00 UTC.", ""),
        (
            (
                "First trace the shift of the input `a` to its source, and see whether that alone explains"
                " the break; if not, roll risk back to `7aee41a00000`, which served before."
                " Read the change: `x`"
            ),
            "Roll risk back to `7aee41a00000`, which served before. ",
        ),
        ("Nothing to undo: incident 3 ended here. Read more", "Nothing to undo: incident 3 ended here. "),
    ],
)
def test_what_is_confirmed_leaves_nothing_to_look_into(service: CheckedService, step: str, undo: str) -> None:
    one = replace(finding(service, ("c96812c", 0.9)), next_step=step)
    (told,) = replayed(service, one).incidents
    confirmed = "Running `c96812c44eee` confirmed it."
    assert told.next_step == f"{confirmed} {undo}Read the change: `git show c96812c44eee`."


def test_suspects_that_are_cleared_leave_their_probability_to_the_others(service: CheckedService) -> None:
    one = finding(service, ("9cc4b65", 0.6), ("ad8925e", 0.3))
    report = replayed(service, one)
    (told,) = report.incidents
    assert outcomes(report) == {"9cc4b65": "cleared", "ad8925e": "cleared"}
    assert told.unexplained_probability > 0.5
    assert told.next_step.startswith("Running cleared `9cc4b6527f")


def test_only_the_likeliest_are_run(service: CheckedService) -> None:
    one = finding(service, ("c96812c", 0.9), ("9cc4b65", 0.05), ("ad8925e", 0.01))
    assert set(outcomes(replayed(service, one, top=1))) == {"c96812c"}
    assert set(outcomes(replayed(service, one))) == {"c96812c", "9cc4b65"}


def test_suspects_that_git_does_not_have_or_that_have_no_parent_are_passed_over(
    service: CheckedService,
) -> None:
    root = "46101ce"
    report = replayed(service, finding(service, ("gone", 0.4), (root, 0.3), ("c96812c", 0.2)))
    trials = [one.trial for one in report.incidents[0].suspects if one.trial]
    told = {trial.sha[:7]: trial.sentence for trial in trials if trial.outcome == "skipped"}
    assert told[root] == "it has no parent"
    assert told["fffffff"].startswith("it is not in ")
    assert outcomes(report)["c96812c"] == "confirmed"


def test_what_replays_cannot_compare_is_said(service: CheckedService) -> None:
    one = finding(service, ("c96812c", 0.9), metric="p95")
    report = replayed(service, one)
    assert outcomes(report) == {}
    assert any("incident 1 was not replayed: it moved in p95" in warning for warning in report.warnings)


def test_a_symptom_stands_in_for_a_lead_that_cannot_be_compared(service: CheckedService) -> None:
    mean = SavedSymptom(
        metric="mean",
        slice="country=DE",
        kind="ratio",
        before=0.9,
        after=0.009,
        onset=saved_nouns.START,
        confidence=1.0,
    )
    one = replace(finding(service, ("c96812c", 0.9), metric="p95"), symptoms=(mean,))
    (told,) = replayed(service, one).incidents
    assert told.suspects[0].trial is not None
    assert "the mean of country=DE fell 100" in told.suspects[0].trial.sentence


def test_a_command_that_never_runs_is_an_error_with_the_last_lines(service: CheckedService) -> None:
    with pytest.raises(RunError) as caught:
        replayed(service, finding(service, ("c96812c", 0.9)), run="echo no such model >&2; false {input}")
    assert caught.value.exit_code == 4
    assert caught.value.message.endswith("no such model")


def test_what_cannot_be_asked_is_refused(service: CheckedService) -> None:
    report = reports.report(finding(service, ("c96812c", 0.9)))
    with pytest.raises(ConfigError, match="it is not said how the code predicts"):
        replay(report, CheckSettings(), repo=service.repository)
    with pytest.raises(ConfigError, match="there is no incident 9 in the report"):
        replay(report, CheckSettings(run="true"), repo=service.repository, incidents=[9])


def test_a_skipped_suspect_weighs_what_it_weighed() -> None:
    one = saved_findings.unit_mix_up()
    first = one.suspects[0]
    skipped = Trial(sha=str(first.sha), outcome="skipped", sentence="could not run")
    told = weigh(one, {(first.sha, first.deploy.id): skipped})
    for before, after in zip(one.suspects, told.suspects, strict=True):
        assert after.probability == pytest.approx(before.probability)
    assert told.unexplained_probability == pytest.approx(one.unexplained_probability)


def test_a_change_weighs_what_its_commits_do() -> None:
    one = saved_findings.unit_mix_up()
    first = one.suspects[0]
    seen = Trial(sha=str(first.sha), outcome="cleared", sentence="cleared")
    told = weigh(one, {(first.sha, first.deploy.id): seen})
    for suspect in told.suspects:
        if suspect.change is not None:
            same = [
                other.probability
                for other in told.suspects
                if (other.change, other.deploy.id) == (suspect.change, suspect.deploy.id)
            ]
            assert suspect.change_probability == pytest.approx(sum(same))


def test_what_a_merge_showed_its_commits_may_have_done() -> None:
    one = saved_findings.unit_mix_up()
    first = one.suspects[0]
    merge = replace(first, sha="a" * 40, change="a" * 40, probability=0.5)
    inside = replace(first, sha="b" * 40, change="a" * 40, probability=0.01)
    other = replace(first, sha="c" * 40, change="c" * 40, probability=0.39)
    one = replace(
        one, suspects=(merge, other, inside), unexplained_probability=0.1, cut_suspects=0, cut_probability=0.0
    )
    key = (merge.sha, merge.deploy.id)
    told = weigh(one, {key: Trial(sha="a" * 40, outcome="confirmed", sentence="seen")})
    assert [str(each.sha)[0] for each in told.suspects] == ["a", "b", "c"]
    assert told.suspects[1].probability / told.suspects[0].probability == pytest.approx(0.01 / 0.5)
    told = weigh(one, {key: Trial(sha="a" * 40, outcome="cleared", sentence="not seen")})
    assert [str(each.sha)[0] for each in told.suspects] == ["c", "a", "b"]
