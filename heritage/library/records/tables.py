"""Catalogue records as a table, one work a row; what is more than one stands with ` | ` between.

Out as CSV (RFC 4180); in from CSV of any encoding and separator, or from the first sheet of a workbook (XLSX).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.exports.formats import guarded
from heritage.catalog.imports import UnreadableFileError
from heritage.catalog.imports.sheets import Line, SheetFile, open_sheet
from heritage.core import meanings
from heritage.core.folding import fold, nfc
from heritage.library.models import Audience, Language, Licence
from heritage.library.records.description import Description
from heritage.library.records.errors import RecordsError

COLUMNS = (
    *("number", "title_vi", "title_en", "description_vi", "description_en", "language", "audience", "series"),
    *("series_number", "year", "licence", "isbns", "contributors", "subjects", "dewey", "records", "holding", "url"),
)
ALIASES = {
    "ma so": "number", "so hieu": "number", "ma sach": "number",
    "nhan de": "title_vi", "ten sach": "title_vi", "ten tai lieu": "title_vi", "title": "title_vi",
    "nhan de tieng anh": "title_en", "ten tieng anh": "title_en",
    "tom tat": "description_vi", "mo ta": "description_vi", "gioi thieu": "description_vi",
    "ngon ngu": "language", "doi tuong": "audience", "ban doc": "audience",
    "tung thu": "series", "bo sach": "series", "tap": "series_number", "so tap": "series_number",
    "nam": "year", "nam xuat ban": "year", "giay phep": "licence", "isbn": "isbns",
    "tac gia": "contributors", "author": "contributors", "authors": "contributors",
    "chu de": "subjects", "tu khoa": "subjects", "ddc": "dewey", "phan loai": "dewey", "ky hieu phan loai": "dewey",
    "ho so di san": "records", "kho": "holding", "noi luu giu": "holding", "dia chi": "url",
}  # fmt: skip
"""Headers by their folded form; every column's own name is known too."""
BETWEEN = " | "
MOST_ROWS = 100_000
CHOICES = {"language": Language, "audience": Audience, "licence": Licence}


def write(descriptions: Iterable[Description]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheets need to see; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    yield out.getvalue().encode("utf-8-sig")
    for one in descriptions:
        out.seek(0)
        out.truncate()
        row = {name: getattr(one, name) for name in COLUMNS}
        row["contributors"] = [f"{name} ({role})" for name, role in one.contributors]
        writer.writerow({name: guarded(as_text(value)) for name, value in row.items()})
        yield out.getvalue().encode()


def canonical(column: str) -> str:
    """The column that a header means, "" where it is not known."""
    folded = fold(column)
    named = folded.replace(" ", "_")
    return named if named in COLUMNS else ALIASES.get(folded.replace("_", " "), "")


naming_of = partial(meanings.naming_of, fields=COLUMNS)


def opened(path: Path, naming: Callable[[str], str] = canonical) -> tuple[SheetFile, list[str]]:
    """The table, and what each of its columns means ("" for nothing).

    Raises:
        RecordsError: it is no table, no column holds the title, or two columns mean the same.
    """
    try:
        sheet = open_sheet(path)
    except UnreadableFileError as error:
        raise RecordsError(str(error)) from error
    fields = [naming(column) for column in sheet.columns]
    if "title_vi" not in fields:
        raise RecordsError(_("The first line has to name the columns; the column title_vi is missing."))
    if twice := sorted({name for name in fields if name and fields.count(name) > 1}):
        raise RecordsError(_("Two columns mean the same: %(names)s.") % {"names": ", ".join(twice)})
    return sheet, fields


def read(path: Path, naming: Callable[[str], str] = canonical) -> Iterator[tuple[int, Description | str]]:
    """Each row by its line, or what is wrong with it.

    Raises:
        RecordsError: as `opened`, or there are too many rows.
    """
    sheet, fields = opened(path, naming)
    try:
        for count, line in enumerate(sheet.lines(), 1):
            if count > MOST_ROWS:
                raise RecordsError(_("The file has more than %(count)d rows.") % {"count": MOST_ROWS})
            yield line.number, line.fault or _description(sheet, fields, line)
    except UnreadableFileError as error:
        raise RecordsError(str(error)) from error


def _description(sheet: SheetFile, fields: list[str], line: Line) -> Description | str:
    said = dict.fromkeys(COLUMNS, "")
    said |= {name: sheet.tidy(cell) for name, cell in zip(fields, line.cells, strict=False) if name}
    if said["year"] and not (said["year"].isascii() and said["year"].isdigit() and len(said["year"]) == 4):
        return _("Column year: %(value)s is no year of four digits.") % {"value": said["year"][:40]}
    for name, choices in CHOICES.items():
        if said[name] and said[name] not in choices.values:
            told = {"column": name, "value": said[name][:40], "known": ", ".join(choices.values)}
            return _("Column %(column)s: %(value)s is none of %(known)s.") % told
    lists = {name: _parts(said[name]) for name in ("isbns", "subjects", "dewey", "records")}
    people = [_person(text) for text in _parts(said["contributors"])]
    values: dict[str, Any] = {name: said[name] for name in COLUMNS if name not in {*lists, "contributors", "year"}}
    values["language"] = values["language"] or Language.VI.value
    values |= {**lists, "contributors": people, "year": int(said["year"]) if said["year"] else None}
    return Description(**values)


def _person(text: str) -> tuple[str, str]:
    name, bracket, role = text.rpartition(" (")
    return (name, role.rstrip(")")) if bracket and role.endswith(")") and len(role) == 4 else (text, "aut")


def _parts(text: str) -> list[str]:
    return [nfc(part.strip()) for part in text.split(BETWEEN.strip()) if part.strip()]


def as_text(value: object) -> str:
    """A value of a description as one cell."""
    if isinstance(value, list):
        return BETWEEN.join(part.replace(BETWEEN.strip(), "/") for part in value)
    return "" if value is None else str(value)
