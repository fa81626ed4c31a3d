"""Comparing versions: rights asked of whatever is named, forgotten fields marked, boundaries and pictures shown."""

import datetime as dt
from decimal import Decimal

import pytest
from wagtail.images.tests.utils import get_test_image_file

from heritage.accounts.models import Role
from heritage.catalog.models import Record, RecordPicture, Relation
from heritage.core.models import ArchiveImage
from tests.catalog.moderation.conftest import address
from tests.catalog.moderation.forms import sent
from tests.factories.catalog import RecordFactory, ZoneFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(commune):
    """A draft of the commune beside this one."""
    return RecordFactory(unit=UnitFactory(province=commune.province), live=False, name_vi="Hồ sơ mật danh")


def picture(title):
    return ArchiveImage.objects.create(title=title, file=get_test_image_file(filename=f"{title}.png"))


def compared(desk, record, first="earliest", second="latest"):
    return desk.client.get(address("revisions_compare", record, first, second))


def test_no_object_is_named_that_the_reader_may_not_see(desk, record, foreign):
    """A commune's editor compares what the department wrote: the draft of another commune has no name there."""
    record.part_of = foreign
    record.relations.add(Relation(target=foreign))
    record.save_revision()
    for role in (Role.COMMUNE_EDITOR, Role.REVIEWER):
        shown = compared(desk(role), record).content.decode()
        assert foreign.name_vi not in shown
        assert "chưa công bố, thuộc đơn vị khác" in shown.lower()
    office = desk(Role.DEPARTMENT_EDITOR)
    office.user.unit_roles.update(unit=record.unit.province)
    assert foreign.name_vi in compared(office, record).content.decode()


def test_boundaries_are_drawn_and_rows_and_lists_of_choices_compared(desk, record):
    record.types = ["historical", "architectural"]
    record.is_featured = True
    zone = {"valid_from": dt.date(2026, 1, 5), "stated_area_m2": Decimal("3450.5")}
    record.zones.add(ZoneFactory.build(record=record, **zone))
    record.save_revision()
    shown = compared(desk(), record).content.decode()
    assert "<svg" in shown
    assert 'class="addition">lịch sử' in shown
    assert "m²" in shown
    assert "05/01/2026" in shown
    assert "3.450,5" in shown
    assert '<span class="deletion">không</span><span class="addition">có</span>' in shown


def test_pictures_are_compared_by_what_they_show(desk, record, settings, tmp_path):
    """The cover, and a picture put beside it."""
    settings.MEDIA_ROOT = tmp_path
    first, second = (picture(title) for title in ("Cổng cũ", "Cổng mới"))
    record.cover = first
    record.pictures.add(RecordPicture(image=first, caption_vi="Nhìn từ phía đông"))
    record.save_revision()
    newer = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    newer.cover = second
    beside = newer.pictures.get()
    beside.image = second
    newer.pictures.set([beside])
    revision = newer.save_revision()
    shown = compared(desk(), record, revision.get_previous().pk, revision.pk).content.decode()
    body = shown[shown.index("<main") :]
    assert body.count("<img") >= 4  # both sides, of the cover and of the picture beside
    assert "Ảnh đại diện" in shown


def test_a_field_that_no_longer_exists_is_marked_and_breaks_nothing(desk, record):
    revision = record.get_latest_revision()
    revision.content["sources"][0]["old_shelf"] = "Tủ 3"
    revision.content |= {"old_code": "HS-77", "old_rows": [{"pk": 5, "text": "ghi chú cũ"}], "name_vi": "Tên xưa"}
    revision.save()
    record = Record.objects.get(pk=record.pk)
    newer = record.get_latest_revision_as_object()
    newer.name_vi = "Tên nay"
    newer.save_revision()
    editor = desk()
    shown = compared(editor, record, revision.pk, "latest").content.decode()
    assert "old_code" in shown
    assert "HS-77" in shown
    restoring = editor.client.get(address("revisions_revert", record, revision.pk))
    form = restoring.content.decode()
    assert "old_code" in form
    assert "Nguồn 1, <code>old_shelf</code></dt><dd>Tủ 3" in form  # row, field, value
    assert "Hãy chép phần còn đúng" in form  # and what to do
    assert "Tên xưa" in form
    assert address("version", record, revision.pk) in editor.client.get(address("history", record)).content.decode()
    version = editor.client.get(address("version", record, revision.pk)).content.decode()
    editor.client.post(address("revisions_revert", record, revision.pk), sent(restoring))
    restored = Record.objects.get(pk=record.pk).get_latest_revision_as_object()
    assert (restored.name_vi, restored.live) == ("Tên xưa", True)
    assert Record.objects.get(pk=record.pk).name_vi == "Đình Mẫu"  # what is restored waits as a draft
    assert "HS-77" in version
    assert "Tên xưa" in version
