from pathlib import Path

import pytest

from bisect_ml.check_settings import CheckSettings, load_check_settings, parse_margins
from bisect_ml.config import load_settings
from bisect_ml.errors import ConfigError


def write(folder: Path, text: str) -> None:
    (folder / "bisect-ml.toml").write_text(text)


def test_margins_of_a_slice_and_of_a_class_come_before_those_of_the_metric() -> None:
    settings = CheckSettings(
        margins={"mean": 0.01, "mean of region=BR": 0.3, "share": 0.05, "share[fraud]": 0.001}
    )
    assert settings.margin("mean", None) == 0.01
    assert settings.margin("mean", "region=BR") == 0.3
    assert settings.margin("share[fraud]", "region=BR") == 0.001
    assert settings.margin("share[fine]", None) == 0.05
    assert settings.margin("null_rate", None) == 0.005
    assert settings.moved == 0.01
    assert CheckSettings(row_tolerance=0.1).moved == 0.1


def test_the_table_of_the_file_then_the_flags(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
timestamp = "ts"

[check]
run = "python score.py"
key = "id"
repeat-base = 1
critical = ["share[fraud]"]

[check.margins]
mean = 0.01
rows = 0.2
""",
    )
    settings = load_check_settings({"margins": {"mean": 0.03}, "run": None}, folder=tmp_path)
    assert settings.run == "python score.py"
    assert settings.key == ("id",)
    assert settings.repeat_base == 1
    assert settings.margins == {"mean": 0.03, "rows": 0.2}
    assert settings.is_critical("share[fraud]")
    assert not settings.is_critical("share[fine]")
    assert load_settings({}, folder=tmp_path).timestamp == "ts"
    assert load_check_settings({}, folder=tmp_path / "none") == CheckSettings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check]\nnothing = 1", "unknown setting 'nothing'"),
        ("check = 3", "`check` is no table"),
        ("[check.margins]\nmean = 0", "the margin of 'mean' is"),
        ("[check.margins]\nmaen = 0.1", "no metric 'maen'"),
        ("[check]\ncritical = 'nul_rate'", "no metric 'nul_rate'"),
        ("[check]\nmin_rows = 1", "min_rows"),
        ("[check]\nrow_tolerance = -1.0", "row tolerance"),
        ("[check]\nthreshold = 'high'", "threshold"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigError, match=said) as caught:
        load_check_settings({}, folder=tmp_path)
    assert "bisect-ml.toml" in caught.value.message


def test_a_margin_of_a_flag_that_forgot_its_percent_sign_is_asked_for() -> None:
    """Taken as it is written, `mean=5` would let the mean move fivefold."""
    assert parse_margins(["mean=5%", "median=0.5", "rows=1%"]) == {"mean": 0.05, "median": 0.5, "rows": 0.01}
    assert parse_margins(["mean=500%"]) == {"mean": 5.0}
    with pytest.raises(ConfigError, match="this is 500%") as caught:
        parse_margins(["mean=5"])
    assert caught.value.hint == "write mean=5% or mean=500%, whichever is meant"
