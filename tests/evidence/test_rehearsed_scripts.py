"""What an entry point in JavaScript answers before and after a commit, without Node running any of it."""

from dataclasses import replace

import pytest

from bisect_ml.evidence.rehearsed import rehearsed
from bisect_ml.types import Evidence
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import level_of, said_of

SERVICE = """\
const { scaled } = require('./features');

const LIMIT = 100;

function score(amount, options) {
  if (options && options.country === 'xx') {
    throw new RangeError(options.country);
  }
  return Math.min(scaled(amount), LIMIT);
}

function unrelated(amount) {
  return -amount;
}

module.exports = { score, unrelated };
"""
FEATURES = """\
function scaled(amount) {
  return amount * 2;
}

exports.scaled = scaled;
"""
TESTS = """\
const assert = require('assert');
const { score } = require('..');

describe('score', () => {
  [1, 2, 3, 7.5, 20].forEach((amount) => {
    it('scores ' + amount, () => {
      assert.equal(score(amount), 'whatever it was');
    });
  });
  test('countries', async () => {
    expect(() => score(4, { country: 'xx' })).toThrow();
    expect(await score(5, { country: 'fr' })).toBe(10);
  });
});
"""
TREE = {"src/index.js": SERVICE, "src/features.js": FEATURES, "test/score.test.js": TESTS}
TREE["package.json"] = '{"name": "scores", "main": "src/index.js"}'


def _heard(
    path: str, old: str, new: str, entry: str = "score", tree: dict[str, str] = TREE
) -> Evidence | None:
    return said_of(path, old, new, entry, tree)


@pytest.mark.parametrize("entry", ["score", "src/index.js:score"])
def test_other_answers_to_most_examples_accuse(entry: str) -> None:
    heard = _heard("src/features.js", "amount * 2", "amount * 3", entry)
    assert heard is not None
    assert level_of(heard) == "many"
    assert heard.llr > 0
    assert "`score(1)` gave `2`, gives `3`" in heard.sentence


def test_other_answers_to_few_examples_accuse_too() -> None:
    assert level_of(_heard("src/index.js", "throw new RangeError(options.country)", "return 0")) == "some"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("src/features.js", "amount * 2", "2 * amount"),
        ("src/features.js", "function scaled(amount) {", "const scaled = (amount) => {"),
        (
            "src/index.js",
            "Math.min(scaled(amount), LIMIT)",
            "scaled(amount) > LIMIT ? LIMIT : scaled(amount)",
        ),
    ],
)
def test_the_same_answers_clear(path: str, old: str, new: str) -> None:
    heard = _heard(path, old, new)
    assert level_of(heard) in {"same", "same_few"}
    assert heard is not None
    assert heard.llr < 0


METHODS = """\
export default class Model {
  constructor(rate) {
    this.rate = rate;
  }

  score(amount) {
    return amount * this.rate;
  }
}
"""
METHOD_TESTS = """\
import { expect, test } from 'vitest';
import Model from '../src/model';

test.each([[1, 2], [3, 4], [5, 6], [7, 8]])('it scores', (rate, amount) => {
  expect(new Model(rate).score(amount)).toBe(0);
});
"""


def test_methods_are_asked_on_objects_made_as_tests_make_them() -> None:
    tree = {
        "src/model.ts": METHODS.replace("(rate)", "(private rate: number)"),
        "test/model.test.ts": METHOD_TESTS,
    }
    heard = _heard("src/model.ts", "* this.rate", "+ this.rate", "score", tree)
    assert level_of(heard) == "many"
    assert heard is not None
    assert "`score(2)` gave `2`, gives `3`" in heard.sentence


def test_without_tests_texts_and_numbers_are_made_up() -> None:
    tree = {"lib/index.js": "function slug(a) {\n  return a.toLowerCase();\n}\nmodule.exports = slug;\n"}
    assert level_of(_heard("lib/index.js", "toLowerCase", "toUpperCase", "slug", tree)) == "many"


def test_code_that_never_ends_says_nothing() -> None:
    assert _heard("src/features.js", "return amount * 2", "for (;;) {}") is None


def test_what_a_file_exports_as_a_whole_is_asked_by_its_own_name() -> None:
    tree = {
        "src/slug/index.js": "export default function slug(text) {\n  return text.toLowerCase();\n}\n",
        "test/slug.test.js": "import slug from '../src/slug'; [...'ABCD'].forEach((x) => slug(x));",
    }
    assert level_of(_heard("src/slug/index.js", "toLowerCase", "toUpperCase", "slug", tree)) == "many"


def test_data_beside_the_sources_leads_to_files_and_feeds_tests() -> None:
    tree = {
        "code/score.js": "module.exports = function score(amount) {\n  return amount * 2;\n};\n",
        "test/score.test.js": "const score = require('..'); require('./rows').forEach((row) => score(row));",
    }
    beside = {"package.json": '{"main": "code/score.js"}', "test/rows.json": "[1, 2, 3, 4, 5]"}
    after = tree["code/score.js"].replace("* 2", "* 3")
    commit = a_commit(a_file("code/score.js", tree["code/score.js"], after))
    case = a_case(commit, entry="code/score.js:score", tree={**tree, "code/score.js": after})
    heard = rehearsed(replace(case, resources=beside), candidates_of([commit])[0])
    assert heard is not None
    assert "`score(1)` gave `2`, gives `3`" in heard.sentence


