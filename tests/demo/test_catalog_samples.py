"""The invented monument of the demo: whole, made once, and saying everywhere that it is a sample."""

import datetime as dt

import pytest

from heritage.accounts.models import Role
from heritage.catalog.models import DamageReport, Dossier, ProtectionZone, Record, Restoration, Survey
from heritage.demo.loaders import catalog_samples
from tests.factories.accounts import UserFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_the_sample_says_so_wherever_it_is_shown(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    since = {"valid_from": dt.date(2025, 7, 1)}
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên", **since)
    unit = UnitFactory(code=catalog_samples.UNIT, parent=province, province=province, **since)
    UserFactory(username="xa.phudinh", role=Role.COMMUNE_EDITOR, unit=unit)
    assert catalog_samples.load()
    assert not catalog_samples.load()
    record = Record.objects.get(number=catalog_samples.NUMBER)
    page = client.get(record.get_absolute_url()).content.decode()
    assert "không có thật" in page
    assert page.count("zone-plan__area ") == 2
    assert all("không có thật" in zone.source for zone in ProtectionZone.objects.all())
    assert "không có thật" in Survey.objects.get().description
    assert "mẫu" in Restoration.objects.get().project
    assert "không có thật" in DamageReport.objects.get().description
    dossier = Dossier.objects.get()
    assert not dossier.live
    assert {file.media_type for item in dossier.items.all() for file in item.files.all()} == {
        "application/pdf",
        "image/jpeg",
    }
