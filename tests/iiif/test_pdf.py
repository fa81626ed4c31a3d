"""PDF of an object: whole, with its contents, in the size the visitor may have, never more at once than fits."""

import io
import threading

import pikepdf
import pytest

from heritage.iiif import contents, services, structure
from heritage.iiif.image_api import reduced
from heritage.iiif.models import Audience
from heritage.iiif.views import pdf as view
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
PDF = "/iiif/pdf/SACH.pdf"


@pytest.fixture
def book(tmp_path):
    obj = DigitalObjectFactory(identifier="SACH", label_vi="Sách (mẫu) \\ 1", label_en="Book")
    for number, (width, height) in enumerate(((2500, 1000), (90, 120), (60, 60)), 1):
        services.ingest(image_file(tmp_path, f"{number}.png", width, height), obj)
    structure.set_contents(obj, contents.parse("Tựa | Preface | 1\nẤn | Seal | 3", 3), list(obj.canvases.all()))
    return obj


@pytest.fixture(autouse=True)
def own_turns(monkeypatch):
    """A turn is given back when the answer is closed; an answer that some other test never read keeps its own."""
    monkeypatch.setattr(view, "_writing", threading.BoundedSemaphore(view.AT_ONCE))


def read(response):
    assert response.status_code == 200, response.content
    return pikepdf.open(io.BytesIO(b"".join(response.streaming_content)))


def sizes(document):
    return [(int(p.images["/I"].Width), int(p.images["/I"].Height)) for p in document.pages]


def test_every_page_is_there_with_title_and_contents(client, book):
    response = client.get(PDF)
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "public, max-age=300")
    with read(response) as document:
        assert document.check_pdf_syntax() == [] if hasattr(document, "check_pdf_syntax") else document.check() == []
        assert sizes(document) == [(1800, 720), (90, 120), (60, 60)]
        assert str(document.docinfo["/Title"]) == "Sách (mẫu) \\ 1"
        with document.open_outline() as outline:
            assert [str(one.title) for one in outline.root] == ["Tựa", "Ấn"]
    (link,) = client.get("/iiif/presentation/3/SACH/manifest").json()["rendering"]
    assert (link["id"], link["format"]) == (f"http://testserver{PDF}", "application/pdf")


def test_a_part_may_be_asked_for(client, book, monkeypatch):
    with read(client.get(f"{PDF}?pages=2-3")) as document:
        assert sizes(document) == [(90, 120), (60, 60)]
        with document.open_outline() as outline:
            assert [str(one.title) for one in outline.root] == ["Ấn"]


@pytest.mark.parametrize("pages", ["0-1", "2-1", "1-4", "a", "1-", "-1", "1-99999999", "٢-٣"])
def test_pages_that_are_none_are_refused(client, book, pages):
    response = client.get(PDF, {"pages": pages})
    assert (response.status_code, b"1-3" in response.content) == (400, True)


def test_a_long_object_has_several(client, book, monkeypatch):
    from heritage.iiif import addresses

    monkeypatch.setattr(addresses, "PDF_PAGES", 2)
    monkeypatch.setattr(view, "PDF_PAGES", 2)
    links = client.get("/iiif/presentation/3/SACH/manifest").json()["rendering"]
    assert [one["id"].partition("?")[2] for one in links] == ["pages=1-2", "pages=3-3"]
    assert client.get(f"{PDF}?pages=1-3").status_code == 400
    with read(client.get(PDF)) as document:
        assert len(document.pages) == 2


def test_only_so_many_at_once(client, book):
    for _one in range(view.AT_ONCE):
        view._writing.acquire()
    assert client.get(PDF).status_code == 503
    for _one in range(view.AT_ONCE):
        view._writing.release()
    for _one in range(view.AT_ONCE + 1):  # each gives its turn back when it is sent
        assert len(b"".join(client.get(PDF).streaming_content)) > 1000
    with read(client.get(PDF)) as document:
        assert len(document.pages) == 3


@pytest.mark.parametrize(("access", "status"), [("staff", 401), ("closed", 404)])
def test_it_is_closed_with_its_object(client, book, access, status):
    services.set_access(book, access)
    assert client.get(PDF).status_code == status
    assert client.get("/iiif/pdf/KHAC.pdf").status_code == 404


def test_the_public_gets_the_size_that_it_may_see(client, book, admin_user):
    for audience in (Audience.STAFF, Audience.ON_SITE):
        type(book).objects.update(audience=audience)
        assert client.get(PDF).status_code == 401
    type(book).objects.update(audience=Audience.REDUCED)
    response = client.get(PDF)
    assert response["Cache-Control"] == "private, no-store"
    with read(response) as document:
        assert sizes(document)[0] == reduced.size(2500, 1000)
    client.force_login(admin_user)
    with read(client.get(PDF)) as document:
        assert sizes(document)[0] == (1800, 720)


def test_a_picture_that_is_gone_is_said(client, book, settings, tmp_path):
    settings.IIIF_PYRAMIDS_DIR = tmp_path / "nowhere"
    assert client.get(PDF).status_code == 500
