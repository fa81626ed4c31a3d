"""The basemaps of this deployment: what `MAP_BASEMAPS` names, checked, and made into parts of a map."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.templatetags.static import static
from django.utils.translation import gettext as _

from heritage.core import languages

if TYPE_CHECKING:  # Folium is loaded by whoever draws a map: a worker or a command would hold 14 MB of it for nothing
    from heritage.maps.folium_elements.basemap_choices import Basemap

KINDS = {"xyz": "TileBasemap", "wmts": "WmtsBasemap", "pmtiles": "PmtilesBasemap", "style": "StyleBasemap"}
"""The part of a map by the kind that the setting names."""
ENGINES = {"pmtiles": "build/maps/engine_pmtiles.js", "style": "build/maps/engine_style.js"}
TEXTS = ("layer", "matrix_set", "style", "format")
ZOOMS = ("min_zoom", "max_zoom")


def problem(one: dict[str, Any]) -> str:
    """What is wrong with an entry of `MAP_BASEMAPS`, naming the field and what would be right; "" for nothing."""
    kind, url = one.get("kind"), one.get("url")
    if kind not in KINDS:
        return f"kind is {kind!r}; it is one of {', '.join(KINDS)}"
    if not isinstance(url, str) or not url.startswith(("https://", "http://", "/")):
        return f"url is {url!r}; it begins with https://, http:// or /"
    if kind == "xyz" and not all(part in url for part in ("{z}", "{x}", "{y}")):
        return "url of an xyz basemap holds {z}, {x} and {y}"
    if kind == "wmts" and "{TileMatrix}" not in url and not one.get("layer"):
        return (
            "a wmts basemap has {TileMatrix}, {TileRow} and {TileCol} in its url, or names a layer of its capabilities"
        )
    wrong = next((name for name in ZOOMS if name in one and one[name] not in range(24)), None)
    return f"{wrong} is a whole number from 0 to 23" if wrong else ""


def parts() -> "list[Basemap]":
    """The basemaps that can be chosen here, in order, in the page's language; entries that are none left out."""
    return [_part(number, one) for number, one in enumerate(settings.MAP_BASEMAPS, 1) if not problem(one)]


def _part(number: int, one: dict[str, Any]) -> "Basemap":
    kind = str(one["kind"])
    options: dict[str, Any] = {name: str(one[name]) for name in TEXTS if one.get(name)}
    options |= {name: one[name] for name in ZOOMS if name in one}
    if kind in ENGINES:
        options["engine"] = static(ENGINES[kind])
    if kind == "style":
        options["worker"] = static("build/maps/engine_style_worker.js")
    name = _name(one) or _("Basemap %(number)s") % {"number": number}
    from heritage.maps.folium_elements import basemap_choices

    made = getattr(basemap_choices, KINDS[kind])
    return made(one["url"], str(one.get("attribution", "")), name, id=f"b{number}", **options)


def _name(one: dict[str, Any]) -> str:
    name = one.get("name", "")
    if isinstance(name, dict):
        name = name.get(languages.current()) or name.get("vi") or next(iter(name.values()), "")
    return str(name)[:60]


def check(**_kwargs: Any) -> list[checks.CheckMessage]:
    """`maps.E001`: an entry of `MAP_BASEMAPS` that no map can show."""
    return [
        checks.Error(f"MAP_BASEMAPS, entry {number}: {wrong}.", hint="See docs/admin/settings.md.", id="maps.E001")
        for number, one in enumerate(settings.MAP_BASEMAPS, 1)
        if (wrong := problem(one))
    ]
