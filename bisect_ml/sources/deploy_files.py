"""Deploy logs as they lie on disk: CSV, JSON, JSON lines, or a DataFrame; read into records."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bisect_ml.errors import InputError
from bisect_ml.sources.deploy_formats import Record
from bisect_ml.sources.deploy_formats.base import mappings

if TYPE_CHECKING:
    import pandas as pd

Table: TypeAlias = "str | Path | pd.DataFrame"
RecordTest: TypeAlias = Callable[[Mapping[str, Any]], bool]


def source_name(source: Table) -> str:
    """Return what messages call a source."""
    return str(source) if isinstance(source, str | Path) else "deploys"


def read_records(source: Table, is_record: RecordTest) -> list[Record]:
    """Return the records of a deploy log, each with its place in it.

    Args:
        source: A file, or a DataFrame.
        is_record: Tells a record from an object that only holds the list of them.

    Raises:
        InputError: The file cannot be read, or is neither CSV nor JSON.
    """
    name = source_name(source)
    if not isinstance(source, str | Path):
        rows = source.to_dict("records")
        return [_record(name, "row", n, {str(k): v for k, v in row.items()}) for n, row in enumerate(rows)]
    text = _read(Path(source))
    if text.lstrip()[:1] not in {"{", "["}:
        return list(_csv(name, text))
    found = _objects(name, _documents(name, text))
    if not any(is_record(each) for each in found):
        found = [item for each in found for item in _list_within(each) or [each]]
    return [_record(name, "item", number, fields) for number, fields in enumerate(found, start=1)]


def _record(name: str, kind: str, number: int, fields: Mapping[str, Any]) -> Record:
    return Record(place=f"{name}, {kind} {number}", fields=fields)


def _read(path: Path) -> str:
    hint = "give a deploy log (see docs/deploys.md), or tags:PATTERN for the tags of the repository"
    try:
        return path.read_text("utf-8-sig")
    except OSError as problem:
        raise InputError(f"{path}: {problem.strerror}", hint) from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file", "give CSV, JSON or JSON lines in UTF-8") from None


def _csv(name: str, text: str) -> Iterator[Record]:
    lines = text.splitlines()
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    reader = csv.DictReader(lines, delimiter=delimiter, restkey="")
    for row in reader:
        if any(row.values()):
            yield _record(name, "row", reader.line_num, row)


def _documents(name: str, text: str) -> Iterator[Any]:
    """Yield the JSON documents of a file: one, one per line, or pages put one behind the other."""
    decoder = json.JSONDecoder()
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        try:
            document, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as problem:
            line = text.count("\n", 0, problem.pos) + 1
            raise InputError(f"{name}, line {line}: not JSON: {problem.msg}", "mend that line") from None
        yield document


def _objects(name: str, documents: Iterable[Any]) -> list[Mapping[str, Any]]:
    """Return the objects of all documents, out of the lists and the pages of lists that hold them."""
    found: list[Mapping[str, Any]] = []
    for document in documents:
        if isinstance(document, list):
            found += _objects(name, document)
        elif isinstance(document, Mapping):
            found.append(document)
        else:
            raise InputError(
                f"{name}: {str(document)[:40]!r} is no object", "write one JSON object per deploy"
            )
    return found


def _list_within(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the outermost list of objects within an object, as APIs wrap what they list."""
    level: list[Mapping[str, Any]] = [document]
    while level:
        for each in level:
            for value in each.values():
                if found := mappings(value):
                    return found
        level = [value for each in level for value in each.values() if isinstance(value, Mapping)]
    return []
