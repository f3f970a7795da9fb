"""Code that is taken out of tables, or imported by a name made at run time."""

import pytest

from bisect_ml.evidence.edit import edit
from bisect_ml.evidence.outlines import outline
from bisect_ml.evidence.reach import reach
from bisect_ml.evidence.registrations import (
    hands_out,
    names_begun,
    registrars_called,
    stores,
    tables_filled,
    tables_read,
)
from bisect_ml.types import FileChange
from tests.evidence.cases import a_case, a_commit, a_file, candidates_of

SCRIPT = {
    "src/Color.js": """
const input = require('./io/input');
class Color {
    constructor(...args) {
        let mode = args[0];
        for (const one of input.autodetect) {
            mode = one.test(args);
        }
        this.rgb = input.format[mode](args);
    }
}
module.exports = Color;
""",
    "src/io/input.js": "module.exports = {\n  format: {},\n  autodetect: []\n}\n",
}
FILLS = "const input = require('../input');\ninput.format.css = {value};\n"
PUSHES = "const input = require('../input');\ninput.autodetect.push({{\n  test: (h) => {value}\n}})\n"
KEEPS = "const sheet = {{}};\nsheet.format.css = {value};\nmodule.exports = sheet;\n"
LIBRARY = {
    "src/numbers.js": """
var locales = {};

function register(name, locale) {
    locales[name] = locale;
}

function format(number) {
    return locales[current][kind](number);
}
""",
}
LOCALE = (
    "numbers.register('de', {{\n    ordinal: function (number) {{\n        return {value};\n    }}\n}});\n"
)


