"""Settings: the tool's defaults, then the project's TOML file, then the flags.

The file is `bisect-ml.toml` in the working directory, or the table `[tool.bisect-ml]` of its
`pyproject.toml`. Every key has the name of the `Settings` field, with `-` or `_`. What differs between
services is in tables, for which there are no flags:

    deploys = ["deploys.csv", "models.json"]

    [repositories]              # the repository of each service that is not in the one of --repo
    features = "../feature-store"

    [paths]                     # what counts of a repository that several services share
    scorer = ["services/scorer", "libs/*/features.py"]
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from bisect_ml.errors import ConfigError

FILE_NAME = "bisect-ml.toml"
# Settings that have no flag.
FILE_ONLY = frozenset({"repositories", "paths", "false_alarm_rate"})
# Settings that no file may make.
FLAG_ONLY = frozenset({"fetch"})
# Tables of other commands, which read them themselves.
TABLES = frozenset({"check"})

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is asked to do; None means: guess from the input, and say the guess.

    Attributes:
        deploys: The deploy file, `tags:PATTERN` or `branch:NAME` of the repository, or several of these.
        timestamp: Column of the prediction log that says when.
        prediction: Column that holds the model's output.
        slices: Columns that split the population.
        features: Numeric columns that hold the model's inputs.
        version: Column that says which version of the code served the row.
        tz: Zone of timestamps that carry none, and of the calendar of daily and weekly seasons.
        bucket: Width of a bucket, such as `15min` or `1h`.
        service: The service whose deploys count.
        environment: The environment whose deploys count.
        repositories: The repository of each service whose code is not in the main one.
        paths: Folders, files or patterns of each service that shares its repository with others: only
            commits that touch one of them count.
        entry: Where predictions start in the code, `module:function`; several with commas between.
        link_template: Web address of a commit, with `{sha}` in place of its sha; by default it is made from
            the remote of the repository.
        fetch: Whether partial clones may fetch what they lack; not to be set by a file, which may have
            come with the repository.
        max_unreadable: Largest share of unreadable rows that is let through with a warning.
        false_alarm_rate: Chance that a log in which nothing changed gives any incident.
    """

    deploys: str | tuple[str, ...] | None = None
    timestamp: str | None = None
    prediction: str | None = None
    slices: tuple[str, ...] | None = None
    features: tuple[str, ...] | None = None
    version: str | None = None
    tz: str = "UTC"
    bucket: str | None = None
    service: str | None = None
    environment: str | None = None
    repositories: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entry: str | None = None
    link_template: str | None = None
    fetch: bool = False
    max_unreadable: Share = 0.01
    false_alarm_rate: Share = 0.02

    def __post_init__(self) -> None:
        """Refuse a time zone that does not exist and a template that makes no web address."""
        if self.tz != "UTC" and self.tz not in available_timezones():
            raise ConfigError(
                f"unknown time zone {self.tz!r}", "use a name of the tz database, such as Europe/Berlin"
            )
        if self.link_template is not None:
            check_link_template(self.link_template)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that `tz` names."""
        return ZoneInfo(self.tz)


def check_link_template(template: str) -> None:
    """Refuse a link template that makes no web address of a commit.

    Raises:
        ConfigError: It is no `https` or `http` address, or has no `{sha}`.
    """
    if not re.match(r"https?://[\w.-]", template) or "{sha}" not in template:
        raise ConfigError(
            f"the link template {template!r} makes no address of a commit",
            "write it like https://git.example.com/team/service/commit/{sha}",
        )


def load_settings(flags: Mapping[str, Any], *, folder: Path, file: Path | None = None) -> Settings:
    """Merge the defaults, the settings file and the flags.

    Args:
        flags: Field names to values; None means that the flag was not given.
        folder: Where to look for the file when `file` is None.
        file: A settings file to read instead.

    Raises:
        ConfigError: The file cannot be read, or a key or a value does not fit.
    """
    path, table = read_table(folder, file)
    known = {field.name for field in fields(Settings)} - FLAG_ONLY
    settings = {key.replace("-", "_"): value for key, value in table.items() if key not in TABLES}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ConfigError(
            f"{path}: unknown setting {unknown[0]!r}", f"the settings are {', '.join(sorted(known))}"
        )
    settings |= {key: value for key, value in flags.items() if value is not None}
    try:
        return msgspec.convert(settings, Settings)
    except ConfigError as error:
        raise ConfigError(f"{path or 'settings'}: {error.message}", error.hint) from None
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at `$.", " at `")
        raise ConfigError(f"{path or 'settings'}: {reason}", "see `bisect-ml trace --help`") from None


def read_table(folder: Path, file: Path | None) -> tuple[Path | None, dict[str, Any]]:
    """Return the settings file and what it holds; no file, and nothing, where there is none.

    Raises:
        ConfigError: The file cannot be read.
    """
    if file is not None:
        return file, _load_toml(file)
    own = folder / FILE_NAME
    if own.is_file():
        return own, _load_toml(own)
    project = folder / "pyproject.toml"
    if project.is_file():
        return project, _load_toml(project).get("tool", {}).get("bisect-ml", {})
    return None, {}


def _load_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "give the path of a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}", "mend the file at that place") from None
