"""Changes that were meant: what the file holds, when it covers a result, and when it has expired."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bisect_ml.checks.acceptance import Acceptance, AcceptedResult, accept, mark, read, standing, write
from bisect_ml.errors import ConfigError
from tests.results import result

FILES = {"app/model.py": "a" * 40, "app/gone.py": ""}
AT_HEAD = {"app/model.py": "a" * 40, "README.md": "c" * 40}
TEXT = st.text("aZ9 =.\"'\\\n\t\r\0\x1f\x7f\x85é“\u2028\U0001f600", min_size=1, max_size=12)
NUMBER = st.floats(-1e6, 1e6).map(lambda value: float(f"{value:.6g}"))
RESULT = st.builds(
    AcceptedResult,
    metric=TEXT,
    slice=st.none() | TEXT,
    effect=NUMBER,
    margin=NUMBER,
    interval=st.none() | st.tuples(NUMBER, NUMBER),
)
ACCEPTANCE = st.builds(
    Acceptance,
    reason=TEXT,
    results=st.lists(RESULT, max_size=3).map(tuple),
    files=st.dictionaries(TEXT, st.text("0123456789abcdef", max_size=40), max_size=3),
)


@given(st.lists(ACCEPTANCE, max_size=3).map(tuple))
def test_what_is_written_is_read_again(acceptances: tuple[Acceptance, ...]) -> None:
    assert read(write(acceptances), source="file") == acceptances


def test_a_covered_result_is_marked_with_the_reason() -> None:
    failed = result("mean", "country=BR", effect=0.05, interval=(0.04, 0.06), verdict="fail")
    other = result("mean", None, effect=0.03, verdict="fail")
    acceptance = accept([failed], "new tariff", FILES)
    marked, expired = mark([failed, other], [acceptance], AT_HEAD)
    assert [one.accepted for one in marked] == ["new tariff", None]
    assert [one.verdict for one in marked] == ["fail", "fail"]
    assert expired == ()


@pytest.mark.parametrize(
    ("effect", "covered"), [(0.021, True), (0.019, False), (0.079, True), (0.081, False)]
)
def test_an_effect_holds_as_far_as_the_interval_and_the_margin(effect: float, covered: bool) -> None:
    failed = result("mean", None, effect=0.05, interval=(0.04, 0.06), margin=0.02, verdict="fail")
    acceptance = accept([failed], "meant", FILES)
    marked, expired = mark([replace(failed, effect=effect)], [acceptance], AT_HEAD)
    assert (marked[0].accepted == "meant") is covered
    assert bool(expired) is not covered
    assert covered or "+0.05 was accepted" in expired[0]


@pytest.mark.parametrize(
    "blobs",
    [
        {"app/model.py": "b" * 40},
        {},
        {"app/model.py": "a" * 40, "app/gone.py": "d" * 40},
    ],
    ids=["changed", "deleted", "back again"],
)
def test_it_expires_when_a_file_changes(blobs: dict[str, str]) -> None:
    failed = result("mean", None, effect=0.05, verdict="fail")
    acceptance = accept([failed], "meant", FILES)
    marked, expired = mark([failed], [acceptance], blobs)
    assert marked[0].accepted is None
    assert len(expired) == 1
    assert "has expired" in expired[0]
    assert standing([acceptance], blobs) == ()
    assert standing([acceptance], AT_HEAD) == (acceptance,)


def test_an_expired_acceptance_that_nothing_needs_is_not_spoken_of() -> None:
    failed = result("mean", None, effect=0.05, verdict="fail")
    acceptance = accept([failed], "meant", FILES)
    assert mark([replace(failed, verdict="pass")], [acceptance], {})[1] == ()


def test_results_that_are_accepted_already_are_not_accepted_twice() -> None:
    failed = result("mean", None, effect=0.05, verdict="fail")
    further = result("median", None, effect=0.05, verdict="fail")
    taken = accept([replace(failed, accepted="before"), further], "now", FILES)
    assert [one.metric for one in taken.results] == ["median"]


def test_nothing_to_accept_is_refused() -> None:
    with pytest.raises(ConfigError, match="no result failed"):
        accept([result("mean", None, effect=0.0, verdict="pass")], "meant", FILES)
    with pytest.raises(ConfigError, match="needs a reason"):
        accept([result("mean", None, effect=0.5, verdict="fail")], "  ", FILES)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[accepted]", "not valid TOML"),
        ("[[accepted]]\nreason = 'x'", "missing required field `results` at `accepted[0]`"),
        ("[[accepted]]\nreason = ''\nresults = []\nfiles = {}", "length >= 1"),
        ("accepted = 3", "Expected `array`"),
    ],
)
def test_a_file_that_is_not_right_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text, source="bisect-ml-accepted.toml")
    assert complaint in caught.value.message
    assert caught.value.message.startswith("bisect-ml-accepted.toml: ")


def test_a_file_without_entries_accepts_nothing() -> None:
    assert read("", source="file") == ()
