"""Scans in the admin: uploaded, labelled, sorted, refused with a reason; only within one's own units."""

from collections import namedtuple

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.iiif import owners
from heritage.iiif.models import Canvas, DigitalObject, State
from tests.factories.accounts import UserFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.factories.places import UnitFactory
from tests.iiif.test_decoding import pdf_file

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_iiif_digitalobject:add"
EDIT = "wagtailsnippets_iiif_digitalobject:edit"
LIST = "wagtailsnippets_iiif_digitalobject:list"


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("head", "a@b.vn", "x"))
    return client


def upload(folder, name, width=80):
    return SimpleUploadedFile(name, image_file(folder, name, width, 60).read_bytes())


def values(**changes):
    return {
        "identifier": "MT01",
        "label_vi": "Bản đồ",
        "label_en": "",
        "summary_vi": "",
        "summary_en": "",
        "attribution_vi": "",
        "attribution_en": "",
        "rights": "",
        "record_number": "",
        "unit": "",
        "access": "open",
        "audience": "full",
        "behavior": "individuals",
        "viewing_direction": "left-to-right",
        "canvases-TOTAL_FORMS": "0",
        "canvases-INITIAL_FORMS": "0",
        "canvases-MIN_NUM_FORMS": "0",
        "canvases-MAX_NUM_FORMS": "1000",
        **changes,
    }


def test_many_files_become_scans_sorted_by_name(staff, tmp_path):
    files = [upload(tmp_path, "tr-10.png", 90), upload(tmp_path, "tr-2.jpg", 80)]
    response = staff.post(reverse(ADD), values(scans=files))
    assert response.status_code == 302, response.context["form"].errors
    scans = Canvas.objects.order_by("order")
    assert [(one.width, one.state, one.original_name) for one in scans] == [
        (80, State.READY, "tr-2.jpg"),
        (90, State.READY, "tr-10.png"),
    ]


def test_identical_pages_stay_two_and_a_pdf_without_text_is_named(staff, tmp_path):
    pages = [upload(tmp_path, name) for name in ("trong-1.png", "trong-2.png")]
    pdf = SimpleUploadedFile("anh.pdf", pdf_file(tmp_path, "", name="anh.pdf").read_bytes())
    response = staff.post(reverse(ADD), values(scans=[*pages, pdf]), follow=True)
    assert [canvas.original_name for canvas in Canvas.objects.order_by("order")] == [
        "anh.pdf",
        "trong-1.png",
        "trong-2.png",
    ]
    said = [str(message) for message in response.context["messages"]]
    assert any("anh.pdf" in one and "không có lớp văn bản" in one for one in said)


def test_a_bad_file_is_named_and_nothing_typed_is_lost(staff, tmp_path):
    bad = SimpleUploadedFile("thu.jpg", b"a letter")
    cut = SimpleUploadedFile("cut.jpg", image_file(tmp_path, "x.jpg").read_bytes()[:4000])
    response = staff.post(reverse(ADD), values(scans=[bad, cut, upload(tmp_path, "good.png")]))
    assert response.status_code == 200
    errors = " ".join(response.context["form"].errors["scans"])
    assert "thu.jpg" in errors
    assert "cut.jpg" in errors
    assert "good.png" not in errors
    assert response.context["form"]["label_vi"].value() == "Bản đồ"
    assert not DigitalObject.objects.exists()


def test_a_full_disk_is_said_before_anything_is_saved(staff, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: namedtuple("Usage", "free")(1000))
    response = staff.post(reverse(ADD), values(scans=[upload(tmp_path, "a.png")]))
    assert "đầy" in " ".join(response.context["form"].errors["scans"])
    assert not DigitalObject.objects.exists()


