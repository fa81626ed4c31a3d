"""ZIP files: what leads out of its folder, grows without end or is damaged is refused; the rest comes in by name."""

import io
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from heritage.iiif import archives, batches
from heritage.iiif.models import Canvas, PageText
from heritage.iiif.services import RefusedError
from tests.factories.iiif import image_file

ALTO = """<alto><Layout><Page WIDTH="60" HEIGHT="40"><TextLine><String CONTENT="Bia" HPOS="1" VPOS="2" WIDTH="30"
HEIGHT="10"/></TextLine></Page></Layout></alto>"""


def zip_file(folder: Path, entries: dict[str, bytes], name: str = "tap.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries.items():
            archive.writestr(entry, data)
    return path


def slip(folder):
    return zip_file(folder, {"../../etc/tr-1.png": b"x"})


def windows_slip(folder):
    return zip_file(folder, {"..\\..\\tr-1.png": b"x"})


def absolute(folder):
    return zip_file(folder, {"/etc/passwd": b"x"})


def link(folder):
    path = folder / "tap.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("tr-1.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return path


def bomb(folder):
    return zip_file(folder, {"tr-1.png": bytes(30_000_000)})


def lying_bomb(folder):
    """The directory says 100 bytes; the data unpacks to 3,000,000."""
    path = zip_file(folder, {"tr-1.png": bytes(3_000_000)})
    size, said = (3_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, said))
    return path


def many(folder):
    return zip_file(folder, {f"{n}.png": b"" for n in range(archives.MAX_ENTRIES + 1)})


def cut(folder):
    path = zip_file(folder, {"tr-1.png": bytes(range(256)) * 50})
    path.write_bytes(path.read_bytes()[:-40])
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (slip, "leads out of its folder"),
        (windows_slip, "leads out of its folder"),
        (absolute, "leads out of its folder"),
        (link, "leads out of its folder"),
        (bomb, "larger than is allowed"),
        (lying_bomb, "damaged|larger than is allowed"),
        (many, "more than 5000 files"),
        (cut, "damaged"),
    ],
)
def test_a_hostile_zip_is_refused_and_nothing_is_left(tmp_path, settings, make, reason):
    with (
        translation.override("en"),
        pytest.raises(RefusedError, match=reason),
        archives.extracted(make(tmp_path)),
    ):
        pass
    assert list(Path(settings.IIIF_UPLOADS_DIR).iterdir()) == []


@pytest.mark.django_db
def test_a_zip_becomes_one_object_in_natural_order_with_its_text(tmp_path):
    data = {f"trang/tr-{n}.png": image_file(tmp_path, f"{n}.png", 60 + n, 40).read_bytes() for n in (10, 2, 1)}
    extra = {"trang/tr-1.xml": ALTO.encode(), "__MACOSX/._tr-1.png": b"x", "trang/.DS_Store": b"x"}
    report = batches.take_in([zip_file(tmp_path, {**data, **extra}, "sac-phong.zip")], batches.Destination(), str)
    assert (report.counts["created"], report.refusals) == (3, [])
    canvases = list(Canvas.objects.all())
    assert [one.original_name for one in canvases] == ["tr-1.png", "tr-2.png", "tr-10.png"]
    assert canvases[0].digital_object.identifier == "sac-phong"
    assert PageText.objects.get().canvas == canvases[0]


def test_a_name_in_utf_8_without_the_mark_is_read(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("aaaaaa.png", b"x")
    path = tmp_path / "tap.zip"
    path.write_bytes(data.getvalue().replace(b"aaaaaa", "bìaba".encode()))
    with archives.extracted(path) as folder:
        assert [one.name for one in folder.iterdir()] == ["bìaba.png"]
