"""Template tags of the search page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heritage.core import addresses, languages
from heritage.search import facets, params
from heritage.search.contract import Hit, Query

register = template.Library()

_WAYS = (
    ("records", _("All heritage")),
    ("map", _("The map")),
    ("library", _("The library")),
    ("festivals", _("Festivals")),
)


@register.simple_tag
def hit_kind(hit: Hit) -> str:
    """What the hit is, as precisely as known: monument or site, e-book, lodging."""
    value = next(iter(hit.facets.get("kind", ())), str(hit.kind))
    return facets.label("kind", value)


@register.simple_tag
def hit_rank(hit: Hit) -> dict[str, str] | None:
    value = next(iter(hit.facets.get("rank", ())), "")
    return {"code": value, "label": facets.label("rank", value)} if value else None


@register.simple_tag
def facet_options(options: list[dict[str, Any]]) -> SafeString:
    """The values of a facet as list items. No template: a page has a hundred of them."""
    return mark_safe("".join(map(_option, options)))


def _option(option: dict[str, Any]) -> str:
    current = mark = ""
    if option["selected"]:
        current = ' aria-current="true"'
        icon = render_to_string("components/icon.html", {"name": "x"})
        mark = f'{icon}<span class="visually-hidden">{escape(gettext("Remove:"))} </span>'
    return (
        f'<li class="facet__depth-{option["depth"]}"><a href="{escape(option["url"])}" rel="nofollow"{current}>'
        f'<span class="facet__label">{mark}{escape(option["label"])}</span>'
        f'<span class="facet__count">{escape(option["count"])}</span></a></li>'
    )


@register.simple_tag
def kilometres(metres: float) -> str:
    """`1,2 km` or `850 m`."""
    if metres < 1000:
        return f"{round(metres, -1):.0f} m"
    text = f"{metres / 1000:.1f} km"
    return text.replace(".", ",") if languages.current() == "vi" else text


@register.simple_tag
def kept_fields(query: Query) -> list[tuple[str, str]]:
    """The filters of a query as hidden fields, so that a new search stays within them."""
    fields = params.query_dict(query)
    return [(name, value) for name, values in fields.lists() if name not in ("q", "page") for value in values]


@register.simple_tag
def ways_in() -> list[dict[str, Any]]:
    """Other ways into the archive, of those that this installation has."""
    found = []
    for name, label in _WAYS:
        try:
            found.append({"url": reverse(name), "label": label})
        except NoReverseMatch:
            continue
    return found


@register.simple_tag
def absolute(path: str) -> str:
    return addresses.absolute(path)
