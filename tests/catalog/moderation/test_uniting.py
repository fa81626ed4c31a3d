"""Merging records and splitting one: numbers lead on, uses move with their drafts, everything can be taken back."""

import pytest
from django.core.exceptions import ValidationError

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog import services
from heritage.catalog.dossiers.services import open_dossier
from heritage.catalog.models import Dossier, Record, RecordUnion, Relation, Source
from heritage.catalog.moderation import uniting
from heritage.core.models import Identifier
from heritage.iiif.models import DigitalObject
from tests.catalog.moderation.conftest import address, latest
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.library import WorkFactory

pytestmark = pytest.mark.django_db


def published(**values):
    record = RecordFactory(live=False, **values)
    record.save_revision()
    return services.publish(record)


@pytest.fixture
def pair(commune):
    """One temple under two numbers; the second has an act, a scan, a dossier, a part, a book and a festival at it."""
    one, two = (published(unit=commune, name_vi=name) for name in ("Chùa Một", "Chùa Hai"))
    act = DesignationFactory(record=two, decision_number="5/QĐ-MAU")
    DesignationFactory(record=two, act="correct", rank="", decision_number="6/QĐ-MAU", corrects=act)
    for record in (one, two):
        Source.objects.create(record=record, citation="Cùng một nguồn")
    Source.objects.create(record=two, citation="Nguồn riêng")
    services.attach_object(two, DigitalObject.objects.create(label_vi="Ảnh quét", unit=commune))
    open_dossier(two, "national")
    festival = published(unit=commune, name_vi="Lễ hội chùa")
    festival.relations.add(Relation(kind="celebrated_at", target=two))
    festival.save_revision().publish()
    part = published(unit=commune, part_of=two)
    work = WorkFactory()
    work.records.add(two)
    work.save()
    work.save_revision()
    return one, two, festival, part, work


def test_a_merger_moves_what_used_the_record_and_is_taken_back(pair, client):
    one, two, festival, part, work = pair
    union = uniting.unite(two, one, "Một ngôi chùa, hai hồ sơ")
    assert client.get(two.get_absolute_url())["Location"] == one.get_absolute_url()
    one = Record.objects.get(pk=one.pk)
    assert (one.live, one.has_unpublished_changes) == (True, False)
    for version in (one, latest(one)):
        assert {each.decision_number for each in version.designations.all()} == {"5/QĐ-MAU", "6/QĐ-MAU"}
        assert sorted(each.citation for each in version.sources.all()) == ["Cùng một nguồn", "Nguồn riêng"]
        assert [each.text for each in version.names.all()] == ["Chùa Hai"]
    corrected = one.designations.get(decision_number="6/QĐ-MAU").corrects
    assert corrected == one.designations.get(decision_number="5/QĐ-MAU")
    assert one.rank_periods.exists()
    assert (one.digital_objects.count(), Dossier.objects.get().record) == (1, one)
    assert Record.objects.get(pk=part.pk).part_of == one
    assert latest(part).part_of == one
    assert Relation.objects.get(record=festival).target == one
    assert [each.target for each in latest(festival).relations.all()] == [one]
    assert list(type(work).objects.get().records.all()) == [one]
    assert [each.pk for each in type(work).objects.get().get_latest_revision_as_object().records.all()] == [one.pk]

    uniting.separate(union)
    one, two = (Record.objects.get(pk=each.pk) for each in (one, two))
    assert client.get(two.get_absolute_url()).status_code == 200
    assert (one.designations.count(), one.sources.count(), one.names.count()) == (0, 1, 0)
    assert latest(one).sources.count() == 1
    assert (two.designations.count(), two.sources.count(), two.digital_objects.count()) == (2, 2, 1)
    assert Dossier.objects.get().record == two
    assert (latest(part).part_of, latest(festival).relations.all()[0].target) == (two, two)
    assert list(type(work).objects.get().records.all()) == [two]
    assert UnitLogEntry.objects.filter(action="catalog.separate").count() == 2


