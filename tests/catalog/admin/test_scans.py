"""Scans reach a record through the admin, and are private while it is."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from heritage.accounts.models import Role
from heritage.catalog import services
from heritage.catalog.admin.scans import free_identifier
from heritage.iiif.models import Access, DigitalObject
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory
from tests.factories.iiif import DigitalObjectFactory

pytestmark = pytest.mark.django_db


def picture(name="bia.jpg", size=(700, 500)):
    file = io.BytesIO()
    Image.new("RGB", size, "#a33").save(file, "JPEG")
    file.seek(0)
    file.name = name
    return file


@pytest.fixture
def editor(client, here):
    client.force_login(here.editor)
    return client


def address(record):
    return reverse(f"{NAMESPACE}:scans", args=[record.pk])


def test_files_become_a_digital_object_of_the_record(editor, here):
    data = {"label_vi": "Bia chùa", "scans": [picture("10.jpg"), picture("9.jpg", (640, 480))]}
    assert editor.post(address(here.draft), data).status_code == 302
    made = DigitalObject.objects.get(record_objects__record=here.draft)
    assert made.identifier == here.draft.number
    assert made.access == Access.STAFF
    assert made.unit == here.unit
    assert [canvas.original_name for canvas in made.canvases.all()] == ["9.jpg", "10.jpg"]
    assert free_identifier(here.draft.number) == f"{here.draft.number}-2"
    form = editor.get(reverse(f"{NAMESPACE}:edit", args=[here.draft.pk])).content.decode()
    assert "Bia chùa" in form


def test_a_file_that_is_no_picture_is_named_and_nothing_is_kept(editor, here):
    wrong = io.BytesIO(b"khong phai anh")
    wrong.name = "bia.jpg"
    answer = editor.post(address(here.draft), {"label_vi": "Bia chùa", "scans": [wrong]})
    assert answer.status_code == 200
    assert "bia.jpg" in answer.content.decode()
    assert 'value="Bia chùa"' in answer.content.decode()
    assert not DigitalObject.objects.exists()


def test_a_viewer_adds_nothing(client, here):
    client.force_login(UserFactory(role=Role.VIEWER, unit=here.unit))
    assert client.post(address(here.draft), {"label_vi": "x", "scans": [picture()]}).status_code == 302
    assert not DigitalObject.objects.exists()


def scan_of(record, label="Bia chùa"):
    return services.attach_object(record, DigitalObjectFactory(label_vi=label, unit=record.unit)).digital_object


def change(client, record, scan, what, reason="Quét nhầm bia"):
    url = reverse(f"{NAMESPACE}:scan", args=[record.pk, scan.pk])
    return client.get(url), client.post(url, {"what": what, "reason": reason})


def test_a_scan_is_kept_for_staff_or_taken_away_and_the_history_says_why(client, here):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit))
    scan = scan_of(here.public)
    assert scan.access == Access.OPEN
    screen, done = change(client, here.public, scan, "kept")
    assert "Bia chùa" in screen.content.decode()
    assert done.url.endswith("#tab-scans")
    scan.refresh_from_db()
    assert scan.access == Access.STAFF
    assert change(client, here.public, scan, "away", reason="")[1].status_code == 200
    change(client, here.public, scan, "away", reason="Bia của chùa bên cạnh")
    assert not here.public.record_objects.exists()
    assert change(client, here.public, scan, "away")[1].status_code == 404
    history = client.get(reverse(f"{NAMESPACE}:history", args=[here.public.pk])).content.decode()
    for said in ("Thêm bản quét", "Để bản quét cho riêng cán bộ xem", "Gỡ bản quét", "Bia của chùa bên cạnh"):
        assert said in history


def test_who_may_not_publish_changes_the_scans_of_drafts_only(editor, here):
    public, draft = scan_of(here.public), scan_of(here.draft)
    for what in ("kept", "away"):
        assert "đang công khai" in change(editor, here.public, public, what)[1].content.decode()
    assert change(editor, here.draft, public, "away")[1].status_code == 404
    assert change(editor, here.draft, draft, "away")[1].status_code == 302
    assert here.public.record_objects.get().is_restricted is False
    assert not here.draft.record_objects.exists()
