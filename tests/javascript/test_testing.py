"""What calls are heard where tests of JavaScript, first pages and what packages register are run."""

import pytest

from bisect_ml.evidence.callees import Callee
from bisect_ml.evidence.listening import Example
from bisect_ml.evidence.script_code import ScriptCode

CODE = "function twice(x, y) {\n  return x * 2;\n}\nmodule.exports = twice;\n"
MOST = 24


def _callees(tree: dict[str, str]) -> tuple[ScriptCode, list[Callee]]:
    code = ScriptCode()
    return code, list(code.callees(tree, {("src/index.js", "twice"): 1.0}, frozenset({"twice"}), 3))


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


def test_tests_that_mention_the_entry_point_are_run_before_others() -> None:
    slow = "".join(f"it('{n}', () => {{ for (let i = 0; i < 4000; i++); }});\n" for n in range(40))
    tests = f"const twice = require('../src');\n{slow}it('asks', () => {{ twice(1); twice(7) }});"
    tree = {"src/index.js": CODE, "test/twice.test.js": tests}
    code, callees = _callees(tree)
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


def test_files_are_heard_again_where_others_say_little() -> None:
    many = "const twice = require('../src');\n" + "".join(
        f"it('', () => {{ twice({n}) }});" for n in range(20)
    )
    quiet = {f"test/quiet{n}.test.js": "it('', () => {}); // twice" for n in range(9)}
    tree = {"src/index.js": CODE, "test/twice.test.js": many, **quiet}
    code, callees = _callees(tree)
    assert len(code.called_by_tests(tree, callees, MOST)[0]) == 20


def test_code_that_reads_a_file_of_the_tree_answers_by_it() -> None:
    source = (
        "const fs = require('fs'), path = require('path');\n"
        "const words = fs.readFileSync(path.join(__dirname, '../data/words.txt'), 'utf8').split('\\n');\n"
        "module.exports = function rank(word) { return words.indexOf(word) };\n"
    )
    tree = {
        "src/rank.js": source,
        "data/words.txt": "a\nb",
        "test/rank.test.js": "require('../src/rank')('b')",
    }
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/rank.js", "rank"): 1.0}, frozenset(), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    runs = code.runs(tree)
    answer = code.answer(runs, example)
    assert answer is not None
    assert answer.text == "1"
    assert "data/words.txt" in runs.loaded


def test_the_calls_that_a_first_page_shows_are_heard() -> None:
    readme = (
        "# twice\n\n```sh\nnpm install twice\n```\n\n```js\nimport twice from 'twice';\n\ntwice(1);\n```\n\n"
        "```js\nconst twice = require('twice')\nconst broken = {\n```\n\n```\n"
        "const twice = require('twice')\ntwice(7)\n// => 14\n```\n"
    )
    package = '{"name": "twice", "main": "src/index.js"}'
    tree = {"src/index.js": CODE, "README.md": readme, "package.json": package}
    code, callees = _callees(tree)
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


@pytest.mark.parametrize(
    "readme",
    [
        "```js\nconst {\n  twice\n} = require('twice')\nlet x=twice(1)\n```\n```js\nlet x = twice(7)\n```\n",
        "```js\nvar x = twice(1)\n```\n\n```js\nvar { twice } = require('twice')\ntwice(7)\n```\n",
        "```\nimport { twice } from 'twice'\n\nconst twice = twice(1)\n```\n```\nlet twice = twice(7)\n```\n",
        "```\nlet x = twice(1)\n```\n```\nlet x = twice(7)\n```\n```ts\nimport { twice } from 'twice'\n```\n",
    ],
)
def test_what_a_first_page_fetches_once_is_there_for_all_its_code(readme: str) -> None:
    package = '{"name": "twice", "main": "src/index.js"}'
    tree = {
        "src/index.js": "exports.twice = function twice(x) { return x * 2 }",
        "package.json": package,
        "README.md": readme,
    }
    code, callees = _callees(tree)
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


def test_long_tables_of_tests_are_gone_through_in_part() -> None:
    tests = (
        "const twice = require('../src'), rows = Array.from({ length: 5000 }, (_, i) => i);\n"
        "it('warms up', () => { for (const a of rows) for (const b of rows) String(a + b); twice(1) });\n"
        "it('asks', () => { rows.forEach(row => { if (row < 2) twice(row + 7) }) });"
    )
    tree = {"src/index.js": CODE, "test/twice.test.js": tests}
    code, callees = _callees(tree)
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7", "8"]


