"""Itineraries that staff publish: the list, and the page of one."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from heritage.core import limits
from heritage.maps.models import Itinerary
from heritage.maps.trips import BadTrip, parse, plan
from heritage.maps.trips.staff import trip_of
from heritage.maps.views.trip import copy_address, page_context


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = (
        Itinerary.objects.filter(live=True)
        .select_related("cover")
        .annotate(stop_count=Count("stops"))
        .order_by("title_vi", "pk")
    )
    return render(request, "maps/itineraries.html", {"page": limits.page_of(rows, request.GET)})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A published itinerary, planned for the day of `start` where one is given."""
    rows = Itinerary.objects.filter(live=True).select_related("cover")
    itinerary = rows.prefetch_related("stops__record", "stops__place").filter(slug=slug).first()
    if itinerary is None:
        raise Http404
    try:
        start = parse({"start": request.GET.get("start", "")}).start
    except BadTrip as error:
        return render(request, "maps/itinerary.html", {**_context(itinerary, None), "error": str(error)}, status=400)
    return render(request, "maps/itinerary.html", _context(itinerary, start))


def _context(itinerary: Itinerary, start: Any) -> dict[str, Any]:
    trip = trip_of(itinerary, start)
    return {**page_context(plan(trip)), "itinerary": itinerary, "copy_url": copy_address(trip)}


def preview(request: HttpRequest, itinerary: Itinerary, language: str) -> Any:
    """The page as a draft would look; staff see it in the editor."""
    with translation.override(language):
        return render(request, "maps/itinerary.html", {**_context(itinerary, None), "is_preview": True})
