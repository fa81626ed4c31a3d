"""Many titles, editions and cards at once: seen before, done with permission, told after, kept in the history."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from heritage.accounts.models import Role, UnitRole
from heritage.core import identifiers
from heritage.library.batches import ACTIONS
from heritage.library.models import Hold, Job, ReaderCard, Subject, Work
from heritage.library.services import jobs, lending, works
from tests.factories.library import EditionFactory, ReaderCardFactory, WorkFactory

pytestmark = pytest.mark.django_db


def address(name: str, objects, **more) -> str:
    model = ACTIONS[name].model._meta.model_name
    query = "&".join([f"id={getattr(each, 'pk', each)}" for each in objects] + [f"{k}={v}" for k, v in more.items()])
    return f"/admin/bulk/library/{model}/{name}/?{query}"


def done(client, name: str, objects, **values):
    """Preview, confirm, and the job's page."""
    preview = client.post(address(name, objects), values)
    assert preview.status_code == 200
    assert "confirmed" in preview.content.decode()
    return client.post(address(name, objects), {**values, "confirmed": "1"}, follow=True)


def test_a_subject_is_previewed_added_and_kept_in_history_and_drafts(client, librarian):
    subject = Subject.objects.create(slug="di-tich", label_vi="Di tích")
    one, two, has_it = (WorkFactory() for _n in range(3))
    has_it.subjects.add(subject)
    has_it.save()
    two.title_vi = "Bản nháp chưa công bố"
    two.save_revision()
    two.refresh_from_db()
    url = address("work-subject", [one, two, has_it])
    assert "Di tích" in client.get(url).content.decode()
    assert client.post(url, {"subject": ""}).context["is_preview"] is False
    preview = client.post(url, {"subject": subject.pk})
    assert [row["stays"] for row in preview.context["rows"]] == [False, False, True]
    assert not one.subjects.exists()
    report = done(client, "work-subject", [one, two, has_it], subject=subject.pk).context["job"].report
    assert [row["outcome"] for row in report] == ["updated", "updated", "unchanged"]
    assert list(Work.objects.get(pk=one.pk).subjects.all()) == [subject]
    draft = Work.objects.get(pk=two.pk)
    assert draft.title_vi != "Bản nháp chưa công bố"
    works.publish(draft)
    draft = Work.objects.get(pk=two.pk)
    assert (draft.title_vi, list(draft.subjects.all())) == ("Bản nháp chưa công bố", [subject])
    assert registry.get_logs_for_instance(one).filter(action="accounts.batch", user=librarian).count() == 1


def test_works_are_withdrawn_with_a_reason_and_published_again(client, librarian):
    work = WorkFactory()
    identifiers.issue(work, work.number)
    done(client, "work-withdraw", [work], reason_vi="Bản quyền thay đổi")
    gone = Client().get(work.get_absolute_url())
    assert gone.status_code == 410
    assert "Bản quyền thay đổi" in gone.content.decode()
    done(client, "work-publish", [work])
    assert Client().get(work.get_absolute_url()).status_code == 200


def test_series_and_licence_are_set(client, librarian):
    rows = [WorkFactory(series_number="2"), WorkFactory()]
    done(client, "work-series", rows, series="Tủ sách làng")
    done(client, "work-licence", rows, licence="cc-by", terms_vi="Ghi rõ nguồn.")
    first = Work.objects.get(pk=rows[0].pk)
    assert (first.series, first.series_number, first.licence) == ("Tủ sách làng", "2", "cc-by")
    assert first.live


def test_lending_terms_serve_those_who_wait_and_printed_books_are_refused(client, librarian):
    lent, printed = EditionFactory(copies=1), EditionFactory(kind="print", format="")
    one, two = ReaderCardFactory.create_batch(2)
    lending.borrow(one, lent)
    lending.place_hold(two, lent)
    values = {"access": "lending", "copies": "2"}
    report = done(client, "edition-terms", [lent, printed], **values).context["job"].report
    assert [row["outcome"] for row in report] == ["updated", "refused"]
    assert Hold.objects.get().ready_at
    done(client, "edition-place", [printed], note_vi="Kho A, giá 3")
    printed.refresh_from_db()
    assert (printed.note_vi, printed.access) == ("Kho A, giá 3", "open")


def test_cards_are_prolonged_and_blocked(client, librarian):
    cards = [ReaderCardFactory(state="pending"), ReaderCardFactory()]
    done(client, "card-prolong", cards)
    assert {card.state for card in ReaderCard.objects.all()} == {"active"}
    assert all(card.expires_on for card in ReaderCard.objects.all())
    done(client, "card-block", cards[:1], reason="Mất thẻ")
    assert ReaderCard.objects.get(pk=cards[0].pk).blocked_reason == "Mất thẻ"


def test_others_may_not_and_are_asked_again_when_it_is_done(client, librarian):
    work = WorkFactory(series="")
    job = Job.objects.create(
        action="work-series", order={"keys": [work.pk], "values": {"series": "X"}, "language": "vi"}, total=1,
        user=librarian,
    )  # fmt: skip
    UnitRole.objects.filter(user=librarian).delete()
    jobs.run_waiting()
    job.refresh_from_db()
    assert [row["outcome"] for row in job.report] == ["refused"]
    assert Work.objects.get(pk=work.pk).series == ""
    editor = get_user_model().objects.create_user("bien-tap", password="x")
    UnitRole.objects.create(user=editor, role=Role.DEPARTMENT_EDITOR)
    client.force_login(editor)
    page = client.post(address("work-series", [work]), {"series": "X", "confirmed": "1"}, follow=True)
    assert not Job.objects.filter(user=editor).exists()
    assert page.status_code in (200, 403)
    assert client.get(reverse("library_job", args=[job.pk])).status_code in (302, 403, 404)


def test_all_means_all_that_the_list_shows_and_many_go_to_the_worker(client, librarian, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setitem(ACTIONS, "work-series", replace(ACTIONS["work-series"], step=2))
    rows = [WorkFactory(language="fr") for _n in range(5)]
    other = WorkFactory(language="vi")
    listed = reverse("wagtailsnippets_library_work:list")
    url = address("work-series", ["all"], next=f"{listed}%3Flanguage%3Dfr")
    assert client.post(url, {"series": "X"}).context["count"] == 5
    page = client.post(url, {"series": "X", "confirmed": "1"}, follow=True)
    job = page.context["job"]
    assert (job.state, job.total) == ("waiting", 5)
    assert client.get(reverse("library_job", args=[job.pk]) + "?format=json").json()["is_open"] is True
    job.done, job.report = 2, [{"title": "", "outcome": "updated", "reason": ""}] * 2  # killed after one step
    job.save()
    jobs.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.done, len(job.report)) == ("done", 5, 5)
    assert Work.objects.filter(series="X").count() == 3
    assert Work.objects.get(pk=other.pk).series == ""
    assert len(rows) == 5
