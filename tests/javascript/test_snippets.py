"""Snippets of the language, and what they come to, as Node says."""

import pytest

from tests.javascript.answers import text_after

# Statements, an expression after them, and its value as a text.
SNIPPETS = [
    ("", '1 + 2 + "3" + 4', "334"),
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
    ("", 'new (class { constructor() { this.n = new.target.name } })().n === ""', "true"),
    ("a: { break a } ", '"done"', "done"),
    ("var f = async () => 5; ", "typeof f().then", "function"),
    ("", '"a\\\nb"', "ab"),
    ('var s = ""; do { s += s.length } while (s.length < 3); ', "s", "012"),
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
    ("var x = 10; x += x++ + ++x; ", "x", "32"),
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
    ("", "4 / 2 / 1 + (2) / 1", "4"),
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
]


@pytest.mark.parametrize(("statements", "expression", "expected"), SNIPPETS)
def test_it_comes_to_what_node_says(statements: str, expression: str, expected: str) -> None:
    assert text_after(statements, expression) == repr(expected)
