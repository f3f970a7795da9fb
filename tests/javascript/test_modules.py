"""Modules of JavaScript: how they find one another, and what they cannot do."""

import pytest

from bisect_ml.interpreter import Exhausted, Stopped
from bisect_ml.javascript import Modules, running, taken_out, told


def answer_of(files: dict[str, str], path: str = "a.js", steps: int = 50_000) -> str:
    modules = Modules(files)
    modules.machine.left = steps
    module = modules.at(path)
    with running(modules.realm):
        return told(taken_out(module.named("answer")))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.js": "const b = require('./b'); var answer = b.two", "b.js": "exports.two = 2"}, "2"),
        ({"a.js": "import { two as t } from './b.js'; var answer = t", "b.js": "export const two = 2"}, "2"),
        ({"a.js": "import b from './b'; var answer = b()", "b/index.js": "export default () => 3"}, "3"),
        (
            {"a.js": "import b, * as c from './b'; var answer = c.default === b", "b.ts": "export default 1"},
            "true",
        ),
        (
            {
                "a.js": "export * from './b'; import { x } from './a'; var answer = x",
                "b.js": "export let x = 4",
            },
            "4",
        ),
        (
            {
                "a.js": "import { n, up } from './b'; up(); var answer = n",
                "b.js": "export let n = 1; export function up() { n++ }",
            },
            "2",
        ),
        ({"a.js": "var answer = require('./data').list[1]", "data.json": '{"list": [1, 5]}'}, "5"),
        (
            {
                "a.js": "var answer = require('pkg').x",
                "package.json": '{"name": "pkg", "main": "dist/p.js"}',
                "src/p.js": "exports.x = 6",
            },
            "6",
        ),
        ({"test/a.js": "var answer = require('../dist/b.min.js')", "src/b.js": "module.exports = 7"}, "7"),
        (
            {
                "a.js": "var answer = require('./u')(1)",
                "u.js": "(function (root, factory) { if (typeof module === 'object' && module.exports)"
                " module.exports = factory(); else root.u = factory() })"
                "(this, function () { return x => x + 7 })",
            },
            "8",
        ),
        (
            {
                "a.js": "import { odd } from './b';"
                "export const even = n => n === 0 || odd(n - 1); var answer = even(10)",
                "b.js": "import { even } from './a'; export const odd = n => n !== 0 && even(n - 1)",
            },
            "true",
        ),
        (
            {
                "a.js": "import b from './b'; var answer = b.four()",
                "b.js": "import { two } from './c'; module.exports = { four: () => two + two }",
                "c.js": "export const two = 2",
            },
            "4",
        ),
        (
            {
                "a.js": "var answer = require('./b').two + require('./c')",
                "b.js": "const b = { two: 2 }; export default module.exports = b",
                "c.js": "import { two } from './b'; module.exports = two + 1",
            },
            "5",
        ),
    ],
)  # fmt: skip
def test_modules_find_one_another(files: dict[str, str], expected: str) -> None:
    path = next(path for path in files if path.endswith("a.js"))
    assert answer_of(files, path) == expected


def test_sources_do_not_ask_for_the_bundle_that_is_made_of_them() -> None:
    files = {
        "src/a.js": "import * as tables from '../lib/tables'; var answer = typeof tables.letters",
        "src/index.js": "import * as a from './a'; export { a }",
    }
    assert answer_of(files, "src/a.js") == "'function'"
    asked = "const { a } = require('../lib/whole'); var answer = typeof a"
    assert answer_of({**files, "test/a.js": asked}, "test/a.js") == "'object'"


def test_types_are_gone_past() -> None:
    source = """
    import type { Other } from './nowhere';
    interface Shape<T extends object = {}> { readonly area: () => number; [key: string]: unknown }
    type Pick<K extends keyof Shape> = K extends `a${string}` ? Shape[K] : never;
    enum Kind { A, B = 4, C }
    declare const unknownHere: number;
    abstract class Base<T> implements Shape<T> {
        private static count: number = 0;
        constructor(protected readonly side: number, public name?: string) {}
        abstract area(): number;
        size(this: Base<T>, by: number = 1): number { return <number>this.area()! * by as number }
    }
    class Square extends Base<number> {
        constructor(side: number, private q = 1) { super(side); }
        area(): number { return this.side ** 2 }
    }
    function first<T>(list: T[], ...rest: Array<T>): T | undefined;
    function first<T>(list: T[], ...rest: Array<T>): T | undefined { return list[0]; }
    const pair = <A, B>(a: A, b: B): [A, B] => [a, b];
    const choose = (x: number) => x > 1 ? (x) : (y: number): number => y;
    const listed = [new Square(3).size(2), Kind.C, Kind[4], first<string>(["q"]), pair(1, "x"), choose(2)];
    let answer = listed satisfies any[];
    """
    assert answer_of({"a.ts": source}, "a.ts") == "[18, 5, 'B', 'q', [1, 'x'], 2]"


