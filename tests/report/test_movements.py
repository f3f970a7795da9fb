from dataclasses import replace

import pytest

from bisect_ml.report.movements import movement, signature
from tests import saved_findings


def test_movements_name_their_direction_and_kind() -> None:
    finding = saved_findings.unit_mix_up()
    assert movement(replace(finding, before=-2.0, after=2.0)) == (
        "the mean prediction changed sign and rose by 4, from −2 to 2"
    )
    assert movement(replace(finding, kind="stuck", after=0.5)) == (
        "the mean prediction got stuck at 0.5 (before: 0.42)"
    )
    assert "from n/a to 418" in movement(replace(finding, before=None))
    spread = replace(finding, metric="std", kind="spread", before=2.0, after=1.0, slice="country=BR")
    assert movement(spread) == (
        "the standard deviation of the predictions for country=BR narrowed 2-fold, from 2 to 1"
    )


@pytest.mark.parametrize(
    ("metric", "before", "after", "text"),
    [
        ("values[-999]", 0.0, 0.01, "1% of the predictions became −999, which none did before"),
        (
            "values[1e+09..2.5e+09]",
            0.0,
            0.012,
            "1.2% of the predictions came to lie between 1.00e9 and 2.50e9, which none did before",
        ),
        ("values[-999]", 0.01, 0.0, "none of the predictions is −999 any more, as 1% were"),
        (
            "values[-999]",
            0.0001,
            0.01,
            "the share of predictions that are −999 rose by 0.99 points, from 0.01% to 1%",
        ),
        (
            "values[-1200..-120]",
            0.0001,
            0.01,
            "the share of predictions between −1,200 and −120 rose by 0.99 points, from 0.01% to 1%",
        ),
    ],
)
def test_far_rows_are_told_by_their_values(metric: str, before: float, after: float, text: str) -> None:
    finding = replace(saved_findings.unit_mix_up(), kind="share", symptoms=())
    assert movement(replace(finding, metric=metric, before=before, after=after)) == text


def test_far_rows_are_told_with_the_mean_that_they_took_along() -> None:
    finding = saved_findings.unit_mix_up()
    mean = replace(finding.symptoms[0], metric="mean", slice=None, before=0.5, after=-9.5)
    far = replace(finding, metric="values[-999]", kind="share", before=0.0, after=0.01, symptoms=(mean,))
    assert movement(far) == (
        "1% of the predictions became −999, which none did before, and took the mean from 0.5 to −9.5"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x1000", "1,000-fold, as between seconds and milliseconds"),
        ("/60", "1/60, as between minutes and seconds"),
        ("x12", "12-fold"),
        ("x-100", "100-fold with the sign flipped, as between a share and per cent"),
        ("sign flip", "a sign flip"),
        ("log", "log"),
    ],
)
def test_signature(name: str, text: str) -> None:
    assert signature(name) == text
