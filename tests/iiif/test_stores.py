"""Pyramids on S3-compatible storage: the same tiles and regions, from a real server."""

import json
import os
import urllib.request
from pathlib import Path

import pytest
import pyvips

from heritage.core import outbox
from heritage.iiif import checking, processing, services, stores
from heritage.iiif.models import Canvas, State
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.iiif.test_decoding import pdf_file
from tests.iiif.test_recordings import sound_file
from tests.services import S3_URL, bucket_at_test_server

pytestmark = [pytest.mark.django_db, pytest.mark.s3]


@pytest.fixture
def bucket(settings, monkeypatch):
    """An empty bucket at the test server, in which pyramids are kept."""
    with bucket_at_test_server(monkeypatch) as name:
        settings.IIIF_PYRAMIDS_URL = f"s3://{name}/{os.getpid()}"
        yield settings.IIIF_PYRAMIDS_URL


def test_a_pyramid_in_a_bucket_serves_tiles_regions_and_is_checked(bucket, tmp_path, settings, client):
    file = image_file(tmp_path, "bia.png")
    canvas = services.ingest(file, DigitalObjectFactory(identifier="TN01")).canvases[0]
    assert canvas.state == State.READY
    assert not processing.pyramid_path(canvas).exists()
    on_disk = DigitalObjectFactory(identifier="TN02")
    settings.IIIF_PYRAMIDS_URL = ""
    services.ingest(file, on_disk)
    asked = ("512,0,512,512/512,/0/default.jpg", "100,80,900,700/300,/12/gray.png", "full/!200,200/0/default.webp")
    expected = [client.get(f"/iiif/3/TN02.1/{one}").content for one in asked]
    settings.IIIF_PYRAMIDS_URL = bucket
    assert [client.get(f"/iiif/3/TN01.1/{one}").content for one in asked] == expected
    assert pyvips.Image.jpegload_buffer(expected[0]).width == 512
    assert [image for image, _problem in checking.problems()] == ["TN02.1"]  # that one is in the folder


def test_what_is_removed_leaves_the_bucket(bucket, tmp_path, django_capture_on_commit_callbacks):
    canvas = services.ingest(image_file(tmp_path), DigitalObjectFactory()).canvases[0]
    stored = stores.pyramid(canvas.pyramid)
    assert stores.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_canvas(canvas)
    assert not stores.exists(stored)


def test_a_storage_that_does_not_answer_is_said_and_the_original_is_kept(bucket, tmp_path, monkeypatch, client):
    canvas = services.ingest(image_file(tmp_path), DigitalObjectFactory(identifier="TN01")).canvases[0]
    monkeypatch.setattr(
        stores,
        "_bucket",
        lambda _url: stores.S3Store.from_url(
            bucket, endpoint="http://127.0.0.1:9", client_options={"allow_http": True}, retry_config={"max_retries": 0}
        ),
    )
    answer = client.get("/iiif/3/TN01.1/10,10,70,70/30,/0/default.jpg")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    with pytest.raises(stores.StoreError):
        services.ingest(image_file(tmp_path, "khac.png", 70, 50), canvas.digital_object)
    failed = Canvas.objects.get(original_name="khac.png")
    assert (failed.state, bool(failed.failure)) == (State.PENDING, True)
    assert processing.originals.path_of(failed.original).exists()


def test_originals_in_a_bucket_are_processed_checked_sent_with_ranges_and_removed(
    bucket, tmp_path, settings, client, django_capture_on_commit_callbacks
):
    settings.IIIF_ORIGINALS_URL, settings.IIIF_PYRAMIDS_URL = f"{bucket}-originals", ""
    settings.ACCEL_PREFIX = "/internal/"  # the web server in front cannot reach a bucket
    obj, sound = DigitalObjectFactory(identifier="TN01"), sound_file(tmp_path)
    canvas = services.ingest(pdf_file(tmp_path, "Mot", "Hai"), obj, wait=False).canvases[0]
    services.ingest(sound, obj)
    assert not Path(settings.IIIF_ORIGINALS_DIR).exists()
    outbox.drain_all()
    assert client.get("/iiif/3/TN01.2/full/200,/0/default.jpg").status_code == 200
    part = client.get("/iiif/recording/TN01.3", headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, sound.read_bytes()[10:20])
    assert list(checking.problems()) == []
    stored = stores.original(canvas.original)
    with django_capture_on_commit_callbacks(execute=True):
        for one in Canvas.objects.filter(original=canvas.original):
            services.remove_canvas(one)
    assert not stores.exists(stored)
    assert [file.suffix for file in Path(settings.IIIF_UPLOADS_DIR).rglob("*") if file.is_file()] == [".wav"]
    stores.remove(stores.original(Canvas.objects.get().original))
    assert [problem for _image, problem in checking.problems()] == ["the original is missing"]


def test_the_server_is_a_real_one():
    with urllib.request.urlopen(f"{S3_URL}/moto-api/data.json") as answer:
        assert isinstance(json.load(answer), dict)
