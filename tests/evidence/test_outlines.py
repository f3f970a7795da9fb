"""Definitions in languages with brackets: signatures over several lines, and methods of prototypes."""

import pytest

from bisect_ml.evidence.outlines import outline
from bisect_ml.evidence.token_graph import TokenGraph

SIGNATURES = """
class A {
  static say(
    x: string,
    { y = 1 }: Options = {}
  ): string {
    return f(
      x
    );
  }
  run() {
    call(
      2
    );
    switch (
      x
    ) {
    }
  }
}
"""
JAVA_SIGNATURES = """
class A {
  public String say(
      int a,
      int b) {
    return f(
        a);
  }
  Other run(
      int a
  ) {
    Other b = f(
        a);
    return b;
  }
}
"""
C_SIGNATURE = """
class A
{
    public int Say(
        int a,
        int b)
    {
        return F(
            a);
    }
}
"""
PROTOTYPES = """
function A(x) {
  this.x = x;
}
A.prototype.say = function (y) {
  return this.run(y);
};
A.prototype.run = function (y) {
  return y;
};
"""
WRAPPED = """
module.exports = function (x) {
  function A(y) {
    this.y = y;
  }
  A.prototype.say = function (z) {
    return z;
  };
};
"""


HEADS = {
    "a.ts": (
        "(\n    x: string, // (\n  ): Promise<string> {",
        "(\n    x: () => void,\n  ): { a: number } {",
        "( \n    x: string,\n  )\n  {",
        "(\n    { a, b }: Both,\n  ) {}",
    ),
    "A.java": (
        "(\n      int a,\n      String... names)\n      throws IOException {",
        "(\n      int a) throws IOException\n  {",
    ),
    "A.cs": (
        "(\n    bool strict = false)\n  {",
        "(\n    T a\n  )\n    where T : class\n  {",
    ),
}
"""How the parameters of a method may be written; what follows is its body."""


@pytest.mark.parametrize(("path", "head"), [(path, head) for path, heads in HEADS.items() for head in heads])
def test_a_body_follows_a_signature_however_it_is_written(path: str, head: str) -> None:
    name = "run" if path == "a.ts" else "int run"
    found = outline(path, f"class A {{\n  {name}{head}\n    return 1;\n  }}\n}}\n")
    assert found is not None
    assert "A.run" in found


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("a.js", "load(\n    url,\n  ).then((found) => {\n    use(found);\n  });"),
        ("a.js", "expect(\n    f(x),\n  ).toEqual({\n    a: 1,\n  });"),
        ("a.js", "effect(\n    () => {\n      for (const x of xs) {\n        g(x);\n      }\n    },\n  );"),
        (
            "a.js",
            "register(\n    function () {\n      if (k in table) {\n        g(k);\n      }\n    },\n  );",
        ),
        (
            "a.ts",
            "setup(\n    async () => {\n      if (x instanceof Foo) {\n        g(x);\n      }\n    },\n  );",
        ),
        ("a.cc", "if constexpr (\n    A<int>\n  ) {\n    g();\n  }"),
    ],
)
def test_a_call_over_several_lines_is_no_definition(path: str, call: str) -> None:
    head = "int run(int x)" if path == "a.cc" else "function run(x)"
    found = outline(path, f"{head} {{\n  {call}\n}}\n")
    assert found is not None
    assert set(found) == {"run"}


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("a.ts", SIGNATURES, {"A", "A.say", "A.run"}),
        ("A.java", JAVA_SIGNATURES, {"A", "A.say", "A.run"}),
        ("A.cs", C_SIGNATURE, {"A", "A.Say"}),
        ("a.js", PROTOTYPES, {"A", "A.say", "A.run"}),
        ("a.js", WRAPPED, {"default", "default.A", "default.A.say"}),
    ],
)
def test_signatures_over_several_lines_and_prototypes_are_definitions(
    path: str, text: str, names: set[str]
) -> None:
    found = outline(path, text)
    assert found is not None
    assert set(found) - {"<module>"} == names


def test_a_method_of_a_prototype_is_an_entry_point_by_its_class() -> None:
    graph = TokenGraph([("lib/a.js", PROTOTYPES)])
    assert graph.entries("A.say") == {("lib/a.js", "A.say")}
    assert graph.uses(("lib/a.js", "A.say")) == (("lib/a.js", "A"), ("lib/a.js", "A.run"))


@pytest.mark.parametrize("entry", ["PriceModel.score", "priceModel.score()", "price_model.score"])
def test_a_function_may_be_called_by_the_name_of_its_file(entry: str) -> None:
    code = (
        "const model = new Model();\nmodel.score = function (x) {\n  return x;\n};\nmodule.exports = model;\n"
    )
    graph = TokenGraph([("lib/price_model.js", code), ("lib/other_model.js", code)])
    assert graph.entries(entry) == {("lib/price_model.js", "model.score")}


