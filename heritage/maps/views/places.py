"""The list of places, with filters whose every choice is a link."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.core import limits
from heritage.core.folding import fold
from heritage.core.languages import current
from heritage.maps import exports, hours, layers
from heritage.maps.models import Category, Place, PlaceKind, PriceBand
from heritage.maps.queries import published
from heritage.maps.views.trip import licence_note
from heritage.places.models import Unit

FILTERS = {"kind": "kind", "category": "category", "price": "price_band", "province": "unit__province__code"}


@require_safe
def places_list(request: HttpRequest) -> HttpResponse:
    """Places by name; `q`, `kind`, `category`, `price`, `province` and `wheelchair` narrow them."""
    text, was_cut = limits.query_text(request.GET)
    chosen = _chosen(request.GET)
    rows = narrowed(text, chosen)
    rows = rows.order_by(f"sort_{current()}", "number")
    page = limits.page_of(
        rows.select_related("unit__province", "cover").prefetch_related("hours_exceptions"), request.GET
    )
    for place in page.object_list:
        place.open_now = hours.now(place.hours_in_force)
        place.layer = layers.BY_SLUG[place.kind]
    context = {
        "page": page,
        "count": page.paginator.count,
        "query": text,
        "was_cut": was_cut,
        "narrowing": request.GET.urlencode(),
        "facets": facets(request.GET, text, chosen),
        "is_narrowed": bool(text or chosen),
    }
    return render(request, "maps/places.html", context)


@require_safe
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The list as it is narrowed, as KML or GPX: those with a position, `exports.MOST` at most, which the file says."""
    writers = {
        "kml": ("application/vnd.google-earth.kml+xml", exports.kml),
        "gpx": ("application/gpx+xml", exports.gpx),
    }
    if file_format not in writers:
        raise Http404
    text, _was_cut = limits.query_text(request.GET)
    rows = narrowed(text, _chosen(request.GET)).filter(latitude__isnull=False).order_by("number")
    media_type, write = writers[file_format]
    note = licence_note()
    if (count := rows.count()) > exports.MOST:
        cut = _("These are the first %(most)s of %(count)s places; narrow the list, or take the whole from open data.")
        note = f"{note}. {cut % {'most': exports.MOST, 'count': count}}"
    response = HttpResponse(write(rows[: exports.MOST], note), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="dia-diem.{file_format}"'
    return response


def _chosen(params: QueryDict) -> dict[str, str]:
    known = {"kind": set(PlaceKind.values), "category": set(Category.values), "price": set(PriceBand.values)}
    chosen = {name: params.get(name, "") for name in known if params.get(name, "") in known[name]}
    province = params.get("province", "")
    if province.isascii() and province.isdigit() and len(province) <= 5:
        chosen["province"] = province
    if params.get("wheelchair") == "yes":
        chosen["wheelchair"] = "yes"
    return chosen


def narrowed(text: str, chosen: dict[str, str], but: str = "") -> QuerySet[Place]:
    """Published places that meet every choice, `but` the one named."""
    rows = published()
    for word in fold(text).split()[:8]:
        rows = rows.filter(folded__contains=word)
    for name, value in chosen.items():
        if name != but:
            rows = rows.filter(**{"wheelchair" if name == "wheelchair" else FILTERS[name]: value})
    return rows


def facets(params: QueryDict, text: str, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Each filter with its choices, their counts and addresses; one query each."""
    provinces = {unit.code: unit.name for unit in Unit.objects.current().filter(level="province")}
    shown: list[tuple[str, str, dict[str, Any]]] = [
        ("kind", _("Kind"), dict(PlaceKind.choices)),
        ("category", _("Category"), dict(Category.choices)),
        ("province", _("Province"), provinces),
        ("price", _("Price band"), dict(PriceBand.choices)),
    ]
    return [
        {
            "title": title,
            "options": _options(params, name, labels, text, chosen),
            "open": name in chosen or name == "kind",
        }
        for name, title, labels in shown
    ]


def _options(
    params: QueryDict, name: str, labels: dict[str, Any], text: str, chosen: dict[str, str]
) -> list[dict[str, Any]]:
    counts = (
        narrowed(text, chosen, but=name).order_by().values_list(FILTERS[name]).annotate(n=Count("pk")).order_by("-n")
    )
    return [
        {
            "label": labels[value],
            "count": count,
            "url": _address(params, name, value),
            "selected": chosen.get(name) == value,
        }
        for value, count in counts
        if value in labels
    ]


def _address(params: QueryDict, name: str, value: str) -> str:
    """This page with a choice made, or taken back where it was made; from its first page."""
    query = params.copy()
    query.pop("page", None)
    if query.get(name) == value:
        query.pop(name)
    else:
        query[name] = value
    return "?" + query.urlencode()
