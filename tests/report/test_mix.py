from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.report import mix
from bisect_ml.saved_report import MixPart
from bisect_ml.types import Evidence
from tests import saved_findings

share = st.floats(0, 1)
level = st.floats(-1e6, 1e6)


def part(before: float, after: float, low: float | None, high: float | None) -> MixPart:
    return MixPart(slice="a=b", share_before=before, share_after=after, mean_before=low, mean_after=high)


@given(st.lists(st.builds(part, share, share, level, level), min_size=1, max_size=8))
def test_traffic_and_level_add_up_to_the_movement(parts: list[MixPart]) -> None:
    found = mix.split(parts)
    assert found is not None
    after = sum(item.share_after * (item.mean_after or 0) for item in parts)
    before = sum(item.share_before * (item.mean_before or 0) for item in parts)
    assert found.traffic + found.level == pytest.approx(after - before, abs=1e-3)


def test_moved_traffic_alone_moves_the_mean() -> None:
    found = mix.split(saved_findings.mix_shift().mix)
    assert found is not None
    assert found.traffic == pytest.approx(0.29 * (0.74 - 0.3805), rel=0.01)
    assert abs(found.level) < 0.001


def test_moved_levels_are_not_traffic() -> None:
    found = mix.split([part(0.5, 0.5, 1.0, 3.0), part(0.5, 0.5, 2.0, 2.0)])
    assert found == mix.Split(traffic=0.0, level=1.0)


@pytest.mark.parametrize("parts", [[], [part(0.5, 0.5, None, 1.0)]])
def test_what_is_not_known_is_not_said(parts: list[MixPart]) -> None:
    assert mix.split(parts) is None
    assert mix.sentence(replace(saved_findings.mix_shift(), mix=tuple(parts))) == ""


def test_what_evidence_has_said_is_not_said_again() -> None:
    finding = saved_findings.mix_shift()
    said = Evidence(scorer="mix_shift", llr=2.0, sentence="by 0.1", facts={"level": "only_mix"})
    assert mix.sentence(finding) != ""
    assert mix.sentence(replace(finding, unexplained=(said,))) == ""


def test_rows_stand_beside_the_largest_share() -> None:
    first, second = mix.rows(saved_findings.mix_shift().mix)
    assert (first.share_before, first.share_after, first.moved) == ("12%", "41%", True)
    assert second.before == 1.0
    assert first.before == pytest.approx(0.12 / 0.88)
    assert len(mix.rows([part(0, 0, 1, 1)] * 50)) == mix.LISTED
