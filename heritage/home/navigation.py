"""The main navigation and the standing pages: what they show, in which order, and where the visitor is.

Neither asks the database: every page of the archive shows them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.core import languages

ENTRIES: list[tuple[str, Promise]] = [
    ("records", _("Heritage")),
    ("map", _("Map")),
    ("festivals", _("Festivals")),
    ("library", _("Library")),
    ("search", _("Search")),
    ("news", _("News")),
]
"""Name of the address or page, label."""

STANDING: list[tuple[str, Promise]] = [
    ("about", _("About")),
    ("help", _("Help")),
    ("licence", _("Licence and sources")),
    ("accessibility", _("Accessibility")),
]

SLUGS: dict[str, dict[str, str]] = {
    "news": {"vi": "tin-tuc", "en": "news"},
    "about": {"vi": "gioi-thieu", "en": "about"},
    "help": {"vi": "tro-giup", "en": "help"},
    "licence": {"vi": "giay-phep", "en": "licence"},
    "accessibility": {"vi": "tro-nang", "en": "accessibility"},
}
"""Pages that the site's set-up makes (`services.set_up`); they stand right below the home page of each language."""


@dataclass(frozen=True)
class Entry:
    name: str
    label: Promise
    url: str
    current: str
    """The value of `aria-current`: `page` on the page itself, `true` below it, else empty."""


def entries(path: str, names: list[tuple[str, Promise]] = ENTRIES) -> Iterator[Entry]:
    """The entries whose address exists, as seen by a visitor of `path`."""
    for name, label in names:
        url = address(name)
        if url:
            yield Entry(name, label, url, "page" if path == url else "true" if path.startswith(url) else "")


def address(name: str) -> str:
    """The address called `name` in the language of the request, empty where no app provides it."""
    language = languages.current()
    if name in SLUGS:
        return f"/{language}/{SLUGS[name][language]}/"
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
