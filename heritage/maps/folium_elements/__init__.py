"""The archive's maps as Folium elements: drawn by our own bundle in a strict page, by plain Leaflet in a notebook."""

from heritage.maps.folium_elements.archipelagos import ArchipelagoLabels
from heritage.maps.folium_elements.archive_map import ArchiveMap, StrictFigure
from heritage.maps.folium_elements.areas import AreaFigures
from heritage.maps.folium_elements.basemap import OfflineBasemap
from heritage.maps.folium_elements.basemap_choices import (
    PmtilesBasemap,
    StyleBasemap,
    TileBasemap,
    WmtsBasemap,
)
from heritage.maps.folium_elements.heat import HeatLayer
from heritage.maps.folium_elements.historical import HistoricalMaps
from heritage.maps.folium_elements.marks import ViewportMarks
from heritage.maps.folium_elements.part import Part
from heritage.maps.folium_elements.route import RouteLayer
from heritage.maps.folium_elements.shapes import DrawnShapes

__all__ = [
    "ArchipelagoLabels",
    "ArchiveMap",
    "AreaFigures",
    "DrawnShapes",
    "HeatLayer",
    "HistoricalMaps",
    "OfflineBasemap",
    "Part",
    "PmtilesBasemap",
    "RouteLayer",
    "StrictFigure",
    "StyleBasemap",
    "TileBasemap",
    "ViewportMarks",
    "WmtsBasemap",
]
