"""Which deploys count: of which service, to which environment, with which outcome."""

from datetime import UTC, datetime, timedelta

import pytest

from bisect_ml.releases import select
from bisect_ml.types import Deploy, DeployStatus

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def deploy(
    sha: str | None,
    hour: float = 0,
    *,
    service: str | None = "api",
    environment: str | None = "production",
    status: DeployStatus = "succeeded",
) -> Deploy:
    return Deploy(
        id=f"{service}-{hour}",
        ref=sha or "gone",
        sha=sha,
        service=service,
        environment=environment,
        started_at=FIRST + timedelta(hours=hour),
        finished_at=None,
        status=status,
    )


def test_production_is_chosen_where_the_log_names_it() -> None:
    deploys = [deploy("a", 2), deploy("b", 1, environment="staging"), deploy("c", environment="Prod")]

    chosen, warnings = select(deploys)

    assert ([each.sha for each in chosen], warnings) == (["c", "a"], ())


def test_regions_of_production_count() -> None:
    deploys = [deploy("a", environment="prod-eu"), deploy("b", 1, environment="staging")]

    assert [each.sha for each in select(deploys)[0]] == ["a"]


def test_without_production_every_environment_counts_and_is_said() -> None:
    deploys = [deploy("a", environment="benchmark"), deploy("b", 1, environment="nightly")]

    chosen, warnings = select(deploys)

    assert len(chosen) == 2
    assert warnings == ("no environment looks like production: all count (benchmark, nightly); choose one",)
    assert select(deploys[:1])[1] == ()


def test_a_service_and_an_environment_can_be_chosen() -> None:
    deploys = [deploy("a"), deploy("b", service="batch"), deploy("c", environment="staging")]

    chosen, warnings = select(deploys, service="api", environment="staging")

    assert ([each.sha for each in chosen], warnings) == (["c"], ())


def test_what_the_log_does_not_have_is_said() -> None:
    assert select([deploy("a")], service="web") == (
        (),
        ("no deploy is of service 'web'; the log has api",),
    )
    assert select([deploy("a")], environment="qa")[1] == (
        "no deploy is to environment 'qa'; the log has production",
    )
    nameless = [deploy("a", service=None, environment=None)]
    assert select(nameless, service="web", environment="qa") == (
        tuple(nameless),
        (
            "the deploys name no service: all of them count as 'web'",
            "the deploys name no environment: all of them count as 'qa'",
        ),
    )


def test_deploys_of_several_services_are_said() -> None:
    assert select([deploy("a"), deploy("b", service="batch")])[1] == (
        "the deploys of 2 services all count (api, batch); choose one",
    )


def test_deploys_to_nowhere_are_left_out_and_said() -> None:
    chosen, warnings = select([deploy("a"), deploy("b", environment=None)])

    assert [each.sha for each in chosen] == ["a"]
    assert warnings == ("1 deploys name no environment and are left out: production is looked at",)


@pytest.mark.parametrize(("status", "count"), [("succeeded", 2), ("unknown", 2), ("failed", 1)])
def test_failed_deploys_did_not_ship(status: DeployStatus, count: int) -> None:
    chosen, warnings = select([deploy("a"), deploy("b", 1, status=status)])

    assert len(chosen) == count
    assert bool(warnings) == (status == "failed")
