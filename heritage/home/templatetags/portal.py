"""Template tags of the frame around every page and of its drawings."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import ngettext, override

from heritage.catalog.models import Rank
from heritage.core import languages, lunar_words
from heritage.core.addresses import absolute
from heritage.home import drawings, navigation
from heritage.places import naming

register = template.Library()


@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> list[navigation.Entry]:
    """The entries of the main navigation."""
    request = context.get("request")
    return list(navigation.entries(request.path if request else ""))


@register.simple_tag(takes_context=True)
def standing_pages(context: template.Context) -> list[navigation.Entry]:
    """The pages that say what this site is, for the footer."""
    request = context.get("request")
    return list(navigation.entries(request.path if request else "", navigation.STANDING))


@register.simple_tag
def sample_notice() -> bool:
    """Whether every page must say that its content is a sample (`SAMPLE_NOTICE`)."""
    return settings.SAMPLE_NOTICE


@register.filter
def pages_around(paginator: Paginator, number: int) -> list[int | None]:
    """The page numbers a pager shows: first, last, the neighbours; None for a gap."""
    shown = list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
    return [one if isinstance(one, int) else None for one in shown]


@register.simple_tag
def image_texts(image: Any) -> dict[str, str]:
    """`alt` in the page's language and `credit` of an image; empty where nobody wrote one."""
    return {"alt": languages.in_language(image, "alt"), "credit": image.credit}


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> dict[str, Any]:
    """`canonical` and `alternates` (language, absolute address) of this page, without its query."""
    request = context.get("request")
    if request is None:
        return {"canonical": "", "alternates": []}
    own = context.get("language") or languages.current()
    other = context.get("other_language")
    other_url = context.get("other_language_url") or ""
    other_url = other_url() if callable(other_url) else other_url
    addresses = {own: request.path, other: str(other_url).partition("?")[0]}
    known = [(code, absolute(path)) for code, path in sorted(addresses.items(), reverse=True) if path]
    if addresses.get(other) == request.path:  # the page has no twin in the other language
        known = []
    return {"canonical": absolute(request.path), "alternates": known}


@register.simple_tag
def drawing(kind: str = "", name: str = "", chosen: str = "") -> str:
    """The static path of the drawing for a thing of `kind` called `name` (Vietnamese or English)."""
    return drawings.path_for(kind, name, chosen)


@register.simple_tag
def language_name(code: str) -> str:
    """How the language calls itself."""
    return dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES).get(code, code)


@register.simple_tag
def address_in(code: str, name: str, *args: Any) -> str:
    """The address `name` in the language `code`, empty where no app provides it."""
    with override(code):
        return navigation.address(name)


@register.simple_tag
def nav_address(name: str) -> str:
    """The address `name` in the language of the page, empty where no app provides it."""
    return navigation.address(name)


@register.simple_tag
def lunar_day(lunar: Any) -> str:
    """`mồng 6 tháng Giêng` of a `catalog.lunar.LunarDay`."""
    return lunar_words.day_and_month(lunar.day, lunar.month, lunar.leap)


@register.simple_tag
def lunar_span(occasion: Any) -> str:
    """The lunar days of an occasion in words; empty for one that follows the solar calendar."""
    first, last = occasion.lunar_first, occasion.lunar_last
    if first is None:
        return ""
    if occasion.span.whole_month:
        return lunar_words.month(first.month, first.leap)
    return lunar_words.span((first.day, first.month, first.leap), (last.day, last.month, last.leap))


@register.simple_tag
def unit_text(unit: Any) -> str:
    """Commune and province as in running text; empty without a unit."""
    if unit is None:
        return ""
    parts = [unit, unit.province] if unit.province_id and unit.province_id != unit.pk else [unit]
    if languages.current() == "en":
        return ", ".join(part.name_en or naming.in_english(part.name) for part in parts)
    return ", ".join(naming.in_running_text(part.name) for part in parts)


@register.simple_tag
def unit_line(unit: Any) -> str:
    """`unit_text` beginning with a capital letter."""
    text = unit_text(unit)
    return text[:1].upper() + text[1:]


@register.filter
def rank_label(rank: str) -> str:
    """The name of a rank in the page's language, with its first letter as a capital."""
    label = str(dict(Rank.choices).get(rank, rank))
    return label[:1].upper() + label[1:]


@register.simple_tag
def kind_counted(kind: str, count: int) -> str:
    """The noun that follows a number of records of `kind`."""
    nouns = {
        "monument": ngettext("monument or site", "monuments and sites", count),
        "component": ngettext("part of a complex", "parts of complexes", count),
        "ich": ngettext("living tradition", "living traditions", count),
        "object": ngettext("object", "objects", count),
        "treasure": ngettext("national treasure", "national treasures", count),
        "documentary": ngettext("documentary heritage item", "documentary heritage items", count),
        "festival": ngettext("festival", "festivals", count),
        "place_name": ngettext("street or place name", "street and place names", count),
    }
    return nouns.get(kind, kind)
