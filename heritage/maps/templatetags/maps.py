"""Template tags of maps."""

from typing import Any
from urllib.parse import quote

from babel.numbers import format_decimal
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from heritage.core import languages
from heritage.maps import shell
from heritage.maps.views import embedding

register = template.Library()


@register.simple_tag
def small_map(instance: Any) -> SafeString | str:
    """A small map around anything with `latitude`, `longitude`, `number` and names; nothing without a point.

    The page loads `build/maps/map.css` and `build/maps/map.js`.
    """
    if instance.latitude is None or instance.longitude is None:
        return ""
    return shell.small(
        instance.latitude,
        instance.longitude,
        instance.number,
        languages.in_language(instance, "name"),
        instance.coord_accuracy_m,
    )


@register.simple_tag
def thematic_map(thematic: Any) -> SafeString:
    """A thematic map small enough to stand in a page, with its shapes and marks."""
    return shell.thematic(thematic, small=True)


@register.simple_tag
def itinerary_map(itinerary: Any) -> SafeString:
    """The stops of an itinerary, joined in their order, small enough to stand in a page."""
    return embedding.way_of(itinerary)


@register.simple_tag
def tourism_map(value: Any) -> SafeString:
    """The tourism map of chosen `layers` with its start `latitude`, `longitude`, `zoom`; all of Viet Nam without."""
    is_whole = value["latitude"] is None or value["longitude"] is None
    start = None if is_whole else (value["latitude"], value["longitude"], value["zoom"])
    title = gettext("Map of heritage and tourist places")
    return shell.thematic(embedding.view_of(title, start, list(value["layers"] or [])), small=True)


@register.filter
def duration(minutes: float) -> str:
    """`785` as "13 h 5 min": what is long is said in hours; any way takes a minute."""
    hours, rest = divmod(max(round(minutes), int(minutes > 0)), 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.simple_tag
def directions(instance: Any) -> list[tuple[str, str]]:
    """Names and addresses of services that lead to a point; plain links, nothing is asked of them before a click."""
    if instance.latitude is None or instance.longitude is None:
        return []
    at = f"{instance.latitude:.6f},{instance.longitude:.6f}"
    return [
        ("Google Maps", f"https://www.google.com/maps/dir/?api=1&destination={quote(at)}"),
        ("Apple Maps", f"https://maps.apple.com/?daddr={quote(at)}"),
        ("OpenStreetMap", f"https://www.openstreetmap.org/directions?to={quote(at)}"),
    ]


@register.filter
def figure(number: int) -> str:
    """A whole number with its thousands set apart as the page's language does: `1.200.000`, `1,200,000`."""
    return format_decimal(number, locale=languages.current())


@register.filter
def telephone(number: str) -> str:
    """A `tel:` address of what was typed as a telephone number; empty where it has no digits."""
    digits = "".join(c for c in number if c.isascii() and (c.isdigit() or c == "+"))
    return f"tel:{digits}" if any(c.isdigit() for c in digits) else ""


@register.filter
def zalo(number: str) -> str:
    """The Zalo address of a telephone number, empty where it has no digits."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    return f"https://zalo.me/{digits}" if digits else ""


@register.filter
def is_web(address: str) -> bool:
    """Whether an address may stand in a link: only http and https."""
    return address.lower().startswith(("http://", "https://"))
