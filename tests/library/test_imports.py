"""Importing: each book by itself, whole or not at all, and the second time nothing changes."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from heritage.core.models import Identifier
from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.imports.audio import natural
from heritage.library.models import Access, AudioTrack, Edition, Work
from tests.library.epub import books

pytestmark = pytest.mark.django_db


def tone(path: Path, seconds: float = 1.0, **tags: str) -> Path:
    """A short sound file with tags."""
    meta = [part for key, value in tags.items() for part in ("-metadata", f"{key}={value}")]
    source = ["-f", "lavfi", "-i", f"sine=frequency=300:duration={seconds}"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *source, *meta, "-b:a", "32k", str(path)], check=True)
    return path


def stored() -> set[str]:
    found = set()
    for folder in ("library/editions", "library/tracks", "original_images"):
        if default_storage.exists(folder):
            found |= {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
    return found


def cover_jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 450), "#A3201D").save(out, "JPEG")
    return out.getvalue()


def test_an_epub_becomes_a_published_work(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Chuyện làng", parts=2))
    report = take_in(tmp_path)
    work = Work.objects.get()
    edition = work.editions.get()
    assert [(row.outcome, row.number) for row in report.rows] == [("created", work.number)]
    assert (work.live, work.title_vi, work.language) == (True, "Chuyện làng", "vi")
    assert work.contributors.get().name == "Thư viện"
    assert [chapter.title for chapter in edition.chapters.all()] == ["Chương 1", "Chương 2"]
    assert edition.file.read() == (tmp_path / "a.epub").read_bytes()
    assert Identifier.objects.get(number=work.number).model == "library.work"


def test_the_second_import_changes_nothing_and_a_newer_file_updates(tmp_path):
    file = tmp_path / "a.epub"
    file.write_bytes(books.plain())
    take_in(file)
    edited = Work.objects.get()
    edited.title_vi = "Tên do thủ thư sửa"
    edited.save()
    assert take_in(file).rows[0].outcome == "unchanged"
    file.write_bytes(books.plain(paragraphs=["Bản mới."]))
    before = stored()
    assert take_in(file).rows[0].outcome == "updated"
    assert Work.objects.get().title_vi == "Tên do thủ thư sửa"
    assert len(stored()) == len(before)
    assert Edition.objects.get().file.read() == file.read_bytes()


def test_a_dry_run_tells_the_same_and_leaves_nothing(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain())
    (tmp_path / "b.epub").write_bytes(b"text")
    before = stored()
    report = take_in(tmp_path, dry_run=True)
    assert sorted(row.outcome for row in report.rows) == ["created", "refused"]
    assert not Work.objects.exists()
    assert stored() == before


def test_one_bad_book_stops_nothing(tmp_path):
    (tmp_path / "1-bomb.epub").write_bytes(books.bomb())
    (tmp_path / "2-good.epub").write_bytes(books.plain())
    (tmp_path / "3-hostile.epub").write_bytes(books.hostile())
    rows = {Path(row.path).name: row for row in take_in(tmp_path).rows}
    assert rows["1-bomb.epub"].outcome == "refused"
    assert rows["1-bomb.epub"].reason
    assert rows["2-good.epub"].outcome == "created"
    assert rows["3-hostile.epub"].removed["script"] == 3
    assert Work.objects.count() == 2


@pytest.mark.parametrize(("tag", "language"), [("en-GB", "en"), ("ja", "und"), ("und", "und"), ("", "vi")])
def test_a_book_is_in_the_language_that_it_names(tmp_path, tag, language):
    said = f"<dc:language>{tag}</dc:language>"
    data = books.rewritten(books.plain(), {}, ("EPUB/package.opf", "<dc:language>vi</dc:language>", said))
    (tmp_path / "a.epub").write_bytes(data)
    take_in(tmp_path)
    assert Work.objects.get().language == language


def test_terms_of_new_titles(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain())
    take_in(tmp_path, Terms(access=Access.LENDING, copies=2, publish=False))
    edition = Edition.objects.get()
    assert (edition.access, edition.copies, edition.work.live) == (Access.LENDING, 2, False)


@pytest.mark.ffmpeg
def test_a_folder_of_audio_becomes_one_audiobook_in_order(tmp_path):
    folder = tmp_path / "Sach noi"
    folder.mkdir()
    for number in (2, 10, 1):
        tone(folder / f"{number}.mp3", 0.5 * number, title=f"Phần {number}", album="Sách nói thử", artist="Giọng máy")
    (folder / "cover.jpg").write_bytes(cover_jpeg())
    report = take_in(tmp_path)
    edition = Edition.objects.get()
    assert [row.outcome for row in report.rows] == ["created"]
    assert [track.title for track in edition.tracks.all()] == ["Phần 1", "Phần 2", "Phần 10"]
    assert edition.duration_s == pytest.approx(6.5, abs=0.3)
    assert edition.work.title_vi == "Sách nói thử"
    assert edition.work.cover is not None
    assert take_in(tmp_path).rows[0].outcome == "unchanged"


@pytest.mark.ffmpeg
def test_an_audiobook_joins_the_ebook_of_the_same_title(tmp_path):
    (tmp_path / "a.epub").write_bytes(books.plain("Cùng một tên"))
    tone(tmp_path / "a.mp3", album="Cùng một tên")
    take_in(tmp_path)
    assert sorted(Work.objects.get().editions.values_list("kind", flat=True)) == ["audiobook", "ebook"]


@pytest.mark.ffmpeg
@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_an_m4b_cut_short_is_refused(tmp_path, cut):
    whole = tone(tmp_path / "a.m4b", 3).read_bytes()
    (tmp_path / "a.m4b").write_bytes(whole[: int(len(whole) * cut)])
    assert [row.outcome for row in take_in(tmp_path).rows] == ["refused"]
    assert not Work.objects.exists()


def test_an_mp3_with_wrong_lengths_is_refused_and_the_whole_one_is_taken(tmp_path):
    whole = samples.AUDIO / "stele-rubbing" / "01.mp3"
    data = whole.read_bytes()
    (tmp_path / "cut.mp3").write_bytes(data[: len(data) // 2])
    row = take_in(tmp_path / "cut.mp3").rows[0]
    assert row.outcome == "refused"
    assert "cut.mp3" in row.reason
    assert not Work.objects.exists()
    assert take_in(whole).rows[0].outcome == "created"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"1\n00:00:01,000 --> 00:00:02,000\nSRT",
        b"WEBVTT\n\n00:05.000 --> 00:01.000\nback",
        b"WEBVTT\n",
        b"WEBVTT\n\xff",
    ],
)
def test_a_bad_transcript_is_refused_with_its_sound_and_a_good_one_is_behind_the_same_door(tmp_path, client, text):
    (tmp_path / "01.mp3").write_bytes((samples.AUDIO / "stele-rubbing" / "01.mp3").read_bytes())
    (tmp_path / "01.vtt").write_bytes(text)
    row = take_in(tmp_path).rows[0]
    assert (row.outcome, "01.vtt" in row.reason) == ("refused", True)
    (tmp_path / "01.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nĐọc", encoding="utf-8")
    assert take_in(tmp_path, Terms(access=Access.LENDING, copies=1)).rows[0].outcome == "created"
    track = AudioTrack.objects.get()
    assert client.get(reverse("transcript", args=[track.pk])).status_code == 401
    Edition.objects.update(access=Access.OPEN, copies=None)
    assert client.get(reverse("transcript", args=[track.pk]))["Content-Type"].startswith("text/vtt")


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.ogg", "a.flac", "a.epub", "a.docx"])
def test_text_under_another_name_is_refused(tmp_path, name):
    (tmp_path / name).write_text("Chỉ là chữ." * 100)
    row = take_in(tmp_path / name).rows[0]
    assert row.outcome == "refused"
    assert row.reason


def test_natural_order():
    assert sorted(["10.mp3", "2.mp3", "1.mp3"], key=natural) == ["1.mp3", "2.mp3", "10.mp3"]
