"""One invented monument with all that a register keeps of a monument: zones, dossier, survey, repair, report.

Everything says on its face that it is a sample; the real records get no invented zone, paper or visit.
"""

import datetime as dt
import uuid
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from heritage.accounts.models import User
from heritage.catalog import services
from heritage.catalog.dossiers import services as dossiers
from heritage.catalog.models import (
    Custodian,
    Custody,
    DamageKind,
    DamageReport,
    Dossier,
    Kind,
    ProtectionZone,
    Rank,
    Record,
    Restoration,
    RestorationPhase,
    Survey,
    ZoneKind,
)
from heritage.catalog.surveys import services as surveys
from heritage.demo import ink
from heritage.places.queries import current_unit

NUMBER = "MAU01"
UNIT = "05602"
POINT = (21.8452, 105.5617)
"""Latitude and longitude of a spot in the commune that stands for nothing."""
KEY = uuid.UUID("5a4d0000-0000-4000-8000-000000000001")
SAYS_SO = "Bản mẫu, không có thật"
PAGES = (
    (
        "Lý lịch di tích (bản mẫu)",
        "Tờ này do phần mềm viết ra để xem một hồ sơ khoa học được cất giữ ra sao.",
        "Không có di tích nào mang tên này; mọi điều ghi ở đây đều là ví dụ.",
    ),
    (
        "Khảo tả (bản mẫu)",
        "Một hồ sơ thật sẽ tả kiến trúc, hiện vật, lễ hội và tình trạng bảo vệ ở trang này.",
        "Cán bộ lập hồ sơ thay bản mẫu bằng tệp của mình, rồi ký xác nhận đã kiểm tra.",
    ),
)
SHELF = "Kệ mẫu 1"


@transaction.atomic
def load() -> bool:
    """Make the sample once; False where it is there already."""
    unit = current_unit(UNIT)
    if unit is None or Record.objects.filter(number=NUMBER).exists():
        return False
    record = _record(unit)
    user = User.objects.filter(username="xa.phudinh").first()
    _dossier(record, user)
    survey = _survey(record, user) if user else None
    _repair(record, survey)
    board = Custodian.objects.filter(is_sample=True).first()
    if board:
        Custody.objects.create(custodian=board, record=record, sort_order=1)
    return True


def _record(unit: Any) -> Record:
    record = Record(
        number=NUMBER,
        kind=Kind.MONUMENT,
        name_vi="Đình Mẫu (hồ sơ mẫu, không có thật)",
        name_en="Sample communal house (invented, for demonstration)",
        types=["architectural"],
        unit=unit,
        latitude=POINT[0],
        longitude=POINT[1],
        coord_accuracy_m=500,
        coord_basis="commune",
        coord_note=SAYS_SO,
        summary_vi="Hồ sơ mẫu do phần mềm đặt ra, để xem khu vực bảo vệ, hồ sơ khoa học và khảo sát ra sao.",
        summary_en="A sample made by the software, to show zones, a dossier and a survey. No such place exists.",
        unknown_vi="Không có gì ở đây là thật: đừng trích dẫn hồ sơ này.",
        unknown_en="Nothing here is real: do not cite this record.",
        live=False,
    )
    record.zones.set([_zone(ZoneKind.ONE, 0.00030, "3450"), _zone(ZoneKind.TWO, 0.00085, "27000")])
    record.full_clean()
    record.save()
    return services.publish(record)


def _zone(kind: ZoneKind, reach: float, stated: str) -> ProtectionZone:
    """Six corners about the point, `reach` degrees away."""
    latitude, longitude = POINT
    corners = [(-1, -0.8), (0.2, -1), (1, -0.5), (0.9, 0.7), (0, 1), (-1.1, 0.6)]
    ring = [[round(longitude + x * reach, 6), round(latitude + y * reach, 6)] for x, y in [*corners, corners[0]]]
    return ProtectionZone(
        kind=kind,
        geometry={"type": "Polygon", "coordinates": [ring]},
        stated_area_m2=stated,
        source=f"{SAYS_SO} (biên bản khoanh vùng mẫu)",
        valid_from=dt.date(2026, 1, 5),
    )


