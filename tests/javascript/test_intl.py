"""What `Intl` writes in American English, as Node says."""

import pytest

from tests.javascript.answers import text_after, value_of

JULY, JANUARY = "new Date(1689000000000)", "new Date(475000000000)"
PARTS = (
    "{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',"
    " second: '2-digit', hour12: false"
)
WRITTEN = [
    (f"{JULY}.toLocaleString('en-US', {PARTS}, timeZone: 'Europe/Paris' }})", "07/10/2023, 16:40:00"),
    (f"{JANUARY}.toLocaleString('en-US', {PARTS}, timeZone: 'Europe/Paris' }})", "01/19/1985, 17:26:40"),
    (f"{JULY}.toLocaleString('en-US', {PARTS}, timeZone: 'asia/kolkata' }})", "07/10/2023, 20:10:00"),
    (f"{JULY}.toLocaleString('en-US', {PARTS}, timeZone: 'Etc/GMT-6' }})", "07/10/2023, 20:40:00"),
    (
        "new Date(1710054000000).toLocaleTimeString('en', { timeZone: 'US/Eastern', timeStyle: 'long' })",
        "3:00:00 AM EDT",
    ),
    (
        "new Date(1710053999000).toLocaleTimeString('en', { timeZone: 'US/Eastern', timeStyle: 'long' })",
        "1:59:59 AM EST",
    ),
    (
        f"{JULY}.toLocaleTimeString('en', {{ timeZone: 'Australia/Sydney', timeStyle: 'long' }})",
        "12:40:00 AM GMT+10",
    ),
    (
        "new Intl.DateTimeFormat('en', { timeZone: 'us/eastern' }).resolvedOptions().timeZone",
        "America/New_York",
    ),
    (
        f"{JULY}.toLocaleDateString('en', {{ year: 'numeric', month: 'long', era: 'short' }})",
        "July 2023 AD",
    ),
    (
        "new Date(-62198755200000).toLocaleDateString('en', { year: 'numeric', era: 'long' })",
        "2 Before Christ",
    ),
    ("new Intl.NumberFormat('en', { style: 'unit', unit: 'hour' }).format(1234.5)", "1,234.5 hr"),
    ("new Intl.NumberFormat('en', { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(-1)", "-1 day"),
    (
        "new Intl.NumberFormat('en', { style: 'unit', unit: 'year', unitDisplay: 'long' }).format(0)",
        "0 years",
    ),
    ("new Intl.NumberFormat('en', { style: 'unit', unit: 'minute', unitDisplay: 'narrow' }).format(5)", "5m"),
    ("(1234.5).toLocaleString('en-US', { padding: 3 })", "1,234.5"),
    ("new Intl.ListFormat('en').format(['a', 'b', 'c'])", "a, b, and c"),
    ("new Intl.ListFormat('en', { type: 'disjunction' }).format(['a', 'b'])", "a or b"),
    ("new Intl.ListFormat('en', { style: 'narrow', type: 'unit' }).format(new Set(['a', 'b']))", "a b"),
    ("new Intl.ListFormat('en', { style: 'short' }).format(['a'])", "a"),
]


@pytest.mark.parametrize(("expression", "expected"), WRITTEN)
def test_it_writes_what_node_writes(expression: str, expected: str) -> None:
    assert text_after("", expression) == repr(expected)


@pytest.mark.parametrize("zone", ["Atlantis/Castle", "nowhere", "", "Etc/GMT-15"])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    statements = (
        f"try {{ Intl.DateTimeFormat('en', {{ timeZone: '{zone}' }}) }} catch (e) {{ var said = e.name }}"
    )
    assert text_after(statements, "said") == "'RangeError'"


@pytest.mark.parametrize(
    "asked",
    [
        f"{JULY}.toLocaleString('en-US', {{ timeZone: 'Africa/Cairo' }})",
        "new Date(-9e11).toLocaleString('en-US', { timeZone: 'Europe/Paris' })",
        "new Intl.DateTimeFormat('en', { timeZone: require('elsewhere').zone }).format(1e12)",
        "new Intl.ListFormat('de').format(['a'])",
        "new Intl.NumberFormat('en', { style: 'unit', unit: 'acre' }).format(1)",
    ],
)
def test_what_it_does_not_know_is_unknown(asked: str) -> None:
    assert value_of(f"var answer = [{asked}]").startswith(("[Intl.", "[toLocale"))
