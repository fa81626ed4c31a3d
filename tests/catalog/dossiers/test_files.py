"""What a dossier's item takes, told by content; every refusal names file, value and remedy."""

import io
import zipfile
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from heritage.catalog.dossiers import formats, services
from heritage.catalog.models import DossierFile
from tests.factories.dossiers import dossier_of, huge_png, pdf_bytes, picture_bytes, upload

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def locked_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="chu", user="khach"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [
        ("a.pdf", pdf_bytes(3), "application/pdf", 3),
        ("A.JPG", picture_bytes(), "image/jpeg", 1),
        ("a.png", picture_bytes("PNG"), "image/png", 1),
        ("a.tif", picture_bytes("TIFF", mode="1", frames=4), "image/tiff", 4),
        ("a.docx", package(**{"word/document.xml": "<x/>"}), DOCX, None),
    ],
)
def test_what_is_taken(name, content, kind, pages):
    assert formats.inspect(io.BytesIO(content), name, len(content)) == formats.Inspected(kind, pages)


@pytest.mark.parametrize(
    ("name", "content", "value", "remedy"),
    [
        ("ly-lich", pdf_bytes(), "ly-lich", ".pdf"),
        (".pdf", pdf_bytes(), ".pdf", ".jpg"),
        ("chay.exe", b"MZ\x90" * 9, ".exe", ".docx"),
        ("anh.jpg", pdf_bytes(), ".jpg", ".pdf"),
        ("gia.pdf", b"<script>alert(1)</script>", "gia.pdf", "PDF, JPEG"),
        ("rong.pdf", b"", "0", "rong.pdf"),
        ("cut.pdf", pdf_bytes()[:60], "cut.pdf", "PDF"),
        ("cut.jpg", picture_bytes(size=(600, 600))[:900], "cut.jpg", "quét"),
        ("khoa.pdf", locked_pdf(), "khoa.pdf", "bảo vệ"),
        ("macro.docx", package(**{"word/document.xml": "<x/>", "word/vbaProject.bin": "x"}), "macro.docx", "PDF"),
        ("bom.png", huge_png(30_000, 30_000), "bom.png", "megapixel"),
    ],
)
def test_what_is_refused(name, content, value, remedy):
    with pytest.raises(ValidationError) as refused:
        formats.inspect(io.BytesIO(content), name, len(content))
    message = str(refused.value)
    assert value in message
    assert remedy in message


def test_a_file_of_500_mb_is_refused_before_it_is_read():
    item = dossier_of().items.first()
    huge = SimpleNamespace(name="quet.pdf", size=500 * 1024**2, read=None)
    with pytest.raises(ValidationError, match=r"quet\.pdf.*500 MB.*200 MB"):
        services.add_file(item, huge)
    assert not DossierFile.objects.exists()


def test_a_file_is_kept_as_it_came_under_a_name_of_ours():
    item = dossier_of().items.first()
    content = pdf_bytes(2)
    kept = services.add_file(item, upload("../../etc/Lý lịch.pdf", content))
    assert kept.name == "Lý lịch.pdf"
    assert kept.file.name.startswith(f"dossiers/{item.dossier_id}/")
    assert ".." not in kept.file.name
    with kept.file.open() as stored:
        assert stored.read() == content
    with pytest.raises(ValidationError, match="Lý lịch"):
        services.add_file(item, upload("Lý lịch.pdf", content))
    assert DossierFile.objects.count() == 1
