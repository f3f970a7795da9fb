import pytest

from bisect_ml.unit_ratios import ratio_name


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (0.42, 420.0, "x1000"),
        (420.0, 0.42, "/1000"),
        (2.0, 118.0, "x60"),
        (3.0, -2.95, "sign flip"),
        (1.0, -100.0, "x-100"),
        (1.0, 1.3, None),
        (0.0, 5.0, None),
        (float("nan"), 5.0, None),
        (4.0, 5e-324, None),
        (5e-324, 4.0, None),
    ],
)
def test_unit_mistakes_have_names(before: float, after: float, name: str | None) -> None:
    assert ratio_name(before, after) == name
