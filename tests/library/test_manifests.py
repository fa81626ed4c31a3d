"""Scanned books in IIIF: listed in the library's collection, with their work's page and its open e-books."""

import pytest

from tests.factories.iiif import CanvasFactory, DigitalObjectFactory
from tests.factories.library import EditionFactory, WorkFactory

pytestmark = pytest.mark.django_db
SHELF = "/iiif/presentation/3/collection/library"


@pytest.fixture
def scanned():
    obj = DigitalObjectFactory(identifier="SACH1")
    CanvasFactory(digital_object=obj)
    return EditionFactory(work=WorkFactory(title_en="Old book"), kind="scan", format="", digital_object=obj)


def test_a_manifest_leads_to_the_work_and_to_its_open_e_books(client, scanned):
    ebook = EditionFactory(work=scanned.work, file="library/a.epub")
    EditionFactory(work=scanned.work, file="library/lent.epub", copies=2)
    EditionFactory(work=scanned.work, file="library/own.pdf", format="pdf", access="staff")
    found = client.get("/iiif/presentation/3/SACH1/manifest").json()
    (link,) = [one for one in found["rendering"] if one["format"] == "application/epub+zip"]
    assert link["id"] == f"http://testserver/library/editions/{ebook.pk}"
    assert not [one for one in found["rendering"] if "editions" in one["id"] and one is not link]
    assert [one["id"] for one in found["homepage"]] == [
        f"http://testserver/vi/thu-vien/{scanned.work.number}/",
        f"http://testserver/en/library/{scanned.work.number}/",
    ]


def test_scanned_books_are_listed_while_their_work_is_public(client, scanned):
    assert [one["id"][-14:] for one in client.get(SHELF).json()["items"]] == ["SACH1/manifest"]
    type(scanned.work).objects.update(live=False)
    assert client.get(SHELF).json()["items"] == []
    assert "homepage" not in client.get("/iiif/presentation/3/SACH1/manifest").json()
