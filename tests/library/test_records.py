"""Catalogue records travel: out and in again unchanged, what staff wrote stays, bad ones are refused with the place."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from heritage.library.models import Contributor, Edition, Subject, Work
from heritage.library.records import Description, RecordsError, marc, tables, take_records
from tests.factories.library import EditionFactory, WorkFactory

pytestmark = pytest.mark.django_db
FULL = Description(
    number="TL-000777", title_vi="Lược khảo đình làng", title_en="A short survey", description_vi="Mô tả.",
    description_en="Described.", language="vi-Hani", audience="researchers", series="Tủ sách", series_number="4",
    year=1999, licence="cc-by", isbns=["9786041234567"], contributors=[("Lê Văn A", "aut"), ("Trần B", "trl")],
    subjects=["Di tích"], dewey=["363.69"], holding="Kho A, giá 3",
)  # fmt: skip


@pytest.mark.parametrize("as_xml", [False, True])
def test_marc_there_and_back(as_xml):
    ((place, back),) = marc.read(b"".join((marc.write_xml if as_xml else marc.write)([FULL])))
    assert (place, back) == (1, FULL)


def test_csv_there_and_back_and_no_cell_is_a_formula(tmp_path):
    one = Description(**{**vars(FULL), "title_vi": "=HYPERLINK(1)"})
    data = b"".join(tables.write([one]))
    assert b"\n=HYPER" not in data
    assert b",=HYPER" not in data
    assert list(tables.read(kept(tmp_path, data))) == [(2, one)]


def kept(folder, data, name="a.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=20)


@settings(max_examples=30)
@given(title=TEXT, name=TEXT, year=st.none() | st.integers(1000, 2999))
def test_whatever_a_record_says_it_can_be_written_and_read(tmp_path_factory, title, name, year):
    one = Description(title_vi=title, contributors=[(name, "aut")] if name else [], year=year)
    for data in (marc.write([one]), marc.write_xml([one])):
        assert len(list(marc.read(b"".join(data)))) == 1
    table = kept(tmp_path_factory.getbasetemp(), b"".join(tables.write([one])))
    assert [len(found.contributors) for _place, found in tables.read(table)] == [len(one.contributors)]


def test_records_come_in_as_drafts_once_and_what_staff_wrote_stays(tmp_path):
    Subject.objects.create(slug="di-tich", label_vi="Di tích")
    path = tmp_path / "a.mrc"
    path.write_bytes(b"".join(marc.write([FULL])))
    call_command("library", "records", str(path), "--dry-run", "--json")
    assert not Work.objects.exists()
    for _turn in range(2):
        call_command("library", "records", str(path), "--json")
    work = Work.objects.get()
    assert (work.live, work.title_vi, work.publication_year) == (False, FULL.title_vi, 1999)
    assert work.subjects.get().slug == "di-tich"
    edition = Edition.objects.get()
    assert edition.kind == "print"
    Work.objects.update(title_en="Written by staff")
    (row,) = take_records([(1, Description(**{**vars(FULL), "number": "", "title_en": "Other"}))], "a").rows
    assert row.outcome == "unchanged"
    assert Work.objects.get().title_en == "Written by staff"


def test_where_a_book_without_an_isbn_stands_is_kept_once():
    one = Description(title_vi="Sách cũ", contributors=[("A", "aut")], holding="Kho B")
    assert [take_records([(1, one)], "a").rows[0].outcome for _turn in range(2)] == ["created", "unchanged"]
    assert [(edition.kind, edition.isbn, edition.note_vi) for edition in Edition.objects.all()] == [
        ("print", "", "Kho B")
    ]


def test_a_record_without_a_title_and_broken_files_are_refused_with_the_reason(tmp_path):
    report = take_records([(1, Description()), (2, FULL), (3, "hỏng")], "a.mrc")
    assert [row.outcome for row in report.rows] == ["refused", "created", "refused"]
    for name, data in {"a.mrc": b"text", "b.xml": b"<a", "c.csv": b"x,y\n1,2\n", "d.csv": b"\xff\xfe\x00"}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CommandError):
            call_command("library", "records", str(tmp_path / name))
    bomb = b'<!DOCTYPE a [<!ENTITY x "y">]><collection xmlns="http://www.loc.gov/MARC21/slim"/>'
    with pytest.raises(RecordsError):
        list(marc.read(bomb))
    rows = "Nhan đề;Năm;Ngôn ngữ\nSách;năm ngoái;vi\nSách;1999;xx\nSách;1999\nSách;1999;\n".encode()
    problems = [found for _line, found in tables.read(kept(tmp_path, rows))]
    assert [word in told for word, told in zip(("year", "xx", "2"), problems[:3], strict=True)] == [True] * 3
    assert (problems[3].title_vi, problems[3].year, problems[3].language) == ("Sách", 1999, "vi")
    with pytest.raises(RecordsError):
        list(tables.read(kept(tmp_path, b"title_vi,Title\nA,B\n")))


def test_a_published_work_gives_its_record_and_a_draft_does_not(client, tmp_path):
    work = WorkFactory()
    Contributor.objects.create(work=work, name="Lê Văn A", role="aut")
    EditionFactory(work=work, isbn="9786041234567")
    page = client.get(work.get_absolute_url()).content.decode()
    assert f"/library/works/{work.number}/marc.xml" in page
    core = etree.fromstring(client.get(f"/library/works/{work.number}/dc.xml").content)
    assert core.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Lê Văn A"
    assert b'tag="245"' in client.get(f"/library/works/{work.number}/marc.xml").content
    draft = WorkFactory(live=False)
    assert client.get(f"/library/works/{draft.number}/marc.xml").status_code == 404
    for form in ("marc", "marcxml", "csv"):
        call_command("library", "export", str(tmp_path / form), "--format", form)
        assert work.number.encode() in (tmp_path / form).read_bytes()
        assert draft.number.encode() not in (tmp_path / form).read_bytes()