def test_a_merger_keeps_a_draft_that_waits_and_is_refused_where_it_makes_no_sense(pair):
    one, two, *_others = pair
    draft = latest(one)
    draft.summary_vi = "Đang viết"
    draft.save_revision()
    one.refresh_from_db()
    uniting.unite(two, one, "Trùng")
    assert (latest(one).summary_vi, latest(one).designations.count()) == ("Đang viết", 2)
    one = Record.objects.get(pk=one.pk)
    assert (one.summary_vi, one.has_unpublished_changes) == ("", True)
    for record, into, reason in ((one, one, "x"), (two, one, "x"), (one, two, "x"), (one, RecordFactory(), " ")):
        with pytest.raises(ValidationError):
            uniting.unite(record, into, reason)


def test_the_department_merges_splits_and_restores(desk, pair):
    one, two, *_others = pair
    office, editor = desk(Role.DEPARTMENT_EDITOR), desk()
    for name in ("unite", "split"):
        assert editor.client.get(address(name, two)).status_code == 302
        assert office.client.get(address(name, two)).status_code == 200
    sent = {"into": one.pk, "reason_vi": "Một ngôi chùa"}
    assert editor.client.post(address("unite", two), sent).status_code == 302
    assert not RecordUnion.objects.exists()
    assert office.client.post(address("unite", two), {"into": one.pk, "reason_vi": ""}).status_code == 200
    assert office.client.post(address("unite", two), sent).status_code == 302
    assert Identifier.objects.get(number=two.number).successor.number == one.number
    for record in (one, two):  # each history tells it, though one request wrote both entries
        assert "Một ngôi chùa" in office.client.get(address("history", record)).content.decode()
    office.client.post(address("restore", two), {})
    assert RecordUnion.objects.get().undone_at
    assert Dossier.objects.get().record == two

    own = two.sources.get(citation="Nguồn riêng")
    chosen = {"sources": [own.pk], "catalog.RecordObject.record": [two.record_objects.get().pk]}
    assert (
        office.client.post(address("split", two), {"name_vi": "", "reason_vi": "Hai nơi", **chosen}).status_code == 200
    )
    office.client.post(address("split", two), {"name_vi": "Am Nhỏ", "reason_vi": "Hai nơi", **chosen})
    new = Record.objects.get(name_vi="Am Nhỏ")
    assert (new.live, new.unit, new.digital_objects.count()) == (False, two.unit, 1)
    assert [each.citation for each in latest(new).sources.all()] == ["Nguồn riêng"]
    assert latest(new).relations.all()[0].target == two
    two = Record.objects.get(pk=two.pk)
    assert [each.citation for each in two.sources.all()] == ["Cùng một nguồn"]
    assert (two.live, two.digital_objects.count()) == (True, 0)
    uniting.unite(new, two, "Vẫn là một")  # what was never public comes back as a draft
    assert (latest(two).sources.count(), two.digital_objects.count()) == (2, 1)


def test_a_record_is_duplicated_with_its_texts_and_without_what_is_its_own(desk, pair, commune):
    _one, two, *_others = pair
    Record.objects.filter(pk=two.pk).update(latitude=21.5, longitude=105.5, summary_vi="Thờ Phật.")
    Record.objects.get(pk=two.pk).save_revision()
    editor = desk()
    assert desk(Role.REVIEWER).client.get(address("duplicate", two)).status_code == 302
    assert editor.client.post(address("duplicate", two), {"name_vi": " "}).status_code == 200
    editor.client.post(address("duplicate", two), {"name_vi": "Chùa Ba"})
    new = Record.objects.get(name_vi="Chùa Ba")
    assert (new.live, new.unit, new.summary_vi, new.latitude) == (False, commune, "Thờ Phật.", None)
    assert (new.sources.count(), new.designations.count(), new.digital_objects.count()) == (2, 0, 0)
    assert new.number not in ("", two.number)
    assert Record.objects.get(pk=two.pk).sources.count() == 2
    assert two.number in editor.client.get(address("history", new)).content.decode()
