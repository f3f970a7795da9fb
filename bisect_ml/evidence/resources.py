"""Which files beside the sources code may open, of those that are texts."""

from pathlib import PurePosixPath

from bisect_ml.evidence.paths import file_kind

MOST_OF_RESOURCES = 8 << 20
"""Bytes that all of them may have together."""
MODULES = (".py",)
"""The endings of Python that is read step by step: notebooks are not."""
_SUFFIXES = frozenset(
    {"", ".txt", ".json", ".jsonl", ".csv", ".tsv", ".xml", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf"}
    | {".dat", ".dic", ".lst", ".list", ".properties", ".tab", ".html", ".md", ".rst", ".stop", ".words"}
    | {".markdown", ".text", ".css", ".mustache", ".hbs", ".ejs", ".tmpl", ".in", ".out", ".expected"}
)
_NEVER = frozenset({"lock", "tooling", "looks"})


def is_resource(path: str) -> bool:
    """Return whether code, a test or an example in prose may stand in a file that is no source."""
    return PurePosixPath(path).suffix in _SUFFIXES and file_kind(path) not in _NEVER
