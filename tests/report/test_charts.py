import re
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.report import bars, charts, hunks, marks
from bisect_ml.report.pen import Pen
from bisect_ml.saved_report import Distribution, Finding, Hunk
from tests import reports, saved_nouns

REPORT = reports.one_incident()
FINDING = REPORT.incidents[0]


def plot(finding: Finding = FINDING) -> charts.Plot:
    drawn = charts.lead_plot(finding, REPORT, charts.WIDE, suspected=saved_nouns.BAD)
    assert drawn is not None
    return drawn


def walked(path: str) -> list[tuple[float, float]]:
    """Follow a path of m, l, v and h steps and return where it comes by."""
    x = y = 0.0
    places = []
    for command, numbers in re.findall(r"([MmlvhV])([^MmlvhV]*)", path):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = steps
        elif command in "ml":
            x, y = x + steps[0], y + steps[1]
        elif command == "v":
            y += steps[0]
        elif command == "h":
            x += steps[0]
        places.append((x, y))
    return places


place = st.floats(min_value=0, max_value=960)


@given(st.lists(st.tuples(place, place), min_size=1, max_size=50))
def test_a_pen_does_not_drift(places: list[tuple[float, float]]) -> None:
    pen = Pen()
    pen.move(*places[0])
    for x, y in places[1:]:
        pen.draw(x, y)
    for (x, y), (wanted_x, wanted_y) in zip(walked(pen.path), places, strict=True):
        assert x == pytest.approx(wanted_x, abs=0.06)
        assert y == pytest.approx(wanted_y, abs=0.06)


def test_the_curve_stays_inside_its_area() -> None:
    drawn = plot()
    size = drawn.size
    for x, y in walked(drawn.line):
        assert size.left <= x <= size.end
        assert size.top <= y <= size.floor


def test_a_gap_in_the_log_is_a_gap_in_the_curve() -> None:
    assert plot().line.lower().count("m") == 2


def test_the_onset_has_a_band_and_a_label_even_where_it_is_narrow() -> None:
    drawn = plot()
    ((x, width),) = drawn.bands
    assert width == 4
    assert drawn.size.left < x < drawn.size.end
    assert [label.text for label in drawn.labels] == ["onset", "suspected deploy", "recovered"]


def test_a_recovery_close_to_the_onset_has_no_label_to_collide() -> None:
    soon = replace(FINDING, recovered_at=FINDING.onset + timedelta(hours=30))
    drawn = plot(soon)
    assert drawn.recovered_x is not None
    assert [label.text for label in drawn.labels] == ["onset", "suspected deploy"]


def test_levels_end_at_the_onset_and_at_the_recovery() -> None:
    drawn = plot()
    before, after = drawn.levels
    assert before.x2 == after.x1
    assert after.x2 == drawn.recovered_x
    assert plot(replace(FINDING, recovered_at=None, ongoing=True)).levels[1].x2 == drawn.size.end


def test_deploys_differ_in_shape() -> None:
    shapes = {re.sub(r"[\d.,-]+", "", marks.outline(kind, 0, 0)) for kind in get_args(marks.MarkKind)}
    assert len(shapes) == len(get_args(marks.MarkKind))


def test_the_suspected_deploy_is_on_top_and_rollbacks_are_told() -> None:
    kinds = [mark.kind for mark in plot().marks]
    assert kinds.count("suspect") == 1
    assert kinds[-1] == "suspect"
    assert kinds.count("rollback") == 1
    (undone,) = (mark.text for mark in plot().marks if mark.kind == "rollback")
    assert undone == "d14: 2026-03-07 04:48 UTC, 9 commits taken out, undoes d12"


def test_failed_deploys_are_told() -> None:
    failed = replace(saved_nouns.DEPLOYS[3], status="failed")
    report = replace(REPORT, deploys=(failed, *saved_nouns.DEPLOYS[4:]))
    drawn = charts.lead_plot(FINDING, report, charts.WIDE)
    assert drawn is not None
    assert [mark.kind for mark in drawn.marks].count("failed") == 1


def test_a_crowd_of_deploys_shares_one_symbol() -> None:
    crowd = tuple(saved_nouns.deploy(number, number / 4) for number in range(200))
    drawn = charts.lead_plot(FINDING, replace(REPORT, deploys=crowd, releases=()), charts.WIDE)
    assert drawn is not None
    (mark,) = drawn.marks
    assert mark.text == "200 deploys"
    assert mark.shape.count("M") < 90


