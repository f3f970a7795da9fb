"""An open prediction log: series and windows of rows out of it, without raw rows in Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Literal, Self, TypeAlias

from bisect_ml.row_window import RowWindow
from bisect_ml.sources.buckets import aggregate, plan_windows
from bisect_ml.sources.cells import (
    IntArray,
    TimeCells,
    count_moments,
    count_rows,
    is_sparse,
    make_buckets,
    make_points,
)
from bisect_ml.sources.features import average_features
from bisect_ml.sources.measures import make_series, pick_classes
from bisect_ml.sources.ordering import order_rows
from bisect_ml.sources.outlying import outlying_series
from bisect_ml.sources.rows import Rows
from bisect_ml.sources.timestamps import SECOND_US
from bisect_ml.sources.windows import read_window
from bisect_ml.types import Columns, Series, Slice

Quantiles: TypeAlias = Literal["none", "overall", "all"]

LARGEST_SLICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSpan:
    """When a version served: epoch seconds of its first and last row, and how many rows it made."""

    version: str
    first: float
    last: float
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """What is known of a log once it is open; see the attributes of `PredictionLog`."""

    columns: Columns
    paths: tuple[str, ...]
    readable: int
    unreadable: int
    start_us: int
    end_us: int
    guesses: tuple[str, ...]
    warnings: tuple[str, ...]


class PredictionLog:
    """A prediction log, open for reading; close it, or use it in a `with` statement.

    Attributes:
        columns: Which column plays which part.
        paths: The files; empty for a DataFrame.
        rows: How many rows can be read.
        unreadable_rows: How many are left out because their time or their prediction cannot be read.
        start: Epoch seconds of the first row.
        end: Epoch seconds of the last row.
        guesses: A sentence for each choice that the user did not make.
        warnings: What is wrong with the log but did not stop the reading; it grows as the log is read.
    """

    def __init__(self, rows: Rows, facts: LogFacts) -> None:
        self.columns = facts.columns
        self.paths = facts.paths
        self.rows = facts.readable
        self.unreadable_rows = facts.unreadable
        self.start = facts.start_us / SECOND_US
        self.end = facts.end_us / SECOND_US
        self.guesses = facts.guesses
        self.warnings = facts.warnings
        self._rows = rows
        self._span_us = facts.start_us, facts.end_us

    @cached_property
    def distinct_times(self) -> int:
        """How many moments have rows; to a few per cent in a log too large to be sparse."""
        return count_moments(self._rows, self._all, self.rows)

    @property
    def sparse(self) -> bool:
        """Whether each moment is better kept as a point of its own: read it with `points` then."""
        return is_sparse(self.rows, self.distinct_times)

    def buckets(
        self,
        width_s: float,
        *,
        slice_values: Sequence[Slice] | int = LARGEST_SLICES,
        quantiles: Quantiles = "overall",
    ) -> tuple[Series, ...]:
        """Return the series of the even buckets from the first row to the last, aligned to 1970 in UTC.

        All rows have the mean (or the share of each class), std, quantiles, null rate and count; a slice
        has the mean or the shares, null rate and count, and the quantiles where `quantiles` is `all`.
        Where a few rows lie far beyond the others, all rows have the share of those too.

        Args:
            width_s: Width of a bucket in seconds.
            slice_values: The slices that get series, or how many of the largest of each slice column.
            quantiles: Whose exact 5 %, 50 % and 95 % quantiles to add.
        """
        return self._series(self._buckets(width_s), slice_values, quantiles)

    def points(
        self, *, slice_values: Sequence[Slice] | int = LARGEST_SLICES, quantiles: Quantiles = "overall"
    ) -> tuple[Series, ...]:
        """Return the same series with a point for each moment that has rows, and no grid in between."""
        return self._series(make_points(self._rows, *self._span_us), slice_values, quantiles)

    def features(self, width_s: float | None) -> tuple[Series, ...]:
        """Return the mean of each numeric feature, named `feature[NAME]`, per bucket or (None) per moment."""
        cells = make_points(self._rows, *self._span_us) if width_s is None else self._buckets(width_s)
        return average_features(self._rows, cells)

    def largest_slices(self, limit_per_column: int = LARGEST_SLICES) -> tuple[Slice, ...]:
        """Return the slice values with the most rows, column by column, the largest first."""
        return tuple(
            Slice(column=name, value=value)
            for at, name in enumerate(self._rows.slices)
            for value in self._rows.largest(f"s{at}", limit_per_column, self._all)
        )

    def window(self, start_s: float, end_s: float) -> RowWindow:
        """Return the raw rows from a moment (epoch seconds) to before another, in the order of time."""
        start_us = max(round(start_s * SECOND_US), self._span_us[0])
        end_us = min(round(end_s * SECOND_US), self._span_us[1] + 1)
        return read_window(self._rows, start_us, max(start_us, end_us), tuple(self._classes))

    def versions(self) -> tuple[VersionSpan, ...]:
        """Return when each version served, in the order of first rows; empty without a version column."""
        if not self._rows.has_version:
            return ()
        found = self._rows.database.rows(
            f"SELECT v, min(t), max(t), count(*) FROM {self._rows.relation} "
            f"WHERE {self._all} AND v IS NOT NULL GROUP BY v ORDER BY min(t), v"
        )
        return tuple(
            VersionSpan(version=version, first=first / SECOND_US, last=last / SECOND_US, rows=rows)
            for version, first, last, rows in found
        )

    def row_counts(self, width_s: float) -> IntArray:
        """Return how many readable rows each bucket has."""
        return count_rows(self._rows, self._buckets(width_s))

    def close(self) -> None:
        """Free the memory and remove the temporary files; closing twice does no harm."""
        self._rows.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _all(self) -> str:
        return self._rows.between(self._span_us[0], self._span_us[1] + 1)

    @cached_property
    def _classes(self) -> dict[str, int]:
        """Rows of each class, the largest first; empty unless the predictions are labels."""
        if self._rows.kind != "label":
            return {}
        found = self._rows.database.rows(
            f"SELECT c, count(*) FROM {self._rows.relation} WHERE {self._all} AND c IS NOT NULL "
            "GROUP BY c ORDER BY count(*) DESC, c"
        )
        return dict(found)

    def _buckets(self, width_s: float) -> TimeCells:
        return make_buckets(*self._span_us, round(width_s * SECOND_US))

    def _series(
        self, cells: TimeCells, slice_values: Sequence[Slice] | int, quantiles: Quantiles
    ) -> tuple[Series, ...]:
        slices = {at: _values(slice_values, name) for at, name in enumerate(self._rows.slices)}
        classes = pick_classes(self._classes)
        if self._rows.kind == "label" or quantiles == "none":
            grids = aggregate(self._rows, cells, slices=slices, classes=classes)
        elif quantiles == "all":
            windows = self._windows(cells, 1 + sum(map(bool, slices.values())))
            grids = aggregate(self._rows, cells, slices=slices, windows=windows)
        else:
            # Quantiles of slices are the greater part of the cost, so slices are a pass of their own.
            grids = aggregate(self._rows, cells, slices={}, windows=self._windows(cells, 1))
            grids |= aggregate(self._rows, cells, overall=False, slices=slices)
        infinite = int((grids[None].given - grids[None].filled).sum())
        warning = f"{infinite:,} predictions are NaN or infinite; they count as null"
        if infinite and warning not in self.warnings:
            self.warnings = (*self.warnings, warning)
        series = make_series(grids, cells, self._rows.slices, self._rows.kind)
        return (*series, *outlying_series(self._rows, cells, grids[None]))

    def _windows(self, cells: TimeCells, sets: int) -> list[tuple[int, int]]:
        windows = plan_windows(self._rows, cells, sets)
        self._rows = order_rows(self._rows, cells, windows)
        return windows


def _values(wanted: Sequence[Slice] | int, column: str) -> Sequence[str] | int:
    if isinstance(wanted, int):
        return wanted
    return tuple(each.value for each in wanted if each.column == column)
