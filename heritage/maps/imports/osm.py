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
ENDINGS = (".osm", ".osm.pbf", ".pbf", ".osm.bz2", ".osm.gz")

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
KEYS = sorted({key for key, _value in CATEGORIES})
NODE, WAY = osmium.osm.NODE, osmium.osm.WAY
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

    The file is read three times, so that memory holds the corners of the wanted ways and of no others: which corners
    there are, where they lie, then the things themselves. A file that is cut off fails at the first reading.

    Raises:
        UnreadableFileError: the file ends too soon or is damaged.
    """
    line = 0
    try:
        corners = _corners(path)
        for thing in osmium.FileProcessor(str(path), NODE | WAY).with_filter(osmium.filter.KeyFilter(*KEYS)):
            line += 1
            yield _row(line, thing, corners)
    except (RuntimeError, OSError) as error:
        message = _("The OpenStreetMap file is damaged or cut off after %(count)s objects: %(error)s.")
        raise UnreadableFileError(message % {"count": line, "error": error}) from error


def _corners(path: Path) -> Any:
    """Where the corners of ways that may be places lie, by node."""
    wanted, places = osmium.IdTracker(), osmium.index.create_map("sparse_mem_array")
    for way in osmium.FileProcessor(str(path), WAY).with_filter(osmium.filter.KeyFilter(*KEYS)):
        if _category(way.tags):
            wanted.add_references(way)
    for node in osmium.FileProcessor(str(path), NODE).with_filter(wanted.id_filter()):
        if node.location.valid():
            places.set(node.id, node.location)
    return places


def _category(tags: Any) -> str:
    return next((CATEGORIES[tag.k, tag.v] for tag in tags if (tag.k, tag.v) in CATEGORIES), "")


def _row(line: int, thing: Any, corners: Any) -> Row | None:
    tags = {tag.k: tag.v for tag in thing.tags}
    category = _category(thing.tags)
    name = tags.get("name:vi") or tags.get("name", "")
    point = _point(thing, corners)
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


def _point(thing: Any, corners: Any) -> tuple[float, float] | None:
    """Of a node its place, of a way the mean of its corners; None where the extract lacks them."""
    if thing.is_node():
        return (thing.lat, thing.lon) if thing.location.valid() else None
    refs = [node.ref for node in thing.nodes]
    found = [place for ref in (refs[1:] if thing.is_closed() else refs) if (place := _place(corners, ref))]
    if not found:
        return None
    return sum(place[0] for place in found) / len(found), sum(place[1] for place in found) / len(found)


def _place(corners: Any, ref: int) -> tuple[float, float] | None:
    try:
        location = corners.get(ref)
    except KeyError:
        return None
    return (location.lat, location.lon) if location.valid() else None
