"""PDF and CBZ on the shelf: described from the file, bad ones refused with the reason, nothing half taken in."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from heritage.library.imports import take_in
from heritage.library.models import Chapter, Edition, Work

pytestmark = pytest.mark.django_db


def picture(shade: int = 200, size: tuple[int, int] = (60, 90)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def pdf_of(pages: int = 2, title: str = "Sổ tay di tích", **saving) -> bytes:
    document = pikepdf.new()
    for _number in range(pages):
        document.add_blank_page(page_size=(300, 400))
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = "Thư viện tỉnh"
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Phần một", 0))
        if pages > 1:
            outline.root.append(pikepdf.OutlineItem("Phần hai", 1))
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()


def cbz_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def taken(tmp_path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    return take_in(tmp_path / name).rows[0]


def test_a_pdf_is_described_from_itself_and_the_same_again_changes_nothing(client, tmp_path):
    row = taken(tmp_path, "a.pdf", pdf_of())
    edition = Edition.objects.select_related("work__cover").get()
    assert (row.outcome, edition.format, edition.work.title_vi) == ("created", "pdf", "Sổ tay di tích")
    assert edition.work.contributors.get().name == "Thư viện tỉnh"
    assert list(Chapter.objects.values_list("title", "href")) == [("Phần một", "page=1"), ("Phần hai", "page=2")]
    assert edition.work.cover is not None
    assert taken(tmp_path, "b.pdf", (tmp_path / "a.pdf").read_bytes()).outcome == "unchanged"
    page = client.get(f"/vi/thu-vien/{row.number}/doc/")
    assert page.context["book"]["format"] == "pdf"
    assert client.get(page.context["book"]["url"])["Content-Type"] == "application/pdf"


def test_a_title_made_by_a_program_gives_way_to_the_name_of_the_file(tmp_path):
    assert taken(tmp_path, "Lược_khảo.pdf", pdf_of(title="Microsoft Word - Document1.docx")).title == "Lược khảo"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("locked.pdf", pdf_of(encryption=pikepdf.Encryption(owner="a", user="b")), "mật khẩu"),
        ("long.pdf", pdf_of(pages=5_001), "5001"),
        ("text.pdf", b"%PDF-1.7 and nothing more", "hỏng"),
        ("no.pdf", b"text", "không phải"),
        ("cut.cbz", cbz_of({"1.jpg": picture()})[:-40], "ZIP"),
        ("none.cbz", cbz_of({"a.txt": b"x"}), "0 "),
        ("false.cbz", cbz_of({"1.jpg": b"<svg onload='x'/>"}), "1.jpg"),
        ("bomb.cbz", cbz_of({"1.jpg": b"\0" * 61 * 1024 * 1024}), "1.jpg"),
        (
            "entities.cbz",
            cbz_of({"1.jpg": picture(), "ComicInfo.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "",
        ),
    ],
)
def test_bad_files_are_refused_with_the_reason(tmp_path, name, data, words):
    row = taken(tmp_path, name, data)
    assert row.outcome == "refused"
    assert words in row.reason
    assert not Work.objects.exists()


def test_a_cbz_keeps_its_pictures_alone_in_natural_order(tmp_path):
    said = "<Title>Truyện tranh thử</Title><Writer>Người viết</Writer><Year>2020</Year><Manga>YesAndRightToLeft</Manga>"
    info = f"<ComicInfo>{said}</ComicInfo>"
    files = {"10.jpg": picture(10), "2.jpg": picture(2), "../../x.sh": b"x", "ComicInfo.xml": info.encode()}
    row = taken(tmp_path, "a.cbz", cbz_of(files))
    edition = Edition.objects.select_related("work").get()
    assert row.removed == {"foreign file": 1}
    assert (edition.work.title_vi, edition.work.publication_year) == ("Truyện tranh thử", 2020)
    assert edition.page_direction == "rtl"
    with edition.file.open() as stored, zipfile.ZipFile(stored) as kept:
        assert kept.namelist() == ["00001.jpg", "00002.jpg"]
        assert kept.read("00001.jpg") == picture(2)
