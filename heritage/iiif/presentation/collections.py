"""Collections (Presentation API 3.0, section 5.1): `top` holds shelves and families of them, a shelf its objects."""

from collections.abc import Sequence
from typing import Any

import iiif_prezi3
from django.utils.translation import gettext_noop

from heritage.iiif import addresses, queries, shelves
from heritage.iiif.descriptions import Texts
from heritage.iiif.image_api import limits as image_limits
from heritage.iiif.models import Canvas, DigitalObject
from heritage.iiif.presentation.authorization import in_both
from heritage.iiif.presentation.canvases import texts, thumbnails
from heritage.iiif.presentation.manifests import provider, without_blanks
from heritage.iiif.shelves import Family, Shelf

PAGE = 100
MAX_PAGES = 10_000


def named(name: str, page: int | None) -> dict[str, Any] | None:
    """The collection of that name, None where there is none or no such page of it."""
    if name == "top":
        return top()
    if family := shelves.family(name):
        return of_family(family)
    shelf = shelves.named(name)
    return of_shelf(shelf, page) if shelf else None


def top() -> dict[str, Any]:
    """The root: every shelf on which something stands, and every family that has such a shelf."""
    items = [_named(shelf) for shelf in shelves.all_shelves() if shelves.shown(shelf).exists()]
    items += [_named(family) for family in shelves.all_families() if family.filled()]
    label = in_both(gettext_noop("Digital objects of the heritage archive"))
    return _built(addresses.collection_url("top"), label, items)


def of_family(family: Family) -> dict[str, Any]:
    """The shelves of a family on which something stands."""
    items = [_named(shelf) for shelf in family.filled()]
    return _built(addresses.collection_url(family.name), _map(family.label), items, parent="top")


def of_shelf(shelf: Shelf, page: int | None) -> dict[str, Any] | None:
    """A shelf: those inside it, then its objects.

    One with more than PAGE objects holds collections of PAGE each, `?page=1` and on; None past its end.
    """
    shown = shelves.shown(shelf)
    count = shown.count()
    pages = max(1, -(-count // PAGE))
    parts = [_named(part) for part in shelf.parts()] if page is None else []
    if page is None and pages > 1:
        return _of_shelf(shelf, addresses.collection_url(shelf.name), parts + _pages(shelf, count, pages))
    number = page or 1
    if number > pages:
        return None
    start = (number - 1) * PAGE
    objects = queries.with_first_canvas(shown[start : start + PAGE])
    address = addresses.collection_url(shelf.name) + (f"?page={page}" if page else "")
    return _of_shelf(shelf, address, parts + [_reference(one) for one in objects], is_page=page is not None)


def _of_shelf(shelf: Shelf, address: str, items: Sequence[dict[str, Any]], is_page: bool = False) -> dict[str, Any]:
    parent = shelf.name if is_page else shelf.parent
    return _built(address, _map(shelf.label), items, parent, _map(shelf.summary or {}))


def _pages(shelf: Shelf, count: int, pages: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{addresses.collection_url(shelf.name)}?page={number}",
            "type": "Collection",
            "label": {"none": [f"{(number - 1) * PAGE + 1}–{min(number * PAGE, count)}"]},
        }
        for number in range(1, min(pages, MAX_PAGES) + 1)
    ]


def _named(one: Shelf | Family) -> dict[str, Any]:
    return {"id": addresses.collection_url(one.name), "type": "Collection", "label": _map(one.label)}


def _reference(digital_object: DigitalObject) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": addresses.manifest_url(digital_object.identifier),
        "type": "Manifest",
        "label": texts(digital_object.label_vi, digital_object.label_en),
    }
    canvases: list[Canvas] = digital_object.first_canvases  # type: ignore[attr-defined]
    if canvases and (pictures := thumbnails(canvases[0], digital_object.audience, image_limits.current())):
        found["thumbnail"] = pictures
    if digital_object.shown_date:
        found["navDate"] = f"{digital_object.shown_date:%Y-%m-%d}T00:00:00+00:00"
    return found


def _built(
    address: str,
    label: dict[str, list[str]],
    items: Sequence[dict[str, Any]],
    parent: str = "",
    summary: dict[str, list[str]] | None = None,
) -> dict[str, Any]:
    """iiif-prezi3 checks what is said of the collection; the items are all of one shape and added as they are."""
    parts: dict[str, Any] = {"id": address, "label": label, "provider": [provider()], "items": []}
    if parent:
        parts["partOf"] = [{"id": addresses.collection_url(parent), "type": "Collection"}]
    if summary:
        parts["summary"] = summary
    document = without_blanks(iiif_prezi3.Collection(**parts).jsonld_dict())
    return {**document, "items": list(items)}


def _map(value: Texts) -> dict[str, list[str]]:
    return {language: [text] for language, text in value.items() if text}
