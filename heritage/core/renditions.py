"""What a rendition says of its picture besides the picture: who made it, and nothing of where or with what.

A photograph out of a telephone names the place to the metre, the device and its number. The kept original stays as it
came, for staff; whatever is made from it for pages carries the credit alone.
"""

from typing import Any

from PIL import ExifTags, Image
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

KEPT = (ExifTags.Base.Artist, ExifTags.Base.Copyright)


class WithoutPrivateMetadata(FilterOperation):
    """The last step of every rendition: EXIF is made anew from `KEPT`, XMP and comments go, the profile stays."""

    def construct(self) -> None:
        """It has no parameters."""

    def run(self, willow: Any, _image: Any, _env: dict[str, Any]) -> Any:
        picture = willow.get_pillow_image().copy()
        told = picture.getexif()
        credit = Image.Exif()
        for tag in KEPT:
            if tag in told:
                credit[tag] = told[tag]
        profile = picture.info.get("icc_profile")
        picture.info = {key: value for key, value in picture.info.items() if key in ("transparency", "gamma", "dpi")}
        if profile:
            picture.info["icc_profile"] = profile
        if credit:
            picture.info["exif"] = credit.tobytes()
        return PillowImage(picture)


class BareFilter(Filter):
    """A filter of Wagtail with that step behind its own."""

    @property
    def operations(self) -> list[Any]:
        return [*Filter(spec=self.spec).operations, WithoutPrivateMetadata("bare")]
