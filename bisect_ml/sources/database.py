"""One private DuckDB connection: bounded, offline, in UTC, and silent about its own exceptions."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from bisect_ml.errors import InputError

MEMORY_LIMIT = "1GB"
# Every thread holds its own hash tables and read buffers: more of them would break the memory bound.
MAX_THREADS = 8
# Threads add up floats in an order of chance, so the last digits differ from run to run. Inputs up to this
# size are quick enough on one thread, and give the same report every time.
ONE_THREAD_BYTES = 32 * 2**20


def identifier(name: str) -> str:
    """Quote a column or table name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: tuple[str, ...]) -> str:
    """Write a SQL list of texts."""
    return "[" + ", ".join(literal(text) for text in texts) + "]"


class Database:
    """An in-memory database that spills to a temporary folder of its own, removed on close.

    `subject` is what messages call the log that it reads.
    """

    def __init__(self) -> None:
        self.subject = "the prediction log"
        self._size_bytes = 0
        self._folder = tempfile.TemporaryDirectory(prefix="bisect-ml-", ignore_cleanup_errors=True)
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": 1,
                "temp_directory": str(self.folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )
        # A session in another zone would shift every bucket of a zoned column without a word.
        self._connection.execute("SET TimeZone = 'UTC'")

    @property
    def folder(self) -> Path:
        """The temporary folder, there until `close`."""
        return Path(self._folder.name)

    def expect(self, size_bytes: int) -> None:
        """Make ready for a further input of that size: one thread for small ones, all for large ones."""
        self._size_bytes += size_bytes
        if self._size_bytes > ONE_THREAD_BYTES:
            self.run(f"SET threads = {min(MAX_THREADS, os.cpu_count() or 1)}")

    def register(self, name: str, frame: object) -> None:
        """Make a DataFrame readable under a table name."""
        with self._reading():
            self._connection.register(name, frame)

    def run(self, sql: str) -> None:
        """Execute a statement whose rows nobody reads."""
        self.rows(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query as tuples."""
        with self._reading():
            return self._connection.execute(sql).fetchall()

    def row(self, sql: str) -> tuple[Any, ...]:
        """Return the only row of a query."""
        (only,) = self.rows(sql)
        return only

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Return a query's columns as arrays: NaN for a missing number, None for a missing text."""
        with self._reading():
            columns: Mapping[str, Any] = self._connection.execute(sql).fetchnumpy()
        return {name: _unmask(column) for name, column in columns.items()}

    @contextmanager
    def memory_limit(self, limit: str) -> Iterator[None]:
        """Hold a step that can spill to less memory than the others may take."""
        self.run(f"SET memory_limit = {literal(limit)}")
        try:
            yield
        finally:
            self.run(f"SET memory_limit = {literal(MEMORY_LIMIT)}")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except RuntimeError as error:
            # What Ctrl-C makes of a running query.
            if str(error) == "Query interrupted":
                raise KeyboardInterrupt from error
            raise
        except duckdb.Error as error:
            raise _translate(error, self.subject) from error

    def close(self) -> None:
        """Close the connection and remove the temporary folder; closing twice does no harm."""
        self._connection.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _unmask(column: Any) -> NDArray[Any]:
    if not isinstance(column, np.ma.MaskedArray):
        return np.asarray(column)
    filled = np.array(column.data, dtype=object if column.dtype == object else np.float64)
    filled[np.ma.getmaskarray(column)] = None if column.dtype == object else np.nan
    return filled


def _translate(error: duckdb.Error, subject: str) -> InputError:
    reason = str(error).strip().splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return InputError(
            f"{subject}: one step needs more than {MEMORY_LIMIT} of memory: {reason}",
            "choose a narrower bucket, fewer slices, or no quantiles",
        )
    return InputError(
        f"{subject}: cannot be read: {reason}",
        "check that each file is complete and holds what its name says",
    )
