"""The shell of a map: Folium draws it, with every part that this site puts on a map, and not one record in it."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from heritage.core import languages
from heritage.maps import basemaps, layers
from heritage.maps.folium_elements import (
    ArchipelagoLabels,
    ArchiveMap,
    AreaFigures,
    DrawnShapes,
    HeatLayer,
    HistoricalMaps,
    OfflineBasemap,
    Part,
    RouteLayer,
    ViewportMarks,
)
from heritage.maps.models import Place, ThematicMap

VIET_NAM = (7.2, 102.0, 23.5, 117.6)
"""South, west, north, east of a first view with the mainland and both archipelagos in it."""


def large(start: tuple[float, float, int] | None = None, chosen: str = "") -> SafeString:
    """The tourism map: `start` is latitude, longitude, zoom (None = all of Viet Nam); `chosen` a number to open."""
    view = ArchiveMap(
        _("Map of heritage and tourist places"),
        VIET_NAM,
        location=start[:2] if start else None,
        zoom_start=start[2] if start else 6,
        texts=_texts(),
    )
    return _drawn(view, _large_options(chosen), *_under())


def _under() -> list[Part]:
    """What a visitor may lay under the marks of the large map."""
    return [HistoricalMaps(reverse("map_historical")), HeatLayer(reverse("map_density"))]


def _large_options(chosen: str) -> dict[str, Any]:
    """Addresses and elements that only the large map works with."""
    return {
        "chosen": chosen,
        "list": "map-list",
        "filters": "map-filters",
        "counts": reverse("map_counts"),
        "search": "map-search",
        "find": reverse("map_find"),
    }


def small(latitude: float, longitude: float, number: str, label: str, accuracy: int | None = None) -> SafeString:
    """A map beside one record or place, which stands out among its neighbours."""
    zoom = 14 if not accuracy or accuracy < 1000 else 11
    view = ArchiveMap(label, VIET_NAM, location=(latitude, longitude), zoom_start=zoom, small=True, texts=_texts())
    return _drawn(view, {"point": [latitude, longitude], "own": number, "accuracy": accuracy})


def route(label: str, days: list[list[dict[str, Any]]]) -> SafeString:
    """The map of a trip: its stops by day (see `RouteLayer`), with all of them in view."""
    points = [stop["at"] for day in days for stop in day]
    view = ArchiveMap(label, _around(points), small=True, texts=_texts())
    return _drawn(view, None, RouteLayer(days))


def figures(title: str, query: dict[str, str], year: int, slider: str) -> SafeString:
    """The map of figures by area; `query` asks for them, `slider` is the id of the input that chooses the year."""
    address = f"{reverse('map_figures_data')}?{urlencode(query)}"
    away = _("The figures could not be loaded. The table beside the map has them.")
    part = AreaFigures(address, static("build/maps/provinces.json"), year, slider, languages.current(), away)
    return _drawn(ArchiveMap(title, VIET_NAM, small=True, texts=_texts()), None, part)


def ground(label: str) -> SafeString:
    """The basemap and the names of the archipelagos alone, for a page that puts marks of its own upon it."""
    return _drawn(ArchiveMap(label, VIET_NAM, small=True, texts=_texts()), None)


def thematic(
    one: ThematicMap,
    small: bool = False,
    start: tuple[float, float, int] | None = None,
    has_density: bool = False,
) -> SafeString:
    """A thematic map: its shapes, and by viewport the marks of its layers and ranks; `start` in place of its own."""
    start = start or one.start
    view = ArchiveMap(
        languages.in_language(one, "title"),
        VIET_NAM,
        location=start[:2] if start else None,
        zoom_start=start[2] if start else 6,
        small=small,
        texts=_texts(),
    )
    options: dict[str, Any] = {"onlyLayers": ",".join(one.layers), "onlyRanks": ",".join(one.ranks)}
    if not small:
        options["list"] = "map-list"
    under: list[Part] = [HistoricalMaps(reverse("map_historical"), ",".join(one.overlays))] if one.overlays else []
    under += [HeatLayer(reverse("map_density"), is_on=True)] if has_density else []
    return _drawn(view, options, *under, DrawnShapes(drawn_shapes(one)))


def drawn_shapes(one: ThematicMap) -> list[dict[str, Any]]:
    """The shapes of a thematic map, each named in the page's language."""
    language, other = languages.current(), "vi"
    return [
        {
            "type": "Feature",
            "geometry": shape["geometry"],
            "properties": {
                "name": shape["properties"].get(f"name_{language}") or shape["properties"].get(f"name_{other}", ""),
                "colour": shape["properties"]["colour"],
            },
        }
        for shape in one.features
    ]


