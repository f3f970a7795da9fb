"""The two folders beside the package: `templates` and `sample_data`."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal


def folder(name: Literal["templates", "sample_data"]) -> Traversable:
    """Return a folder of the install, or of the checkout that the package runs from.

    In a checkout that shadows an install the folders are no subpackages, hence the second way.
    """
    try:
        return files(f"bisect_ml.{name}")
    except ModuleNotFoundError:
        return Path(__file__).parent.parent / name
