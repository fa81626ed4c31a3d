"""Figures by area: the page with map, slider and table, and the answer that its map asks for."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.catalog.models import Kind
from heritage.catalog.units.admin import may_record
from heritage.core.languages import current
from heritage.maps import shell
from heritage.maps.figures import DIVISIONS, MEASURES, Division, Figures, Measure, breaks, figures, measures_for
from heritage.maps.figures.measures import FIRST_YEAR
from heritage.maps.printing.sheet import SHEETS

KEEP_SECONDS = 300


class Asked:
    """What a query asks for, with what stands in for what it does not say; `user` may see the measure."""

    def __init__(self, request: HttpRequest) -> None:
        query, self.user = request.GET, request.user
        wanted = query.get("division", "") or query.get("figures", "")
        self.division: Division = DIVISIONS.get(wanted, DIVISIONS["province"])
        self.measure: Measure = MEASURES.get(query.get("measure", ""), MEASURES["designated"])
        self.kind = query.get("kind", "") if query.get("kind") in Kind.values else ""
        self.last = timezone.localdate().year
        year = query.get("year", "")
        given = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else self.last
        self.year = min(max(given, FIRST_YEAR), self.last)
        if self.measure not in measures_for(self.user):
            raise Http404  # what staff alone may see does not exist for others

    @property
    def is_public(self) -> bool:
        return self.measure.needs is None

    @property
    def query(self) -> dict[str, str]:
        wanted = {"division": self.division.slug, "measure": self.measure.slug, "kind": self.kind}
        return {name: value for name, value in wanted.items() if value}

    @property
    def title(self) -> str:
        """What is counted by what, as a heading."""
        words = {"measure": str(self.measure.label).capitalize(), "division": self.division.label}
        return _("%(measure)s, by %(division)s") % words

    def figures(self) -> Figures:
        """The figures; public ones are kept for five minutes, staff's are counted each time."""
        if not self.is_public:
            return figures(self.measure, self.user, self.division, self.kind)
        key = f"maps.figures.{self.division.slug}.{self.measure.slug}.{self.kind}.{current()}"
        found: Figures | None = cache.get(key)
        if found is None:
            found = figures(self.measure, AnonymousUser(), self.division, self.kind)
            cache.set(key, found, KEEP_SECONDS)
        return found


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Map and table of figures by area; `division`, `measure`, `kind` and `year` choose, nonsense is passed over."""
    asked = Asked(request)
    found = asked.figures()
    counts = found.at(asked.year)
    rows: list[dict[str, Any]] = [
        {"key": key, "name": area.name, "count": counts[key], "address": _records(area.unit, asked)}
        for key, area in found.areas.items()
    ]
    context = {
        "map": shell.figures(asked.title, asked.query, asked.year, "figures-year" if asked.measure.has_years else ""),
        "asked": asked,
        "title": asked.title,
        "rows": sorted(rows, key=lambda row: (-row["count"], row["name"])),
        "total": sum(counts.values()),
        "figures": found,
        "legend": legend(found),
        "first_year": FIRST_YEAR,
        "divisions": DIVISIONS.values(),
        "measures": measures_for(request.user),
        "kinds": Kind.choices,
        "sizes": list(SHEETS),
        "has_circles": any(area.geometry is None for area in found.areas.values()),
        "may_load": may_record(request.user),
        "nowhere": sum(1 for area in found.areas.values() if area.at is None),
    }
    return _kept(render(request, "maps/figures.html", context), asked)


@require_safe
def answer(request: HttpRequest) -> JsonResponse:
    """The same figures for the map, with all years in them."""
    asked = Asked(request)
    found = asked.figures()
    areas = [
        {
            "key": key,
            "name": area.name,
            "at": area.at,
            "changes": found.changes[key],
            **({"outline": area.outline} if area.outline else {"geometry": area.geometry} if area.geometry else {}),
        }
        for key, area in found.areas.items()
    ]
    told = {"breaks": breaks([found.largest]), "largest": found.largest, "areas": areas}
    separators = {"ensure_ascii": False, "separators": (",", ":")}
    return _kept(JsonResponse(told, json_dumps_params=separators), asked)


def legend(found: Figures) -> list[dict[str, Any]]:
    """Each class with its bounds in words and its place, 1 for the lightest."""
    bounds = breaks([found.largest])
    if not bounds:
        return []
    ends = [*(bound - 1 for bound in bounds[1:]), found.largest]
    return [
        {"place": place, "least": least, "most": most}
        for place, (least, most) in enumerate(zip(bounds, ends, strict=True), start=1)
    ]


def _records(code: str, asked: Asked) -> str:
    """The list of the records of a present unit, "" where the public list has no such filter."""
    if not code or not asked.is_public:
        return ""
    kind = f"&kind={asked.kind}" if asked.kind else ""
    return f"{reverse('records')}?unit={code}{kind}"


def _kept(response: Any, asked: Asked) -> Any:
    response["Cache-Control"] = "no-cache" if asked.is_public else "private, no-store"
    return response