def test_objects_that_cannot_be_made_again_are_taken_as_they_are() -> None:
    source = (
        "class Zone {}\nclass Moment {\n"
        "  constructor(config) { this.at = config.at(); this.zone = config.zone }\n"
        "  plus(n) { return this.at + n + (this.zone instanceof Zone) } }\n"
        "exports.of = at => new Moment({ at: () => at, zone: new Zone() });\nexports.Moment = Moment;\n"
    )
    tests = "const { of } = require('../src/m'); it('', () => { of(2).plus(3) })"
    tree = {"src/m.js": source, "test/m.test.js": tests}
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/m.js", "Moment.plus"): 1.0}, frozenset(), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    answer = code.answer(code.runs(tree), example)
    assert answer is not None
    assert answer.text == "6"


def test_a_function_that_another_file_wraps_is_heard_by_itself() -> None:
    tree = {
        "src/curry.js": "export default (f) => function curried(...given) { return f(...given) }\n",
        "src/own.js": "export default (a) => a * 2\n",
        "src/twice.js": "import curry from './curry'; import own from './own';\n"
        "const twice = curry(own);\nexport { twice };\n",
        "src/thrice.js": "import curry from './curry';\nexport const thrice = curry((a) => a * 3);\n",
        "test/all.test.js": "import { twice } from '../src/twice'; import { thrice } from '../src/thrice';\n"
        "test('', () => { thrice(5); twice(7) });",
    }
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/twice.js", "twice"): 1.0}, frozenset({"twice"}), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    answer = code.answer(code.runs(tree), example)
    assert answer is not None
    assert (example.told(), answer.text) == ("7", "14")
    nodes = {("test/all.test.js", "thrice"): 1.0}
    assert code.callees(tree, nodes, frozenset({"thrice"}), 3) == {}


def test_what_a_package_registers_is_there_when_it_is_asked() -> None:
    tree = {
        "package.json": '{"main": "index.js"}',
        "index.js": "import { register } from './src/locales'; export { say } from './src/say';\n"
        "register('en', 'hello');\n",
        "src/locales.js": "const known = {};\n"
        "export const register = (name, text) => { known[name] = text };\n"
        "export const get = (name) => known[name].toUpperCase();\n",
        "src/say.js": "import { get } from './locales';\nexport function say(name) { return get(name) }\n",
        "test/say.test.js": "import { say } from '../src/say'; test('', () => say('en'));",
    }
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/say.js", "say"): 1.0}, frozenset({"say"}), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    answer = code.answer(code.runs(tree), example)
    assert answer is not None
    assert answer.text == "'HELLO'"


def test_modules_that_export_one_thing_are_that_thing_where_they_are_required() -> None:
    tests = "const twice = require('../src'); twice(1); require('../src').default(7);"
    tree = {
        "src/index.js": "export default function twice(x) { return x * 2 }",
        "test/twice.test.js": tests,
    }
    code, callees = _callees(tree)
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


