"""What goes out of the register: each format, whom it tells what, and that nothing in a file is taken for a formula."""

import csv
import io
import json
import zipfile

import pytest
import shapefile
from django.core.management import CommandError, call_command
from django.urls import reverse, reverse_lazy
from django.utils import translation
from docx import Document
from lxml import etree
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument

from heritage.accounts.models import Role
from heritage.catalog.exports import FORMATS, FURTHER, ordering, rows
from heritage.catalog.exports.shapes import cut, short_names
from heritage.catalog.imports import UnreadableFileError, import_file, workbook
from heritage.catalog.models import Act, ListExport, Rank, Record
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


def written(suffix, records=None):
    return b"".join(FORMATS[suffix].write(rows(Record.objects.order_by("number") if records is None else records)))


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cut short", "damaged"), ("a zip of something", "cannot be read"), ("bomb", "unpack"), ("no rows", "empty"),
        ("a million cells", "unpack"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_none_is_refused_with_the_reason(tmp_path, name, words, monkeypatch):
    file = tmp_path / "a.xlsx"
    if name == "a zip of something":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "a")
    elif name == "a million cells":  # 20 MB in 20 kB
        file.write_bytes(written("xlsx"))
        with zipfile.ZipFile(file) as source:
            parts = {one.filename: source.read(one) for one in source.infolist()}
        parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 1_000_000
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
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


@pytest.mark.front_end
def test_points_and_papers():
    RecordFactory(number="XX1", name_vi="Đình <A> & B", latitude=21.5, longitude=105.25)
    RecordFactory(number="XX2", name_vi="Không có điểm\x0b")
    feature, *_names = json.loads(written("geojson"))["features"]
    assert feature["geometry"]["coordinates"] == [105.25, 21.5]
    mark, *_names = etree.fromstring(written("kml"))[0]
    assert (mark[0].text, mark[2][0].text) == ("Đình <A> & B", "105.25,21.5")
    paper = Document(io.BytesIO(written("docx")))
    assert [row.cells[1].text for row in paper.tables[0].rows][1:] == ["XX1", "XX2"]
    assert len(paper.inline_shapes) == 1  # the map
    pages = list(PdfDocument(written("pdf")))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert [len(list(page.get_objects(filter=[3]))) for page in pages] == [0, 1]  # the map, a picture
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Đình <A> & B" in text
    with zipfile.ZipFile(io.BytesIO(written("zip"))) as archive:
        assert b"GCS_WGS_1984" in archive.read("di-san.prj")
        assert archive.read("di-san.cpg") == b"UTF-8"
        meant_by = dict(row[:2] for row in csv.reader(io.StringIO(archive.read("columns.csv").decode("utf-8-sig"))))
        parts = {end: io.BytesIO(archive.read(f"di-san.{end}")) for end in ("shp", "shx", "dbf")}
    point, *_names = shapefile.Reader(encoding="utf-8", **parts).shapeRecords()
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
    capsys.readouterr()
    for more in (["--dry-run"], []):
        call_command("catalog", "export", str(tmp_path / "b.xlsx"), "--json", *more)
        told = json.loads(capsys.readouterr().out)
        assert (told["records"], told["dry_run"], (tmp_path / "b.xlsx").exists()) == (1, bool(more), not more)
    assert told["bytes"] == (tmp_path / "b.xlsx").stat().st_size
    for where in (tmp_path / "none" / "a.csv", tmp_path / "a.odt"):
        with pytest.raises(CommandError):
            call_command("catalog", "export", str(where), "--dry-run", "--json")
        assert json.loads(capsys.readouterr().out)["error"]


LISTING = reverse_lazy("wagtailsnippets_catalog_record:list")


def test_a_long_list_on_paper_is_made_by_the_worker_for_who_ordered_it(client, monkeypatch):
    """As many rows as there are, over several pages, without what is out of reach by then; nobody else gets it."""
    monkeypatch.setattr(ordering, "AT_ONCE", 20)
    unit, other = UnitFactory(), UnitFactory()
    RecordFactory.create_batch(60, unit=unit, latitude=None)
    user = UserFactory(role=Role.COMMUNE_EDITOR, unit=unit)
    client.force_login(user)
    offered = client.get(LISTING, {"export": "pdf", "kind": "monument"})
    assert "60" in offered.content.decode()
    assert not ListExport.objects.exists()
    for form in ("docx", "pdf"):
        page = client.post(f"{LISTING}?export={form}&kind=monument")["Location"]
        job = ListExport.objects.latest("pk")
        assert client.get(page, {"format": "json"}).json() == {"is_open": True, "percent": 0, "done": 0}
        assert client.get(reverse("register_list_file", args=[job.pk])).status_code == 404
        if form == "pdf":
            Record.objects.filter(pk=job.order["keys"][0]).update(unit=other)
        assert ordering.run_waiting() == 1
        assert reverse("register_list_file", args=[job.pk]) in client.get(page).content.decode()
        made = b"".join(client.get(reverse("register_list_file", args=[job.pk])))
        if form == "docx":
            paper = Document(io.BytesIO(made))
            assert len(paper.tables[0].rows) == 61
            assert any("Loại: di tích" in line.text for line in paper.paragraphs)
        else:
            pages = [page.get_textpage().get_text_range() for page in PdfDocument(made)]
            assert len(pages) > 2
            assert all("Số hiệu" in page for page in pages[:-1])  # the head stands on each
            numbers = Record.objects.filter(pk__in=job.order["keys"]).values_list("number", flat=True)
            assert [number for number in numbers if number not in "".join(pages)] == [
                Record.objects.get(pk=job.order["keys"][0]).number
            ]
    assert client.post(f"{LISTING}?export=csv").status_code == 405
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR))
    for name in ("register_list", "register_list_file"):
        assert client.get(reverse(name, args=[job.pk])).status_code == 404
