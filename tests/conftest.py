"""What every test stands on: a database migrated once and copied, services that are named when they are missing."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

from tests.databases import copied_template
from tests.services import SERVICES

# No test is timed: how long an example takes says how busy the machine is, and benchmarks measure what must be quick.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, worker_id: str) -> Iterator[None]:
    """A fresh copy of the migrated template for each process, in about a second."""
    with django_db_blocker.unblock(), copied_template(worker_id):
        yield


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test begins in Vietnamese, whatever language the one before it ended in."""
    from django.utils import translation

    with translation.override("vi"):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, naming the service; with REQUIRE_SERVICES=1 that is an error."""
    for name, service in SERVICES.items():
        concerned = [item for item in items if item.get_closest_marker(name)]
        if not concerned or not (reason := service.missing()):
            continue
        if os.environ.get("REQUIRE_SERVICES") == "1":
            raise pytest.UsageError(f"{len(concerned)} tests need {name}: {reason}")
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=f"{name}: {reason}"))
