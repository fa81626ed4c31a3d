"""Comments on fields, requests for change after approval, tasks with ages and the daily message."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from heritage.accounts.models import Role, UnitLogEntry
from heritage.catalog.admin.missing import LACKS
from heritage.catalog.models import FieldComment, Record
from heritage.catalog.moderation import comments, digest, tasks
from tests.catalog.moderation.conftest import Desk, address
from tests.factories.accounts import UserFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
WHY = "Theo bản đo vẽ mới"
pytestmark = pytest.mark.django_db


def body(client, url):
    return client.get(url).content.decode()


def test_a_comment_on_a_field_is_seen_answered_and_resolved(desk, record):
    editor, reviewer = desk().open(record), desk(Role.REVIEWER)
    editor.type(name_vi="Đình Một").save(record)
    url = address("comments", record)
    assert reviewer.client.post(url, {"say": "1", "field": "no_such", "text": "?"}).status_code == 200
    assert reviewer.client.post(url, {"say": "1", "field": "name_vi", "text": "  "}).status_code == 200
    assert not FieldComment.objects.exists()
    reviewer.client.post(url, {"say": "1", "field": "name_vi", "text": "Theo quyết định thì khác."})
    said = FieldComment.objects.get()

    assert [task.kind for task in tasks.of(editor.user)] == ["comment"]
    assert "Theo quyết định thì khác." in body(editor.client, reverse("tasks"))
    assert '"name_vi": 1' in body(editor.client, address("edit", record))
    editor.client.post(url, {"answer": said.pk, f"text-{said.pk}": "Đã sửa."})
    assert "Đã sửa." in body(reviewer.client, url)
    reviewer.client.post(url, {"resolve": said.pk})
    assert not tasks.of(editor.user)
    assert comments.threads(record)[0].comment.resolved_by == reviewer.user
    history = body(editor.client, address("history", record))
    assert "Góp ý: Tên chính thức" in history
    assert "Đã giải quyết góp ý: Tên chính thức" in history
    assert UnitLogEntry.objects.filter(action__startswith="catalog.comment").count() == 3


def test_comments_are_for_those_who_edit_or_review_it(record, desk):
    comments.say(record, desk().user, "Bàn nội bộ")
    url = address("comments", record)
    elsewhere = Desk(UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory(province=record.unit.province)))
    for other in (desk(Role.VIEWER), desk(Role.LIBRARIAN), elsewhere):
        for answer in (other.client.get(url), other.client.post(url, {"say": "1", "text": "Tôi cũng nói"})):
            assert answer.status_code == 302
            assert "Bàn nội bộ" not in answer.content.decode()
    assert FieldComment.objects.count() == 1


def test_a_change_of_what_is_public_can_be_requested(desk, record):
    """Pain 5: after approval a "Request change" button, and an approved record does not change under the public."""
    reader, editor = desk(Role.VIEWER), desk()
    page = body(reader.client, address("inspect", record))
    assert address("request_change", record) in page
    assert page.count(f">{record.number}</dd>") == 1
    assert "<dt>Thuật ngữ loại hình</dt>" not in page  # of what is empty nothing is said
    reader.client.post(address("request_change", record), {"say": "1", "field": "summary_vi", "text": "Sai năm dựng."})
    (task,) = tasks.of(editor.user)
    assert (task.kind, task.note, task.instance) == ("request", "Sai năm dựng.", record)
    assert "Đề nghị sửa: Tóm tắt" in body(editor.client, address("history", record))
    editor.open(record).type(summary_vi="Dựng năm 1802.").save(record)
    assert Record.objects.get(pk=record.pk).summary_vi == "Một dòng."  # until the change is approved
    Record.objects.filter(pk=record.pk).update(live=False)
    assert reader.client.get(address("request_change", record)).status_code == 302


def test_tasks_follow_the_chain_from_commune_to_department(desk, record):
    """Geonode's way in one list each: who waits for whom, and since when."""
    editor, reviewer, office = desk().open(record), desk(Role.REVIEWER), desk(Role.DEPARTMENT_EDITOR)
    editor.type(name_vi="Đình Một", edit_reason=WHY).save(record, **{"action-submit": "1"})

    def kinds():
        return [[task.kind for task in tasks.of(one.user)] for one in (editor, reviewer, office)]

    assert kinds() == [["waiting"], ["decide"], ["decide"]]  # the department may take the first step as well
    state = TaskState.objects.get(status="in_progress")
    TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - dt.timedelta(days=9))
    (task,) = tasks.of(reviewer.user)
    assert (task.days, task.who) == (9, str(editor.user))
    page = body(reviewer.client, reverse("tasks"))
    assert "9 ngày" in page
    assert "tasks__old" in page

    reviewer.client.post(address("workflow_action", record, "reject", state.pk), {"comment": "Thiếu nguồn."})
    assert kinds() == [["change"], [], []]
    assert tasks.of(editor.user)[0].note == "Thiếu nguồn."
    editor.open(record).type(edit_reason=WHY).save(record, **{"action-submit": "1"})
    state = TaskState.objects.get(status="in_progress")
    reviewer.client.post(address("workflow_action", record, "approve", state.pk), {"comment": ""})
    assert kinds() == [["waiting"], [], ["decide"]]
    state = TaskState.objects.get(status="in_progress")
    office.client.post(address("workflow_action", record, "approve", state.pk), {"comment": ""})
    assert kinds() == [[], [], []]
    assert Record.objects.get(pk=record.pk).name_vi == "Đình Một"


