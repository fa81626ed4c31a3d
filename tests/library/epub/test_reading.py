"""E-books are hostile input: sound ones keep their bytes, harmful ones are cleaned or refused with the reason."""

import io
import zipfile
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.library.epub import EpubError, read
from heritage.library.epub.cleaning import clean_css, is_local
from heritage.library.epub.package import isbn_13
from tests.library.epub import books


def opened(data):
    return read(io.BytesIO(data))


def test_a_sound_book_keeps_its_bytes_and_tells_its_contents():
    data = books.plain()
    book = opened(data)
    assert book.data == data
    assert book.removed == {}
    assert (book.package.title, book.package.language) == ("Sách thử", "vi")
    assert [h.title for h in book.package.contents] == ["Chương 1", "Chương 2", "Chương 3"]
    assert book.package.contents[1].href == "EPUB/part02.xhtml"
    assert book.package.creators == [("Thư viện", "aut")]


def test_a_hostile_book_is_cleaned_and_keeps_its_text():
    book = opened(books.hostile())
    with zipfile.ZipFile(io.BytesIO(book.data)) as cleaned:
        names = cleaned.namelist()
        text = cleaned.read("EPUB/part01.xhtml").decode()
        opf = cleaned.read("EPUB/package.opf").decode()
    assert names[0] == "mimetype"
    assert "EPUB/evil.js" not in names
    assert "evil" not in text + opf
    for trace in (
        "<script",
        "javascript",
        "onload",
        "onclick",
        "onerror",
        "iframe",
        "<object",
        "<embed",
        "<set",
        "http-equiv",
    ):
        assert trace not in text, trace
    assert "https://good.example/" in text
    assert "Chữ còn nguyên" in text
    assert "Cuối chương." in text
    assert book.removed["script"] == 3
    assert opened(book.data).removed == {}


def test_cleaning_the_same_book_twice_is_the_same_file():
    assert opened(books.hostile()).data == opened(books.hostile()).data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cannot be opened"),
        (b"PK\x03\x04 not really", "cannot be opened"),
        (books.plain()[:300], "cannot be opened"),
        (books.rewritten(books.plain(), {"mimetype": None}), "no file named mimetype"),
        (books.rewritten(books.plain(), {"mimetype": "application/zip"}), "mimetype file says"),
        (books.rewritten(books.plain(), {"META-INF/container.xml": None}), "missing"),
        (books.rewritten(books.plain(), {"EPUB/package.opf": "<package"}), "well-formed"),
        (books.rewritten(books.plain(), {}, ("EPUB/package.opf", "<itemref", "<nothing")), "nothing to read"),
        (books.bomb(), "ZIP bomb"),
        (books.crowd(), "at most 5000"),
        (books.empty(), "is empty"),
        (books.rewritten(books.plain(), {"../../etc/cron": b"x"}), "outside itself"),
        (books.rewritten(books.plain(), {"/etc/cron": b"x"}), "outside itself"),
        (books.rewritten(books.plain(), {"EPUB/part01.xhtml": books.BILLION_LAUGHS}), "declares entities"),
        (books.rewritten(books.plain(), {"EPUB/package.opf": books.BILLION_LAUGHS}), "declares entities"),
        (books.rewritten(books.plain(), {"META-INF/encryption.xml": books.ENCRYPTION % "aes128"}), "DRM"),
        (books.rewritten(books.plain(), {"META-INF/rights.xml": "<rights/>"}), "DRM"),
        (books.rewritten(books.plain(), {"epub/PART01.xhtml": "<html/>"}), "twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_with_the_reason(data, reason):
    from django.utils import translation

    with translation.override("en"), pytest.raises(EpubError, match=reason):
        opened(data)


def test_obfuscated_fonts_are_no_drm():
    data = books.rewritten(
        books.plain(), {"META-INF/encryption.xml": books.ENCRYPTION % "http://www.idpf.org/2008/embedding"}
    )
    assert opened(data).package.title == "Sách thử"


def test_a_chapter_that_is_no_xml_is_mended():
    data = books.rewritten(books.plain(), {"EPUB/part01.xhtml": "<html><body><p>Một<br>hai &copy; ba</body>"})
    book = opened(data)
    with zipfile.ZipFile(io.BytesIO(book.data)) as mended:
        assert "hai © ba" in mended.read("EPUB/part01.xhtml").decode()
    assert opened(book.data).data == book.data


@given(st.text(alphabet="javscript:/\\ \t\nhtpd.#", max_size=30))
def test_whatever_is_local_cannot_leave_the_book(address):
    if is_local(address):
        squeezed = "".join(c for c in address if c > " ")
        assert not squeezed.lower().startswith(("javascript:", "http:", "data:", "//"))


@given(st.text(alphabet="url(htps:/e.x)'\"@import \\72;*", max_size=60))
def test_cleaned_css_is_clean(text):
    once = clean_css(text, Counter())
    found = Counter()
    clean_css(once, found)
    assert not found["remote style sheet"]


def test_isbn():
    assert isbn_13("urn:isbn:978-604-1-00001-0") == ""
    assert isbn_13("ISBN 978-0-306-40615-7") == "9780306406157"
    assert isbn_13("0-306-40615-2") == "9780306406157"
    assert isbn_13("urn:uuid:1") == ""
