"""How DuckDB reads each format: the relation, and the columns it has.

Text formats are read as text, cell by cell, and typed later: DuckDB's own type guess rests on the first
rows, and a later row that breaks it would end the whole read.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bisect_ml.errors import InputError
from bisect_ml.sources.database import Database, identifier, literal, literals
from bisect_ml.sources.files import LogFiles

TEXT_LIMIT = 60
DELIMITERS = ",;\t|"
# How files of other formats begin that were named like CSV: the beginning, what it is, its suffix.
OTHER_FORMATS = (("{", "JSON lines", ".jsonl"), ("[", "JSON", ".json"), ("PAR1", "Parquet", ".parquet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Where the raw rows come from.

    `relation` stands after FROM; `parts` are the same rows file by file, in order. `types` maps each
    column to its DuckDB type, `lacking` a column to the files that do not have it. `parquet` lists the
    files where they are Parquet. Where `rejects` is True, reading the relation (not the parts) records
    the lines that do not fit the table.
    """

    relation: str
    parts: Mapping[str, str]
    types: Mapping[str, str]
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parquet: tuple[str, ...] = ()
    is_text: bool = True
    rejects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """The lines of one CSV file that do not fit its table: how many, and the first one's number and text."""

    path: str
    count: int
    line: int
    text: str

    @property
    def told(self) -> str:
        """The first line, as messages name it."""
        return f"{self.path}: line {self.line} does not fit the columns: {shown(self.text)}"


def read_files(database: Database, files: LogFiles) -> Reader:
    """Prepare to read the files of one log."""
    if files.format == "parquet":
        return _read_parquet(database, files.paths)
    if files.format == "json":
        return _read_json(database, files.paths)
    return _read_csv(database, files.paths)


def read_table(database: Database, table: str, name: str) -> Reader:
    """Prepare to read a registered table; `name` is what messages call it."""
    relation = identifier(table)
    return Reader(relation=relation, parts={name: relation}, types=_types(database, relation))


def _types(database: Database, relation: str) -> dict[str, str]:
    return {row[0]: str(row[1]) for row in database.rows(f"DESCRIBE SELECT * FROM {relation}")}


