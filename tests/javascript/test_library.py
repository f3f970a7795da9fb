"""What the library gives, as Node says."""

import pytest

from tests.javascript.answers import text_after, value_of

PATTERNS = [
    (r"'2018 yyyy yy'.match(/(\w)\1*/g).join('|')", "2|0|1|8|yyyy|yy"),
    (r"'€ 34 x56'.replace(/(?<=[$€]\s*)\d+/g, 'N')", "€ N x56"),
    (r"'price: 12, 13 x'.replace(/(?<!pri.*)\d+/g, 'N')", "price: 12, 13 x"),
    (r"[/^.$/u.test('😀'), /^.$/.test('😀'), 'a😀b'.match(/./gu).length].join()", "true,false,3"),
    (r"'x😀y'.match(/y/u).index + '😀😀'.match(/😀{2}/u)[0].length", "7"),
    (
        r"/[\u{1F600}-\u{1F64F}]/u.test('😀') + '' + /\ud83d\ude00/u.test('😀') + /[😀]/.test('x')",
        "truetruefalse",
    ),
    (r"'𝒳'.replace(/\W/gu, 'w') + '𝒳'.replace(/\W/g, 'w') + '𝒳'.replace(/\p{L}/u, 'L')", "wwwL"),
]
LAST = [
    ("(/(b)(c)?/.test('abd'), RegExp.$1 + RegExp.$2 + RegExp.$9)", "b"),
    ("'abcd'.replace(/b(c)/, () => RegExp.$1.toUpperCase() + RegExp['$&'])", "aCbcd"),
    (
        "('a1b22'.match(/\\d+/g), RegExp.leftContext + '|' + RegExp.lastMatch + '|' + RegExp['$\\''])",
        "a1b|22|",
    ),
    ("('x-y'.split(/(-)/), /z/.test('y'), 'pq'.replace('q', ''), RegExp.lastParen + RegExp.input)", "-x-y"),
]
DATES = [
    ("2013-03-05UTC", "2013-03-05T00:00:00.000Z"),
    ("Mar 5, 2013 10:00 PM", "2013-03-05T22:00:00.000Z"),
    ("Tue, 5 March 2013 10:00:30 GMT+0100 (CET)", "2013-03-05T09:00:30.000Z"),
    ("12/25/95", "1995-12-25T00:00:00.000Z"),
    ("2013/3/5 7:08:09.5", "2013-03-05T07:08:09.500Z"),
    ("March 7", "2001-03-07T00:00:00.000Z"),
    ("5 Mar 2013 12:30 am EST", "2013-03-05T05:30:00.000Z"),
]
WRITTEN = [
    ("(1234567.891).toLocaleString()", "1,234,567.891"),
    ("(1.005).toLocaleString('en-US', { maximumFractionDigits: 2 })", "1.01"),
    ("(1234.5).toLocaleString('en', { style: 'currency', currency: 'USD' })", "$1,234.50"),
    ("new Intl.NumberFormat('en-US', { style: 'percent' }).format(0.256)", "26%"),
    ("(0.00012345).toLocaleString('en-US', { maximumSignificantDigits: 3 })", "0.000123"),
    (
        "new Date(0).toLocaleDateString('en-US', { month: 'long', day: 'numeric', year: 'numeric' })",
        "January 1, 1970",
    ),
    ("new Date(0).toLocaleString()", "1/1/1970, 12:00:00 AM"),
    (
        "new Date(0).toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', hour12: false })",
        "24:00",
    ),
    (
        "new Date(0).toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'short' })",
        "Thursday, January 1, 1970 at 12:00 AM",
    ),
    ("Intl.DateTimeFormat().resolvedOptions().timeZone + new Intl.PluralRules('en').select(1)", "UTCone"),
    (
        "new Intl.DateTimeFormat('en').formatToParts(new Date(0)).map((p) => p.type).join()",
        "month,literal,day,literal,year",
    ),
]


@pytest.mark.parametrize(("expression", "expected"), [*PATTERNS, *WRITTEN, *LAST])
def test_it_gives_what_node_gives(expression: str, expected: str) -> None:
    assert text_after("", expression) == repr(expected)


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_are_read_as_node_reads_them(text: str, expected: str) -> None:
    assert value_of(f"var answer = new Date({text!r}).toISOString()") == repr(expected)


@pytest.mark.parametrize(
    "text", ["March", "5 foo 2013", "2013-02-31T25:00", "2013-03-05 +02:00", "13/13/2013", "x5"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert value_of(f"var answer = isNaN(new Date({text!r}))") == "true"


@pytest.mark.parametrize("code", ["'a'.bold()", "[1].copyWithin(0)", "new WeakRef({}).deref()"])
def test_what_the_library_has_not_gives_no_wrong_error(code: str) -> None:
    source = f"var answer = 'none'; try {{ {code} }} catch (error) {{ answer = error.name }}"
    assert value_of(source) == "'none'"


def test_what_is_sent_to_a_generator_is_unknown() -> None:
    source = "function* g() { const a = yield 1; yield a === undefined ? 'nothing' : 'something' }"
    assert value_of(f"{source}; const i = g(); i.next(); var answer = i.next(5).value") == "'something'"


def test_a_class_without_a_constructor_passes_on_what_it_is_given() -> None:
    source = "class A { constructor(x) { this.x = x } } class B extends A { y = 2 } class C { z = 3 }"
    assert (
        value_of(f"{source}; const b = new B(1); var answer = [b.x, b.y, new C(9).z, B.length].join()")
        == "'1,2,3,0'"
    )
