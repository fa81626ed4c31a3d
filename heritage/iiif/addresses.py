"""Addresses of images, manifests and collections; absolute ones for what leaves the site.

They are written out, not reversed: a manifest of 1,000 canvases holds several thousand of them.
"""

from urllib.parse import quote

from heritage.core.addresses import absolute

IMAGE_PREFIX = "/iiif/3/"
IMAGE_2_PREFIX = "/iiif/2/"
PRESENTATION_PREFIX = "/iiif/presentation/3/"


def image_path(image_identifier: str) -> str:
    return f"{IMAGE_PREFIX}{quote(image_identifier, safe='')}"


def image_service(image_identifier: str) -> str:
    """The base URI of the image service, its `id`."""
    return absolute(image_path(image_identifier))


def image_2_service(image_identifier: str) -> str:
    """The same image by Image API 2.1.1."""
    return absolute(f"{IMAGE_2_PREFIX}{quote(image_identifier, safe='')}")


def info_url(image_identifier: str) -> str:
    return f"{image_service(image_identifier)}/info.json"


def image_url(image_identifier: str, size: str = "!400,400", region: str = "full") -> str:
    """A JPEG of the image, upright, in a size of the Image API 3.0 (section 4.2)."""
    return f"{image_service(image_identifier)}/{region}/{size}/0/default.jpg"


def probe_url(image_identifier: str) -> str:
    """The probe service of an image (Authorization Flow 2.0)."""
    return absolute(f"/iiif/auth/probe/{quote(image_identifier, safe='')}")


def recording_path(image_identifier: str) -> str:
    """Sound or film, as it came in."""
    return f"/iiif/recording/{quote(image_identifier, safe='')}"


def caption_path(image_identifier: str, language: str, ending: str = "vtt") -> str:
    """What is said in a recording, in a language: WebVTT, or the words alone as `txt`."""
    return f"/iiif/captions/{quote(image_identifier, safe='')}/{language}.{ending}"


def model_path(image_identifier: str) -> str:
    """A 3D model, as it came in."""
    return f"/iiif/model/{quote(image_identifier, safe='')}"


def manifest_path(identifier: str) -> str:
    return f"{PRESENTATION_PREFIX}{quote(identifier, safe='')}/manifest"


def manifest_url(identifier: str) -> str:
    return absolute(manifest_path(identifier))


def manifest_2_url(identifier: str) -> str:
    return absolute(f"/iiif/presentation/2/{quote(identifier, safe='')}/manifest")


def list_2_url(identifier: str, image_identifier: str) -> str:
    """The text of a canvas as an annotation list of the Presentation API 2.1."""
    return absolute(f"/iiif/presentation/2/{quote(identifier, safe='')}/list/{quote(image_identifier, safe='')}")


def canvas_url(identifier: str, image_identifier: str) -> str:
    """The `id` of a canvas: it follows the image, so that it does not move when pages are put in another order."""
    return absolute(f"{PRESENTATION_PREFIX}{quote(identifier, safe='')}/canvas/{quote(image_identifier, safe='')}")


def range_url(identifier: str, number: int) -> str:
    """The `id` of an entry of the contents, by its place, counted from 1."""
    return absolute(f"{PRESENTATION_PREFIX}{quote(identifier, safe='')}/range/{number}")


def remarks_url(identifier: str) -> str:
    """The annotation collection of an object's remarks."""
    return absolute(f"{PRESENTATION_PREFIX}{quote(identifier, safe='')}/annotations/remarks")


def text_path(identifier: str, image_identifier: str) -> str:
    """The lines of a canvas as an annotation page."""
    return f"{PRESENTATION_PREFIX}{quote(identifier, safe='')}/canvas/{quote(image_identifier, safe='')}/text"


def alto_url(identifier: str, image_identifier: str) -> str:
    """The text of a canvas as ALTO."""
    return f"{canvas_url(identifier, image_identifier)}/alto.xml"


def collection_url(name: str, page: int = 1) -> str:
    return absolute(f"{PRESENTATION_PREFIX}collection/{quote(name, safe='')}") + (f"?page={page}" if page > 1 else "")


def search_url(identifier: str, version: int = 2) -> str:
    """The Content Search service of an object; version 1 stands beside 2 because Mirador 4 looks for it only."""
    return absolute(f"/iiif/search/{version}/{quote(identifier, safe='')}")


def text_url(identifier: str) -> str:
    """All the text of an object, plain."""
    return absolute(f"/iiif/text/{quote(identifier, safe='')}.txt")


PDF_PAGES = 300
"""The most pages of one PDF file; longer objects have several."""


def set_manifest_url(name: str) -> str:
    """The manifest of a saved set: the canvases of its objects one after the other."""
    return absolute(f"{PRESENTATION_PREFIX}set/{quote(name, safe='')}/manifest")


def pdf_path(identifier: str, first: int = 1, last: int | None = None) -> str:
    """The pages of an object as a PDF file; all or the first PDF_PAGES where no others are named."""
    pages = f"?pages={first}-{last}" if last else ""
    return f"/iiif/pdf/{quote(identifier, safe='')}.pdf{pages}"


def activity_url(page: int | None = None) -> str:
    """The Change Discovery stream, or one of its pages."""
    return absolute("/iiif/activity/all-changes" if page is None else f"/iiif/activity/page/{page}")


def activity_item_url(position: int) -> str:
    """The name of one line of the stream."""
    return absolute(f"/iiif/activity/change/{position}")
