"""Uploads by tus: in pieces, gone on with after a break, taken in by the worker, only for who may change the object."""

import base64
import errno
from collections import namedtuple
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from heritage.core import outbox
from heritage.core.models.change import Change
from heritage.iiif import uploads
from heritage.iiif.models import Canvas, State, Upload, UploadState
from tests.factories.accounts import UserFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.iiif.test_archives import zip_file
from tests.iiif.test_decoding import pdf_file

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("head", "a@b.vn", "x"))
    return client


@pytest.fixture
def book(db):
    return DigitalObjectFactory(identifier="SO1")


def begun(client, name: str, length: object, **headers: str):
    filename = base64.b64encode(name.encode()).decode()
    told = {**TUS, "Upload-Length": str(length), "Upload-Metadata": f"filename {filename}", **headers}
    return client.post(reverse("scan_uploads", args=["SO1"]), headers=told)


def sent(client, address: str, offset: int, data: bytes, content_type: str = "application/offset+octet-stream"):
    return client.patch(address, data, content_type=content_type, headers={**TUS, "Upload-Offset": str(offset)})


def arrived(client, path: Path) -> Upload:
    address = begun(client, path.name, path.stat().st_size)["Location"]
    assert sent(client, address, 0, path.read_bytes()).status_code == 204
    return Upload.objects.first()


def test_a_file_comes_in_pieces_with_a_break_between(staff, book, tmp_path):
    data = image_file(tmp_path, "Trang một.png", 300, 200).read_bytes()
    response = begun(staff, "Trang một.png", len(data))
    assert (response.status_code, response["Upload-Offset"], response["Tus-Resumable"]) == (201, "0", "1.0.0")
    address, half = response["Location"], len(data) // 2
    assert sent(staff, address, 0, data[:half])["Upload-Offset"] == str(half)
    again = staff.head(address, headers=TUS)
    assert (again["Upload-Offset"], again["Upload-Length"]) == (str(half), str(len(data)))
    assert "no-store" in again["Cache-Control"]
    assert sent(staff, address, half, data[half:]).status_code == 204
    assert staff.get(address).json()["state"] == "waiting"
    outbox.drain_all()
    assert staff.get(address).json()["state"] == "done"
    canvas = Canvas.objects.get()
    assert (canvas.state, canvas.original_name, canvas.width) == (State.READY, "Trang một.png", 300)
    assert not uploads.folder_of(Upload.objects.get()).exists()


def test_what_the_protocol_forbids_is_refused(staff, book, settings):
    settings.IIIF_MAX_UPLOAD_BYTES = 1000
    assert begun(staff, "a.png", 1001).status_code == 413
    assert begun(staff, "a.png", "ten").status_code == 400
    assert begun(staff, "", 10).status_code == 400
    assert begun(staff, "a.png", 10, **{"Upload-Metadata": "filename ???"}).status_code == 400
    assert begun(staff, "a.png", 10, **{"Tus-Resumable": "0.2"}).status_code == 412
    address = begun(staff, "a.png", 10)["Location"]
    assert sent(staff, address, 3, b"x").status_code == 409
    assert sent(staff, address, 0, b"x", "image/png").status_code == 415
    assert sent(staff, address, 0, b"x" * 11).status_code == 413
    assert staff.put(address, headers=TUS).status_code == 405
    assert "creation" in staff.options(address)["Tus-Extension"]
    assert staff.delete(address, headers=TUS).status_code == 204
    assert staff.head(address, headers=TUS).status_code == 404
    assert not Upload.objects.exists()


def test_a_name_cannot_lead_out_of_its_folder(staff, book):
    begun(staff, "../../../etc/passwd", 10)
    upload = Upload.objects.get()
    assert upload.name == "passwd"
    assert uploads.path_of(upload).parent == uploads.folder_of(upload)


def test_nobody_else_may_begin_or_go_on(staff, book, client, tmp_path):
    address = begun(staff, "a.png", 10)["Location"]
    other = get_user_model().objects.create_superuser("other", "b@b.vn", "x")
    client.force_login(other)
    assert sent(client, address, 0, b"x").status_code == 404
    client.force_login(UserFactory())
    assert begun(client, "a.png", 10).status_code in (302, 403, 404)
    client.logout()
    assert begun(client, "a.png", 10).status_code == 302


def test_a_full_disk_is_said_before_anything_is_sent(staff, book, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: namedtuple("Usage", "free")(1000))
    response = begun(staff, "a.png", 500)
    assert response.status_code == 507
    assert "đầy" in response.content.decode()


def test_a_zip_reports_each_file_it_refuses(staff, book, tmp_path):
    good = image_file(tmp_path, "1.png", 60, 40).read_bytes()
    arrived(staff, zip_file(tmp_path, {"1.png": good, "2.png": b"no picture"}))
    outbox.drain_all()
    upload = Upload.objects.get()
    assert upload.state == UploadState.DONE
    assert (upload.report["created"], [one["file"] for one in upload.report["refused"]]) == (1, ["2.png"])


