"""Label sheets: the right codes on the right places, for staff, of public things only."""

import io

import pytest
import segno
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from heritage.accounts.models import User
from heritage.publishing import labels, qr
from heritage.publishing.forms import LabelForm
from heritage.publishing.labels import SHEETS, Label

SHEET = "/admin/labels/sheet.pdf"


@pytest.fixture
def staff(admin_client):
    return admin_client


@pytest.fixture
def admin_client(client, db):
    client.force_login(User.objects.create_superuser("lan", password="mat-khau-dai"))
    return client


def pages(answer):
    return PdfReader(io.BytesIO(answer.content)).pages


def label(n=1, **values):
    return Label(**{"code": "1A0B2C", "number": f"TN{n:02d}", "title": "Chùa Mẫu", "place": "xã Phú Đình"} | values)


def test_a_label_says_number_title_place_and_code(staff, record, code):
    answer = staff.get(SHEET, {"numbers": "tn01"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = pages(answer)[0].extract_text()
    typed = code(record)
    for part in ("Chùa Mẫu", "TN01", f"/q/{typed[:3]}-{typed[3:]}", "xã Phú Đình"):
        assert part in text


def test_in_english(staff, record):
    text = pages(staff.get(SHEET, {"numbers": "TN01", "language": "en"}))[0].extract_text()
    assert "Sample Pagoda" in text


def test_several_kinds_and_copies_in_the_order_typed(staff, record, work):
    text = pages(staff.get(SHEET, {"numbers": "TL-000001, TN01", "copies": "2", "language": "vi"}))[0].extract_text()
    assert text.count("TN01") == text.count("TL-000001") == 2
    assert text.index("Sách mẫu") < text.index("Chùa Mẫu")


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_sheets_lie_on_a4(sheet):
    assert sheet.left * 2 + sheet.columns * sheet.width <= 210.5
    assert sheet.top + sheet.rows * sheet.height <= 297
    assert 20 <= sheet.code < sheet.height
    full = PdfReader(io.BytesIO(labels.draw([label(n) for n in range(sheet.per_page)], sheet)))
    assert len(full.pages) == 1
    more = PdfReader(io.BytesIO(labels.draw([label(n) for n in range(sheet.per_page)], sheet, skip=1)))
    assert len(more.pages) == 2
    assert [round(float(side)) for side in full.pages[0].mediabox[2:]] == [595, 842]


def test_fonts_travel_with_the_file(staff, record):
    resources = pages(staff.get(SHEET, {"numbers": "TN01"}))[0]["/Resources"]["/Font"]
    names = [font.get_object()["/BaseFont"] for font in resources.values()]
    assert any("BeVietnamPro" in name for name in names)


def test_long_titles_end_in_an_ellipsis_within_the_label():
    labels._register_fonts()
    lines = labels.wrap("Nghiêng " * 80 + "x" * 500, "Label", 10, 120, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(pdfmetrics.stringWidth(line, "Label", 10) <= 120 for line in lines)
    assert labels.wrap("x" * 500, "Label", 10, 120, 2)[0].endswith("…")
    assert labels.wrap("", "Label", 10, 120, 2) == []


def test_runs_of_a_row_cover_every_dark_module():
    for row in qr.make("1A0B2C").matrix:
        drawn = {x for start, length in labels._runs(row) for x in range(start, start + length)}
        assert drawn == {x for x, dark in enumerate(row) if dark}
    assert isinstance(qr.make("1A0B2C"), segno.QRCode)


def test_drafts_and_withdrawn_entries_are_refused_by_number(staff, record, draft, withdrawn):
    answer = staff.get(SHEET, {"numbers": "TN01 TN02 TN03 ZZ99"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "TN02, TN03, ZZ99" in page
    assert "Bản nháp" not in page
    assert "TN01 TN02 TN03 ZZ99" in page  # what was typed is kept


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"numbers": ""}, "numbers"),
        ({"numbers": "A" * 10_000}, "numbers"),
        ({"numbers": " ".join(f"A{n}" for n in range(501))}, "numbers"),
        ({"numbers": "TN01", "sheet": "9x9"}, "sheet"),
        ({"numbers": "TN01", "copies": "-1"}, "copies"),
        ({"numbers": "TN01", "copies": "abc"}, "copies"),
        ({"numbers": "TN01", "sheet": "2x4", "skip": "8"}, "skip"),
        ({"numbers": "TN01", "language": "fr"}, "language"),
    ],
)
def test_bad_input_is_named(staff, record, values, field):
    defaults = {"sheet": "2x7", "copies": "1", "language": "vi"}
    form = LabelForm(defaults | values)
    assert not form.is_valid()
    assert field in form.errors
    assert staff.get(SHEET, values).status_code == 400


def test_strangers_are_sent_to_the_login(client, record):
    for address in (SHEET, "/admin/labels/"):
        answer = client.get(address, {"numbers": "TN01"})
        assert answer.status_code == 302
        assert "next=/admin/" in answer["Location"]


def test_the_form_is_filled_in(staff, record):
    assert "TN01" in staff.get("/admin/labels/", {"numbers": "TN01"}).content.decode()


def test_five_hundred_labels_cost_a_fixed_number_of_queries(record, django_assert_max_num_queries):
    from heritage.publishing import resources

    with django_assert_max_num_queries(8):
        assert len(resources.published_many(["TN01"] * 500)) == 1
