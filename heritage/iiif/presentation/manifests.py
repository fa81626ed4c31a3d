"""Manifests (Presentation API 3.0, section 5.2)."""

from typing import Any

import iiif_prezi3
from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext_noop

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.iiif import addresses, html, queries
from heritage.iiif.descriptions import Description, Link, Texts
from heritage.iiif.image_api import limits as image_limits
from heritage.iiif.image_api.parameters import Limits
from heritage.iiif.models import Audience, Canvas, Caption, ControlPoint, DigitalObject
from heritage.iiif.presentation import annotations, ranges, services
from heritage.iiif.presentation.authorization import in_both
from heritage.iiif.presentation.canvases import (
    Beside,
    canvas_document,
    model_body,
    small,
    stand_in,
    texts,
    thumbnails,
)

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
NAV_PLACE_CONTEXT = "http://iiif.io/api/extension/navplace/context.json"
LOGO = ("drawings/icon-192.png", 192, 192)
PLACEHOLDER = 800  # pixels of the longer side, at most
CHECKED = 2
"""How many canvases iiif-prezi3 builds; the rest have the same shape and are added as they are."""

VERSION = 7
"""Part of what a kept manifest is known by: raise it when the same object is to give another manifest."""


def manifest(digital_object: DigitalObject, canvases: list[Canvas], description: Description) -> dict[str, Any]:
    """The manifest of an object with these ready canvases."""
    limits = image_limits.current()
    with_text = queries.canvases_with_text(digital_object)
    spoken = queries.captions([one.pk for one in canvases if one.is_recording])
    items = _canvases(digital_object, canvases, _beside(digital_object, canvases, with_text, spoken), limits)
    has_text = bool(with_text) or (bool(spoken) and digital_object.audience == Audience.FULL)
    parts = {
        "id": addresses.manifest_url(digital_object.identifier),
        "label": texts(digital_object.label_vi, digital_object.label_en),
        **_descriptive(digital_object, canvases, description),
        **_technical(digital_object, has_text),
        **_linking(digital_object, description, has_text, canvases),
        "partOf": [{"id": addresses.collection_url("top"), "type": "Collection"}],
        "items": items[:CHECKED],
    }
    parts |= _pictures(digital_object, canvases, limits)
    document = without_blanks(iiif_prezi3.Manifest(**parts).jsonld_dict())
    document["items"] = items
    if digital_object.shown_date:  # iiif-prezi3 writes dates as its own kind of text
        document["navDate"] = f"{digital_object.shown_date:%Y-%m-%d}T00:00:00+00:00"
    if found := ranges.structures(digital_object, queries.ranges(digital_object), canvases):
        document["structures"] = found
    return _with_context(document)


def _beside(
    digital_object: DigitalObject, canvases: list[Canvas], with_text: set[int], spoken: dict[int, list[Caption]]
) -> dict[int, Beside]:
    """What each canvas has beside its own picture, by its primary key."""
    remarks, points = queries.published_remarks(digital_object), queries.control_points(digital_object)
    layers, identifier = queries.layers([one.pk for one in canvases]), digital_object.identifier
    found = {}
    for canvas in canvases:
        added = []
        if canvas.pk in remarks:
            added.append(annotations.remarks_page(identifier, canvas, remarks[canvas.pk]))
        if canvas.pk in points:
            address = addresses.canvas_url(identifier, canvas.image_identifier)
            added.append({"id": f"{address}/georeference", "type": "AnnotationPage"})
        above = layers.get(canvas.pk, [])
        marks = {
            one.pk: annotations.layer_page(identifier, canvas, one, remarks[one.pk])
            for one in above
            if one.pk in remarks
        }
        found[canvas.pk] = Beside(canvas.pk in with_text, added, above, marks, spoken.get(canvas.pk, []))
    return found


def _canvases(
    digital_object: DigitalObject, canvases: list[Canvas], beside: dict[int, Beside], limits: Limits
) -> list[dict[str, Any]]:
    points, cover = queries.control_points(digital_object), _cover(digital_object, canvases, limits)
    found = []
    for number, canvas in enumerate(canvases, 1):
        document = canvas_document(digital_object, canvas, number, limits, beside[canvas.pk])
        if canvas.pk in points:
            document["navPlace"] = _extent(document, points[canvas.pk])
        if canvas.is_recording and not canvas.width and cover:
            document["accompanyingCanvas"] = stand_in(f"{document['id']}/accompanying", cover)
        found.append(document)
    return found


