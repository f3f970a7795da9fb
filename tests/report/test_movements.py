from dataclasses import replace

import pytest

from bisect_ml.report.movements import movement, signature
from tests import reports


def test_movements_name_their_direction_and_kind() -> None:
    finding = reports.unit_mix_up()
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
