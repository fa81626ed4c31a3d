"""Collections (Presentation API 3.0, section 5.1): `top` holds the shelves, a shelf its objects, page by page."""

from typing import Any

import iiif_prezi3
from django.utils.translation import gettext_noop

from heritage.iiif import addresses, queries, shelves
from heritage.iiif.image_api import limits as image_limits
from heritage.iiif.models import Canvas, DigitalObject
from heritage.iiif.presentation.authorization import in_both
from heritage.iiif.presentation.canvases import texts, thumbnails
from heritage.iiif.presentation.manifests import provider, without_blanks
from heritage.iiif.shelves import Shelf

PAGE = 100
MAX_PAGES = 10_000


def top() -> dict[str, Any]:
    """The root: every shelf on which something stands."""
    items = [
        {"id": addresses.collection_url(shelf.name), "type": "Collection", "label": _map(shelf)}
        for shelf in shelves.all_shelves()
        if shelves.shown(shelf).exists()
    ]
    return _built(
        addresses.collection_url("top"), in_both(gettext_noop("Digital objects of the heritage archive")), items
    )


def of_shelf(shelf: Shelf, page: int | None) -> dict[str, Any] | None:
    """A shelf. One with more than PAGE objects holds collections of PAGE each, `?page=1` and on; None past its end."""
    shown = shelves.shown(shelf)
    count = shown.count()
    pages = max(1, -(-count // PAGE))
    if page is None and pages > 1:
        return _built(addresses.collection_url(shelf.name), _map(shelf), _pages(shelf, count, pages))
    number = page or 1
    if number > pages:
        return None
    start = (number - 1) * PAGE
    objects = queries.with_first_canvas(shown[start : start + PAGE])
    address = addresses.collection_url(shelf.name) + (f"?page={page}" if page else "")
    return _built(address, _map(shelf), [_reference(one) for one in objects])


def _pages(shelf: Shelf, count: int, pages: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{addresses.collection_url(shelf.name)}?page={number}",
            "type": "Collection",
            "label": {"none": [f"{(number - 1) * PAGE + 1}–{min(number * PAGE, count)}"]},
        }
        for number in range(1, min(pages, MAX_PAGES) + 1)
    ]


def _reference(digital_object: DigitalObject) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": addresses.manifest_url(digital_object.identifier),
        "type": "Manifest",
        "label": texts(digital_object.label_vi, digital_object.label_en),
    }
    canvases: list[Canvas] = digital_object.first_canvases  # type: ignore[attr-defined]
    if canvases and (pictures := thumbnails(canvases[0], digital_object.audience, image_limits.current())):
        found["thumbnail"] = pictures
    return found


def _built(address: str, label: dict[str, list[str]], items: list[dict[str, Any]]) -> dict[str, Any]:
    parts: dict[str, Any] = {"id": address, "label": label, "provider": [provider()], "items": items}
    if address != addresses.collection_url("top"):
        parts["partOf"] = [{"id": addresses.collection_url("top"), "type": "Collection"}]
    return without_blanks(iiif_prezi3.Collection(**parts).jsonld_dict())


def _map(shelf: Shelf) -> dict[str, list[str]]:
    return {language: [text] for language, text in shelf.label.items() if text}
