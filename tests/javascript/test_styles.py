"""Tests of JavaScript are run for what they ask, in whatever style they are written."""

import pytest

from bisect_ml.evidence.script_code import ScriptCode

TWICE = "function twice(x, y) {\n  return x * 2;\n}\nmodule.exports = twice;\n"
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
VOWS = """
var vows = require('vows'), twice = require('../src');
vows.describe('twice').addBatch({ 'of one': { topic: 1, 'two': function (x) { twice(x) } } }).export(module);
vows.describe("").addBatch({ 'of seven': { topic: () => 7, 'more': function (x) { twice(x) } } }).run();
"""
TABLE = """
import twice from '../src';
test.each`
  given | wanted
  ${1}  | ${2}
  ${7}  | ${14}
`('$given', ({ given, wanted }) => { expect(twice(given)).toBe(wanted) });
"""
MACRO = """
import test from 'ava'; import twice from '..';
const check = (t, given, wanted) => t.is(twice(given), wanted);
const other = test.macro({ exec(t, given) { twice(given) }, title: () => '' });
test('one', check, 1, 2); test('seven', other, 7);
"""
UVU = """
import { suite } from 'uvu'; import * as assert from 'uvu/assert'; import twice from '../src';
const Twice = suite('twice');
Twice('one', () => { assert.is(twice(1), 2) }); Twice('seven', () => { twice(7) }); Twice.run();
"""
QUNIT = """
var twice = require('../src');
QUnit.module('twice', { beforeEach: function () { this.x = 1 } });
QUnit.module('more', function (hooks) {
  hooks.beforeEach(function () { twice(1) });
  asyncTest('seven', function () { equal(twice(7), 14); start() });
});
"""
CHANGED_TIMEOUT = """
const twice = require('../src');
describe('twice', function () { this.timeout(9); it('is', function () { twice(1); twice(7) }) });
"""
FIXTURES = """
import fs, { readFileSync } from 'node:fs'; import path from 'path'; import { fileURLToPath } from 'url';
import table from './fixtures/table.json'; import twice from '../src';
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures');
for (const name of fs.readdirSync(folder)) {
  if (path.extname(name) !== '.txt') continue;
  test(name, () => { twice(Number(readFileSync(path.join(folder, name), 'utf8').trim())) });
}
test('table', () => { table.forEach(({ given }) => twice(given)) });
"""


@pytest.mark.parametrize(
    "tests",
    [
        *(MOCHA, JEST, TAPE, AVA, NODE, NODEUNIT, PLAIN, SHOULD, ENDLESS),
        *(VOWS, TABLE, MACRO, UVU, QUNIT, CHANGED_TIMEOUT, FIXTURES),
    ],
)
def test_calls_of_tests_are_heard(tests: str) -> None:
    tree = {"src/index.js": TWICE, "test/twice.test.js": tests, "package.json": '{"main": "dist/twice.js"}'}
    tree |= {"test/fixtures/one.txt": "1\n", "test/fixtures/table.json": '[{"given": 7}]'}
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/index.js", "twice"): 1.0}, frozenset({"twice"}), 3))
    heard = code.called_by_tests(tree, callees, 24)
    assert sorted(each.told() for each in heard[0]) == ["1", "7"]
