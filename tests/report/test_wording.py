from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bisect_ml.report import to_html, to_jira, to_markdown, to_terminal, wording
from bisect_ml.report.blames import blame
from bisect_ml.report.selection import select
from bisect_ml.saved_report import Finding, Report
from bisect_ml.types import Evidence, RangeGap
from tests import reports, saved_findings, saved_nouns


def test_the_verdict_says_what_when_who_and_how_sure() -> None:
    assert wording.verdict(saved_findings.unit_mix_up()) == (
        "The mean prediction rose 995-fold, from 0.42 to 418, at 2026-02-27 19:16 UTC. "
        "Almost certainly caused by commit 632667547e “Measure trip duration with datetimes” (91%), "
        "shipped to scoring production 4 min before."
    )


def test_no_code_change_is_a_verdict_with_its_reason() -> None:
    assert wording.verdict(saved_findings.mix_shift()) == (
        "The mean prediction rose by 23%, from 0.421 to 0.518, at 2026-03-10 09:36 UTC. "
        "Almost certainly no code change explains this (94%). "
        "Traffic moved to tier=business (12% to 41% of the rows); inside each tier nothing moved."
    )


def test_without_evidence_the_reason_is_that_no_deploy_fits() -> None:
    finding = replace(saved_findings.mix_shift(), unexplained=())
    assert wording.cause(finding).endswith("No deploy fits the onset better than chance would.")
    alone = replace(finding, suspects=(), unexplained_probability=1.0)
    assert wording.cause(alone).endswith("No deploy near the onset shipped or removed a commit.")


def _timely(finding: Finding, *against: Evidence) -> Finding:
    """The same finding, no code blamed for no reason of its own, with a deploy that fits the onset."""
    fits = saved_nouns.told("timing", 4.6, "went live 17 min before the onset")
    timely = replace(finding.suspects[0], evidence=(fits, *against))
    return replace(finding, suspects=(timely,), unexplained=())


def test_where_a_deploy_fits_the_onset_it_is_said_and_what_speaks_against_it() -> None:
    far = saved_nouns.told("reach", -3.5, "no call leads from predict to what it changes")
    small = saved_nouns.told("size", -0.1, "changes 1 line of 1 live file")
    told = wording.cause(_timely(saved_findings.mix_shift(), small, far))
    assert told == (
        "Almost certainly no code change explains this (94%). The deploy of 2026-03-10 21:36 UTC to scoring "
        "production fits the onset; in it the best guess is commit e6c3dd6304 “Raise the retry limit of the "
        "geocoder” (6%), but no call leads from predict to what it changes."
    )
    assert wording.cause(_timely(saved_findings.mix_shift(), small)).endswith("of the geocoder” (6%).")


def test_beside_the_first_cause_stands_the_strongest_reason_for_another() -> None:
    reasons = (
        saved_nouns.told("quiet", 0.5, "nothing of the 3 commits can move a prediction"),
        saved_nouns.told("input_drift", 3.2, "the input amount moved from 166.9 to 251.4 as well"),
        saved_nouns.told("mix_shift", -2.2, "inside the slices the predictions moved too"),
    )
    doubted = replace(saved_findings.unit_mix_up(), unexplained=reasons)
    assert wording.cause(doubted) == (
        f"{wording.cause(saved_findings.unit_mix_up())} "
        "But the input amount moved from 166.9 to 251.4 as well."
    )
    named = replace(doubted, unexplained=(saved_nouns.told("aside", 0.1, "1 deploy cannot have acted"),))
    assert wording.cause(named) == wording.cause(saved_findings.unit_mix_up())


def test_a_cause_that_is_ruled_out_is_not_held_against_the_first() -> None:
    drift = saved_nouns.told("input_drift", 3.2, "the input amount moved as well")
    sure = replace(saved_findings.unit_mix_up(), unexplained=(drift,), unexplained_probability=0.002)
    assert "But" not in wording.cause(sure)


def test_a_commit_that_several_deploys_may_have_brought_is_named_once() -> None:
    finding = saved_findings.unit_mix_up()
    first = replace(finding.suspects[0], probability=0.5)
    later = first.deploy.started_at + timedelta(minutes=2)
    deploys = [
        replace(first.deploy, id=f"d{number}", service=service, started_at=later)
        for number, service in enumerate(("pricing", "search", "mail"))
    ]
    chances = (0.2, 0.1, 0.06)
    ways = [replace(first, deploy=d, probability=p) for d, p in zip(deploys, chances, strict=True)]
    cause = wording.cause(replace(finding, suspects=(first, *ways[:1], *finding.suspects[1:])))
    assert cause == (
        "Probably caused by commit 632667547e “Measure trip duration with datetimes” (70%), "
        "shipped to scoring production 4 min before (50%) or to pricing production 2 min before (20%)."
    )
    many = wording.cause(replace(finding, suspects=(first, *ways)))
    assert many.endswith("or to search production 2 min before (10%) or 1 other deploy.")


