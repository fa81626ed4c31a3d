"""Imports of the register ordered in the admin: mapped, tried, carried out, reported, undone; rights by unit."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import UnitRole, User
from heritage.accounts.roles import Role
from heritage.catalog import services
from heritage.catalog.imports import ordering
from heritage.catalog.models import Deed, Record, RecordMeaning, RegisterImport
from heritage.core import identifiers
from heritage.core.letters import to_letters
from heritage.core.models import Identifier
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db
ROWS = """Mã số,Tên di tích,Nhóm,Loại hình,Xếp hạng,Ghi chú riêng
TN01,Đình Một,di tích,lịch sử,,x
TN02,=cmd|' /C calc'!A0,di tích,,,
TN03,Đình Ba,chùa,,,<script>alert(1)</script>
TN01,Đình Bốn,di tích,,,
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    return client


def hand_in(client, content, name="bảng.csv", **values):
    data = content if isinstance(content, bytes) else content.encode()
    answer = client.post(reverse("register_imports"), {"file": SimpleUploadedFile(name, data), **values})
    assert answer.status_code == 302, answer.content.decode()
    return RegisterImport.objects.latest("pk")


def page_of(job):
    return reverse("register_import", args=[job.pk])


def meaning(client, job, **changes):
    """What the form suggests for each column, as a browser would send it."""
    form = client.get(page_of(job)).context["form"]
    values = {
        name: form.initial.get(name, field.initial) or ""
        for name, field in form.fields.items()
        if name.startswith(("column_", "letters"))
    }
    return values | changes


def run(client, job, action="import", **changes):
    answer = client.post(page_of(job), meaning(client, job, action=action, **changes))
    assert answer.status_code == 302, answer.content.decode()
    assert ordering.run_waiting() == 1
    job.refresh_from_db()
    return job


def report(client, job):
    body = b"".join(client.get(reverse("register_import_report", args=[job.pk])).streaming_content)
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_a_file_is_previewed_mapped_tried_imported_and_undone(staff, units):
    job = hand_in(staff, ROWS)
    html = staff.get(page_of(job)).content.decode()
    assert "Đình Một" in html
    assert "<script>alert(1)" not in html
    assert meaning(staff, job)["column_1"] == "name_vi"
    refused = staff.post(page_of(job), meaning(staff, job, column_0="", action="import"))
    assert "id" in refused.content.decode()
    assert refused.status_code == 200

    run(staff, job, "trial", save_as="Bảng của Sở")
    assert (job.state, job.figures["created"], job.figures["refused"]) == ("done", 1, 3)
    assert not Record.objects.exists()
    rows = report(staff, job)
    assert [(row["line"], row["field"]) for row in rows] == [("2", ""), ("3", "name_vi"), ("4", "kind"), ("5", "id")]
    assert rows[1]["value"].startswith("'=cmd")
    assert "monument" in rows[2]["remedy"]
    assert all(row["reason"] and row["remedy"] and "|" not in row["reason"] for row in rows[1:])

    run(staff, job)
    record = Record.objects.get()
    assert (record.number, record.kind, record.types, record.live) == ("TN01", "monument", ["historical"], False)
    assert RecordMeaning.objects.get().columns["Mã số"] == "id"
    html = staff.get(page_of(job)).content.decode()
    assert reverse("register_import_undo", args=[job.pk]) in html
    assert "Đình Một" not in html  # what is in is not mapped anew

    staff.post(reverse("register_import_undo", args=[job.pk]), {"action": "undo"})
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.figures["undo"], job.is_in) == ({"undone": 1, "kept": 0}, False)
    assert Identifier.objects.get(number="TN01").state == "withdrawn"
    again = run(staff, hand_in(staff, ROWS))
    assert (again.figures["created"], Identifier.objects.get(number="TN01").state) == (1, "active")
    assert Record.objects.count() == 1


def test_a_saved_meaning_says_which_columns_are_gone(staff, units):
    saved = RecordMeaning.objects.create(name="Cũ", columns={"Mã số": "id", "Tên cũ": "name_vi", "Bỏ": ""})
    job = hand_in(staff, ROWS)
    page = staff.get(page_of(job), {"mapping": saved.pk})
    assert page.context["gone"] == ["Tên cũ (name_vi)"]
    job.mapping = saved.columns
    job.save()
    ordering.order(job, Deed.IMPORT)
    ordering.run_waiting()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "Tên cũ (name_vi)" in job.problem


