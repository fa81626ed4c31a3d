"""The units that the real register speaks of, and a way to write small registers."""

import csv
import io

import pytest

from heritage.catalog.imports.reading import COLUMNS
from heritage.places.models import Unit
from heritage.places.models.unit import REORGANISATION, Level


@pytest.fixture
def units(db):
    """Two communes in force, in two provinces."""
    made = {}
    for province_code, province, code, name in [
        ("19", "Tỉnh Thái Nguyên", "05611", "Xã Phú Lương"),
        ("46", "Thành phố Huế", "19753", "Phường Phú Xuân"),
    ]:
        above = Unit.objects.create(code=province_code, level=Level.PROVINCE, name=province, valid_from=REORGANISATION)
        made[code] = Unit.objects.create(
            code=code, level=Level.COMMUNE, name=name, parent=above, province=above, valid_from=REORGANISATION
        )
    return made


ROW = {
    "id": "TN05",
    "name_vi": "Đền Đuổm",
    "name_en": "Duom Temple",
    "kind": "monument",
    "types": "historical",
    "rank": "national",
    "commune_old": "Xã Động Đạt",
    "district_old": "Huyện Phú Lương",
    "province_old": "Tỉnh Thái Nguyên",
    "commune_new": "Xã Phú Lương",
    "commune_new_code": "05611",
    "province_new": "Tỉnh Thái Nguyên",
    "confidence": "sourced",
    "source": "nguồn mẫu",
}


@pytest.fixture
def register(tmp_path):
    """Writes rows (each over `ROW`) as a register and returns its path."""

    def write(*rows, encoding="utf-8", columns=COLUMNS, delimiter=",", name="register.csv"):
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, extrasaction="ignore", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write