def test_the_daily_message_counts_and_names_nothing(desk, record, settings):
    editor, reviewer = desk().open(record), desk(Role.REVIEWER)
    silent = desk(Role.REVIEWER)
    for one in (editor, reviewer, silent):
        type(one.user).objects.filter(pk=one.user.pk).update(email=f"{one.user.username}@example.vn")
    editor.type(name_vi="Đình Một", edit_reason=WHY).save(record, **{"action-submit": "1"})
    silent.client.post(reverse("tasks"), {"by_mail": "0"})
    assert digest.tell(dry_run=True) == 1
    assert not mail.outbox
    call_command("moderation", "digest")
    (sent,) = mail.outbox  # not to who submitted, nor to who wants none
    assert sent.to == [f"{reviewer.user.username}@example.vn"]
    assert sent.subject == "1 việc đang chờ bạn"
    assert reverse("tasks") in sent.body
    for secret in ("Đình", record.number, str(editor.user), editor.user.username):
        assert secret not in sent.body + sent.subject

    now = timezone.now()
    later = [now + dt.timedelta(hours=1), now + dt.timedelta(days=1), now + dt.timedelta(days=8)]
    assert [digest.tell(moment) for moment in later] == [0, 0, 1]  # nothing new: reminded after a week
    comments.say(record, editor.user, "Xin xem", is_request=True)
    reviewer.open(record).save(record)
    assert digest.tell(now + dt.timedelta(days=10)) == 1


def test_tasks_take_a_fixed_number_of_queries(desk, record, commune, django_assert_max_num_queries):
    reader, editor = desk(Role.VIEWER), desk()
    for number in range(12):
        comments.say(record, reader.user, f"Xin sửa {number}", is_request=True)
    with django_assert_max_num_queries(25):
        assert len(tasks.of(editor.user)) == 12


def test_what_a_record_lacks_is_said_before_it_is_submitted_and_overruled_with_a_reason(desk, record):
    editor = desk().open(record)
    answer = editor.type(summary_vi="", edit_reason=WHY).save(record, **{"action-submit": "1"})
    assert answer.status_code == 200
    assert [str(label) for label in answer.context["lacks"]] == ["tóm tắt"]
    assert not record.workflow_states.exists()
    act = {"act": "rank", "rank": "national", "decision_number": "", "ORDER": 1, "id": ""}
    editor.type(**{f"designations-0-{name}": value for name, value in act.items()}, **{"designations-TOTAL_FORMS": 1})
    answer = editor.save(record, **{"action-submit": "1"})
    wanted = {"point", "cover", "summary", "english", "designation"}
    assert answer.context["lacks"] == [lack.label for lack in LACKS if lack.code in wanted]
    editor.save(record, **{"action-submit": "1", "overruled": "Chưa tìm được quyết định gốc."})
    assert record.workflow_states.get().status == "in_progress"
    history = body(editor.client, address("history", record))
    assert "Gửi khi còn thiếu: " in history
    assert "Chưa tìm được quyết định gốc." in history
    form = body(desk(Role.REVIEWER).client, address("edit", record))
    assert "đã gửi duyệt khi còn thiếu" in form
    assert "“Chưa tìm được quyết định gốc.”" in form
