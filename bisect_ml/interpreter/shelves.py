"""Modules from outside the source tree, of which some names are known and the others are unknown."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bisect_ml.interpreter.machine import Module
from bisect_ml.interpreter.tables import words
from bisect_ml.interpreter.unknown import Unknown

EXISTING: dict[str, frozenset[str]] = {}
"""The names that modules of the standard library have; to ask for others fails, as code may expect."""


# Whoever serves predictions has these, whatever the code does without them.
_USUAL = words("numpy pandas scipy sklearn torch tensorflow")


class Shelf(Module):
    """A module of the standard library, or of others, of which only some names are known."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        own = self.names["__name__"]
        if name.startswith("__") or name not in EXISTING.get(own, {name}):
            raise AttributeError(f"module {own!r} has no attribute {name!r}")
        return Unknown(f"{own}.{name}")

    def all_names(self) -> dict[str, Any]:
        """Return a copy of what is known, since all runs share it."""
        return dict(self.names)

    def is_foreign(self) -> bool:
        """Return whether nothing is known of it, and it may well be missing where the code serves."""
        top = str(self.names["__name__"]).partition(".")[0]
        return len(self.names) == 1 and top not in sys.stdlib_module_names and top not in _USUAL


class Volume(Shelf):
    """A module of the standard library of which the rest is read where it is asked for.

    Args:
        own: Its name.
        names: What is known of it beforehand.
        read: What reads its text.
    """

    __slots__ = ("_rest",)

    def __init__(self, own: str, names: Mapping[str, Any], read: Callable[[], Module]) -> None:
        super().__init__({"__name__": own, **names})
        object.__setattr__(self, "_rest", read)

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        return self._rest().names.get(name, found) if type(found) is Unknown else found


class Table(Mapping[Any, Any]):
    """What a dictionary of a module holds; unlike Python's own view, it gives the dictionary to nobody."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[Any, Any]) -> None:
        self._held = dict(held)

    def __getitem__(self, key: Any) -> Any:
        return self._held[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(self._held)


def shelf(name: str, names: Mapping[str, Any]) -> Shelf:
    """Return a module of the given names."""
    return Shelf({"__name__": name, **names})
