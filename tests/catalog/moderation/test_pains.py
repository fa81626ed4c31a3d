"""Two pains of other registers; the index of all is in this package's docstring."""

import pytest

from heritage.accounts.models import Role
from heritage.catalog.models import Record, Source
from tests.catalog.moderation.conftest import address
from tests.factories.catalog import ZoneFactory

pytestmark = pytest.mark.django_db


def test_rights_hide_no_point_from_the_map(client, desk, record):
    """Pain 2 (arches#10677): with rights by record switched on the point vanished, even for administrators."""
    Record.objects.filter(pk=record.pk).update(latitude=21.7, longitude=105.6)
    for window in (client, desk(Role.ADMINISTRATOR).client, desk(Role.VIEWER).client):
        page = window.get(record.get_absolute_url()).content.decode()
        assert "21.7" in page
        assert "105.6" in page


def test_who_may_only_read_sees_all_but_the_exact_place(desk, record):
    """Pain 8 (arches#12718): a report dropped what its reader may read but not edit."""
    place = {"latitude": 21.71234, "longitude": 105.61234}
    Record.objects.filter(pk=record.pk).update(live=False, internal_note="Khoá ở nhà ông từ", **place)
    Source.objects.create(record=record, citation="Địa chí mẫu")
    ZoneFactory(record=record)
    read, worked = (
        desk(role).client.get(address("inspect", record)).content.decode() for role in (Role.VIEWER, Role.REVIEWER)
    )
    for page in (read, worked):
        assert "Địa chí mẫu" in page
        assert "Một dòng." in page
    for secret in ("21.71234", "Khoá ở nhà ông từ"):
        assert secret not in read
        assert secret in worked
