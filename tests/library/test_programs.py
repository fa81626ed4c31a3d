"""Reading programs: passwords of their own, and one place for OPDS, KOReader and the site's own reader."""

import base64
import datetime as dt
import hashlib
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft7Validator

from heritage.library.digests import partial_md5
from heritage.library.epub.container import Container
from heritage.library.epub.places import Place, Places
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, AppPassword, Reading, Work
from heritage.library.services import app_passwords, lending
from heritage.library.services.reading import sync
from tests.factories.library import EditionFactory, ReaderCardFactory
from tests.library import opds_schemas
from tests.library.epub import books
from tests.library.test_opds_lending import basic

pytestmark = pytest.mark.django_db
KOREADER = "application/vnd.koreader.v1+json"


@pytest.fixture
def card():
    return ReaderCardFactory()


@pytest.fixture
def secret(card):
    return app_passwords.create(card.user, "KOReader")[1]


@pytest.fixture
def headers(card, secret):
    return basic_pair(card.user.username, secret)


@pytest.fixture
def book(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Sách mượn"))
    return Work.objects.get(number=take_in(tmp_path).rows[0].number).editions.get()


def basic_pair(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def by_koreader(card, secret: str) -> dict[str, str]:
    return {"X-Auth-User": card.user.username, "X-Auth-Key": hashlib.md5(secret.encode()).hexdigest()}


def document(fraction=0.4, modified=None, **more) -> dict:
    moment = modified or timezone.now()
    device = {"id": "urn:uuid:019c0047-cc8d-7ec4-a3c3-938ccadc020a", "name": "Thorium"}
    return {"modified": moment.isoformat(), "device": device, "progression": fraction, **more}


def test_a_reader_makes_and_withdraws_a_password_that_is_shown_once(client, card):
    address = reverse("my_apps")
    assert client.get(address).status_code == 302
    client.force_login(card.user)
    page = client.post(address, {"name": "Thorium ở nhà"})
    text = page.context["text"]
    assert text in page.content.decode()
    assert text not in client.get(address).content.decode()
    client.logout()
    headers = basic_pair(card.user.username, text)
    assert client.get(reverse("opds2_shelf"), headers=headers).status_code == 200
    assert AppPassword.objects.get().used_on == timezone.localdate()
    assert not client.login(username=card.user.username, password=text)  # never opens the site itself
    assert client.get(reverse("opds2_shelf"), headers=basic_pair("nobody@example.org", text)).status_code == 401
    other = ReaderCardFactory()
    client.force_login(other.user)
    client.post(address, {"withdraw": AppPassword.objects.get().pk})
    assert AppPassword.objects.count() == 1
    client.force_login(card.user)
    client.post(address, {"withdraw": AppPassword.objects.get().pk})
    client.logout()
    assert client.get(reverse("opds2_shelf"), headers=headers).status_code == 401


def test_passwords_are_few_and_named(card):
    with pytest.raises(ValidationError):
        app_passwords.create(card.user, " ")
    for number in range(app_passwords.MOST):
        app_passwords.create(card.user, f"{number}")
    with pytest.raises(ValidationError):
        app_passwords.create(card.user, "one more")


def test_the_place_goes_from_a_program_to_the_site_and_back(client, card, headers, book):
    publication = client.get(reverse("opds2_work", args=[book.work.number])).json()
    (link,) = [one for one in publication["links"] if one["rel"] == "http://opds-spec.org/progression"]
    assert link["type"] == "application/opds-progression+json"
    assert link["properties"]["authenticate"]["href"].endswith(reverse("opds_authentication"))
    atom = client.get(reverse("opds1_work", args=[book.work.number])).content.decode()
    assert link["href"] in atom
    assert client.get(link["href"]).status_code == 401
    empty = client.get(link["href"], headers=headers)
    assert (empty.status_code, empty.content) == (200, b"")

    def put(body):
        return client.put(link["href"], json.dumps(body), content_type=link["type"], headers=headers)

    answer = put(document(references=["EPUB/nowhere.xhtml", "EPUB/part02.xhtml"]))
    assert answer.status_code == 200
    assert Draft7Validator(opds_schemas.PROGRESSION).is_valid(answer.json())
    assert answer.json()["title"] == "Chương 2"
    assert answer.json()["references"] == ["EPUB/part02.xhtml"]
    place = sync(card.user, book, {"now": timezone.now().timestamp() * 1000})["place"]
    assert (place["fraction"], place["device"], place["chapter"]) == (0.4, "Thorium", "Chương 2")
    assert place["cfi"].startswith("epubcfi(/6/")
    late = put(document(0.1, timezone.now() - dt.timedelta(hours=1)))
    assert (late.status_code, late.json()["progression"]) == (409, 0.4)
    now = int(timezone.now().timestamp() * 1000)
    newer = {"cfi": place["cfi"], "fraction": 0.6, "at": now + 10}
    sync(card.user, book, {"now": now, "place": newer})
    got = client.get(link["href"], headers=headers).json()
    assert got["progression"] == 0.6
    assert got["device"]["id"].startswith("http")
    assert client.get(link["href"], headers=basic(ReaderCardFactory())).content == b""


def test_a_clock_ahead_does_not_win_for_ever(client, card, headers, book):
    address = reverse("opds_progression", args=[book.pk])
    ahead = document(0.3, timezone.now() + dt.timedelta(hours=1))
    assert client.put(address, json.dumps(ahead), headers=headers).status_code == 200
    assert Reading.objects.get().placed_ms <= timezone.now().timestamp() * 1000


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"modified": "yesterday"}, "modified"),
        ({"modified": "2026-01-01T00:00:00"}, "modified"),
        ({"device": {"id": "x", "name": "y"}}, "device.id"),
        ({"device": {"id": "urn:x:y"}}, "device.name"),
        ({"progression": 1.5}, "progression"),
        ({"progression": True}, "progression"),
        ({"references": "a"}, "references"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(client, headers, book, change, named):
    body = json.dumps(document() | change)
    answer = client.put(reverse("opds_progression", args=[book.pk]), body, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert named in answer.json()["title"]
    assert not Reading.objects.exists()


def test_broken_bodies_and_closed_books(client, headers, book):
    address = reverse("opds_progression", args=[book.pk])
    for body in ("", "[]", "{", "[" * 5000, '{"progression": NaN}', "x" * 70_000):
        assert client.put(address, body, headers=headers).status_code == 400
    closed = EditionFactory(access=Access.STAFF, work__number="TL-900001")
    assert client.get(reverse("opds_progression", args=[closed.pk]), headers=headers).status_code == 404


def test_koreader_and_the_site_share_one_place(client, card, secret, book):
    headers = by_koreader(card, secret)
    wrong = client.get(reverse("kosync_login"), headers=by_koreader(card, "x"))
    assert wrong.status_code == 401
    assert client.get(reverse("kosync_login"), headers=headers).json() == {"authorized": "OK"}
    assert client.post("/kosync/users/create", "{}", content_type="application/json").status_code == 402
    with book.file.open("rb") as stored:
        digest = partial_md5(stored)
    address = reverse("kosync_fetch", args=[digest])
    assert client.get(address, headers=headers).json() == {}
    body = {
        "document": digest,
        "progress": "/body/DocFragment[2]/body/section/p[1]/text().3",
        "percentage": 0.35,
        "device": "Kobo Clara",
        "device_id": "A1",
    }

    def put(change):
        text = json.dumps(body | change)
        return client.put(reverse("kosync_update"), text, content_type="application/json", headers=headers)

    assert put({}).json()["document"] == digest
    got = client.get(address, headers=headers)
    assert got["Content-Type"] == KOREADER
    assert got.json()["progress"].startswith("/body/DocFragment[2]/body")
    assert (got.json()["percentage"], got.json()["device_id"]) == (0.35, "A1")
    place = sync(card.user, book, {"now": timezone.now().timestamp() * 1000})["place"]
    assert place["device"] == "Kobo Clara"
    assert "/4" in place["cfi"]
    assert put({"percentage": 3}).status_code == 400
    assert put({"document": "0" * 32}).status_code == 404
    assert client.get(address, headers=by_koreader(ReaderCardFactory(), secret)).status_code == 401


def test_a_returned_book_keeps_its_place_and_a_closed_one_none(client, tmp_path, card, secret):
    (tmp_path / "a.epub").write_bytes(books.plain())
    edition = Work.objects.get(
        number=take_in(tmp_path, Terms(access=Access.LENDING, copies=1)).rows[0].number
    ).editions.get()
    body = json.dumps({"document": edition.partial_md5, "progress": "", "percentage": 0.9, "device": "K"})

    def put():
        return client.put(reverse("kosync_update"), body, headers=by_koreader(card, secret))

    assert put().status_code == 404
    loan = lending.borrow(card, edition)
    assert put().status_code == 200
    lending.give_back(loan)
    got = client.get(reverse("kosync_fetch", args=[edition.partial_md5]), headers=by_koreader(card, secret))
    assert got.json()["progress"].startswith("/body/DocFragment[3]")  # told by the fraction alone


def test_places_are_the_same_in_all_three_tongues():
    with Container(io.BytesIO(books.plain())) as container:
        places = Places(container)
        for index in range(len(places.package.spine)):
            root = places._root(index)
            for element in root.iter("{*}p"):
                place = places.from_xpointer(places.xpointer(Place(index, places._steps_of(element))))
                assert places.from_cfi(places.cfi(place)) == place
                assert place.index == index
        for nonsense in ("", "epubcfi(", "epubcfi(/6/9999!/4)", "/body/DocFragment[99]/body", "#x", "%", "/6/4!"):
            for read in (places.from_cfi, places.from_xpointer, places.from_reference):
                assert read(nonsense) in (None, Place(0)) or nonsense.startswith(("epub", "/6"))


def test_the_digest_samples_a_file_as_koreader_does():
    data = bytes(range(256)) * 40
    wanted = hashlib.md5(data[:1024] + data[1024:2048] + data[4096:5120], usedforsecurity=False)
    assert partial_md5(io.BytesIO(data)) == wanted.hexdigest()
