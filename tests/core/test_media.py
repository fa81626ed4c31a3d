"""Of `media/`, only renditions of public images can be had by path."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import ExifTags, Image

from heritage.core.models import ArchiveImage
from tests.factories import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "drawing.png"
    Image.new("RGB", (60, 40), "red").save(path)
    with path.open("rb") as file:
        return ArchiveImage.objects.create(title="Drawing", file=ImageFile(file, name="drawing.png"))


def test_a_rendition_is_served_and_its_original_is_not(client, image):
    rendition = image.get_rendition("width-30")
    assert client.get(rendition.url).status_code == 200
    assert client.get(image.file.url).status_code == 404


def test_a_rendition_of_a_private_collection_is_not_served(client, image):
    from wagtail.models import Collection, CollectionViewRestriction

    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    image.collection = private
    image.save()
    assert client.get(image.get_rendition("width-30").url).status_code == 404


@pytest.mark.parametrize(
    "path", ["/media/images/../manage.py", "/media/images/%2e%2e/archive.sqlite3", "/media/images/none.jpg"]
)
def test_nothing_else_is_served(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("format_", "spec"), [("JPEG", "width-300"), ("JPEG", "original"), ("WEBP", "fill-200x200")])
def test_a_rendition_tells_neither_place_nor_device_and_keeps_the_credit(format_, spec):
    data = photograph.taken(format_)
    file = ImageFile(io.BytesIO(data), name=f"chua.{format_.lower()}")
    image = ArchiveImage.objects.create(title="Chùa", file=file)
    with image.get_rendition(spec).file.open() as made:
        sent = made.read()
    assert not [secret for secret in photograph.SECRETS if secret in sent]
    with Image.open(io.BytesIO(sent), formats=[format_]) as picture:
        told = picture.getexif()
        assert dict(told.get_ifd(ExifTags.IFD.GPSInfo)) == {}
        assert told.get(ExifTags.Base.Artist) == (
            "Ngo Van Anh" if format_ == "JPEG" else None
        )  # Willow's WebP has none
        assert picture.width <= picture.height  # upright, and not turned once more by what reads it
    with image.file.open() as original:
        assert original.read() == data
