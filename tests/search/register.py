"""The real register as documents, without a database: what both engines are compared on."""

import csv
import re
from pathlib import Path

from heritage.search.contract import Document, Kind

FACTS = Path(__file__).resolve().parents[2] / "heritage" / "demo" / "data" / "heritage_facts.csv"
BOOSTS = {"special_national": 1.35, "national": 1.2}


def documents() -> list[Document]:
    """The 90 records of the register."""
    with FACTS.open(encoding="utf-8") as file:
        return [_document(pk, row) for pk, row in enumerate(csv.DictReader(file), 1)]


def _document(pk: int, row: dict[str, str]) -> Document:
    places = [row[name] for name in ("commune_old", "district_old", "province_old", "commune_new", "province_new")]
    unit = "/".join(filter(None, (row["province_new"], row["district_old"], row["commune_new"])))
    months = set(re.findall(r"(?:\d+/|month )(\d+)", row["lunar_dates"]))
    return Document(
        id=f"catalog.record:{pk}",
        kind=Kind.RECORD,
        number=row["id"],
        urls={"vi": f"/vi/di-san/{row['id']}/", "en": f"/en/heritage/{row['id']}/"},
        titles={"vi": row["name_vi"], "en": row["name_en"]},
        keywords=(*dict.fromkeys(filter(None, places)), *(f"Lễ hội tháng {month} âm lịch" for month in sorted(months))),
        identifiers=(row["decision_no"],) if row["decision_no"] else (),
        bodies={"vi": row["facts_vi"], "en": row["facts_en"]},
        facets={
            "kind": (f"record/{row['kind']}",),
            "rank": (row["rank"],) if row["rank"] else (),
            "type": tuple(filter(None, row["types"].split(";"))),
            "unit": (unit,) if unit else (),
            "lunar_month": tuple(sorted(months)),
        },
        location=(float(row["lat"]), float(row["lon"])) if row["lat"] else None,
        boost=BOOSTS.get(row["rank"], 1.0),
        modified=f"2026-01-{pk % 28 + 1:02d}T08:00:00+07:00",
    )
