"""Snippets with arrays, objects, maps, JSON and dates, and what they come to, as Node says."""

import pytest

from tests.javascript.answers import text_after

# Statements, an expression after them, and its value as a text.
SNIPPETS = [
    ("", "[3, 1, 10, 2].sort().join() + [3, 1, 10, 2].sort((a, b) => a - b).join()", "1,10,2,31,2,3,10"),
    ("", "[1, 2, 3, 4].filter(x => x % 2).map(x => x * 3).reduce((a, b) => a + b, 1)", "13"),
    (
        "var a = [1, 2, 3, 4, 5]; ",
        '[a.splice(1, 2, "x", "y", "z").join(), a.join(), a.slice(-2).join(), a.indexOf("z"), a.at(-1), a.concat([1, [2]]).length].join("|")',
        "2,3|1,x,y,z,4,5|4,5|3|5|8",
    ),
    (
        "",
        "[[1, [2, [3, [4]]]].flat(2).length, [1, 2].flatMap(x => [x, x]).join(), [1, 2, 3].includes(NaN), [NaN].includes(NaN), [NaN].indexOf(NaN)].join()",
        "4,1,1,2,2,false,true,-1",
    ),
    (
        "var a = []; a[3] = 1; ",
        '[a.length, 1 in a, a.map(() => 0).join("-"), Object.keys(a).join(), a.findIndex(x => x === undefined)].join("|")',
        "4|false|---0|3|0",
    ),
    ("", "[, 1].hasOwnProperty(0)", "false"),
    (
        "",
        'Object.entries({ b: 1, a: [2] }).join("|") + Object.assign({}, "ab", null, { c: 1 }).c',
        "b,1|a,21",
    ),
    ("var o = Object.freeze({ a: 1 }); o.a = 2; o.b = 3; delete o.a; ", "JSON.stringify(o)", '{"a":1}'),
    (
        'var o = {}; Object.defineProperty(o, "x", { get() { return 7 }, enumerable: false }); ',
        '[o.x, Object.keys(o).length, JSON.stringify(Object.getOwnPropertyDescriptor(o, "x"))].join()',
        '7,0,{"enumerable":false,"configurable":false}',
    ),
    (
        "",
        'JSON.stringify({ a: [1, undefined, () => 1, NaN], b: undefined, c: new Date(0), d: "\\u2028\\n\\"", e: { toJSON() { return 5 } } })',
        '{"a":[1,null,null,null],"c":"1970-01-01T00:00:00.000Z","d":"\u2028\\n\\"","e":5}',
    ),
    (
        "",
        "JSON.stringify({ a: [1, { b: 2 }], c: [] }, null, 2)",
        '{\n  "a": [\n    1,\n    {\n      "b": 2\n    }\n  ],\n  "c": []\n}',
    ),
    (
        "",
        'JSON.stringify(JSON.parse(\'{"a":[1,2,{"b":null}]}\', (k, v) => typeof v === "number" ? v + 1 : v))',
        '{"a":[2,3,{"b":null}]}',
    ),
    (
        "var d = new Date(Date.UTC(2020, 0, 31)); d.setUTCMonth(1); ",
        "d.toISOString()",
        "2020-03-02T00:00:00.000Z",
    ),
    (
        "",
        '[new Date("2020-02-30T00:00:00Z").getTime(), new Date("2020-01-01").getTime(), Date.UTC(1970, 0), new Date(2019, 12, 1).toISOString(), new Date("x").getTime(), new Date(0).getUTCDay()].join()',
        "1583020800000,1577836800000,0,2020-01-01T00:00:00.000Z,NaN,4",
    ),
    (
        'var m = new Map([["a", 1], [NaN, 2]]); m.set("a", 3); ',
        '[m.size, m.get(NaN), [...m.keys()].join(), m.has("b"), [...m].length].join("|")',
        "2|2|a,NaN|false|2",
    ),
    ("var s = new Set([1, 2, 2]); s.delete(1); s.add(5); ", "[...s].join()", "2,5"),
    ("", 'Array.apply(null, Array(3)).map((_, i) => i).join() + Array(3).join("x")', "0,1,2xx"),
    ("", '[..."aXbX"].map((c,i,a)=>c+i+a.length).join()', "a04,X14,b24,X34"),
    (
        'var s=Symbol("q"); var o={[s]:1,a:2}; ',
        "[Object.keys(o).length, o[s], s.toString(), s.description].join()",
        "1,1,Symbol(q),q",
    ),
    ("", 'Object.fromEntries(new Map([["a",1],["b",2]])).b', "2"),
    (
        "",
        '[new Date(2020,1,29,12).getDay(), new Date("2020-01-15T10:20:30+02:00").toISOString(), new Date(2020,0,1)-new Date(2019,0,1), new Date(NaN)+""].join()',
        "6,2020-01-15T08:20:30.000Z,31536000000,Invalid Date",
    ),
    (
        "",
        '[[3,2,1].sort().join(), ["b",undefined,"a"].sort().join("|"), [5,25,100].sort().join(), [true,false].sort().join()].join(";")',
        "1,2,3;a|b|;100,25,5;false,true",
    ),
    ("var a=[1,2,3]; for (var i in a) delete a[i]; ", 'a.length + "" + (0 in a)', "3false"),
    (
        "",
        'JSON.stringify({u:undefined,f(){},s:Symbol(),n:null,d:new Date(NaN),i:Infinity,b:[undefined],m:new Map(),"k\\n":"\\u0001"})',
        '{"n":null,"d":null,"i":null,"b":[null],"m":{},"k\\n":"\\u0001"}',
    ),
    ("", 'JSON.stringify([new String("s"), new Number(3), Object(true)])', '["s",3,true]'),
    ("", 'JSON.stringify({a:1,b:{a:2,c:3}}, ["a","b"], "--")', '{\n--"a": 1,\n--"b": {\n----"a": 2\n--}\n}'),
    ('try { JSON.parse("{bad") } catch (e) { r = e.name } ', "r", "SyntaxError"),
    ("", '[..."abc"].entries().next().value.join()', "0,a"),
    (
        "",
        'Array.from("abc", c=>c.toUpperCase()).join("") + Array.from({length:2, 0:"a", 1:"b"}).join("") + Array.of(7).length',
        "ABCab1",
    ),
    ("", "[1,2,3].fill(0,1).join() + [3,4].keys().next().value + [[1,2],[3]].toString()", "1,0,001,2,3"),
    ("", '[1,[2,[3]]].join(";") + [null,[undefined,[null]]].join("-")', "1;2,3-,"),
    ("", "[1,2,3,4].findLast(x=>x%2)+[1,2,3].findLastIndex(x=>x>5)+[3,1,2].toSorted().join()", "21,2,3"),
    ("", '[1,2,3].indexOf(2, -1) + [1,2,3].includes("2") + [].concat([1],[[2]]).length', "1"),
    ("", "[10,1,3].toString() + [1.0,2.50].join() + {}.toString()", "10,1,31,2.5[object Object]"),
    ("", 'new Set([NaN,NaN,0,-0]).size + new Map([[{},1]]).size + [...new Set("hello")].join("")', "3helo"),
    ("var wm=new WeakMap(), k={}; wm.set(k,1); ", 'wm.get(k)+""+wm.has({})', "1false"),
    (
        "",
        'Object.getOwnPropertyNames("ab").join()+Object.keys([4,5]).join()+Object.values("xy").join()',
        "0,1,length0,1x,y",
    ),
    ("", "Object.is(NaN,NaN)+Object.is(0,-0)+Object.isFrozen(Object.freeze({}))+Object.isFrozen({a:1})", "2"),
    (
        "var a = new Uint8Array(3); a[0] = 257; a[1] = -1; a[5] = 1; ",
        "[a.join(), a.length, Array.isArray(a), Uint16Array.from([70000]).join(), new Uint8ClampedArray([300, -5, 1.5]).join()].join('|')",
        "1,255,0|3|false|4464|255,0,2",
    ),
]


@pytest.mark.parametrize(("statements", "expression", "expected"), SNIPPETS)
def test_it_comes_to_what_node_says(statements: str, expression: str, expected: str) -> None:
    assert text_after(statements, expression) == repr(expected)
