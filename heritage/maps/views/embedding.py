"""Maps for other sites: the bare map that every site may frame, the HTML to do it with, and oEmbed 1.0."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.maps import historical, layers, shell
from heritage.maps.models import Itinerary, Mark, ThematicMap
from heritage.maps.trips import plan
from heritage.maps.trips.staff import trip_of
from heritage.maps.views.map import more_of, place_of, start_of
from heritage.maps.views.trip import page_context

WIDTH, HEIGHT = 800, 500


@dataclass(frozen=True)
class Framed:
    """A map that may be framed: its title, the address of its own page and of the bare map, and how it is drawn."""

    title: str
    page: str
    address: str
    draw: Callable[[], SafeString]

    def html(self, width: int = WIDTH, height: int = HEIGHT) -> str:
        """The HTML by which another site shows this map."""
        code = '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>'
        return format_html(code, absolute(self.address), width, height, self.title)


def of_thematic(slug: str) -> Framed:
    one = get_object_or_404(ThematicMap, slug=slug, live=True)
    title, address = languages.in_language(one, "title"), reverse("map_embed", args=[slug])
    return Framed(title, absolute(one.get_absolute_url()), address, lambda: shell.thematic(one))


def of_itinerary(slug: str) -> Framed:
    rows = Itinerary.objects.filter(live=True).prefetch_related("stops__record", "stops__place")
    one = get_object_or_404(rows, slug=slug)
    title, address = languages.in_language(one, "title"), f"{reverse('map_frame')}?{urlencode({'itinerary': slug})}"
    return Framed(title, absolute(one.get_absolute_url()), address, lambda: way_of(one))


def way_of(itinerary: Itinerary) -> SafeString:
    """The map of an itinerary's stops, "" where none has a point that the public may see."""
    drawn: SafeString = page_context(plan(trip_of(itinerary)))["map"]
    return drawn


def of_site(number: str) -> Framed:
    """The map around a record or place, as its mark tells it to the public."""
    mark = Mark.objects.filter(number=number).first()
    if mark is None:
        raise Http404
    name = languages.in_language(mark, "name")
    family = layers.layer_of(mark.symbol).family
    page = absolute(reverse("record" if family == layers.HERITAGE else "place", args=[number]))
    address = f"{reverse('map_frame')}?{urlencode({'site': number})}"
    return Framed(
        name, page, address, lambda: shell.small(mark.latitude, mark.longitude, number, name, mark.accuracy_m)
    )


def of_view(query: Mapping[str, str]) -> Framed:
    """The tourism map as `at`, `layers`, `ranks`, `old` (historical maps), `heat` and `base` of an address show it."""
    start = start_of(query.get("at", ""))
    known: dict[str, Any] = {"layers": layers.BY_SLUG, "ranks": layers.BAND_BY_SLUG}
    chosen = {
        name: [one for one in query.get(name, "")[:400].split(",") if one in names] for name, names in known.items()
    }
    asked = {"at": place_of(start)} if start else {}
    asked |= {name: ",".join(values) for name, values in chosen.items() if values}
    overlays = [one.identifier for one in historical.named(historical.asked(query.get("old", "")))]
    asked |= ({"old": ",".join(overlays)} if overlays else {}) | more_of(query, "heat", "base")
    tail = f"?{urlencode(asked, safe=',')}" if asked else ""
    title = _("Map of heritage and tourist places")
    page, address = absolute(f"{reverse('map')}{tail}"), f"{reverse('map_frame')}{tail}"
    shown = view_of(title, start, **chosen, overlays=overlays)
    return Framed(title, page, address, lambda: shell.thematic(shown, has_density="heat" in asked))


def view_of(
    title: str,
    start: tuple[float, float, int] | None,
    layers: list[str],
    ranks: list[str] | None = None,
    overlays: list[str] | None = None,
) -> ThematicMap:
    """A view of the tourism map as a thematic map that is kept nowhere."""
    latitude, longitude, zoom = start or (None, None, 6)
    return ThematicMap(
        title_vi=title, title_en=title, layers=layers, ranks=ranks or [], overlays=overlays or [],
        latitude=latitude, longitude=longitude, zoom=zoom,
    )  # fmt: skip


def asked_by(query: Mapping[str, str]) -> Framed:
    if number := query.get("site", "")[:40]:
        return of_site(number)
    if slug := query.get("itinerary", "")[:80]:
        return of_itinerary(slug)
    return of_view(query)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The bare thematic map; every site may frame it."""
    return _bare(request, of_thematic(slug))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def frame(request: HttpRequest) -> HttpResponse:
    """The bare map of a site (`site=number`), an itinerary (`itinerary=slug`) or a view of the tourism map."""
    return _bare(request, asked_by(request.GET))


def _bare(request: HttpRequest, one: Framed) -> HttpResponse:
    return render(request, "maps/embed.html", {"title": one.title, "address": one.page, "map": one.draw()})


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The HTML that puts a map on another site, ready to be copied, with the map as it will look."""
    one = asked_by(request.GET)
    return render(request, "maps/embed_code.html", {"framed": one, "map": one.draw(), "html": one.html()})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: `url` of a map, itinerary, record or place of this site; `format`, `maxwidth`, `maxheight`."""
    wanted = request.GET.get("format", "json")
    if wanted not in ("json", "xml"):
        return HttpResponse(status=501)
    address = urlsplit(request.GET.get("url", "")[:500])
    if f"{address.scheme}://{address.netloc}" != settings.BASE_URL:
        raise Http404
    with translation.override("en" if address.path.startswith("/en/") else "vi"):
        one = _at(address.path, QueryDict(address.query))
        width, height = _bounded(request, "maxwidth", WIDTH), _bounded(request, "maxheight", HEIGHT)
        values = {
            "type": "rich",
            "version": "1.0",
            "title": one.title,
            "provider_name": str(settings.WAGTAIL_SITE_NAME),
            "provider_url": settings.BASE_URL,
            "html": one.html(width, height),
            "width": width,
            "height": height,
        }
    if wanted == "json":
        return JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items())
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{body}</oembed>'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def _at(path: str, query: Mapping[str, str]) -> Framed:
    """The map that stands at an address of this site."""
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    roads: dict[str | None, Callable[[], Framed]] = {
        "map": lambda: of_view(query),
        "map_frame": lambda: asked_by(query),
        "thematic_map": lambda: of_thematic(match.kwargs["slug"]),
        "map_embed": lambda: of_thematic(match.kwargs["slug"]),
        "itinerary": lambda: of_itinerary(match.kwargs["slug"]),
        "record": lambda: of_site(match.kwargs["number"]),
        "place": lambda: of_site(match.kwargs["number"]),
    }
    if match.url_name not in roads:
        raise Http404
    return roads[match.url_name]()


def _bounded(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    return min(max(int(text), 200), usual) if text.isascii() and text.isdigit() and len(text) < 6 else usual
