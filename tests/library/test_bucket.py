"""Files of e-books and audiobooks in an S3-compatible bucket, on a real server: taken in, sent, removed."""

import os
import urllib.request
from urllib.parse import urlsplit

import pytest

from heritage.demo import samples
from heritage.iiif import stores
from heritage.library.imports import Terms, take_in
from heritage.library.imports.files import WrittenFiles
from heritage.library.models import Access, AudioTrack, Edition
from heritage.library.services.progress import Translator
from tests.library.epub import books
from tests.services import bucket_at_test_server

pytestmark = [pytest.mark.django_db, pytest.mark.s3]
SOUND = samples.AUDIO / "stele-rubbing" / "01.mp3"


@pytest.fixture
def shelf(settings, monkeypatch):
    """The address below which the library's files are kept."""
    with bucket_at_test_server(monkeypatch) as bucket:
        settings.LIBRARY_FILES_URL = f"s3://{bucket}/{os.getpid()}"
        yield settings.LIBRARY_FILES_URL


@pytest.fixture
def track(shelf, tmp_path):
    (tmp_path / "01.mp3").write_bytes(SOUND.read_bytes())
    assert take_in(tmp_path).rows[0].outcome == "created"
    return AudioTrack.objects.get()


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_book_is_taken_in_read_and_removed(shelf, tmp_path, client):
    (tmp_path / "a.epub").write_bytes(books.plain("Sách", identifier="urn:1"))
    tried = take_in(tmp_path, dry_run=True)
    assert tried.rows[0].outcome == "created"
    take_in(tmp_path)
    edition = Edition.objects.get()
    kept = stores.InBucket(shelf, edition.file.name)
    assert stores.size_of(kept) == edition.size
    path = f"/library/editions/{edition.pk}"
    assert len(body(client.get(path))) == edition.size
    assert body(client.get(path, headers={"Range": "bytes=-4"})) == body(client.get(path))[-4:]
    assert client.head(path)["Content-Length"] == str(edition.size)
    # Parts of it, and the places that other reading programs keep, are read out of the bucket too.
    manifest = client.get(f"/library/editions/{edition.pk}/manifest.json").json()
    assert b"<html" in client.get(urlsplit(manifest["readingOrder"][0]["href"]).path).content
    assert Translator(edition).from_koreader("/body/DocFragment[1]/body/p[1]/text().0")[0].startswith("epubcfi(")
    files = WrittenFiles()
    files.drop(edition.file)
    files.keep()
    assert not stores.exists(kept)
    assert client.get(path).status_code == 404


def test_players_and_programs_are_sent_to_a_signed_address(track, client, settings):
    path, whole = f"/library/tracks/{track.pk}", SOUND.read_bytes()
    settings.S3_REDIRECT = True
    for mode in ({}, {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "audio"}):
        answer = client.get(path, headers={"Range": "bytes=5-9", **mode})
        assert (answer.status_code, answer["Cache-Control"]) == (307, "no-store")
        request = urllib.request.Request(answer["Location"], headers={"Range": "bytes=5-9"})
        with urllib.request.urlopen(request) as sent:
            assert (sent.status, sent.headers["Content-Type"], sent.read()) == (206, "audio/mpeg", whole[5:10])
    assert "X-Amz-Signature=" in answer["Location"]
    assert body(client.get(path, headers={"Sec-Fetch-Mode": "cors"})) == whole  # a script has no leave of the bucket
    assert client.head(path).status_code == 200
    Edition.objects.update(access=Access.STAFF)
    assert client.get(path).status_code == 404


def test_nginx_is_given_the_signed_address(track, client, settings):
    settings.ACCEL_S3_PREFIX, settings.ACCEL_PREFIX = "/bucket", "/stored"
    answer = client.get(f"/library/tracks/{track.pk}", headers={"Sec-Fetch-Mode": "cors"})
    there = urlsplit(answer["X-Accel-Redirect"])
    assert there.path == f"/bucket/{settings.LIBRARY_FILES_URL.removeprefix('s3://')}/{track.file.name}"
    assert "X-Amz-Signature=" in there.query
    assert answer["Content-Type"] == "audio/mpeg"


def test_a_bucket_that_does_not_answer_is_said_and_leaves_no_half_book(track, tmp_path, monkeypatch, client):
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:9")
    stores._bucket.cache_clear()
    (tmp_path / "a.epub").write_bytes(books.plain("Sách", identifier="urn:1"))
    with pytest.raises(stores.StoreError):
        take_in(tmp_path, Terms())
    assert Edition.objects.count() == 1
    answer = client.get(f"/library/tracks/{track.pk}")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
