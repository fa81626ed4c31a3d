"""Imports ordered in the admin: previewed, mapped, tried, carried out by the worker, reported; rights by unit."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import User
from heritage.maps.imports import Rights, Terms, import_file, ordering
from heritage.maps.models import ColumnMapping, Place, PlaceImport
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x`"
ROWS = f"""Tên cơ sở,vĩ tuyến,kinh tuyến,loại,máy
Nhà nghỉ Một (mẫu),21.594,105.848,lodging,0000 000 001
=cmd {NASTY},0,0,lodging,
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    return client


def hand_in(client, text=ROWS, name="bảng.csv"):
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(reverse("place_imports"), {"file": file, "source": "Bảng mẫu", "licence": "", "kind": ""})
    assert answer.status_code == 302, answer.content.decode()
    return PlaceImport.objects.latest("pk")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_report_speaks_the_language_of_who_ordered_it(staff, language):
    staff.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    job = hand_in(staff, "name_vi,latitude,longitude,kind,unit_code\nNhà nghỉ Một,21.594,105.848,lodging,99999\n")
    meaning = {f"column_{n}": name for n, name in enumerate(("name_vi", "latitude", "longitude", "kind", "unit_code"))}
    staff.post(reverse("place_import", args=[job.pk]), meaning | {"action": "trial"})
    ordering.run_waiting()
    report = b"".join(staff.get(reverse("place_import_report", args=[job.pk])).streaming_content).decode("utf-8-sig")
    assert ("No present unit has this code." in report) is (language == "en")
    column = {"en": "code of the commune or ward (unit_code)", "vi": "mã xã, phường (unit_code)"}[language]
    assert f"{column}: " in report
    assert column in staff.get(reverse("place_import", args=[job.pk])).content.decode()


def test_a_file_is_previewed_mapped_tried_and_imported(staff):
    job = hand_in(staff)
    page = reverse("place_import", args=[job.pk])
    html = staff.get(page).content.decode()
    assert "Nhà nghỉ Một (mẫu)" in html
    assert "<img src=x" not in html
    meaning = {"column_0": "name_vi", "column_1": "latitude", "column_2": "longitude", "column_3": "kind",
               "column_4": "phone", "save_as": "Bảng của Sở"}  # fmt: skip
    assert staff.post(page, meaning | {"column_1": ""}).status_code == 200  # a place needs its latitude
    assert PlaceImport.objects.get().state == "draft"

    assert staff.post(page, meaning | {"action": "trial"}).status_code == 302
    assert staff.get(page + "?format=json").json()["state"] == "waiting"
    assert ordering.run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.figures["created"], job.figures["refused"]) == ("done", 1, 1)
    assert not Place.objects.exists()
    body = b"".join(staff.get(reverse("place_import_report", args=[job.pk])).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["outcome"] for row in rows] == ["created", "refused"]
    assert rows[1]["name"].startswith("'=cmd")
    assert "<img src=x" not in staff.get(page).content.decode()

    staff.post(page, meaning | {"action": "import"})
    ordering.run_waiting()
    assert Place.objects.get().source == "Bảng mẫu"
    job.refresh_from_db()
    assert not job.file
    assert staff.get(page).status_code == 200

    again = hand_in(staff)
    saved = ColumnMapping.objects.get()
    assert saved.columns["vĩ tuyến"] == "latitude"
    page = reverse("place_import", args=[again.pk])
    assert staff.get(page, {"mapping": saved.pk}).context["form"].fields["column_0"].initial == "name_vi"
    staff.post(page, meaning | {"action": "import"})
    ordering.run_waiting()
    again.refresh_from_db()
    assert (again.figures["unchanged"], again.figures["created"]) == (1, 0)


@pytest.mark.parametrize(("name", "text"), [("x.docx", "x"), ("x.csv", "")])
def test_what_is_no_file_of_places_is_refused(staff, name, text):
    answer = staff.post(reverse("place_imports"), {"file": SimpleUploadedFile(name, text.encode()), "source": "x"})
    assert answer.status_code == 200
    assert not PlaceImport.objects.exists()


def test_a_damaged_file_fails_with_the_reason(staff):
    job = hand_in(staff, "\x00\x00\x00\x0d not a pbf", "x.osm.pbf")
    assert "OpenStreetMap" in staff.get(reverse("place_import", args=[job.pk])).content.decode()
    ordering.order(job, dry_run=False)
    ordering.run_waiting()
    job.refresh_from_db()
    assert (job.state, bool(job.problem)) == ("failed", True)


def test_two_gigabytes_are_refused_before_they_are_read(staff):
    answer = staff.post(reverse("place_imports"), b"x", content_type="text/plain", CONTENT_LENGTH=str(2 * 1024**3))
    assert answer.status_code == 413
    assert "maps import" in answer.content.decode()


def test_who_may_not_publish_places_sees_nothing_of_it(client):
    client.force_login(User.objects.create_user("ai-do", "b@example.org", "mat-khau-dai"))
    job = PlaceImport.objects.create(name="x.csv")
    for url in (reverse("place_imports"), reverse("place_import", args=[job.pk])):
        assert client.get(url).status_code in (302, 403)


def test_rows_outside_one_s_units_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name_vi,latitude,longitude,kind\nNhà (mẫu),21.594,105.848,lodging\n", encoding="utf-8")
    report = import_file(path, Terms(rights=Rights(frozenset(), unplaced=False)))
    assert (report.created, [refusal.column for refusal in report.refusals]) == (0, ["unit_code"])


def test_withdrawn_places_and_drafts_under_way_stay_as_they_are(tmp_path):
    path = tmp_path / "a.csv"
    row = "name_vi,latitude,longitude,kind,phone,id\n{},21.594,105.848,lodging,{},k1\n"
    path.write_text(row.format("Nhà nghỉ (mẫu)", "0000 000 001"), encoding="utf-8")
    import_file(path)
    place = Place.objects.get()
    place.save_revision().publish()
    path.write_text(row.format("Nhà nghỉ (mẫu)", "0000 000 002"), encoding="utf-8")
    place.refresh_from_db()
    place.live = False
    place.save()
    assert import_file(path).unchanged == 1
    place.refresh_from_db()
    assert (place.live, place.phone) == (False, "0000 000 001")
    Place.objects.update(live=True, has_unpublished_changes=True)
    assert import_file(path).unchanged == 1
    Place.objects.update(has_unpublished_changes=False)
    assert import_file(path).updated == 1
    place.refresh_from_db()
    assert (place.live, place.phone) == (True, "0000 000 002")


def test_the_same_telephone_however_written_is_the_same_place(tmp_path):
    own = PlaceFactory(name_vi="Tên khác (mẫu)", phone="+84 900 000 001", latitude=21.5941)
    path = tmp_path / "a.csv"
    row = "Nhà (mẫu),21.594,105.848,lodging,0900.000.001"
    path.write_text(f"name_vi,latitude,longitude,kind,phone\n{row}\n", encoding="utf-8")
    report = import_file(path)
    assert (report.created, report.updated) == (0, 1)
    assert Place.objects.get().number == own.number
