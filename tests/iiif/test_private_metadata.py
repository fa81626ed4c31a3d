"""What a camera wrote into a picture beside the picture goes out on no road of the image service."""

import pytest

from heritage.iiif import originals, services
from tests.factories import photograph
from tests.factories.iiif import DigitalObjectFactory
from tests.iiif.test_recordings import box, film

pytestmark = pytest.mark.django_db


def test_no_picture_and_no_pdf_tells_where_it_was_taken_and_the_original_is_kept_as_it_came(client, tmp_path):
    data = photograph.taken(size=(1300, 900))
    (tmp_path / "anh.jpg").write_bytes(data)
    canvas = services.ingest(tmp_path / "anh.jpg", DigitalObjectFactory(identifier="ANH")).canvases[0]
    roads = [f"/iiif/3/ANH.1/{rest}" for rest in ("0,0,512,512/512,512/0/default.jpg", "full/max/0/default.jpg")]
    roads += [f"/iiif/3/ANH.1/full/300,/0/default.{ending}" for ending in ("jpg", "png", "webp", "tif", "avif", "gif")]
    roads += ["/iiif/pdf/ANH.pdf", "/iiif/3/ANH.1/info.json", "/iiif/presentation/3/ANH/manifest", "/vi/ban-so/ANH/"]
    for road in roads:
        answer = client.get(road)
        assert answer.status_code == 200, road
        sent = answer.getvalue() if answer.streaming else answer.content
        told = [secret for secret in (*photograph.SECRETS, b"Exif\0\0", b"GPS") if secret in sent]
        assert not told, (road, told)
    assert originals.on_disk(canvas.original).read_bytes() == data


def test_a_film_is_sent_without_the_place_where_it_was_taken(
    client, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+21.5917+105.8442/"))
    data = film()
    at = data.index(b"moov") - 4
    moov = data[at + 8 :] + place
    whole = data[:at] + box(b"moov", moov)
    (tmp_path / "hoi.mp4").write_bytes(whole)
    canvas = services.ingest(tmp_path / "hoi.mp4", DigitalObjectFactory(identifier="HOI")).canvases[0]
    answer = client.get("/iiif/recording/HOI.1")
    sent = b"".join(answer.streaming_content)
    assert len(sent) == len(whole)
    assert b"105.8442" not in sent
    assert sent[: len(whole) - len(place)] == whole[: -len(place)]
    part = client.get("/iiif/recording/HOI.1", headers={"Range": f"bytes={len(whole) - 20}-"})
    assert b"".join(part.streaming_content) == bytes(20)
    assert originals.on_disk(canvas.original).read_bytes() == whole
    (public,) = (tmp_path / "pyramids" / "HOI").iterdir()
    public.unlink()
    assert services.ingest(tmp_path / "hoi.mp4", canvas.digital_object).outcome == "unchanged"
    assert public.exists()
    with django_capture_on_commit_callbacks(execute=True):
        (tmp_path / "hoi.mp4").write_bytes(film(seconds=50))
        services.ingest(tmp_path / "hoi.mp4", canvas.digital_object, replace=canvas)
    assert not public.exists()


def test_a_film_that_tells_no_place_is_sent_as_it_came(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "hoi.mp4").write_bytes(film())
    canvas = services.ingest(tmp_path / "hoi.mp4", DigitalObjectFactory(identifier="HOI")).canvases[0]
    assert canvas.technical == {"served": ""}
    assert b"".join(client.get("/iiif/recording/HOI.1").streaming_content) == film()
