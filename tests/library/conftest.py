"""Who works in the library."""

import pytest
from django.contrib.auth import get_user_model

from heritage.accounts.models import Role, UnitRole


@pytest.fixture
def librarian(client):
    user = get_user_model().objects.create_user("thu-thu", password="x")
    UnitRole.objects.create(user=user, role=Role.LIBRARIAN)
    client.force_login(user)
    return user
