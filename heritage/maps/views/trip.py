"""A visitor's own trip: the whole of it stands in the address, so that it can be kept, shared and gone back to."""

import io
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.core.addresses import absolute
from heritage.maps import shell
from heritage.maps.models import Way
from heritage.maps.trips import BadTrip, Plan, PlannedDay, Stop, Trip, files, ordering, parse, plan

FORMATS = {
    "gpx": ("application/gpx+xml", files.gpx),
    "kml": ("application/vnd.google-earth.kml+xml", files.kml),
    "ics": ("text/calendar; charset=utf-8", files.icalendar),
}


@require_safe
def trip_page(request: HttpRequest) -> HttpResponse:
    """The trip of the query; `order=2` answers with the address of the same trip, its second day put in best order."""
    try:
        trip = parse(request.GET)
    except BadTrip as error:
        context = {"error": str(error), "field": error.field, "ways": Way.choices}
        return render(request, "maps/trip.html", context, status=400)
    whole = plan(trip)
    if "order" in request.GET:
        return _in_best_order(request, whole)
    return render(request, "maps/trip.html", {**page_context(whole), "is_own": True})


def page_context(whole: Plan) -> dict[str, Any]:
    """What the pages of a visitor's trip and of an itinerary show alike."""
    query = whole.trip.query()
    return {
        "plan": whole,
        "trip": whole.trip,
        "rows": [(day, _steps(whole.trip, day)) for day in whole.days],
        "query": query,
        "share_url": absolute(f"{reverse('trip')}?{query}"),
        "map": shell.route(_("Map of the trip"), _drawn(whole)) if whole.stops else "",
        "ways": Way.choices,
        "way": Way(whole.trip.by).label,
        "most_in_order": ordering.MOST,
    }


def _drawn(whole: Plan) -> list[list[dict[str, Any]]]:
    """The stops of each day as the map draws them; of several days each is numbered with its own: 2.1."""
    has_days = sum(bool(day.stops) for day in whole.days) > 1
    return [
        [
            {
                "at": list(stop.point),
                "name": stop.name,
                "url": stop.url,
                "order": f"{day.number}.{stop.order}" if has_days else stop.order,
            }
            for stop in day.stops
        ]
        for day in whole.days
    ]


def _steps(trip: Trip, day: PlannedDay) -> list[tuple[Any, dict[str, str]]]:
    """Each stop of a day with the addresses of the trip after one change to it."""
    rows = []
    for stop in day.stops:
        number = stop.stop.number
        here, days = day.number - 1, [list(stops) for stops in trip.days]
        at = next(i for i, one in enumerate(days[here]) if one.number == number)
        links = {"remove": _changed(trip, here, at, None, 0)}
        if at > 0:
            links["up"] = _changed(trip, here, at, here, at - 1)
        if at < len(days[here]) - 1:
            links["down"] = _changed(trip, here, at, here, at + 1)
        if here > 0:
            links["earlier"] = _changed(trip, here, at, here - 1, len(days[here - 1]))
        if here < 13:
            links["later"] = _changed(trip, here, at, here + 1, 0)
        rows.append((stop, links))
    return rows


def _changed(trip: Trip, day: int, at: int, to_day: int | None, to: int) -> str:
    """The address of `trip` with one stop taken from its place and, unless `to_day` is None, put elsewhere."""
    days: list[list[Stop]] = [list(stops) for stops in trip.days]
    stop = days[day].pop(at)
    if to_day is not None:
        while len(days) <= to_day:
            days.append([])
        days[to_day] = [one for one in days[to_day] if one.number != stop.number]
        days[to_day].insert(to, stop)
    return f"{reverse('trip')}?{trip.with_days(days).query()}"


def _in_best_order(request: HttpRequest, whole: Plan) -> HttpResponse:
    wanted = request.GET["order"]
    day = next((day for day in whole.days if str(day.number) == wanted), None)
    if day is None:
        raise Http404
    if len(day.stops) > ordering.MOST:
        message = _("A day of at most %(most)d stops can be put in the best order; this one has %(count)d.")
        error = message % {"most": ordering.MOST, "count": len(day.stops)}
        context = {**page_context(whole), "is_own": True, "error": error, "field": "stops"}
        return render(request, "maps/trip.html", context, status=400)
    order = ordering.best_order([stop.point for stop in day.stops])
    days = [list(stops) for stops in whole.trip.days]
    days[day.number - 1] = [day.stops[position].stop for position in order]
    return HttpResponseRedirect(f"{reverse('trip')}?{whole.trip.with_days(days).query()}")


@require_safe
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The trip as GPX, KML or iCalendar; 400 with the reason where it cannot be."""
    if file_format not in FORMATS:
        raise Http404
    try:
        trip = parse(request.GET)
        if file_format == "ics" and not trip.start:
            raise BadTrip("start", _("Give the trip a first day: a calendar needs dates."))  # noqa: TRY301
    except BadTrip as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    media_type, write = FORMATS[file_format]
    response = HttpResponse(write(plan(trip), licence_note()), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="hanh-trinh.{file_format}"'
    return response


def licence_note() -> str:
    """Where the points come from, for every file that leaves the site."""
    return "; ".join([_("Source: %s") % absolute("/"), *shell.licensed()])


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The trip's permanent link as a QR code (ISO/IEC 18004), level M, quiet zone four modules."""
    try:
        trip = parse(request.GET)
    except BadTrip as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    out = io.BytesIO()
    address = absolute(f"{reverse('trip')}?{trip.query()}")
    title = _("QR code of this trip")
    made = segno.make_qr(address, error="m" if len(address) < 1000 else "l")
    made.save(out, kind="svg", border=4, dark="#000", light="#fff", title=title, omitsize=True, xmldecl=False)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def copy_address(trip: Trip) -> str:
    """Where an itinerary goes on as the visitor's own trip."""
    return f"{reverse('trip')}?{replace(trip, title=trip.title).query()}&{urlencode({'keep': '1'})}"
