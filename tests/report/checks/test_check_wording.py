from dataclasses import replace
from itertools import pairwise

import pytest

from bisect_ml.report.checks import amounts, flips, forest, reach, rows, selection, wording
from bisect_ml.report.checks.deciles import decile_rows
from bisect_ml.saved_check import ClassFlip, Decile, RowChanges
from tests.reports_check import failing, passing, result, undecided


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"effect": 999.0, "signature": "x1000"},
            "the mean prediction rose 1,000-fold, from 12.3 to 12,340 (as between seconds and milliseconds)",
        ),
        ({"effect": 0.05}, "the mean prediction rose by 5%, from 12.3 to 13"),
        ({"effect": -0.5}, "the mean prediction fell 2-fold, from 12.3 to 6.17"),
        ({"effect": 999.0, "signature": "x1001"}, "the mean prediction rose 1,000-fold, from 12.3 to 12,340"),
        (
            {"effect": 0.8, "signature": "x2"},
            "the mean prediction rose by 80%, from 12.3 to 22.2 (about 2-fold)",
        ),
        ({"effect": 1.0, "base": 0.0, "head": 0.5}, "the mean prediction rose from 0 to 0.5"),
        ({"effect": 1.5, "base": 0.001, "head": 1.2}, "the mean prediction rose from 0.001 to 1.2"),
        ({"effect": -1.5, "base": 0.4, "head": -0.5}, "the mean prediction fell from 0.4 to −0.5"),
        (
            {"effect": -2.0, "signature": "sign flip"},
            "the mean prediction changed its sign, from 12.3 to −12.3",
        ),
    ],
)
def test_movements(fields: dict[str, object], text: str) -> None:
    assert wording.movement(result("mean", **fields)) == text  # type: ignore[arg-type] # any field


def test_sizes_of_differences_are_multiples_where_per_cent_would_be_long() -> None:
    changes = RowChanges(
        slice=None, pairs=10, changed=5, value_to_null=0, null_to_value=0,
        quantiles={"p50": 0.02, "max": 999.0},
    )  # fmt: skip
    assert rows.row_changes(changes).endswith("against the base: p50 2%, max 999×")


def test_the_telling_results_are_chosen_first() -> None:
    comparison = failing().comparison
    shown = selection.shown_results(comparison, 4)
    assert len(shown) == 4
    assert [one.verdict for one in shown[:2]] == ["fail", "fail"]
    assert [one.slice for one in shown].count(None) >= 2
    assert len(selection.shown_results(comparison, 100)) == len(
        {id(one) for one in selection.shown_results(comparison, 100)}
    )
    assert all(one.slice is None for one in selection.shown_results(passing().comparison, 12))


def test_one_scale_shows_a_small_effect_and_a_thousand_fold_one() -> None:
    small, large = result("mean", 0.003), result("mean", 999.0)
    drawn = forest.forest([small, large])
    low, high = drawn.band
    assert low < drawn.zero < high
    # The margin keeps a fair part of the width, and what is inside of it can be told from nothing.
    assert high - low > 0.2 * drawn.width
    inside = float(str(drawn.bars[0].symbol)[1:].split(",")[0]) + 4.5
    assert drawn.zero + 4 < inside < high
    beyond = float(str(drawn.bars[1].symbol)[1:].split(",")[0])
    assert 0.9 * drawn.width < beyond <= drawn.width
    assert drawn.logarithmic
    assert [text for _, text in drawn.labels][:3] == ["−1", "0", "1"]
    assert "100" in [text for _, text in drawn.labels]


@pytest.mark.parametrize(
    "effects", [(0.0,), (-0.5, 0.5), (1e12, -1e12), (None,), (float("inf"),), (1e-12,), ()]
)
def test_every_mark_and_label_lies_within_the_chart(effects: tuple[float | None, ...]) -> None:
    shown = [
        replace(result("mean", 0.0), effect=value, interval=None if value is None else (value, value))
        for value in effects
    ]
    drawn = forest.forest(shown)
    assert all(0 <= x <= drawn.width for x, _ in drawn.labels)
    for bar in drawn.bars:
        if bar.symbol:
            assert 0 <= float(bar.symbol[1:].split(",")[0]) <= drawn.width
    places = [x for x, _ in drawn.labels]
    assert all(later - earlier > 14 for earlier, later in pairwise(places))


