from dataclasses import replace

import pytest

from bisect_ml.report import selection, wording
from bisect_ml.saved_report import Report
from tests import reports, saved_findings, saved_nouns


def selected(report: Report) -> selection.Selection:
    limits = next(selection.levels(report))
    return selection.select(report, listed=limits.listed, full=limits.incidents, rows=limits.rows)


def test_a_short_report_is_shown_whole() -> None:
    report = reports.one_incident()
    chosen = selected(report)
    assert chosen.report == report
    assert chosen.unlisted == 0
    assert chosen.full == {1}


def test_what_is_cut_is_counted() -> None:
    report = reports.largest()
    limits = next(selection.levels(report))
    chosen = selected(report)
    assert len(chosen.full) == limits.incidents
    for finding in chosen.report.incidents:
        shown = sum(item.probability for item in finding.suspects)
        assert len(finding.suspects) + finding.cut_suspects == 200
        assert shown + finding.cut_probability + finding.unexplained_probability == pytest.approx(1.0)


def test_the_surest_incidents_are_kept_in_their_order() -> None:
    finding = saved_findings.unit_mix_up()
    many = tuple(replace(finding, id=number, confidence=0.5 + number / 1000) for number in range(100))
    report = reports.report(*many)
    chosen = selected(report)
    kept = [finding.id for finding in chosen.report.incidents]
    assert kept == sorted(kept)
    assert kept[0] == 100 - len(kept)
    assert chosen.unlisted == 100 - len(kept)


def test_the_blamed_suspect_is_never_cut() -> None:
    finding = saved_findings.slice_break()
    first = replace(finding.suspects[0], deploy=saved_nouns.DEPLOYS[5], probability=0.2)
    many = tuple(
        replace(finding.suspects[1], sha=saved_nouns.sha(n), probability=0.1) for n in range(900, 907)
    )
    others = tuple(
        replace(first, sha=saved_nouns.sha(n), deploy=saved_nouns.DEPLOYS[n % 5], probability=0.0)
        for n in range(80)
    )
    crowd = replace(finding, suspects=(first, *others, *many), unexplained_probability=0.1)
    report = reports.report(crowd)
    chosen = selected(report)
    (cut,), (judged,) = chosen.report.incidents, chosen.blames
    assert judged.lead is not None
    assert cut.suspects[judged.lead] == many[0]
    assert wording.cause(cut, judged) == wording.cause(crowd)
