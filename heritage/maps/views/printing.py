"""Maps on paper, and codes that lead back to the same view."""

import io
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.maps import layers, shell
from heritage.maps.models import ThematicMap
from heritage.maps.printing.sheet import SHEETS, Sheet, draw
from heritage.maps.views.map import start_of

TYPES = {"pdf": "application/pdf", "png": "image/png"}
WHOLE = (15.8, 109.5, 6)


@require_safe
def map_print(request: HttpRequest, file_format: str) -> HttpResponse:
    """The tourism map's view (`at`, `layers`, `ranks`) as a PDF page or a PNG; `size` A4 or A3."""
    latitude, longitude, zoom = start_of(request.GET.get("at", "")) or WHOLE
    chosen = _chosen(request)
    address = absolute(
        f"{reverse('map')}?{urlencode({'at': f'{latitude:.5f},{longitude:.5f},{zoom}', **chosen}, safe=',')}"
    )
    sheet = Sheet(
        _("Map of heritage and tourist places"), latitude, longitude, zoom, address,
        slugs=chosen.get("layers", "").split(",") if "layers" in chosen else [],
        ranks=chosen.get("ranks", "").split(",") if "ranks" in chosen else [],
    )  # fmt: skip
    return _answer(request, sheet, file_format)


@require_safe
def thematic_print(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    thematic = get_object_or_404(ThematicMap, slug=slug, live=True)
    latitude, longitude, zoom = start_of(request.GET.get("at", "")) or thematic.start or WHOLE
    address = absolute(thematic.get_absolute_url())
    title = languages.in_language(thematic, "title")
    shapes = shell.drawn_shapes(thematic)
    sheet = Sheet(title, latitude, longitude, zoom, address, thematic.layers, thematic.ranks, shapes)
    return _answer(request, sheet, file_format)


def _answer(request: HttpRequest, sheet: Sheet, file_format: str) -> HttpResponse:
    if file_format not in TYPES:
        raise Http404
    wanted = request.GET.get("size", "A4")
    sheet.size = wanted if wanted in SHEETS else "A4"
    sheet.sources = " · ".join([_("Natural Earth, public domain"), *shell.licensed()])
    response = HttpResponse(draw(sheet, file_format), content_type=TYPES[file_format])
    response["Content-Disposition"] = f'inline; filename="ban-do.{file_format}"'
    return response


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Layers and ranks of the address that there are."""
    known: dict[str, Any] = {"layers": layers.BY_SLUG, "ranks": layers.BAND_BY_SLUG}
    named = {
        name: ",".join(part for part in request.GET.get(name, "")[:400].split(",") if part in values)
        for name, values in known.items()
    }
    return {name: value for name, value in named.items() if value}


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """A QR code of the same view of the tourism map, or of the thematic map named by `map`."""
    if slug := request.GET.get("map", "")[:80]:
        address = absolute(get_object_or_404(ThematicMap, slug=slug, live=True).get_absolute_url())
    else:
        start = start_of(request.GET.get("at", ""))
        at = {"at": ",".join(f"{value:g}" for value in start)} if start else {}
        address = absolute(f"{reverse('map')}?{urlencode({**at, **_chosen(request)}, safe=',')}")
    out = io.BytesIO()
    made = segno.make_qr(address, error="m")
    made.save(
        out,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        title=_("QR code of this map"),
        omitsize=True,
        xmldecl=False,
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
