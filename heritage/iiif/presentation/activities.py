"""The change stream as documents: an ordered collection and its pages (Change Discovery API 1.0, section 3)."""

from typing import Any

from heritage.iiif import addresses
from heritage.iiif.models import Activity

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
PAGE = 100


def collection() -> dict[str, Any]:
    """The stream as a whole; two look-ups by the end of the log, whatever its length."""
    last = Activity.objects.order_by("-position").values_list("position", flat=True).first() or 0
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": addresses.activity_url(),
        "type": "OrderedCollection",
        "totalItems": last,
    }
    if last:
        found["first"] = _page(1)
        found["last"] = _page(-(-last // PAGE))
    return found


def page(number: int) -> dict[str, Any] | None:
    """Page `number` from 1, oldest first; None past the end. Positions have no gaps, so it is one range of the key."""
    start = (number - 1) * PAGE
    rows = list(Activity.objects.filter(position__gt=start, position__lte=start + PAGE + 1).order_by("position"))
    if not rows:
        return None
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": addresses.activity_url(number),
        "type": "OrderedCollectionPage",
        "startIndex": start,
        "partOf": {"id": addresses.activity_url(), "type": "OrderedCollection"},
        "orderedItems": [_item(row) for row in rows[:PAGE]],
    }
    if number > 1:
        found["prev"] = _page(number - 1)
    if len(rows) > PAGE:
        found["next"] = _page(number + 1)
    return found


def _page(number: int) -> dict[str, str]:
    return {"id": addresses.activity_url(number), "type": "OrderedCollectionPage"}


def _item(row: Activity) -> dict[str, Any]:
    address = addresses.manifest_url(row.object_identifier)
    return {
        "id": addresses.activity_item_url(row.position),
        "type": row.kind,
        "object": {"id": address, "type": "Manifest"},
        "endTime": row.ended_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
    }
