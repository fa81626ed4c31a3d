"""The page of one place, and the list of all."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.maps import around, hours, layers, owners
from heritage.maps.models import Place
from heritage.maps.queries import published

STALE_AFTER = dt.timedelta(days=365)
SPLIT_OFFS = 20


@require_safe
def place_page(request: HttpRequest, number: str) -> HttpResponse:
    """A public place; 410 with the reason where it was withdrawn, else 404."""
    rows = published().select_related("unit__parent", "unit__province", "cover")
    place = rows.prefetch_related("images__image", "ticket_prices", "hours_exceptions").filter(number=number).first()
    if place is None:
        return _absent(request, number)
    return render(request, "maps/place.html", page_context(place))


def page_context(place: Place) -> dict[str, Any]:
    """What the page shows besides the place's own fields."""
    today = timezone.localdate()
    text = place.hours_in_force
    prices = [
        price
        for price in place.ticket_prices.all()
        if (price.valid_from is None or price.valid_from <= today)
        and (price.valid_to is None or price.valid_to >= today)
    ]
    return {
        "place": place,
        "layer": layers.BY_SLUG[place.kind],
        "now": hours.now(text),
        "week": hours.week_in_words(text),
        "hours_vary": hours.varies(text),
        "prices": prices,
        "is_stale": place.verified_on is not None and today - place.verified_on > STALE_AFTER,
        "split_from": published().filter(pk=place.split_from_id).first() if place.split_from_id else None,
        "split_offs": list(published().filter(split_from=place.pk)[:SPLIT_OFFS]) if place.pk else [],
        "owner": owners.of_place(place) if place.pk else None,
        "languages_spoken": [code.strip() for code in place.languages_spoken.split(",") if code.strip()],
    }


@require_safe
def times(request: HttpRequest) -> JsonResponse:
    """Minutes on foot or by car to what the page of `number` shows around it; {} where no routing service tells."""
    told = around.times(request.GET.get("number", "")[:40])
    answer = {number: {"by": way.by, "minutes": max(1, round(way.minutes))} for number, way in told.items()}
    return JsonResponse({"times": answer}, headers={"Cache-Control": "public, max-age=600" if told else "no-cache"})


def _absent(request: HttpRequest, number: str) -> HttpResponse:
    tombstone = (
        Identifier.objects.select_related("successor")
        .filter(number=number, model=Place._meta.label_lower)
        .exclude(state=State.ACTIVE)
        .first()
    )
    if tombstone is None:
        raise Http404
    if tombstone.state == State.MERGED and tombstone.successor:
        successor = published().filter(number=tombstone.successor.number).first()
        if successor is not None:
            return HttpResponsePermanentRedirect(successor.get_absolute_url())
    split_offs = list(published().filter(split_from__number=number)[:SPLIT_OFFS])
    return render(request, "maps/withdrawn.html", {"tombstone": tombstone, "split_offs": split_offs}, status=410)


def preview(request: HttpRequest, place: Place, language: str) -> Any:
    """The page as `place`, a draft, would look; staff see it in the editor."""
    with translation.override(language):
        return render(request, "maps/place.html", {**page_context(place), "is_preview": True})
