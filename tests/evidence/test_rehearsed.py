"""What an entry point answers before and after a commit, without Python running any of it."""

import pytest

from bisect_ml.evidence.rehearsed import rehearsed
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of
from tests.evidence.service import ENTRY, FEATURES, SERVICE, TESTS, TREE, level_of, said_of


def test_other_answers_to_most_examples_accuse() -> None:
    heard = said_of("app/features.py", "amount * 2", "amount * 3")
    assert heard is not None
    assert level_of(heard) == "many"
    assert heard.llr > 0
    assert "`score(1)` gave `2`, gives `3`" in heard.sentence


def test_results_of_a_commit_that_was_taken_out_are_shown_as_they_were_and_are() -> None:
    commit = a_commit(a_file("app/features.py", FEATURES, FEATURES.replace("* 2", "* 3")))
    chosen = candidates_of([commit], direction="removed")
    heard = rehearsed(a_case(commit, candidates=chosen, entry=ENTRY, tree=TREE), chosen[0])
    assert heard is not None
    assert "`score(1)` gave `3`, gives `2`" in heard.sentence


def test_other_answers_to_few_examples_accuse_too() -> None:
    assert level_of(said_of("app/service.py", "raise ValueError(country)", "return 0")) == "some"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("app/features.py", "amount * 2", "2 * amount"),
        ("app/features.py", "return amount * 2", "twice = amount + amount\n    return twice"),
        (
            "app/service.py",
            "min(scaled(amount), LIMIT)",
            "LIMIT if scaled(amount) > LIMIT else scaled(amount)",
        ),
    ],
)
def test_the_same_answers_clear(path: str, old: str, new: str) -> None:
    heard = said_of(path, old, new)
    assert heard is not None
    assert level_of(heard) in {"same", "same_few"}
    assert heard.llr < 0
    assert "gives the same in" in heard.sentence


def test_what_a_foreign_package_answers_is_unknown_but_the_same() -> None:
    tree = {**TREE, "app/features.py": FEATURES.replace("amount * 2", "scipy.log1p(amount) * 2")}
    same = said_of("app/features.py", "* 2", "* (1 + 1)", tree=tree)
    other = said_of("app/features.py", "scipy.log1p(amount) * 2", "scipy.log1p(amount) * 3", tree=tree)
    assert level_of(same) in {"same", "same_few"}
    assert level_of(other) == "many"


def test_what_numpy_computes_is_known() -> None:
    tree = {**TREE, "app/features.py": FEATURES.replace("amount * 2", "float(numpy.log1p(amount))")}
    same = said_of("app/features.py", "float(numpy.log1p(amount))", "numpy.log1p([amount]).sum()", tree=tree)
    other = said_of("app/features.py", "numpy.log1p", "numpy.sqrt", tree=tree)
    assert level_of(same) in {"same", "same_few"}
    assert other is not None
    assert "`score(1)` gave `0.69314718056`, gives `1`" in other.sentence


def test_nothing_is_said_without_python_code_or_examples() -> None:
    commit = a_commit(a_file("app/config.yaml", "a: 1\n", "a: 2\n"))
    assert rehearsed(a_case(commit, entry=ENTRY, tree=TREE), candidates_of([commit])[0]) is None
    three = SERVICE.replace(
        "def score(amount, *, country='de')", "def score(amount, rate, limit, country='de')"
    )
    tree = {**TREE, "app/service.py": three, "tests/test_score.py": ""}
    assert said_of("app/service.py", "LIMIT = 100", "LIMIT = 10", tree=tree) is None


def test_nothing_is_said_of_what_no_call_leads_to() -> None:
    assert said_of("app/service.py", "-amount", "+amount") is None


def test_code_that_never_ends_says_nothing() -> None:
    heard = said_of("app/features.py", "return amount * 2", "while True:\n        pass")
    assert heard is None


def test_it_says_nothing_where_nobody_named_the_entry_point() -> None:
    assert said_of("app/features.py", "amount * 2", "amount * 3", entry=None) is None


def test_a_commit_that_adds_what_the_entry_calls_is_asked_without_it() -> None:
    before = SERVICE.replace("from app.features import scaled", "def scaled(amount):\n    return amount * 5")
    commit = a_commit(a_file("app/service.py", before, SERVICE), a_file("app/features.py", None, FEATURES))
    heard = rehearsed(a_case(commit, entry=ENTRY, tree=TREE), candidates_of([commit])[0])
    assert level_of(heard) == "many"


@pytest.mark.parametrize(("turns", "level"), [(100, "many"), (9000, None)])
def test_where_not_all_commits_can_be_asked_none_is(turns: int, level: str | None) -> None:
    slow = FEATURES.replace("return amount * 2", f"return sum(amount * 2 for _ in range({turns})) / {turns}")
    versions = [slow.replace("* 2", f"* {number + 2}") for number in range(13)]
    tree = {**TREE, "app/features.py": versions[-1]}
    commits = [
        a_commit(a_file("app/features.py", *versions[number : number + 2]), sha=f"{number:040x}")
        for number in reversed(range(12))
    ]
    case = a_case(*commits, entry=ENTRY, tree=tree)
    assert {level_of(rehearsed(case, each)) for each in candidates_of(commits)} == {level}


