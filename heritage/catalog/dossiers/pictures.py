"""Pictures and other files as pages of a PDF, one small file on disk at a time, never a whole dossier in memory."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from heritage.catalog.dossiers.contents import register_fonts
from heritage.catalog.dossiers.formats import IMAGES, MAX_PIXELS
from heritage.catalog.models import DossierFile
from heritage.core.folding import nfc

MARGIN = 10 * mm
QUALITY = 90
TURNS = {3: 180, 6: 90, 8: 270}
"""EXIF orientation to degrees clockwise; mirrored ones are shown as they are stored."""


def as_pdfs(file: IO[bytes], media_type: str, folder: Path) -> Iterator[Path]:
    """Each frame of a picture as a PDF of one A4 page, upright or across as the picture lies.

    The bytes of a JPEG go in as they are (ISO 32000-1, 7.4.8, DCTDecode); other pictures are coded as JPEG first.
    """
    with Image.open(file, formats=[IMAGES[media_type]]) as image:
        for frame in range(int(getattr(image, "n_frames", 1)) if media_type == "image/tiff" else 1):
            if frame:
                image.seek(frame)
            target = folder / f"frame-{frame}.pdf"
            _write_page(image, file, media_type, target)
            yield target
            target.unlink(missing_ok=True)


def _write_page(image: Any, file: IO[bytes], media_type: str, target: Path) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise ValueError(f"{image.width} x {image.height} pixels")
    turned = TURNS.get(image.getexif().get(0x0112, 1), 0)
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}.get(image.mode)
    size = image.size
    if media_type == "image/jpeg" and space:
        file.seek(0)
        coded = file.read()
    else:
        coded, space = _coded(image)
    document = pikepdf.new()
    picture = pikepdf.Stream(document, coded)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height = size
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name(space), 8
    picture.Filter = pikepdf.Name.DCTDecode
    width, height = (A4[1], A4[0]) if size[0] > size[1] else A4
    scale = min((width - 2 * MARGIN) / size[0], (height - 2 * MARGIN) / size[1])
    across, up = size[0] * scale, size[1] * scale
    place = f"q {across:.3f} 0 0 {up:.3f} {(width - across) / 2:.3f} {(height - up) / 2:.3f} cm /Picture Do Q"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Rotate=turned,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=picture)),
        Contents=pikepdf.Stream(document, place.encode("ascii")),
    )
    document.pages.append(pikepdf.Page(page))
    document.save(target)
    document.close()


def _coded(image: Any) -> tuple[bytes, str]:
    """A frame as JPEG, grey or RGB; what is transparent becomes white."""
    if image.mode in ("RGBA", "LA", "P", "PA"):
        layer = image.convert("RGBA")
        frame = Image.new("RGB", layer.size, "white")
        frame.paste(layer, mask=layer.getchannel("A"))
    else:
        frame = image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
    out = io.BytesIO()
    frame.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), "/DeviceGray" if frame.mode == "L" else "/DeviceRGB"


def notice(file: DossierFile, target: Path) -> None:
    """A page that stands for a file which has no pages of its own: which it is, and where to find it."""
    register_fonts()
    canvas = Canvas(str(target), pagesize=A4, pageCompression=1)
    top = A4[1] / 2 + 30 * mm
    said = _("This file cannot be shown as pages; it is kept in the archive and in the dossier's bag.")
    for font, size, text in (
        ("DossierBold", 12.0, nfc(file.name)),
        ("Dossier", 10.0, said),
        ("Dossier", 9.0, f"{file.media_type} · {file.size:,} B".replace(",", ".")),
        ("Dossier", 9.0, f"SHA-256 {file.sha256}"),
    ):
        for line in simpleSplit(text, font, size, A4[0] - 50 * mm):
            canvas.setFont(font, size)
            canvas.drawString(25 * mm, top, line)
            top -= size * 1.5
    canvas.showPage()
    canvas.save()