def test_a_worker_killed_on_the_way_takes_the_rest_in_later(staff, book, tmp_path, monkeypatch):
    files = {f"{n}.png": image_file(tmp_path, f"{n}.png", 60 + n, 40).read_bytes() for n in range(3)}
    upload = arrived(staff, zip_file(tmp_path, files))
    from heritage.iiif import batches

    take_one, done = batches._take_one, []

    def killed(*args):
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(take_one(*args))

    with monkeypatch.context() as patch:
        patch.setattr(batches, "_take_one", killed)
        with pytest.raises(KeyboardInterrupt):
            outbox.drain_all()
    assert Canvas.objects.count() == 1
    outbox.drain_all()
    upload.refresh_from_db()
    assert (upload.state, upload.report["created"], upload.report["unchanged"]) == (UploadState.DONE, 2, 1)
    assert [one.original_name for one in Canvas.objects.all()] == ["0.png", "1.png", "2.png"]


def test_an_upload_that_meets_a_full_disk_is_kept_and_taken_in_later(staff, book, tmp_path, monkeypatch):
    upload = arrived(staff, image_file(tmp_path, "a.png", 60, 40))
    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full_disk)
        outbox.drain_all()
    upload.refresh_from_db()
    assert (upload.state, uploads.path_of(upload).exists()) == (UploadState.WAITING, True)
    assert "đầy" in upload.report["refused"][0]["reason"]
    Change.objects.update(retry_at=None)
    outbox.drain_all()
    upload.refresh_from_db()
    assert (upload.state, Canvas.objects.get().state) == (UploadState.DONE, State.READY)


def full_disk(*_args):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_the_pages_of_a_pdf_are_drawn_one_by_one_by_the_worker(staff, book, tmp_path):
    arrived(staff, pdf_file(tmp_path, "Mot", "Hai"))
    outbox.drain_all()
    assert [one.state for one in Canvas.objects.all()] == [State.READY, State.READY]


def test_what_stopped_arriving_is_given_up_after_a_week(staff, book):
    begun(staff, "a.png", 10)
    assert uploads.clear_old() == 0
    Upload.objects.update(modified_at=timezone.now() - uploads.KEPT * 2)
    folder = uploads.folder_of(Upload.objects.get())
    assert (uploads.clear_old(), folder.exists()) == (1, False)


def test_pages_are_moved_by_position_and_sorted_by_name(staff, book, tmp_path, django_assert_max_num_queries):
    from heritage.iiif import services

    for name in ("tr-10.png", "tr-2.png", "tr-1.png"):
        services.ingest(image_file(tmp_path, name, 40 + len(Canvas.objects.all()), 40), book)
    first, _second, last = Canvas.objects.all()
    with django_assert_max_num_queries(20):
        page = staff.get(reverse("scan_pages", args=["SO1"]))
    assert page.status_code == 200
    assert page.content.decode().count('data-w-orderable-target="handle"') == 3
    staff.post(reverse("scan_page_order", args=["SO1", last.pk]) + "?position=0")
    assert Canvas.objects.first() == last
    assert staff.post(reverse("scan_page_order", args=["SO1", 999_999])).status_code == 404
    staff.post(reverse("scan_pages_sort", args=["SO1"]))
    assert [one.original_name for one in Canvas.objects.all()] == ["tr-1.png", "tr-2.png", "tr-10.png"]
    assert first.pk == Canvas.objects.last().pk


def test_a_picture_is_replaced_under_its_identifier_by_who_may_change_it(staff, book, tmp_path, client):
    from heritage.iiif import services

    canvas = services.ingest(image_file(tmp_path, "1.png", 60, 40), book).canvases[0]
    address = reverse("scan_replace", args=["SO1", canvas.pk])
    assert address in staff.get(reverse("scan_pages", args=["SO1"])).content.decode()
    refused = staff.post(address, {"picture": SimpleUploadedFile("thu.png", b"a letter")})
    assert "thu.png" in refused.content.decode()
    many = SimpleUploadedFile("so.pdf", pdf_file(tmp_path, "Mot", "Hai").read_bytes())
    assert "so.pdf" in staff.post(address, {"picture": many}).content.decode()
    assert staff.post(address, {}).status_code == 200
    canvas.refresh_from_db()
    assert (canvas.width, canvas.state) == (60, State.READY)
    good = SimpleUploadedFile("2.png", image_file(tmp_path, "2.png", 90, 40).read_bytes())
    assert staff.post(address, {"picture": good}).status_code == 302
    canvas.refresh_from_db()
    assert (canvas.image_identifier, canvas.width, canvas.original_name) == ("SO1.1", 90, "2.png")
    client.force_login(UserFactory())
    assert client.get(address).status_code in (302, 403, 404)
