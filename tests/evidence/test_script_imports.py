"""Files of JavaScript that others import under names of their own."""

import pytest

from bisect_ml.evidence.program import Program
from bisect_ml.evidence.script_imports import aliases, exported, file_of

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt", "sv")
FILES = {
    "src/format-price.ts": "export default function (x) {\n  return x * 2;\n}\n",
    "src/tax.js": "const rate = function (x) {\n  return x;\n}\nmodule.exports = rate\n",
    "lib/splitters/index.js": (
        "class WordSplitter {\n  constructor() {\n    this.mark = 1;\n  }\n"
        "  split(text) {\n    return text;\n  }\n}\n"
        "export default WordSplitter;\n"
    ),
    "src/score.js": (
        "import priced, { other } from './format-price.js';\n"
        "const duty = require('./tax');\n"
        "import Cutter from '../lib/splitters';\n"
        "import unused from './aside';\n"
        "const stops = require('./stops/en');\n"
        "export function score(x) {\n  return priced(duty(new Cutter().split(x)), stops.words);\n}\n"
    ),
    **{f"src/stops/{each}.js": f"const words = ['{each}'];\nexports.words = words;\n" for each in LANGUAGES},
    "src/aside.js": "export default function (x) {\n  return 3;\n}\n",
}


def test_a_whole_file_is_reached_by_the_name_that_the_importer_gives_it() -> None:
    """Functions without a name, a constant and a class are; what is imported and not used is not."""
    graph = Program(FILES.items())
    found = {node for node in graph.reached(graph.entries("src/score:score")) if "<" not in node[1]}
    assert found == {
        ("src/score.js", "score"),
        ("src/format-price.ts", "default"),
        ("src/tax.js", "rate"),
        ("lib/splitters/index.js", "WordSplitter"),
        ("lib/splitters/index.js", "WordSplitter.constructor"),
        ("lib/splitters/index.js", "WordSplitter.split"),
        ("src/stops/en.js", "words"),
    }


KINDS = {
    "src/read.js": (
        "var KINDS = require('./kinds');\nvar other = require('./other');\n"
        "function read(text) {\n  return KINDS.list.map((kind) => kind.fits(text));\n}\n"
    ),
    "src/kinds.js": "module.exports = require('./few').and([\n  require('./kinds/whole'),\n]);\n",
    "src/few.js": "const Kinds = require('./all');\nmodule.exports = new Kinds([]);\n",
    "src/all.js": (
        "class Kinds {\n  constructor(list) {\n    this.list = list;\n  }\n}\nmodule.exports = Kinds;\n"
    ),
    "src/kinds/whole.js": (
        "const Kind = require('../kind');\nconst unused = require('./none');\n"
        "function fitsWhole(text) {\n  return /^[0-9]+$/.test(text);\n}\n"
        "module.exports = new Kind({ fits: fitsWhole });\n"
    ),
    "src/other.js": "function aside(x) {\n  return x;\n}\nmodule.exports = made(aside);\n",
    "src/kinds/none.js": "function never(x) {\n  return x;\n}\nmodule.exports = made(never);\n",
}


def test_what_a_file_makes_of_others_when_it_is_loaded_is_reached_where_that_is_used() -> None:
    """Files that are required in place have no name there; what is imported and not used is not reached."""
    graph = Program(KINDS.items())
    reached = graph.reached(graph.entries("src/read:read"))
    assert {("src/kinds/whole.js", "fitsWhole"), ("src/all.js", "Kinds.constructor")} <= reached.keys()
    assert not {"src/other.js", "src/kinds/none.js"} & {path for path, _ in reached}


def test_a_table_that_a_file_exports_does_not_lead_to_all_of_it() -> None:
    files = {
        "src/score.js": (
            "const parts = require('./parts');\nfunction score(x) {\n  return parts.twice(x);\n}\n"
        ),
        "src/parts.js": (
            "function twice(x) {\n  return x * 2;\n}\nfunction unasked(x) {\n  return x;\n}\n"
            "module.exports = { twice, unasked };\n"
        ),
    }
    graph = Program(files.items())
    assert ("src/parts.js", "unasked") not in graph.reached(graph.entries("src/score:score"))


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("Rate", {("src/tax.js", "rate")}),
        ("src/tax:RATE()", {("src/tax.js", "rate")}),
        (
            "wordsplitter",
            {("lib/splitters/index.js", f"WordSplitter{each}") for each in ("", ".constructor", ".split")},
        ),
        ("rates", set()),
        ("src/aside:Words", set()),
    ],
)
def test_capitals_do_not_matter_where_one_name_is_spelled_so(entry: str, found: set[tuple[str, str]]) -> None:
    files = {**FILES, "src/more.js": "export const WORDS = () => 1;\n"}
    assert Program(files.items()).entries(entry) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import a from './b';", {"a": "./b"}),
        ("import a, * as c from '../b.js'", {"a": "../b.js"}),
        ('var a = _default(require("./b"));', {"a": "./b"}),
        ("import { a } from './b';", {}),
        ("import a from 'react';", {}),
        ("const { a } = require('./b');", {}),
    ],
)
def test_names_of_whole_files_are_told_from_those_inside(line: str, found: dict[str, str]) -> None:
    assert aliases(line) == found


def test_what_is_exported_as_a_whole_has_a_name_or_none() -> None:
    assert exported("x\nmodule.exports = Score;\n") == "Score"
    assert exported("export default score\n") == "score"
    assert exported("module.exports = { a, b };\n") == ""


def test_a_place_is_a_file_a_folder_or_unknown() -> None:
    known = {"src/a.ts", "src/b/index.js"}
    assert file_of("src/c.js", "./a.js", known) == "src/a.ts"
    assert file_of("src/d/c.js", "../b", known) == "src/b/index.js"
    assert file_of("src/c.js", "./none", known) is None


def test_an_entry_point_may_be_hung_on_an_object_inside_a_function() -> None:
    """A factory whose objects predict is where their predictions start."""
    files = {
        "src/model.js": (
            "const scale = require('./scale');\n"
            "module.exports = function () {\n  const model = this;\n"
            "  model.score = function (x) {\n    return scale(x);\n  };\n};\n"
        ),
        "src/scale.js": "module.exports = function (x) {\n  return x * 2;\n};\n",
        "src/other.js": "exports.chart = function (x) {\n  return x;\n};\n",
    }
    graph = Program(files.items())
    for entry in ("score", "src/model:score"):
        assert set(graph.reached(graph.entries(entry))) == {
            ("src/model.js", "default"),
            ("src/scale.js", "default"),
        }
