"""Text inside scans and e-books: hits lead to the box and the chapter, and obey what the public may see."""

import io

import pytest
from django.core.files.base import ContentFile
from reportlab.pdfgen.canvas import Canvas as Pdf

from heritage.core import outbox
from heritage.iiif import captions
from heritage.iiif.models import Access as ScanAccess
from heritage.iiif.models import Canvas, State
from heritage.iiif.services import set_access
from heritage.iiif.text.reading import Word
from heritage.iiif.text.services import set_text
from heritage.library.epub.building import Book, Part, build
from heritage.library.models import Access, FileFormat
from heritage.search import engines, indexing, service
from heritage.search.contract import Kind, Query
from heritage.search.indexers.epub_text import passages
from heritage.search.indexers.passage import LONGEST
from tests.factories.iiif import DigitalObjectFactory
from tests.factories.library import EditionFactory, QuestionFactory, WorkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings, own_index):
    settings.MEDIA_ROOT = tmp_path / "media"


def search(text, **bounds):
    return service.search(Query(text=text, **bounds))


def add_page(digital_object, image, *lines):
    canvas = Canvas.objects.create(
        digital_object=digital_object, image_identifier=image, order=digital_object.canvases.count(),
        state=State.READY, width=1000, height=2000, pyramid=f"{image}.tif", version="1",
    )  # fmt: skip
    words = [
        [Word(word, (100 + 90 * place, 100 + 60 * number, 80, 40)) for place, word in enumerate(line.split())]
        for number, line in enumerate(lines)
    ]
    set_text(canvas, words, language="vi")
    return canvas


@pytest.fixture
def stele():
    found = DigitalObjectFactory(identifier="BIA-1", label_vi="Bia chùa Thử")
    add_page(found, "BIA-1.1", "Hoàng triều Cảnh Hưng", "vạn vạn niên")
    add_page(found, "BIA-1.2", "công đức bi ký", "làng Thử Nghiệm cúng tiến")
    outbox.drain_all()
    return found


def test_a_line_of_a_stele_leads_to_its_page_and_box(stele):
    (hit,) = search("cong duc bi ky").hits
    assert (hit.kind, hit.title.text) == (Kind.SCAN, "Bia chùa Thử, trang 2")
    assert hit.snippet.html.startswith("<mark>công đức bi ký</mark>")
    address, _hash, place = hit.url.partition("#")
    image, _slash, box = place.partition("/")
    left, top, width, height = map(int, box.split(","))
    assert (address, image) == ("/vi/ban-so/BIA-1/", "BIA-1.2")
    assert left <= 100 <= 450 <= left + width <= 1000
    assert top <= 100 <= 140 <= top + height < 2000


def test_the_name_of_an_object_is_no_hit_in_each_of_its_pages(stele):
    assert search("bia chùa thử").total == 0
    assert service.suggest("bia chua") == []


def test_scans_not_open_to_everybody_are_in_no_answer_at_once(stele):
    assert search("cảnh hưng").facets["kind"]
    set_access(stele, ScanAccess.STAFF)
    answer = search("cảnh hưng")
    assert (answer.total, answer.hits, any(answer.facets.values())) == (0, (), False)
    outbox.drain_all()
    assert search("cảnh hưng").total == 0
    assert engines.current().state().documents == 0


@pytest.mark.parametrize(("audience", "total"), [("full", 1), ("reduced", 1), ("staff", 0), ("on-site", 0)])
def test_text_of_pictures_that_only_some_may_see_is_in_no_answer(stele, audience, total):
    stele.audience = audience
    stele.save()
    outbox.changed(stele)
    for _when in ("at once", "when the worker has been there"):
        answer = search("cảnh hưng")
        assert (answer.total, len(answer.hits), any(answer.facets.values())) == (total, total, bool(total))
        outbox.drain_all()
    assert bool(engines.current().state().documents) is bool(total)


def test_a_page_written_anew_is_found_by_its_new_text_alone(stele):
    set_text(stele.canvases.get(image_identifier="BIA-1.1"), [[Word("Vĩnh", (1, 1, 9, 9))]])
    outbox.drain_all()
    assert (search("cảnh hưng").total, search("vĩnh").total, search("công đức").total) == (0, 1, 1)
    assert indexing.compare().is_none


def a_book(*parts):
    return build(
        Book("urn:uuid:1", "Sách thử", "vi", ["Tác giả"], "", "2026-01-01T00:00:00Z",
             [Part(title, list(paragraphs), "vi") for title, *paragraphs in parts])
    )  # fmt: skip


@pytest.fixture
def novel():
    edition = EditionFactory(work=WorkFactory(number="TL-000077", title_vi="Chuyện làng"))
    data = a_book(
        ("Chương một", "Con đò neo bến sông Cái."), ("Chương hai", "Tiếng chuông ngân.", "Đêm hội trăng rằm.")
    )
    edition.file.save("book.epub", ContentFile(data))
    outbox.drain_all()
    return edition


def test_words_of_a_book_lead_to_their_chapter(novel):
    (hit,) = search('"hội trăng rằm"').hits
    assert (hit.kind, hit.title.text, hit.number) == (Kind.CHAPTER, "Chuyện làng – Chương hai", "TL-000077")
    assert hit.url == "/vi/thu-vien/TL-000077/doc/#EPUB%2Fpart02.xhtml"
    assert "<mark>hội trăng rằm</mark>" in hit.snippet.html
    assert [one.number for one in search("con do neo ben")] == ["TL-000077"]


