"""Ranges of a manifest (Presentation API 3.0, section 5.4), nested as their depth says."""

from collections.abc import Sequence
from typing import Any

from heritage.iiif import addresses
from heritage.iiif.image_api import limits
from heritage.iiif.models import Canvas, DigitalObject, Range
from heritage.iiif.presentation.canvases import texts, thumbnails


def structures(holder: DigitalObject, ranges: Sequence[Range], canvases: Sequence[Canvas]) -> list[dict[str, Any]]:
    """The `structures` of a manifest with these canvases; entries whose first page is not shown are left out."""
    identifier = holder.identifier
    place = {canvas.pk: at for at, canvas in enumerate(canvases)}
    shown = [one for one in ranges if one.first_id in place]
    found: list[dict[str, Any]] = []
    open_items: list[list[dict[str, Any]]] = [found]
    for at, one in enumerate(shown):
        document = {
            "id": addresses.range_url(identifier, one.order + 1),
            "type": "Range",
            "label": texts(one.label_vi, one.label_en),
            "items": _canvases(identifier, one, _end(shown, at, place, len(canvases)), place, canvases),
            **_navigation(holder, one, place, canvases),
        }
        depth = min(one.depth, len(open_items) - 1)
        del open_items[depth + 1 :]
        open_items[depth].append(document)
        open_items.append(document["items"])  # type: ignore[arg-type]
    return found


def _end(shown: list[Range], at: int, place: dict[int, int], count: int) -> int:
    """The index behind the last canvas of the entry itself: its own last page, or where the next entry begins."""
    one = shown[at]
    first = place[one.first_id]
    following = next((place[other.first_id] for other in shown[at + 1 :] if other.depth <= one.depth), count)
    end = place[one.last_id] + 1 if one.last_id in place else following
    if at + 1 < len(shown) and shown[at + 1].depth > one.depth:  # what lies in its parts is not named twice
        end = min(end, place[shown[at + 1].first_id])
    return max(end, first + 1)  # its first page is always its own: viewers go there when it is chosen


def _canvases(
    identifier: str, one: Range, end: int, place: dict[int, int], canvases: Sequence[Canvas]
) -> list[dict[str, Any]]:
    first = place[one.first_id]
    if one.pieces:
        return [_piece(identifier, canvases[place[pk]], part) for pk, part in one.pieces if pk in place]
    if one.part:
        address = addresses.canvas_url(identifier, canvases[first].image_identifier)
        rest = canvases[first + 1 : place[one.last_id] + 1] if one.last_id in place else []
        return [{"id": f"{address}#{one.part}", "type": "Canvas"}, *(_reference(identifier, c) for c in rest)]
    return [_reference(identifier, canvas) for canvas in canvases[first:end]]


def _navigation(holder: DigitalObject, one: Range, place: dict[int, int], canvases: Sequence[Canvas]) -> dict[str, Any]:
    """What an entry is for, and the picture by which one goes to it."""
    found: dict[str, Any] = {"behavior": [one.behavior]} if one.behavior else {}
    if one.picture_id in place:
        found["thumbnail"] = thumbnails(canvases[place[one.picture_id]], holder.audience, limits.current())
    return found


def _piece(identifier: str, canvas: Canvas, part: str) -> dict[str, Any]:
    """A canvas or a part of it; parts of pictures by a selector, as section 5.3 recommends."""
    reference = _reference(identifier, canvas)
    if part.startswith("xywh="):
        selector = {"type": "FragmentSelector", "value": part}
        name = f"{reference['id']}#{part}"
        return {"id": name, "type": "SpecificResource", "source": reference["id"], "selector": selector}
    return {**reference, "id": f"{reference['id']}#{part}"} if part else reference


def _reference(identifier: str, canvas: Canvas) -> dict[str, Any]:
    return {"id": addresses.canvas_url(identifier, canvas.image_identifier), "type": "Canvas"}
