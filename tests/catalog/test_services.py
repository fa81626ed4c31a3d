"""Every write leaves the register, its identifiers, its drafts and the outbox in step."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from heritage.accounts.models import UnitLogEntry
from heritage.catalog import services
from heritage.catalog.models import Act, Designation, Rank, Record
from heritage.catalog.queries import published
from heritage.core import outbox
from heritage.core.models import Change, Identifier
from heritage.iiif import owners
from heritage.iiif.models import Access, DigitalObject
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(monkeypatch):
    monkeypatch.setattr(outbox, "_consumers", {})
    outbox.register("search", lambda _objects: None, models={"catalog.record"})


def test_a_new_record_has_its_permanent_number_and_cannot_take_another():
    record = RecordFactory(number="")
    assert record.number == "DS-000001"
    assert Identifier.objects.get(number=record.number).object_id == record.pk
    record.number = "DS-000009"
    with pytest.raises(ValidationError):
        record.full_clean()


def test_publishing_makes_the_draft_public_and_says_so(watched):
    record = RecordFactory(live=False)
    record.name_vi = "Đình mẫu đã sửa"
    record.save_revision()
    Change.objects.all().delete()
    services.publish(record)
    assert published().get().name_vi == "Đình mẫu đã sửa"
    assert Change.objects.filter(model="catalog.record", object_id=record.pk).exists()


def test_a_withdrawn_record_answers_410_with_the_reason_and_comes_back(client):
    record = RecordFactory(live=False)
    services.publish(record)
    services.withdraw(record, "Trùng với hồ sơ khác")
    answer = client.get(record.get_absolute_url())
    assert answer.status_code == 410
    assert "Trùng với hồ sơ khác" in answer.content.decode()
    services.restore(record)
    assert client.get(record.get_absolute_url()).status_code == 200


def test_a_withdrawal_needs_a_reason():
    record = RecordFactory()
    with pytest.raises(ValidationError):
        services.withdraw(record, "  ")
    assert published().exists()


def test_a_merged_record_leads_to_its_successor(client):
    record, other = RecordFactory(), RecordFactory()
    services.merge(record, other, "Một di tích, hai hồ sơ")
    answer = client.get(record.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, other.get_absolute_url())


def test_an_act_recorded_while_a_draft_waits_survives_the_draft():
    record = RecordFactory(live=False)
    services.publish(record)
    record.summary_vi = "Bản thảo"
    record.save_revision()
    services.designate(Designation(record=record, act=Act.RANK, rank=Rank.NATIONAL, decision_number="1/QĐ"))
    services.publish(Record.objects.get(pk=record.pk))
    found = published().get()
    assert (found.summary_vi, found.rank, found.designations.count()) == ("Bản thảo", Rank.NATIONAL, 1)


@pytest.mark.parametrize("is_public", [True, False])
def test_an_act_recorded_beside_the_form_is_in_a_version_of_its_own(is_public):
    """Else no comparison would show it, and restoring the newest version would take it away."""
    record = RecordFactory(live=False)
    record.save_revision()
    if is_public:
        services.publish(record)
    services.designate(Designation(record=record, act=Act.RANK, rank=Rank.NATIONAL, decision_number="1/QĐ"))
    record = Record.objects.get(pk=record.pk)
    assert record.has_unpublished_changes is not is_public  # what was public is public with the act
    opened = record.latest_revision.as_object()
    assert UnitLogEntry.objects.for_instance(record).filter(revision=record.latest_revision).exists()
    assert [act.decision_number for act in opened.designations.all()] == ["1/QĐ"]
    services.publish(record)
    record = Record.objects.get(pk=record.pk)
    assert record.designations.count() == 1
    assert [period.rank for period in record.rank_periods.all()] == [Rank.NATIONAL]


def test_acts_changed_in_a_draft_change_the_rank_only_when_it_is_published():
    record = RecordFactory(live=False)
    act = DesignationFactory(record=record, rank=Rank.PROVINCIAL)
    services.publish(record)
    draft = Record.objects.get(pk=record.pk)
    act = draft.designations.get()
    act.rank = Rank.NATIONAL
    draft.designations.set([act, Designation(act=Act.UPGRADE, rank=Rank.SPECIAL_NATIONAL, decided_year=2020)])
    draft.save_revision()
    assert published().get().rank == Rank.PROVINCIAL
    services.publish(Record.objects.get(pk=record.pk))
    assert published().get().rank == Rank.SPECIAL_NATIONAL
    assert [period.rank for period in record.rank_periods.all()] == [Rank.NATIONAL, Rank.SPECIAL_NATIONAL]


def test_an_act_that_contradicts_itself_saves_nothing(watched):
    record = RecordFactory()
    Change.objects.all().delete()
    with pytest.raises(ValidationError):
        services.designate(Designation(record=record, act=Act.UPGRADE, decision_number="2/QĐ"))
    assert not record.designations.exists()
    assert not Change.objects.exists()


def test_an_act_saved_by_itself_is_noted_for_the_index(watched):
    record = RecordFactory()
    Change.objects.all().delete()
    DesignationFactory(record=record)
    assert Change.objects.filter(object_id=record.pk).exists()


def test_names_typed_decomposed_are_stored_composed():
    record = RecordFactory(name_vi=unicodedata.normalize("NFD", "Đền Đuổm"))
    assert record.name_vi == "Đền Đuổm"
    assert "den duom" in Record.objects.get().folded


class TestScans:
    @pytest.fixture
    def scan(self):
        return DigitalObject.objects.create(identifier="XX-1", label_vi="Bản dập bia")

    def access(self, scan):
        scan.refresh_from_db()
        return scan.access

    def test_they_are_open_only_while_their_record_is(self, scan):
        record = RecordFactory(live=False)
        services.attach_object(record, scan)
        assert self.access(scan) == Access.STAFF
        services.publish(record)
        assert self.access(scan) == Access.OPEN
        services.unpublish(record)
        assert self.access(scan) == Access.STAFF
        services.withdraw(record, "Ghi trùng")
        assert self.access(scan) == Access.CLOSED
        services.restore(record)
        assert self.access(scan) == Access.OPEN

    def test_one_kept_for_staff_stays_so(self, scan):
        record = RecordFactory()
        services.attach_object(record, scan, is_restricted=True)
        assert self.access(scan) == Access.STAFF
        services.attach_object(record, scan)
        assert self.access(scan) == Access.OPEN
        with pytest.raises(ValidationError, match=r"lý do|why"):
            services.detach_object(record, scan, reason=" ")
        services.detach_object(record, scan, reason="Nhầm di tích")
        assert self.access(scan) == Access.STAFF
        told = [entry.data["what"] for entry in UnitLogEntry.objects.for_instance(record).filter(action="catalog.scan")]
        assert sorted(told) == ["attached", "opened", "taken_away"]
        with pytest.raises(ValidationError):
            services.detach_object(record, scan, reason="Lần nữa")

    def test_one_of_two_records_is_enough(self, scan):
        one, other = RecordFactory(), RecordFactory()
        services.attach_object(one, scan)
        services.attach_object(other, scan)
        services.withdraw(one, "Ghi trùng")
        assert self.access(scan) == Access.OPEN
        services.withdraw(other, "Ghi trùng")
        assert self.access(scan) == Access.CLOSED

    def test_iiif_finds_the_record_by_its_number(self, scan):
        record = RecordFactory(number="TN99")
        owners.attach("record", "TN99", scan)
        assert list(record.digital_objects.all()) == [scan]
        with pytest.raises(owners.NoSuchOwnerError):
            owners.attach("record", "TN98", scan)
