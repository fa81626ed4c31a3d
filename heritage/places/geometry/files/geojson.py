"""GeoJSON (RFC 7946)."""

import json
from typing import Any

from django.utils.translation import gettext as _

from heritage.places.geometry import shapes
from heritage.places.geometry.files.found import MOST_AREAS, Found

NAMES = ("name", "Name", "NAME", "ten", "TEN", "Ten")


def read(data: bytes, most: int = MOST_AREAS) -> list[Found]:
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise shapes.refuse("format", _("This is no JSON: %(reason)s") % {"reason": str(error)[:200]}) from error
    return [found for feature in _features(content, most) if (found := _found(feature))]


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _features(content: Any, most: int) -> list[Any]:
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        _refuse_other_systems(content)
        features = content.get("features")
        if not isinstance(features, list):
            raise shapes.refuse("format", _("The coordinates are not a list."))
        if len(features) > most:
            message = _("The file has %(count)s shapes; the most is %(most)s.")
            raise shapes.refuse("size", message % {"count": len(features), "most": most})
        return features
    return [content]


def _refuse_other_systems(content: dict[str, Any]) -> None:
    """Old GeoJSON names its system; RFC 7946 knows WGS 84 only (section 4)."""
    crs = content.get("crs")
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else ""
    if name and not name.endswith(("CRS84", ":4326")):
        message = _("The file is in “%(system)s”; GeoJSON is in WGS 84 degrees. Export it as EPSG:4326.")
        raise shapes.refuse("system", message % {"system": name[:80]})


def _found(feature: Any) -> Found | None:
    if isinstance(feature, dict) and feature.get("type") == "Feature":
        geometry = feature.get("geometry")
        if isinstance(geometry, dict) and geometry.get("type") not in ("Polygon", "MultiPolygon", "GeometryCollection"):
            return None  # points and lines beside the areas
        given = feature.get("properties")
        properties = (
            {str(k)[:60]: str(v)[:300] for k, v in given.items() if v is not None} if isinstance(given, dict) else {}
        )
        return Found(shapes.read(feature), next((properties[n] for n in NAMES if n in properties), ""), properties)
    return Found(shapes.read(feature))
