"""The librarian's screens: works, editions, cards, the desk, handing in books; closed to everybody else."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import Role, UnitRole
from heritage.catalog.models import Record
from heritage.demo import samples
from heritage.library.models import CardState, Hold, Job, Loan, ReaderCard, Work
from heritage.library.services import jobs, lending
from tests.factories.library import EditionFactory, ReaderCardFactory, WorkFactory
from tests.library.epub import books

pytestmark = pytest.mark.django_db


PAGES = ["library_take_in", "library_desk", "library_jobs"]
LISTS = [f"wagtailsnippets_library_{model}:list" for model in ("work", "edition", "readercard")]


@pytest.mark.parametrize("name", PAGES + LISTS)
def test_a_librarian_sees_every_screen(client, librarian, name):
    lending.borrow(ReaderCardFactory(), EditionFactory(copies=1))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES + LISTS)
def test_a_reader_sees_none(client, name):
    client.force_login(ReaderCardFactory().user)
    assert client.get(reverse(name)).status_code in (302, 403)


def test_books_are_handed_in(client, librarian, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = [
        SimpleUploadedFile("../../good.epub", books.plain()),
        SimpleUploadedFile("bad.epub", b"text"),
        SimpleUploadedFile("hostile.epub", books.hostile()),
    ]
    values = {"books": files, "access": "open", "copies": "", "licence": "cc-by", "publish": "on"}
    response = client.post(reverse("library_take_in"), values, follow=True)
    outcomes = sorted(row["outcome"] for row in response.context["job"].report)
    assert outcomes == ["created", "created", "refused"]
    assert Work.objects.filter(live=True, licence="cc-by").count() == 2
    assert "script" in response.content.decode()
    assert list((tmp_path / "library/incoming").iterdir()) == []
    response = client.post(reverse("library_take_in"), {"access": "lending", "licence": "pd"})
    assert set(response.context["form"].errors) == {"books", "copies"}


def test_a_dropped_folder_is_looked_at_first_and_taken_in_by_the_worker(client, librarian, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sound = (samples.AUDIO / "stele-rubbing" / "01.mp3").read_bytes()
    files = [SimpleUploadedFile("a.epub", books.plain()), *(SimpleUploadedFile("01.mp3", sound) for _n in range(2))]
    paths = ["../../a.epub", "Sách nói/01.mp3", "Sách nói/../../01.mp3"]
    values = {"books": files, "paths": json.dumps(paths), "access": "staff", "licence": "pd", "dry_run": "on"}
    trial = client.post(reverse("library_take_in"), values, follow=True).context["job"]
    assert [row["outcome"] for row in trial.report].count("created") >= 2
    assert not Work.objects.exists()
    page = client.post(reverse("library_job_take", args=[trial.pk]), follow=True)
    assert page.context["job"].state == "waiting"
    assert jobs.run_waiting() == 1
    job = Job.objects.get(pk=page.context["job"].pk)
    assert (job.state, Work.objects.exists()) == ("done", True)
    client.post(reverse("library_job_take", args=[trial.pk]))  # its files are gone
    assert Job.objects.count() == 2
    assert not (tmp_path.parent / "a.epub").exists()


def test_a_work_is_written_with_its_records_and_its_number_stays(client, librarian):
    record = Record.objects.create(name_vi="Chùa thử", number="TN01", live=True)
    work = WorkFactory()
    address = reverse("wagtailsnippets_library_work:edit", args=[work.pk])
    assert client.get(address).status_code == 200
    values = {
        "title_vi": "Tên mới", "language": "vi", "audience": "general", "licence": "pd", "record_numbers": "tn01",
        "contributors-TOTAL_FORMS": "1", "contributors-INITIAL_FORMS": "0", "contributors-MIN_NUM_FORMS": "0",
        "contributors-MAX_NUM_FORMS": "1000", "contributors-0-name": "Tác giả", "contributors-0-role": "aut",
        "contributors-0-ORDER": "1", "number": "KHAC", "action-publish": "1",
    }  # fmt: skip
    assert client.post(address, values).status_code == 302
    work.refresh_from_db()
    assert (work.title_vi, work.number != "KHAC") == ("Tên mới", True)
    assert list(work.records.all()) == [record]
    assert "Tên mới" in client.get(record.get_absolute_url()).content.decode()
    assert client.post(address, {**values, "record_numbers": "KHONG-CO"}).status_code == 200


def test_cards_are_approved_and_blocked_with_a_reason(client, librarian):
    card = ReaderCardFactory(state="pending")
    client.post(reverse("library_card_approve", args=[card.pk]))
    card.refresh_from_db()
    assert card.is_active
    edition = EditionFactory(copies=1)
    lending.borrow(card, edition)
    block = reverse("library_card_block", args=[card.pk])
    assert client.post(block, {"reason": " "}).status_code == 200
    assert ReaderCard.objects.get().state == CardState.ACTIVE
    client.post(block, {"reason": "Mất thẻ"})
    assert ReaderCard.objects.get().blocked_reason == "Mất thẻ"
    assert not Loan.objects.filter(ended_at=None).exists()
    assert client.get(reverse("wagtailsnippets_library_readercard:edit", args=[card.pk])).status_code == 200


def test_the_desk_ends_loans_and_holds(client, librarian):
    edition, one, two = EditionFactory(copies=1), *ReaderCardFactory.create_batch(2)
    loan = lending.borrow(one, edition)
    hold = lending.place_hold(two, edition)
    assert one.number in client.get(reverse("library_desk"), {"q": one.number}).content.decode()
    client.post(reverse("library_end_loan", args=[loan.pk]))
    hold.refresh_from_db()
    assert hold.ready_at
    client.post(reverse("library_end_hold", args=[hold.pk]))
    assert not Hold.objects.filter(ended_at=None).exists()


def test_changing_copies_serves_those_who_wait(client, librarian):
    edition, one, two = EditionFactory(copies=1), *ReaderCardFactory.create_batch(2)
    lending.borrow(one, edition)
    hold = lending.place_hold(two, edition)
    address = reverse("wagtailsnippets_library_edition:edit", args=[edition.pk])
    values = {"work": edition.work_id, "kind": "ebook", "language": "vi", "access": "lending", "copies": "2"}
    response = client.post(address, values)
    assert response.status_code == 302, response.context["form"].errors
    hold.refresh_from_db()
    assert hold.ready_at
    assert client.post(address, {**values, "copies": ""}).status_code == 200
    assert "isbn" in client.post(address, {**values, "isbn": "978-0-306-40615-8"}).context["form"].errors
    assert client.post(address, {**values, "isbn": "978-0-306-40615-7"}).status_code == 302
    edition.refresh_from_db()
    assert edition.isbn == "9780306406157"


def test_a_commune_editor_cannot_touch_cards(client):
    user = get_user_model().objects.create_user("xa")
    UnitRole.objects.create(user=user, role=Role.COMMUNE_EDITOR)
    client.force_login(user)
    card = ReaderCardFactory(state="pending")
    assert client.post(reverse("library_card_approve", args=[card.pk])).status_code in (302, 403)
    assert ReaderCard.objects.get(pk=card.pk).state == CardState.PENDING
