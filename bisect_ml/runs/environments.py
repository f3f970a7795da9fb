"""Environments that a set-up command makes, shared by the commits whose lock files are the same.

An environment is made in its last place, since most cannot be moved, and a mark says that it is whole.
Not every set-up can be shared: one that does not name `{env}` prepares the checkout itself, as does one
that leaves files in it, and one that installs the code of the commit ties the environment to that
commit. Such a set-up is repeated for each commit.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bisect_ml.runs.folders import remove
from bisect_ml.runs.locks import held

_WHOLE = "bisect-ml-environment"
_TELLING = ("*.pth", "direct_url.json", "__editable__*", "*.egg-link")
_HARMLESS = ("__pycache__/",)

MakeIn = Callable[[Path], bool]
"""Runs the set-up with `{env}` at a path; False where it failed."""


class Environments:
    """The environments of one recipe.

    Args:
        root: The folder that keeps them.
        check: Called while another process makes one that we wait for; it may raise.
    """

    def __init__(self, root: Path, check: Callable[[], None]) -> None:
        self._root = root
        self._check = check
        self._own: set[str] = set()

    @contextmanager
    def ready(
        self, key: str, make: MakeIn, *, checkout: Path, left: Callable[[], tuple[str, ...]]
    ) -> Iterator[Path | None]:
        """Yield the environment for a key, made where there is none yet, or None where making it failed.

        Args:
            key: What the environment depends on.
            make: Makes it.
            checkout: The folder that holds the code.
            left: Tells what the set-up left in there.
        """
        place = self._root / key
        with held(self._root / f"{key}.lock", self._check):
            if not (place / _WHOLE).exists():
                remove(place)
                place.mkdir()
                if not make(place):
                    remove(place)
                    yield None
                    return
                if key in self._own or not _shared(place, checkout, left()):
                    self._own.add(key)
                    yield place
                    remove(place)
                    return
                (place / _WHOLE).touch()
        yield place


def _shared(environment: Path, checkout: Path, left: tuple[str, ...]) -> bool:
    if any(not name.endswith(_HARMLESS) for name in left):
        return False
    needle = os.fsencode(checkout)
    named = (found for pattern in _TELLING for found in environment.rglob(pattern))
    return not any(needle in found.read_bytes() for found in named if found.is_file())
