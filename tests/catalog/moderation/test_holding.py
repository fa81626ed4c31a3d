"""Whoever opens a record for editing first has it in hand: others see who and since when, and nothing typed is lost."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog.models import EditHold, KeptVersion
from heritage.catalog.moderation import holding
from tests.catalog.moderation.conftest import address, latest
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def page_of(desk, record):
    return desk.client.get(address("edit", record))


def hears(desk, record, session, **sent):
    """The heartbeat of an open page, as Wagtail's script sends it."""
    way = reverse("wagtailadmin_editing_sessions:ping", args=["catalog", "record", record.pk, session.pk])
    return desk.client.post(way, sent).json()["html"]


def opened_by(user, record):
    content_type = ContentType.objects.get_for_model(record)
    return EditingSession.objects.create(
        user=user, content_type=content_type, object_id=str(record.pk), last_seen_at=timezone.now()
    )


def session_of(desk):
    return EditingSession.objects.filter(user=desk.user).latest("pk")


def test_the_second_editor_sees_who_and_since_when_and_cannot_save(desk, record):
    first, second = desk().open(record), desk()
    page = page_of(second, record)
    shown = page.content.decode()
    assert page.context["locked_for_user"]
    assert str(first.user) in shown
    assert f"{timezone.localtime(EditHold.objects.get().since):%H:%M}" in shown
    assert 'name="action-submit"' not in shown
    assert "take-over" not in shown  # of the same rank: waits
    assert second.open(record).type(name_vi="Đình Hai").autosave(record).json()["error_code"] == "locked"
    assert latest(record).name_vi == "Đình Mẫu"
    session = session_of(second)
    assert "edit-hold__taken" in hears(second, record, session)
    EditingSession.objects.filter(user=first.user).delete()
    assert "edit-hold__free" in hears(second, record, session)


@pytest.mark.parametrize("silence", ["closed", "no heartbeat", "idle"])
def test_a_record_is_free_again_when_its_editor_leaves_or_falls_silent(commune, record, settings, silence):
    first, second = (UserFactory(role=Role.COMMUNE_EDITOR, unit=commune) for _each in range(2))
    holding.take(record, first)
    session = opened_by(first, record)
    assert holding.holder(record).user == first
    if silence == "closed":
        session.delete()
    elif silence == "no heartbeat":
        long_ago = timezone.now() - dt.timedelta(seconds=settings.EDIT_HOLD_HEARTBEAT + 1)
        EditingSession.objects.update(last_seen_at=long_ago)
    else:
        EditHold.objects.update(active_at=timezone.now() - dt.timedelta(seconds=settings.EDIT_HOLD_INACTIVITY + 1))
        session.save()  # a heartbeat: the page is open, nobody types
    assert holding.holder(record) is None
    holding.take(record, second)
    opened_by(second, record)
    assert holding.holder(record).user == second


def test_who_sends_a_record_on_lets_go_of_it_at_once(desk, record):
    """Whatever the page that closes still says of itself on its way; a draft that is saved stays in hand."""
    first = desk().open(record)
    first.type(name_vi="Đình Một").save(record)
    assert EditHold.objects.get().user == first.user
    first.open(record).type(edit_reason="Theo quyết định đổi tên.")
    assert first.save(record, **{"action-submit": "1", "overruled": "Chưa có quyết định."}).status_code == 302
    assert EditingSession.objects.filter(user=first.user).exists()
    assert holding.holder(record) is None


def test_typing_keeps_the_record_in_hand_since_the_same_moment(commune, record, settings):
    editor = UserFactory(role=Role.COMMUNE_EDITOR, unit=commune)
    holding.take(record, editor)
    session, since = opened_by(editor, record), EditHold.objects.get().since
    EditHold.objects.update(active_at=timezone.now() - dt.timedelta(seconds=settings.EDIT_HOLD_INACTIVITY + 1))
    session.is_editing = True
    session.save()
    EditingSession.objects.create(  # of something whose key is no number
        user=editor, content_type=session.content_type, object_id="vi-du", last_seen_at=timezone.now(), is_editing=True
    )
    held = holding.holder(record)
    assert (held.user, held.since) == (editor, since)
    holding.take(record, editor, held)
    assert EditHold.objects.get().since == since


def test_a_reviewer_takes_over_and_nothing_typed_is_lost(desk, record):
    """The commune's editor goes on typing: what they save meets what the reviewer saved, field by field."""
    editor, reviewer = desk().open(record), desk(Role.REVIEWER)
    assert "take-over" in page_of(reviewer, record).content.decode()
    assert desk().client.post(address("take_over", record)).status_code in (302, 403)
    assert holding.holder(record).user == editor.user
    reviewer.client.post(address("take_over", record))
    reviewer.open(record)
    editor.save(record)
    assert not KeptVersion.objects.exists()  # nothing new was typed
    entry = UnitLogEntry.objects.for_instance(record).get(action=holding.TAKEN_OVER)
    assert (entry.user, entry.data["from"]) == (reviewer.user, str(editor.user))
    assert str(reviewer.user) in hears(editor, record, session_of(editor))  # the open page says so

    answer = editor.type(name_vi="Đình Một", address="Thôn A").save(record)
    assert answer["Location"] == address("edit", record)  # nothing to merge with yet
    kept = KeptVersion.objects.get()
    assert kept.content["address"] == "Thôn A"
    way = address("merge", record, kept.pk)
    assert editor.client.get(way).status_code == 302
    assert latest(record).address == ""

    reviewer.type(name_vi="Đình Duyệt").save(record)
    page = editor.client.get(way)  # two versions now: merged whoever still has it open
    assert [row.key for row in page.context["conflicts"]] == ["name_vi"]
    editor.client.post(way, {"seen": page.context["seen"], "choice:name_vi": "theirs"})
    assert (latest(record).name_vi, latest(record).address) == ("Đình Duyệt", "Thôn A")
