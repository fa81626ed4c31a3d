"""Who changed what, when and why: the reason is asked where the change goes on its way, and shown with the version."""

import pytest

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog.models import Record
from heritage.catalog.moderation import reasons
from tests.catalog.moderation.conftest import address, latest

pytestmark = pytest.mark.django_db
WHY = "=Sửa theo Quyết định 12/QĐ"


def test_what_is_public_is_changed_for_a_reason_that_every_version_shows(desk, record):
    office = desk(Role.DEPARTMENT_EDITOR).open(record)
    office.type(name_vi="Đình Sửa", edit_reason="  ")
    refused = office.save(record, **{"action-publish": "1"})
    assert refused.status_code == 200
    assert refused.context["lacks_reason"]
    assert 'value="Đình Sửa"' in refused.content.decode()  # nothing typed is lost
    assert Record.objects.get(pk=record.pk).name_vi == "Đình Mẫu"

    before = Record.objects.get(pk=record.pk).latest_revision
    assert office.type(edit_reason=WHY).save(record, **{"action-publish": "1"}).status_code == 302
    record = Record.objects.get(pk=record.pk)
    assert record.name_vi == "Đình Sửa"
    history = office.client.get(address("history", record)).content.decode()
    assert WHY in history
    compared = office.client.get(address("revisions_compare", record, before.pk, record.latest_revision_id))
    assert WHY in compared.content.decode()
    version = office.client.get(address("version", record, record.latest_revision_id)).content.decode()
    assert WHY in version
    sheet = office.client.get(address("history", record), {"export": "csv"}).getvalue().decode()
    assert f"'{WHY}" in sheet  # as text, never run
    assert str(office.user) in sheet


def test_a_reason_given_in_a_draft_counts_until_it_is_published(desk, record):
    office = desk(Role.DEPARTMENT_EDITOR).open(record)
    office.type(name_vi="Đình Nháp", edit_reason="").save(record)  # a draft needs none
    office.open(record).type(address="Thôn A", edit_reason="Theo hồ sơ của xã").save(record)
    office.open(record)
    assert office.save(record, **{"action-publish": "1"}).status_code == 302
    assert Record.objects.get(pk=record.pk).address == "Thôn A"
    office.open(record).type(address="Thôn B")
    assert office.save(record, **{"action-publish": "1"}).context["lacks_reason"]


@pytest.mark.parametrize(
    ("setting", "of_public", "of_draft"), [("never", False, False), ("public", True, False), ("always", True, True)]
)
def test_the_archive_says_when_a_reason_is_asked_for(record, settings, setting, of_public, of_draft):
    settings.EDIT_REASONS = setting
    assert reasons.is_needed(record) is of_public
    record.live = False
    assert reasons.is_needed(record) is of_draft


def test_the_reason_of_what_was_merged_goes_with_the_merged_version(desk, record):
    first, second = desk().open(record), desk().open(record)
    first.type(name_vi="Đình Một").save(record)
    page = second.client.get(second.type(address="Thôn A", edit_reason=WHY).save(record)["Location"])
    second.client.post(page.request["PATH_INFO"], {"seen": page.context["seen"]})
    entry = UnitLogEntry.objects.for_instance(record).get(action="catalog.merge_versions")
    assert entry.comment == WHY
    assert entry.revision == Record.objects.get(pk=record.pk).latest_revision
    assert latest(record).address == "Thôn A"
