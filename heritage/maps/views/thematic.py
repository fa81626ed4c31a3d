"""Thematic maps: the list, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from heritage.core import limits
from heritage.core.addresses import absolute
from heritage.maps import layers, shell
from heritage.maps.models import ThematicMap
from heritage.maps.printing.sheet import SHEETS
from heritage.maps.views.embedding import of_thematic
from heritage.maps.views.map import start_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = ThematicMap.objects.filter(live=True).order_by("title_vi", "pk")
    return render(request, "maps/thematic_list.html", {"page": limits.page_of(rows, request.GET)})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A published thematic map with its story, legend and list; `at` looks elsewhere than its start."""
    thematic = get_object_or_404(ThematicMap, slug=slug, live=True)
    return render(request, "maps/thematic.html", context_of(thematic, start_of(request.GET.get("at", ""))))


def context_of(thematic: ThematicMap, start: tuple[float, float, int] | None = None) -> dict[str, Any]:
    chosen = [layer for layer in layers.LAYERS if not thematic.layers or layer.slug in thematic.layers]
    return {
        "thematic": thematic,
        "map": shell.thematic(thematic, start=start),
        "legend": chosen,
        "drawn": [shape for shape in shell.drawn_shapes(thematic) if shape["properties"]["name"]],
        "address": absolute(thematic.get_absolute_url()),
        "sizes": list(SHEETS),
        "embed_code": of_thematic(thematic.slug).html() if thematic.live else "",
    }


def preview(request: HttpRequest, thematic: ThematicMap, language: str) -> Any:
    """The page as a draft would look; staff see it in the editor."""
    with translation.override(language):
        return render(request, "maps/thematic.html", {**context_of(thematic), "is_preview": True})
