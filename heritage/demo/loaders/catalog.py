"""The register: the 90 real records, published; and synthetic ones for benchmarks."""

import csv
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from heritage.catalog import services
from heritage.catalog.imports import import_file
from heritage.catalog.models import Authority, Period, Record, Term
from heritage.demo.loaders import catalog_people, catalog_samples
from heritage.demo.loaders import catalog_synthetic as synthetic
from heritage.places.queries import current_province

DATA = Path(__file__).resolve().parents[1] / "data"
FACTS = DATA / "heritage_facts.csv"
NOTES = DATA / "heritage_notes.csv"
PERIODS = DATA / "periods.csv"
TERMS = DATA / "terms.csv"

BY_FIRST_WORDS = {
    "Đình": "dinh",
    "Chùa": "chua",
    "Đền": "den",
    "Miếu": "mieu",
    "Lăng": "tomb",
    "Mộ": "tomb",
    "Khu lăng mộ": "tomb",
    "Cầu": "bridge",
    "Khu lưu niệm": "person-memorial",
    "Hang": "cave",
    "Hồ": "lake",
    "Lễ hội": "village-festival",
    "Hát": "singing",
    "Nghề": "craft",
    "Nghi lễ": "ritual",
}
"""What the official name itself says a thing is; the longest beginning wins. Nothing else is concluded."""

AUTHORITIES = {
    "Thủ tướng Chính phủ": "Prime Minister",
    "Bộ trưởng Bộ VHTTDL": "Minister of Culture, Sports and Tourism",
}

Say = Callable[[str], None]


def load(say: Say) -> None:
    """Import the real register, add what its rows say in words only, and publish every record once."""
    report = import_file(FACTS)
    say(f"{report.created} records imported, {report.unchanged} as before, {report.refused} refused")
    for name, name_en in AUTHORITIES.items():
        Authority.objects.filter(name_vi=name, name_en="").update(name_en=name_en)
    with transaction.atomic():
        _load_periods()
        _load_terms()
        _add_notes()
        _add_terms()
        drafts = list(Record.objects.filter(live=False, first_published_at=None, imported_row__isnull=False))
        for record in drafts:
            services.publish(record)
    say(f"{len(drafts)} records published")
    say(f"{catalog_people.load()} invented people, marked as samples")
    if catalog_samples.load():
        say(f"{catalog_samples.NUMBER}: an invented monument with zones, dossier and survey, marked as a sample")


def synthesise(count: int, say: Say) -> None:
    """Make `count` synthetic records, plainly named as such."""
    synthetic.make(count, say)


def _load_periods() -> None:
    with PERIODS.open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(csv.DictReader(file)):
            values = {
                "name_vi": row["name_vi"],
                "name_en": row["name_en"],
                "first_year": int(row["first_year"]) if row["first_year"] else None,
                "last_year": int(row["last_year"]) if row["last_year"] else None,
                "parent": Period.objects.filter(code=row["parent"]).first() if row["parent"] else None,
                "sort_order": order,
            }
            Period.objects.get_or_create(code=row["code"], defaults=values)


def _load_terms() -> None:
    with TERMS.open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(csv.DictReader(file)):
            parent = Term.objects.filter(code=row.pop("parent")).first()
            Term.objects.get_or_create(code=row.pop("code"), defaults={**row, "parent": parent, "sort_order": order})


def term_of(name: str) -> str:
    """The code of the term that an official name begins with, "" where it begins with none."""
    beginnings = [words for words in BY_FIRST_WORDS if f"{name} ".startswith(f"{words} ")]
    return BY_FIRST_WORDS[max(beginnings, key=len)] if beginnings else ""


def _add_terms() -> None:
    terms = {term.code: term for term in Term.objects.all()}
    for record in Record.objects.filter(live=False, first_published_at=None, imported_row__isnull=False):
        if code := term_of(record.name_vi):
            record.terms.set([terms[code]])
            record.save()


def _add_notes() -> None:
    """Periods, what is not known, and units shared, as the rows say them in words; only into untouched drafts."""
    periods = {period.code: period for period in Period.objects.all()}
    with NOTES.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    for record in Record.objects.filter(number__in=rows, live=False, first_published_at=None):
        row = rows[record.number]
        record.unknown_vi, record.unknown_en = row["unknown_vi"], row["unknown_en"]
        record.summary_vi = record.summary_vi or row["summary_vi"]
        record.summary_en = record.summary_en or row["summary_en"]
        record.is_featured = row["featured"] == "1"
        record.periods.set([periods[code] for code in row["periods"].split(";") if code])
        shared = [current_province(name) for name in row["shared_provinces"].split(";") if name]
        record.shared_units.set([unit for unit in shared if unit])
        record.save()
