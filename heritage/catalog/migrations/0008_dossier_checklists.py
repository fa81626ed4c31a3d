"""The first checklists, and the rule of the ministry's opinion. Their wording was not compared with the circulars."""

from django.db import migrations

UNCHECKED = " (chưa đối chiếu bản gốc)"
MONUMENT = [
    ("request", "Đơn hoặc công văn đề nghị xếp hạng", "Request for ranking", True),
    ("history", "Lý lịch di tích", "History and description", True),
    ("location-map", "Bản đồ vị trí và đường đi đến di tích", "Location map", True),
    ("drawings", "Bản vẽ kỹ thuật", "Drawings", True),
    ("photographs", "Tập ảnh khảo tả", "Photographs", True),
    ("objects", "Bản thống kê di vật, cổ vật, bảo vật quốc gia", "Inventory of objects", True),
    ("inscriptions", "Bản dập, phiên âm, dịch nghĩa tư liệu Hán Nôm", "Rubbings, transcription and translation of Hán-Nôm", True),
    ("zones", "Biên bản và bản đồ khoanh vùng các khu vực bảo vệ", "Minutes and map of the protection zones", True),
    ("submission", "Tờ trình", "Submission letter", True),
    ("council", "Biên bản họp hội đồng thẩm định", "Minutes of the council", True),
    ("decision", "Quyết định xếp hạng", "Decision", True),
]
INTANGIBLE = [
    ("request", "Văn bản đề nghị", "Request", True),
    ("description", "Lý lịch di sản", "Description of the heritage", True),
    ("photographs", "Ảnh", "Photographs", True),
    ("recording", "Bản ghi hình, ghi âm", "Recordings", True),
    ("map", "Bản đồ phân bố di sản", "Map of where it is practised", False),
    ("consent", "Văn bản đồng thuận của cộng đồng chủ thể", "Consent of the community", True),
    ("submission", "Tờ trình", "Submission letter", True),
    ("council", "Biên bản họp hội đồng thẩm định", "Minutes of the council", True),
    ("decision", "Quyết định ghi danh", "Decision", True),
]
OBJECT = [
    ("request", "Văn bản đề nghị công nhận", "Request", True),
    ("description", "Bản thuyết minh hiện vật", "Description of the object", True),
    ("photographs", "Ảnh hiện vật", "Photographs", True),
    ("provenance", "Tài liệu về nguồn gốc và quyền sở hữu", "Provenance and ownership", True),
    ("condition", "Phiếu hiện trạng bảo quản", "Condition sheet", True),
    ("submission", "Tờ trình", "Submission letter", True),
    ("council", "Biên bản họp hội đồng thẩm định", "Minutes of the council", True),
    ("decision", "Quyết định công nhận", "Decision", True),
]
LISTS = [
    (
        "Hồ sơ di tích",
        "Dossier of a monument",
        "09/2011, 18/2022",
        "Thông tư 09/2011/TT-BVHTTDL, sửa đổi bởi Thông tư 18/2022/TT-BVHTTDL" + UNCHECKED,
        ";monument;component;",
        MONUMENT,
    ),
    (
        "Hồ sơ di sản văn hóa phi vật thể",
        "Dossier of intangible heritage",
        "1",
        "Theo thông lệ lập hồ sơ" + UNCHECKED,
        ";ich;festival;",
        INTANGIBLE,
    ),
    (
        "Hồ sơ hiện vật, bảo vật quốc gia, di sản tư liệu",
        "Dossier of an object, a treasure or documentary heritage",
        "1",
        "Theo thông lệ lập hồ sơ" + UNCHECKED,
        ";object;treasure;documentary;",
        OBJECT,
    ),
]
CONCERNED = [
    "special_national",
    "national_treasure",
    "unesco_representative",
    "unesco_urgent",
    "unesco_good_practices",
    "mowcap",
    "mow_international",
    "world_heritage",
    "unesco_masterpiece",
    "global_geopark",
]


def add(apps, schema_editor):
    checklist, line = apps.get_model("catalog", "Checklist"), apps.get_model("catalog", "ChecklistLine")
    for name_vi, name_en, version, basis, kinds, rows in LISTS:
        made = checklist.objects.create(name_vi=name_vi, name_en=name_en, version=version, basis=basis, kinds=kinds)
        for order, (code, vi, en, required) in enumerate(rows):
            line.objects.create(
                checklist=made, code=code, title_vi=vi, title_en=en, is_required=required, sort_order=order
            )
    apps.get_model("catalog", "OpinionRule").objects.create(
        since="2026-01-15", basis="Nghị định 308/2025/NĐ-CP" + UNCHECKED, ranks=CONCERNED
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_dossiers")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
