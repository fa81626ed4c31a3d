"""The manifest of a record's scan names the record, leads to its pages and data, and is listed by kind."""

import datetime as dt

import pytest

from heritage.accounts.models import Role
from heritage.catalog import manifests, services
from heritage.iiif import owners
from heritage.iiif import services as iiif
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(settings, tmp_path):
    for name in ("originals", "pyramids", "cache"):
        setattr(settings, f"IIIF_{name.upper()}_DIR", tmp_path / name)
    record = RecordFactory(number="TN01", name_vi="Chùa Hang", name_en="Hang Pagoda", kind="monument", live=True)
    obj = DigitalObjectFactory(identifier="TN01", access="staff")
    iiif.ingest(image_file(tmp_path, "a.png", 60, 50), obj)
    services.attach_object(record, obj)
    return record


def test_a_manifest_names_its_record(client, record):
    found = client.get("/iiif/presentation/3/TN01/manifest").json()
    assert [page["id"] for page in found["homepage"]] == [
        "http://testserver/vi/di-san/TN01/",
        "http://testserver/en/heritage/TN01/",
    ]
    assert found["seeAlso"][0]["id"] == "http://testserver/id/TN01.json"
    assert found["metadata"][0]["value"] == {"vi": ["TN01"], "en": ["TN01"]}


def test_scans_are_listed_by_kind_while_their_record_is_public(client, record):
    address = "/iiif/presentation/3/collection/monument"
    assert len(client.get(address).json()["items"]) == 1
    assert client.get("/iiif/presentation/3/collection/ich").json()["items"] == []


def test_a_draft_says_nothing(record):
    obj = record.digital_objects.get()
    type(record).objects.filter(pk=record.pk).update(live=False)
    assert manifests.describe([obj]) == {}


def test_scans_are_added_by_those_who_may_change_the_record(record):
    here = UnitFactory()
    type(record).objects.filter(pk=record.pk).update(unit=here)
    assert manifests.may(UserFactory(role=Role.COMMUNE_EDITOR, unit=here), "TN01")
    assert not manifests.may(UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory()), "TN01")
    with pytest.raises(owners.NoSuchOwnerError):
        manifests.may(UserFactory(role=Role.COMMUNE_EDITOR, unit=here), "XX99")


def test_scans_are_listed_by_the_rank_their_record_holds_today(client, record):
    DesignationFactory(record=record, rank="national", decided_on=dt.date(1990, 1, 1))
    root = "/iiif/presentation/3/collection/"
    assert [one["id"][-13:] for one in client.get(f"{root}ranks").json()["items"]] == ["rank-national"]
    assert len(client.get(f"{root}rank-national").json()["items"]) == 1
    assert client.get(f"{root}rank-provincial").json()["items"] == []
    type(record).objects.filter(pk=record.pk).update(live=False)
    assert client.get(f"{root}ranks").json()["items"] == []
    assert client.get(f"{root}rank-national").json()["items"] == []


def test_what_a_record_keeps_for_staff_is_not_listed_by_it(client, record):
    """The scan is open by another record; that this one has it too is the staff's business."""
    keeper = RecordFactory(number="TN02", kind="ich", live=True)
    keeper.record_objects.create(digital_object=record.digital_objects.get(), is_restricted=True)
    assert client.get("/iiif/presentation/3/collection/ich").json()["items"] == []
    assert client.get("/iiif/presentation/3/TN01/manifest").json()["metadata"][0]["value"]["vi"] == ["TN01"]
