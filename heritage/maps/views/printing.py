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
from heritage.maps import historical, layers, shell
from heritage.maps.figures import breaks
from heritage.maps.models import ThematicMap
from heritage.maps.printing.sheet import SHEETS, Sheet, draw
from heritage.maps.printing.under import ShadedAreas, Under
from heritage.maps.views.figures import Asked
from heritage.maps.views.map import more_of, place_of, start_of

TYPES = {"pdf": "application/pdf", "png": "image/png"}
WHOLE = (15.8, 109.5, 6)
WIDE = (15.9, 110.0, 5)
"""All of Viet Nam on the paper, for figures by area."""


@require_safe
def map_print(request: HttpRequest, file_format: str) -> HttpResponse:
    """The tourism map's view (`at`, `layers`, `ranks`) as a PDF page or a PNG; `size` A4 or A3."""
    latitude, longitude, zoom = start_of(request.GET.get("at", "")) or (WIDE if "figures" in request.GET else WHOLE)
    chosen = _chosen(request)
    under = _under(request)
    told = {"at": f"{latitude:.5f},{longitude:.5f},{zoom}", **chosen, **_told(under)}
    address = absolute(f"{reverse('map')}?{urlencode(told, safe=',:')}")
    sheet = Sheet(
        _("Map of heritage and tourist places"), latitude, longitude, zoom, address,
        slugs=chosen.get("layers", "").split(",") if "layers" in chosen else [],
        ranks=chosen.get("ranks", "").split(",") if "ranks" in chosen else [],
    )  # fmt: skip
    sheet.under = under
    if "figures" in request.GET:
        _figures(request, sheet)
    return _answer(request, sheet, file_format)


def _under(request: HttpRequest) -> Under:
    """What lies under the marks, density and historical maps, as the large map's address says it."""
    wanted = historical.asked(request.GET.get("old", ""))
    sheets = [(one, _share(wanted[one.identifier])) for one in historical.named(wanted)]
    return Under(has_density=request.GET.get("heat") == "1", sheets=sheets)


def _told(under: Under) -> dict[str, str]:
    """What lies under the marks as the large map's address says it, so that the code leads to the same view."""
    told = {"heat": "1"} if under.has_density else {}
    sheets = ",".join(f"{one.identifier}:{opacity * 100:.0f}" for one, opacity in under.sheets)
    return told | ({"old": sheets} if sheets else {})


def _share(percent: str) -> float:
    return min(int(percent), 100) / 100 if percent.isascii() and percent.isdigit() and len(percent) < 4 else 0.7


def _figures(request: HttpRequest, sheet: Sheet) -> None:
    """The page of figures by area on paper: no marks, the shades of one year and their legend."""
    asked = Asked(request)
    found = asked.figures()
    counts = found.at(asked.year)
    counted = [(area, counts[key]) for key, area in found.areas.items()]
    shaded = ShadedAreas(counted, breaks([found.largest]), found.largest, found.credits)
    sheet.under.areas, sheet.has_marks = shaded, False
    sheet.title = f"{asked.title}, {asked.year}" if asked.measure.has_years else asked.title
    query = {**asked.query, "year": str(asked.year)} if asked.measure.has_years else asked.query
    sheet.address = absolute(f"{reverse('map_figures')}?{urlencode(query)}")


@require_safe
def thematic_print(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    thematic = get_object_or_404(ThematicMap, slug=slug, live=True)
    latitude, longitude, zoom = start_of(request.GET.get("at", "")) or thematic.start or WHOLE
    address = _address_of(request, thematic)
    title = languages.in_language(thematic, "title")
    shapes = shell.drawn_shapes(thematic)
    sheet = Sheet(title, latitude, longitude, zoom, address, thematic.layers, thematic.ranks, shapes)
    sheet.under.sheets = [(one, 0.7) for one in historical.named(thematic.overlays)]
    return _answer(request, sheet, file_format)


def _answer(request: HttpRequest, sheet: Sheet, file_format: str) -> HttpResponse:
    if file_format not in TYPES:
        raise Http404
    wanted = request.GET.get("size", "A4")
    sheet.size = wanted if wanted in SHEETS else "A4"
    thanks = [languages.in_language(one, "credit") for one, _opacity in sheet.under.sheets]
    thanks += sheet.under.areas.credits if sheet.under.areas else []
    sheet.sources = " · ".join([_("Natural Earth, public domain"), *shell.licensed(), *filter(None, thanks)])
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


def _address_of(request: HttpRequest, thematic: ThematicMap) -> str:
    """The page of a thematic map, where it looks elsewhere than at its start with that view."""
    start = start_of(request.GET.get("at", ""))
    return absolute(thematic.get_absolute_url()) + (f"?at={place_of(start)}" if start else "")


def _same_view(request: HttpRequest) -> dict[str, str]:
    """All that the large map's address says of a view, as far as it is well formed; what is not there is let go."""
    start = start_of(request.GET.get("at", ""))
    more = more_of(request.GET, "now", "open", "base")
    at = {"at": place_of(start)} if start else {}
    return {**at, **_chosen(request), **more, **_told(_under(request))}


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """A QR code of the same view of the tourism map, or of the thematic map named by `map`."""
    if slug := request.GET.get("map", "")[:80]:
        address = _address_of(request, get_object_or_404(ThematicMap, slug=slug, live=True))
    else:
        address = absolute(f"{reverse('map')}?{urlencode(_same_view(request), safe=',:')}")
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
