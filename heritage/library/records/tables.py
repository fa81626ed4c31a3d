"""Catalogue records as CSV (RFC 4180), one work a row; what is more than one stands with ` | ` between."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from heritage.core.folding import nfc
from heritage.library.records.description import Description
from heritage.library.records.marc import RecordsError

COLUMNS = (
    *("number", "title_vi", "title_en", "description_vi", "description_en", "language", "audience", "series"),
    *("series_number", "year", "licence", "isbns", "contributors", "subjects", "dewey", "records", "holding", "url"),
)
BETWEEN = " | "
MOST_ROWS = 100_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula gets an apostrophe in front, and loses it on the way back."""


def write(descriptions: Iterable[Description]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need to see."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for one in descriptions:
        row = {name: getattr(one, name) for name in COLUMNS}
        row["contributors"] = [f"{name} ({role})" for name, role in one.contributors]
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes) -> Iterator[tuple[int, Description | str]]:
    """Each row by its line, or what is wrong with it.

    Raises:
        RecordsError: it is no CSV in UTF-8, or has no column `title_vi`.
    """
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True)
        names = rows.fieldnames or []
        if "title_vi" not in names:
            raise RecordsError(_("The first line has to name the columns; the column title_vi is missing."))
        for place, row in enumerate(rows, 2):
            if place > MOST_ROWS:
                raise RecordsError(_("The file has more than %(count)d rows.") % {"count": MOST_ROWS})
            yield place, _description(row)
    except UnicodeDecodeError as error:
        raise RecordsError(_("The file is not in UTF-8; save it as CSV UTF-8.")) from error
    except csv.Error as error:
        raise RecordsError(_("The file is no CSV: %(error)s") % {"error": str(error)[:200]}) from error


def _description(row: dict) -> Description | str:
    said = {name: nfc(_bare((row.get(name) or "").strip())) for name in COLUMNS}
    if said["year"] and not (said["year"].isascii() and said["year"].isdigit() and len(said["year"]) == 4):
        return _("Column year: %(value)s is no year of four digits.") % {"value": said["year"][:40]}
    lists = {name: _parts(said[name]) for name in ("isbns", "subjects", "dewey", "records")}
    people = [_person(text) for text in _parts(said["contributors"])]
    values: dict[str, Any] = {name: said[name] for name in COLUMNS if name not in {*lists, "contributors", "year"}}
    values |= {**lists, "contributors": people, "year": int(said["year"]) if said["year"] else None}
    return Description(**values)


def _person(text: str) -> tuple[str, str]:
    name, bracket, role = text.rpartition(" (")
    return (name, role.rstrip(")")) if bracket and role.endswith(")") and len(role) == 4 else (text, "aut")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(BETWEEN.strip()) if part.strip()]


def _cell(value: object) -> str:
    text = BETWEEN.join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _bare(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in DANGEROUS else text
