"""What every test stands on: a database migrated once and copied, services that are named when they are missing."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings as hypothesis_settings

from tests.databases import copied_template
from tests.garbage import collect_garbage_rarely
from tests.services import SERVICES

# No test is timed: how long an example takes says how busy the machine is, and benchmarks measure what must be quick.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, worker_id: str) -> Iterator[None]:
    """A fresh copy of the migrated template for each process, in about a second."""
    copy = ExitStack()
    with django_db_blocker.unblock():
        copy.enter_context(copied_template(worker_id))
    yield
    with django_db_blocker.unblock():
        copy.close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test begins in Vietnamese, whatever language the one before it ended in."""
    from django.utils import translation

    with translation.override("vi"):
        yield


@pytest.fixture(scope="module")
def all_units(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """All units and changes as shipped, for the rest of the module; then taken back."""
    from django.db import transaction

    from heritage.places.services import load_units

    with django_db_blocker.unblock(), transaction.atomic():
        load_units()
        yield
        transaction.set_rollback(True)


def pytest_collection_finish() -> None:
    collect_garbage_rarely()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_out_what_cannot_run(items)
    if os.environ.get("TEST_DATABASE_URL"):
        _leave_out_what_asks_no_database(config, items)


def _leave_out_what_asks_no_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The suite's second run, on a database of its own choice, can tell nothing new of a test that reaches none."""

    def asks(item: pytest.Item) -> bool:
        reaches = item.get_closest_marker("django_db") or _DATABASE & set(item.fixturenames)
        return bool(reaches) and not item.get_closest_marker("any_database")

    asking = [item for item in items if asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


_DATABASE = {"db", "transactional_db", "django_db_setup"}


def _leave_out_what_cannot_run(items: list[pytest.Item]) -> None:
    """Name the service that is missing; with REQUIRE_SERVICES=1 that is an error."""
    for name, service in SERVICES.items():
        concerned = [item for item in items if item.get_closest_marker(name)]
        if not concerned or not (reason := service.missing()):
            continue
        if os.environ.get("REQUIRE_SERVICES") == "1":
            raise pytest.UsageError(f"{len(concerned)} tests need {name}: {reason}")
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=f"{name}: {reason}"))
