"""What answers would tell, were predictions to start at the likeliest public functions."""

import math
from itertools import pairwise

import pytest

from bisect_ml.evidence.rehearsals import rehearsal
from bisect_ml.evidence.supposed import supposed
from bisect_ml.types import Evidence, FileChange
from bisect_ml.weights import WEIGHTS
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

CODE = """\
def price(amount):
    return amount * 2

def weight(amount):
    return amount * 5

def label(amount):
    return str(amount)
"""
TESTS = """\
from shop import label, price, weight

def test_prices():
    for amount in (1, 2, 3, 4.5):
        assert price(amount) == price(amount)
        assert price(amount + 1) > price(amount)

def test_weights():
    for amount in (1, 2, 3, 4.5):
        assert weight(amount)

def test_labels():
    for amount in (1, 2, 3, 4.5):
        assert label(amount)
"""


def _heard(*edits: tuple[str, str], entry: str | None = None) -> list[Evidence | None]:
    """Return what is said of commits that each make one edit, one after the other, newest first."""
    texts = [CODE]
    for old, new in edits:
        assert old in texts[-1]
        texts.append(texts[-1].replace(old, new))
    made = [
        a_commit(a_file("shop.py", before, after), sha=f"{number}" * 40)
        for number, (before, after) in enumerate(pairwise(texts), 1)
    ]
    chosen = candidates_of(made[::-1])
    case = a_case(
        *made, candidates=chosen, entry=entry, tree={"shop.py": texts[-1], "tests/test_shop.py": TESTS}
    )
    return [supposed(case, each) for each in chosen]


def test_a_commit_that_changes_what_a_likely_entry_point_answers_is_accused() -> None:
    (heard,) = _heard(("amount * 2", "amount * 3"))
    assert heard is not None
    assert heard.llr > 1
    assert "`price`, where predictions may start, gives other results in " in heard.sentence
    assert "`price(1)` gave `2`, gives `3`" in heard.sentence


def test_a_commit_that_changes_no_answer_is_cleared() -> None:
    (heard,) = _heard(("return amount * 2", "doubled = 2 * amount\n    return doubled"))
    assert heard is not None
    assert heard.llr == pytest.approx(WEIGHTS["rehearsed"]["same"])
    assert "where predictions may start, gives the same in " in heard.sentence


def test_the_more_likely_entry_point_accuses_more() -> None:
    of_weights, of_prices = _heard(("amount * 2", "amount * 3"), ("amount * 5", "amount * 6"))
    assert of_weights is not None
    assert of_prices is not None
    # Tests call `price` more often.
    assert of_weights.llr < of_prices.llr


def test_it_is_the_mean_of_what_each_entry_point_would_tell() -> None:
    commit = a_commit(a_file("shop.py", CODE, CODE.replace("str(amount)", "repr([amount])")))
    other = a_commit(a_file("shop.py", CODE, CODE.replace("amount * 2", "2 * amount")), sha="c" * 40)
    chosen = candidates_of([commit, other])
    tree = {"shop.py": CODE.replace("str(amount)", "repr([amount])"), "tests/test_shop.py": TESTS}
    case = a_case(commit, other, candidates=chosen, tree=tree)
    heard, found = supposed(case, chosen[0]), rehearsal(case, chosen[0])
    assert heard is not None
    assert found is not None
    weights = {callee.node[1]: weight for callee, weight in found.weights.items()}
    # `weight` is asked nothing: it uses nothing that changed.
    assert weights.keys() == {"price", "label"}
    rises = WEIGHTS["rehearsed"]["many"] + WEIGHTS["foretold"]["agrees"]
    whole = weights["label"] * math.exp(rises) + weights["price"] * math.exp(WEIGHTS["rehearsed"]["same"])
    assert heard.llr == pytest.approx(math.log(whole / sum(weights.values())))


@pytest.mark.parametrize(
    ("others", "serves"),
    [
        # Settings may be read by whatever else there is.
        ((a_file("config.yaml", "rate: 1\n", "rate: 2\n"),), ""),
        # What stands out is asked alone, and is no user of what changed.
        ((), "def predict(row):\n    return row\n"),
    ],
)
def test_what_changed_accuses_less_where_predictions_may_start_beside_it(
    others: tuple[FileChange, ...], serves: str
) -> None:
    before = CODE + "\ndef other(amount):\n    return amount\n"
    tests = TESTS + "\ndef test_others():\n" + ("    predict(1)\n" if serves else "    other(1)\n") * 20
    after = before.replace("amount * 2", "amount * 3")
    heard = []
    for files, served in (((), ""), (others, serves)):
        commit = a_commit(a_file("shop.py", before, after))
        tree = {"shop.py": after, "tests/test_shop.py": tests, "serve.py": served}
        other = a_commit(*(files or (a_file("README.md", "a", "b"),)), sha="c" * 40)
        chosen = candidates_of([commit, other])
        found = supposed(a_case(commit, other, candidates=chosen, tree=tree), chosen[0])
        assert found is not None
        heard.append(found.llr)
    assert heard[1] < heard[0] - 1


def test_what_gives_nothing_is_no_entry_point_however_often_it_is_called() -> None:
    before = CODE + "\ndef set_rate(amount):\n    global RATE\n    RATE = amount * price(1)\n"
    after = before.replace("amount * 2", "2 * amount")
    tests = TESTS + "\nfrom shop import set_rate\n\ndef test_rate():\n" + "    set_rate(1)\n" * 50
    commit = a_commit(a_file("shop.py", before, after))
    case = a_case(commit, tree={"shop.py": after, "tests/test_shop.py": tests})
    heard = supposed(case, candidates_of([commit])[0])
    assert heard is not None
    assert "`price`, where predictions may start, gives the same in " in heard.sentence


def test_it_says_nothing_where_the_entry_point_is_named() -> None:
    assert _heard(("amount * 2", "amount * 3"), entry="shop:price") == [None]


def test_an_entry_point_that_the_code_has_not_is_as_good_as_none() -> None:
    (heard,) = _heard(("amount * 2", "amount * 3"), entry="shop:gone")
    assert heard is not None
    assert heard.llr > 0


def test_rare_answers_are_looked_for_among_all_calls_of_tests() -> None:
    base = "def _base(amount):\n    return 'free' if amount == 77 else amount * 2\n"
    starts = "".join(f"\ndef price_{n}(amount):\n    return _base(amount + {n})\n" for n in range(12))
    before, after = base + starts, base.replace("'free'", "'gratis'") + starts
    calls = "".join(
        f"\ndef test_{n}():\n" + "".join(f"    shop.price_{n}({amount})\n" for amount in range(20, 30))
        for n in range(12)
    )
    tests = f"import shop\n{calls}    shop.price_11(66)\n    shop.price_11(31)\n"
    commit = a_commit(a_file("shop.py", before, after))
    case = a_case(commit, tree={"shop.py": after, "tests/test_shop.py": tests})
    heard = supposed(case, candidates_of([commit])[0])
    assert heard is not None
    assert "`price_11(66)` gave `'free'`, gives `'gratis'`" in heard.sentence
