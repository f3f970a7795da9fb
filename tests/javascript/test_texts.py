"""Snippets with numbers, texts and patterns, and what they come to, as Node says."""

import pytest

from tests.javascript.answers import text_after

# Statements, an expression after them, and its value as a text.
SNIPPETS = [
    ("", "0.1 + 0.2", "0.30000000000000004"),
    (
        "",
        "[1e21, 1e-7, 123456789012345680000, 5e-324, -1e-7, 100, 1/3].join()",
        "1e+21,1e-7,123456789012345680000,5e-324,-1e-7,100,0.3333333333333333",
    ),
    (
        "",
        "[(1.005).toFixed(2), (1.45).toFixed(1), (-1.5).toFixed(0), (1e21).toFixed(2), (0.000001).toFixed(7)].join()",
        "1.00,1.4,-2,1e+21,0.0000010",
    ),
    (
        "",
        "[(123.456).toPrecision(4), (0.00001).toPrecision(1), (1234.5678).toExponential(2), (0).toExponential()].join()",
        "123.5,0.00001,1.23e+3,0e+0",
    ),
    (
        "",
        "[(255).toString(16), (0.5).toString(2), (-7.25).toString(8), (0.1).toString(3)].join()",
        "ff,0.1,-7.2,0.0022002200220022002200220022002201",
    ),
    (
        "",
        '[+"", +" 12 ", +"0x1F", +"1e3", +"abc", +[], +[5], +{}, +null, +undefined, +true].join()',
        "0,12,31,1000,NaN,0,5,NaN,0,NaN,1",
    ),
    (
        "",
        '[parseInt("12px"), parseInt("0x1f"), parseInt("z", 36), parseInt(""), parseFloat(".5abc"), parseFloat("-.5e-2x")].join()',
        "12,31,35,NaN,0.5,-0.005",
    ),
    (
        "",
        '["abc".slice(-2), "abc".substring(2, 0), "abc".substr(-2, 1), "abcabc".lastIndexOf("b"), "a-b-c".split("-", 2), "ab".padStart(5, "xy"), " x ".trim() + "."].join("|")',
        "bc|ab|b|4|a,b|xyxab|x.",
    ),
    (
        "",
        '["aXbX".replace("X", "$&$&"), "aXbX".replace(/X/g, "[$`]"), "abc".replace(/(?<l>b)/, "<$<l>>"), "abc".replace(/b/, (m, o, s) => m + o + s), "a.b".replaceAll(".", "$$")].join("|")',
        "aXXbX|a[a]b[aXb]|a<b>c|ab1abcc|a$b",
    ),
    (
        "",
        '["a1b22".match(/\\d+/g).join(), "a1b22".match(/(\\d)(x)?/).length, String("abc".match(/x/)), [..."a1b2".matchAll(/[a-z](\\d)/g)].map(m => m[1] + m.index).join(), "x1y".search(/\\d/)].join("|")',
        "1,22|3|null|10,22|1",
    ),
    (
        "",
        '["a1b2c".split(/\\d/).join(), "a1b2c".split(/(\\d)/).join(), "abc".split("").join(), "".split(",").length, "".split("").length].join("|")',
        "a,b,c|a,1,b,2,c|a,b,c|1|0",
    ),
    (
        "var re = /a(.)/g; ",
        '[re.exec("abac")[1], re.lastIndex, re.exec("abac")[1], re.exec("abac"), re.lastIndex].join()',
        "b,2,c,,0",
    ),
    (
        "",
        '[/^\\w+$/m.test("a b\\ncd"), /[^]/.test("\\n"), /\\u0041/i.test("a"), /a{2,}/.test("aa"), /x{,2}/.test("x{,2}"), /[\\w-.]+/.exec("a-b.c!")[0], /(?<!a)b/.exec("abcb").index, /\\bé/.test("é")].join()',
        "true,true,true,true,true,a-b.c,3,false",
    ),
    (
        "",
        '[/(a)|(b)\\2/.exec("bb")[0], /(?:(x)|y)\\1/.test("y"), /[\\s\\S]/.source, String(/a\\/b/gi), new RegExp("/", "g").toString(), /./s.flags].join()',
        "bb,true,[\\s\\S],/a\\/b/gi,/\\//g,s",
    ),
    (
        "",
        '/\\s/.test("\\ufeff") + "" + /\\d/.test("٣") + /\\w/.test("é") + /\\p{L}/u.test("é")',
        "truefalsefalsetrue",
    ),
    (
        "",
        '["\\u{1F600}".length, [..."a\\u{1F600}"].length, "\\u{1F600}".codePointAt(0), "é".normalize("NFD").length, "ß".toUpperCase(), "İ".toLowerCase().length, encodeURIComponent("\\u{1F600} é"), decodeURIComponent("%C3%A9")].join()',
        "2,2,128512,2,SS,2,%F0%9F%98%80%20%C3%A9,é",
    ),
    (
        "",
        '[10n ** 20n + 1n, 7n / 2n, -7n % 3n, BigInt("12") * 2n, 5n > 4].join()',
        "100000000000000000001,3,-1,24,true",
    ),
    (
        "",
        'isNaN("x") + "" + Number.isNaN("x") + Number.isInteger(5.0) + (0.1).toFixed(20)',
        "truefalsetrue0.10000000000000000555",
    ),
    ("", "[0, -0].map(x => Object.is(x, -0)).join() + (1 / -0)", "false,true-Infinity"),
    ("", '["z", "a", "Z", "é", "e"].sort((a, b) => a.localeCompare(b)).join()', "a,e,é,z,Z"),
    ("", '(1234567.891).toLocaleString() + (1e6).toLocaleString("en-US")', "1,234,567.8911,000,000"),
    ("", 'escape("é ü+") + unescape("%E9%u0107")', "%E9%20%FC+éć"),
    ("", '"abc".replace(/(?<first>a)(b)?/, (...a)=>JSON.stringify(a[a.length-1]))', '{"first":"a"}c'),
    (
        "",
        '[Number("12px"), Number("1_000"), Number("-0x10"), Number(" \\n"), Number("Infinity"), Number([]), Number([1,2]), Number(new Date(5)), Number("1e1000"), Number(".")].join()',
        "NaN,NaN,NaN,0,Infinity,0,NaN,5,Infinity,NaN",
    ),
    (
        "",
        "[0.1*3, 1e16+1, 123456789*987654321, 4.35*100, 1.1+2.2, 5e-7, 1/7, 100/3].join()",
        "0.30000000000000004,10000000000000000,121932631112635260,434.99999999999994,3.3000000000000003,5e-7,0.14285714285714285,33.333333333333336",
    ),
    (
        "",
        '[(25).toString(36), (0.1).toFixed(1), (1e-10).toFixed(2), (-0.0000001).toFixed(2), (12345.6789).toExponential(), (0).toPrecision(3), 1e21+"", (1e-6).toString()].join()',
        "p,0.1,0.00,-0.00,1.23456789e+4,0.00,1e+21,0.000001",
    ),
    (
        "",
        '"x".concat(1,null,undefined) + "abc".indexOf("") + "abc".indexOf("c",-5) + "abc".substring(5) + "a,b".split(",",1)',
        "x1nullundefined02a",
    ),
    (
        "",
        '[/a|b/y.test("ba"), /^b/m.test("a\\nb"), "aBC".search(/[A-Z]/), "x".match(/y/), "aaa".lastIndexOf("a",1)].join()',
        "true,true,1,,1",
    ),
    ("", '"2020-01-02".replace(/(\\d+)-(\\d+)-(\\d+)/, "$3/$2/$1 $$ $& $4")', "02/01/2020 $ 2020-01-02 $4"),
    ("", '"a\\u0301".normalize().length + "ﬁ".normalize("NFKC")', "1fi"),
    ("", '[..."x1y22".matchAll(/\\d+/g)].map(m=>m.index+m[0]).join()', "11,322"),
    ("", 'parseInt(null,36)+parseInt("101",2)+parseInt(0.0000005)+""+parseFloat("1.5.5")', "11127551.5"),
    ("", 'Number.MAX_SAFE_INTEGER+2 + "" + Number.EPSILON', "90071992547409922.220446049250313e-16"),
    ("", '/[/]\\/(?:x)/.source + /a/gi.flags + "/".replace(/\\//, "-")', "[/]\\/(?:x)gi-"),
    (
        "",
        "Math.max(NaN,1)+Math.min()+Math.round(0.49999999999999994)+Math.round(-0.5)+Math.atan2(1,1)",
        "NaN",
    ),
    ("", 'isFinite("12")+isFinite(Infinity)+Number.isSafeInteger(2**53)', "1"),
    (
        "",
        'escape("ä b")+encodeURI("http://a b/?q=ä&x=1#h")+decodeURIComponent("%20%F0%9F%98%80").length',
        "%E4%20bhttp://a%20b/?q=%C3%A4&x=1#h3",
    ),
]


@pytest.mark.parametrize(("statements", "expression", "expected"), SNIPPETS)
def test_it_comes_to_what_node_says(statements: str, expression: str, expected: str) -> None:
    assert text_after(statements, expression) == repr(expected)
