"""The register of places as KML 2.2 and GPX 1.1, with the licences of its sources and both archipelagos' names."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.maps.models import Place
from heritage.maps.trips.files import GPX, KML, archipelago_folder, archipelago_waypoints, clean, placemark

MOST = 5000
"""Places in one file; the open data page has whole collections."""


def kml(places: Iterable[Place], note: str) -> bytes:
    make = ElementMaker(namespace=KML, nsmap={None: KML})
    document = make.Document(make.name(_("Tourist places")), make.description(note))
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            name = languages.in_language(place, "name")
            document.append(placemark(make, name, _described(place), place.latitude, place.longitude))
    document.append(archipelago_folder(make))
    return etree.tostring(make.kml(document), xml_declaration=True, encoding="UTF-8")


def gpx(places: Iterable[Place], note: str) -> bytes:
    make = ElementMaker(namespace=GPX, nsmap={None: GPX})
    root = make.gpx(version="1.1", creator="Heritage archive")
    root.append(make.metadata(make.name(_("Tourist places")), make.desc(note)))
    root.extend(archipelago_waypoints(make))
    for place in places:
        name, link = languages.in_language(place, "name"), make.link(href=_address(place))
        children = [make.name(clean(name)), make.desc(clean(_described(place))), link, make.type(place.kind)]
        root.append(make.wpt(*children, lat=f"{place.latitude:.6f}", lon=f"{place.longitude:.6f}"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _address(place: Place) -> str:
    return absolute(reverse("place", args=[place.number]))


def _described(place: Place) -> str:
    source = f"{place.source} ({place.source_licence})" if place.source_licence else ""
    parts = [place.get_kind_display(), place.address, place.phone, place.opening_hours, _address(place), source]
    return " · ".join(str(part) for part in parts if part)