def _cover(digital_object: DigitalObject, canvases: list[Canvas], limits: Limits) -> dict[str, Any] | None:
    """The picture that stands for the object, shown while its sound plays; None where there is none."""
    poster = next((one for one in canvases if one.pk == digital_object.poster_id and one.is_picture), None)
    return small(poster, digital_object.audience, PLACEHOLDER, limits) if poster else None


def _extent(canvas: dict[str, Any], points: list[ControlPoint]) -> dict[str, Any]:
    """Where on the ground the map of a canvas lies: the box around its control points (navPlace extension)."""
    west, east = min(one.longitude for one in points), max(one.longitude for one in points)
    south, north = min(one.latitude for one in points), max(one.latitude for one in points)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "id": f"{canvas['id']}/place",
        "type": "Feature",
        "properties": {"label": canvas["label"]},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return {"id": f"{canvas['id']}/places", "type": "FeatureCollection", "features": [feature]}


def _pictures(digital_object: DigitalObject, canvases: list[Canvas], limits: Limits) -> dict[str, Any]:
    """What stands for the object, and where a viewer begins."""
    by_pk = {canvas.pk: canvas for canvas in canvases}
    found: dict[str, Any] = {}
    poster = by_pk.get(digital_object.poster_id or 0)
    audience = digital_object.audience
    pictured = [canvas for canvas in (poster, *canvases) if canvas and canvas.is_picture]
    if pictured and (pictures := thumbnails(pictured[0], audience, limits)):
        found["thumbnail"] = pictures
    if poster and poster.is_picture and (body := small(poster, audience, PLACEHOLDER, limits)):
        address = addresses.canvas_url(digital_object.identifier, poster.image_identifier)
        found["placeholderCanvas"] = stand_in(f"{address}/placeholder", body)
    if start := by_pk.get(digital_object.start_id or 0):
        address = addresses.canvas_url(digital_object.identifier, start.image_identifier)
        found["start"] = _start(address, digital_object.start_second if start.duration else None)
    return found


def _start(canvas: str, second: float | None) -> dict[str, Any]:
    """Where a viewer begins: a canvas, or a moment of it (section 3.3.2, `start`)."""
    if second is None:
        return {"id": canvas, "type": "Canvas"}
    selector = {"type": "PointSelector", "t": second}
    return {"id": f"{canvas}/start", "type": "SpecificResource", "source": canvas, "selector": selector}


def _with_context(document: dict[str, Any]) -> dict[str, Any]:
    is_placed = any("navPlace" in part for part in (document, *document["items"]))
    has_places = any(annotations.has_place(part) for part in document["items"])
    extensions = [NAV_PLACE_CONTEXT] * is_placed + [annotations.GEOJSON_CONTEXT] * has_places
    return {**document, "@context": [*extensions, CONTEXT] if extensions else CONTEXT}


