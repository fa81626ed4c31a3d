"""Thematic maps: list, page, the bare map for other sites' frames, oEmbed, and print."""

from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from heritage.core import languages, limits
from heritage.core.addresses import absolute
from heritage.maps import layers, shell
from heritage.maps.models import ThematicMap
from heritage.maps.printing.sheet import SHEETS

WIDTH, HEIGHT = 800, 500


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = ThematicMap.objects.filter(live=True).order_by("title_vi", "pk")
    return render(request, "maps/thematic_list.html", {"page": limits.page_of(rows, request.GET)})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A published thematic map with its story, legend and list."""
    thematic = get_object_or_404(ThematicMap, slug=slug, live=True)
    return render(request, "maps/thematic.html", context_of(thematic))


def context_of(thematic: ThematicMap) -> dict[str, Any]:
    chosen = [layer for layer in layers.LAYERS if not thematic.layers or layer.slug in thematic.layers]
    return {
        "thematic": thematic,
        "map": shell.thematic(thematic),
        "legend": chosen,
        "drawn": [shape for shape in shell.drawn_shapes(thematic) if shape["properties"]["name"]],
        "address": absolute(thematic.get_absolute_url()),
        "sizes": list(SHEETS),
        "embed_code": frame(thematic, WIDTH, HEIGHT),
    }


def frame(thematic: ThematicMap, width: int, height: int) -> str:
    """The HTML by which another site shows this map."""
    address = absolute(reverse("map_embed", args=[thematic.slug]))
    title = languages.in_language(thematic, "title")
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>', address, width, height, title
    )


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The bare map; every site may frame it."""
    thematic = get_object_or_404(ThematicMap, slug=slug, live=True)
    return render(request, "maps/embed.html", context_of(thematic))


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: `url` of a thematic map of this site; `format` json or xml; `maxwidth`, `maxheight`."""
    wanted = request.GET.get("format", "json")
    if wanted not in ("json", "xml"):
        return HttpResponse(status=501)
    address = urlsplit(request.GET.get("url", "")[:500])
    if f"{address.scheme}://{address.netloc}" != settings.BASE_URL:
        raise Http404
    language = "en" if address.path.startswith("/en/") else "vi"
    with translation.override(language):
        try:
            match = resolve(address.path)
        except Resolver404:
            raise Http404 from None
        if match.url_name not in ("thematic_map", "map_embed"):
            raise Http404
        thematic = get_object_or_404(ThematicMap, slug=match.kwargs["slug"], live=True)
        width, height = _bounded(request, "maxwidth", WIDTH), _bounded(request, "maxheight", HEIGHT)
        values = {
            "type": "rich",
            "version": "1.0",
            "title": languages.in_language(thematic, "title"),
            "provider_name": str(settings.WAGTAIL_SITE_NAME),
            "provider_url": settings.BASE_URL,
            "html": frame(thematic, width, height),
            "width": width,
            "height": height,
        }
    if wanted == "json":
        return JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items())
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{body}</oembed>'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def _bounded(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    return min(max(int(text), 200), usual) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def preview(request: HttpRequest, thematic: ThematicMap, language: str) -> Any:
    """The page as a draft would look; staff see it in the editor."""
    with translation.override(language):
        return render(request, "maps/thematic.html", {**context_of(thematic), "is_preview": True})