def test_results_that_differ_in_unknown_parts_only_are_not_shown_as_if_they_were_known() -> None:
    tree = {**TREE, "app/features.py": "import scipy\ndef scaled(amount): return scipy.log1p(amount)\n"}
    tree["app/service.py"] = SERVICE.replace("min(scaled(amount), LIMIT)", "{'loss': scaled(amount) / 3}")
    heard = said_of("app/features.py", "log1p(amount)", "log1p(-amount)", tree=tree)
    assert heard is not None
    assert "`score(1)` asks other packages for something else" in heard.sentence
    assert "scipy" not in heard.sentence


@pytest.mark.parametrize("other", ["scipy.log(amount)", "scipy.Logs(amount).first()", "amount"])
def test_other_functions_of_other_packages_may_give_the_same(other: str) -> None:
    tree = {**TREE, "app/features.py": "import scipy\ndef scaled(amount): return scipy.log1p(amount)\n"}
    heard = said_of("app/features.py", "scipy.log1p(amount)", other, tree=tree)
    assert heard is not None
    assert level_of(heard) == "asks"
    assert "it asks other functions of other packages in" in heard.sentence


def test_what_only_tells_what_goes_on_does_not_matter() -> None:
    log = "import logging\nLOG = logging.getLogger()\n"
    tree = {
        **TREE,
        "app/features.py": f"{log}def scaled(amount):\n    LOG.info(amount)\n    return amount * 2\n",
    }
    heard = said_of("app/features.py", "LOG.info(amount)\n    return amount", "return 2 + amount", tree=tree)
    assert level_of(heard) == "many"


def test_tests_that_went_with_a_commit_still_ask_for_it() -> None:
    before = "def score(order):\n    return order.get('amount', 0)\n"
    strict = before.replace("return", "if not order.get('device', 1):\n        raise ValueError\n    return")
    plain = "from app.service import score\ndef test_score():\n    for x in 1, 2, 3: score({'amount': x})\n"
    asked = plain + "    score({'amount': 1, 'device': None})\n"
    commit = a_commit(a_file("app/service.py", before, strict), a_file("tests/test_it.py", plain, asked))
    chosen = candidates_of([commit], direction="removed")
    tree = {"app/__init__.py": "", "app/service.py": before, "tests/test_it.py": plain}
    heard = rehearsed(a_case(commit, candidates=chosen, entry=ENTRY, tree=tree), chosen[0])
    assert heard is not None
    assert "gave `raises ValueError`, gives `1`" in heard.sentence


def test_what_tests_read_is_known_where_the_deploy_took_it_away() -> None:
    tests = (
        "import json, os\nfrom app.service import score\n"
        "HERE = os.path.dirname(__file__)\n"
        "def test_score():\n"
        "    for each in json.load(open(os.path.join(HERE, 'data', 'amounts.json'))): score(each)\n"
    )
    tree = {**TREE, "tests/test_score.py": tests}
    away = a_commit(a_file("tests/data/amounts.json", "[11, 12, 13, 14]", None), sha="a" * 40)
    tripled = a_commit(a_file("app/features.py", FEATURES, FEATURES.replace("* 2", "* 3")), sha="b" * 40)
    tree["app/features.py"] = FEATURES.replace("* 2", "* 3")
    case = a_case(away, tripled, entry=ENTRY, tree=tree)
    heard = next(rehearsed(case, each) for each in case.candidates if each.commit is tripled)
    assert heard is not None
    assert "`score(11)` gave `22`, gives `33`" in heard.sentence


def test_an_entry_point_that_moved_to_another_file_is_asked_where_it_was() -> None:
    later = {**TREE, "app/scores.py": SERVICE, "app/service.py": "from app.scores import score\n"}
    tripled = a_commit(a_file("app/features.py", FEATURES, FEATURES.replace("* 2", "* 3")), sha="a" * 40)
    moved = a_commit(
        a_file("app/service.py", SERVICE, later["app/service.py"]),
        a_file("app/scores.py", None, SERVICE),
        sha="b" * 40,
    )
    later["app/features.py"] = FEATURES.replace("* 2", "* 3")
    case = a_case(moved, tripled, entry="score", tree=later)
    levels = {each.commit.sha[0]: level_of(rehearsed(case, each)) for each in case.candidates if each.commit}
    assert levels == {"a": "many", "b": "same"}


LISTED = """\
class Model:
    def __init__(self):
        with open('app/words.txt') as file:
            self.words = {line.strip(): 1 for line in file}
    def score(self, text):
        return sum(self.words.get(each, 0) for each in text.split())
"""


