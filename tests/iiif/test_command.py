"""`manage.py iiif`: what a curator with a folder of scans does."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from heritage.iiif import originals, owners, services
from heritage.iiif.models import Access, Canvas, DigitalObject
from tests.factories.iiif import image_file
from tests.iiif.test_decoding import pdf_file

pytestmark = pytest.mark.django_db


def ingest(*arguments):
    """The report and the exit status."""
    out, status = StringIO(), 0
    try:
        call_command("iiif", "ingest", *map(str, arguments), "--json", stdout=out)
    except SystemExit as stop:
        status = stop.code
    return json.loads(out.getvalue()), status


@pytest.fixture
def records(monkeypatch):
    """A register that knows TN01, whose scans are open."""

    def attach(number, digital_object):
        if number != "TN01":
            raise owners.NoSuchOwnerError(f"No record has the number {number}.")
        DigitalObject.objects.filter(pk=digital_object.pk).update(access=Access.OPEN)

    monkeypatch.setattr(owners, "_owners", {"record": attach})


def test_files_of_a_record_become_pages_of_one_object_and_stay_so(tmp_path, records, client):
    files = [image_file(tmp_path, f"tr-{n}.png", 60 + n, 40) for n in (1, 2)]
    report, status = ingest(*files, "--record", "TN01")
    assert (report["created"], report["refused"], status) == (2, 0, 0)
    assert [image["identifier"] for image in report["objects"][0]["images"]] == ["TN01.1", "TN01.2"]
    assert client.get(report["objects"][0]["manifest"].removeprefix("http://testserver")).status_code == 200
    again, _status = ingest(*files, "--record", "TN01")
    assert (again["created"], again["unchanged"]) == (0, 2)


def test_a_folder_is_one_object_in_the_order_of_its_pages(tmp_path):
    folder = tmp_path / "Sổ sắc phong"
    folder.mkdir()
    for n in (10, 2, 1):
        image_file(folder, f"trang {n}.png", 60 + n, 40)
    (folder / ".DS_Store").write_bytes(b"x")
    report, _status = ingest(folder)
    assert report["objects"][0]["identifier"] == "so-sac-phong"
    assert [image["width"] for image in report["objects"][0]["images"]] == [61, 62, 70]


def test_a_bad_file_stops_no_other_and_is_named(tmp_path, records):
    good, bad = image_file(tmp_path, "a.png", 60, 40), tmp_path / "b.jpg"
    bad.write_text("no picture")
    report, status = ingest(bad, good, tmp_path / "none.tif", "--identifier", "X")
    assert (report["created"], report["refused"], status) == (1, 2, 1)
    assert [row["file"].rpartition("/")[2] for row in report["refused_rows"]] == ["b.jpg", "none.tif"]
    assert all(row["reason"] for row in report["refused_rows"])


def test_a_bad_file_alone_leaves_no_empty_object(tmp_path):
    bad = image_file(tmp_path, "a.jpg")
    bad.write_bytes(bad.read_bytes()[:4000])
    report, _status = ingest(bad)
    assert report["refused"] == 1
    assert not DigitalObject.objects.exists()


def test_an_unknown_record_takes_nothing_in(tmp_path, records):
    report, status = ingest(image_file(tmp_path, "a.png", 60, 40), "--record", "XX99")
    assert (report["refused_rows"][0]["reason"], status) == ("No record has the number XX99.", 1)
    assert not DigitalObject.objects.exists()
    assert not Canvas.objects.exists()


def test_a_file_replaces_the_picture_of_an_image_and_nothing_of_the_old_one_is_left(
    tmp_path, client, settings, django_capture_on_commit_callbacks
):
    ingest(image_file(tmp_path, "a.png", 60, 40), "--identifier", "X")
    address = "/iiif/3/X.1/full/30,/0/default.png"
    before = client.get(address)
    held = set(Path(settings.IIIF_CACHE_DIR).glob("*/*"))
    with django_capture_on_commit_callbacks(execute=True):
        report, status = ingest(image_file(tmp_path, "b.png", 90, 40), "--replace", "X.1")
    assert (report["updated"], status, report["objects"][0]["images"][0]["width"]) == (1, 0, 90)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, after.content != before.content) == (200, True)
    assert not {file for file in held if file.parent.name != ".locks" and file.exists()}
    assert Canvas.objects.get().original_name == "b.png"
    assert ingest(image_file(tmp_path, "c.png", 60, 40), "--replace", "X.9")[1] == 1
    with pytest.raises(CommandError):
        call_command("iiif", "ingest", "a", "b", "--replace", "X.1")


def test_identical_pages_of_a_batch_stay_pages_of_their_own_however_often_it_is_given(tmp_path, settings):
    folder = tmp_path / "so"
    for inner in ("mot", "hai"):
        (folder / inner).mkdir(parents=True)
        image_file(folder / inner, "trang.png", 60, 40)
    image_file(folder, "trang-trong.png", 60, 40)
    report, _status = ingest(folder)
    assert (report["created"], len({image["identifier"] for image in report["objects"][0]["images"]})) == (3, 3)
    again, _status = ingest(folder)
    assert (again["created"], again["unchanged"], Canvas.objects.count()) == (0, 3, 3)
    one = Canvas.objects.first()
    services.remove_canvas(one)
    assert originals.path_of(one.original).exists()  # the other two still need it
    assert (ingest(folder)[0]["created"], Canvas.objects.count()) == (1, 3)


def test_a_pdf_without_a_text_layer_is_said_to_be_one(tmp_path):
    out = StringIO()
    report, status = ingest(pdf_file(tmp_path, "", name="anh.pdf"), pdf_file(tmp_path, "Bia da", name="chu.pdf"))
    assert (report["created"], status) == (2, 0)
    ((note,),) = [report["notes"]]
    assert (note["file"], "không có lớp văn bản" in note["note"]) == ("anh.pdf", True)
    call_command("iiif", "ingest", str(tmp_path / "anh.pdf"), stdout=out)
    assert "anh.pdf: tệp PDF này không có lớp văn bản" in out.getvalue()


def test_check_finds_a_changed_original(tmp_path):
    ingest(image_file(tmp_path, "a.png", 60, 40), "--identifier", "X")
    out = StringIO()
    call_command("iiif", "check", stdout=out)
    assert "0 problems" in out.getvalue()
    original = originals.path_of(Canvas.objects.get().original)
    original.chmod(0o640)
    original.write_bytes(b"changed")
    with pytest.raises(CommandError):
        call_command("iiif", "check", stdout=out)
    assert "differs from its SHA-256" in out.getvalue()
