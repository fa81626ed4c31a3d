"""Many books at once: duplicates, several discs, ZIP files, newer versions that keep what readers and staff hang on."""

import io
import struct
import zipfile

import pytest
from django.utils import translation

from heritage.core import archives
from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.imports.audio import AudioError, read_track
from heritage.library.models import AudioTrack, Chapter, Edition, EditionKind, Work
from tests.factories.library import EditionFactory, WorkFactory
from tests.library.epub import books

pytestmark = pytest.mark.django_db
SOUND = samples.AUDIO / "stele-rubbing" / "01.mp3"
ISBN = '<dc:identifier id="isbn">urn:isbn:9780306406157</dc:identifier></metadata>'


def with_isbn(data: bytes) -> bytes:
    return books.rewritten(data, {}, ("EPUB/package.opf", "</metadata>", ISBN))


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def sound(number: int, album: str = "Sách nói", disc: str = "") -> bytes:
    """The sample with an ID3v2.4 tag of its own, in UTF-8."""
    frames = b""
    for name, text in (("TALB", album), ("TIT2", f"Phần {number}"), ("TRCK", str(number)), ("TPOS", disc)):
        body = b"\3" + text.encode()
        frames += name.encode() + struct.pack(">I", len(body)) + b"\0\0" + body if text else b""
    size = len(frames)
    head = b"ID3\4\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    return head + frames + SOUND.read_bytes()


def test_an_isbn_leads_to_the_edition_or_the_work_it_belongs_to(tmp_path):
    printed = EditionFactory(kind=EditionKind.PRINT, format="", isbn="9780306406157").work
    (tmp_path / "a.epub").write_bytes(with_isbn(books.plain("Tên trong tệp", identifier="urn:1")))
    assert take_in(tmp_path).rows[0].number == printed.number
    (tmp_path / "a.epub").write_bytes(with_isbn(books.plain("Tên trong tệp", ["Bản hai"], identifier="urn:2")))
    assert take_in(tmp_path).rows[0].outcome == "updated"
    assert sorted(printed.editions.values_list("kind", "isbn")) == [
        ("ebook", "9780306406157"),
        ("print", "9780306406157"),
    ]
    assert Work.objects.count() == 1


