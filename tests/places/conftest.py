"""The shipped table, loaded once for all tests of this folder."""

import pytest
from django.db import transaction

from heritage.places.services import load_units


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All units and changes as shipped, taken back after the module."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_units()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def units(loaded, db):
    from heritage.places.models import Unit

    return Unit.objects