def test_scans_are_labelled_sorted_removed_and_added(staff, scan, tmp_path, django_capture_on_commit_callbacks):
    from heritage.iiif import processing, services

    obj = scan.digital_object
    second = services.ingest(image_file(tmp_path, "2.png", 70, 60), obj).canvases[0]
    third = services.ingest(image_file(tmp_path, "3.png", 71, 60), obj).canvases[0]
    page = staff.get(reverse(EDIT, args=[obj.pk]))
    assert "TN01.1" in page.content.decode()
    changes = {"identifier": "CHANGED", "canvases-TOTAL_FORMS": "3", "canvases-INITIAL_FORMS": "3"}
    for n, (canvas, order, delete) in enumerate([(scan, 2, ""), (second, 1, ""), (third, 3, "on")]):
        prefix = f"canvases-{n}-"
        changes |= {f"{prefix}id": canvas.pk, f"{prefix}ORDER": order, f"{prefix}DELETE": delete}
        changes |= {f"{prefix}label_vi": f"Trang {n}", f"{prefix}label_en": ""}
    with django_capture_on_commit_callbacks(execute=True):
        response = staff.post(reverse(EDIT, args=[obj.pk]), values(**changes, scans=[upload(tmp_path, "4.png", 72)]))
    assert response.status_code == 302
    obj.refresh_from_db()
    assert obj.identifier == "TN01"
    assert [c.image_identifier for c in obj.canvases.all()] == ["TN01.2", "TN01.1", "TN01.4"]
    assert not processing.pyramid_path(third).exists()


def test_the_manifest_follows_an_edit_in_the_admin(staff, scan):
    address = "/iiif/presentation/3/TN01/manifest"
    staff.get(address)
    fields = {"canvases-TOTAL_FORMS": "1", "canvases-INITIAL_FORMS": "1", "canvases-0-id": scan.pk}
    fields |= {"canvases-0-ORDER": 1, "canvases-0-label_vi": "Mặt sau", "canvases-0-label_en": "Back"}
    staff.post(reverse(EDIT, args=[scan.digital_object_id]), values(identifier="TN01", **fields))
    assert staff.get(address).json()["items"][0]["label"]["en"] == ["Back"]


def test_a_scan_cannot_be_made_without_a_file(staff):
    fields = {"canvases-TOTAL_FORMS": "1", "canvases-0-label_vi": "x", "canvases-0-ORDER": "1", "canvases-0-id": ""}
    response = staff.post(reverse(ADD), values(**fields))
    assert response.status_code == 200
    assert not Canvas.objects.exists()


def test_scans_are_added_only_to_records_of_ones_own(staff, monkeypatch, tmp_path):
    attached = []
    monkeypatch.setattr(owners, "_owners", {"record": lambda number, obj: attached.append((number, obj.identifier))})
    monkeypatch.setattr(owners, "_may", {"record": lambda user, number: number == "TN01"})
    refused = staff.post(reverse(ADD), values(record_number="tn02"))
    assert "record_number" in refused.context["form"].errors
    assert staff.post(reverse(ADD), values(record_number="tn01")).status_code == 302
    assert attached == [("TN01", "MT01")]


def test_staff_see_and_change_the_objects_of_their_own_unit_only(client):
    here, there = UnitFactory(), UnitFactory()
    own, other = DigitalObjectFactory(unit=here), DigitalObjectFactory(unit=there)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=here))
    listed = client.get(reverse(LIST)).content.decode()
    assert own.identifier in listed
    assert other.identifier not in listed
    assert client.get(reverse(EDIT, args=[own.pk])).status_code == 200
    assert client.get(reverse(EDIT, args=[other.pk])).status_code in (302, 403, 404)


def test_a_draft_scan_is_seen_by_staff_of_its_unit_and_no_other(client, scan):
    here, there = UnitFactory(), UnitFactory()
    DigitalObject.objects.filter(pk=scan.digital_object_id).update(unit=here, access="staff")
    address = "/iiif/3/TN01.1/0,0,512,512/512,512/0/default.jpg"
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=there))
    assert client.get(address).status_code == 403
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=here))
    assert client.get(address).status_code == 200


def test_the_list_costs_the_same_for_many(staff, scan, django_assert_max_num_queries):
    for _ in range(20):
        DigitalObjectFactory()
    with django_assert_max_num_queries(25):
        staff.get(reverse(LIST))
