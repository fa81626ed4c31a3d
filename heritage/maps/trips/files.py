"""A trip as GPX 1.1, KML 2.2 and iCalendar (RFC 5545), with both archipelagos' names and its sources' licences."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from heritage.catalog.ical import escaped, folded
from heritage.core.addresses import absolute
from heritage.maps.hours import VIET_NAM
from heritage.maps.trips.plan import Plan, PlannedStop
from heritage.places import archipelagos

GPX = "http://www.topografix.com/GPX/1/1"
KML = "http://www.opengis.net/kml/2.2"


def gpx(plan: Plan, note: str) -> bytes:
    """Each stop a waypoint, each day a route."""
    make = ElementMaker(namespace=GPX, nsmap={None: GPX})
    root = make.gpx(version="1.1", creator="Heritage archive")
    root.append(make.metadata(make.name(_title(plan)), make.desc(note)))
    root.extend(archipelago_waypoints(make))
    for stop in plan.stops:
        root.append(_gpx_point(make.wpt, make, stop))
    for day in plan.days:
        route = make.rte(make.name(_day(day.number, day.date)))
        route.extend(_gpx_point(make.rtept, make, stop) for stop in day.stops)
        root.append(route)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _gpx_point(element: Callable[..., etree._Element], make: ElementMaker, stop: PlannedStop) -> etree._Element:
    link = make.link(make.text(stop.mark.number), href=absolute(stop.url))
    children = [make.name(clean(stop.name)), make.desc(clean(_described(stop))), link, make.type(stop.layer.slug)]
    return element(*children, lat=f"{stop.mark.latitude:.6f}", lon=f"{stop.mark.longitude:.6f}")


def kml(plan: Plan, note: str) -> bytes:
    """A folder for each day with its stops and the line that joins them."""
    make = ElementMaker(namespace=KML, nsmap={None: KML})
    document = make.Document(make.name(_title(plan)), make.description(note))
    for day in plan.days:
        folder = make.Folder(make.name(_day(day.number, day.date)))
        for stop in day.stops:
            folder.append(placemark(make, stop.name, _described(stop), *stop.point))
        if len(day.stops) > 1:
            line = " ".join(f"{stop.mark.longitude:.6f},{stop.mark.latitude:.6f}" for stop in day.stops)
            path = make.LineString(make.tessellate("1"), make.coordinates(line))
            folder.append(make.Placemark(make.name(_("Order of the stops, in straight lines")), path))
        document.append(folder)
    document.append(archipelago_folder(make))
    return etree.tostring(make.kml(document), xml_declaration=True, encoding="UTF-8", pretty_print=True)


def placemark(make: ElementMaker, name: str, description: str, latitude: float, longitude: float) -> etree._Element:
    point = make.Point(make.coordinates(f"{longitude:.6f},{latitude:.6f}"))
    return make.Placemark(make.name(clean(name)), make.description(clean(description)), point)


def archipelago_folder(make: ElementMaker) -> etree._Element:
    folder = make.Folder(make.name("Việt Nam"))
    folder.extend(placemark(make, name, "", *point) for name, *point in archipelagos.points())
    return folder


def archipelago_waypoints(make: ElementMaker) -> list[etree._Element]:
    return [
        make.wpt(make.name(name), make.type(archipelagos.KIND), lat=str(latitude), lon=str(longitude))
        for name, latitude, longitude in archipelagos.points()
    ]


def icalendar(plan: Plan, note: str) -> bytes:
    """An event for each stop; the trip needs a date."""
    stamp = timezone.now().astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Heritage archive//Trips//EN", "CALSCALE:GREGORIAN"]
    for day in plan.days:
        for stop in day.stops:
            lines += _event(stop, stamp, note)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line)).encode()


def _event(stop: PlannedStop, stamp: str, note: str) -> list[str]:
    host = absolute("").partition("//")[2] or "archive"
    described = "\n".join(filter(None, [_described(stop), absolute(stop.url), note])).replace("\r", "")
    return [
        "BEGIN:VEVENT",
        f"UID:{stop.mark.number}-{stop.arrive:%Y%m%dT%H%M}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{_utc(stop.arrive)}",
        f"DTEND:{_utc(stop.depart)}",
        f"SUMMARY:{escaped(stop.name)}",
        f"DESCRIPTION:{escaped(described)}",
        f"GEO:{stop.mark.latitude:.6f};{stop.mark.longitude:.6f}",
        f"URL:{absolute(stop.url)}",
        "END:VEVENT",
    ]


def _utc(moment: dt.datetime, zone: ZoneInfo = VIET_NAM) -> str:
    return moment.replace(tzinfo=zone).astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _title(plan: Plan) -> str:
    return clean(plan.trip.title or _("My trip"))


def _day(number: int, date: dt.date | None) -> str:
    words = _("Day %s") % number
    return f"{words}, {date:%d/%m/%Y}" if date else words


def _described(stop: PlannedStop) -> str:
    parts = [str(stop.layer.label), f"{stop.arrive:%H:%M}–{stop.depart:%H:%M}", stop.stop.note, stop.mark.phone]
    return " · ".join(part for part in [*parts, *stop.warnings, *stop.good_news] if part)


def clean(text: str) -> str:
    """XML 1.0 has no control characters (section 2.2)."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
