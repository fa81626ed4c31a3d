"""Digital objects and files to make them of."""

from pathlib import Path

import factory
import pyvips

from heritage.iiif.models import Access, Canvas, DigitalObject, State


class DigitalObjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DigitalObject

    identifier = factory.Sequence(lambda n: f"OBJ{n}")
    label_vi = factory.Sequence(lambda n: f"Bản dập thử {n}")
    label_en = factory.Sequence(lambda n: f"Test rubbing {n}")
    access = Access.OPEN


def picture(width: int = 1300, height: int = 900) -> pyvips.Image:
    """A smooth coloured picture in which every place has a colour of its own."""
    x = pyvips.Image.xyz(width, height)
    red = (x[0] * 255 / max(width - 1, 1)).cast("uchar")
    green = (x[1] * 255 / max(height - 1, 1)).cast("uchar")
    blue = ((x[0] + x[1]) * 120 / (width + height)).cast("uchar")
    return red.bandjoin([green, blue]).copy(interpretation="srgb")


def image_file(folder: Path, name: str = "scan.jpg", width: int = 1300, height: int = 900, **options: object) -> Path:
    """`picture` saved in the format that the name says."""
    path = folder / name
    picture(width, height).write_to_file(str(path), **options)
    return path


class CanvasFactory(factory.django.DjangoModelFactory):
    """A page that is ready by its row only: no file lies behind it."""

    class Meta:
        model = Canvas

    digital_object = factory.SubFactory(DigitalObjectFactory)
    image_identifier = factory.Sequence(lambda n: f"ROW.{n}")
    pyramid = "none.tif"
    version = "1"
    width = 1300
    height = 900
    state = State.READY