def test_foreign_packages_are_unknown_but_the_same() -> None:
    source = (
        "const p = require('p'); var answer = [p.f(1) === p.f(1), p.f(1) === p.f(2), p.g === require('p').g]"
    )
    assert answer_of({"a.js": source}) == "[true, false, true]"


@pytest.mark.parametrize(
    "source",
    [
        "for (;;) {}",
        "function f() { return f() } f()",
        "let s = 'x'; for (;;) s += s",
        "let a = [1]; for (;;) a = a.concat(a)",
        "'x'.repeat(1e9)",
        "new Array(1e9)",
        "eval('for (;;) {}; 1')",
        "new Function('for (;;) {}')()",
        "for (let text = '1'; ; text += '+ 1') eval(text)",
        "[].length = 1e9",
        "const a = []; a[0] = a; String(a)",
        "2n ** 100000000n",
        "'x'.padEnd(1e9)",
        "let o = {}; for (let i = 0; i < 150; i++) o = { o }; JSON.stringify(o)",
    ],
)
def test_what_is_too_much_stops(source: str) -> None:
    with pytest.raises(Exhausted):
        answer_of({"a.js": source}, steps=30_000)


@pytest.mark.parametrize(
    "source",
    [
        "new Function('return this')()",
        "(() => { let inside = 1; return eval('inside') })()",
        "eval('if (true) { 5 }')",
        "eval('('.repeat(50000))",
        "/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
    ],
)
def test_what_is_refused_is_unknown(source: str) -> None:
    with pytest.raises((Stopped, Exception)):
        answer_of({"a.js": f"var answer = {source}"})


@pytest.mark.parametrize(
    "name", ["__class__", "__dict__", "invoke", "props", "items", "inner", "__init__", "code", "env", "mro"]
)
def test_nothing_leads_to_python(name: str) -> None:
    values = "[1, 'a', [], {}, () => 1, /x/, new Date(), new Map(), Symbol.iterator, 1n, Math, true]"
    assert answer_of({"a.js": f"var answer = {values}.every(v => v['{name}'] === undefined)"}) == "true"


def test_runs_do_not_see_one_another() -> None:
    assert (
        answer_of({"a.js": "Array.prototype.sneak = 1; String.prototype.x = 2; var answer = [].sneak"}) == "1"
    )
    assert answer_of({"a.js": "var answer = [[].sneak === undefined, ''.x === undefined]"}) == "[true, true]"


def test_the_clock_and_chance_stand_still() -> None:
    assert (
        answer_of({"a.js": "var answer = Date.now() === +new Date() && Math.random() === Math.random()"})
        == "true"
    )


def test_code_that_is_not_read_stops() -> None:
    with pytest.raises(Stopped):
        answer_of({"a.js": "var answer = <div>{x}</div>"})


def test_code_that_code_makes_is_read_like_any_other() -> None:
    source = (
        "var made = new Function('a', 'b', 'return a + b'); var answer = [made(1, 2), eval('3 + 4')].join()"
    )
    assert answer_of({"a.js": source}) == "'3,7'"


NAMESPACE = """
namespace N { const a = 1; export const b = a + 1; export function f() { return b } }
var answer = [N.b, N.f(), N.a].join();
"""
NAMESPACES = """
namespace Q.W { export const z = 7 }
namespace Q.V { export class C {} }
function f() { return 1 }
namespace f { export const g = 2 }
var answer = [Q.W.z, typeof Q.V.C, f(), f.g].join();
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("enum A { X, Y = 5, Z, S = 's' } var answer = [A.X, A[5], A.Z, A.S].join()", "0,Y,6,s"),
        ("const enum B { P = 1 << 2, Q = P | 1 } var answer = [B.P, B.Q].join()", "4,5"),
        (NAMESPACE, "2,2,"),
        (NAMESPACES, "7,function,1,2"),
    ],
)
def test_what_typescript_declares_is_there(source: str, expected: str) -> None:
    assert answer_of({"a.ts": source}, "a.ts") == repr(expected)


def test_no_run_sees_what_another_has_written_on_a_template() -> None:
    files = {
        "a.js": "const t = s => (s.n = (s.n || 0) + 1); const f = () => t`x`; var answer = [f(), f()].join()"
    }
    assert (answer_of(files), answer_of(files)) == (repr("1,2"), repr("1,2"))
