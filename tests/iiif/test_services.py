"""Taking scans in: whole, once, untouched, or refused with a reason and without a trace."""

import hashlib
from pathlib import Path

import pytest
import pyvips
from django.core.exceptions import ValidationError

from heritage.core import outbox
from heritage.iiif import originals, owners, processing, services
from heritage.iiif.models import Access, Canvas, DigitalObject, State
from tests.factories.iiif import DigitalObjectFactory, image_file, picture

pytestmark = pytest.mark.django_db


def files_kept(settings) -> list[str]:
    roots = (settings.IIIF_ORIGINALS_DIR, settings.IIIF_PYRAMIDS_DIR)
    return sorted(p.name for root in roots for p in Path(root).rglob("*") if p.is_file() and p.suffix != ".lock")


def test_a_scan_is_kept_untouched_and_becomes_a_pyramid(tmp_path):
    file = image_file(tmp_path, "bia.jpg")
    before = file.read_bytes()
    canvas = services.ingest(file, DigitalObjectFactory(identifier="TN01")).canvases[0]
    assert (canvas.image_identifier, canvas.state) == ("TN01.1", State.READY)
    assert (canvas.width, canvas.height) == (1300, 900)
    assert canvas.sha256 == hashlib.sha256(before).hexdigest()
    assert originals.path_of(canvas.original).read_bytes() == before
    pyramid = pyvips.Image.new_from_file(str(processing.pyramid_path(canvas)))
    assert (pyramid.width, pyramid.get("n-pages"), pyramid.get("tile-width")) == (1300, 3, 512)


def test_the_same_file_twice_is_unchanged(tmp_path):
    obj, file = DigitalObjectFactory(), image_file(tmp_path)
    first = services.ingest(file, obj)
    second = services.ingest(file, obj)
    assert (first.outcome, second.outcome) == ("created", "unchanged")
    assert Canvas.objects.count() == 1


def test_an_identifier_of_an_image_is_never_given_twice(tmp_path):
    obj = DigitalObjectFactory(identifier="A")
    services.remove_canvas(services.ingest(image_file(tmp_path, "1.png", 50, 40), obj).canvases[0])
    assert services.ingest(image_file(tmp_path, "2.png", 60, 40), obj).canvases[0].image_identifier == "A.2"


def text_as_jpeg(folder):
    path = folder / "scan.jpg"
    path.write_text("This is a letter, not a picture.\n" * 100)
    return path


