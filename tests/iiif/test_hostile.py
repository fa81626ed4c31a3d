"""Hostile and unlucky input, each to its end: the service stays up, nothing half is served, nothing is lost."""

import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import translation

from heritage.core import outbox
from heritage.core.models.change import Change
from heritage.iiif import originals, processing, pyramids, services
from heritage.iiif.models import Canvas, State
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = pytest.mark.django_db
BASE = "/iiif/3/TN01.1"


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ("full/max/0/default.exe", "format"),
        ("full/max/0/sepia.jpg", "quality"),
        ("full/max/400/default.jpg", "rotation"),
        ("full/max/!-1/default.jpg", "rotation"),
        ("full/max/NaN/default.jpg", "rotation"),
        ("full/0,0/0/default.jpg", "size"),
        ("full/^999999999,999999999/0/default.jpg", "size"),
        ("full/pct:1e99/0/default.jpg", "size"),
        ("full/^pct:999999999/0/default.jpg", "size"),
        ("-1,-1,10,10/max/0/default.jpg", "region"),
        ("99999,0,10,10/max/0/default.jpg", "region"),
        ("0,0,0,0/max/0/default.jpg", "region"),
        ("pct:0,0,inf,inf/max/0/default.jpg", "region"),
        ("1,2,3/max/0/default.jpg", "region"),
        ("x" * 5000 + "/max/0/default.jpg", "region"),
        ("%E2%9C%93/max/0/default.jpg", "region"),
    ],
)
def test_absurd_parameters_are_a_bad_request_that_names_the_parameter(client, scan, parameters, named):
    response = client.get(f"{BASE}/{parameters}")
    assert response.status_code == 400
    assert response.content.decode().startswith(f"{named}: ")
    assert len(response.content) < 300


@pytest.mark.parametrize("place", ["iiif/originals", "iiif/pyramids", "iiif/uploads"])
def test_no_file_of_a_scan_has_an_address_of_its_own(client, scan, place):
    name = scan.original if place == "iiif/originals" else scan.pyramid
    for road in (f"/media/{place}/{name}", f"/static/../media/{place}/{name}", f"/media/%2e%2e/media/{place}/{name}"):
        assert client.get(road).status_code == 404


@pytest.mark.parametrize(
    "name", ["..", "../TN01.1", "%2e%2e%2fTN01.1", "TN01.1%2f..%2f..", "TN01.1%00", "TN01.1\\..", "~root"]
)
@pytest.mark.parametrize(
    "road",
    [
        "/iiif/3/{}/full/max/0/default.jpg",
        "/iiif/2/{}/info.json",
        "/iiif/recording/{}",
        "/iiif/presentation/3/{}/manifest",
    ],
)
def test_path_tricks_lead_nowhere(client, scan, name, road):
    assert client.get("/iiif/" + road.format(name)).status_code in (400, 404)


def test_hundreds_of_sizes_of_one_image_stay_within_the_limit_of_the_cache(client, scan, settings):
    settings.IIIF_CACHE_BYTES = 60_000
    for width in range(20, 220):
        assert client.get(f"{BASE}/0,0,220,160/{width},/0/default.jpg").status_code == 200
    held = sum(file.stat().st_size for file in Path(settings.IIIF_CACHE_DIR).rglob("*") if file.is_file())
    assert 20_000 < held <= 60_000


