from dataclasses import replace

import pytest

from bisect_ml.findings import finding
from bisect_ml.next_steps import next_step
from bisect_ml.report.blames import blame
from bisect_ml.types import Candidate, Change, Evidence, RangeGap, Ranked
from tests.nouns import commit, incident, moment, nobody, ranked, release


def _suspect(probability: float, sha: str = "c1") -> Ranked:
    shipping = release(100.0, shas=[sha])
    candidate = Candidate(release=shipping, commit=commit(sha), change=shipping.shipped[0])
    return ranked(candidate, probability)


def test_an_ongoing_break_is_rolled_back_and_read() -> None:
    step = next_step(incident(), [_suspect(0.9), nobody(0.1)])
    assert "Roll scorer back to `bbbbbbbbbbbb`" in step
    assert "`git show c10000000000`" in step


def test_a_recovered_break_needs_no_rollback() -> None:
    step = next_step(incident(recovered_at=moment(120)), [_suspect(0.9), nobody(0.1)])
    assert "Roll" not in step


def test_rivals_are_told_apart_by_running_the_code() -> None:
    step = next_step(incident(), [_suspect(0.35), _suspect(0.3, "c2"), nobody(0.35)])
    assert "only running the code will" in step


def test_a_deploy_is_searched_where_all_its_commits_together_are_likelier_than_none() -> None:
    together = release(100.0, shas=["c1", "c2"])
    rivals = [
        ranked(Candidate(release=together, commit=commit(sha), change=change), chance)
        for sha, change, chance in zip(("c1", "c2"), together.shipped, (0.27, 0.26), strict=True)
    ]
    ranking = [nobody(0.47), *rivals]
    assert blame(finding(incident(), ranking)).lead == 0
    step = next_step(incident(), ranking)
    assert step.startswith("The evidence cannot separate the first 2 suspects")
    assert "--input INPUTS`. It may be no deploy (47%): check what came in" in step


def test_no_deploy_means_no_rollback() -> None:
    assert next_step(incident(), [nobody(0.8), _suspect(0.2)]).startswith("No rollback is indicated")


def test_what_ended_an_incident_is_not_undone() -> None:
    step = next_step(replace(incident(), recovers=4), [_suspect(0.9), nobody(0.1)])
    assert step == "Nothing to undo: incident 4 ended here. Read the change: `git show c10000000000`"


def test_a_deploy_without_commits_is_searched_for_configuration() -> None:
    silent = ranked(Candidate(release=release(100.0), commit=None), 0.9)
    assert "Compare configuration and artefacts" in next_step(incident(), [silent, nobody(0.1)])


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        ("first", "Add the deploy that came before it to the deploy log, and trace again."),
        ("missing", "Fetch what is missing, and trace again: `git fetch --all --tags`."),
        ("shallow", "Fetch what is missing, and trace again: `git fetch --unshallow --tags`."),
    ],
)
def test_where_nobody_knows_what_was_shipped_the_next_step_is_to_find_out(gap: RangeGap, told: str) -> None:
    shipping = replace(release(100.0, previous=gap != "first"), gap=gap)
    step = next_step(incident(), [ranked(Candidate(release=shipping, commit=None), 0.9), nobody(0.1)])
    assert step.endswith(told)
    assert ("Roll scorer back" in step) is (gap != "first")
    assert "Compare configuration" not in step


def test_nothing_is_rolled_back_to_the_commit_that_serves() -> None:
    shipping = release(100.0)
    same = replace(shipping, previous=replace(shipping.deploy, id="d0"))
    step = next_step(incident(), [ranked(Candidate(release=same, commit=None), 0.9), nobody(0.1)])
    assert step == "Compare configuration and artefacts before and after deploy d1."


def test_rivals_are_replayed_on_the_saved_report() -> None:
    step = next_step(incident(), [_suspect(0.35), _suspect(0.3, "c2"), nobody(0.1)])
    assert step.startswith("Roll scorer back") or "cannot separate the first 2 suspects" in step
    assert '`bisect-ml replay REPORT.json --run "COMMAND" --input INPUTS`' in step
    assert "may be no deploy" not in step


