"""Changes of the predictions that somebody meant: a small file, committed with the code that makes them.

`bisect-ml-accepted.toml` lies in the top folder of the repository. An acceptance names the results
that failed, with their effects, and the files that made them, with their blobs. It holds while those files
are the same and the effects are too; then it has expired, and the check fails again and says so.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec

from bisect_ml.errors import ConfigError
from bisect_ml.saved_check import Result

FILE_NAME = "bisect-ml-accepted.toml"
HEADER = """\
# Changes of the predictions that were meant, written by `bisect-ml check --accept`. To be committed with the
# code that makes them. An entry ends when one of its files changes, or when the effect becomes another.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedResult:
    """A result as it was accepted; `interval` are the effects between which it is still the same."""

    metric: str
    effect: float
    margin: float
    slice: str | None = None
    interval: tuple[float, float] | None = None

    def covers(self, result: Result) -> bool:
        """Tell whether a result is this one, and its effect still the one that was accepted.

        An effect that is no further off than the margin is the same by the user's own measure.
        """
        if (result.metric, result.slice) != (self.metric, self.slice) or result.effect is None:
            return False
        low, high = self.interval or (self.effect, self.effect)
        return min(low, self.effect) - self.margin <= result.effect <= max(high, self.effect) + self.margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What somebody accepted at once, and why. `files` maps paths to blobs, empty where a file was gone."""

    reason: Annotated[str, msgspec.Meta(min_length=1)]
    results: tuple[AcceptedResult, ...]
    files: Mapping[str, str]

    def changed_files(self, blobs: Mapping[str, str]) -> tuple[str, ...]:
        """Return the files that are not what they were, given the blobs of a commit by path."""
        return tuple(path for path, blob in self.files.items() if blobs.get(path, "") != blob)


def read(text: str, *, source: str) -> tuple[Acceptance, ...]:
    """Read the acceptances of a file.

    Args:
        text: What the file holds.
        source: What messages call it.

    Raises:
        ConfigError: It is not valid, or lacks something.
    """
    try:
        table = tomllib.loads(text)
        return msgspec.convert(table.get("accepted", []), tuple[Acceptance, ...])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source}: not valid TOML: {error}", "mend the file at that place") from None
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at `$", " at `accepted")
        raise ConfigError(
            f"{source}: {reason}", "take the entry out, and accept the change again with --accept"
        ) from None


def write(acceptances: Iterable[Acceptance]) -> str:
    """Return the text of a file that holds some acceptances."""
    return "\n".join([HEADER, *(_entry(one) for one in acceptances)])


def accept(results: Iterable[Result], reason: str, files: Mapping[str, str]) -> Acceptance:
    """Accept the results that failed and that no other acceptance covers.

    Args:
        results: All results of the comparison.
        reason: Why they are meant.
        files: The blobs of the files that make them, by path.

    Raises:
        ConfigError: No result failed, or there is no reason.
    """
    failed = [
        one for one in results if one.verdict == "fail" and one.accepted is None and one.effect is not None
    ]
    if not reason.strip():
        raise ConfigError("--accept needs a reason", 'say why the change is meant: --accept "new tariff"')
    if not failed:
        raise ConfigError("there is nothing to accept: no result failed", "run the check without --accept")
    return Acceptance(
        reason=reason.strip(),
        results=tuple(
            AcceptedResult(
                metric=one.metric,
                slice=one.slice,
                effect=one.effect or 0.0,
                interval=one.interval,
                margin=one.margin,
            )
            for one in failed
        ),
        files=files,
    )


def mark(
    results: Sequence[Result], acceptances: Iterable[Acceptance], blobs: Mapping[str, str]
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """Mark the results that an acceptance covers with its reason.

    Args:
        results: All results of the comparison.
        acceptances: What was accepted.
        blobs: The blobs of the head by path.

    Returns:
        The results, and a sentence about each acceptance that has expired and would have covered one.
    """
    marked = list(results)
    expired: list[str] = []
    for acceptance in acceptances:
        changed = acceptance.changed_files(blobs)
        known = {(one.metric, one.slice): one for one in acceptance.results}
        for place, result in enumerate(marked):
            accepted = known.get((result.metric, result.slice))
            if accepted is None or result.verdict != "fail" or result.accepted is not None:
                continue
            if changed:
                expired.append(f"{_quoted(acceptance.reason)} has expired: {_some(changed)} changed since")
            elif accepted.covers(result):
                marked[place] = replace(result, accepted=acceptance.reason)
            else:
                name = result.metric + (f" of {result.slice}" if result.slice else "")
                expired.append(
                    f"{_quoted(acceptance.reason)} does not cover {name}: "
                    f"the effect is {result.effect:+.4g}, and {accepted.effect:+.4g} was accepted"
                )
    return tuple(marked), tuple(dict.fromkeys(expired))


def standing(acceptances: Iterable[Acceptance], blobs: Mapping[str, str]) -> tuple[Acceptance, ...]:
    """Return the acceptances whose files are all as they were."""
    return tuple(one for one in acceptances if not one.changed_files(blobs))


def _entry(acceptance: Acceptance) -> str:
    lines = ["[[accepted]]", f"reason = {_text(acceptance.reason)}", "results = ["]
    lines += [f"    {{ {', '.join(_fields(one))} }}," for one in acceptance.results]
    lines += ["]", "", "[accepted.files]"]
    lines += [f"{_text(path)} = {_text(blob)}" for path, blob in sorted(acceptance.files.items())]
    return "\n".join(lines) + "\n"


def _fields(result: AcceptedResult) -> Iterator[str]:
    yield f"metric = {_text(result.metric)}"
    if result.slice is not None:
        yield f"slice = {_text(result.slice)}"
    yield f"effect = {_number(result.effect)}"
    if result.interval is not None:
        yield f"interval = [{_number(result.interval[0])}, {_number(result.interval[1])}]"
    yield f"margin = {_number(result.margin)}"


def _number(value: float) -> str:
    """Write a float as TOML knows it: always with a point or an exponent."""
    return repr(float(f"{value:.6g}"))


def _text(value: Any) -> str:
    """Write a basic string: JSON's escapes are TOML's, but for the one control character JSON leaves bare."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _quoted(reason: str) -> str:
    return f"the acceptance “{reason}”"


def _some(paths: Sequence[str]) -> str:
    return ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
