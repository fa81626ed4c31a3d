"""Canvases of a manifest (Presentation API 3.0, section 5.3), one dictionary each.

They are plain dictionaries: as models of iiif-prezi3 a thousand of them take seconds. `manifest` lets iiif-prezi3 check
the shape on the first ones, and the tests check it on all.
"""

from typing import Any

from heritage.iiif import addresses
from heritage.iiif.image_api import info
from heritage.iiif.image_api.parameters import Limits, Region, parse_size
from heritage.iiif.models import Canvas

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
THUMBNAIL = 400  # pixels of the longer side, at most


def texts(vi: str, en: str) -> dict[str, list[str]]:
    """A language map (section 4.3) without what is blank."""
    return {language: [text] for language, text in (("vi", vi), ("en", en)) if text}


def image_services(image_identifier: str) -> list[dict[str, Any]]:
    """The image by API 3, and by API 2 for clients that know no newer one."""
    return [
        {"id": addresses.image_service(image_identifier), "type": "ImageService3", "profile": "level2"},
        {
            "@id": addresses.image_2_service(image_identifier),
            "@type": "ImageService2",
            "profile": info.LEVEL_2_OF_2,
        },
    ]


def image_body(canvas: Canvas, size: str, limits: Limits) -> dict[str, Any]:
    """An image resource at a size of the Image API, with its services."""
    width, height = parse_size(size, Region(0, 0, canvas.width or 1, canvas.height or 1), limits)
    return {
        "id": addresses.image_url(canvas.image_identifier, size),
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": image_services(canvas.image_identifier),
    }


def thumbnail(canvas: Canvas, limits: Limits) -> dict[str, Any]:
    return image_body(canvas, f"!{THUMBNAIL},{THUMBNAIL}", limits)


def placeholder(identifier: str, canvas: Canvas, limits: Limits) -> dict[str, Any]:
    """A canvas of its own with a small picture, shown until the real ones are there (section 3.1)."""
    address = f"{addresses.canvas_url(identifier, canvas.image_identifier)}/placeholder"
    body = image_body(canvas, "!800,800", limits)
    size = {"height": body["height"], "width": body["width"]}
    return {"id": address, "type": "Canvas", **size, "items": [_painting(address, body)]}


def _painting(address: str, body: dict[str, Any]) -> dict[str, Any]:
    annotation = {
        "id": f"{address}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": address,
    }
    return {"id": f"{address}/page", "type": "AnnotationPage", "items": [annotation]}


def canvas_document(
    identifier: str, canvas: Canvas, number: int, limits: Limits, has_text: bool, added: list[dict[str, Any]]
) -> dict[str, Any]:
    """One canvas, `number` counting from 1; pages without a label are called by it.

    `added` are annotation pages beside the lines of the text, which are only named.
    """
    address = addresses.canvas_url(identifier, canvas.image_identifier)
    label = texts(canvas.label_vi, canvas.label_en) or {"none": [str(number)]}
    document: dict[str, Any] = {
        "id": address,
        "type": "Canvas",
        "label": label,
        "height": canvas.height,
        "width": canvas.width,
        "thumbnail": [thumbnail(canvas, limits)],
        "items": [_painting(address, image_body(canvas, "max", limits))],
    }
    lines = [{"id": f"{address}/text", "type": "AnnotationPage"}] if has_text else []
    if has_text:
        document["seeAlso"] = [alto(identifier, canvas)]
    if pages := [*lines, *added]:
        document["annotations"] = pages
    return document


def alto(identifier: str, canvas: Canvas) -> dict[str, Any]:
    """The text with its boxes, for machines."""
    return {
        "id": addresses.alto_url(identifier, canvas.image_identifier),
        "type": "Dataset",
        "format": "application/xml",
        "profile": ALTO,
        "label": {"none": ["ALTO"]},
    }