JOINED = {
    "Gruntfile.js": "module.exports = (grunt) => grunt.initConfig({ concat: { all: {\n"
    "  src: ['src/core.js', 'src/parts/*.js', 'src/maker.js', 'src/last.js'], dest: 'dist/shop.js' } } });\n",
    "package.json": '{"name": "shop", "main": "dist/shop.js"}',
    "src/core.js": """\
var shop = {}, parts = {};
shop.part = function (name, made) {
  if (made) {
    parts[name] = made;
  } else {
    return parts[name];
  }
};
""",
    "src/parts/tax.js": """\
shop.part('tax', function (amount, options) {
  return amount * options.rate;
});
""",
    "src/maker.js": """\
shop.Maker = function (given) {
  var options = { rate: 2 };
  setUp();

  function setUp() {
    options.rate = given && given.rate || 2;
  }

  this.raise = function (rate) {
    options.rate = rate;
  };
  this.price = function (amount) {
    return shop.part('tax')(amount, options);
  };
};
""",
    "src/last.js": "module.exports = shop;\n",
    "test/price.js": "var shop = require('../dist/shop.js');\n"
    "[1, 2, 3, 4].forEach((x) => it('' + x, () => new shop.Maker({ rate: x }).price(x + 1)));\n",
}


@pytest.mark.parametrize("entry", ["price", "price,Maker", "price,raise"])
def test_scripts_that_a_build_joins_are_asked_what_their_objects_make(entry: str) -> None:
    heard = _heard("src/parts/tax.js", "amount * options", "amount + options", entry, JOINED)
    assert heard is not None
    assert level_of(heard) in {"many", "some"}
    assert "`price(2)` gave `2`, gives `3`" in heard.sentence


def test_what_is_called_with_new_is_asked_so() -> None:
    maker = "function Price(text) {\n  this.value = parseFloat(text) * 2;\n}\nmodule.exports = Price;\n"
    tests = "var Price = require('..');\n['1', '2x', '3'].forEach((x) => it(x, () => new Price(x)));\n"
    heard = _heard("index.js", "* 2", "* 3", "Price", {"index.js": maker, "test/price.js": tests})
    assert heard is not None
    assert "`Price('1')` gave `Price {value: 2}`, gives `Price {value: 3}`" in heard.sentence


COLOURS = """\
function colour(text) {
  const level = text.length * 2;
  return {
    SHOWN
  };
}
module.exports = colour;
"""
COLOUR_TESTS = """\
const colour = require('..');
test('colours', () => {
  ['red', 'blue', 'green', 'yellow', 'x'].forEach((name) => expect(colour(name)).toBe(1));
});
"""


@pytest.mark.parametrize(
    ("shown", "entry", "level"),
    [
        ("toString() { return `level ${level}`; }", "colour", "many"),
        ("lighter(by) { return level + (by || 10); }", "colour", None),
        ("lighter(by) { return level + (by || 10); }", "colour, lighter", "many"),
    ],
)
def test_what_objects_hide_is_asked_of_their_methods(shown: str, entry: str, level: str | None) -> None:
    text = COLOURS.replace("SHOWN", shown)
    tree = {"package.json": '{"main": "index.js"}', "index.js": text, "test/colour.test.js": COLOUR_TESTS}
    assert level_of(_heard("index.js", "* 2", "* 3", entry=entry, tree=tree)) == level


FRACTION = """\
function Fraction(a) {
  if (!(this instanceof Fraction)) {
    return new Fraction(a);
  }
  var self = this;
  self.n = a;
  self['compare'] = function (b) {
    return self.n * 2 - b;
  };
}
module.exports = Fraction;
"""
FRACTION_TESTS = """\
var Fraction = require('..');
[1, 2, 3, 4].forEach((x) => it('' + x, () => new Fraction(x).compare(x + 1)));
"""


def test_methods_that_a_constructor_hangs_on_another_name_of_its_object_are_asked() -> None:
    tree = {"index.js": FRACTION, "test/fraction.js": FRACTION_TESTS}
    assert level_of(_heard("index.js", "self.n * 2", "self.n * 3", "compare", tree)) == "many"


MATCHER = """\
function matcher(pattern) {
  return function (text) {
    return text === pattern && { path: text };
  };
}
module.exports = { matcher };
"""
MATCHER_TESTS = """\
const { matcher } = require('..');
['/a', '/b', '/c', '/d', '/e'].forEach((path) => it(path, () => matcher(path)(path)));
"""


def test_what_is_made_of_a_pattern_is_asked_the_pattern_too() -> None:
    tree = {"package.json": '{"main": "index.js"}', "index.js": MATCHER, "test/matcher.js": MATCHER_TESTS}
    assert level_of(_heard("index.js", "path: text", "path: text + 1", "matcher", tree)) == "many"


BUILT = {
    "package.json": '{"main": "dist/index.js"}',
    "src/price.js": "exports.price = function price(text) {\n  return text.length * 2;\n};\n",
    "dist/index.js": "exports.price = function price(text) {\n  return text.length * 2;\n};\n",
    "test/price.js": "const { price } = require('../dist/index.js');\n"
    "['a', 'bb', 'ccc', 'dddd'].forEach((x) => it(x, () => price(x)));\n",
}


def test_what_suspects_change_is_asked_where_tests_ask_a_copy_that_a_build_wrote() -> None:
    assert level_of(_heard("src/price.js", "* 2", "* 3", "price", BUILT)) == "many"


def test_both_copies_are_asked_where_suspects_change_either() -> None:
    price = BUILT["src/price.js"]
    tests = BUILT["test/price.js"].replace("dist/index.js", "lib/price.js")
    commits = [
        a_commit(a_file(path, price, price.replace("* 2", f"* {number}")), sha=f"{number:040x}")
        for number, path in ((3, "src/price.js"), (4, "lib/price.js"))
    ]
    served = {each.files[0].path: str(each.files[0].after) for each in commits}
    case = a_case(*commits, entry="price", tree={**served, "test/price.js": tests})
    assert [level_of(rehearsed(case, each)) for each in candidates_of(commits)] == ["many", "many"]
