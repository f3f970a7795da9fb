"""Entry points in JavaScript of which one makes the objects that another is asked of."""

from bisect_ml.evidence.rehearsals import rehearsal
from bisect_ml.evidence.rehearsed import rehearsed
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import level_of

PRICE = """\
export default class Price {
  constructor(parts) {
    this.amount = parts.amount;
  }
  static parse(text) {
    return new Price({ amount: Number(text) });
  }
  total() {
    return this.amount * 2;
  }
}
"""
ORDER = """\
export default class Order {
  static parse(text) {
    return new Order();
  }
  total() {
    return 7;
  }
}
"""
TESTS = """\
import Price from '../src/price';
import Order from '../src/order';
for (const text of ['1', '2', '3', '44']) {
  test(text, () => {
    Order.parse(text);
    expect(Price.parse(text).amount).toBe(1);
  });
}
"""
TREE = {"src/order.js": ORDER, "src/price.js": PRICE, "test/price.test.js": TESTS}


def test_a_namesake_in_the_file_of_another_entry_point_is_not_asked() -> None:
    commit = a_commit(a_file("src/price.js", PRICE, PRICE.replace("Number(text)", "-Number(text)")))
    tree = {**TREE, "src/price.js": str(commit.files[0].after)}
    case = a_case(commit, entry="Price.parse,Order.total", tree=tree)
    found = rehearsal(case, candidates_of([commit])[0])
    assert found is not None
    assert ("src/order.js", "parse") not in {each.callee.node for each in found.asked}


def test_a_method_that_no_test_calls_is_asked_of_what_the_other_entry_point_makes() -> None:
    commit = a_commit(a_file("src/price.js", PRICE, PRICE.replace("* 2", "* 3")))
    tree = {**TREE, "src/price.js": str(commit.files[0].after)}
    case = a_case(commit, entry="Price.parse,total", tree=tree)
    assert level_of(rehearsed(case, candidates_of([commit])[0])) == "many"
