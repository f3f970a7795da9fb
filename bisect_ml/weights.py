"""The one table of weights, `weights.toml`, as the rest of the package reads it."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

WEIGHTS: Mapping[str, Mapping[str, float]] = tomllib.loads(
    files("bisect_ml").joinpath("weights.toml").read_text(encoding="utf-8")
)
"""Scorer id → level → log-likelihood ratio in nats; `prior` holds the numbers that are no evidence."""