def test_the_description_tells_what_the_picture_shows() -> None:
    text = plot().description
    for words in ("995-fold", "between 2026-02-27 19:13 and 19:21 UTC", "Logarithmic", "d12", "Recovered"):
        assert words in text


def test_without_values_there_is_no_chart() -> None:
    empty = replace(saved_nouns.chart(lambda _: 1.0), values=(None,) * 280)
    assert charts.lead_plot(replace(FINDING, chart=None), REPORT, charts.WIDE) is None
    assert charts.lead_plot(replace(FINDING, chart=empty), REPORT, charts.WIDE) is None
    assert charts.small_plot(FINDING.symptoms[-1]) is None
    assert charts.overview_plot(replace(REPORT, chart=None), (), charts.WIDE) is None
    assert charts.near_onset(replace(FINDING, chart=None)) is None


def test_an_onset_outside_the_chart_has_no_band() -> None:
    early = saved_nouns.START - timedelta(days=9)
    assert plot(replace(FINDING, interval=(early, early))).bands == ()


def test_the_overview_numbers_each_incident() -> None:
    report = reports.several()
    drawn = charts.overview_plot(report, report.incidents, charts.WIDE)
    assert drawn is not None
    assert sorted(label.text for label in drawn.labels) == ["1", "2", "3", "4", "5"]
    crowded = charts.overview_plot(report, [FINDING] * 9, charts.WIDE)
    assert crowded is not None
    assert len(crowded.labels) == 2


def test_bars_leave_empty_ends_out() -> None:
    drawn = bars.distribution_bars(
        Distribution(edges=(0, 1, 2, 3, 4), before=(0, 0.5, 0, 0), after=(0, 0, 1.0, 0))
    )
    assert drawn is not None
    assert [(each.label, each.before, each.after) for each in drawn.bins] == [
        ("1 to 2", "50%", "0%"),
        ("2 to 3", "0%", ">99%"),
    ]
    # One column each, the second twice as high.
    assert [drawn.before.count("M"), drawn.after.count("M")] == [1, 1]
    assert "v-61" in drawn.before
    assert "v-122" in drawn.after
    assert bars.distribution_bars(Distribution(edges=(0, 1), before=(0,), after=(0,))) is None


def test_hunks_mark_what_matched_and_say_what_is_missing() -> None:
    lines, left = hunks.diff_lines(saved_nouns.HUNK, most=50)
    assert left == 0
    added = [line for line in lines if line.kind == "added"]
    assert [text for text, marked in added[0].pieces if marked] == ["elapsed_ms", "* 1000"]
    assert "".join(text for text, _ in added[0].pieces).strip().startswith("elapsed_ms = (dropoff.at")
    assert [line.kind for line in lines].count("removed") == 2
    shown, left = hunks.diff_lines(saved_nouns.HUNK, most=6)
    assert (len(shown), left) == (6, 6)
    assert any(line.kind == "removed" for line in shown)


@given(st.text(alphabet="+-@ \\ab\t\n", max_size=200), st.integers(1, 9))
def test_any_text_is_a_hunk(text: str, most: int) -> None:
    lines, left = hunks.diff_lines(Hunk(path="p", text=text, marks=("a", "", "+")), most=most)
    rows = text.splitlines()
    # Blank context at the ends is dropped without a word.
    assert sum(1 for row in rows if row.strip()) <= len(lines) + left <= len(rows)


def test_the_range_of_the_columns_is_outlined_stretch_by_stretch() -> None:
    # 480 columns hold the 280 points one by one, 200 do not; the outage night parts the curve in two.
    assert plot().envelope == ""
    thinned = charts.lead_plot(FINDING, REPORT, replace(charts.WIDE, points=200))
    assert thinned is not None
    assert thinned.envelope.lower().count("m") == thinned.line.lower().count("m") == 2
    heights = [y for _, y in walked(thinned.envelope)]
    assert min(heights) >= thinned.size.top
    assert max(heights) <= thinned.size.floor


def test_heights_are_rounded_as_coarsely_as_a_size_asks() -> None:
    coarse = charts.lead_plot(FINDING, REPORT, replace(charts.WIDE, step=0.5))
    assert coarse is not None
    heights = [y for _, y in walked(coarse.line)]
    assert [round(2 * y) / 2 for y in heights] == pytest.approx(heights, abs=1e-6)