def _escape(path: Path) -> str:
    """Write a path so that DuckDB takes none of it for a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def _read_parquet(database: Database, paths: tuple[Path, ...]) -> Reader:
    names = {path: _escape(path) for path in paths}
    options = "binary_as_string = true"
    parts = {
        str(path): f"read_parquet({literal(name)}, {options}, file_row_number = true)"
        for path, name in names.items()
    }
    columns: dict[str, dict[str, str]] = {}
    for path in paths:
        try:
            relation = f"read_parquet({literal(names[path])}, {options})"
            columns[str(path)] = _types(database, relation)
        except InputError as error:
            reason = error.message.removeprefix(f"{database.subject}: cannot be read: ")
            raise InputError(
                f"{path}: is not a readable Parquet file: {reason}",
                "the file may be cut short; write or copy it again",
            ) from error
    union = len({tuple(types.items()) for types in columns.values()}) > 1
    parquet = tuple(names.values())
    listed = literals(parquet)
    relation = f"read_parquet({listed}, {options}{', union_by_name = true' if union else ''})"
    types = _types(database, relation) if union else columns[str(paths[0])]
    return Reader(
        relation=relation,
        parts=parts,
        types=types,
        lacking=_lacking(columns, types),
        parquet=parquet,
        is_text=False,
    )


def _read_json(database: Database, paths: tuple[Path, ...]) -> Reader:
    listed = literals(tuple(_escape(path) for path in paths))
    found = _types(database, f"read_json({listed}, ignore_errors = true, union_by_name = true)")
    if list(found) == ["json"] or not found:
        raise InputError(f"{paths[0]}: holds no JSON objects", "write one object a line, with named fields")
    columns = ", ".join(f"{identifier(name)}: 'VARCHAR'" for name in found)
    options = f"columns = {{{columns}}}, ignore_errors = true"
    nested = {name: "VARCHAR" if not kind.endswith(("[]", ")")) else kind for name, kind in found.items()}
    parts = {str(path): f"read_json({literal(_escape(path))}, {options})" for path in paths}
    return Reader(relation=f"read_json({listed}, {options})", parts=parts, types=nested)


def _read_csv(database: Database, paths: tuple[Path, ...]) -> Reader:
    headers = {path: _first_line(database, path) for path in paths}
    groups: dict[str, list[Path]] = {}
    for path, header in headers.items():
        groups.setdefault(header, []).append(path)
    names = {header: _header_names(header, found[0]) for header, found in groups.items()}
    parts = {
        str(path): _csv_relation([path], header, names[header], "ignore_errors")
        for path, header in headers.items()
    }
    relations = [
        _csv_relation(found, header, names[header], "store_rejects") for header, found in groups.items()
    ]
    if len(relations) == 1:
        relation = relations[0]
    else:
        relation = "(" + " UNION ALL BY NAME ".join(f"FROM {part}" for part in relations) + ")"
    columns = {str(path): dict.fromkeys(names[header], "VARCHAR") for path, header in headers.items()}
    types = dict.fromkeys((name for header in groups for name in names[header]), "VARCHAR")
    return Reader(relation=relation, parts=parts, types=types, lacking=_lacking(columns, types), rejects=True)


def _csv_relation(paths: Sequence[Path], header: str, names: Sequence[str], errors: str) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    listed = literals(tuple(_escape(path) for path in paths))
    return (
        f"read_csv({listed}, columns = {{{columns}}}, delim = {literal(_delimiter(header))}, quote = '\"', "
        f"escape = '\"', header = true, auto_detect = false, {errors} = true)"
    )


def _first_line(database: Database, path: Path) -> str:
    # Read through DuckDB, which knows every compression; \x1f keeps the line in one piece.
    rows = database.rows(
        f"SELECT line FROM read_csv({literal(_escape(path))}, columns = {{'line': 'VARCHAR'}}, "
        "delim = '\x1f', quote = '', escape = '', header = false, auto_detect = false) LIMIT 1"
    )
    if not rows or not rows[0][0]:
        raise InputError(f"{path}: is empty", "the log needs a header line and at least two rows")
    return str(rows[0][0])


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _header_names(header: str, path: Path) -> tuple[str, ...]:
    for begin, kind, suffix in OTHER_FORMATS:
        if header.lstrip().startswith(begin):
            raise InputError(
                f"{path}: looks like {kind}, not like CSV", f"name it so that it ends in {suffix}"
            )
    names: list[str] = []
    for position, cell in enumerate(next(csv.reader([header], delimiter=_delimiter(header)))):
        name = cell.strip() or f"column{position}"
        while name.lower() in (taken.lower() for taken in names):
            name += "_"
        names.append(name)
    if all(_is_number(name) for name in names):
        raise InputError(f"{path}: has no header line", "put the column names on the first line")
    return tuple(names)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _lacking(
    columns: Mapping[str, Mapping[str, str]], types: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    lacking = {name: tuple(path for path, found in columns.items() if name not in found) for name in types}
    return {name: paths for name, paths in lacking.items() if paths}


def find_rejects(database: Database) -> tuple[Reject, ...]:
    """Return the lines that the relations read so far could not take, file by file."""
    found = database.rows(
        """SELECT file_path, count(DISTINCT line), min(line), arg_min(csv_line, line)
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY file_path ORDER BY file_path"""
    )
    return tuple(Reject(path=path, count=count, line=line, text=text) for path, count, line, text in found)


def shown(text: str | None) -> str:
    """Quote a cell or a line for a message, cut short."""
    if text is None:
        return "empty"
    return repr(text if len(text) <= TEXT_LIMIT else text[:TEXT_LIMIT] + "…")
