"""The register in figures: on the admin's first page in short, and whole, for any day, on a page of its own."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.ui.components import Component

from heritage.accounts.policies import policy_of
from heritage.catalog import shown
from heritage.catalog.models import Record
from heritage.reports import yearly
from heritage.reports.figures import Figures, today

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST_YEAR, FIRST_DAY = 1945, dt.date(1945, 1, 1)


def may_see(user: Any) -> bool:
    return policy_of(Record).user_has_permission(user, "view")


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every table; with `?on=YYYY-MM-DD` those of that day before today's."""
    _check(request)
    figures = Figures(request.user)
    day, wrong = _day(request.GET.get("on", ""))
    context = {
        "figures": figures,
        "summary": summary(figures),
        "tables": figures.tables(),
        "past": figures.on(day) if day else [],
        "then": summary(figures, day) if day else [],
        "shown_day": day,
        "kept_since": _kept_since(day),
        "day": request.GET.get("on", "")[:10],
        "wrong_day": wrong,
        "years": range(today().year, today().year - 5, -1),
    }
    return render(request, "reports/admin/dashboard.html", context)


@require_GET
def yearly_report(request: HttpRequest) -> HttpResponse:
    """The report of `?year=` as a text document (DOCX)."""
    _check(request)
    year = request.GET.get("year", "")
    if not (year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= today().year):
        message = _("Year: give one from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": today().year}
        return HttpResponse(message, status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(yearly.document(request.user, int(year)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="bao-cao-di-san-{year}.docx"'
    return response


def summary(figures: Figures, day: dt.date | None = None) -> list[dict[str, Any]]:
    """The few figures that stand first, today's or those of `day`; `share` is in percent of all records then."""
    found = figures.short(day)
    whole = found[0].number or 1
    return [
        {"label": one.label, "number": one.number, "address": one.address, "share": round(100 * one.number / whole)}
        for one in found
    ]


class RegisterPanel(Component):
    """The summary on the admin's first page."""

    name = "register"
    template_name = "reports/admin/panel.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        figures = Figures(parent_context["request"].user)
        return {"summary": summary(figures), "ranks": figures.by_rank()}


def _check(request: HttpRequest) -> None:
    if not may_see(request.user):
        raise PermissionDenied


def _kept_since(day: dt.date | None) -> dt.date | None:
    """Since when publication and scans are written down, where `day` lies before it and they are inferred."""
    since = shown.kept_since() if day else None
    return since if day and since and day < since else None


def _day(value: str) -> tuple[dt.date | None, str]:
    """The day asked for, and what is wrong with what was typed."""
    if not value:
        return None, ""
    try:
        day = parse_date(value[:10])
    except ValueError:
        day = None
    if day is None or not day >= FIRST_DAY:
        return None, _("Day: give one that exists, from 1945 on, as year-month-day.")
    return day, ""