@pytest.mark.parametrize("shut", ["access", "work"])
def test_a_book_no_longer_open_is_in_no_answer_at_once(novel, shut):
    if shut == "access":
        novel.access = Access.STAFF
        novel.save()
    else:
        novel.work.unpublish()
    assert search("tiếng chuông ngân").total == 0
    outbox.drain_all()
    assert search("tiếng chuông ngân").total == 0
    assert indexing.compare().is_none


def test_a_lent_book_shows_nothing_of_its_text():
    edition = EditionFactory(copies=1)
    edition.file.save("book.epub", ContentFile(a_book(("Một", "Lời kín đáo."))))
    outbox.drain_all()
    assert search("lời kín đáo").total == 0


def test_a_damaged_book_is_left_out_and_stops_nothing(caplog):
    edition = EditionFactory()
    edition.file.save("book.epub", ContentFile(b"no zip"))
    other = WorkFactory(title_vi="Sách khác")
    outbox.changed(other)
    outbox.drain_all()
    assert [hit.number for hit in search("sách khác")] == [other.number]
    assert outbox.waiting("search") == 0
    assert "cannot be searched" in caplog.text


def test_long_chapters_come_in_passages_that_lose_no_word():
    words = [f"tu{number}" for number in range(6000)]
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, 6000, 50)]
    edition = EditionFactory()
    edition.file.save("book.epub", ContentFile(a_book(("Dài", *paragraphs), ("Ngắn", "Hết."))))
    found = list(passages(edition))
    assert [word for one in found if one.title == "Dài" for word in one.text.split()][-6000:] == words
    assert max(len(one.text) for one in found) <= 2 * LONGEST
    assert found[-1].title == "Ngắn"


def a_pdf(*pages):
    out = io.BytesIO()
    drawn = Pdf(out, pagesize=(300, 400))
    for title, text in pages:
        if title:
            drawn.bookmarkPage(title)
            drawn.addOutlineEntry(title, title)
        for line, words in enumerate(text.splitlines()):
            drawn.drawString(20, 350 - 20 * line, words)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def test_words_of_a_pdf_lead_to_their_page():
    edition = EditionFactory(work=WorkFactory(title_vi="Sổ tay"), format=FileFormat.PDF)
    data = a_pdf(("", "Bia da"), ("Phan mot", "Nha bia"), ("", ""), ("Phan hai", "Tam bia thu ba\nnoi ve lang"))
    edition.file.save("book.pdf", ContentFile(data))
    outbox.drain_all()
    (hit,) = search('"thu ba noi ve"').hits
    assert (hit.kind, hit.title.text) == (Kind.CHAPTER, "Sổ tay – Phan hai")
    assert hit.url.endswith("/doc/#page%3D4")
    assert sorted(one.title.text for one in search("bia").hits) == ["Sổ tay", "Sổ tay – Phan hai", "Sổ tay – Phan mot"]
    edition.access = Access.STAFF
    edition.save()
    assert search("noi ve lang").total == 0


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b""])
def test_a_damaged_pdf_is_left_out_and_stops_nothing(data, caplog):
    edition = EditionFactory(work=WorkFactory(title_vi="Sổ hỏng"), format=FileFormat.PDF)
    edition.file.save("book.pdf", ContentFile(data))
    outbox.drain_all()
    assert [hit.kind for hit in search("sổ hỏng").hits] == [Kind.WORK]
    assert outbox.waiting("search") == 0
    assert "cannot be searched" in caplog.text


@pytest.fixture
def asked():
    found = QuestionFactory(
        text="Thư viện có giữ bản dập bia chùa Thử không?", answer="Có, một bộ sáu tờ, xem tại phòng đọc địa chí.",
        work=WorkFactory(title_vi="Văn bia tuyển dịch"), is_shown=True, name="Người hỏi", email="hoi@example.org",
    )  # fmt: skip
    outbox.drain_all()
    return found


def test_a_question_is_found_by_its_words_and_by_its_answer(asked, client):
    for text in ("bản dập bia chùa thử", "phong doc dia chi"):
        (hit,) = search(text).hits
        assert (hit.kind, hit.title.text) == (Kind.QUESTION, asked.text)
    page = client.get(hit.url).content.decode()
    assert asked.answer in page
    for private in (asked.name, asked.email):
        assert private not in page
        assert search(private).total == 0


@pytest.mark.parametrize("shut", ["hidden", "work", "deleted"])
def test_a_question_no_longer_shown_is_in_no_answer_at_once(asked, client, shut):
    (hit,) = search("bản dập bia").hits
    if shut == "hidden":
        asked.is_shown = False
        asked.save()
    elif shut == "work":
        asked.work.unpublish()
    else:
        asked.delete()
    assert search("bản dập bia").total == 0
    assert client.get(hit.url).status_code == 404
    outbox.drain_all()
    assert search("bản dập bia").total == 0
    assert indexing.compare().is_none


def test_what_is_said_in_a_recording_leads_to_its_second_and_obeys_who_may_hear_it():
    found = DigitalObjectFactory(identifier="KE-1", label_vi="Lời kể")
    canvas = Canvas.objects.create(
        digital_object=found, image_identifier="KE-1.1", state=State.READY, duration=60, version="1",
        media_type="audio/mpeg",
    )  # fmt: skip
    said = "WEBVTT\n\n00:01.000 --> 00:04.000\nNgày xưa\n\n00:07.500 --> 00:09.000\nvoi đá Nà Lừa biết nói\n"
    captions.keep(canvas, "vi", said)
    outbox.drain_all()
    (hit,) = search("voi đá nà lừa").hits
    assert (hit.url, hit.titles["vi"]) == ("/vi/ban-so/KE-1/#KE-1.1/t=7.5", "Lời kể")
    found.audience = "reduced"
    found.save()
    captions.keep(canvas, "vi", said)
    outbox.drain_all()
    assert not search("voi đá nà lừa").hits
