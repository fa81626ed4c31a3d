"""Template tags of the register's pages."""

import datetime as dt
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail.rich_text import expand_db_html

from heritage.catalog import wording
from heritage.catalog.festivals import Occasion
from heritage.catalog.lunar import LunarDay
from heritage.catalog.models import Designation, Kind, Rank
from heritage.core import languages
from heritage.iiif.models import Access

register = template.Library()


@register.filter
def citation(act: Designation) -> str:
    return wording.citation(act)


@register.filter
def act_title(act: Designation) -> str:
    return wording.act_title(act)


@register.filter
def day(value: dt.date) -> str:
    return wording.day_text(value)


@register.filter
def lunar(occasion: Occasion) -> str:
    """The lunar days of an occasion as people say them; a whole month by its name."""
    if occasion.lunar_first is None or occasion.lunar_last is None:
        return ""
    if occasion.span.whole_month:
        return wording.lunar_month_text(occasion.lunar_first.month, leap=occasion.lunar_first.leap)
    return wording.lunar_span_text(occasion.lunar_first, occasion.lunar_last)


@register.filter
def kind_label(kind: str) -> str:
    return str(dict(Kind.choices).get(kind, kind))


@register.filter
def rank_label(rank: str) -> str:
    return str(dict(Rank.choices).get(rank, rank))


@register.simple_tag
def text_of(instance: Any, field: str) -> SafeString:
    """A text in the page's language; in the other one, marked as such (`lang`), where it is not translated."""
    language = languages.current()
    own = getattr(instance, f"{field}_{language}", "")
    if own:
        return format_html("{}", own)
    other = "en" if language == "vi" else "vi"
    text = getattr(instance, f"{field}_{other}", "")
    return format_html('<span lang="{}">{}</span>', other, text) if text else SafeString("")


@register.simple_tag
def rich_text_of(instance: Any, field: str) -> SafeString:
    """The same for formatted text."""
    language = languages.current()
    for code in (language, "en" if language == "vi" else "vi"):
        if html := getattr(instance, f"{field}_{code}", ""):
            return format_html('<div lang="{}">{}</div>', code, SafeString(expand_db_html(html)))
    return SafeString("")


@register.filter
def years(row: Any) -> str:
    """The years of a period or a name: `1428-1527`; an open end stays open, years before our era are said so."""
    first, last = row.first_year, row.last_year
    if first is None and last is None:
        return ""
    return f"{_year(first)}–{_year(last)}"


def _year(year: int | None) -> str:
    if year is None:
        return "…"
    return str(year) if year > 0 else gettext("%(year)s BCE") % {"year": 1 - year}


@register.filter
def scan_address(act: Designation) -> str:
    """The viewer of the decision's scan; "" where it is not open to everybody."""
    scan = act.scan
    if scan is None or scan.access != Access.OPEN:
        return ""
    return reverse("digital_object", args=[scan.identifier])


@register.filter
def title_citation(title: Any) -> str:
    """The decision that gave a title, as far as it is known."""
    return wording.decision_line(title)


@register.filter
def standing_label(record: Any) -> str:
    return wording.standing_label(record)


@register.filter
def drawing_kind(kind: str) -> str:
    """The word under which the portal's drawings know this kind of record."""
    return {"ich": "intangible", "object": "treasure"}.get(kind, kind)


@register.filter
def kilometres(metres: int | None) -> str:
    """An accuracy: `300 m`, `1,5 km`."""
    if metres is None:
        return ""
    if metres < 1000:
        return f"{metres} m"
    text = f"{metres / 1000:g}"
    return f"{text if languages.current() == 'en' else text.replace('.', ',')} km"


@register.filter
def coordinate(value: float | None, places: int = 5) -> str:
    """Degrees with a point in either language, as maps and machines take them."""
    return "" if value is None else f"{value:.{places}f}".rstrip("0").rstrip(".")


_RELATIONS = {
    "celebrated_at": gettext_lazy("celebrated at"),
    "celebrated_at_of": gettext_lazy("festival held here"),
    "practised_at": gettext_lazy("practised at"),
    "practised_at_of": gettext_lazy("practised here"),
    "kept_at": gettext_lazy("kept at"),
    "kept_at_of": gettext_lazy("kept here"),
    "moved_to": gettext_lazy("moved to"),
    "moved_to_of": gettext_lazy("moved from"),
    "made_for": gettext_lazy("made for"),
    "made_for_of": gettext_lazy("what was made for it"),
    "described_in": gettext_lazy("described in"),
    "described_in_of": gettext_lazy("describes"),
    "see_also": gettext_lazy("see also"),
    "see_also_of": gettext_lazy("see also"),
}


@register.filter
def relation_label(relation: str) -> str:
    """A relation as a word above the other record, read in its own direction or against it (`..._of`)."""
    return str(_RELATIONS.get(relation, relation))


@register.simple_tag
def lunar_date(value: LunarDay) -> str:
    """A lunar day in words: `mồng 6 tháng Giêng`."""
    return wording.lunar_day_text(value)
