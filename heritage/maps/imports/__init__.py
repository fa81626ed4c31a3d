"""Importing places from CSV, GeoJSON and OpenStreetMap."""

from heritage.catalog.imports import UnreadableFileError
from heritage.maps.imports.importing import import_file
from heritage.maps.imports.report import PlaceReport

__all__ = ["PlaceReport", "UnreadableFileError", "import_file"]
