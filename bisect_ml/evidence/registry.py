"""The definitions that are called out of tables, or by names put together at run time, outside Python."""

from collections.abc import Iterable, Mapping, Sequence

from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.module_index import Node
from bisect_ml.evidence.outlines import Part
from bisect_ml.evidence.registrations import (
    hands_out,
    names_begun,
    registrars_called,
    stores,
    tables_filled,
    tables_read,
)

Parts = Mapping[str, Mapping[str, Sequence[Part]]]
"""Path → dotted name → the part in each version of the file."""


class Registry:
    """What the files of one language put into tables, and where what takes it out again leads.

    Args:
        parts: The parts of its files. Building takes time linear in their length.
    """

    def __init__(self, parts: Parts) -> None:
        self._registrars = {path: _registrars(own) for path, own in parts.items()}
        self._filled: dict[str, set[Node]] = {}
        self._handed: dict[Node, set[Node]] = {}
        self._by_file: dict[str, dict[str, set[Node]]] = {}
        self._by_owner: dict[str, dict[str, set[Node]]] = {}
        handed_to: dict[str, list[str]] = {}
        for path, names in self._registrars.items():
            for name in names:
                handed_to.setdefault(name, []).append(path)
        for path, own in parts.items():
            self._add_names(path, own)
            loaded = {name: _loaded(versions) for name, versions in own.items()}
            inside = {(path, MODULE), *_nested(path, own)}
            for name, text in loaded.items():
                for table in tables_filled(text):
                    self._filled.setdefault(table, set()).update(inside, {(path, name)})
            for name in registrars_called("\n".join(loaded.values())) & handed_to.keys():
                for of in handed_to[name]:
                    self._handed.setdefault((of, name), set()).update(inside)

    def _add_names(self, path: str, own: Iterable[str]) -> None:
        for name in own:
            if name not in (MODULE, IMPORTS):
                owner, _, last = name.rpartition(".")
                self._by_file.setdefault(path, {}).setdefault(last, set()).add((path, name))
                if owner:
                    self._by_owner.setdefault(owner, {}).setdefault(last, set()).add((path, name))

    def taken_out(self, path: str, text: str) -> set[Node]:
        """Return what other files put into the tables of which a text takes whatever is there.

        What is handed to a function that keeps it, such as `register`, is taken out by its own file.
        """
        tables = tables_read(text)
        sets = [self._filled.get(table, set()) for table in tables]
        if tables or hands_out(text):
            sets += [self._handed.get((path, name), set()) for name in self._registrars[path]]
        return {node for each in sets for node in each if node[0] != path}

    def begun(self, node: Node, text: str) -> set[Node]:
        """Return the functions of the same file or class whose names a text puts together at run time."""
        path, name = node
        known = (self._by_file.get(path, {}), self._by_owner.get(name.rpartition(".")[0], {}))
        return {
            each
            for begin in names_begun(text)
            for names in known
            for last, nodes in names.items()
            if last.startswith(begin) and last != begin
            for each in nodes
        }


def _registrars(own: Mapping[str, Sequence[Part]]) -> tuple[str, ...]:
    """Return the functions of a file that keep what others give them by name."""
    return tuple(
        name.rpartition(".")[2]
        for name, parts in own.items()
        if parts[0].is_function and any(stores(part.text) for part in parts)
    )


def _loaded(versions: Sequence[Part]) -> str:
    """Return the text of a part, in all its versions, that runs when its file is loaded.

    A function that is put into a table begins with the name of that, so its first line is part of it.
    """
    return "\n".join(
        part.text.lstrip().partition("\n")[0] if part.is_function else part.text for part in versions
    )


def _nested(path: str, own: Mapping[str, Sequence[Part]]) -> set[Node]:
    """Return the definitions that stand inside other code of their file."""
    return {(path, name) for name, parts in own.items() if parts[0].text[:1].isspace()}
