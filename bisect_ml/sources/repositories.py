"""The repositories of the deployed code: one for all services, or one of its own for some."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from bisect_ml.errors import ConfigError, GitError
from bisect_ml.sources.git import Repository

Item = TypeVar("Item")


class Repositories:
    """Where the code of each service is; a repository is opened when it is first asked for.

    Args:
        default: The repository of the services that have none of their own.
        by_service: The repository of each service that has one of its own.
        fetch: Whether partial clones may fetch what they lack.
    """

    def __init__(
        self,
        default: str | Path | Repository,
        by_service: Mapping[str, str | Path] | None = None,
        *,
        fetch: bool = False,
    ) -> None:
        self._default = default
        self._by_service = by_service or {}
        self._fetch = fetch
        self._opened: dict[Path, Repository] = {}

    @property
    def opened(self) -> tuple[Repository, ...]:
        """The repositories that were asked for, in that order."""
        return tuple(self._opened.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What those repositories could not answer in full."""
        return tuple(warning for each in self.opened for warning in each.warnings)

    def of(self, service: str | None) -> Repository:
        """Return the repository of a service, or the default one.

        Raises:
            ConfigError: The settings name a repository for the service that cannot be opened.
            GitError: The default repository cannot be opened.
        """
        if service is not None and service in self._by_service:
            try:
                return self._open(self._by_service[service])
            except GitError as error:
                raise ConfigError(f"repositories.{service}: {error.message}", error.hint) from None
        return self._open(self._default)

    def parts(
        self, items: Iterable[Item], service: Callable[[Item], str | None]
    ) -> tuple[tuple[Repository, tuple[Item, ...]], ...]:
        """Sort deploys, releases or anything else of a service by its repository."""
        parts: dict[Repository, list[Item]] = {}
        for item in items:
            parts.setdefault(self.of(service(item)), []).append(item)
        return tuple((repository, tuple(own)) for repository, own in parts.items())

    def _open(self, place: str | Path | Repository) -> Repository:
        path = place.path if isinstance(place, Repository) else Path(place)
        if path not in self._opened:
            opened = place if isinstance(place, Repository) else Repository(path, fetch=self._fetch)
            self._opened[path] = opened
        return self._opened[path]