def without_blanks(value: Any) -> Any:
    """iiif-prezi3 gives URLs as objects of their own and some fields as None; JSON wants neither."""
    if isinstance(value, dict):
        return {key: without_blanks(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_blanks(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def _descriptive(digital_object: DigitalObject, canvases: list[Canvas], description: Description) -> dict[str, Any]:
    pairs = [{"label": _map(pair.label), "value": _stated(_map(pair.value))} for pair in description.metadata]
    pairs.append({"label": in_both(gettext_noop("Identifier")), "value": {"none": [digital_object.identifier]}})
    count = sum(not one.is_missing for one in canvases)
    pairs.append({"label": in_both(gettext_noop("Scans")), "value": {"none": [str(count)]}})
    found: dict[str, Any] = {"metadata": pairs, "provider": [provider()]}
    if summary := texts(digital_object.summary_vi, digital_object.summary_en):
        found["summary"] = _stated(summary)
    if statement := texts(digital_object.attribution_vi, digital_object.attribution_en):
        found["requiredStatement"] = {"label": in_both(gettext_noop("Attribution")), "value": _stated(statement)}
    if digital_object.rights:
        found["rights"] = digital_object.rights
    if description.latitude is not None and description.longitude is not None:
        found["navPlace"] = _nav_place(digital_object, description)
    return found


def _nav_place(digital_object: DigitalObject, description: Description) -> dict[str, Any]:
    """Where on the map the object belongs (navPlace extension): WGS 84, longitude first."""
    address = addresses.manifest_url(digital_object.identifier)
    feature = {
        "id": f"{address}/place",
        "type": "Feature",
        "properties": {"label": _map(description.name) or texts(digital_object.label_vi, digital_object.label_en)},
        "geometry": {"type": "Point", "coordinates": [description.longitude, description.latitude]},
    }
    return {"id": f"{address}/places", "type": "FeatureCollection", "features": [feature]}


def _technical(digital_object: DigitalObject, has_text: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "behavior": [digital_object.behavior],
        "viewingDirection": digital_object.viewing_direction,
    }
    if has_text:
        found["service"] = services.search_services(digital_object.identifier)
    return found


def _linking(
    digital_object: DigitalObject, description: Description, has_text: bool, canvases: list[Canvas]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if description.homepages:
        found["homepage"] = [
            {**_linked(link, "Text"), **({"language": [link.language]} if link.language else {})}
            for link in description.homepages
        ]
    if description.see_also:
        found["seeAlso"] = [_linked(link, "Dataset") for link in description.see_also]
    renderings = [_linked(link, "Text") for link in description.renderings]
    if has_text:
        text = {"id": addresses.text_url(digital_object.identifier), "type": "Text", "format": "text/plain"}
        renderings.append({**text, "label": in_both(gettext_noop("Plain text"))})
    if digital_object.audience == Audience.FULL:
        renderings += [_model(one, number) for number, one in enumerate(canvases, 1) if one.is_model]
    if digital_object.audience in (Audience.FULL, Audience.REDUCED):
        renderings += _pdfs(digital_object.identifier, sum(one.is_picture for one in canvases))
    return {**found, "rendering": renderings} if renderings else found


def _model(canvas: Canvas, number: int) -> dict[str, Any]:
    """A 3D model to take along, for viewers that draw none."""
    label = texts(canvas.label_vi, canvas.label_en) or {"none": [f"GLB {number}"]}
    return {**model_body(canvas), "label": label}


def _pdfs(identifier: str, count: int) -> list[dict[str, Any]]:
    """The pages as PDF: one file, or several where there are many."""
    size = addresses.PDF_PAGES
    if count <= size:
        found = [(addresses.pdf_path(identifier), "PDF")] if count else []
    else:
        parts = [(first, min(first + size - 1, count)) for first in range(1, count + 1, size)]
        found = [(addresses.pdf_path(identifier, *part), f"PDF {part[0]}–{part[1]}") for part in parts]
    kind = {"type": "Text", "format": "application/pdf"}
    return [{"id": absolute(path), **kind, "label": {"none": [name]}} for path, name in found]


def _linked(link: Link, kind: str) -> dict[str, Any]:
    found = {"id": link.url, "type": kind, "label": _map(link.label), "format": link.format}
    return {**found, "profile": link.profile} if link.profile else found


def provider() -> dict[str, Any]:
    """The archive itself, as the agent that publishes."""
    label = {}
    for language in languages.LANGUAGES:
        with translation.override(language):
            label[language] = [str(settings.WAGTAIL_SITE_NAME)]
    return {
        "id": absolute("/"),
        "type": "Agent",
        "label": label,
        "homepage": [{"id": absolute("/"), "type": "Text", "label": label, "format": "text/html"}],
        "logo": [logo()],
    }


def logo() -> dict[str, Any]:
    """The archive's own picture."""
    address, width, height = LOGO
    return {"id": absolute(static(address)), "type": "Image", "format": "image/png", "width": width, "height": height}


def _stated(value: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same texts, each marked where it is HTML and where it only looks so (section 4.5)."""
    return {language: [html.stated(text) for text in lines] for language, lines in value.items()}


def _map(value: Texts) -> dict[str, list[str]]:
    return {language: [text] for language, text in value.items() if text}
