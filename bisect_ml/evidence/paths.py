"""What a file is for, told from its path alone."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

FileKind = Literal[
    "docs",
    "tests",
    "tooling",
    "looks",
    "package",
    "lock",
    "artefact",
    "query",
    "settings",
    "code",
    "notebook",
    "data",
]

NEVER_SERVED: Mapping[FileKind, str] = {
    "docs": "documentation",
    "tests": "tests",
    "tooling": "tooling",
    "looks": "styles or fonts",
}
"""The kinds of files that no served code reads, with what they are called."""

_DOC_NAMES = re.compile(
    r"^(readme|changes|changelog|history|news|authors|contributors|contributing|license|licence|copying|notice"
    r"|code_of_conduct|security|todo|releasing|install|citation)([._-].*)?$"
)
_DOC_FOLDERS = frozenset({"changelog.d", "newsfragments"})
_DOC_SUFFIXES = frozenset({".md", ".rst", ".adoc", ".markdown"})
# Code may answer from what lies here, be it written as documentation is.
_READ_FOLDERS = re.compile(r"prompts?|.*[_-]prompts?|instructions?|templates?|personas?|skills?|knowledge")
_SOURCE_FOLDERS = frozenset({"app", "src", "lib", "server", "service", "services", "api", "internal", "pkg"})
_TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "testdata"})
_TEST_PACKAGES = re.compile(
    r"(?!(.*[-_])?(ab|a[-_]b|split)[-_]tests?$)(.+[-_])?tests?([-_](utils?|support|helpers?|common|data|kit|resources))?"
)
# These names are taken by code that is served too, unless they stand where a project keeps such things.
_OUTER_TEST_FOLDERS = frozenset({"testing", "spec", "specs", "fixtures", "benchmarks", "bench", "benches"})
_OUTER_DOC_FOLDERS = frozenset({"doc", "docs", "documentation"})
_WORKSPACES = frozenset(
    {"packages", "crates", "libs", "apps", "modules", "components", "projects", "plugins"}
)
_TEST_NAMES = re.compile(
    r"^(test_.*|.*_tests?|tests?|conftest|.*\.(test|spec)|.*[a-z](Tests?|Spec)|.*_spec|.*_bench)$"
)
# What is tested here is a sample or an audience, not code.
_STATISTICAL_TESTS = re.compile(
    r"^(.*_)?(ab|a_b|[tzf]|chi2?|chi_squared?|ks|split|hypothesis|significance|permutation)_tests?$"
)
_TOOLING_FOLDERS = frozenset(
    {
        ".github",
        ".circleci",
        ".gitlab",
        ".ci",
        "ci",
        ".buildkite",
        ".vscode",
        ".idea",
        ".devcontainer",
        ".husky",
    }
)
_BUILT_SUFFIXES = frozenset({".js", ".cjs", ".mjs", ".map", ".css", ".html", ".ts", ".json"})
_TOOLING_NAMES = re.compile(
    r"^(\.[a-z].*|tox\.ini|noxfile\.py|makefile|justfile|jenkinsfile|appveyor\.yml|azure-pipelines.*|codecov\.yml"
    r"|rakefile|(grunt|gulp|cake|jake|fast|pod|vagrant)file(\.[a-z]+)?|(karma|jest|vitest|eslint|prettier)\.(conf|config)\..*"
    r"|mypy\.ini|pytest\.ini|ruff\.toml|pylintrc|runtests\.py|manifest\.in|renovate\.json|mkdocs\.yml)$"
)
_PACKAGE_NAMES = re.compile(
    r"^(setup\.(py|cfg)|pyproject\.toml|requirements.*\.(txt|in)|constraints.*\.txt|pipfile|environment\.ya?ml"
    r"|(package|bower|component|composer|deno|jsr)\.json|cargo\.toml|go\.mod|pom\.xml|build\.gradle(\.kts)?|gemfile|dockerfile.*|.*\.dockerfile)$"
)
_LOCK_NAMES = re.compile(
    r"^(poetry\.lock|pipfile\.lock|uv\.lock|pdm\.lock|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock"
    r"|pnpm-lock\.yaml|bun\.lockb?|composer\.lock|cargo\.lock|go\.sum|gemfile\.lock|conda-lock\.yml)$"
)
_ARTEFACT_SUFFIXES = frozenset(
    {
        ".pkl",
        ".pickle",
        ".joblib",
        ".onnx",
        ".pt",
        ".pth",
        ".h5",
        ".hdf5",
        ".keras",
        ".pb",
        ".tflite",
        ".cbm",
        ".dvc",
    }
    | {
        ".safetensors",
        ".bst",
        ".ubj",
        ".pmml",
        ".mlmodel",
        ".npz",
        ".npy",
        ".model",
        ".bin",
        ".ckpt",
        ".gguf",
    }
)
_QUERY_SUFFIXES = frozenset({".sql", ".hql", ".prisma", ".avsc", ".proto", ".ddl"})
_SETTINGS_SUFFIXES = frozenset(
    {
        ".yaml",
        ".yml",
        ".toml",
        ".json",
        ".ini",
        ".cfg",
        ".conf",
        ".env",
        ".properties",
        ".tfvars",
        ".hcl",
        ".xml",
    }
)
_CODE_SUFFIXES = frozenset(
    {
        ".py",
        ".pyx",
        ".pyi",
        ".js",
        ".jsx",
        ".mjs",
        ".ts",
        ".tsx",
        ".go",
        ".rs",
        ".java",
        ".kt",
        ".scala",
        ".rb",
    }
    | {
        ".r",
        ".jl",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".hpp",
        ".cs",
        ".swift",
        ".php",
        ".ex",
        ".exs",
        ".lua",
        ".pl",
        ".sh",
    }
    | frozenset(
        [
            ".cjs",
            ".cts",
            ".mts",
            ".vue",
            ".svelte",
            ".coffee",
            ".pm",
            ".kts",
            ".groovy",
            ".dart",
            ".cxx",
            ".hh",
            ".m",
            ".mm",
            ".fs",
            ".vb",
            ".clj",
            ".cljs",
            ".erl",
            ".hrl",
            ".hs",
            ".ml",
            ".mli",
            ".elm",
            ".nim",
            ".zig",
            ".cr",
            ".d",
            ".f",
            ".f90",
            ".pas",
            ".ps1",
            ".bash",
            ".cu",
            ".pxd",
        ]
    )
)


@lru_cache(maxsize=65536)
def file_kind(path: str) -> FileKind:
    """Return what a file is for; `data` is anything that running code may read.

    Folders and names decide before suffixes where no served code would be called so: a `.py` under `tests`
    is a test, but `history.py` is code, and so is `app/docs/ocr.py`. A `.txt` is data unless its name or
    folder says that it is written for people, a `.md` where it lies among code or is called a prompt.
    """
    pure = PurePosixPath(path)
    name, stem, suffix = pure.name.lower(), pure.stem, pure.suffix.lower()
    folders = [part.lower() for part in pure.parts[:-1]]
    outer = {*folders[:1], *(folders[2:3] if folders[:1] and folders[0] in _WORKSPACES else ())}
    is_named = _TOOLING_NAMES.match(name) and ".env" not in {suffix, name}
    if (
        is_named
        or _TOOLING_FOLDERS.intersection(folders)
        or ("dist" in folders and suffix in _BUILT_SUFFIXES)
    ):
        return "tooling"
    if _LOCK_NAMES.match(name):
        return "lock"
    if _PACKAGE_NAMES.match(name):
        return "package"
    # In Go the ending alone makes a test of a file.
    is_sample = suffix != ".go" and _STATISTICAL_TESTS.match(stem)
    is_test = suffix in _CODE_SUFFIXES and _TEST_NAMES.match(stem) and not is_sample
    in_tests = any(map(_TEST_PACKAGES.fullmatch, folders)) or name in _TEST_FOLDERS
    if is_test or in_tests or (_TEST_FOLDERS | _OUTER_TEST_FOLDERS & outer).intersection(folders):
        return "tests"
    known = next((kind for kind, suffixes in _BY_SUFFIX if suffix in suffixes), None)
    in_docs = _OUTER_DOC_FOLDERS & outer and suffix != ".sql"
    if in_docs or _DOC_FOLDERS.intersection(folders) or (known is None and _DOC_NAMES.match(name)):
        return "docs"
    if suffix in _DOC_SUFFIXES:
        return "data" if _may_be_read(folders, stem) else "docs"
    return known or "data"


def _may_be_read(folders: list[str], stem: str) -> bool:
    """Tell a text among the code, or called a prompt, from what is written for people only."""
    is_prompt = any(map(_READ_FOLDERS.fullmatch, [*folders, stem.lower()]))
    return is_prompt or not _SOURCE_FOLDERS.isdisjoint(folders)


_BY_SUFFIX: tuple[tuple[FileKind, frozenset[str]], ...] = (
    ("code", _CODE_SUFFIXES),
    ("notebook", frozenset({".ipynb"})),
    (
        "looks",
        frozenset({".css", ".scss", ".sass", ".less", ".styl", ".ico", ".woff", ".woff2", ".ttf", ".eot"}),
    ),
    ("artefact", _ARTEFACT_SUFFIXES),
    ("query", _QUERY_SUFFIXES),
    ("settings", _SETTINGS_SUFFIXES),
)


def measures(path: str) -> bool:
    """Tell the code and the inputs of benchmarks and evaluations by their folder or name."""
    pure = PurePosixPath(path)
    folders = {part.lower() for part in pure.parts[:-1]}
    if pure.suffix.lower() in _DOC_SUFFIXES:
        return False
    return bool(folders & _MEASURING_FOLDERS) or _MEASURING_NAMES.match(pure.stem.lower()) is not None


_MEASURING_FOLDERS = frozenset(
    {"bench", "benches", "benchmark", "benchmarks", "perf", "eval", "evals", "evaluation", "evaluations"}
)
_MEASURING_NAMES = re.compile(
    r"^(bench|benchmarks?|eval|evaluate|evaluation)([_-].*)?$|.*_(bench|benchmark|eval)$"
)


def words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a path, an identifier or a sentence: snake, kebab and camel case split.

    A run of capitals keeps to itself: `HTTPScore` gives `http`, `score`.
    """
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+", text)
    return tuple(part.lower() for part in parts)