def _dossier(record: Record, user: User | None) -> Dossier:
    dossier = dossiers.open_dossier(record, Rank.PROVINCIAL, user, shelf_mark=SHELF)
    dossiers.fill(dossier)
    items = {item.line.code: item for item in dossier.items.select_related("line") if item.line}
    given = {
        "history": ("ly-lich-mau.pdf", "application/pdf", _pdf()),
        "location-map": ("ban-do-mau.jpg", "image/jpeg", _picture("map")),
        "photographs": ("anh-mau.jpg", "image/jpeg", _picture("photograph")),
    }
    for code, (name, media_type, content) in given.items():
        item = items[code]
        dossiers.add_file(item, SimpleUploadedFile(name, content, media_type), user)
        item.pages, item.paper_form, item.shelf_mark, item.is_public = 2, "copy", SHELF, code == "history"
        item.note = SAYS_SO
        dossiers.save_item(item, user, checked=bool(user) and code == "history")
    absent = items["inscriptions"]
    absent.not_applicable = "Di tích mẫu không có Hán-Nôm"
    dossiers.save_item(absent, user)
    return dossier


def _pdf() -> bytes:
    first, *others = (ink.book_page((1240, 1754), text, number)[0] for number, text in enumerate(PAGES, 1))
    out = BytesIO()
    first.save(out, "PDF", resolution=150, save_all=True, append_images=others)
    return out.getvalue()


def _picture(kind: str) -> bytes:
    chance = Random(f"{NUMBER}-{kind}")  # noqa: S311 - a drawing, not a secret
    image = ink.old_map((4000, 3000), chance) if kind == "map" else ink.rubbing((3000, 4000), chance)
    image.thumbnail((1600, 1600))
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def _survey(record: Record, user: User) -> Survey:
    values = {
        "number": record.number,
        "visited_on": "2026-02-03",
        "surveyor": "Cán bộ khảo sát (mẫu)",
        "grade": "fair",
        "threats": ["damp", "encroachment"],
        "description": f"{SAYS_SO}: mái lợp dột một góc, cột bên trái có vết mọt.",
        "recommended": f"{SAYS_SO}: đảo ngói, phun thuốc chống mối.",
        "latitude": str(POINT[0]),
        "longitude": str(POINT[1]),
        "accuracy_m": "8",
        "photographs_expected": "1",
    }
    survey, _made = surveys.receive(user, KEY, values)
    upload = SimpleUploadedFile("anh.jpg", _picture("photograph"), "image/jpeg")
    key = uuid.UUID(int=KEY.int + 1)
    photograph, _made = surveys.receive_photograph(user, survey, key, upload, {"caption": "Hình vẽ mẫu"})
    survey.is_public = True
    survey.save(update_fields=["is_public"])
    surveys.show(survey, {photograph.pk}, {}, user, may_show=True)
    return survey


def _repair(record: Record, survey: Survey | None) -> None:
    restoration = Restoration.objects.create(
        record=record,
        project="Đảo ngói, thay rui mè (dự án mẫu)",
        decision_number="00/QĐ-MAU",
        contractor="Đơn vị thi công (mẫu)",
        funding="Nguồn vốn mẫu",
        cost=1_000_000,
        started_on=dt.date(2026, 3, 2),
        description=SAYS_SO,
        is_public=True,
    )
    RestorationPhase.objects.create(restoration=restoration, name="Giai đoạn mẫu 1", started_on=dt.date(2026, 3, 2))
    DamageReport.objects.create(
        record=record,
        survey=survey,
        kind=DamageKind.ENCROACHMENT,
        reported_on=dt.date(2026, 2, 4),
        reported_by="Người báo (mẫu)",
        description=f"{SAYS_SO}: dựng lán trong khu vực bảo vệ II.",
        handled_by="Tổ xử lý (mẫu)",
        deadline=dt.date(2026, 12, 31),
    )
