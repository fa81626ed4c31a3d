"""JPEG 2000, HEIC, AVIF and PDF: taken in with their colour and text, or refused with a reason."""

import io
from pathlib import Path

import pypdfium2
import pytest
import pyvips
from django.utils import translation
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas as PdfCanvas

from heritage.iiif import decoding, formats, processing, services
from heritage.iiif.models import Canvas, PageText, State
from heritage.iiif.text.searching import search
from tests.factories.iiif import DigitalObjectFactory, image_file, picture

pytestmark = pytest.mark.django_db
HEIC = Path(__file__).parent / "data" / "picture.heic"


def pillow_picture(width: int = 320, height: int = 200) -> Image.Image:
    return Image.frombytes("RGB", (width, height), picture(width, height).write_to_memory())


def pdf_file(folder: Path, *pages: str, name: str = "so.pdf", **options) -> Path:
    """A PDF of 10 x 5 inch pages, each with its line of text two inches from the left and one from the bottom."""
    path = folder / name
    canvas = PdfCanvas(str(path), pagesize=(720, 360), **options)
    for text in pages:
        canvas.setFont("Helvetica", 36)
        canvas.drawString(144, 72, text)
        canvas.showPage()
    canvas.save()
    return path


def colour_at(canvas: Canvas, x: int, y: int) -> list[float]:
    return pyvips.Image.new_from_file(str(processing.pyramid_path(canvas))).getpoint(x, y)


def taken_in(path: Path) -> Canvas:
    return services.ingest(path, DigitalObjectFactory()).canvases[0]


def test_jpeg_2000_becomes_a_scan_of_the_same_colours(tmp_path):
    path = tmp_path / "bia.jp2"
    pillow_picture().save(path)
    canvas = taken_in(path)
    assert (canvas.media_type, canvas.width, canvas.height) == ("image/jp2", 320, 200)
    assert colour_at(canvas, 300, 20) == pytest.approx(picture(320, 200).getpoint(300, 20), abs=6)


def test_sixteen_bit_grey_jpeg_2000_keeps_its_tones(tmp_path):
    path = tmp_path / "bia.jp2"
    Image.new("I;16", (64, 64), 32768).save(path)
    assert colour_at(taken_in(path), 10, 10)[0] == pytest.approx(128, abs=8)


def test_heic_becomes_a_scan_of_the_same_colours():
    canvas = taken_in(HEIC)
    assert (canvas.media_type, canvas.width, canvas.height) == ("image/heic", 320, 200)
    assert colour_at(canvas, 300, 20) == pytest.approx(picture(320, 200).getpoint(300, 20), abs=14)


def test_avif_becomes_a_scan(tmp_path):
    path = tmp_path / "bia.avif"
    picture(320, 200).heifsave(str(path), compression="av1", effort=0)
    assert taken_in(path).media_type == "image/avif"


def test_each_page_of_a_pdf_is_a_canvas_and_its_text_can_be_searched(tmp_path):
    obj = DigitalObjectFactory()
    result = services.ingest(pdf_file(tmp_path, "Bia da chua", "Trang hai"), obj)
    assert [(c.width, c.height, c.original_page) for c in result.canvases] == [(3000, 1500, 0), (3000, 1500, 1)]
    (hit,) = search(obj, "bia da")
    assert hit.canvas == result.canvases[0]
    left, top, width, height = map(int, hit.parts[0].removeprefix("xywh=").split(","))
    assert (left, top + height) == pytest.approx((600, 1500 - 300), abs=40)  # 300 dots an inch
    assert 300 < width < 500
    assert PageText.objects.get(canvas=result.canvases[1]).text == "Trang hai"


def test_a_text_given_by_hand_is_not_overwritten_by_that_of_the_pdf(tmp_path):
    from heritage.iiif.text.reading import Word
    from heritage.iiif.text.services import set_text

    canvas = taken_in(pdf_file(tmp_path, "Bia da"))
    set_text(canvas, [[Word("Bia đá", (1, 1, 5, 5))]], media_type="application/xml")
    processing.pyramid_path(canvas).unlink()
    processing.process(canvas)
    assert PageText.objects.get(canvas=canvas).text == "Bia đá"


def test_scripts_in_a_pdf_do_not_run(tmp_path):
    assert pypdfium2.PDFIUM_INFO.flags == ()  # neither V8 nor XFA is built in
    plain = pdf_file(tmp_path, "Bia").read_bytes()
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); this.print\\(\\);) >> /Type /Catalog"
    path = tmp_path / "script.pdf"
    path.write_bytes(plain.replace(b"/Type /Catalog", script))
    assert b"JavaScript" in path.read_bytes()
    assert taken_in(path).state == State.READY


def locked_pdf(folder):
    return pdf_file(folder, "Bia", encrypt=StandardEncryption("mat-khau", strength=128))


def pdf_of_5000_pages(folder):
    document = pypdfium2.PdfDocument.new()
    for _page in range(5000):
        document.new_page(100, 100)
    path = folder / "so.pdf"
    document.save(str(path))
    return path


def cut_pdf(folder):
    path = pdf_file(folder, "Bia")
    path.write_bytes(path.read_bytes()[:300])
    return path


def cut_jpeg_2000(folder):
    path = folder / "bia.jp2"
    pillow_picture().save(path)
    path.write_bytes(path.read_bytes()[:1500])
    return path


def cut_heic(folder):
    path = folder / "bia.heic"
    path.write_bytes(HEIC.read_bytes()[:600])
    return path


def huge_jpeg_2000(folder):
    """A header that says 20,000 x 20,000 pixels over a picture that is small."""
    data = io.BytesIO()
    Image.new("L", (64, 64)).save(data, "JPEG2000")
    body = data.getvalue()
    at = body.index(b"\xff\x51") + 6
    size = (20_000).to_bytes(4, "big") * 2
    box = body.index(b"ihdr") + 4
    body = body[:box] + size + body[box + 8 : at] + size + body[at + 8 :]
    path = folder / "bia.jp2"
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (locked_pdf, "locked by a password"),
        (pdf_of_5000_pages, "more than 2000 pages"),
        (cut_pdf, "damaged or cut short"),
        (cut_jpeg_2000, "damaged or cut short"),
        (cut_heic, "damaged or cut short"),
        (huge_jpeg_2000, "more than 100 megapixels"),
    ],
)
def test_what_cannot_be_decoded_is_refused_and_nothing_is_left(tmp_path, make, reason):
    with translation.override("en"), pytest.raises(services.RefusedError, match=reason):
        services.ingest(make(tmp_path), DigitalObjectFactory())
    assert not Canvas.objects.exists()


def test_a_codec_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(decoding, "SECONDS", 0.01)
    with translation.override("en"), pytest.raises(services.RefusedError, match="more time or memory"):
        formats.inspect(pdf_file(tmp_path, "Bia"))


def test_a_film_is_no_heic():
    assert formats.media_type_of(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom") == "video/mp4"


def test_a_file_is_read_through_before_anything_is_made(tmp_path):
    assert formats.read_through(pdf_file(tmp_path, "1", "2"), "so.pdf").pages == (0, 1)
    assert formats.read_through(image_file(tmp_path), "scan.jpg").media_type == "image/jpeg"