def test_undoing_spares_what_people_have_done_since(staff, units):
    RecordFactory(number="TN00", name_vi="Đình cũ", summary_vi="")
    text = "Mã số,Tên di tích,Nhóm,Tóm tắt\n" + "".join(f"TN0{n},Đình {n},di tích,Một\n" for n in range(1, 5))
    run(staff, hand_in(staff, text))
    changed = "Mã số,Tóm tắt\nTN01,Hai\nTN02,Hai\nTN03,Hai\nTN05,Hai\n"
    job = run(staff, hand_in(staff, changed))
    assert (job.figures["updated"], job.figures["refused"]) == (3, 1)  # TN05 is not there and lacks a name
    edited = Record.objects.get(number="TN02")
    edited.summary_vi = "Sửa tay"
    edited.save()
    services.publish(Record.objects.get(number="TN03"))

    staff.post(reverse("register_import_undo", args=[job.pk]), {"action": "undo"})
    ordering.run_waiting()
    job.refresh_from_db()
    assert job.figures["undo"] == {"undone": 2, "kept": 1}
    summaries = dict(Record.objects.values_list("number", "summary_vi"))
    assert (summaries["TN01"], summaries["TN02"], summaries["TN03"]) == ("Một", "Sửa tay", "Một")
    kept = next(row for row in report(staff, job) if row["number"] == "TN02")
    assert (kept["field"], "facts_vi" in kept["reason"]) == ("facts_vi", True)
    assert Record.objects.get(number="TN03").latest_revision.as_object().summary_vi == "Một"

    first = RegisterImport.objects.earliest("pk")
    staff.post(reverse("register_import_undo", args=[first.pk]), {"action": "undo"})
    ordering.run_waiting()
    first.refresh_from_db()
    assert first.figures["undo"] == {"undone": 2, "kept": 2}  # one edited by hand, one published
    states = dict(Identifier.objects.values_list("number", "state"))
    assert (states["TN01"], states["TN02"], states["TN03"]) == ("withdrawn", "active", "active")


@pytest.mark.parametrize("letters", ["tcvn3", "vni"])
def test_old_letters_are_offered_previewed_and_converted(staff, units, letters):
    text = "Mã số,Tên di tích,Nhóm,Tóm tắt\nTN05,Đền Đuổm,di tích,Thờ Dương Tự Minh ở huyện Phú Lương\n"
    old = to_letters(text, letters)
    for content in (old.encode("cp1252"), old.encode("utf-8")):
        job = hand_in(staff, content)
        seen = staff.get(page_of(job)).context["seen"]
        assert (seen.sheet.recognised, seen.sheet.letters) == (letters, letters)
        assert (to_letters("Đền Đuổm", letters), "Đền Đuổm") in seen.changed
        as_it_stands = staff.get(page_of(job), {"letters": ""}).context["seen"]
        assert as_it_stands.rows[0][1] == to_letters("Đền Đuổm", letters)
        run(staff, job)
    assert Record.objects.get().summary_vi == "Thờ Dương Tự Minh ở huyện Phú Lương"
    assert RegisterImport.objects.latest("pk").figures["unchanged"] == 1


def test_a_provider_s_keys_stand_for_numbers(staff, units):
    text = "Mã ngoài,Tên di tích,Nhóm\na-1,Đình Một,di tích\na-2,Đình Hai,di tích\n"
    job = run(staff, hand_in(staff, text))
    assert (job.figures["refused"], Record.objects.count()) == (2, 0)
    job = run(staff, hand_in(staff, text, provider="Bảo tàng"))
    assert sorted(Record.objects.values_list("number", flat=True)) == ["DS-000001", "DS-000002"]
    job = run(staff, hand_in(staff, text.replace("Hai", "Ba"), provider="Bảo tàng"))
    assert (job.figures["updated"], job.figures["unchanged"], Record.objects.count()) == (1, 1, 2)
    assert Record.objects.get(number="DS-000002").name_vi == "Đình Ba"
    job = run(staff, hand_in(staff, text, provider="Nơi khác"))
    assert (job.figures["created"], Record.objects.count()) == (2, 4)


