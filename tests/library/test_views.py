"""The library as visitors and readers meet it: pages, doors, files, loans."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from heritage.accounts.models import Role, UnitRole
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, Hold, LibrarySettings, Loan, ReaderCard, Work
from heritage.library.services import lending, works
from tests.factories.library import EditionFactory, ReaderCardFactory, WorkFactory
from tests.library.epub import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent(tmp_path: Path) -> Work:
    """A work whose e-book is lent in one copy."""
    (tmp_path / "lent.epub").write_bytes(books.plain("Sách cho mượn", identifier="urn:uuid:lent"))
    take_in(tmp_path, Terms(access=Access.LENDING, copies=1))
    return Work.objects.get()


@pytest.fixture
def open_work(tmp_path: Path) -> Work:
    (tmp_path / "open.epub").write_bytes(books.plain("Sách mở", identifier="urn:uuid:open"))
    take_in(tmp_path)
    return Work.objects.get()


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_answer_in_both_languages(client, open_work, language):
    with translation.override(language):
        addresses = [reverse("library"), open_work.get_absolute_url(), reverse("read", args=[open_work.number])]
        addresses.append(reverse("register"))
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert f'lang="{language}"' in text(response)


def test_filters_words_and_strange_questions(client, open_work):
    library = reverse("library")
    assert open_work.number in text(client.get(library, {"kind": "ebook", "q": "sach mo"}))
    assert open_work.number not in text(client.get(library, {"kind": "audiobook"}))
    for strange in ({"page": "-1"}, {"page": "x"}, {"kind": "'"}, {"subject": "\0"}, {"q": "x" * 10_000}, {"q": "%"}):
        assert client.get(library, strange).status_code == 200, strange


@pytest.mark.parametrize("count", [3, 60])
def test_a_list_asks_the_same_number_of_questions(client, django_assert_max_num_queries, count):
    for edition in EditionFactory.create_batch(count):
        edition.work.contributors.create(name="Tác giả", role="aut", sort_order=0)
    client.get(reverse("library"))
    with django_assert_max_num_queries(10):
        client.get(reverse("library"))


def test_a_works_page_asks_few_questions(client, open_work, django_assert_max_num_queries):
    client.get(open_work.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(open_work.get_absolute_url())


def test_drafts_are_absent_and_withdrawn_works_say_why(client, open_work):
    works.withdraw(open_work, "Nhà xuất bản rút lại")
    response = client.get(open_work.get_absolute_url())
    assert response.status_code == 410
    assert "Nhà xuất bản rút lại" in text(response)
    assert client.get(WorkFactory(live=False).get_absolute_url()).status_code == 404
    assert client.get("/vi/thu-vien/KHONG-CO/").status_code == 404


def test_the_reader_page_has_its_own_policy(client, open_work):
    response = client.get(reverse("read", args=[open_work.number]))
    policy = response["Content-Security-Policy"]
    for part in ("script-src 'self';", "object-src 'none'", "form-action 'none'", "frame-src blob:", "base-uri 'none'"):
        assert part in policy + ";", part
    assert not re.search(r"https?:", policy)
    assert "unsafe-inline" not in client.get(open_work.get_absolute_url())["Content-Security-Policy"]


def test_an_open_file_is_served_with_ranges(client, open_work):
    address = reverse("edition_file", args=[open_work.editions.get().pk])
    assert client.get(address)["Content-Type"] == "application/epub+zip"
    part = client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK\x03\x04")
    assert client.post(address).status_code == 405


def test_a_lent_file_is_private_on_every_road(client, lent):
    edition = lent.editions.get()
    file, page = reverse("edition_file", args=[edition.pk]), reverse("read", args=[lent.number])
    assert client.get(file).status_code == 401
    assert client.head(file, headers={"Range": "bytes=0-3"}).status_code == 401
    assert client.get(page).url.startswith(reverse("login"))
    assert client.get(f"/media/{edition.file.name}").status_code == 404
    card = ReaderCardFactory()
    client.force_login(card.user)
    assert client.get(file).status_code == 403
    assert client.get(page).url == lent.get_absolute_url()
    loan = lending.borrow(card, edition)
    assert client.get(page).status_code == 200
    served = client.get(file)
    assert served.status_code == 200
    assert served["Cache-Control"] == "private, no-store"
    lending.give_back(loan)
    assert client.get(file).status_code == 403


def test_staff_only_titles_are_absent_for_the_public(client, open_work):
    open_work.editions.update(access=Access.STAFF)
    address = reverse("edition_file", args=[open_work.editions.get().pk])
    assert client.get(address).status_code == 404
    call_command("check", verbosity=0)
    librarian = get_user_model().objects.create_user("thu-thu")
    UnitRole.objects.create(user=librarian, role=Role.LIBRARIAN)
    client.force_login(librarian)
    assert client.get(address).status_code == 200


def apply(client, **changes):
    values = {"full_name": "Trần Thị Bạn Đọc", "email": "doc@example.org", "commune": "", "password": "mot cau de nho"}
    return client.post(reverse("register"), {**values, **changes})


def test_a_visitor_gets_a_card_borrows_and_returns(client, lent):
    edition = lent.editions.get()
    assert apply(client).url == reverse("my_loans")
    card = ReaderCard.objects.get()
    assert (card.full_name, card.is_active) == ("Trần Thị Bạn Đọc", True)
    assert "Trần Thị Bạn Đọc" in text(client.get(reverse("my_loans")))
    key = re.search(r'name="request_key" value="(\w+)"', text(client.get(lent.get_absolute_url())))[1]
    for _press in range(2):
        client.post(reverse("borrow", args=[edition.pk]), {"request_key": key})
    loan = Loan.objects.get()
    client.post(reverse("renew_loan", args=[loan.pk]))
    assert Loan.objects.get().renewals == 1
    client.post(reverse("return_loan", args=[loan.pk]))
    assert not Loan.objects.filter(ended_at=None).exists()


def test_a_form_with_errors_loses_nothing_and_says_where(client):
    ReaderCardFactory(user__username="x")
    for changes, field in (
        ({"email": "khong-phai"}, "email"),
        ({"password": "123"}, "password"),
        ({"full_name": ""}, "full_name"),
        ({"commune": "Xã Không Có"}, "commune"),
    ):
        response = apply(client, **changes)
        assert response.status_code == 200
        assert f'id="id_{field}_error"' in text(response), field
        assert "mot cau de nho" not in text(response)
        if field != "full_name":
            assert 'value="Trần Thị Bạn Đọc"' in text(response)
    assert not get_user_model().objects.filter(email="doc@example.org").exists()


def test_the_same_mail_twice_is_told(client):
    apply(client)
    client.logout()
    assert 'id="id_email_error"' in text(apply(client, email="DOC@example.org"))


def test_a_card_may_need_approval(client, lent):
    rules = LibrarySettings.load()
    rules.cards_active_at_once = False
    rules.save()
    apply(client)
    client.post(reverse("borrow", args=[lent.editions.get().pk]))
    assert not Loan.objects.exists()


def test_nobody_touches_another_readers_loans(client, lent):
    edition = lent.editions.get()
    loan = lending.borrow(ReaderCardFactory(), edition)
    other = ReaderCardFactory()
    client.force_login(other.user)
    for name in ("return_loan", "renew_loan"):
        assert client.post(reverse(name, args=[loan.pk])).status_code == 404
    client.post(reverse("place_hold", args=[edition.pk]))
    hold = Hold.objects.get()
    client.force_login(ReaderCardFactory().user)
    assert client.post(reverse("cancel_hold", args=[hold.pk])).status_code == 404
    assert client.get(reverse("return_loan", args=[loan.pk])).status_code == 405


def test_waiting_is_shown_with_its_place(client, lent):
    edition = lent.editions.get()
    loan = lending.borrow(ReaderCardFactory(), edition)
    card = ReaderCardFactory()
    client.force_login(card.user)
    client.post(reverse("place_hold", args=[edition.pk]))
    assert queue_place(client) == 1
    lending.give_back(loan)
    assert reverse("borrow", args=[edition.pk]) in text(client.get(reverse("my_loans")))


def queue_place(client) -> int:
    return client.get(reverse("my_loans")).context["holds"][0].queue_place