def _level(path: str, template: str, tree: dict[str, str], entry: str) -> str:
    before, after = template.format(value=1), template.format(value=2)
    commit = a_commit(a_file(path, before, after))
    case = a_case(commit, tree=tree | {path: after}, entry=entry)
    said = reach(case, candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


@pytest.mark.parametrize("template", [FILLS, PUSHES])
def test_what_fills_a_table_is_reached_from_what_reads_it(template: str) -> None:
    assert _level("src/io/css/index.js", template, SCRIPT, "Color") in {"near", "far"}


def test_a_table_that_nothing_reads_leads_nowhere() -> None:
    tree = SCRIPT | {"src/Color.js": SCRIPT["src/Color.js"].replace("input.format[mode]", "input.one")}
    tree["src/Color.js"] = tree["src/Color.js"].replace("of input.autodetect", "of []")
    assert _level("src/sheets/index.js", KEEPS, tree, "Color") == "none"


def test_what_is_registered_by_a_call_is_reached_from_what_takes_it_up() -> None:
    assert _level("locales/de.js", LOCALE, LIBRARY, "format") in {"near", "far"}


@pytest.mark.parametrize(
    ("text", "filled", "read"),
    [
        ("input.format.css = parse;", {"format"}, set()),
        ("a.list.push(one)", {"list"}, set()),
        ("a.table[name] = one", {"table"}, set()),
        ("Color.prototype.css = f", set(), set()),
        ("if (a.format.css == 1) {}", set(), set()),
        ("x = table[kind](y) + row[i]", set(), {"table"}),
        ("x = table[0] + table['a']", set(), set()),
        ("for (const f of all.formats) f()", set(), {"formats"}),
        ("checks.some((c) => c())", set(), {"checks"}),
    ],
)
def test_tables_are_known_by_how_they_are_filled_and_read(
    text: str, filled: set[str], read: set[str]
) -> None:
    assert tables_filled(text) == filled
    assert tables_read(text) == read


def test_what_hands_out_functions_by_name_leads_to_those_that_it_is_given() -> None:
    tree = {
        "src/shop.js": "shop.part = function (name, made) {\n    if (made) parts[name] = made;\n"
        "    return parts[name];\n};\n"
        "shop.price = function (amount) {\n    return shop.part('tax')(amount);\n};\n"
    }
    part = (
        "shop.part('tax', function (amount) {{\n"
        "    function rate() {{\n        return {value};\n    }}\n}});\n"
    )
    assert _level("src/tax.js", part, tree, "price") in {"near", "far"}
    assert _level("src/tax.js", part.replace("shop.part", "log.note"), tree, "price") == "none"
    handed = part.replace("function (amount)", "(amount) =>")
    assert registrars_called(handed.format(value=1)) == {"part"}


def test_a_registrar_keeps_what_it_is_given() -> None:
    assert stores("locales[name] = locale")
    assert not stores("return locales[name] == locale")
    assert hands_out("  return locales[name];\n}")
    assert not hands_out("return locales['de'];")


PYTHON = {
    "app/__init__.py": "",
    "app/main.py": """
from importlib import import_module

def words(lang):
    return import_module({how}).words
""",
    "app/locales/__init__.py": "",
    "app/locales/de/__init__.py": "",
    "app/locales/de/locale.py": "words = ['eins']\n",
    "app/other/de.py": "words = ['uno']\n",
}


@pytest.mark.parametrize(
    ("how", "path", "level"),
    [
        ('f"app.locales.{lang}.locale"', "app/locales/de/locale.py", "near"),
        ('"app.locales." + lang + ".locale"', "app/locales/de/locale.py", "near"),
        ('"app.locales.%s.locale" % lang', "app/locales/de/locale.py", "near"),
        ('".locales." + lang, __package__', "app/locales/de/locale.py", "near"),
        ('".locales." + lang, __package__', "app/other/de.py", "none"),
        ('"." + lang, package=__package__', "app/locales/de/locale.py", "near"),
        ('"app.locales.{}.locale".format(lang)', "app/locales/de/locale.py", "near"),
        ('"app.locales." + lang', "app/other/de.py", "none"),
        ("lang", "app/locales/de/locale.py", "dynamic"),
        ('f"app.locales.{lang}.locale"', "app/other/de.py", "none"),
        ('"app.fixed"', "app/locales/de/locale.py", "none"),
    ],
)
def test_modules_that_are_imported_by_name_are_reached(how: str, path: str, level: str) -> None:
    tree = {each: text.replace("{how}", how) for each, text in PYTHON.items()}
    commit = a_commit(a_file(path, PYTHON[path], PYTHON[path].replace("[", "['null', ")))
    said = reach(a_case(commit, tree=tree, entry="app.main:words"), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == level


def _said_of_new(path: str, how: str) -> str:
    tree = {each: text.replace("{how}", how) for each, text in PYTHON.items()}
    commit = a_commit(a_file(path, None, PYTHON[path]))
    said = edit(a_case(commit, tree=tree, entry="app.main:words"), candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


def test_a_new_file_that_is_taken_up_by_its_place_is_not_only_added() -> None:
    by_name = 'f"app.locales.{lang}.locale"'
    assert _said_of_new("app/locales/de/locale.py", by_name) == ""
    commit = a_commit(
        a_file(
            "app/main.py",
            "def words():\n    return 1\n",
            "def words():\n    return 1\n\ndef more():\n    return 2\n",
        )
    )
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "added"


@pytest.mark.parametrize("beside", [("package.json", '{"version": "1.0"}'), ("app/rates.csv", "1")])
def test_what_lies_beside_the_code_does_not_hide_its_edit(beside: tuple[str, str]) -> None:
    path, text = beside
    other: FileChange = a_file(path, text, text.replace("1", "2"))
    commit = a_commit(
        a_file("app/a.py", "def f(x):\n    return x + 1\n", "def f(x):\n    return x - 1\n"), other
    )
    said = edit(a_case(commit), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "operator"


def test_tabs_and_spaces_keep_definitions_apart() -> None:
    lines = [
        "var all = {",
        "    first: function (x) {",
        "        return x;",
        "    },",
        "\tsecond : function (x) {",
        "\t\treturn 2;",
        "    },",
        "    third: function (x) {",
        "        return 3;",
        "    }",
        "};",
    ]
    parts = outline("lib/all.js", "\n".join(lines))
    assert parts is not None
    assert {"all.first", "all.second", "all.third"} <= parts.keys()
    assert "return 2" in parts["all.second"].text
    assert "return 3" in parts["all.third"].text


def test_the_builtin_import_is_followed_and_dots_stay_in_the_package() -> None:
    how = '__import__("app.locales." + lang)'
    tree = {each: text.replace("import_module({how})", how) for each, text in PYTHON.items()}
    tree |= {"lib/de.py": "words = ['uno']\n", "app/main2.py": tree["app/main.py"].replace(how, DOTTED)}
    for entry, path, level in (
        ("app.main:words", "app/locales/de/locale.py", "near"),
        ("app.main:words", "app/other/de.py", "none"),
        ("app.main2:words", "app/other/de.py", "near"),
        ("app.main2:words", "lib/de.py", "none"),
    ):
        commit = a_commit(a_file(path, tree[path], tree[path].replace("[", "['null', ")))
        said = reach(a_case(commit, tree=tree, entry=entry), candidates_of([commit])[0])
        assert said is not None
        assert said.facts["level"] == level


DOTTED = 'import_module("." + lang, package=__package__)'


@pytest.mark.parametrize(
    ("path", "template", "tree", "entry"),
    [
        ("locales/de.js", LOCALE, LIBRARY, "format"),
        ("src/io/css/index.js", PUSHES, SCRIPT, "Color"),
    ],
)
def test_a_new_file_that_fills_a_table_is_not_only_added(
    path: str, template: str, tree: dict[str, str], entry: str
) -> None:
    commit = a_commit(a_file(path, None, template.format(value=1)))
    candidate = candidates_of([commit])[0]
    assert edit(a_case(commit, tree=tree, entry=entry), candidate) is None
    said = edit(a_case(commit), candidate)
    assert said is not None
    assert said.facts["level"] == "added"


@pytest.mark.parametrize("how", ["lib.registerLocale('de', {{", "lib.use('de', {{"])
def test_a_call_that_nothing_keeps_registers_nothing(how: str) -> None:
    template = LOCALE.replace("numbers.register('de', {{", how)
    assert _level("locales/de.js", template, LIBRARY, "format") in {"none", "dynamic"}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("numbers.register('de', {})", {"register"}),
        ("numbers.registerLocale('de', {})", {"registerLocale"}),
        ("register :de, ->(n) { n }", {"register"}),
        ("numbers.format('de', {})", set()),
    ],
)
def test_registrars_are_known_by_their_names(text: str, called: set[str]) -> None:
    assert registrars_called(text) == called


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ('send("convert_#{kind}")', {"convert_"}),
        ("this['to_' + kind](x)", {"to_"}),
        ("this[`to_${kind}`](x)", {"to_"}),
        ("$name = 'convert' . $kind;", {"convert"}),
        ("x = 'plain'", set()),
        ("x = 'a' + kind", set()),
    ],
)
def test_names_that_are_put_together_are_known_by_how_they_begin(text: str, begun: set[str]) -> None:
    assert names_begun(text) == begun


