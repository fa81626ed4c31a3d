"""A whole dossier as one PDF and as a bag, made by the worker, ending in a stated state."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import bagit
import pikepdf
import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from heritage.catalog.dossiers import exports, services
from heritage.catalog.models import DossierExport
from heritage.core.models import JobState
from tests.factories.accounts import UserFactory
from tests.factories.dossiers import dossier_of, pdf_bytes, picture_bytes, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    made = dossier_of(number="XX88", name_vi="Đình mẫu Ễnh Ương")
    user = UserFactory()
    by_code = {item.line.code: item for item in made.items.select_related("line")}
    services.add_file(by_code["history"], upload("Lý lịch 100%.pdf", pdf_bytes(7)), user)
    services.add_file(by_code["photographs"], upload("anh.jpg", picture_bytes(size=(400, 300))), user)
    services.add_file(by_code["photographs"], upload("anh.png", picture_bytes("PNG", mode="RGBA")), user)
    services.add_file(by_code["drawings"], upload("ban-ve.tif", picture_bytes("TIFF", mode="1", frames=3)), user)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    services.add_file(by_code["submission"], upload("to-trinh.docx", out.getvalue()), user)
    aside = services.add_file(by_code["history"], upload("hong.pdf", pdf_bytes(2)), user)
    services.set_aside(aside, "Quét lại", user)
    return made


def made(dossier, kind):
    export = services.order_export(dossier, kind)
    assert services.order_export(dossier, kind) == export  # a second order of what waits is the same
    assert exports.run_waiting() == 1
    export.refresh_from_db()
    assert (export.state, export.problem) == (JobState.DONE, "")
    return export


def test_the_pdf_has_its_contents_and_every_page_in_order(dossier):
    export = made(dossier, "pdf")
    reader = PdfReader(export.file.path)
    assert len(reader.pages) == 1 + 7 + 3 + 2 + 1
    contents = reader.pages[0].extract_text()
    assert "Đình mẫu Ễnh Ương" in contents
    assert "Lý lịch di tích" in contents
    titles = {title.title: reader.get_destination_page_number(title) for title in reader.outline}
    assert titles == {"2. Lý lịch di tích": 1, "4. Bản vẽ kỹ thuật": 8, "5. Tập ảnh khảo tả": 11, "9. Tờ trình": 13}
    numbers = [word for word in contents.split() if word.isdigit()]
    assert {"2", "9", "12", "14"} <= set(numbers)
    assert "to-trinh.docx" in reader.pages[13].extract_text()
    assert reader.metadata.title == str(dossier)


def test_scripts_of_a_file_do_not_come_along(dossier):
    with pikepdf.new() as armed:
        page = armed.add_blank_page()
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        page.obj.AA = pikepdf.Dictionary(O=script)
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script)
        page.obj.Annots = pikepdf.Array([armed.make_indirect(note)])
        armed.Root.OpenAction = script
        out = io.BytesIO()
        armed.save(out)
    services.add_file(dossier.items.first(), upload("script.pdf", out.getvalue()))
    with pikepdf.open(made(dossier, "pdf").file.path) as whole:
        assert "/OpenAction" not in whole.Root
        text = b"".join(page.obj.unparse(resolved=True) for page in whole.pages)
        text += b"".join(note.unparse(resolved=True) for page in whole.pages for note in page.obj.get("/Annots", []))
    assert b"JavaScript" not in text


def test_the_bag_is_valid_and_says_what_it_holds(dossier, tmp_path):
    export = made(dossier, "bag")
    with zipfile.ZipFile(export.file.path) as package:
        assert len({name.partition("/")[0] for name in package.namelist()}) == 1
        package.extractall(tmp_path / "bag")
    folder = next((tmp_path / "bag").iterdir())
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.info["External-Identifier"] == "XX88/provincial"
    assert (folder / "data/002/01-Lý lịch 100_.pdf").is_file()
    assert not list(folder.rglob("*hong.pdf"))
    assert "Đình mẫu Ễnh Ương" in (folder / "data/dossier.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["pdf", "bag"])
def test_a_missing_file_fails_with_its_name_and_leaves_nothing(dossier, kind):
    file = dossier.items.get(line__code="history").files.get(set_aside="")
    Path(file.file.path).unlink()
    export = services.order_export(dossier, kind)
    exports.run_waiting()
    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert "Lý lịch 100%.pdf" in export.problem
    assert not export.file
    with translation.override("en"):
        export = services.order_export(dossier, kind)
    exports.run_waiting()
    export.refresh_from_db()
    reason = {"pdf": "Set it aside and give it again", "bag": "is missing from the storage"}[kind]
    assert reason in export.problem, "in the language of who ordered it"


def test_a_file_changed_on_disk_does_not_go_into_a_bag(dossier):
    file = dossier.items.get(line__code="photographs").files.first()
    path = Path(file.file.path)
    path.chmod(0o600)
    path.write_bytes(picture_bytes(size=(401, 300)))
    export = services.order_export(dossier, "bag")
    exports.run_waiting()
    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert "SHA-256" in export.problem


def test_a_killed_worker_leaves_no_export_running(dossier):
    export = services.order_export(dossier, "pdf")
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    DossierExport.objects.filter(pk=export.pk).update(state=JobState.RUNNING, attempts=1, beat_at=long_ago)
    assert exports.run_waiting() == 1
    export.refresh_from_db()
    assert (export.state, export.attempts) == (JobState.DONE, 2)
    DossierExport.objects.filter(pk=export.pk).update(state=JobState.RUNNING, attempts=3, beat_at=long_ago)
    assert exports.run_waiting() == 0
    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert export.problem


def test_old_exports_go_with_their_files(dossier):
    export = made(dossier, "bag")
    path = Path(export.file.path)
    DossierExport.objects.filter(pk=export.pk).update(ended_at=timezone.now() - dt.timedelta(days=8))
    exports.run_waiting()
    assert not DossierExport.objects.exists()
    assert not path.exists()
