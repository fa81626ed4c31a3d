"""What the columns of a file of records mean: as its names say, as a saved meaning says, or as a person chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from heritage.catalog.imports.reading import COLUMNS, EXTERNAL_ID
from heritage.catalog.imports.sheets import SheetFile, open_sheet
from heritage.core import meanings
from heritage.core.folding import fold
from heritage.core.meanings import LONGEST_CELL, PREVIEWED

FIELDS = [*COLUMNS, EXTERNAL_ID]
"""What a column may be said to mean."""
ALIASES = {
    "stt": "",
    "ma": "id",
    "ma so": "id",
    "ma ho so": "id",
    "so ho so": "id",
    "number": "id",
    "ten": "name_vi",
    "ten di tich": "name_vi",
    "ten di san": "name_vi",
    "ten goi": "name_vi",
    "ten tieng anh": "name_en",
    "nhom": "kind",
    "loai di san": "kind",
    "loai hinh": "types",
    "loai hinh di tich": "types",
    "loai hinh di san phi vat the": "ich_category",
    "cap xep hang": "rank",
    "xep hang": "rank",
    "danh muc khac": "other_lists",
    "so quyet dinh": "decision_no",
    "ngay quyet dinh": "decision_date",
    "co quan ban hanh": "decision_authority",
    "co quan quyet dinh": "decision_authority",
    "nam quyet dinh": "decision_year",
    "xa cu": "commune_old",
    "huyen cu": "district_old",
    "tinh cu": "province_old",
    "xa": "commune_new",
    "xa phuong": "commune_new",
    "ten xa": "commune_new",
    "ma xa": "commune_new_code",
    "ma don vi": "commune_new_code",
    "tinh": "province_new",
    "vi do": "lat",
    "latitude": "lat",
    "kinh do": "lon",
    "longitude": "lon",
    "lng": "lon",
    "thuoc": "part_of_id",
    "thuoc di tich": "part_of_id",
    "ngay am lich": "lunar_dates",
    "tom tat": "facts_vi",
    "mo ta": "facts_vi",
    "nguon": "source",
    "nguon tai lieu": "source",
    "ma ngoai": EXTERNAL_ID,
    "external id": EXTERNAL_ID,
}
"""Headers by their folded form; every column's own name is known too."""


@dataclass(frozen=True)
class Preview:
    """The first rows of a file, and the first cells in old letters: as they stand, and as they would be."""

    sheet: SheetFile
    rows: list[list[str]]
    changed: list[tuple[str, str]]

    @property
    def columns(self) -> list[str]:
        return list(self.sheet.columns)

    @property
    def fields(self) -> list[str]:
        return list(self.sheet.columns)


def canonical(column: str) -> str:
    """The column that a header means, "" where it is not known."""
    folded = fold(column)
    plain = folded.replace("_", " ")
    named = folded.replace(" ", "_")
    return named if named in FIELDS else ALIASES.get(plain, "")


naming_of = partial(meanings.naming_of, fields=FIELDS)


def suggested(columns: Iterable[str], saved: Mapping[str, str] | None = None) -> dict[str, str]:
    """A meaning, or "", for each column: as `saved` has it, else as its name says; none twice."""
    return meanings.suggested(columns, saved, FIELDS, canonical)


def gone(sheet: SheetFile, saved: Mapping[str, str]) -> list[str]:
    """Columns that a saved meaning speaks of and the file has not."""
    return meanings.gone(sheet.columns, saved)


def preview(path: Path, letters: str = "") -> Preview:
    """The first rows of a file as they would be read in `letters`.

    Raises:
        UnreadableFileError: the file as a whole cannot be taken.
    """
    sheet = open_sheet(path, letters)
    lines = list(islice(sheet.lines(), PREVIEWED))
    rows = [[sheet.tidy(cell)[:LONGEST_CELL] for cell in line.cells] for line in lines]
    turned = open_sheet(path, sheet.recognised) if sheet.recognised else sheet
    pairs = ((cell.strip()[:LONGEST_CELL], turned.tidy(cell)[:LONGEST_CELL]) for line in lines for cell in line.cells)
    return Preview(sheet, rows, [(old, new) for old, new in pairs if old != new][:PREVIEWED])