CLASS = {
    "src/score.js": """
class Scorer {
  predict(kind, x) {
    return this['to_' + kind](x);
  }
  to_km(x) {
    return x * 2;
  }
  far(x) {
    return x * 3;
  }
}
""",
    "lib/scorer.rb": """
class Scorer
  def predict(kind, x)
    send("to_#{kind}", x)
  end

  def to_km(x)
    x * 2
  end

  def far(x)
    x * 3
  end
end
""",
}


@pytest.mark.parametrize("path", list(CLASS))
def test_a_method_whose_name_is_put_together_is_reached(path: str) -> None:
    for old, levels in (("x * 2", {"near"}), ("x * 3", {"none", "dynamic"})):
        commit = a_commit(a_file(path, CLASS[path], CLASS[path].replace(old, "x * 4")))
        said = reach(a_case(commit, tree={path: CLASS[path]}, entry="predict"), candidates_of([commit])[0])
        assert said is not None
        assert said.facts["level"] in levels


@pytest.mark.parametrize("maker", ["cls(x)", "type(self)(x)", "self.__class__(x)"])
def test_what_makes_its_own_kind_runs_the_constructor(maker: str) -> None:
    init = "    def __init__(self, x):\n        self.x = x\n\n"
    text = f"class Url:\n{init}    def child(self, x):\n        return {maker}\n"
    tree = {"app/url.py": text + "\ndef make(url):\n    return url.child(1)\n"}
    commit = a_commit(a_file("app/url.py", text.replace("= x", "= -x"), text))
    said = reach(a_case(commit, tree=tree, entry="app.url:make"), candidates_of([commit])[0])
    assert said is not None
    assert said.facts["level"] == "near"


def _reached(path: str, before: str, after: str, entry: str) -> str:
    commit = a_commit(a_file(path, before, after))
    said = reach(a_case(commit, tree={path: after}, entry=entry), candidates_of([commit])[0])
    return str(said.facts["level"]) if said else ""


RUBY = "class Slug\n  def normalize!\n    clean?(1)\n  end\n\n  def clean?(x)\n    x {} 1\n  end\nend\n"
PHP = """<?php
class Page {
    protected $steps = array('first' => 10);

    public function render($text) {
        foreach ($this->steps as $step => $rank) $text = $this->$step($text);
        return $text;
    }

    protected function first($text) {
        return 'VALUE' . $text;
    }
}
"""


def test_names_of_ruby_may_end_in_a_mark() -> None:
    assert _reached("lib/slug.rb", RUBY.format(">"), RUBY.format("<"), "normalize") == "near"


def test_methods_that_a_property_of_php_lists_are_reached() -> None:
    assert _reached("src/Page.php", PHP, PHP.replace("VALUE", "OTHER"), "Page:render") == "near"
