"""How a run is made again: its settings as a report saves them, and its command."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from bisect_ml.config import FILE_ONLY, Settings

# Files are read without pandas, whose import takes longer than reading most of them.
if TYPE_CHECKING:
    import pandas as pd
    from _typeshed import DataclassInstance

Predictions: TypeAlias = Union[str, Path, Sequence[str | Path], "pd.DataFrame"]
DeployTable: TypeAlias = Union[str, Path, "pd.DataFrame"]
Deploys: TypeAlias = DeployTable | list[DeployTable] | tuple[DeployTable, ...]


def saved_settings(settings: "DataclassInstance") -> Mapping[str, str | float | int | bool | None]:
    """Return the settings as plain values."""
    return {field.name: _plain(getattr(settings, field.name)) for field in fields(settings)}


def _plain(value: Any) -> str | float | int | bool | None:
    if isinstance(value, Mapping):
        return "; ".join(f"{name} = {_plain(item)}" for name, item in value.items()) or None
    return ", ".join(value) if isinstance(value, tuple) else value


def command(
    predictions: Predictions, repo: str | Path, deploys: Deploys | None, settings: Settings
) -> str | None:
    """Return the command that makes this report again, or None where a DataFrame went in."""
    logs, files = paths_of(predictions), files_of(deploys)
    if not logs or (deploys is not None and not files):
        return None
    words = ["bisect-ml", "trace", *map(str, logs), "--repo", str(repo)]
    if files:
        settings = replace(settings, deploys=tuple(map(str, files)))
    return shlex.join([*words, *_flags(settings)])


def paths_of(predictions: Predictions) -> Sequence[str | Path]:
    """Return the paths of the prediction logs, none for a DataFrame."""
    if isinstance(predictions, str | Path):
        return [predictions]
    return predictions if isinstance(predictions, Sequence) else ()


def files_of(deploys: Deploys | None) -> tuple[str | Path, ...]:
    """Return the names of the deploy logs, none where one of them is a DataFrame."""
    if isinstance(deploys, str | Path):
        return (deploys,)
    if not isinstance(deploys, list | tuple):
        return ()
    named = tuple(one for one in deploys if isinstance(one, str | Path))
    return named if len(named) == len(deploys) else ()


def _flags(settings: Settings) -> Iterable[str]:
    default = Settings()
    singular = {"slices": "slice", "features": "feature"}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if value == getattr(default, field.name) or field.name in FILE_ONLY:
            continue
        flag = "--" + singular.get(field.name, field.name).replace("_", "-")
        for each in value if isinstance(value, tuple) else (value,):
            yield from (flag,) if each is True else (flag, str(each))
