"""What goes out of the register comes back in unchanged, and nothing in a file is taken for a formula."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import shapefile
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from docx import Document
from lxml import etree
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument

from heritage.accounts.models import Role
from heritage.catalog.exports import FORMATS, FURTHER, rows
from heritage.catalog.exports.shapes import cut, short_names
from heritage.catalog.imports import UnreadableFileError, import_file, workbook
from heritage.catalog.models import Act, Designation, Rank, Record
from heritage.demo.loaders import catalog as demo
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
FACTS = Path(demo.__file__).parents[1] / "data" / "heritage_facts.csv"


def written(suffix, records=None):
    return b"".join(FORMATS[suffix].write(rows(Record.objects.order_by("number") if records is None else records)))


SAID_OTHERWISE = ("other_lists", "decision_year")
"""Listings abroad: the file words them freely, and they come back as acts with their years."""
YEAR = re.compile(r"\b\d{4}\b")


def meant(column, cell):
    """A cell as far as it says something: numbers as numbers, lists in any order; a blank stays a blank."""
    if column in ("lat", "lon"):
        return float(cell) if cell else None
    return set(cell.split(";")) if column == "ich_category" else cell


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@contextmanager
def another_archive():
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def units(db):
    call_command("places", "load_units", verbosity=0)


def test_the_ninety_real_records_come_back_as_they_went(units, tmp_path):
    import_file(FACTS)
    first = written("csv")
    assert len(read_csv(first)) == 90
    with FACTS.open(encoding="utf-8-sig", newline="") as file:
        facts = sorted(csv.DictReader(file), key=lambda row: row["id"])
    for known, told in zip(facts, read_csv(first), strict=True):
        assert {column: meant(column, known[column]) for column in known if column not in SAID_OTHERWISE} == {
            column: meant(column, told[column]) for column in known if column not in SAID_OTHERWISE
        }
        years = {act.decided_year for act in Designation.objects.filter(record__number=known["id"])}
        assert {int(year) for column in SAID_OTHERWISE for year in YEAR.findall(known[column])} <= years
    assert not any(row[FURTHER] for row in read_csv(first))
    assert import_file(FACTS).unchanged == 90
    again = tmp_path / "again.csv"
    again.write_bytes(first)
    report = import_file(again)
    assert (report.refusals, report.updated, report.created) == ([], 0, 0)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_empty_archive_takes_an_export_whole(units, tmp_path, suffix):
    again = tmp_path / f"again.{suffix}"
    with another_archive():
        import_file(FACTS)
        before = written("csv")
        again.write_bytes(written(suffix))
    assert not Record.objects.exists()
    report = import_file(again)
    assert (report.created, report.refusals) == (90, [])
    assert written("csv") == before


@pytest.mark.parametrize(
    ("name", "words"),
    [("cut short", "damaged"), ("a zip of something", "cannot be read"), ("bomb", "unpack"), ("no rows", "empty")],
)
def test_a_workbook_that_is_none_is_refused_with_the_reason(tmp_path, name, words, monkeypatch):
    file = tmp_path / "a.xlsx"
    if name == "a zip of something":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "a")
    elif name == "no rows":
        Workbook().save(file)
    else:
        file.write_bytes(written("xlsx"))
    if name == "cut short":
        file.write_bytes(file.read_bytes()[:2000])
    if name == "bomb":
        monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    with translation.override("en"), pytest.raises(UnreadableFileError, match=words):
        import_file(file)


def test_typed_cells_are_read_as_the_register_writes_them(units, tmp_path):
    RecordFactory(number="XX1", name_vi="Đình Mẫu")
    file = tmp_path / "a.xlsx"
    file.write_bytes(written("xlsx"))
    book = load_workbook(file)
    sheet = book.active
    at = {cell.value: cell.column for cell in sheet[1]}
    given = {"id": "XX2", "rank": "national", "decision_date": dt.datetime(2012, 5, 10), "lat": 21.5, "lon": 105}
    for name, value in given.items():
        sheet.cell(row=2, column=at[name], value=value)
    book.save(file)
    assert import_file(file).created == 1
    record = Record.objects.get(number="XX2")
    assert (record.latitude, record.longitude) == (21.5, 105)
    assert record.designations.get().decided_on == dt.date(2012, 5, 10)


def test_a_history_that_a_row_cannot_say_is_told_in_words():
    record = RecordFactory(number="XX1")
    for act, rank, number in (
        (Act.RANK, Rank.NATIONAL, "1/QĐ"),
        (Act.UPGRADE, Rank.SPECIAL_NATIONAL, "2/QĐ"),
        (Act.CANCEL, "", "3/QĐ"),
    ):
        DesignationFactory(record=record, act=act, rank=rank, decision_number=number, decided_year=2000)
    (row,) = read_csv(written("csv"))
    assert all(number in row[FURTHER] for number in ("1/QĐ", "2/QĐ", "3/QĐ"))
    assert row["decision_no"] == ""


def test_no_cell_becomes_a_formula():
    evil = '=cmd|"/c calc"!A1'
    RecordFactory(number="XX1", name_vi=evil, summary_vi="+1", summary_en="@a", name_en="-2")
    (row,) = read_csv(written("csv"))
    assert [row[name][0] for name in ("name_vi", "facts_vi", "facts_en", "name_en")] == ["'"] * 4
    book = written("xlsx")
    sheet = load_workbook(io.BytesIO(book)).active
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if cell.value} == {"s"}
    assert evil in {cell.value for line in sheet.iter_rows() for cell in line}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")


def test_a_guarded_cell_comes_back_as_it_was(units, tmp_path):
    names = {"name_vi": "=Tên lạ", "name_en": "'already quoted", "summary_vi": "'=a", "summary_en": "''-b"}
    file = tmp_path / "a.csv"
    with another_archive():
        RecordFactory(number="XX1", **names)
        file.write_bytes(written("csv"))
    assert import_file(file).created == 1
    assert Record.objects.values(*names).get() == names


def test_points_and_papers():
    RecordFactory(number="XX1", name_vi="Đình <A> & B", latitude=21.5, longitude=105.25)
    RecordFactory(number="XX2", name_vi="Không có điểm\x0b")
    (feature,) = json.loads(written("geojson"))["features"]
    assert feature["geometry"]["coordinates"] == [105.25, 21.5]
    (mark,) = etree.fromstring(written("kml"))[0]
    assert (mark[0].text, mark[2][0].text) == ("Đình <A> & B", "105.25,21.5")
    table = Document(io.BytesIO(written("docx"))).tables[0]
    assert [row.cells[1].text for row in table.rows][1:] == ["XX1", "XX2"]
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(written("pdf")))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Đình <A> & B" in text
    with zipfile.ZipFile(io.BytesIO(written("zip"))) as archive:
        assert b"GCS_WGS_1984" in archive.read("di-san.prj")
        assert archive.read("di-san.cpg") == b"UTF-8"
        meant_by = dict(row[:2] for row in csv.reader(io.StringIO(archive.read("columns.csv").decode("utf-8-sig"))))
        parts = {end: io.BytesIO(archive.read(f"di-san.{end}")) for end in ("shp", "shx", "dbf")}
    (point,) = shapefile.Reader(encoding="utf-8", **parts).shapeRecords()
    assert tuple(point.shape.points[0]) == (105.25, 21.5)
    assert point.record["name_vi"] == "Đình <A> & B"
    assert meant_by["commune_ol"] == "commune_old"
    assert len(set(short_names().values())) == len(short_names())
    assert cut("Đ" * 200) == "Đ" * 127


def test_a_place_known_exactly_is_told_to_who_may_know_what_is_private():
    unit = UnitFactory()
    exact = {"latitude": 21.123456, "longitude": 105.987654, "coord_basis": "surveyed", "coord_accuracy_m": 3}
    RecordFactory(number="XX1", unit=unit, live=False, **exact)
    RecordFactory(number="XX2", unit=unit, **exact)
    viewer, editor = UserFactory(role=Role.VIEWER, unit=unit), UserFactory(role=Role.COMMUNE_EDITOR, unit=unit)
    ordered = Record.objects.order_by("number")
    draft, public = rows(ordered, viewer)
    assert (draft["lat"], draft["lon"], draft["coord_flag"]) == ("21.12", "105.99", "approx")
    assert public["lat"] == "21.123456"  # its page says it
    assert [row["lat"] for row in rows(ordered, editor)] == ["21.123456"] * 2


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_the_list_gives_what_it_shows_and_no_more(client, suffix):
    mine, other = UnitFactory(), UnitFactory()
    RecordFactory(number="XX1", unit=mine)
    RecordFactory(number="XX2", unit=mine, kind="ich")
    RecordFactory(number="XX3", unit=other)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=mine))
    address = reverse("wagtailsnippets_catalog_record:list")
    answer = client.get(address, {"export": suffix, "kind": "monument"})
    assert answer["Content-Disposition"].endswith(f'.{suffix}"')
    content = answer.getvalue()
    if suffix == "docx":
        said = Document(io.BytesIO(content)).paragraphs
        assert any("Loại: di tích" in line.text for line in said), [line.text for line in said]
    if suffix == "csv":
        assert [row["id"] for row in read_csv(content)] == ["XX1"]
    assert b"XX3" not in content
    page = client.get(address, {"kind": "monument"}).content.decode()
    assert f"export={suffix}" in page


def test_five_queries_for_a_thousand_records(django_assert_max_num_queries):
    for record in RecordFactory.create_batch(30, unit=UnitFactory()):
        DesignationFactory(record=record)
    with django_assert_max_num_queries(8):
        assert len(list(rows(Record.objects.all()))) == 30


def test_the_command_writes_whole_files_only(tmp_path, capsys):
    RecordFactory(number="XX1")
    call_command("catalog", "export", str(tmp_path / "a.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    with pytest.raises(Exception, match="csv, xlsx"):
        call_command("catalog", "export", str(tmp_path / "a.odt"))
