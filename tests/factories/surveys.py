"""Surveys and photographs with the data that phones write."""

import datetime as dt
import io
import uuid

import factory
from factory.django import DjangoModelFactory
from PIL import ExifTags, Image

from heritage.catalog.models import ConditionGrade, DamageKind, DamageReport, Restoration, Survey
from tests.factories.catalog import RecordFactory


class SurveyFactory(DjangoModelFactory):
    class Meta:
        model = Survey

    record = factory.SubFactory(RecordFactory)
    visited_on = dt.date(2026, 5, 4)
    surveyor = "Người khảo sát mẫu"
    grade = ConditionGrade.FAIR


class RestorationFactory(DjangoModelFactory):
    class Meta:
        model = Restoration

    record = factory.SubFactory(RecordFactory)
    project = "Tu bổ mẫu"


class DamageReportFactory(DjangoModelFactory):
    class Meta:
        model = DamageReport

    record = factory.SubFactory(RecordFactory)
    kind = DamageKind.ENCROACHMENT
    reported_on = dt.date(2026, 3, 1)
    description = "Sự việc mẫu"


def photograph(place: tuple[float, float] | None = (21.5, 105.8), taken: str = "2026:05:04 09:30:00") -> bytes:
    """A JPEG that lies on its side by its orientation, with time, place and the owner's name."""
    image, exif = Image.new("RGB", (80, 60), "green"), Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Chủ máy ảnh"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        for value, ref, key, letters in (
            (place[0], ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "NS"),
            (place[1], ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "EW"),
        ):
            gps[ref] = letters[value < 0]
            degrees = int(abs(value))
            gps[key] = (degrees, (abs(value) - degrees) * 60, 0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sent(record_number: str, **more: object) -> dict[str, object]:
    """A survey as a device sends it."""
    return {
        "key": str(uuid.uuid4()),
        "number": record_number,
        "visited_on": "2026-05-04",
        "surveyor": "Người khảo sát mẫu",
        "grade": "poor",
        "threats": ["damp", "pests"],
        "is_urgent": True,
        "photographs_expected": 1,
        **more,
    }