@pytest.mark.parametrize(
    ("scorer", "facts", "told"),
    [
        ("mix_shift", {"level": "only_mix", "column": "country"}, "more or less traffic by `country`"),
        (
            "input_drift",
            {"level": "moved", "feature": "age"},
            "trace the shift of the input `age` to its source",
        ),
        ("outage", {"level": "gap"}, "its logging during the gap"),
        ("elsewhere", {"level": "moved"}, "what the services that moved together share"),
        ("elsewhere", {"level": "upstream"}, "read what the other service shipped"),
        ("thin", {"level": "few"}, "once the log holds more rows"),
        ("quiet", {"level": "nothing"}, "check what came in"),
    ],
)
def test_where_no_deploy_did_it_the_reason_says_where_to_look(
    scorer: str, facts: dict[str, str | float | int], told: str
) -> None:
    reason = Evidence(scorer=scorer, llr=2.0, sentence="it moved", facts=facts)
    step = next_step(incident(), [replace(nobody(0.8), evidence=(reason,)), _suspect(0.2)])
    assert step.startswith("No rollback is indicated: ")
    assert told in step
    doubted = next_step(incident(), [_suspect(0.55), replace(nobody(0.45), evidence=(reason,))])
    assert doubted.endswith(step.removeprefix("No rollback is indicated: "))
    assert "It may be no deploy (45%): " in doubted


def _drift(llr: float) -> Evidence:
    facts = {"level": "moved", "feature": "age"}
    return Evidence(scorer="input_drift", llr=llr, sentence="the input age moved as well", facts=facts)


def test_what_else_explains_the_break_is_looked_into_before_a_rollback() -> None:
    step = next_step(incident(), [_suspect(0.9), nobody(0.1, _drift(3.2))])
    assert step == (
        "First trace the shift of the input `age` to its source, and see whether that alone explains the "
        "break; if not, roll scorer back to `bbbbbbbbbbbb`, which served before. "
        "Read the change: `git show c10000000000`"
    )


def test_where_there_is_nothing_to_roll_back_another_cause_is_named_all_the_same() -> None:
    over = incident(recovered_at=moment(120))
    step = next_step(over, [_suspect(0.9), nobody(0.1, _drift(3.2))])
    assert step.endswith("It may be no deploy (10%): trace the shift of the input `age` to its source.")


def test_weak_reasons_for_another_cause_hold_no_rollback_up() -> None:
    step = next_step(incident(), [_suspect(0.9), nobody(0.1, _drift(0.5))])
    assert step.startswith("Roll scorer back to")


def test_a_cause_that_is_ruled_out_is_looked_into_by_nobody() -> None:
    step = next_step(incident(), [_suspect(0.998), nobody(0.002, _drift(3.2))])
    assert step.startswith("Roll scorer back to")
    over = next_step(incident(recovered_at=moment(120)), [_suspect(0.998), nobody(0.002, _drift(3.2))])
    assert "no deploy" not in over


def test_a_model_that_was_put_live_is_compared() -> None:
    shipping = release(100.0)
    deploy = replace(shipping.deploy, ref="models:/churn/7")
    silent = ranked(Candidate(release=replace(shipping, deploy=deploy), commit=None), 0.9)
    assert "Compare the model `churn/7`" in next_step(incident(), [silent, nobody(0.1)])


def test_a_merge_is_read_commit_by_commit_and_its_commits_run() -> None:
    joined = commit("c1", parents=("b0", "b1"))
    change = Change(sha=joined.sha, commits=(joined.sha, "b1"))
    merge = Candidate(release=release(100.0), commit=joined, change=change)
    told = next_step(incident(), [ranked(merge, 0.8), _suspect(0.1, "b1"), nobody(0.1)])
    assert "Read what the merge brought, commit by commit: `git log -p c10000000000^1..c10000000000`" in told
    assert "`bisect-ml replay REPORT.json" in told
