"""Invented people, a board and an object file, each plainly marked as a sample; no real person is named."""

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction

from heritage.catalog.models import (
    Consent,
    Custodian,
    Custody,
    Lineage,
    ObjectFile,
    Person,
    PersonalData,
    PersonTitle,
    Practice,
    Record,
)
from heritage.catalog.models.person import Purpose
from heritage.places.models import Unit

PEOPLE = Path(__file__).resolve().parents[1] / "data" / "sample_people.csv"
LIFE_VI = "Nhân vật mẫu, không có thật: dùng để xem trang nghệ nhân trình bày những gì."
LIFE_EN = "A sample, not a real person: it shows what the page of an artisan says."
SAMPLE_BOARD = "Ban quản lý di tích (dữ liệu mẫu)"


@transaction.atomic
def load() -> int:
    """Make the samples once; returns how many people were made."""
    if Person.objects.filter(is_sample=True).exists():
        return 0
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made: dict[str, Person] = {}
    for row in rows:
        made[row["name"]] = _person(row, made)
    _board()
    _object_file()
    return len(made)


def _person(row: dict[str, str], made: dict[str, Person]) -> Person:
    unit = Unit.objects.current().filter(level="commune", code=row["unit"]).first()
    person = Person.objects.create(unit=unit, is_sample=True)
    PersonalData.objects.create(person=person, full_name=row["name"], biography_vi=LIFE_VI, biography_en=LIFE_EN)
    if record := Record.objects.filter(number=row["practises"]).first():
        Practice.objects.create(person=person, record=record, role=row["role"], sort_order=0)
    if row["title"]:
        PersonTitle.objects.create(
            person=person, kind=row["title"], wording="Nghệ nhân dân gian (mẫu)", decided_year=int(row["year"])
        )
    if row["master"]:
        Lineage.objects.create(person=person, master=made[row["master"]])
    if row["consent"]:
        Consent.objects.create(
            person=person,
            purposes=list(Purpose.values),
            fields=row["consent"].split(";"),
            given_on=dt.date(2026, 1, 5),
            evidence="Bản mẫu, không có giấy thật",
        )
    return person


def _board() -> None:
    record = Record.objects.filter(number="TN05").first()
    if record is None:
        return
    board = Custodian.objects.create(
        name_vi=SAMPLE_BOARD, name_en="Heritage management board (sample)", unit=record.unit, is_sample=True
    )
    Custody.objects.create(custodian=board, record=record, sort_order=0)


def _object_file() -> None:
    """An object file without movements: where the real treasures stand is not in our sources."""
    record = Record.objects.filter(number="HU40").first()
    if record is not None:
        ObjectFile.objects.create(record=record, acquisition_note="Phiếu mẫu, chưa có dữ liệu")
