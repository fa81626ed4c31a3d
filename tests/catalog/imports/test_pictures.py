"""A ZIP of pictures: matched by number, upright, with what they say of themselves; places are offered, never set."""

import io
import zipfile

import pytest
from django.urls import reverse
from PIL import ExifTags, Image, IptcImagePlugin

from heritage.catalog import services
from heritage.catalog.imports import ordering
from heritage.catalog.imports.pictures.matching import candidates
from heritage.catalog.imports.pictures.reading import read
from heritage.catalog.imports.pictures.segments import IPTC, segments
from heritage.catalog.models import Record, RecordPicture
from heritage.core.models import ArchiveImage
from tests.catalog.imports.test_import_admin import hand_in, media, page_of, report, staff  # noqa: F401
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db


def iptc(**texts):
    """A segment with IPTC data sets, as Photoshop writes it."""
    body = b"".join(
        b"\x1c\x02" + bytes([number]) + len(text.encode()).to_bytes(2, "big") + text.encode()
        for number, text in (
            (80, texts.get("byline", "")),
            (116, texts.get("notice", "")),
            (120, texts.get("caption", "")),
        )
    )
    resource = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(body).to_bytes(4, "big") + body + b"\0" * (len(body) % 2)
    return b"\xff\xed" + (len(resource) + 2).to_bytes(2, "big") + resource


def photograph(orientation=1, place=True, **texts):
    """A JPEG of 40 by 20 pixels, red at the left, as a camera writes it."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 10, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Artist] = (
        orientation,
        "Nguyễn Văn Mẫu".encode().decode("latin-1"),
    )
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2024:05:10 08:00:00"
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (21.0, 45.0, 18.0)
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (105.0, 42.0, 21.6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif.tobytes(), extra=iptc(**texts) if texts else b"")
    return out.getvalue()


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


TOLD = {"byline": "Trần Thị Mẫu", "notice": "© Bảo tàng tỉnh", "caption": "Đình nhìn từ sân"}


@pytest.mark.parametrize("orientation", [1, 6])
def test_exif_and_iptc_are_kept_the_picture_stands_and_the_place_is_told_apart(orientation):
    given = photograph(orientation, **TOLD)
    picture = read(given, "TN05.jpg")
    with Image.open(io.BytesIO(picture.data), formats=["JPEG"]) as kept:
        exif = kept.getexif()
        assert kept.size == ((20, 40) if orientation == 6 else (40, 20)) == (picture.width, picture.height)
        red, blue = (kept.getpixel(at) for at in (((10, 2), (10, 38)) if orientation == 6 else ((2, 10), (38, 10))))
        assert red[0] > 200 > blue[0]
        assert exif[ExifTags.Base.Orientation] == 1
        assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == "2024:05:10 08:00:00"
        assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert IptcImagePlugin.getiptcinfo(kept)[2, 116].decode() == "© Bảo tàng tỉnh"
    assert list(segments(picture.data, IPTC)) == list(segments(given, IPTC))
    assert picture.place == (pytest.approx(21.755), pytest.approx(105.706))
    assert (picture.credit, picture.caption) == ("Trần Thị Mẫu · © Bảo tàng tỉnh", "Đình nhìn từ sân")
    assert picture.taken_on.isoformat() == "2024-05-10"


def test_a_picture_without_any_of_it_stays_as_it_is():
    given = photograph(place=False)
    assert read(given, "x.jpg").data == given


@pytest.mark.parametrize("name", ["TN05.jpg", "tn05-2.JPG", "TN05 (3).jpg", "TN05_mặt trước.jpg", "tập/TN05/1.jpg"])
def test_names_mean_numbers(name):
    assert "TN05" in list(candidates(name))


def test_a_zip_is_tried_taken_offered_and_taken_back(staff, units):  # noqa: F811
    draft = RecordFactory(number="TN05", name_vi="Đền Đuổm", live=False)
    point = {"latitude": 21.5, "longitude": 105.5, "coord_accuracy_m": 500}
    public = services.publish(RecordFactory(number="DS-1", name_vi="Đình Hai", **point))
    files = {"TN05-1.jpg": photograph(6, **TOLD), "DS-1.jpg": photograph(6, **TOLD), "TN05.txt": b"x",
             "XX99.jpg": photograph(), "TN05-hong.jpg": b"\xff\xd8\xff hong"}  # fmt: skip
    job = hand_in(staff, packed(**files), "ảnh.zip", credit="Bảo tàng", licence="CC BY 4.0")
    staff.post(page_of(job), {"action": "trial"})
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.figures["updated"], job.figures["refused"], ArchiveImage.objects.count()) == (2, 3, 0)
    staff.post(page_of(job), {"action": "import"})
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.figures["updated"], job.figures["refused"]) == ("done", 2, 3)
    first = draft.pictures.get().image
    assert (first.credit, first.licence, first.width, first.height) == (
        "Trần Thị Mẫu · © Bảo tàng tỉnh", "CC BY 4.0", 20, 40)  # fmt: skip
    assert not public.pictures.exists()  # it waits as a draft
    assert Record.objects.get(number="DS-1").get_latest_revision_as_object().pictures.count() == 1
    reasons = {row["value"]: row["reason"] for row in report(staff, job) if row["field"] == "file"}
    assert set(reasons) == {"TN05.txt", "XX99.jpg", "TN05-hong.jpg"}
    draft.refresh_from_db()
    assert draft.latitude is None

    line = job.lines.get(number="TN05", column="")
    staff.post(reverse("register_import_place", args=[job.pk, line.pk]))
    draft.refresh_from_db()
    assert (draft.latitude, draft.coord_basis) == (pytest.approx(21.755), "surveyed")
    assert staff.post(reverse("register_import_place", args=[job.pk, line.pk])).status_code == 404

    page = staff.get(page_of(job), headers={"accept-language": "vi"})
    assert [one.number for one in page.context["places"]] == ["DS-1"]
    assert "(hiện là 21.5, 105.5)" in page.content.decode()
    staff.post(reverse("register_import_undo", args=[job.pk]), {"action": "undo"})
    ordering.run_waiting()
    assert (RecordPicture.objects.count(), ArchiveImage.objects.count()) == (0, 0)
    assert staff.get(page_of(job)).context["places"] == []
    public = Record.objects.get(number="DS-1")
    assert public.get_latest_revision_as_object().pictures.count() == 0
    assert not public.has_unpublished_changes  # a draft that says what is public would stop the next import


@pytest.mark.parametrize("name", ["../../TN05.jpg", "/TN05.jpg", "C:\\TN05.jpg"])
def test_a_zip_that_leads_out_of_its_folder_is_refused_whole(staff, units, name):  # noqa: F811
    RecordFactory(number="TN05", live=False)
    job = hand_in(staff, packed(**{name: photograph(), "TN05.jpg": photograph()}), "x.zip")
    ordering.order(job, "import")
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.state, ArchiveImage.objects.count()) == ("failed", 0)
    assert job.problem


def test_a_bomb_is_refused(staff, units):  # noqa: F811
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TN05.jpg", b"\0" * (30 * 1024**2))
    job = hand_in(staff, out.getvalue(), "x.zip")
    ordering.order(job, "import")
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.state, "ZIP" in job.problem) == ("failed", True)
