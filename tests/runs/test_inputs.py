from pathlib import Path

import pytest

from bisect_ml.errors import InputError
from bisect_ml.runs.inputs import fingerprint, state


def test_a_folder_is_its_names_and_contents(tmp_path: Path) -> None:
    folder = tmp_path / "inputs"
    (folder / "nested").mkdir(parents=True)
    (folder / "a").write_text("1")
    (folder / "nested" / "b").write_text("2")
    prints = {fingerprint(folder)}

    (folder / "a").touch()
    assert fingerprint(folder) in prints
    (folder / "a").write_text("3")
    prints.add(fingerprint(folder))
    (folder / "a").rename(folder / "c")
    prints.add(fingerprint(folder))
    (folder / "c").rename(folder / "nested" / "a")
    prints.add(fingerprint(folder))
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    prints.add(fingerprint(folder))
    assert len(prints) == 5


def test_a_file_is_its_content(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("1")
    (tmp_path / "two").write_text("1")

    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


def test_an_input_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "lost").symlink_to(tmp_path / "nowhere")

    for path in (tmp_path / "nowhere", tmp_path / "folder"):
        with pytest.raises(InputError, match="cannot be read: No such file"):
            fingerprint(path)


def test_a_change_shows_in_the_state(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = state(tmp_path)

    assert state(tmp_path) == before
    (tmp_path / "a").write_text("12")
    assert state(tmp_path) != before
