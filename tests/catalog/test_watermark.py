"""A list on paper says on every page that it is for internal use, just where one of its records is not public."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document
from lxml import etree
from pypdfium2 import PdfDocument

from heritage.accounts.models import Role
from heritage.catalog.exports import FORMATS, ordering, rows
from heritage.catalog.models import ListExport, Record
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.front_end]

WORDS = "LƯU HÀNH NỘI BỘ"
LISTING = "wagtailsnippets_catalog_record:list"
VML = "{urn:schemas-microsoft-com:vml}"


def pages_of(content):
    return [page.get_textpage().get_text_range() for page in PdfDocument(content)]


def marks_of(content):
    """By part of the text document, the words across it; that every part is well-formed XML is asserted on the way."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                shapes = etree.fromstring(package.read(name)).iter(f"{VML}shape")
                for shape in shapes:
                    assert shape.getparent().find(f"{VML}shapetype").get("id") == shape.get("type").strip("#")
                    found.setdefault(name, []).append(shape.find(f"{VML}textpath").get("string"))
    return found


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def public(unit):
    return RecordFactory.create_batch(30, unit=unit, latitude=21.5, longitude=105.25)


@pytest.fixture
def draft(unit, public):
    """The very last of the list: what it says must reach the first page."""
    return RecordFactory(number="ZZ9", unit=unit, live=False, latitude=21.6, longitude=105.3)


def test_a_list_with_a_draft_is_marked_on_every_page_in_its_reader_s_language(draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        content = b"".join(FORMATS["pdf"].write(rows(Record.objects.order_by("number"))))
    pages = pages_of(content)
    assert len(pages) > 2
    assert [page.count(WORDS) for page in pages] == [1] * len(pages)
    assert all(record.number in "".join(pages) for record in Record.objects.all())
    document = b"".join(FORMATS["docx"].write(rows(Record.objects.order_by("number"))))
    assert marks_of(document) == {"word/header1.xml": [WORDS], "word/document.xml": [WORDS]}  # the second over the map
    paper = Document(io.BytesIO(document))
    sheet, drawn = paper.sections[0], paper.inline_shapes[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (297, 210)
    assert drawn.height < sheet.page_height - sheet.top_margin - sheet.bottom_margin, "the map fits its page"
    with translation.override("en"):
        assert "FOR INTERNAL USE" in pages_of(b"".join(FORMATS["pdf"].write(rows(Record.objects.all()))))[0]


def test_the_words_lie_behind_the_text_and_over_the_map(draft):
    content = b"".join(FORMATS["pdf"].write(rows(Record.objects.order_by("number"))))
    *lists, last = PdfDocument(content)
    assert lists
    for page in lists:
        image = page.render(scale=1).to_pil().convert("L")
        middle = image.crop((200, 100, 640, 500)).histogram()
        assert sum(middle[:60]) > 500, "the table's text is as dark as it was"
        assert max(range(200, 235), key=middle.__getitem__) == 217, "and the words are grey: 0.85 of white"
        kinds = [one.type for one in page.get_objects(max_depth=1)]
        assert kinds[0] == 5, "a form, drawn before anything else"
    assert [one.type for one in last.get_objects(max_depth=1)][:2] == [3, 5], "the map hides nothing of them"


def test_a_list_of_what_is_public_is_not_marked(public):
    for suffix in ("pdf", "docx"):
        content = b"".join(FORMATS[suffix].write(rows(Record.objects.order_by("number"))))
        if suffix == "pdf":
            assert not any(WORDS in page for page in pages_of(content))
        else:
            assert marks_of(content) == {}


def test_it_goes_by_the_rows_written_at_once_and_by_the_worker(client, unit, draft):
    """Who orders it sees the draft or does not; what the worker finds public by then is public."""
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=unit))
    at_once = client.get(reverse(LISTING), {"export": "pdf", "kind": "monument"}).getvalue()
    assert WORDS in pages_of(at_once)[0]
    keys = list(Record.objects.order_by("number").values_list("pk", flat=True))
    elsewhere = UserFactory(role=Role.COMMUNE_EDITOR, unit=UnitFactory())
    for user, is_marked in ((UserFactory(role=Role.COMMUNE_EDITOR, unit=unit), True), (elsewhere, False)):
        job = ordering.order("pdf", keys, "", user)
        assert ordering.run_waiting() == 1
        with ListExport.objects.get(pk=job.pk).file.open() as file:
            assert {WORDS in page for page in pages_of(file.read())} == {is_marked}
    Record.objects.filter(pk=draft.pk).update(live=True)
    job = ordering.order("docx", keys, "", elsewhere)
    assert ordering.run_waiting() == 1
    with ListExport.objects.get(pk=job.pk).file.open() as file:
        assert marks_of(file.read()) == {}


def test_a_sheet_has_no_column_for_it(draft):
    """What is read by programs, or brought back, stays as it was."""
    for suffix in ("csv", "jsonl"):
        content = b"".join(FORMATS[suffix].write(rows(Record.objects.filter(pk=draft.pk)))).decode()
        assert "public" not in content
        assert WORDS not in content
