"""Notices and queries in words, in the page's language."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from heritage.core import languages
from heritage.search import facets
from heritage.search.contract import Notice, Query, Result

NOTICES: dict[str, tuple[str, Any]] = {
    "cut": ("warning", gettext_lazy("Your search was very long; only its first part was used.")),
    "quotes": ("info", gettext_lazy("One quotation mark stood alone and was left out.")),
    "years_turned": ("info", gettext_lazy("The two years were put in order.")),
    "operator": (
        "info",
        gettext_lazy("“%(detail)s” was left out: all words are looked for; put a minus before what you do not want."),
    ),
    "field": ("info", gettext_lazy("There is no field “%(detail)s”; it was looked for as a word.")),
    "value": ("info", gettext_lazy("“%(detail)s” is no known value; it was looked for as words.")),
    "wildcard": ("info", gettext_lazy("An asterisk counts only at the end of a word, not in “%(detail)s”.")),
    "prefix": ("info", gettext_lazy("“%(detail)s” is too short or one too many; it was looked for as a whole word.")),
    "no_words": ("info", gettext_lazy("There was no word to look for. Type a name, a place, a number or a year.")),
    "near_unread": (
        "warning",
        gettext_lazy("“%(detail)s” is no point; write latitude, longitude and metres, such as 21.63,105.83,5000."),
    ),
    "box_unread": ("warning", gettext_lazy("“%(detail)s” is no rectangle; write west, south, east, north in degrees.")),
    "years_unread": ("warning", gettext_lazy("“%(detail)s” is no span of years; write it as 1428..1527.")),
    "filters": ("info", gettext_lazy("Nothing matches with these filters. Without them there are results.")),
    "marks": ("info", gettext_lazy("Nothing is written with exactly these marks; results with other marks are shown.")),
    "near": ("info", gettext_lazy("Nothing has these exact words; results with similar words are shown.")),
    "part": ("info", gettext_lazy("Nothing has all of these words; results with some of them are shown.")),
    "corrected": ("info", gettext_lazy("Nothing was found as typed; results for “%(detail)s” are shown.")),
    "like_unknown": ("warning", gettext_lazy("Nothing public has the number “%(detail)s”.")),
    "like": ("info", gettext_lazy("This resembles “%(detail)s”: the same kind, names, places or periods.")),
    "away": (
        "warning",
        gettext_lazy(
            "The search index cannot be reached just now. Only names from the register are searched, without filters; "
            "please try again in a few minutes."
        ),
    ),
}
"""Kind of notice and its words."""
SAID_BACK = frozenset({"lunar_month"})
"""Notices that are part of the query as said back, not a notice of their own."""


def notice(one: Notice) -> dict[str, str]:
    """`kind` and `text` for the notice component."""
    kind, words = NOTICES[one.code]
    return {"kind": kind, "text": str(words) % {"detail": one.detail}}


def notices(found: list[Notice]) -> list[dict[str, str]]:
    return [notice(one) for one in dict.fromkeys(found) if one.code not in SAID_BACK]


def said_back(result: Result) -> str:
    """The query and the number of its results as one sentence's beginning: `12 results for “chùa keo”`."""
    number = counted(result.total)
    text = result.did_you_mean or result.query.text
    if not text:
        return ngettext("%(number)s entry", "%(number)s entries", result.total) % {"number": number}
    words = ngettext("%(number)s result for “%(text)s”", "%(number)s results for “%(text)s”", result.total)
    return words % {"number": number, "text": text}


def counted(number: int) -> str:
    """A whole number as the language groups it: 1.234 or 1,234."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if languages.current() == "vi" else grouped


def bounds(query: Query, result: Result | None = None) -> list[dict[str, str]]:
    """What narrows the search, each in words with the address that lifts it."""
    from heritage.search import params

    found = [
        {
            "label": f"{facets.TITLES[name]}: {facets.label(name, value)}",
            "url": f"?{params.toggled(query, name, value)}",
        }
        for name, values in sorted(query.filters.items())
        for value in values
    ]
    if query.years:
        label = gettext("Years %(first)d to %(last)d") % {"first": query.years[0], "last": query.years[1]}
        found.append({"label": label, "url": f"?{params.write(query, years=None)}"})
    if query.near:
        label = gettext("Within %(distance)s km of a point") % {"distance": f"{query.near.metres / 1000:g}"}
        found.append({"label": label, "url": f"?{params.write(query, near=None)}"})
    if query.box:
        found.append({"label": gettext("Inside a rectangle on the map"), "url": f"?{params.write(query, box=None)}"})
    found.extend(
        {"label": facets.label("lunar_month", one.detail), "url": ""}
        for one in (result.notices if result else ())
        if one.code == "lunar_month"
    )
    return found