def test_a_metric_without_any_margin_is_drawn_far_off_where_it_moved() -> None:
    assert forest.in_margins(0.0, replace(result("mean", 0.0), margin=0.0)) == 0.0
    assert forest.in_margins(0.01, replace(result("mean", 0.01), margin=0.0)) == 1e9
    assert forest.in_margins(-0.01, replace(result("mean", 0.01), margin=0.0)) == -1e9


def test_flips_are_laid_out_by_class_and_what_is_cut_is_counted() -> None:
    told = (
        ClassFlip(base="b", head="a", rows=7),
        ClassFlip(base="a", head="b", rows=2),
        ClassFlip(base="c", head="a", rows=1),
    )
    matrix = flips.flip_matrix(told, 2)
    assert matrix.classes == ("a", "b")
    assert matrix.rows == (("a", (None, 2)), ("b", (7, None)))
    assert (matrix.largest, matrix.cut) == (7, 1)
    assert flips.flip_matrix(told, 9).cut == 0


def test_slices_too_small_to_judge_do_not_push_what_is_proved_aside() -> None:
    comparison = passing().comparison
    small = tuple(
        result("null_rate", 0.0, of=f"country={n}", rows=60, verdict="inconclusive") for n in range(20)
    )
    shown = selection.shown_results(replace(comparison, results=(*small, *comparison.results)), 12)
    assert [one.slice for one in shown[:4]] == [None] * 4
    assert len(shown) == 7
    critical = replace(small[9], critical=True)
    shown = selection.shown_results(replace(comparison, results=(*small, critical)), 12)
    assert shown[0] is critical


def test_the_next_likely_commit_is_named_where_it_is_likely_too() -> None:
    report = replace(failing(), bisection=None)
    first, second, *others = report.suspects
    close = (replace(first, probability=0.64), replace(second, probability=0.35), *others)
    told = wording.cause(replace(report, suspects=close))
    assert told.endswith("(64%), or commit 0c8f8dab6d (35%).".replace("0c8f8dab6d", str(second.sha)[:10]))
    assert "or commit" not in wording.cause(report)


def test_rows_that_do_not_move_show_how_rare_a_change_they_would_meet() -> None:
    still = replace(result("mean", 0.0, rows=800), interval=(0.0, 0.0), mde=0.0, smallest_margin=0.0)
    missing = result("null_rate", 0.0, rows=800, mde=0.005)
    comparison = replace(passing().comparison, results=(still, missing))
    told = wording.power(comparison)
    assert told == (
        "These rows would show, four times in five, a change to 0.2% of them and a shift of: "
        "missing 0.5 points."
    )
    # Of a change to so many rows, 800 drawn at random miss all one time in five.
    assert (1 - amounts.least_seen(still)) ** 800 == pytest.approx(0.2)
    assert reach.proved(comparison)[0].most == "no row moved"
    assert reach.proved(comparison)[0].seen == "a change to 0.2% of the rows"


def test_an_undecided_check_asks_for_one_number_of_rows() -> None:
    report = undecided()
    mean, median, missing = report.comparison.results
    fewer_first = replace(report, comparison=replace(report.comparison, results=(median, mean, missing)))
    assert "; 4,300 rows would decide." in wording.verdict(fewer_first)
    open_end = (median, replace(mean, rows_needed=None), missing)
    unknown = replace(report, comparison=replace(report.comparison, results=open_end))
    assert "would decide" not in wording.verdict(unknown)


def test_a_commit_is_named_by_its_first_digits() -> None:
    report = failing()
    sha = str(report.base.sha)
    assert wording.side_name(replace(report.base, name=sha)) == sha[:10]
    assert wording.log_name(sha) == sha[:10]
    assert wording.log_name("feature/durations") == "feature/durations"


def test_an_open_slice_is_undecided_unless_it_must_be_proved() -> None:
    small = result("mean", 0.0, of="region=region-21", rows=60, verdict="inconclusive")
    assert wording.outcome(small) == "undecided"
    assert wording.outcome(replace(small, critical=True)) == "inconclusive"
    assert wording.outcome(replace(small, slice=None)) == "inconclusive"


def test_a_decile_that_changes_its_sign_moves_by_a_difference() -> None:
    told = (Decile(level=0.1, base=-2.0, head=1.0), Decile(level=0.5, base=3.0, head=3.0))
    compared = replace(passing().comparison, deciles=told)
    assert decile_rows(compared) == [("10%", "−2", "1", "+3"), ("50%", "3", "3", "–")]
