"""Reading programs: OPDS 1.2 beside 2.0, logging in, borrowing, waiting, returning; podcasts; codes of chapters."""

import base64
import io
import re

import pytest
import segno
from django.urls import reverse
from lxml import etree

from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, Chapter, Hold, Loan, Work
from tests.factories.library import EditionFactory, ReaderCardFactory
from tests.library.epub import books

pytestmark = pytest.mark.django_db
ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "o": "http://opds-spec.org/2010/catalog",
    "s": "http://a9.com/-/spec/opensearch/1.1/",
}


def basic(card, password="mat-khau-dai") -> dict[str, str]:
    card.user.set_password("mat-khau-dai")
    card.user.save()
    pair = f"{card.user.username}:{password}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


@pytest.fixture
def lent(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Sách mượn"))
    take_in(tmp_path, Terms(access=Access.LENDING, copies=1))
    return Work.objects.get().editions.get()


def links_of(publication: dict) -> dict[str, dict]:
    return {link["rel"].rpartition("/")[2]: link for link in publication["links"]}


def test_a_program_borrows_reads_and_returns(client, lent):
    card, other = ReaderCardFactory(), ReaderCardFactory()
    headers, others = basic(card), basic(other)
    borrow = links_of(client.get(reverse("opds2")).json()["publications"][0])["borrow"]["href"]
    had = links_of(client.post(borrow, headers=headers).json())
    assert had["acquisition"]["properties"]["availability"]["state"] == "available"
    assert had["acquisition"]["properties"]["availability"]["until"]
    file = had["acquisition"]["href"]
    assert client.get(file, headers=headers).status_code == 200
    assert client.get(file).status_code == 401
    assert client.get(file, headers=others).status_code == 403
    waits = links_of(client.get(borrow, headers=others).json())["borrow"]["properties"]
    assert waits["availability"]["state"] == "reserved"
    assert waits["holds"] == {"total": 1, "position": 1}
    assert client.get(reverse("opds2_shelf"), headers=headers).json()["metadata"]["numberOfItems"] == 1
    assert client.get(reverse("opds2_profile"), headers=headers).json()["loans"] == {"total": 5, "available": 4}
    assert client.post(had["revoke"]["href"], headers=headers).status_code == 200
    assert not Loan.objects.filter(ended_at=None).exists()
    assert links_of(client.get(borrow, headers=others).json())["acquisition"]
    assert not Hold.objects.filter(ended_at=None).exists()


def test_borrowing_twice_is_one_loan_and_a_blocked_card_is_told_why(client, lent):
    card = ReaderCardFactory()
    headers = basic(card)
    address = reverse("opds_borrow", args=[lent.pk])
    assert client.post(address, headers=headers).status_code == 200
    assert client.post(address, headers=headers).status_code == 200
    assert Loan.objects.count() == 1
    blocked = ReaderCardFactory(state="blocked")
    answer = client.post(address, headers=basic(blocked))
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


@pytest.mark.parametrize(
    "header", [None, "Basic", "Basic ?", "Basic " + "A" * 5000, "Bearer x", "Basic " + base64.b64encode(b"a").decode()]
)
def test_without_the_right_password_the_authentication_document_answers(client, lent, header):
    client.force_login(ReaderCardFactory().user)  # a cookie alone acts for nobody here
    answer = client.get(reverse("opds_borrow", args=[lent.pk]), headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/opds-authentication+json"
    assert answer.json()["id"] == "http://testserver" + reverse("opds_authentication")
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert not Loan.objects.exists()


def test_a_page_of_another_site_cannot_use_a_remembered_password(client, lent):
    headers = {**basic(ReaderCardFactory()), "Sec-Fetch-Site": "cross-site"}
    assert client.get(reverse("opds_borrow", args=[lent.pk]), headers=headers).status_code == 401


def test_opds_1_says_the_same(client, lent):
    for number in range(35):
        EditionFactory(work__number=f"TL-9{number:05d}")
    answer = client.get(reverse("opds1"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.findtext("s:totalResults", namespaces=ATOM) == "36"
    rels = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert {"self", "start", "search", "next", "http://opds-spec.org/facet"} <= set(rels)
    assert len(etree.fromstring(client.get(rels["next"]).content).findall("a:entry", ATOM)) == 6
    description = etree.fromstring(client.get(rels["search"]).content)
    template = description.find("s:Url", ATOM).get("template")
    found = etree.fromstring(client.get(template.replace("{searchTerms}", "sach muon")).content)
    (entry,) = found.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Sách mượn"
    borrow = entry.find("a:link[@rel='http://opds-spec.org/acquisition/borrow']", ATOM)
    assert borrow.find("o:indirectAcquisition", ATOM).get("type") == "application/epub+zip"
    assert borrow.find("o:availability", ATOM).get("status") == "available"
    had = etree.fromstring(client.get(borrow.get("href"), headers=basic(ReaderCardFactory())).content)
    assert had.find("a:link[@rel='http://opds-spec.org/acquisition']", ATOM).get("type") == "application/epub+zip"


def modules(svg: bytes) -> list[bytes]:
    """The dark part of a QR code."""
    return re.findall(rb'd="(M4 4[^"]+)"', svg)


def test_an_open_audiobook_is_a_podcast_and_a_lent_one_is_not(client):
    sample = next(text for text in samples.texts() if text["audio"])
    take_in(samples.AUDIO / sample["slug"])
    work = Work.objects.get()
    address = reverse("podcast", args=[work.number])
    assert address in client.get(work.get_absolute_url()).content.decode()
    feed = etree.fromstring(client.get(address).content)
    enclosures = feed.findall("channel/item/enclosure")
    assert len(enclosures) == 4
    assert client.head(enclosures[0].get("url"))["Content-Length"] == enclosures[0].get("length")
    second = Chapter.objects.order_by("sort_order")[1]
    target = client.get(reverse("chapter", args=[second.pk]))["Location"]
    assert float(target.partition("#t=")[2]) > 1
    code = io.BytesIO()
    segno.make_qr(f"http://testserver{reverse('chapter', args=[second.pk])}", error="q").save(code, kind="svg", scale=8)
    (drawn,) = modules(client.get(reverse("chapter_code", args=[second.pk])).content)
    assert [drawn] == modules(code.getvalue())
    work.editions.update(access=Access.LENDING, copies=1)
    assert client.get(address).status_code == 404
    work.editions.update(access=Access.STAFF, copies=None)
    assert client.get(reverse("chapter", args=[second.pk])).status_code == 404


def test_a_chapter_of_an_ebook_opens_at_its_place(client, lent):
    chapter = lent.chapters.get(sort_order=2)
    target = client.get(reverse("chapter", args=[chapter.pk]))["Location"]
    assert target.endswith(f"/doc/#{chapter.href}")
