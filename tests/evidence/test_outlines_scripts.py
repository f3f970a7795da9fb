"""Definitions of JavaScript whose first line does not say all of them: wrappers and long signatures."""

from bisect_ml.evidence.outlines import outline

WRAPPED = """\
(function (root, factory) {
    if (typeof exports === 'object') {
        module.exports = factory();
    } else {
        root.ratio = factory();
    }
}(this, function () {
    function whole(x) {
        return x || 1;
    }

    return function ratio(a, b) {
        var part = whole(b);
        return a / part;
    };
}));
"""


def test_what_a_wrapper_without_a_name_returns_is_a_function_of_the_file() -> None:
    parts = outline("ratio.js", WRAPPED) or {}
    assert {name for name, part in parts.items() if part.is_function} == {"whole", "ratio"}
    assert "a / part" in parts["ratio"].text


def test_what_a_function_returns_belongs_to_it() -> None:
    text = "function scaled(by) {\n  return function inner(x) {\n    return x * by;\n  };\n}\n"
    parts = outline("scaled.js", text) or {}
    assert parts.keys() == {"scaled"}
    assert "x * by" in parts["scaled"].text


def test_a_function_that_takes_its_parameters_apart_on_lines_of_their_own_is_found_whole() -> None:
    text = (
        "export function score({\n  amount,\n  rate = 2,\n}) {\n  return amount * rate;\n}\n"
        "class Price {\n"
        "  total({\n    round = true,\n  } = {}) {\n    return this.sum(round);\n  }\n"
        "  sum(round, [\n    first,\n  ]: number[]): number {\n    return round ? 1 : first;\n  }\n"
        "}\n"
    )
    parts = outline("price.ts", text) or {}
    assert parts.keys() == {"score", "Price", "Price.total", "Price.sum"}
    assert "return amount * rate" in parts["score"].text
    assert "return this.sum" in parts["Price.total"].text
    assert "return round ? 1" in parts["Price.sum"].text


def test_a_call_that_is_given_an_object_on_several_lines_defines_nothing() -> None:
    text = "function score(x) {\n  send({\n    x,\n  });\n  keep(x, [\n    1,\n  ]);\n  return x;\n}\n"
    assert (outline("score.js", text) or {}).keys() == {"score"}
