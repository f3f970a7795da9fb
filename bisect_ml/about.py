"""Which release of the tool this is, and of what its numbers depend on."""

from collections.abc import Iterable, Mapping
from platform import python_version

__version__ = "0.1.0"


def versions_of(packages: Iterable[str]) -> Mapping[str, str]:
    """Return the versions of Python and of some packages."""
    # Metadata is read by way of email and zipfile: half of what `--help` would cost.
    from importlib.metadata import version

    return {"python": python_version(), **{name: version(name) for name in packages}}