def test_what_looks_like_a_known_book_stays_a_draft_and_says_which(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Truyện làng", identifier="urn:1"))
    first = take_in(tmp_path / "a.epub").rows[0]
    (tmp_path / "b.epub").write_bytes(books.plain("Truyện  Làng!", ["Khác."], identifier="urn:2"))
    again = take_in(tmp_path / "b.epub").rows[0]
    assert (again.outcome, first.number in again.reason) == ("created", True)
    assert Work.objects.get(number=again.number).live is False
    (tmp_path / "c.epub").write_bytes(books.plain("Truyện lạng", ["Tên khác dấu."], identifier="urn:3"))
    other = take_in(tmp_path / "c.epub").rows[0]
    assert (other.reason, Work.objects.get(number=other.number).live) == ("", True)


def test_two_versions_handed_in_together_do_not_replace_each_other(tmp_path):
    (tmp_path / "1.epub").write_bytes(books.plain())
    (tmp_path / "2.epub").write_bytes(books.plain(paragraphs=["Bản khác."]))
    (tmp_path / "3.epub").write_bytes(books.plain())
    (tmp_path / "4.epub").write_bytes(books.plain("Tên khác", identifier="urn:uuid:test"))
    for dry_run in (True, False):
        report = take_in(tmp_path, dry_run=dry_run)
        assert [row.outcome for row in report.rows] == ["created", "refused", "unchanged", "created"]
        assert "1.epub" in report.rows[1].reason
    assert Work.objects.count() == 2


def test_a_newer_file_keeps_chapters_that_stay_and_an_edited_title(tmp_path):
    file = tmp_path / "a.epub"
    file.write_bytes(books.plain(parts=3))
    take_in(file)
    before = dict(Chapter.objects.values_list("title", "pk"))
    with_more = books.plain(parts=4)
    file.write_bytes(books.rewritten(with_more, {}, ("EPUB/nav.xhtml", "Chương 2<", "Chương hai<")))
    assert take_in(file).rows[0].outcome == "updated"
    after = dict(Chapter.objects.order_by("sort_order").values_list("title", "pk"))
    assert list(after) == ["Chương 1", "Chương hai", "Chương 3", "Chương 4"]
    assert (after["Chương 1"], after["Chương 3"]) == (before["Chương 1"], before["Chương 3"])


def test_discs_make_one_audiobook_and_a_newer_one_keeps_its_tracks(tmp_path):
    for disc in ("CD 1", "CD 2"):
        (tmp_path / "Sách" / disc).mkdir(parents=True)
        for number in (1, 2):
            (tmp_path / "Sách" / disc / f"{number}.mp3").write_bytes(sound(number))
    assert [row.outcome for row in take_in(tmp_path).rows] == ["created"]
    edition = Edition.objects.get()
    assert (edition.tracks.count(), edition.chapters.count()) == (4, 4)
    before = list(AudioTrack.objects.values_list("pk", flat=True))
    (tmp_path / "Sách" / "CD 2" / "2.mp3").unlink()
    assert take_in(tmp_path).rows[0].outcome == "updated"
    assert list(AudioTrack.objects.values_list("pk", flat=True)) == before[:3]


def test_a_zip_of_books_is_taken_in_and_bad_ones_are_refused_whole(tmp_path, monkeypatch):
    good = {"Kệ/a.epub": books.plain(), "Nói/01.mp3": sound(1), "Nói/02.mp3": sound(2), "docs.docx": b"x"}
    (tmp_path / "good.zip").write_bytes(zipped(good))
    rows = {row.path.rpartition("good.zip/")[2]: row.outcome for row in take_in(tmp_path / "good.zip").rows}
    assert rows == {"Kệ/a.epub": "created", "Nói": "created", "docs.docx": "refused"}
    monkeypatch.setattr(archives, "MOST_FILES", 20)
    bad = {
        "outside.zip": zipped({"../a.epub": books.plain()}),
        "bomb.zip": zipped({"a.epub": b"0" * 40_000_000}),
        "many.zip": zipped({f"{n}.epub": b"" for n in range(21)}),
        "none.zip": zipped({"a.txt": b"x"}),
        "cut.zip": zipped(good)[:-30],
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
        (row,) = take_in(tmp_path / name).rows
        assert (row.outcome, bool(row.reason)) == ("refused", True), name
    assert Work.objects.count() == 2


@pytest.mark.parametrize("name", ["a.acsm", "b.aax", "c.mobi", "d.docx"])
def test_what_cannot_be_taken_says_why(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "cover.jpg").write_bytes(b"x")
    with translation.override("en"):
        (row,) = take_in(tmp_path).rows
    assert (row.outcome, "DRM" in row.reason) == ("refused", name[0] in "ab")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def test_an_audiobook_under_drm_and_one_that_lies_about_its_length_are_refused(tmp_path):
    entry = box(b"stsd", b"\0" * 8 + box(b"drms", b"\0" * 28))
    locked = box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", entry)))))
    (tmp_path / "a.m4b").write_bytes(box(b"ftyp", b"M4B \0\0\0\0") + locked)
    data = bytearray(SOUND.read_bytes())
    at = max(data.find(b"Xing"), data.find(b"Info"))
    data[at + 8 : at + 12] = struct.pack(">I", 5_000_000)  # frames: some 36 hours
    (tmp_path / "b.mp3").write_bytes(data)
    for name, words in (("a.m4b", "DRM"), ("b.mp3", "length")):
        with translation.override("en"), pytest.raises(AudioError, match=words):
            read_track(tmp_path / name)


def test_a_narrated_book_says_that_text_and_voice_go_together(tmp_path, client):
    text = next(text for text in samples.texts() if text["audio"])
    (tmp_path / "a.epub").write_bytes(samples.epub_of(text))
    take_in(tmp_path, Terms())
    edition = Edition.objects.get()
    assert edition.is_narrated
    with translation.override("vi"):
        assert edition.kind_words in client.get(edition.work.get_absolute_url()).content.decode()
    assert WorkFactory().forms == 0
