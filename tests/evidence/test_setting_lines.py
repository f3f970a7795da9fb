"""Settings in YAML, INI and environment files: every value has a key of its own, and none hides another."""

import pytest

from bisect_ml.evidence.setting_lines import read_lines
from bisect_ml.evidence.setting_values import changed_items, changed_keys
from tests.evidence.cases import a_file

YAML = """
threshold: 0.5  # of the score
left_out:
- voucher
- "gift card"
rules:
  - name: low
    weight: 2
  -   name: high
      weight: 3
grid:
  - - 1
    - 2
images:
  - cache:6
prompt: |
  You are: a bot

  - be kind
"BR": 'x'
"""


def test_yaml_is_read_with_its_lists_and_texts() -> None:
    assert dict(read_lines(YAML)) == {
        "threshold": "0.5",
        "left_out[0]": "voucher",
        "left_out[1]": "gift card",
        "rules[0].name": "low",
        "rules[0].weight": "2",
        "rules[1].name": "high",
        "rules[1].weight": "3",
        "grid[0][0]": "1",
        "grid[0][1]": "2",
        "images[0]": "cache:6",
        "prompt": "You are: a bot - be kind",
        "BR": "x",
    }


def test_sections_and_documents_keep_their_keys_apart() -> None:
    ini = "[model]\nrate = 1\n; a remark\n[limits]\nrate=2\n"
    assert dict(read_lines(ini)) == {"model.rate": "1", "limits.rate": "2"}
    assert dict(read_lines("port: 1\n---\nport: 2\n")) == {"port": "1", "port[1]": "2"}
    assert dict(read_lines("export URL=http://a/#b\nEMPTY=\n")) == {"URL": "http://a/#b"}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("conf/a.yaml", "x:\n- b\n- c\n", "x:\n- a\n- b\n- c\n"),
        ("conf/a.json", '{"x": ["b", "c"]}', '{"x": ["a", "b", "c"]}'),
    ],
)
def test_an_item_put_in_front_changes_no_other(path: str, before: str, after: str) -> None:
    change = a_file(path, before, after)
    assert changed_keys(change) == (("x[0]", "", "a"),)
    assert changed_items(change) == {"a"}


def test_items_in_another_order_are_another_setting() -> None:
    change = a_file("conf/a.yaml", "w:\n- 1\n- 2\n", "w:\n- 2\n- 1\n")
    assert changed_keys(change) == (("w[0]", "1", "2"), ("w[1]", "2", "1"))


def test_the_first_of_several_rules_is_seen_to_change() -> None:
    before = "rules:\n  - name: low\n    weight: 2\n  - name: high\n    weight: 3\n"
    change = a_file("conf/a.yaml", before, before.replace("2", "20"))
    assert changed_keys(change) == (("rules[0].weight", "2", "20"),)
