from pathlib import Path

import pytest

from bisect_ml.config import Settings, load_settings
from bisect_ml.errors import ConfigError


def test_defaults_need_no_file(tmp_path: Path) -> None:
    assert load_settings({}, folder=tmp_path) == Settings()


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "bisect-ml.toml").write_text(
        'service = "scorer"\ntz = "Europe/Berlin"\nslices = ["country"]\n'
    )
    settings = load_settings({"tz": "UTC", "service": None}, folder=tmp_path)
    assert (settings.service, settings.tz, settings.slices) == ("scorer", "UTC", ("country",))


def test_the_table_of_a_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.bisect-ml]\nmax-unreadable = 0.05\n")
    assert load_settings({}, folder=tmp_path).max_unreadable == 0.05


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1", "unknown setting 'colour'"),
        ("service = 3", "Expected `str | null`, got `int`"),
        ("max-unreadable = 7.0", "<= 1"),
        ("tz = 'Mars/Olympus'", "unknown time zone 'Mars/Olympus'"),
        ("tz = ", "not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "bisect-ml.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_settings({}, folder=tmp_path)
    assert told in caught.value.message
    assert "bisect-ml.toml" in caught.value.message


def test_a_settings_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_settings({}, folder=tmp_path, file=tmp_path / "absent.toml")