def test_files_that_a_build_wraps_share_what_is_called_like_them() -> None:
    tree = {
        "twice.js": CODE.replace("module.exports = twice;\n", ""),
        "package.json": '{"main": "dist/twice.cjs"}',
    }
    tree["test/twice.test.js"] = "const twice = require('../dist/twice.cjs'); twice(1); twice(7);"
    code = ScriptCode()
    callees = list(code.callees(tree, {("twice.js", "twice"): 1.0}, frozenset({"twice"}), 3))
    assert [each.told() for each in code.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


@pytest.mark.parametrize(
    ("path", "name"),
    [("src/twice-as.js", "twiceAs"), ("lib/twice.min.js", "twice"), ("src/twicemore.js", "TwiceMore")],
)
def test_tests_of_pages_find_the_file_under_its_name(path: str, name: str) -> None:
    code = (
        "(function (root, factory) { if (typeof module === 'object') module.exports = factory();\n"
        "else root.twice = root.TwiceMore = factory() })\n"
        "(this, function () { return function twice(x) { return x * 2 } });\n"
    )
    tree = {path: code, "test/tests.js": f"test('it', function () {{ equal({name}(1), 2); {name}(7) }});"}
    language = ScriptCode()
    callees = list(language.callees(tree, {(path, "twice"): 1.0}, frozenset({"twice"}), 3))
    assert [each.told() for each in language.called_by_tests(tree, callees, MOST)[0]] == ["1", "7"]


def test_functions_that_were_bound_are_asked() -> None:
    source = (
        "function Rates() { this.rate = 3 }\nconst rates = new Rates();\n"
        "const methods = { score: function (x) { return x * this.rate } };\n"
        "for (const name in methods) rates[name] = methods[name].bind(rates);\nmodule.exports = rates;\n"
    )
    tree = {
        "src/rates.js": source,
        "test/rates.test.js": "it('', () => { require('../src/rates').score(2) });",
    }
    code = ScriptCode()
    callees = list(code.callees(tree, {("src/rates.js", "score"): 1.0}, frozenset({"score"}), 3))
    (example,) = code.called_by_tests(tree, callees, MOST)[0]
    answer = code.answer(code.runs(tree), example)
    assert answer is not None
    assert answer.text == "6"


def test_every_name_is_asked_but_for_copies_and_what_makes_the_objects() -> None:
    source = (
        "class Model {\n  constructor(rate) { this.rate = rate }\n  score(x) { return x * this.rate }\n}\n"
        "function limit(x) { return Math.min(x, 9) }\nmodule.exports = { Model, limit };\n"
    )
    tests = "const { Model } = require('../src/m'); it('', () => { new Model(2).score(3) });"
    tree = {"src/m.js": source, "dist/m.js": source, "test/m.test.js": tests}
    nodes = {("src/m.js", "Model.score"): 1.0, ("dist/m.js", "Model.score"): 1.0}
    code = ScriptCode()
    asked = code.callees(tree, nodes, frozenset({"score", "limit", "Model"}), 5)
    assert [each.node for each in asked] == [("src/m.js", "limit"), ("src/m.js", "score")]


SHOP = "class Shop {\n  constructor(rate) { this.rate = rate }\n  price(x) { return x * this.rate }\n"
SHOP += "  tax(x) { return x + this.rate }\n}\nmodule.exports = Shop;\n"


def test_calls_of_several_methods_are_heard_on_objects_of_one_class() -> None:
    asking = "const s = new Shop(n); s.price(n + 4); s.tax(n)"
    tests = f"const Shop = require('..'); for (const n of [1, 2]) {{ {asking} }}"
    language, tree = ScriptCode(), {"index.js": SHOP, "test/shop.js": tests}
    runs = language.runs(tree)
    methods = [language.callee_in(runs, tree, ("index.js", f"Shop.{name}")) for name in ("price", "tax")]
    heard = language.called_by_tests(tree, [each for each in methods if each], 10)
    assert [[each.made.placed for each in examples] for examples in heard] == [[(1,), (2,)], [(1,), (2,)]]


def _heard(source: str, name: str, tests: str) -> tuple[Example, ...]:
    """Return the calls that tests make of what a file shares."""
    language, tree = ScriptCode(), {"index.js": source, "test/a.js": tests}
    callee = language.callee_in(language.runs(tree), tree, ("index.js", name))
    assert callee is not None
    return language.called_by_tests(tree, [callee], MOST)[0]


def test_tests_run_that_stand_in_a_file_that_reads_too_much() -> None:
    source = "module.exports = function twice(x) { return x * 2 };\n"
    tests = "const twice = require('..'); it('', () => twice(7)); for (;;) {}"
    assert [each.call.placed for each in _heard(source, "twice", tests)] == [(7,)]


def test_what_another_package_made_may_stand_beside_what_is_known() -> None:
    source = "module.exports = function clean(text, filter) { return text + 1 };\n"
    tests = (
        "const clean = require('..'); const { Filter } = require('filters');\n"
        "it('', () => { clean('a', new Filter()); clean(new Filter()) });"
    )
    (heard,) = _heard(source, "clean", tests)
    assert heard.call.placed[0] == "a"
    language = ScriptCode()
    answer = language.answer(language.runs({"index.js": source}), heard)
    assert answer is not None
    assert answer.text == "'a1'"
