"""Canvases of a manifest (Presentation API 3.0, section 5.3), one dictionary each.

They are plain dictionaries: as models of iiif-prezi3 a thousand of them take seconds. `manifest` lets iiif-prezi3 check
the shape on the first ones, and the tests check it on all.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_noop

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.iiif import addresses
from heritage.iiif.image_api import info, reduced
from heritage.iiif.image_api.parameters import Limits, Region, parse_size
from heritage.iiif.models import Audience, Canvas, Caption, DigitalObject
from heritage.iiif.presentation import authorization

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
MODEL_SIDE = 1000
"""A canvas has measures (section 5.3) and a model has none: it stands on a square."""

THUMBNAIL = 400  # pixels of the longer side, at most


@dataclass(frozen=True)
class Beside:
    """What a canvas has beside its own picture: `added` are annotation pages, `marks` those of its layers by key."""

    has_text: bool = False
    added: list[dict[str, Any]] = field(default_factory=list)
    layers: list[Canvas] = field(default_factory=list)
    marks: dict[int, dict[str, Any]] = field(default_factory=dict)
    captions: list[Caption] = field(default_factory=list)


def texts(vi: str, en: str) -> dict[str, list[str]]:
    """A language map (section 4.3) without what is blank."""
    return {language: [text] for language, text in (("vi", vi), ("en", en)) if text}


def image_services(image_identifier: str, audience: str = Audience.FULL) -> list[dict[str, Any]]:
    """The image by API 3, and by API 2 for clients that know no newer one, with what one needs to get in."""
    third: dict[str, Any] = {
        "id": addresses.image_service(image_identifier),
        "type": "ImageService3",
        "profile": "level2",
    }
    second: dict[str, Any] = {
        "@id": addresses.image_2_service(image_identifier),
        "@type": "ImageService2",
        "profile": info.LEVEL_2_OF_2,
    }
    if audience != Audience.FULL:
        third["service"] = authorization.services(image_identifier, audience)
        second["service"] = authorization.versions_1(audience)
    return [third, second]


def image_body(canvas: Canvas, size: str, limits: Limits, audience: str = Audience.FULL) -> dict[str, Any]:
    """An image resource at a size of the Image API, with its services."""
    width, height = parse_size(size, Region(0, 0, canvas.width or 1, canvas.height or 1), limits)
    return {
        "id": addresses.image_url(canvas.image_identifier, size),
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": image_services(canvas.image_identifier, audience),
    }


def small(canvas: Canvas, audience: str, side: int, limits: Limits) -> dict[str, Any] | None:
    """A picture of at most `side` pixels that everybody may see; None where there is none."""
    if audience == Audience.FULL:
        return image_body(canvas, f"!{side},{side}", limits)
    if audience != Audience.REDUCED:
        return None
    width, height = reduced.size(canvas.width or 1, canvas.height or 1)
    shrunk = Canvas(image_identifier=canvas.image_identifier + reduced.SUFFIX, width=width, height=height)
    return image_body(shrunk, f"!{min(side, width)},{min(side, height)}", limits)


def thumbnails(canvas: Canvas, audience: str, limits: Limits) -> list[dict[str, Any]]:
    """The `thumbnail` of a canvas or of what it stands for."""
    found = small(canvas, audience, THUMBNAIL, limits)
    return [found] if found else []


def stand_in(address: str, body: dict[str, Any]) -> dict[str, Any]:
    """A canvas of its own with a small picture: `placeholderCanvas` or `accompanyingCanvas` (section 3.1)."""
    size = {"height": body["height"], "width": body["width"]}
    return {"id": address, "type": "Canvas", **size, "items": [_painting(address, body)]}


def _painting(address: str, body: dict[str, Any]) -> dict[str, Any]:
    return _page(address, [_painted(f"{address}/image", address, body)])


def _page(address: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"{address}/page", "type": "AnnotationPage", "items": items}


def _painted(name: str, target: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": "Annotation", "motivation": "painting", "body": body, "target": target}


def canvas_document(
    holder: DigitalObject, canvas: Canvas, number: int, limits: Limits, beside: Beside
) -> dict[str, Any]:
    """One canvas, `number` counting from 1; pages without a label are called by it. Lines of text are only named."""
    identifier, audience = holder.identifier, holder.audience
    address = addresses.canvas_url(identifier, canvas.image_identifier)
    label = texts(canvas.label_vi, canvas.label_en) or {"none": [str(number)]}
    shown = _shown(address, canvas, limits, audience, beside)
    document: dict[str, Any] = {"id": address, "type": "Canvas", "label": label, **shown}
    pages = [{"id": f"{address}/text", "type": "AnnotationPage"}] if beside.has_text else []
    if canvas.behavior:
        document["behavior"] = [canvas.behavior]
    if beside.has_text:
        document["seeAlso"] = [alto(identifier, canvas)]
    if beside.captions and audience == Audience.FULL:
        pages.append(_captions(address, canvas, beside.captions))
        document["rendering"] = [transcript(canvas, one) for one in beside.captions]
    if pages := [*pages, *beside.added]:
        document["annotations"] = pages
    return document


def _shown(address: str, canvas: Canvas, limits: Limits, audience: str, beside: Beside) -> dict[str, Any]:
    """The measures of a canvas and what is painted on it: images, a recording with its seconds, or a 3D model.

    Nothing is painted where the page is missing.
    """
    if canvas.is_model:
        side = {"height": MODEL_SIDE, "width": MODEL_SIDE}
        return {**side, "items": [_painting(address, model_body(canvas))]}
    found: dict[str, Any] = {"height": canvas.height, "width": canvas.width} if canvas.width else {}
    if canvas.duration:
        return {**found, "duration": canvas.duration, "items": [_painting(address, recording_body(canvas))]}
    if canvas.is_missing:
        return {**found, "items": []}
    found["items"] = [_page(address, _pictures(address, canvas, limits, audience, beside))]
    if pictures := thumbnails(canvas, audience, limits):
        found["thumbnail"] = pictures
    return found


def _pictures(address: str, canvas: Canvas, limits: Limits, audience: str, beside: Beside) -> list[dict[str, Any]]:
    """The picture of a canvas, or the choice between its views; above it the parts that are laid on it, in order."""
    body = image_body(canvas, "max", limits, audience)
    if views := [one for one in beside.layers if not one.place_on]:
        first = body | {"label": texts(canvas.label_vi, canvas.label_en) or {"none": ["1"]}}
        others = [_layer(one, number, limits, audience, beside) for number, one in enumerate(views, 2)]
        body = {"type": "Choice", "items": [first, *others]}
    found = [_painted(f"{address}/image", address, body)]
    parts = [one for one in beside.layers if one.place_on]
    for number, one in enumerate(parts, 1):
        laid = _layer(one, number, limits, audience, beside)
        found.append(_painted(f"{address}/image/{number}", f"{address}#xywh={one.place_on}", laid))
    return found


def _layer(canvas: Canvas, number: int, limits: Limits, audience: str, beside: Beside) -> dict[str, Any]:
    """A view or a part with its name, and the remarks that are about this picture alone."""
    label = texts(canvas.label_vi, canvas.label_en) or {"none": [canvas.original_name or str(number)]}
    found = {**image_body(canvas, "max", limits, audience), "label": label}
    return {**found, "annotations": [beside.marks[canvas.pk]]} if canvas.pk in beside.marks else found


def _captions(address: str, canvas: Canvas, captions: list[Caption]) -> dict[str, Any]:
    """Captions as an annotation that supplements the recording; a choice where there are several languages."""
    bodies = [_caption(canvas, one) for one in captions]
    annotation = {
        "id": f"{address}/captions/1",
        "type": "Annotation",
        "motivation": "supplementing",
        "body": bodies[0] if len(bodies) == 1 else {"type": "Choice", "items": bodies},
        "target": address,
    }
    return {"id": f"{address}/captions", "type": "AnnotationPage", "items": [annotation]}


def _caption(canvas: Canvas, caption: Caption) -> dict[str, Any]:
    return {
        "id": absolute(addresses.caption_path(canvas.image_identifier, caption.language)),
        "type": "Text",
        "format": "text/vtt",
        "label": caption_label(caption),
        "language": caption.language,
    }


def transcript(canvas: Canvas, caption: Caption) -> dict[str, Any]:
    """What is said, to be read without the recording."""
    return {
        "id": absolute(addresses.caption_path(canvas.image_identifier, caption.language, "txt")),
        "type": "Text",
        "format": "text/plain",
        "label": caption_label(caption, gettext_noop("Transcript")),
        "language": [caption.language],
    }


def caption_label(caption: Caption, kind: str = "") -> dict[str, list[str]]:
    """The name of captions with their language, in both languages."""
    found = {}
    for code in languages.LANGUAGES:
        with translation.override(code):
            name = translation.gettext(kind) if kind else caption.get_kind_display().capitalize()
            found[code] = [f"{name} ({caption.get_language_display()})"]
    return found


def recording_body(canvas: Canvas) -> dict[str, Any]:
    """Sound or film (section 5.7, `Sound` and `Video`)."""
    size = {"height": canvas.height, "width": canvas.width} if canvas.width else {}
    return {
        "id": absolute(addresses.recording_path(canvas.image_identifier)),
        "type": "Video" if canvas.media_type.startswith("video/") else "Sound",
        "format": canvas.media_type,
        "duration": canvas.duration,
        **size,
    }


def model_body(canvas: Canvas) -> dict[str, Any]:
    """A 3D model (section 5.7, `Model`)."""
    address = absolute(addresses.model_path(canvas.image_identifier))
    return {"id": address, "type": "Model", "format": canvas.media_type}


def alto(identifier: str, canvas: Canvas) -> dict[str, Any]:
    """The text with its boxes, for machines."""
    return {
        "id": addresses.alto_url(identifier, canvas.image_identifier),
        "type": "Dataset",
        "format": "application/xml",
        "profile": ALTO,
        "label": {"none": ["ALTO"]},
    }
