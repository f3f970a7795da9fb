"""Scripts that a build joins see one another's names, and are asked as the one file that they make."""

from time import perf_counter

import pytest

from bisect_ml.javascript.joining import joined_in
from tests.javascript.test_modules import answer_of

FILES = {
    "src/intro.js": "(function (root) {\n",
    "src/core.js": "var shop = {}, rates = {};\nfunction twice(x) { return half(x) * 4; }\n",
    "src/parts/half.js": "function half(x) {\n  return x / 2;\n}\nshop.twice = twice;\n",
    "src/parts/tax.js": "shop.rate = (name, f) => { if (f) rates[name] = f; else return rates[name]; };\n",
    "src/last.js": "shop.rate('high', function (x) { return x * 3; });\nmodule.exports = shop;\n",
    "package.json": '{"name": "@acme/shop", "main": "dist/shop.js"}',
}
GRUNT = """
module.exports = function (grunt) {
  grunt.initConfig({
    concat: { dist: { src: ['src/intro.js', 'src/core.js', 'src/parts/*.js', 'src/last.js'],
                      dest: 'dist/<%= pkg.name %>.js' },
              test: { src: '<%= concat.dist.src %>', dest: '.build/all.js' } },
    jshint: { all: ['src/**/*.js', 'test/*.js'] },
  });
};
"""
GULP = """
const sources = ['src/core.js', 'src/parts/**', 'src/last.js', '!src/intro.js'];
const joined = () => gulp.src(sources).pipe(maps.init()).pipe(concat('dist/shop.js')).pipe(gulp.dest('.'));
"""
ALL = ("src/core.js", "src/parts/half.js", "src/parts/tax.js", "src/last.js")


def test_what_is_joined_is_read_in_what_builds() -> None:
    found = joined_in({**FILES, "Gruntfile.js": GRUNT})
    assert [(each.made, each.paths) for each in found] == [
        ("dist/shop.js", ("src/intro.js", *ALL)),
        (".build/all.js", ("src/intro.js", *ALL)),
    ]
    (piped,) = joined_in({**FILES, "gulpfile.js": GULP})
    assert (piped.made, piped.paths) == ("dist/shop.js", ALL)


def test_modules_are_not_joined() -> None:
    modules = {path: f"{text}\nmodule.exports = 1" for path, text in FILES.items() if path.endswith(".js")}
    assert joined_in({**modules, "Gruntfile.js": GRUNT}) == []
    assert joined_in({**FILES, "src/build.txt": GRUNT}) == []


def test_patterns_of_a_build_are_matched_quickly() -> None:
    stars = "/".join(["*a*a*a*a*a*a*a*b"] * 8)
    build = f"x = {{ src: ['src/core.js', '{stars}.js', '**/**/**/**/*.js'], dest: 'all.js' }}"
    start = perf_counter()
    joined_in({**FILES, "/".join(["a" * 200] * 8) + ".js": "", "build.js": build})
    assert perf_counter() - start < 1


@pytest.mark.parametrize("asked", ["./dist/shop.js", "./.build/all", "."])
def test_joined_scripts_see_the_names_of_one_another(asked: str) -> None:
    code = f"const shop = require('{asked}'); var answer = [shop.twice(3), shop.rate('high')(2)]"
    assert answer_of({**FILES, "Gruntfile.js": GRUNT, "a.js": code}) == "[6, 6]"


def test_what_joined_scripts_do_not_export_is_called_like_what_they_make() -> None:
    files = {**FILES, "src/last.js": "", "Gruntfile.js": GRUNT}
    assert answer_of({**files, "a.js": "var answer = require('./dist/shop').twice(4)"}) == "8"
