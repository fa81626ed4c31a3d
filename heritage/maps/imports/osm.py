"""OpenStreetMap files (`.osm`, `.osm.pbf`) read by osmium, one object at a time, whatever their size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
from django.utils.translation import gettext as _

from heritage.catalog.imports import UnreadableFileError
from heritage.core.folding import nfc
from heritage.maps.imports.reading import Row, Source

LICENCE = "ODbL 1.0"
NAME = "OpenStreetMap"

CATEGORIES = {
    ("tourism", "hotel"): "hotel",
    ("tourism", "guest_house"): "guest_house",
    ("tourism", "hostel"): "guest_house",
    ("tourism", "motel"): "guest_house",
    ("tourism", "apartment"): "homestay",
    ("tourism", "chalet"): "homestay",
    ("tourism", "camp_site"): "campsite",
    ("tourism", "attraction"): "tourist_area",
    ("tourism", "museum"): "museum",
    ("tourism", "gallery"): "museum",
    ("tourism", "viewpoint"): "viewpoint",
    ("tourism", "zoo"): "park",
    ("tourism", "theme_park"): "sport",
    ("tourism", "information"): "information",
    ("amenity", "restaurant"): "restaurant",
    ("amenity", "food_court"): "restaurant",
    ("amenity", "cafe"): "cafe",
    ("amenity", "fast_food"): "street_food",
    ("amenity", "marketplace"): "market",
    ("amenity", "theatre"): "theatre",
    ("amenity", "cinema"): "cinema",
    ("amenity", "bank"): "bank",
    ("amenity", "atm"): "bank",
    ("amenity", "pharmacy"): "pharmacy",
    ("amenity", "hospital"): "hospital",
    ("amenity", "clinic"): "hospital",
    ("amenity", "bus_station"): "station",
    ("railway", "station"): "station",
    ("amenity", "fuel"): "fuel",
    ("amenity", "parking"): "parking",
    ("amenity", "toilets"): "toilets",
    ("shop", "supermarket"): "supermarket",
    ("shop", "mall"): "supermarket",
    ("shop", "craft"): "craft_shop",
    ("shop", "gift"): "craft_shop",
    ("shop", "farm"): "speciality_shop",
    ("shop", "deli"): "speciality_shop",
    ("leisure", "park"): "park",
    ("leisure", "sports_centre"): "sport",
}
"""What a tag makes of a thing; stars are left out, for nobody has verified them."""

TEXTS = {
    "phone": ("phone", "contact:phone", "contact:mobile"),
    "email": ("email", "contact:email"),
    "website": ("website", "contact:website", "url"),
    "opening_hours": ("opening_hours",),
    "rooms": ("rooms",),
}
ANSWERS = {"yes": "yes", "only": "yes", "designated": "yes", "limited": "limited", "no": "no"}
ASKED = {"wheelchair": "wheelchair", "vegetarian": "diet:vegetarian", "halal": "diet:halal"}


def osm_source(path: Path) -> Source:
    """The places of an OpenStreetMap extract; its licence goes with every one of them."""
    try:
        osmium.io.Reader(str(path)).close()
    except (RuntimeError, OSError) as error:
        raise UnreadableFileError(_("The OpenStreetMap file cannot be read: %s.") % error) from error
    return Source(NAME, lambda: _rows(path), licence=LICENCE)


def _rows(path: Path) -> Iterator[Row | None]:
    """A row for each named thing of use to a visitor, None for others that carry tags.

    Raises:
        UnreadableFileError: the file ends too soon or is damaged; what came before has been handed over.
    """
    keys = sorted({key for key, _value in CATEGORIES})
    entities = osmium.osm.NODE | osmium.osm.WAY
    objects = osmium.FileProcessor(str(path), entities).with_locations().with_filter(osmium.filter.KeyFilter(*keys))
    line = 0
    try:
        for thing in objects:
            line += 1
            yield _row(line, thing)
    except (RuntimeError, OSError) as error:
        message = _("The OpenStreetMap file is damaged or cut off after %(count)s objects: %(error)s.")
        raise UnreadableFileError(message % {"count": line, "error": error}) from error


def _row(line: int, thing: Any) -> Row | None:
    tags = {tag.k: tag.v for tag in thing.tags}
    category = next((CATEGORIES[pair] for pair in tags.items() if pair in CATEGORIES), "")
    name = tags.get("name:vi") or tags.get("name", "")
    point = _point(thing)
    if not category or not name or point is None:
        return None
    values = {
        "source_key": f"{'node' if thing.is_node() else 'way'}/{thing.id}",
        "category": category,
        "name_vi": name,
        "name_en": tags.get("name:en", ""),
        "latitude": f"{point[0]:.6f}",
        "longitude": f"{point[1]:.6f}",
        "address": " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street")))),
    }
    values |= {name: next((tags[key] for key in keys if tags.get(key)), "") for name, keys in TEXTS.items()}
    values |= {name: ANSWERS.get(tags.get(key, ""), "") for name, key in ASKED.items()}
    return Row(line, {key: nfc(value).strip() for key, value in values.items()})


def _point(thing: Any) -> tuple[float, float] | None:
    """Of a node its place, of a way the mean of its corners; None where the extract lacks them."""
    if thing.is_node():
        return (thing.lat, thing.lon) if thing.location.valid() else None
    corners = [(node.lat, node.lon) for node in thing.nodes if node.location.valid()]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners = corners[1:]
    if not corners:
        return None
    return sum(c[0] for c in corners) / len(corners), sum(c[1] for c in corners) / len(corners)
