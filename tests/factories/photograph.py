"""A photograph as a telephone takes it: with its place, its device and its owner in the file."""

import io

from PIL import ExifTags, Image

PLACE = {1: "N", 2: (21.0, 35.0, 30.0), 3: "E", 4: (105.0, 50.0, 15.0)}
SECRETS = (b"Dien thoai 12", b"SN-998877", b"21 Ngo Nho", b"GPSLatitude")


def taken(format_: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """Turned by a quarter (orientation 6), with GPS, make, serial number, a comment, XMP and its photographer."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Dien thoai 12"
    exif[ExifTags.Base.Artist] = "Ngo Van Anh"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    exif.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base.BodySerialNumber: "SN-998877"})
    out, options = io.BytesIO(), {"xmp": b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude 21,35N</x:xmpmeta>"}
    if format_ == "JPEG":
        options["comment"] = b"21 Ngo Nho"
    Image.new("RGB", size, "#885533").save(out, format_, exif=exif.tobytes(), **options)
    return out.getvalue()
