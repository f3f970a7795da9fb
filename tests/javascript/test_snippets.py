"""Snippets of JavaScript and what they come to, as Node says."""

import pytest

from bisect_ml.javascript import Modules, running, taken_out, told

# Statements, an expression after them, and its value as a text.
SNIPPETS = [
    ("", '1 + 2 + "3" + 4', "334"),
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
        "[1 << 31, -1 >>> 0, -1 >>> 28, ~5.7, 5 ^ 3, 2 ** -1, -7 % 3, 5 % 0, 2 ** 31 | 0].join()",
        "-2147483648,4294967295,15,-6,6,0.5,-1,NaN,-2147483648",
    ),
    (
        "",
        '[null == undefined, null == 0, "" == 0, "1" == 1, [1] == 1, NaN == NaN, null === undefined, "b" > "a", "10" < "9", 10 < "9"].join()',
        "true,false,true,true,true,false,false,true,true,false",
    ),
    (
        "",
        '[typeof 1, typeof "", typeof undefined, typeof null, typeof {}, typeof [], typeof function () {}, typeof Symbol(), typeof 1n, typeof nowhere].join()',
        "number,string,undefined,object,object,object,function,symbol,bigint,undefined",
    ),
    ("", '[0 || "a", 0 ?? "a", "" && 1, null ?? undefined ?? 3].map(String).join()', "a,0,,3"),
    (
        "",
        "(({ a: { b } = { b: 7 }, ...rest }) => [b, JSON.stringify(rest)].join())({ c: 1, d: 2 })",
        '7,{"c":1,"d":2}',
    ),
    ("", "(([a, , b = 3, ...c]) => [a, b, c.length].join())([1, 2, undefined, 4, 5])", "1,3,2"),
    ("", '((a, b = a + 1, ...c) => [a, b, c].join("|"))(1, undefined, 3, 4)', "1|2|3,4"),
    ("", '[...[1, 2], ..."ab", ...new Set([3, 3])].join()', "1,2,a,b,3"),
    (
        'var o = { a: 1, get b() { return this.a + 1 }, set b(v) { this.a = v }, ["c" + 1]: 3 }; o.b = 5; ',
        "[o.a, o.b, o.c1].join()",
        "5,6,3",
    ),
    (
        'class A { #p = 1; q = 2; static s = 3; get p() { return this.#p } m() { return "A" + this.q } static t() { return this.s } } class B extends A { constructor() { super(); this.q = 9 } m() { return super.m() + "B" } } var b = new B(); ',
        "[b.p, b.m(), B.t(), b instanceof A, b.constructor.name, A.prototype.isPrototypeOf(b)].join()",
        "1,A9B,3,true,B,true",
    ),
    (
        "function P(x) { this.x = x } P.prototype.get = function () { return this.x }; P.of = x => new P(x); ",
        "P.of(4).get()",
        "4",
    ),
    ("function F() { if (!(this instanceof F)) return new F(); this.ok = 1 } ", "F().ok", "1"),
    ("var out = []; for (let i = 0; i < 3; i++) out.push(() => i); ", "out.map(f => f()).join()", "0,1,2"),
    ("var out = []; for (var i = 0; i < 3; i++) out.push(() => i); ", "out.map(f => f()).join()", "3,3,3"),
    (
        "var r = []; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 3) break outer; r.push(a * b) } } ",
        "r.join()",
        "1,2",
    ),
    ("var r = []; for (var k in { b: 1, 2: 1, a: 1, 1: 1 }) r.push(k); ", "r.join()", "1,2,b,a"),
    (
        'function f(x) { switch (x) { case 1: return "one"; case 2: case 3: x = "few"; break; default: x = "many" } return x } ',
        "[f(1), f(2), f(3), f(4)].join()",
        "one,few,few,many",
    ),
    (
        'function f() { try { throw new TypeError("no") } catch ({ name, message }) { return name + message } finally { f.done = 1 } } ',
        "f() + f.done",
        "TypeErrorno1",
    ),
    ("function f() { try { return 1 } finally { return 2 } } ", "f()", "2"),
    (
        'function* g() { var x = 1; while (x < 4) yield x++; yield* ["a", "b"] } ',
        "[...g()].join()",
        "1,2,3,a,b",
    ),
    ("var it = { *[Symbol.iterator]() { yield 1; yield 2 } }; ", "Array.from(it, x => x * 2).join()", "2,4"),
    ("", "`a${1 + 1}b${`c${3}`}`", "a2bc3"),
    ("", '((s, ...v) => s.raw.join("-") + v.join())`x${1}\\n${2}y`', "x-\\n-y1,2"),
    (
        "var o = { a: { b: null } }; ",
        '[o?.a?.b?.c, o.z?.y.x, o.f?.(), o?.["a"].b].map(String).join()',
        "undefined,undefined,undefined,null",
    ),
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
    ("", "(function () { return arguments.length + [].slice.call(arguments, 1).join() })(1, 2, 3)", "32,3"),
    (
        "",
        '(function () { return this === undefined }).call(undefined) + "," + (function () { "use strict"; return this === undefined })()',
        "false,true",
    ),
    (
        "function f(a, b) { return this.x + a + b } ",
        "f.call({ x: 1 }, 2, 3) + f.apply({ x: 1 }, [2, 3]) + f.bind({ x: 1 }, 2)(3) + f.length",
        "20",
    ),
    ("var x = 1; { let x = 2; { let x = 3 } } ", "x", "1"),
    ("var i = 5; var a = [i++, ++i, i--, --i]; ", "a.join()", "5,7,7,5"),
    (
        'var o = { n: 1 }; o.n += 2; o["n"] *= 3; o.m ??= 4; o.n &&= o.n + 1; o.m ||= 9; ',
        "[o.n, o.m].join()",
        "10,4",
    ),
    ("var a = 1, b = 2; [a, b] = [b, a]; ", "[a, b].join()", "2,1"),
    ("", "(1, 2, 3)", "3"),
    ("", "void 0 === undefined", "true"),
    (
        "",
        '[10n ** 20n + 1n, 7n / 2n, -7n % 3n, BigInt("12") * 2n, 5n > 4].join()',
        "100000000000000000001,3,-1,24,true",
    ),
    ("", 'new (class { constructor() { this.n = new.target.name } })().n === ""', "true"),
    ("a: { break a } ", '"done"', "done"),
    ("var f = async () => 5; ", "typeof f().then", "function"),
    (
        "",
        'isNaN("x") + "" + Number.isNaN("x") + Number.isInteger(5.0) + (0.1).toFixed(20)',
        "truefalsetrue0.10000000000000000555",
    ),
    ("", '"a\\\nb"', "ab"),
    ('var s = ""; do { s += s.length } while (s.length < 3); ', "s", "012"),
    ("", "[0, -0].map(x => Object.is(x, -0)).join() + (1 / -0)", "false,true-Infinity"),
    ("", '["z", "a", "Z", "é", "e"].sort((a, b) => a.localeCompare(b)).join()', "a,e,é,z,Z"),
    ("", '(1234567.891).toLocaleString() + (1e6).toLocaleString("en-US")', "1,234,567.8911,000,000"),
    ("", 'escape("é ü+") + unescape("%E9%u0107")', "%E9%20%FC+éć"),
    ("", 'Array.apply(null, Array(3)).map((_, i) => i).join() + Array(3).join("x")', "0,1,2xx"),
    (
        "var o = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }); var k = []; for (var n in o) k.push(n); ",
        "k.join()",
        "own,inherited",
    ),
    ("", '[1, 2, 3].toString() === "1,2,3" && [] + {} === "[object Object]"', "true"),
    ("", "(function f(n) { return n < 2 ? 1 : n * f(n - 1) })(10)", "3628800"),
    ("if (true) { function inner() { return 1 } } ", "inner()", "1"),
    ('var r = ""; for (const [k, v] of Object.entries({ a: 1, b: 2 })) r += k + v; ', "r", "a1b2"),
    ("let y = 4; { function g() { return y } } ", "g()", "4"),
    ('var r=[]; for (var x of "ab") for (var y in [1,2]) r.push(x+y); ', "r.join()", "a0,a1,b0,b1"),
    (
        'var o={toString(){return "T"}, valueOf(){return 4}}; ',
        '[o+1, `${o}`, o*2, String(o), [o]+"", o=="4", o==4].join()',
        "5,T,8,T,T,true,true",
    ),
    (
        'class V { constructor(x){this.x=x} [Symbol.toPrimitive](h){ return h==="number"?this.x:"v"+this.x } } var v=new V(3); ',
        "[+v, `${v}`, v+1].join()",
        "3,v3,v31",
    ),
    (
        "class L extends Array { sum(){ return this.reduce((a,b)=>a+b,0) } } var l=new L(); l.push(1,2,3); ",
        "[l.sum(), l.length, l instanceof L, Array.isArray(l)].join()",
        "6,3,true,true",
    ),
    (
        'class E2 extends Error { constructor(m){ super(m); this.name="E2" } } try { throw new E2("boo") } catch(e) { r = [e instanceof E2, e instanceof Error, String(e), e.message].join() } ',
        "r",
        "true,true,E2: boo,boo",
    ),
    ('var c=0; var p={get a(){c++; return {b:1}}}; p.a.b; p.a?.b; p["a"]; ', "c", "3"),
    ("", "(function(){ var a=1; { var a=2 } return a })()", "2"),
    ('var fns={}; for (const k of ["x","y"]) fns[k]=()=>k; ', "fns.x()+fns.y()", "xy"),
    ("", '(() => { try { throw 1 } catch { return "c" } finally { } })()', "c"),
    ("", '"abc".replace(/(?<first>a)(b)?/, (...a)=>JSON.stringify(a[a.length-1]))', '{"first":"a"}c'),
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
        '[[3,2,1].sort().join(), ["b",undefined,"a"].sort().join("|"), [5,25,100].sort().join(), [true,false].sort().join()].join(";")',
        "1,2,3;a|b|;100,25,5;false,true",
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
    ("var x = 10; x += x++ + ++x; ", "x", "32"),
    ("var a=[1,2,3]; for (var i in a) delete a[i]; ", 'a.length + "" + (0 in a)', "3false"),
    (
        "",
        'JSON.stringify({u:undefined,f(){},s:Symbol(),n:null,d:new Date(NaN),i:Infinity,b:[undefined],m:new Map(),"k\\n":"\\u0001"})',
        '{"n":null,"d":null,"i":null,"b":[null],"m":{},"k\\n":"\\u0001"}',
    ),
    ("", 'JSON.stringify([new String("s"), new Number(3), Object(true)])', '["s",3,true]'),
    ("", 'JSON.stringify({a:1,b:{a:2,c:3}}, ["a","b"], "--")', '{\n--"a": 1,\n--"b": {\n----"a": 2\n--}\n}'),
    ('try { JSON.parse("{bad") } catch (e) { r = e.name } ', "r", "SyntaxError"),
    ("", 'parseInt(null,36)+parseInt("101",2)+parseInt(0.0000005)+""+parseFloat("1.5.5")', "11127551.5"),
    ("", '[..."abc"].entries().next().value.join()', "0,a"),
    (
        "",
        'Array.from("abc", c=>c.toUpperCase()).join("") + Array.from({length:2, 0:"a", 1:"b"}).join("") + Array.of(7).length',
        "ABCab1",
    ),
    ("", "[1,2,3].fill(0,1).join() + [3,4].keys().next().value + [[1,2],[3]].toString()", "1,0,001,2,3"),
    ("", '[1,[2,[3]]].join(";") + [null,[undefined,[null]]].join("-")', "1;2,3-,"),
    ("", 'Number.MAX_SAFE_INTEGER+2 + "" + Number.EPSILON', "90071992547409922.220446049250313e-16"),
    ("", "[1,2,3,4].findLast(x=>x%2)+[1,2,3].findLastIndex(x=>x>5)+[3,1,2].toSorted().join()", "21,2,3"),
    (
        'var {length} = "hello"; var [,second="d",...others] = "wxyz"; ',
        '[length,second,others.join("")].join()',
        "5,x,yz",
    ),
    ("function d({a=1,b:{c=2}={}}={}, [e]=[3]) { return a+c+e } ", "d()+d({a:5,b:{c:6}},[7])", "24"),
    ("var t = (x, ...y) => y.length ? t(...y) + x : x; ", "t(1,2,3)", "6"),
    (
        'var get = "get", set = 2, of = 3, async = 4, let_ = 5; var q = {get, set, of, async, static: 1, new: 2, get get(){return "g"}}; ',
        "[q.get,q.set,q.new,async].join()",
        "g,2,2,4",
    ),
    ("if (1) function z1(){}; ", "typeof z1", "function"),
    ("a: for(;;) { b: for(;;) { break a } } ", '"out"', "out"),
    ('var s=\'\'; for (var i=0, j=10; i<j; i+=3, j--) s+=i+","+j+";"; ', "s", "0,10;3,9;6,8;"),
    ("", "!function(){ return false }() ? +function(){return 1}() : 0", "1"),
    ("x = y1 = 3; var y1; ", "x + y1", "6"),
    ("", 'typeof void 0 + typeof null + (null ?? "n") + (0 || null || "") + (1 && 2)', "undefinedobjectn2"),
    ("", '"\\x41\\u{42}\\103\\\nE"', "ABCE"),
    ("", "`a\nb${`in${1}`}`.length", "6"),
    ("", '/[/]\\/(?:x)/.source + /a/gi.flags + "/".replace(/\\//, "-")', "[/]\\/(?:x)gi-"),
    ("", "4 / 2 / 1 + (2) / 1", "4"),
    ("", '[1,2,3].indexOf(2, -1) + [1,2,3].includes("2") + [].concat([1],[[2]]).length', "1"),
    (
        "",
        "Math.max(NaN,1)+Math.min()+Math.round(0.49999999999999994)+Math.round(-0.5)+Math.atan2(1,1)",
        "NaN",
    ),
    ("", 'isFinite("12")+isFinite(Infinity)+Number.isSafeInteger(2**53)', "1"),
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
        "var p1={a:1}; var p2=Object.create(p1); p2.b=2; ",
        '[p2.a,"a" in p2,p2.hasOwnProperty("a"),Object.getPrototypeOf(p2)===p1,JSON.stringify({...p2})].join()',
        '1,true,false,true,{"b":2}',
    ),
    (
        'function Anim(n){this.n=n} Anim.prototype.say=function(){return this.n}; function Dog(n){Anim.call(this,n)} Dog.prototype=Object.create(Anim.prototype); Dog.prototype.constructor=Dog; var dd=new Dog("r"); ',
        "dd.say()+(dd instanceof Anim)+dd.constructor.name",
        "rtrueDog",
    ),
    (
        "",
        'escape("ä b")+encodeURI("http://a b/?q=ä&x=1#h")+decodeURIComponent("%20%F0%9F%98%80").length',
        "%E4%20bhttp://a%20b/?q=%C3%A4&x=1#h3",
    ),
    (
        "var a = new Uint8Array(3); a[0] = 257; a[1] = -1; a[5] = 1; ",
        "[a.join(), a.length, Array.isArray(a), Uint16Array.from([70000]).join(), new Uint8ClampedArray([300, -5, 1.5]).join()].join('|')",
        "1,255,0|3|false|4464|255,0,2",
    ),
]


def value_of(source: str, steps: int = 20_000) -> str:
    """Return the value of `answer` in a file, taken out of its run."""
    modules = Modules({"a.js": source})
    modules.machine.left = steps
    module = modules.at("a.js")
    with running(modules.realm):
        return told(taken_out(module.named("answer")))


@pytest.mark.parametrize(("statements", "expression", "expected"), SNIPPETS)
def test_it_comes_to_what_node_says(statements: str, expression: str, expected: str) -> None:
    assert value_of(f"{statements}var answer = String({expression})") == repr(expected)
