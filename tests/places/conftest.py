"""The shipped table of units."""

import pytest


@pytest.fixture
def units(all_units, db):
    from heritage.places.models import Unit

    return Unit.objects