def huge_tiff(folder: Path) -> Path:
    """A TIFF whose header says 60,000 x 60,000 pixels over one strip of ten bytes (TIFF 6.0, section 2)."""
    entries = [(256, 4, 60_000), (257, 4, 60_000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    entries += [(277, 3, 1), (278, 4, 60_000), (279, 4, 10)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *one[:2], 1, one[2]) for one in entries)
    path = folder / "huge.tif"
    path.write_bytes(b"II*\x00" + struct.pack("<I", 18) + b"0123456789" + directory + struct.pack("<I", 0))
    return path


def test_60_000_by_60_000_pixels_are_refused_by_the_header_alone(tmp_path):
    with translation.override("en"), pytest.raises(services.RefusedError, match="60000 x 60000 pixels; no side"):
        services.ingest(huge_tiff(tmp_path), DigitalObjectFactory())
    assert not Canvas.objects.exists()


def test_a_pyramid_cut_short_on_disk_is_an_error_and_no_half_picture(client, scan):
    path = processing.pyramid_path(scan)
    path.write_bytes(path.read_bytes()[:3000])
    for road in ("full/200,/0/default.jpg", "0,0,512,512/512,512/0/default.jpg"):
        assert client.get(f"{BASE}/{road}").status_code == 500
    assert client.get(f"{BASE}/info.json").status_code == 200


KILLED = """
import sys
from pathlib import Path
from heritage.iiif import pyramids
print("ready", flush=True)
pyramids.build(Path(sys.argv[1]), "image/png", 0, Path(sys.argv[2]), "scan.png")
"""


def test_a_worker_killed_in_mid_ingest_leaves_no_half_pyramid_and_another_goes_on(client, tmp_path, settings):
    canvas = services.ingest(
        image_file(tmp_path, "a.png", 4000, 4000), DigitalObjectFactory(identifier="A"), wait=False
    )
    canvas = canvas.canvases[0]
    target = Path(settings.IIIF_PYRAMIDS_DIR, "A", f"A.1-{canvas.sha256[:12]}.tif")
    command = [sys.executable, "-c", KILLED, str(originals.on_disk(canvas.original)), str(target)]
    worker = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "heritage.settings.test"})
    until = time.monotonic() + 20
    while not (halves := list(target.parent.glob(".*.part"))) and time.monotonic() < until and worker.poll() is None:
        time.sleep(0.001)
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.wait(10) == -signal.SIGKILL
    assert len(halves) == 1
    assert not target.exists()
    assert client.get("/iiif/3/A.1/full/100,/0/default.jpg").status_code == 404
    outbox.drain_all()
    canvas.refresh_from_db()
    assert canvas.state == State.READY
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    assert client.get("/iiif/3/A.1/full/100,/0/default.jpg").status_code == 200


@pytest.fixture
def full_disk(monkeypatch):
    """Pyramids grow on a device on which no space is ever left."""
    place = pyramids._temporary

    def full(target):
        link = place(target)
        link.symlink_to("/dev/full")
        return link

    monkeypatch.setattr(pyramids, "_temporary", full)
    return monkeypatch


def test_a_full_disk_is_named_the_original_is_kept_and_the_worker_goes_on_later(tmp_path, full_disk, settings):
    with translation.override("en"), pytest.raises(OSError, match=r"."):
        services.ingest(image_file(tmp_path, "a.png"), DigitalObjectFactory(identifier="A"))
    canvas = Canvas.objects.get()
    assert canvas.state == State.PENDING
    assert "disk of the archive is full" in canvas.failure
    assert originals.sha256_of_kept(canvas.original) == canvas.sha256
    assert list(Path(settings.IIIF_PYRAMIDS_DIR, "A").iterdir()) == []
    outbox.drain_all()
    assert Change.objects.filter(consumer="scans").get().attempts == 1
    full_disk.undo()
    Change.objects.update(retry_at=None)
    outbox.drain_all()
    canvas.refresh_from_db()
    assert (canvas.state, canvas.failure) == (State.READY, "")


def test_a_full_disk_stops_a_replacement_and_the_old_picture_stays(tmp_path, client, scan, full_disk, settings):
    before = client.get(f"{BASE}/info.json").json()
    with pytest.raises(OSError):
        services.ingest(image_file(tmp_path, "b.png", 70, 60), scan.digital_object, replace=scan)
    assert client.get(f"{BASE}/info.json").json() == before
    scan.refresh_from_db()
    assert (scan.state, originals.sha256_of_kept(scan.original)) == (State.READY, scan.sha256)
