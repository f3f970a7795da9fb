"""What a check is asked to do, and what of it cannot be done."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from bisect_ml.check_settings import CheckSettings
from bisect_ml.errors import ConfigError

_FLAGS = {"timeout_s": "--timeout", "slices": "--slice", "margins": "--margin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be checked, and how far to go.

    Attributes:
        base: A branch, tag or commit that is good.
        head: The one that is to be released.
        base_predictions: What the base predicts, where it need not be run.
        head_predictions: What the head predicts, likewise.
        repo: The repository of both.
        merge_base: Whether the head is held against where it left the base, or against the base itself.
        bisect: Whether a failure is followed by running commits until its cause is found.
        accept: Why the change is meant, where it is to be accepted.
        seed: What the command is given as its seed.
        timeout_s: The most seconds that a run may take.
        cache: Whether results of earlier runs are taken.
    """

    base: str | None = None
    head: str | None = None
    base_predictions: str | None = None
    head_predictions: str | None = None
    repo: str = "."
    merge_base: bool = True
    bisect: bool = False
    accept: str | None = None
    seed: int = 0
    timeout_s: float | None = None
    cache: bool = True

    @property
    def of_files(self) -> bool:
        """Whether the predictions are given, so that nothing is run."""
        return self.base_predictions is not None or self.head_predictions is not None


def refuse(request: Request, settings: CheckSettings) -> None:
    """Refuse what cannot be done, before any work.

    Raises:
        ConfigError: Something is missing, or does not go together.
    """
    if request.of_files:
        if request.base_predictions is None or request.head_predictions is None:
            raise ConfigError(
                "predictions are given for one side only",
                "give both, --base-predictions FILE and --head-predictions FILE",
            )
        if request.bisect:
            raise ConfigError(
                "--bisect runs the code, and files of predictions have none",
                "give BASE, HEAD and --run instead of --base-predictions and --head-predictions",
            )
        if request.accept is not None and request.head is None:
            raise ConfigError(
                "--accept is about the code of a branch, and none is named",
                "name BASE and HEAD beside the predictions",
            )
        return
    if request.base is None or request.head is None:
        raise ConfigError(
            "there is nothing to compare",
            "name BASE and HEAD, two branches, with --run; or give --base-predictions and --head-predictions",
        )
    if settings.run is None:
        raise ConfigError(
            "it is not said how the code predicts",
            'give the command: --run "python -m app.score {input} {output}", or run = "…" in [check] of'
            " bisect-ml.toml",
        )
    if settings.input is not None and "{input}" not in settings.run:
        raise ConfigError(
            "--run does not say where the input goes",
            "write {input} into the command, where it takes the path of the recorded inputs",
        )


def check_command(request: Request, settings: CheckSettings) -> str:
    """Return the command that makes this check again."""
    words = ["bisect-ml", "check"]
    words += [each for each in (request.base, request.head) if each is not None]
    default = Request()
    for name in ("base_predictions", "head_predictions", "repo", "seed", "timeout_s"):
        value = getattr(request, name)
        if value is not None and value != getattr(default, name):
            words += [_FLAGS.get(name, "--" + name.replace("_", "-")), str(value)]
    words += ["--no-merge-base"] * (not request.merge_base) + ["--bisect"] * request.bisect
    return shlex.join([*words, *_settings_flags(settings)])


def _settings_flags(settings: CheckSettings) -> Iterator[str]:
    usual = CheckSettings()
    if settings.key == ():
        yield "--unpaired"
    for field in fields(settings):
        value = getattr(settings, field.name)
        if value == getattr(usual, field.name):
            continue
        flag = _FLAGS.get(field.name, "--" + field.name.replace("_", "-"))
        if isinstance(value, Mapping):
            yield from (word for name, margin in value.items() for word in (flag, f"{name}={margin:g}"))
        else:
            many = value if isinstance(value, tuple) else (value,)
            yield from (word for each in many for word in (flag, str(each)))