@pytest.mark.parametrize("render", [to_terminal, to_markdown, to_jira, to_html])
def test_every_format_lists_a_commit_with_the_chance_over_its_deploys(
    render: Callable[[Report], str],
) -> None:
    finding = saved_findings.unit_mix_up()
    first = replace(finding.suspects[0], probability=0.51)
    way = replace(first, deploy=replace(first.deploy, id="d7", service="pricing"), probability=0.3)
    others = (replace(saved_findings.mix_shift(), id=number) for number in range(2, 9))
    report = reports.report(replace(finding, suspects=(first, way)), *others)
    assert "81%" in render(report)


@pytest.mark.parametrize("render", [to_terminal, to_markdown, to_jira, to_html])
def test_every_format_says_what_speaks_for_another_cause(render: Callable[[Report], str]) -> None:
    drift = saved_nouns.told("input_drift", 3.2, "the input amount moved from 166.9 to 251.4 as well")
    doubted = replace(saved_findings.unit_mix_up(), unexplained=(drift,))
    for report in (reports.report(doubted), reports.report(doubted, saved_findings.mix_shift())):
        assert "But the input amount moved from 166.9 to 251.4 as well." in " ".join(render(report).split())


def test_a_deploy_without_commits_that_fits_the_onset_is_said_to_be_one() -> None:
    finding = replace(_timely(saved_findings.redeploy()), unexplained_probability=0.8)
    assert wording.cause(finding).endswith("fits the onset, but shipped no new commit.")
    unknown = replace(_timely(saved_findings.unknown_range("shallow")), unexplained_probability=0.8)
    assert "fits the onset; what it shipped is not known: the history back to" in wording.cause(unknown)


def test_the_deploy_that_fits_is_told_of_also_where_its_suspects_are_cut() -> None:
    finding = _timely(saved_findings.mix_shift())
    late = saved_nouns.told("timing", -2.0, "went live 19 hours before the onset")
    first = replace(finding.suspects[0], probability=0.07, evidence=(late,))
    report = reports.report(replace(finding, suspects=(first, *finding.suspects)))
    chosen = select(report, listed=1, full=1, rows=1)
    (cut,), (judged,) = chosen.report.incidents, chosen.blames
    assert wording.cause(cut, judged) == wording.cause(report.incidents[0])
    assert "fits the onset" in wording.cause(cut, judged)


def test_a_deploy_is_blamed_where_its_commits_only_together_are_likely() -> None:
    cause = wording.cause(saved_findings.slice_break())
    assert cause.startswith("Probably due to the deploy of 2026-02-05 14:24 UTC to scoring production (87%)")
    assert "best guess is commit d02560dd9d “Require a postcode for PT” (46%)" in cause


def test_the_likeliest_deploy_is_blamed_not_the_deploy_of_the_likeliest_commit() -> None:
    finding = saved_findings.slice_break()
    lonely = replace(finding.suspects[0], deploy=saved_nouns.DEPLOYS[5], probability=0.3)
    crowd = tuple(
        replace(finding.suspects[1], sha=saved_nouns.sha(number), probability=0.2)
        for number in range(900, 903)
    )
    spread = replace(finding, suspects=(lonely, *crowd), unexplained_probability=0.1)
    judged = blame(spread)
    assert judged.lead == 1
    assert judged.deploy_probability == pytest.approx(0.6)
    assert wording.cause(spread).startswith("Probably due to the deploy of 2026-02-05 14:24 UTC")


def test_a_pull_request_is_blamed_where_it_is_surer_than_its_commit() -> None:
    finding = saved_findings.slice_break()
    first = replace(
        finding.suspects[0],
        change=saved_nouns.sha(4),
        change_probability=0.8,
        pull_request="77",
        probability=0.45,
    )
    cause = wording.cause(replace(finding, suspects=(first, finding.suspects[1])))
    assert cause.startswith("Probably caused by pull request #77 (80%)")
    assert "in it the best guess is commit d02560dd9d" in cause


def test_a_redeploy_points_at_configuration() -> None:
    cause = wording.cause(saved_findings.redeploy())
    assert "which shipped no new commit (72%): look at its configuration and artefacts." in cause


