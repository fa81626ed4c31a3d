"""Sound and film: taken in with their duration, shown on canvases, sent with ranges, closed with their object."""

import contextlib
import struct
import wave
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from heritage.iiif import recordings, services
from heritage.iiif.models import Canvas, State
from tests.factories.iiif import DigitalObjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sound_file(folder: Path, seconds: float = 1.5) -> Path:
    path = folder / "hat-cheo.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(16_000 * seconds)))
    return path


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def film(seconds: int = 90, width: int = 640, height: int = 360, handler: bytes = b"vide") -> bytes:
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    track = box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16))
    media = box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12)))
    movie = box(b"moov", header + box(b"trak", track + media))
    return box(b"ftyp", b"isom\0\0\0\0isommp42") + box(b"mdat", bytes(5000)) + movie


def film_file(folder: Path, **options) -> Path:
    path = folder / "le-hoi.mp4"
    path.write_bytes(film(**options))
    return path


def test_sound_becomes_a_canvas_with_a_duration(tmp_path):
    canvas = services.ingest(sound_file(tmp_path), DigitalObjectFactory()).canvases[0]
    assert (canvas.media_type, canvas.duration, canvas.state) == ("audio/wav", 1.5, State.READY)
    assert (canvas.width, canvas.pyramid) == (None, "")


def test_an_object_begins_at_a_moment_of_its_recording_and_at_no_other(client, tmp_path):
    one = DigitalObjectFactory(identifier="HAT")
    one.start = services.ingest(sound_file(tmp_path), one).canvases[0]
    for second, is_within in ((1.25, True), (1.5, False), (-1, False)):
        one.start_second = second
        with contextlib.nullcontext() if is_within else pytest.raises(ValidationError):
            one.full_clean()
    one.start_second = 1.25
    one.save()
    assert 'src="/iiif/recording/HAT.1#t=1.25"' in client.get("/vi/ban-so/HAT/").content.decode()
    one.start = None
    with pytest.raises(ValidationError):
        one.full_clean()


def test_film_becomes_a_canvas_with_duration_and_pixels(tmp_path):
    canvas = services.ingest(film_file(tmp_path), DigitalObjectFactory()).canvases[0]
    assert (canvas.media_type, canvas.duration, canvas.width, canvas.height) == ("video/mp4", 90, 640, 360)


def test_an_mp4_file_without_a_picture_is_sound(tmp_path):
    canvas = services.ingest(film_file(tmp_path, handler=b"soun"), DigitalObjectFactory()).canvases[0]
    assert (canvas.media_type, canvas.original[-4:]) == ("audio/mp4", ".m4a")


def test_the_manifest_shows_it(tmp_path, client):
    obj = DigitalObjectFactory(identifier="AM1")
    services.ingest(sound_file(tmp_path), obj)
    services.ingest(film_file(tmp_path), obj)
    sound, picture = client.get("/iiif/presentation/3/AM1/manifest").json()["items"]
    body = sound["items"][0]["items"][0]["body"]
    assert (sound["duration"], "width" in sound, body["type"], body["format"]) == (1.5, False, "Sound", "audio/wav")
    assert picture["items"][0]["items"][0]["body"]["type"] == "Video"
    assert (picture["width"], picture["duration"]) == (640, 90)


def test_it_is_sent_with_ranges_and_validators(tmp_path, client):
    file = sound_file(tmp_path)
    services.ingest(file, DigitalObjectFactory(identifier="AM1"))
    whole = client.get("/iiif/recording/AM1.1")
    assert b"".join(whole.streaming_content) == file.read_bytes()
    assert (whole["Accept-Ranges"], whole["Content-Type"], whole["Access-Control-Allow-Origin"]) == (
        "bytes",
        "audio/wav",
        "*",
    )
    part = client.get("/iiif/recording/AM1.1", headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, file.read_bytes()[10:20])
    assert client.get("/iiif/recording/AM1.1", headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get("/iiif/recording/AM1.1", headers={"Range": "bytes=9999999-"}).status_code == 416
    assert client.post("/iiif/recording/AM1.1").status_code == 405
    assert client.get("/iiif/3/AM1.1/info.json").status_code == 404


@pytest.mark.parametrize(("access", "status"), [("staff", 401), ("closed", 404)])
def test_it_is_closed_with_its_object(tmp_path, client, access, status):
    obj = DigitalObjectFactory(identifier="AM1")
    services.ingest(sound_file(tmp_path), obj)
    services.set_access(obj, access)
    assert client.get("/iiif/recording/AM1.1").status_code == status
    assert client.get("/iiif/recording/AM1.2").status_code == 404


def test_what_is_reduced_for_the_public_is_no_recording(tmp_path, client):
    obj = DigitalObjectFactory(identifier="AM1", audience="reduced")
    services.ingest(sound_file(tmp_path), obj)
    assert client.get("/iiif/recording/AM1.1").status_code == 401
    assert "/iiif/recording/" not in client.get("/vi/ban-so/AM1/").content.decode()


def test_the_page_plays_it(tmp_path, client):
    services.ingest(sound_file(tmp_path), DigitalObjectFactory(identifier="AM1"), label_vi="Làn điệu")
    page = client.get("/vi/ban-so/AM1/").content.decode()
    assert '<source src="/iiif/recording/AM1.1" type="audio/wav">' in page
    assert "data-scan-viewer" not in page


def cut_film(folder):
    path = film_file(folder)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def empty_sound(folder):
    return sound_file(folder, 0)


def endless_film(folder):
    return film_file(folder, seconds=49 * 3600)


@pytest.mark.parametrize(
    ("make", "reason"),
    [(cut_film, "damaged or cut short"), (empty_sound, "duration"), (endless_film, "over 48 hours")],
)
def test_what_has_no_duration_is_refused(tmp_path, make, reason):
    with translation.override("en"), pytest.raises(services.RefusedError, match=reason):
        services.ingest(make(tmp_path), DigitalObjectFactory())
    assert not Canvas.objects.exists()


@given(st.binary(max_size=300), st.integers(0, 5300))
@hypothesis_settings(max_examples=40, deadline=None)
def test_a_hostile_mp4_is_read_or_refused(tmp_path_factory, junk, at):
    data = film()
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    path.write_bytes(data[:at] + junk + data[at + len(junk) :])
    with contextlib.suppress(recordings.RecordingError):
        assert recordings.measure(path, recordings.FILM).duration > 0
