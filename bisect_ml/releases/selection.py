"""Which deploys of a log count: those of a service and an environment, and those that shipped."""

from collections.abc import Sequence

from bisect_ml.types import Deploy

# The service, or the environment, that stands for each and every one.
EVERY = "*"
PRODUCTION = ("production", "prod", "prd", "live")


def select(
    deploys: Sequence[Deploy], *, service: str | None = None, environment: str | None = None
) -> tuple[tuple[Deploy, ...], tuple[str, ...]]:
    """Choose the deploys that shipped to a service and an environment, oldest first.

    Args:
        deploys: All deploys of the log.
        service: The service whose deploys count; all services, with a warning, when None. Models,
            which a registry does not give to a service, count for each.
        environment: The environment that counts; production when None, where the log knows one.

    `EVERY` stands for each service or each environment.

    Returns:
        The deploys, and warnings about what was left out or could not be told apart.
    """
    chosen, told = aimed_at(deploys, service=service, environment=environment)
    warnings = list(told)
    failed = sum(deploy.status == "failed" for deploy in chosen)
    if failed:
        warnings.append(f"{failed} of {len(chosen)} deploys failed or were cancelled: they shipped nothing")
    shipped = (deploy for deploy in chosen if deploy.status != "failed")
    return tuple(sorted(shipped, key=lambda deploy: deploy.started_at)), tuple(warnings)


def aimed_at(
    deploys: Sequence[Deploy], *, service: str | None = None, environment: str | None = None
) -> tuple[tuple[Deploy, ...], tuple[str, ...]]:
    """Choose like `select`, and keep the deploys that failed; the order stays as it is."""
    warnings: list[str] = []
    chosen = _of_service(deploys, service, warnings)
    chosen = _of_environment(chosen, environment, warnings)
    return tuple(chosen), tuple(warnings)


def _of_service(deploys: Sequence[Deploy], service: str | None, warnings: list[str]) -> list[Deploy]:
    if service == EVERY:
        return list(deploys)
    known = sorted({deploy.service for deploy in deploys if deploy.service})
    if service is None:
        if len(known) > 1:
            warnings.append(f"the deploys of {len(known)} services all count ({_list(known)}); choose one")
        return list(deploys)
    if not known:
        warnings.append(f"the deploys name no service: all of them count as {service!r}")
        return list(deploys)
    if service not in known:
        warnings.append(f"no deploy is of service {service!r}; the log has {_list(known)}")
    return [deploy for deploy in deploys if deploy.service == service or deploy.is_model]


def _of_environment(deploys: Sequence[Deploy], environment: str | None, warnings: list[str]) -> list[Deploy]:
    if environment == EVERY:
        return list(deploys)
    known = sorted({deploy.environment for deploy in deploys if deploy.environment})
    if not known:
        if environment is not None:
            warnings.append(f"the deploys name no environment: all of them count as {environment!r}")
        return list(deploys)
    if environment is not None:
        if environment not in known:
            warnings.append(f"no deploy is to environment {environment!r}; the log has {_list(known)}")
        return [deploy for deploy in deploys if deploy.environment == environment]
    production = [name for name in known if name.lower() in PRODUCTION] or [
        name for name in known if name.lower().startswith("prod")
    ]
    if not production:
        if len(known) > 1:
            warnings.append(f"no environment looks like production: all count ({_list(known)}); choose one")
        return list(deploys)
    nowhere = sum(deploy.environment is None for deploy in deploys)
    if nowhere:
        warnings.append(
            f"{nowhere} deploys name no environment and are left out: {production[0]} is looked at"
        )
    return [deploy for deploy in deploys if deploy.environment in production]


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
