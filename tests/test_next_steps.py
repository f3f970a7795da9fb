from dataclasses import replace

from bisect_ml.next_steps import next_step
from bisect_ml.types import Candidate, Ranked
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


def test_no_deploy_means_no_rollback() -> None:
    assert next_step(incident(), [nobody(0.8), _suspect(0.2)]).startswith("No rollback is indicated")


def test_what_ended_an_incident_is_not_undone() -> None:
    step = next_step(replace(incident(), recovers=4), [_suspect(0.9), nobody(0.1)])
    assert step == "Nothing to undo: incident 4 ended here. Read the change: `git show c10000000000`"


def test_a_deploy_without_commits_is_searched_for_configuration() -> None:
    silent = ranked(Candidate(release=release(100.0), commit=None), 0.9)
    assert "Compare configuration and artefacts" in next_step(incident(), [silent, nobody(0.1)])