FACTORIES = """
(function () {
  function replaceWord(map) {
    return function (word) {
      return sanitize(word, map);
    };
  }
  function sanitize(word, map) {
    return map[word];
  }
  function unused(word) {
    return word;
  }
  function pluralize(word) {
    return pluralize.plural(word);
  }
  pluralize.plural = replaceWord(
    irregular
  );
  pluralize.isPlural = unused(1);
})();
"""
CHAINED = """
P['squareRoot'] = P['sqrt'] = function () {
  return 1;
};
B.config = B.set = function (x) {
  return x == 1;
};
B.limit = B.most = 5;
B.same = x === y;
P.prototype.iadd = P.prototype.add = function (x) {
  return x;
};
module.exports = exports = function (x) {
  return x;
};
var f = module.exports = function (x) {
  return x;
};
exports.a = exports.b = function () {
  return 2;
};
"""


def test_what_a_factory_makes_leads_to_what_the_factory_calls() -> None:
    graph = TokenGraph([("a.js", FACTORIES)])
    start = ("a.js", "pluralize")
    assert ("a.js", "pluralize.plural") in graph.uses(start)
    assert ("a.js", "pluralize.isPlural") not in graph.uses(start)
    assert ("a.js", "replaceWord") in graph.uses(("a.js", "pluralize.plural"))
    assert ("a.js", "sanitize") in graph.uses(("a.js", "replaceWord"))


def test_a_function_of_several_names_is_found_by_each() -> None:
    parts = outline("a.js", CHAINED) or {}
    names = {"P.squareRoot", "P.sqrt", "B.config", "B.set", "B.limit", "B.most", "B.same", "P.add", "P.iadd"}
    assert names | {"f", "default", "a", "b"} == parts.keys() - {"<module>"}
    assert all(parts[name].is_function for name in ("P.sqrt", "P.add", "f", "default", "b"))
    assert not parts["B.most"].is_function
    graph = TokenGraph([("a.js", CHAINED)])
    assert ("a.js", "P.squareRoot") in graph.uses(("a.js", "P.sqrt"))
    assert ("a.js", "P.sqrt") in graph.entries("sqrt")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("const double = x => x * 2;", {"double"}),
        ("export const empty = value === null;", {"empty"}),
        ("function f(a = b = 3) {}", {"f"}),
        ("const one = state => other = state;", {"one"}),
        ("a.total += b = c;", set()),
    ],
)
def test_arrows_and_comparisons_give_no_other_names(line: str, names: set[str]) -> None:
    assert (outline("a.js", line + "\n") or {}).keys() - {"<module>"} == names


def test_what_a_callback_puts_on_an_object_stays_where_it_runs() -> None:
    text = "const app = f();\napp.use(function (req) {\n  req.user = find(req);\n});\n"
    parts = outline("a.js", text) or {}
    assert parts.keys() == {"app", "<module>"}
    assert "find" in parts["<module>"].text


def test_what_fills_a_table_when_called_is_not_taken_out_of_it() -> None:
    fills = "function validate(x, result) {\n  result.errors.push(x);\n}\n"
    reads = "function report(errors) {\n  for (const one of errors) say(one);\n}\n"
    graph = TokenGraph([("src/a.js", fills), ("other/b.js", reads)])
    assert graph.uses(("other/b.js", "report")) == ()


def test_init_of_go_stands_outside_functions_but_a_method_of_that_name_does_not() -> None:
    init = "func init() {\n\tvar err error\n\tfor i = 0; i < 3; i++ {\n\t\tInsert(i)\n\t}\n}\n"
    parts = (
        outline("a.go", f"package a\n\n{init}\nfunc (t *T) init() {{\n}}\n\nfunc initAll() {{\n}}\n") or {}
    )
    assert "Insert(i)" in parts["<module>"].text
    assert parts.keys() == {"<imports>", "<module>", "T.init", "initAll"}


def test_a_function_given_to_a_name_that_was_declared_before_is_found() -> None:
    text = (
        "var plural, restore;\n"
        "restore = function (token) {\n  return token;\n};\n"
        "plural = module.exports = function (word) {\n  return restore(word);\n};\n"
        "shout = word => word.toUpperCase();\n"
    )
    parts = outline("words.js", text)
    assert parts is not None
    assert {name for name, part in parts.items() if part.is_function} == {
        "restore",
        "plural",
        "shout",
        "default",
    }


@pytest.mark.parametrize("own", ["this.add", "self['add']", 'that["add"]', "_this.add"])
def test_what_a_constructor_gives_its_object_is_a_method(own: str) -> None:
    text = (
        f"function Total(a) {{\n  var self = this;\n  {own} = function (b) {{\n    return a + b;\n  }};\n}}\n"
    )
    parts = outline("total.js", text)
    assert parts is not None
    assert parts["Total.add"].is_function
    assert "return a + b" not in parts["Total"].text
