"""What goes out of the register comes back in unchanged."""

import csv
import datetime as dt
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from openpyxl import load_workbook

from heritage.catalog.exports import FURTHER
from heritage.catalog.imports import import_file
from heritage.catalog.models import Designation, Record
from heritage.demo.loaders import catalog as demo
from tests.catalog.test_exports import read_csv, written
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db
FACTS = Path(demo.__file__).parents[1] / "data" / "heritage_facts.csv"

SAID_OTHERWISE = ("other_lists", "decision_year")
"""Listings abroad: the file words them freely, and they come back as acts with their years."""
YEAR = re.compile(r"\b\d{4}\b")


def meant(column, cell):
    """A cell as far as it says something: numbers as numbers, lists in any order; a blank stays a blank."""
    if column in ("lat", "lon"):
        return float(cell) if cell else None
    return set(cell.split(";")) if column == "ich_category" else cell


@contextmanager
def another_archive():
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def units(all_units, db):
    """The units that the real records stand in."""


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


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
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


def test_a_basis_and_a_confidence_come_back_beside_words_of_ones_own(units, tmp_path):
    said = {
        "coord_basis": "commune",
        "coord_note": "Ước: giữa xã",
        "confidence": "sourced",
        "confidence_note": "Theo cụ từ",
    }
    RecordFactory(number="XX1", name_vi="Đình Mẫu", latitude=21.5, longitude=105.25, coord_accuracy_m=500, **said)
    file, before = tmp_path / "a.csv", written("csv")
    file.write_bytes(before)
    Record.objects.filter(number="XX1").update(coord_basis="", coord_note="", confidence="", confidence_note="")
    import_file(file, overwrite=True)
    assert Record.objects.filter(number="XX1", **said).exists()
    assert written("csv") == before


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


def test_a_guarded_cell_comes_back_as_it_was(units, tmp_path):
    names = {"name_vi": "=Tên lạ", "name_en": "'already quoted", "summary_vi": "'=a", "summary_en": "''-b"}
    file = tmp_path / "a.csv"
    with another_archive():
        RecordFactory(number="XX1", **names)
        file.write_bytes(written("csv"))
    assert import_file(file).created == 1
    assert Record.objects.values(*names).get() == names