def truncated(folder):
    path = image_file(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def truncated_tiff(folder):
    path = image_file(folder, "scan.tif", compression="lzw")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return path


def too_wide(folder):
    path = folder / "scan.png"
    pyvips.Image.black(60_000, 20).write_to_file(str(path))
    return path


def bomb(folder):
    path = folder / "scan.png"
    pyvips.Image.black(20_000, 11_000).write_to_file(str(path), bitdepth=1)
    assert path.stat().st_size < 1_000_000
    return path


def empty(folder):
    path = folder / "scan.tif"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text_as_jpeg, "content is no image"),
        (truncated, "damaged or cut short"),
        (truncated_tiff, "damaged or cut short"),
        (too_wide, "no side may be over 50000"),
        (bomb, "more than 200 megapixels"),
        (empty, "content is no image"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_nothing_is_left(tmp_path, settings, make, reason):
    from django.utils import translation

    file, obj = make(tmp_path), DigitalObjectFactory()
    with translation.override("en"), pytest.raises(services.RefusedError, match=reason) as refused:
        services.ingest(file, obj)
    assert str(refused.value).startswith(f"{file.name}: ")
    assert not Canvas.objects.exists()
    assert files_kept(settings) == []


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path, settings, monkeypatch):
    import errno

    def no_space(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", no_space)
    with pytest.raises(services.RefusedError, match=r"scan\.jpg"):
        services.ingest(image_file(tmp_path), DigitalObjectFactory())
    assert files_kept(settings) == []
    assert not Canvas.objects.exists()


def test_a_process_killed_on_the_way_is_made_good_by_the_worker(tmp_path):
    canvas = services.ingest(image_file(tmp_path), DigitalObjectFactory(), wait=False).canvases[0]
    assert (canvas.state, canvas.pyramid) == (State.PENDING, "")
    outbox.drain_all()
    canvas.refresh_from_db()
    assert canvas.state == State.READY
    assert processing.pyramid_path(canvas).exists()


def test_each_page_of_a_tiff_is_a_canvas(tmp_path):
    pages = [picture(300, 200 + 10 * i) for i in range(3)]
    joined = pages[0].new_from_image([0, 0, 0]).embed(0, 0, 300, 200)
    path = tmp_path / "so.tif"
    same = [picture(300, 200).rot180() if i else picture(300, 200) for i in range(3)]
    joined = pyvips.Image.arrayjoin(same, across=1).copy()
    joined.set_type(pyvips.GValue.gint_type, "page-height", 200)
    joined.tiffsave(str(path))
    result = services.ingest(path, DigitalObjectFactory(identifier="SO"), label_vi="Trang", label_en="Page")
    assert [(c.image_identifier, c.label_vi, c.original_page) for c in result.canvases] == [
        ("SO.1", "Trang 1", 0),
        ("SO.2", "Trang 2", 1),
        ("SO.3", "Trang 3", 2),
    ]
    assert {c.height for c in result.canvases} == {200}


def test_a_pyramid_given_as_a_scan_is_one_page(tmp_path):
    path = tmp_path / "pyramid.tif"
    picture().tiffsave(str(path), pyramid=True, tile=True)
    assert len(services.ingest(path, DigitalObjectFactory()).canvases) == 1


def test_a_bigtiff_is_taken_in_like_any_other(tmp_path):
    path = tmp_path / "big.tif"
    picture(300, 200).tiffsave(str(path), bigtiff=True, tile=True)
    assert path.read_bytes()[:4] == b"II+\x00"
    assert services.ingest(path, DigitalObjectFactory()).canvases[0].width == 300


def test_replacing_keeps_the_identifier_and_removes_the_old_files(
    tmp_path, settings, django_capture_on_commit_callbacks
):
    obj = DigitalObjectFactory(identifier="A")
    canvas = services.ingest(image_file(tmp_path, "1.png", 50, 40), obj).canvases[0]
    version = canvas.version
    with django_capture_on_commit_callbacks(execute=True):
        result = services.ingest(image_file(tmp_path, "2.png", 70, 40), obj, replace=canvas)
    after = Canvas.objects.get()
    assert (result.outcome, after.image_identifier, after.width) == ("updated", "A.1", 70)
    assert after.version != version
    assert len(files_kept(settings)) == 2


def test_a_bad_replacement_leaves_the_old_scan_in_place(tmp_path, settings):
    obj = DigitalObjectFactory()
    canvas = services.ingest(image_file(tmp_path, "1.png", 50, 40), obj).canvases[0]
    before = files_kept(settings)
    (tmp_path / "bad").mkdir()
    with pytest.raises(services.RefusedError):
        services.ingest(truncated(tmp_path / "bad"), obj, replace=canvas)
    after = Canvas.objects.get()
    assert (after.state, after.width, after.sha256) == (State.READY, 50, canvas.sha256)
    assert files_kept(settings) == before


def test_an_unknown_owner_saves_nothing():
    with pytest.raises(owners.NoSuchOwnerError):
        services.create_object("X1", "Thử", owner=("nothing", "TN01"))
    assert not DigitalObject.objects.exists()


def test_an_identifier_that_cannot_stand_in_an_address_is_refused():
    with pytest.raises(ValidationError):
        services.create_object("../etc", "Thử")


def test_access_is_set_and_told(django_capture_on_commit_callbacks):
    obj = DigitalObjectFactory()
    services.set_access(obj, "closed")
    obj.refresh_from_db()
    assert obj.access == Access.CLOSED
    with pytest.raises(ValueError):
        services.set_access(obj, "half")


def test_canvases_are_put_in_the_order_given(tmp_path):
    obj = DigitalObjectFactory(identifier="A")
    for n in range(3):
        services.ingest(image_file(tmp_path, f"{n}.png", 50 + n, 40), obj)
    services.reorder(obj, ["A.3", "A.1", "A.2"])
    assert list(obj.canvases.values_list("image_identifier", flat=True)) == ["A.3", "A.1", "A.2"]


def test_names_sort_as_people_number_pages():
    names = ["tr-10.tif", "tr-2.tif", "bìa.tif", "tr-1.tif"]
    assert sorted(names, key=services.natural_key) == ["bìa.tif", "tr-1.tif", "tr-2.tif", "tr-10.tif"]