def test_json_is_a_table_too(staff, units):
    job = hand_in(
        staff, '[{"id": "TN01", "name_vi": "Đình Một", "kind": "monument", "types": ["scenic"]}, 5]', "x.json"
    )
    run(staff, job)
    assert (job.figures["created"], job.figures["refused"]) == (1, 1)
    assert Record.objects.get().types == ["scenic"]
    job = hand_in(staff, '{"id": "TN01", "name_vi": "Đình Một"}\n{"id": \n', "x.jsonl")
    assert run(staff, job).figures["unchanged"] == 1


def test_rows_outside_one_s_units_are_refused(client, units):
    user = User.objects.create_user("xa", "c@example.org", "mat-khau-dai")
    UnitRole.objects.create(user=user, role=Role.COMMUNE_EDITOR, unit=units["05611"])
    client.force_login(user)
    RecordFactory(number="TN08", name_vi="Đình Tám", unit=units["05611"])
    RecordFactory(number="HU01", name_vi="Của xã khác", unit=units["19753"], live=False)
    text = "id,name_vi,kind,commune_new_code\nTN01,Đình,monument,05611\nHU02,Đình,monument,19753\n"
    text += "HU01,Đổi,monument,19753\nTN09,Không xã,monument,\nTN08,Đổi,monument,05611\n"
    job = run(client, hand_in(client, text))
    rows = {row["number"]: row for row in report(client, job)}
    assert rows["TN01"]["field"] == ""
    assert {number: rows[number]["field"] for number in ("HU02", "HU01", "TN09", "TN08")} == {
        "HU02": "commune_new_code",
        "HU01": "id",
        "TN09": "commune_new_code",
        "TN08": "id",
    }
    assert Record.objects.get(number="TN08").name_vi == "Đình Tám"
    client.force_login(User.objects.create_user("ai-do", "d@example.org", "mat-khau-dai"))
    for url in (reverse("register_imports"), page_of(job)):
        assert client.get(url).status_code in (302, 403)


def test_a_sheet_of_ranks_leaves_the_rest_of_the_decisions(staff, units):
    text = "id,name_vi,kind,Xếp hạng,Số quyết định,Ngày quyết định,Danh mục khác\n"
    run(staff, hand_in(staff, text + "TN01,Đình,ich,cấp quốc gia,1/QĐ,10/5/2012,UNESCO RL 2019\n"))
    job = run(staff, hand_in(staff, "id,Xếp hạng,Số quyết định\nTN01,cấp quốc gia,2/QĐ\n"))
    assert job.figures["updated"] == 1
    acts = {act.rank: (act.decision_number, act.decided_year) for act in Record.objects.get().designations.all()}
    assert acts == {"national": ("2/QĐ", 2012), "unesco_representative": ("", 2019)}
    assert run(staff, hand_in(staff, "id,Xếp hạng\nTN01,cấp quốc gia\n")).figures["unchanged"] == 1
    staff.post(reverse("register_import_undo", args=[job.pk]), {"action": "undo"})
    ordering.run_waiting()
    assert Record.objects.get().designations.filter(decision_number="1/QĐ").exists()


def test_what_people_withdrew_an_import_does_not_bring_back(staff, units):
    job = run(staff, hand_in(staff, ROWS))
    services.withdraw(Record.objects.get(), "Sai")
    job = run(staff, hand_in(staff, ROWS.replace("Đình Một", "Đình Mới")))
    assert (job.figures["updated"], job.figures["refused"]) == (0, 4)
    assert identifiers.of(Record.objects.get()).state == "withdrawn"


@pytest.mark.parametrize(("name", "text"), [("x.docx", "x"), ("x.csv", "")])
def test_what_is_no_file_of_records_is_refused(staff, name, text):
    answer = staff.post(reverse("register_imports"), {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 200
    assert not RegisterImport.objects.exists()


def test_two_gigabytes_are_refused_before_they_are_read(staff):
    answer = staff.post(reverse("register_imports"), b"x", content_type="text/plain", CONTENT_LENGTH=str(2 * 1024**3))
    assert answer.status_code == 413
    assert "catalog import" in answer.content.decode()
