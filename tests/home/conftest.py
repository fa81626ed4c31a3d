import pytest

from heritage.home.models import HomePage
from heritage.home.setup import set_up


@pytest.fixture
def home(db) -> HomePage:
    """The site as `migrate` leaves it."""
    return set_up()