@pytest.mark.parametrize(
    ("gap", "git_has_it", "why"),
    [
        ("first", True, "no earlier deploy of scoring production is in the deploy log."),
        ("missing", True, "the commit that served before it is not in the repository."),
        ("missing", False, "its commit v1.8.0 is not in the repository."),
        (
            "shallow",
            True,
            "the history back to the commit that served before it is not in this shallow clone.",
        ),
        ("shallow", False, "its commit v1.8.0 is not in this shallow clone."),
    ],
)
def test_where_git_cannot_tell_what_was_shipped_that_is_said(
    gap: RangeGap, git_has_it: bool, why: str
) -> None:
    cause = wording.cause(saved_findings.unknown_range(gap, git_has_it=git_has_it))
    assert cause == (
        "Probably due to the deploy of 2026-02-16 16:48 UTC to scoring production (72%). "
        f"What it shipped is not known: {why}"
    )


@pytest.mark.parametrize("render", [to_terminal, to_markdown, to_jira, to_html])
def test_no_format_says_of_an_unknown_range_that_nothing_was_shipped(
    render: Callable[[Report], str],
) -> None:
    unknown = reports.report(saved_findings.unknown_range("shallow"))
    gaps = tuple(replace(release, shipped=0, removed=0, gap="shallow") for release in unknown.releases)
    text = " ".join(render(replace(unknown, releases=gaps)).split())
    assert "hat it shipped is not known: the history back to" in text
    assert "eploy; what it shipped is not known" in text
    assert "new commit" not in text


def test_a_rollback_is_said_to_take_out() -> None:
    assert "taken out of scoring production 3 min before" in wording.cause(saved_findings.removed())


def test_a_deploy_after_the_estimated_onset_is_named_by_its_moment() -> None:
    finding = saved_findings.unit_mix_up()
    later = replace(finding, onset=finding.onset - timedelta(hours=1))
    assert "shipped by the deploy of 2026-02-27 19:12 UTC to scoring production" in wording.cause(later)


def test_weak_suspects_do_not_stand_out() -> None:
    finding = saved_findings.slice_break()
    weak = tuple(
        replace(item, probability=0.25, deploy=deploy)
        for item, deploy in zip(finding.suspects, saved_nouns.DEPLOYS, strict=False)
    )
    vague = replace(finding, suspects=weak, unexplained_probability=0.2)
    assert wording.cause(vague).startswith("Nothing stands out; the best guess is commit d02560dd9d")


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.95, "almost certainly"),
        (0.9, "almost certainly"),
        (0.6, "probably"),
        (0.3, "possibly"),
        (0.1, "at a guess"),
    ],
)
def test_confidence_words(probability: float, word: str) -> None:
    assert wording.confidence(probability) == word


def test_headlines() -> None:
    assert wording.headline(()) == "No break found: the predictions behaved alike over the whole log."
    assert wording.headline(reports.several().incidents) == (
        "5 incidents, 4 ongoing: 4 traced to a code change or deploy, 1 that no code change explains."
    )
    one = reports.one_incident().incidents
    assert wording.headline(one) == wording.verdict(one[0])


def test_impact_counts_what_moved() -> None:
    impact = wording.impact(saved_findings.unit_mix_up())
    assert "Recovered after 7 d 9 h, at 2026-03-07 04:53 UTC" in impact
    assert "5 other series moved with it (2 slices)" in impact
    assert "41,230 predictions affected" in impact
    assert wording.impact(saved_findings.mix_shift()).startswith("Still ongoing at the end of the log")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("went live", "Went live"),
        ("serve.py changed", "serve.py changed"),
        ("risk/a.toml sets b", "risk/a.toml sets b"),
        ("predict_one moved", "predict_one moved"),
        ("", ""),
    ],
)
def test_a_sentence_starts_with_a_capital_unless_with_a_name(text: str, shown: str) -> None:
    assert wording.capital(text) == shown


def test_a_merge_is_blamed_with_all_its_commits_and_the_likeliest_is_named() -> None:
    finding = saved_findings.slice_break()
    first, second = finding.suspects[:2]
    merge = replace(first, change=first.sha, change_probability=0.8, probability=0.7, joins=6)
    inside = replace(second, change=first.sha, change_probability=0.8, deploy=first.deploy, probability=0.1)
    cause = wording.cause(replace(finding, suspects=(merge, inside)))
    assert cause.startswith(
        f"Probably caused by merge {str(merge.sha)[:10]} “{merge.subject}” (80%), shipped to"
    )
    assert cause.endswith(f"; inside it look first at commit {str(inside.sha)[:10]} “{inside.subject}”.")
    elsewhere = replace(inside, change=inside.sha)
    assert "inside it" not in wording.cause(replace(finding, suspects=(merge, elsewhere)))