def _around(points: list[list[float]], margin: float = 0.02) -> tuple[float, float, float, float]:
    """South, west, north, east of a view that holds every point; all of Viet Nam without one."""
    if not points:
        return VIET_NAM
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    return min(latitudes) - margin, min(longitudes) - margin, max(latitudes) + margin, max(longitudes) + margin


def _drawn(view: ArchiveMap, options: dict[str, Any] | None, *parts: Part) -> SafeString:
    """`view` with basemap, tiles and archipelagos, then `parts`, then marks by viewport unless `options` is None."""
    OfflineBasemap(
        land=static("build/maps/land.json"),
        provinces=static("build/maps/provinces.json"),
        attribution=" · ".join([_("Natural Earth, public domain"), *licensed()]),
        sea=_("East Sea"),
    ).add_to(view)
    for base in basemaps.parts():
        base.add_to(view)
    ArchipelagoLabels().add_to(view)
    for part in parts:
        part.add_to(view)
    if options is not None:
        everything = {**_vocabulary(languages.current()), **options}
        ViewportMarks(reverse("map_points"), reverse("map_cluster"), everything).add_to(view)
    return mark_safe(view.fragment())  # every text is escaped by the elements


def licensed() -> list[str]:
    """Sources whose licence asks to be named on every map that shows them; looked up once in five minutes."""
    names: list[str] | None = cache.get("maps.licensed")
    if names is None:
        has_osm = Place.objects.filter(source_licence__startswith="ODbL", live=True).exists()
        names = ["© OpenStreetMap contributors (ODbL)"] if has_osm else []
        cache.set("maps.licensed", names, 300)
    return names


@lru_cache
def _vocabulary(language: str) -> dict[str, Any]:
    """Layers, ranks and page addresses in a language; `NUMBER` stands for a thing's own number."""
    return {
        "language": language,
        "layers": {
            layer.slug: {
                "label": str(layer.label),
                "letter": layer.letter,
                "shape": layer.shape,
                "family": layer.family,
            }
            for layer in layers.LAYERS
        },
        "bands": {band.slug: str(band.label) for band in layers.BANDS if band.code},
        "pages": {
            layers.HERITAGE: reverse("record", args=["NUMBER"]),
            layers.TOURISM: reverse("place", args=["NUMBER"]),
        },
    }


def _texts() -> dict[str, str]:
    """The words of the interface, in the page's language."""
    return {
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "close": _("Close"),
        "page": _("Open its page"),
        "directions": _("Directions"),
        "call": _("Call"),
        "save": _("Add to my trip"),
        "saved": _("In my trip"),
        "openUntil": _("Open now, until %s"),
        "openNow": _("Open now"),
        "opensAt": _("Closed now, opens at %s"),
        "closedNow": _("Closed now"),
        "tooMany": _("Too many places in view to look up their hours. Zoom in."),
        "nothingFound": _("Nothing of that name is on the map."),
        "found": _("%s found"),
        "rings": _("Rings: %s around you, in a straight line."),
        "sample": _("sample"),
        "about": _("position approximate, within %s"),
        "away": _("%s away"),
        "cluster": _("%s places"),
        "clusterAt": _("%s places, %s"),
        "inView": _("%s in view"),
        "none": _("Nothing in view. Zoom out or choose more layers."),
        "more": _("and %s more: zoom in to see them"),
        "failed": _("The places could not be loaded. The map goes on; move it to try again."),
        "kept": _("No network: these are the places that this device kept of earlier views."),
        "north": _("N"),
        "loading": _("Loading places"),
        "nearMe": _("Near me"),
        "me": _("You are here. Your position stays on this device."),
        "noPosition": _("This device gave no position."),
        "allOf": _("Show all of Viet Nam"),
        "picture": _("illustration"),
        "under": _("Basemaps and historical maps"),
        "basemap": _("Basemap"),
        "ownBase": _("Outlines of the provinces, without another network"),
        "baseAway": _("The basemap “%s” does not come. The outlines of the provinces are shown; the marks stay."),
        "figures": _("Figures"),
        "heat": _("Density: the darker, the more"),
        "heatAway": _("The density could not be loaded."),
        "oldMaps": _("Historical maps"),
        "oldAway": _("The historical maps could not be loaded."),
        "oldMapAway": _("The historical map “%s” could not be loaded."),
        "oldPage": _("Look at the sheet itself"),
        "noOld": _("No historical map reaches into this view."),
        "opacityOf": _("Opacity of “%s”"),
    }
