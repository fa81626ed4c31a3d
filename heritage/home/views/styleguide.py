"""The style guide: every component in both themes and languages, for staff."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from heritage.catalog.models import Rank
from heritage.core import lunar_words
from heritage.home import drawings
from heritage.home.templatetags.portal import rank_label

THEMES = ("light", "dark")


@require_safe
@require_admin_access
def style_guide(request: HttpRequest) -> HttpResponse:
    """`/styleguide/`: the pieces that pages are made of, as templates draw them."""
    shown = []
    for language in ("vi", "en"):
        with override(language):
            html = render_to_string("home/styleguide/pieces.html", _pieces(language), request=request)
            shown += [{"language": language, "theme": theme, "html": html} for theme in THEMES]
    return render(request, "home/styleguide/page.html", {"shown": shown, "drawings": drawings.names()})


def _pieces(language: str) -> dict[str, Any]:
    """Something of each kind to draw; the names are samples."""
    return {
        "language": language,
        "ranks": [(rank.value, rank_label(rank.value)) for rank in Rank],
        "numbered": Paginator(range(240), 10).page(7),
        "lunar": lunar_words.span((6, 1, False), (16, 1, False), language),
        "first_day": dt.date(2026, 2, 22),
        "last_day": dt.date(2026, 3, 4),
        "options": [
            SimpleNamespace(label=gettext("Monuments"), count=48, url="?kind=monument", selected=True),
            SimpleNamespace(label=gettext("Living traditions"), count=28, url="?kind=ich", selected=False),
        ],
        "kinds": ["monument", "component", "ich", "documentary", "treasure", "lodging", "food", "shopping"],
    }
