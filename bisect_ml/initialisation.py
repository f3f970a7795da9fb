"""A first settings file: what the data and the repository in a folder tell, as `bisect-ml.toml`."""

import json
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bisect_ml.config import FILE_NAME
from bisect_ml.errors import BisectError, ConfigError, InputError
from bisect_ml.history import RELEASE_TAGS, deploys_beside
from bisect_ml.progress import Progress, Silence
from bisect_ml.sources import DeployLog, Repository, open_predictions, read_deploys
from bisect_ml.types import Columns

_LOG_SUFFIXES = (".parquet", ".pq", ".csv", ".tsv", ".jsonl", ".ndjson")
_COMPRESSIONS = (".gz", ".zst")
_DEPTH = 3
_MOST_TRIED = 20
_NOTE_COLUMN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A settings file not written yet, and the command that would use it."""

    text: str
    command: str


def draft(
    predictions: Sequence[str] = (),
    *,
    repo: str | Path = ".",
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Look at prediction logs, deploys and a repository, and write down what `trace` would guess.

    Args:
        predictions: Files, folders or patterns; the largest readable log below `folder` by default.
        repo: The git repository of the deployed code.
        folder: Where to look, and what the paths in the file are relative to; where we are by default.
        progress: Told what was found.

    Raises:
        BisectError: The predictions that were named, or the repository, cannot be used; or no log was found.
    """
    folder, progress = folder or Path.cwd(), progress or Silence()
    repository = Repository(repo)
    progress.stage("Reading predictions")
    named, columns = _named(predictions) if predictions else _largest_log(folder)
    progress.note(f"Predictions: {', '.join(named)}")
    progress.stage("Reading deploys")
    source, deploys = _deploys(folder, [Path(each).parent for each in named], repository, progress)
    lines = [
        "# What `bisect-ml init` found here. Flags win over this file; lines that begin with # are off.",
        "",
        *_column_lines(columns),
        "",
        *_deploy_lines(source, deploys),
        "",
        _off("entry", "package.module:function", "where predictions start in the code"),
        _off("tz", "UTC", "zone of times that name none, and of daily and weekly seasons"),
    ]
    words = ["bisect-ml", "trace", *named, *(["--repo", str(repo)] if Path(repo) != Path() else [])]
    return Draft(text="\n".join(lines) + "\n", command=shlex.join([*words, "--html", "report.html"]))


def check_free(folder: Path) -> Path:
    """Return where the settings file of a folder goes.

    Raises:
        ConfigError: There is one already, and it may have been edited.
    """
    path = folder / FILE_NAME
    if path.exists():
        raise ConfigError(f"{path}: exists already", "remove it, or rename it, to have a new one written")
    return path


def _named(predictions: Sequence[str]) -> tuple[tuple[str, ...], Columns]:
    with open_predictions(predictions) as log:
        return tuple(predictions), log.columns


def _largest_log(folder: Path) -> tuple[tuple[str, ...], Columns]:
    """Return the largest files of one folder and suffix that can be read as a prediction log."""
    sizes: Counter[tuple[Path, str]] = Counter()
    files: dict[tuple[Path, str], list[Path]] = {}
    for path in _log_files(folder, _DEPTH):
        place = path.parent, "".join(path.suffixes)
        sizes[place] += path.stat().st_size
        files.setdefault(place, []).append(path)
    for place, _ in sizes.most_common(_MOST_TRIED):
        own = files[place]
        path = own[0] if len(own) == 1 else place[0] / f"*{place[1]}"
        # A file that is no log of predictions is not an error here: the next one may be.
        with suppress(BisectError):
            return _named([str(path.relative_to(folder) if folder == Path.cwd() else path)])
    raise InputError(
        f"{folder}: no prediction log was found in it",
        "name it: bisect-ml init PREDICTIONS (a time and a prediction in each row)",
    )


def _log_files(folder: Path, depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_", "deploy")) or path.is_symlink():
            continue
        if path.is_dir() and depth and not (path / "pyvenv.cfg").exists():
            yield from _log_files(path, depth - 1)
        elif path.is_file() and _log_suffix(path) in _LOG_SUFFIXES:
            yield path


def _log_suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix in _COMPRESSIONS else path.suffix


def _deploys(
    folder: Path, beside: Sequence[Path], repository: Repository, progress: Progress
) -> tuple[str | None, DeployLog]:
    found = deploys_beside([*beside, folder], progress)
    if found is not None:
        log = read_deploys(found, repository=repository)
        return str(found.relative_to(folder) if found.is_relative_to(folder) else found), log
    pattern = next((each for each in RELEASE_TAGS if repository.tags(each)), None)
    if pattern is None:
        return None, DeployLog(deploys=())
    progress.note(f"Deploys: the tags {pattern} of the repository")
    return f"tags:{pattern}", read_deploys(f"tags:{pattern}", repository=repository)


def _column_lines(columns: Columns) -> Iterator[str]:
    yield _on("timestamp", columns.timestamp)
    yield _on("prediction", columns.prediction)
    yield _on("slices", columns.slices)
    yield _on("features", columns.features)
    if columns.version:
        yield _on("version", columns.version)
    else:
        yield _off("version", "COLUMN", "which version served the row: no such column was found")


def _deploy_lines(source: str | None, log: DeployLog) -> Iterator[str]:
    if source is None:
        yield _off("deploys", "deploys.csv", "no deploy log and no release tags were found")
    else:
        yield _on("deploys", source)
    for name in ("service", "environment"):
        counts = Counter(str(getattr(each, name)) for each in log.deploys if getattr(each, name))
        if len(counts) == 1:
            yield _on(name, next(iter(counts)))
        elif counts:
            # Which one made the predictions, only the user knows.
            told = ", ".join(
                f"{each} ({count} deploy{'s' * (count > 1)})" for each, count in counts.most_common()
            )
            yield _off(name, counts.most_common(1)[0][0], f"one of {told}")


def _on(key: str, value: str | Sequence[str]) -> str:
    return f"{key} = {_toml(value)}"


def _off(key: str, value: str, note: str) -> str:
    return f"# {key} = {_toml(value)}".ljust(_NOTE_COLUMN) + f"  # {note}"


def _toml(value: str | Sequence[str]) -> str:
    """Return a TOML literal; its strings and arrays are JSON's but for the one control character."""
    text = json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")
