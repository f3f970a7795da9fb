"""The ways of writing one moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from bisect_ml.sources.deploy_times import parse_moment

MOMENT = datetime(2026, 3, 4, 14, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04T14:10:00Z",
        "2026-03-04 14:10:00",
        "2026-03-04T14:10:00+00:00",
        "2026-03-04T16:10:00+0200",
        "2026-03-04 14:10",
        "2026-03-04 14:10:00 UTC",
        "2026-03-04T14:10:00.000000000Z",
        "20260304T141000Z",
        "2026-03-04 14:10:00.000000 +0000 UTC",
        "2026-03-04 15:10:00 +0100 CET m=+0.0123",
        "Wed Mar  4 14:10:00 2026",
        "Wed Mar 4 14:10:00 UTC 2026",
        "Wed, 04 Mar 2026 14:10:00 GMT",
        "Wed, 04 Mar 2026 09:10:00 -0500",
        "2026/03/04 14:10:00",
        "2026/03/04 14:10",
        "1772633400",
        "1772633400.0",
        "1772633400000",
        1772633400,
        1772633400.0,
        1772633400000,
        1772633400000000,
        1772633400000000000,
        MOMENT,
        MOMENT.replace(tzinfo=None),
        pd.Timestamp(MOMENT),
    ],
)
def test_every_way_of_writing_a_moment_is_read(written: object) -> None:
    assert parse_moment(written, ZoneInfo("UTC")) == MOMENT


def test_fractions_of_a_second_are_kept() -> None:
    assert parse_moment("2026-03-04T14:10:00.123456789Z", ZoneInfo("UTC")).microsecond == 123456


def test_a_moment_without_a_zone_is_in_the_zone_that_was_given() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert parse_moment("2026-03-04 15:10:00", berlin) == MOMENT
    assert parse_moment("Wed Mar 4 15:10:00 2026", berlin) == MOMENT
    assert parse_moment("2026-03-04T14:10:00Z", berlin) == MOMENT
    assert parse_moment("1772633400", berlin) == MOMENT
    assert parse_moment("2026-03-04", berlin) == datetime(2026, 3, 3, 23, tzinfo=UTC)
    assert parse_moment(date(2026, 3, 4), berlin) == datetime(2026, 3, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "soon", "04/03/2026 14:10", "3/4/26", "12", 12, -1, True, "2026-13-01", None, "v1.2.3"]
)
def test_what_is_no_moment_or_could_be_two_is_refused(written: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse_moment(written, ZoneInfo("UTC"))
