"""Annotations of a canvas: published remarks and the georeference of a map.

Remarks lie in the manifest itself, so that no viewer needs a request for each page; the lines of the text lie apart.
"""

from typing import Any

from django.utils.translation import gettext_noop

from heritage.iiif import addresses, regions
from heritage.iiif.models import Annotation, Canvas, ControlPoint
from heritage.iiif.presentation.authorization import in_both

REMARKS = gettext_noop("Remarks on these pages")
GEOJSON_CONTEXT = "http://geojson.org/geojson-ld/geojson-context.jsonld"
GEOREFERENCE_CONTEXT = "http://iiif.io/api/extension/georef/1/context.json"


def remarks_page(identifier: str, canvas: Canvas, remarks: list[Annotation]) -> dict[str, Any]:
    """An annotation page with the published remarks on a canvas."""
    address = addresses.canvas_url(identifier, canvas.image_identifier)
    items = [_remark(f"{address}/remarks", address, remark) for remark in remarks]
    return {"id": f"{address}/remarks", "type": "AnnotationPage", "items": items}


def remarks_alone(identifier: str, canvas: Canvas, remarks: list[Annotation], images: list[str]) -> dict[str, Any]:
    """The same page by itself: whoever reads it learns which manifest and which collection it belongs to.

    `images` are the object's pages that have remarks, in order.
    """
    page = remarks_page(identifier, canvas, remarks)
    manifest = {"id": addresses.manifest_url(identifier), "type": "Manifest"}
    address = addresses.canvas_url(identifier, canvas.image_identifier)
    source = {"id": address, "type": "Canvas", "partOf": [manifest]}
    for item, remark in zip(page["items"], remarks, strict=True):
        item["target"] = regions.target_of(source, remark.region)
    return page | (_beside(identifier, images, canvas.image_identifier) if remarks else {})


def remarks_collection(identifier: str, images: list[str], total: int) -> dict[str, Any]:
    """All remarks of an object (Presentation API 3.0, section 5.8): `images` are the pages that have some, in order."""
    pages = [_remarks_url(identifier, image) for image in images]
    ends = {"first": pages[0], "last": pages[-1]} if pages else {}
    return {
        "id": addresses.remarks_url(identifier),
        "type": "AnnotationCollection",
        "label": in_both(REMARKS),
        "total": total,
        **{end: {"id": address, "type": "AnnotationPage"} for end, address in ends.items()},
    }


def _beside(identifier: str, images: list[str], image: str) -> dict[str, Any]:
    """What a page of remarks says when it stands by itself: the collection it is part of, `prev` and `next`."""
    at = images.index(image)
    whole = {"id": addresses.remarks_url(identifier), "type": "AnnotationCollection", "label": in_both(REMARKS)}
    found = {"prev": images[at - 1] if at else "", "next": images[at + 1] if at + 1 < len(images) else ""}
    pages = {way: _remarks_url(identifier, name) for way, name in found.items() if name}
    return {"partOf": [whole], **{way: {"id": url, "type": "AnnotationPage"} for way, url in pages.items()}}


def _remarks_url(identifier: str, image: str) -> str:
    return f"{addresses.canvas_url(identifier, image)}/remarks"


def layer_page(identifier: str, canvas: Canvas, layer: Canvas, remarks: list[Annotation]) -> dict[str, Any]:
    """The remarks on one picture of several of a canvas: their target is the image itself, at its full size."""
    address = f"{addresses.canvas_url(identifier, canvas.image_identifier)}/layer/{layer.image_identifier}"
    source, size = addresses.image_service(layer.image_identifier), f"{layer.width},{layer.height}"
    items = []
    for remark in remarks:
        selector = {"type": "ImageApiSelector", "region": regions.box(remark.region) or "full", "size": size}
        target = {"type": "SpecificResource", "source": source, "selector": selector}
        items.append({**_remark(address, "", remark), "target": target})
    return {"id": address, "type": "AnnotationPage", "items": items}


def has_place(canvas: dict[str, Any]) -> bool:
    """Whether a remark on a canvas of a manifest says where on the ground lies what it is about."""
    pages = canvas.get("annotations", [])
    return any(one["body"]["type"] == "Feature" for page in pages for one in page.get("items", []))


def _body(name: str, remark: Annotation) -> dict[str, Any]:
    """The text; a choice of two where it stands in two languages, a feature of GeoJSON-LD where it names a place."""
    texts = [(remark.language, remark.text)]
    if remark.other_text:
        texts.append((remark.other_language, remark.other_text))
    if remark.latitude is not None and remark.longitude is not None:
        return {
            "id": f"{name}/place",
            "type": "Feature",
            "properties": {"label": {language: [text] for language, text in texts}},
            "geometry": {"type": "Point", "coordinates": [remark.longitude, remark.latitude]},
        }
    bodies = [
        {"type": "TextualBody", "value": text, "format": remark.format, "language": language}
        for language, text in texts
    ]
    return bodies[0] if len(bodies) == 1 else {"type": "Choice", "items": bodies}


def _remark(page: str, canvas: str, remark: Annotation) -> dict[str, Any]:
    body = _body(f"{page}/{remark.pk}", remark)
    found: dict[str, Any] = {
        "id": f"{page}/{remark.pk}",
        "type": "Annotation",
        "motivation": remark.motivation,
        "created": remark.created_at.isoformat(timespec="seconds"),
        "body": body,
        "target": regions.target(canvas, remark.region),
    }
    if remark.creator:
        found["creator"] = {"type": "Person", "name": remark.creator}
    return found


def georeference_page(identifier: str, canvas: Canvas, points: list[ControlPoint]) -> dict[str, Any]:
    """An annotation page that lays the map of a canvas on the ground (Georeference extension 1.0)."""
    address = addresses.canvas_url(identifier, canvas.image_identifier)
    return {
        "id": f"{address}/georeference",
        "type": "AnnotationPage",
        "items": [georeference(f"{address}/georeference/1", canvas, points)],
    }


def georeference(address: str, canvas: Canvas, points: list[ControlPoint]) -> dict[str, Any]:
    """The annotation; its target is the image itself, whole, as Allmaps reads it."""
    width, height = canvas.width, canvas.height
    corners = f"0,0 {width},0 {width},{height} 0,{height}"
    svg = f'<svg width="{width}" height="{height}"><polygon points="{corners}" /></svg>'
    source = {
        "id": addresses.image_service(canvas.image_identifier),
        "type": "ImageService3",
        "width": width,
        "height": height,
    }
    return {
        "id": address,
        "type": "Annotation",
        "@context": [GEOREFERENCE_CONTEXT, "http://iiif.io/api/presentation/3/context.json"],
        "motivation": "georeferencing",
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": {"type": "SvgSelector", "value": svg},
        },
        "body": {
            "type": "FeatureCollection",
            "transformation": {"type": "polynomial", "options": {"order": 1}},
            "features": [_feature(point) for point in points],
        },
    }


def _feature(point: ControlPoint) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"resourceCoords": [point.x, point.y]},
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
    }
