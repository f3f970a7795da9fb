"""Two sets of predictions, counted: opened, paired by a key where they have one, and tallied in DuckDB."""

from dataclasses import dataclass, replace

from bisect_ml.saved_check import Coverage
from bisect_ml.sources.database import Database, identifier
from bisect_ml.sources.opening import Predictions
from bisect_ml.sources.outputs import OutputFormat
from bisect_ml.sources.pair_cells import choose_grouping
from bisect_ml.sources.pair_coverage import mispaired, paired_coverage, schema_of, seen_by_one
from bisect_ml.sources.pair_keys import Duplicates, count_duplicates, count_keys, differing_types, guess_key
from bisect_ml.sources.pair_layout import Counted, Layout, count_side
from bisect_ml.sources.pair_opening import (
    PairParts,
    RawSide,
    assign_pair_parts,
    find_key,
    output_of,
    read_side,
    shape_side,
)
from bisect_ml.sources.pair_paired import tally_paired
from bisect_ml.sources.pair_samples import LEVELS
from bisect_ml.sources.pair_unpaired import tally_unpaired
from bisect_ml.tallies import Tallies
from bisect_ml.types import PredictionKind

NAMES = {"numeric": "numbers", "boolean": "true and false", "label": "labels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOptions:
    """How two sets of predictions are to be read; None means: guess, and say the guess.

    `key` are the columns that pair the rows, empty for unpaired rows. Rows with the same value of `group` (a
    user, an hour) depend on one another; without it, all are independent. `threshold` turns numbers into
    decisions: at or above it, and below. A pair has moved where its values differ by more than
    `row_tolerance` of the larger one (or of a tenth of the typical size, where both are smaller than that).
    """

    key: tuple[str, ...] | None = None
    prediction: str | None = None
    slices: tuple[str, ...] | None = None
    group: str | None = None
    kind: PredictionKind | None = None
    threshold: float | None = None
    row_tolerance: float = 0.02


def tally_predictions(base: Predictions, head: Predictions, options: PairOptions | None = None) -> Tallies:
    """Count two sets of predictions.

    Args:
        base: What was good: CSV, Parquet or JSON lines (a file, a folder, a pattern), or a DataFrame.
        head: What is to be released, likewise.
        options: How to read them.

    Raises:
        InputError: One of them cannot be read, has no rows, or lacks a named column.
    """
    with Database() as database:
        return _Counting(database, options or PairOptions()).run(base, head)


class _Counting:
    """One comparison while it is read: the database, and the sentences that gather on the way."""

    def __init__(self, database: Database, options: PairOptions) -> None:
        self.database = database
        self.options = options
        self.guesses: list[str] = []
        self.warnings: list[str] = []

    def run(self, base: Predictions, head: Predictions) -> Tallies:
        """Read, pair and count."""
        sides = read_side(self.database, base, "base"), read_side(self.database, head, "head")
        self.database.subject = f"{sides[0].name} and {sides[1].name}"
        parts = assign_pair_parts(
            *sides,
            prediction=self.options.prediction,
            slices=self.options.slices,
            group=self.options.group,
            guesses=self.guesses,
        )
        coverage = schema_of(*sides)
        outputs = self._outputs(sides, parts)
        if outputs[0].kind != outputs[1].kind:
            problem = f"the base predicts {NAMES[outputs[0].kind]}, the head {NAMES[outputs[1].kind]}"
            return self._tallies(outputs[0].kind, parts, replace(coverage, problems=(problem,)), Counted())
        given = self.options.key
        key = guess_key(self.database, *sides, parts) if given is None else find_key(*sides, given)
        parts = replace(parts, key=key)
        layout = self._shape(sides, parts, outputs)
        coverage = seen_by_one(self.database, layout, coverage)
        if parts.key:
            found = self._paired(layout, parts, coverage)
            if found is not None:
                return found
        elif given is None:
            self.guesses.append("key: none; no column tells the rows apart and is found on both sides")
        facts = count_side(self.database, "base", layout), count_side(self.database, "head", layout)
        counted = tally_unpaired(self.database, layout, *facts)
        return self._tallies(layout.kind, parts, coverage, counted, (facts[0].rows, facts[1].rows))

    def _outputs(self, sides: tuple[RawSide, RawSide], parts: PairParts) -> tuple[OutputFormat, OutputFormat]:
        """How each side writes its predictions; one without any is taken to write them like the other."""
        found = [
            output_of(self.database, side, parts.prediction, self.options.kind, self.guesses)
            for side in sides
        ]
        base, head = found
        numeric = OutputFormat(kind="numeric", is_text=True)
        return (
            base or replace(head or numeric, is_text=True),
            head or replace(base or numeric, is_text=True),
        )

    def _shape(
        self, sides: tuple[RawSide, RawSide], parts: PairParts, outputs: tuple[OutputFormat, OutputFormat]
    ) -> Layout:
        texts = differing_types(*sides, parts.key)
        for name, side, output in zip(("base", "head"), sides, outputs, strict=True):
            unreadable = shape_side(self.database, side, name, parts, output, texts)
            if unreadable:
                self.warnings.append(
                    f"{side.name}: {unreadable:,} predictions cannot be read; they count as null"
                )
        in_both = [each for each in parts.slices if all(each in side.profiles for side in sides)]
        samples = [side.sample for side in sides]
        return Layout(
            kind=outputs[0].kind,
            slices=parts.slices,
            keys=len(parts.key),
            grouping=choose_grouping(
                self.database, samples, [identifier(each) for each in in_both], len(parts.slices)
            ),
            threshold=self.options.threshold if outputs[0].kind == "numeric" else None,
            row_tolerance=self.options.row_tolerance,
            grouped=parts.group is not None,
            base_lacks=tuple(each for each in parts.slices if each not in sides[0].profiles),
            head_lacks=tuple(each for each in parts.slices if each not in sides[1].profiles),
        )

    def _paired(self, layout: Layout, parts: PairParts, coverage: Coverage) -> Tallies | None:
        """The tallies of pairs, None where a guessed key does not pair the rows."""
        keys, counted, reason = count_keys(self.database, layout), Counted(), None
        if not keys.explode:
            counted = tally_paired(self.database, layout, keys)
        duplicates = Duplicates() if counted.one_to_one else count_duplicates(self.database, layout.keys)
        if duplicates.any:
            counted, reason = Counted(), "not all of them"
            coverage = paired_coverage(coverage, parts.key, keys.rows, duplicates=duplicates)
        else:
            reason = mispaired(counted, keys.rows)
            coverage = paired_coverage(coverage, parts.key, keys.rows, counted=counted)
        if self.options.key is None:
            name = ", ".join(map(repr, parts.key))
            if reason is not None:
                self.guesses.append(f"key: none; {name} tells a sample of the rows apart, but {reason}")
                return None
            self.guesses.append(f"key: column {name} pairs the rows (choose with --key COLUMN)")
        return self._tallies(layout.kind, parts, coverage, counted, keys.rows)

    def _tallies(
        self,
        kind: PredictionKind,
        parts: PairParts,
        coverage: Coverage,
        counted: Counted,
        rows: tuple[int, int] = (0, 0),
    ) -> Tallies:
        for name, odd in zip(("base", "head"), counted.odd, strict=True):
            if odd:
                self.warnings.append(
                    f"{odd:,} predictions of the {name} are NaN, infinite or beyond 1e150; they count as null"
                )
        return Tallies(
            kind=kind,
            prediction=parts.prediction,
            coverage=coverage,
            tallies=counted.tallies,
            levels=LEVELS,
            base_rows=rows[0],
            head_rows=rows[1],
            guesses=tuple(self.guesses),
            warnings=(*self.warnings, *counted.warnings),
        )