def test_what_takes_long_to_make_is_made_once() -> None:
    # Each time anew, it would take more steps than all examples together may.
    words = "".join(f"word{number}\n" for number in range(9_000))
    tree = {"app/model.py": LISTED, "README.md": ""}
    after = LISTED.replace("sum(", "2 * sum(")
    heard = [
        rehearsed(case, case.candidates[0])
        for case in (
            a_case(
                a_commit(a_file("app/model.py", LISTED, text)),
                entry="app.model:Model.score",
                tree={**tree, "app/model.py": text, "tests/test_it.py": "x = 'word1 word2', 'word3', ''\n"},
                resources={"app/words.txt": words},
            )
            for text in (after, LISTED.replace("return sum", "return 0 + sum"))
        )
    ]
    assert [level_of(each) for each in heard] == ["many", "same_few"]


def test_long_results_are_shown_where_they_part() -> None:
    tree = {**TREE, "app/service.py": SERVICE.replace("return min(", "return 'a' * 100 + '%s' % min(")}
    heard = said_of("app/features.py", "amount * 2", "amount * 3", tree=tree)
    assert heard is not None
    assert "gave `…aaaaaaaaaaaaaaa2'`, gives `…aaaaaaaaaaaaaaa3'`" in heard.sentence


def test_a_version_without_the_entry_point_gives_no_answers() -> None:
    without = SERVICE.replace("def score(", "def rated(")
    commit = a_commit(a_file("app/service.py", without, SERVICE))
    assert rehearsed(a_case(commit, entry=ENTRY, tree=TREE), candidates_of([commit])[0]) is None
    added = a_commit(a_file("app/service.py", None, SERVICE))
    assert rehearsed(a_case(added, entry=ENTRY, tree=TREE), candidates_of([added])[0]) is None


def test_an_entry_point_that_always_gives_the_same_is_not_asked() -> None:
    tree = {**TREE, "app/service.py": SERVICE.replace("return min(scaled(amount), LIMIT)", "scaled(amount)")}
    tree["tests/test_score.py"] = TESTS.replace("country='xx'", "country='fr'")
    assert said_of("app/service.py", "LIMIT = 100", "LIMIT = 10", tree=tree) is None


def test_the_answers_before_the_suspects_show_what_was_answered_at_all() -> None:
    broken = said_of("app/features.py", "return amount * 2", "return undefined")
    alike = said_of("app/features.py", "return amount * 2", "return 7")
    assert level_of(broken) == level_of(alike) == "many"


def test_a_function_of_a_module_is_not_a_method_of_the_same_name() -> None:
    methods = "class Model:\n    def score(self, amount):\n        return amount + 1\n"
    tree = {**TREE, "app/service.py": f"{SERVICE}\n{methods}"}
    tree["tests/test_score.py"] += "\ndef test_model():\n    Model().score(3)\n"
    said = said_of("app/service.py", "return amount + 1", "return amount + 2", tree=tree)
    assert level_of(said) == "unrun"


def test_what_no_example_runs_is_not_said_to_give_the_same() -> None:
    rare = FEATURES + "\ndef rarely(amount):\n    return amount\n"
    service = SERVICE.replace("import scaled", "import rarely, scaled").replace(
        "return min(", "if amount == 12345:\n        return rarely(amount)\n    return min("
    )
    tree = {**TREE, "app/features.py": rare, "app/service.py": service}
    said = said_of("app/features.py", "return amount\n", "return -amount\n", tree=tree)
    assert said is not None
    assert said.facts["level"] == "unrun"
    assert said.sentence == "read step by step, none of 20 examples runs what it changes"
    assert level_of(said_of("app/features.py", "amount * 2", "2 * amount", tree=tree)) == "same"


def test_a_function_that_is_written_several_times_is_run_where_one_of_them_is() -> None:
    overloads = "from typing import overload\n\n@overload\ndef scaled(amount: int) -> int: ...\n\n"
    tree = {**TREE, "app/features.py": FEATURES.replace("def scaled", f"{overloads}def scaled")}
    assert level_of(said_of("app/features.py", "amount * 2", "2 * amount", tree=tree)) == "same"


def test_what_only_later_versions_take_is_not_asked() -> None:
    tests = TESTS + "\ndef test_fast():\n    for amount in range(30, 60):\n        score(amount, fast=True)\n"
    tree = {**TREE, "tests/test_score.py": tests}
    tree["app/service.py"] = SERVICE.replace("country='de')", "country='de', fast=False)")
    said = said_of("app/service.py", "country='de', fast=False)", "country='de', fast=0)", tree=tree)
    assert level_of(said) in {"same", "same_few"}
    commit = a_commit(a_file("app/service.py", SERVICE, tree["app/service.py"]))
    added = rehearsed(a_case(commit, entry=ENTRY, tree=tree), candidates_of([commit])[0])
    assert level_of(added) in {"same", "same_few"}


@pytest.mark.parametrize(("nothing", "level"), [("False", "same"), ("0", "many"), ("'None, False'", "many")])
def test_one_kind_of_nothing_for_another_inside_a_value_is_no_other_answer(nothing: str, level: str) -> None:
    features = FEATURES.replace("return amount * 2", "return {'of': amount, 'note': None}")
    service = SERVICE.replace("min(scaled(amount), LIMIT)", "scaled(amount)")
    tree = {**TREE, "app/features.py": features, "app/service.py": service}
    assert level_of(said_of("app/features.py", "None}", f"{nothing}}}", tree=tree)) == level
