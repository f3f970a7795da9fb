"""Tests of JavaScript are run for what they ask, in whatever style they are written."""

import pytest

from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.script_code import ScriptCode

CODE = "function twice(x, y) {\n  return x * 2;\n}\nmodule.exports = twice;\n"
MOCHA = """
const assert = require('assert'), twice = require('../src');
describe('twice', function () {
  let input;
  beforeEach(() => { input = 7 });
  it('works', function (done) { assert.strictEqual(twice(1), 2); done() });
  it('works here', () => { expect(twice(input)).to.equal(14) });
  it.skip('not yet', () => twice(99));
});
"""
JEST = """
import twice from '../src';
test.each([[1, 2], [7, 14]])('%d', (given, wanted) => { expect(twice(given)).toBe(wanted) });
test('never', () => { throw new Error('before'); twice(99) });
"""
TAPE = """
const test = require('tape'), twice = require('../dist/index.min.js');
test('twice', (t) => { t.plan(2); t.equal(twice(1), 2); t.throws(() => twice(7)); t.end() });
"""
AVA = """
import test from 'ava'; import twice from '..';
test('twice', async t => { t.is(await twice(1), 2); t.deepEqual(twice(7), 14) });
"""
NODE = """
import { test, describe } from 'node:test'; import assert from 'node:assert/strict';
import twice from '../src/index.js';
describe('all', () => { test('one', { timeout: 5 }, () => assert.ok(twice(1) && twice(7))) });
"""
NODEUNIT = """
var twice = require('../src');
exports.group = { one: function (test) { test.expect(2); test.equal(twice(1), 2); twice(7); test.done() } };
"""
PLAIN = (
    "const twice = require('../src'); for (const each of [1, 7]) console.assert(twice(each) === each * 2);"
)
SHOULD = (
    "require('should'); var twice = require('../src'); it('x', () => { twice(1).should.equal(2); twice(7) });"
)
ENDLESS = (
    "const twice = require('../src'); it('a', () => { for (;;) twice(1) }); it('b', () => { twice(7) });"
)
MOST = 24


def _callees(tree: dict[str, str]) -> tuple[ScriptCode, list[Callee]]:
    code = ScriptCode()
    return code, list(code.callees(tree, {("src/index.js", "twice"): 1.0}, frozenset({"twice"}), 3))


@pytest.mark.parametrize("tests", [MOCHA, JEST, TAPE, AVA, NODE, NODEUNIT, PLAIN, SHOULD, ENDLESS])
def test_calls_of_tests_are_heard(tests: str) -> None:
    tree = {"src/index.js": CODE, "test/twice.test.js": tests, "package.json": '{"main": "dist/twice.js"}'}
    code, callees = _callees(tree)
    heard = code.called_by_tests(tree, callees, MOST)
    assert sorted(each.told() for each in heard[0]) == ["1", "7"]


def test_what_cannot_be_given_again_is_not_heard() -> None:
    tests = "const f = require('../src'); f(() => 1); f(require('x')); f({ a: [1, /x/g, undefined] })"
    tree = {"src/index.js": CODE, "test/twice.test.js": tests}
    code, callees = _callees(tree)
    heard = code.called_by_tests(tree, callees, MOST)
    assert [each.told() for each in heard[0]] == ["{a: [1, /x/g, undefined]}"]


def test_objects_of_classes_are_given_again() -> None:
    source = (
        "export class Point {\n  #z = 1;\n  constructor(x) { this.x = x }\n"
        "  to(other) { return other.x - this.x + other.#z }\n}\n"
    )
    tests = "import { Point } from '../src/p'; test('p', () => { new Point(2).to(new Point(9)) })"
    tree = {"src/p.js": source, "test/p.test.js": tests}
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/p.js", "Point.to"): 1.0}, frozenset(), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    answer = code.answer(code.runs(tree), example)
    assert answer is not None
    assert answer.text == "8"


def test_functions_that_closures_hide_are_found() -> None:
    source = (
        "var api = (function () {\n  function secret(x) { return x + 1 }\n"
        "  return { open: y => secret(y) }\n})()\n"
    )
    tree = {"lib/a.js": source + "module.exports = api\n"}
    code = ScriptCode()
    callees = list(code.callees(tree, {("lib/a.js", "secret"): 1.0}, frozenset(), 3))
    assert [each.node[1] for each in callees] == ["secret"]
    numbers = code.made_up(tree, callees[0], 5)[1]
    answers = [code.answer(code.runs(tree), each) for each in numbers]
    assert [each.text if each else None for each in answers] == ["1", "2", "3", "4", "8"]
