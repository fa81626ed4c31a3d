"""Importing places from CSV, XLSX, GeoJSON, KML, GPX and OpenStreetMap."""

from heritage.catalog.imports import UnreadableFileError
from heritage.maps.imports.importing import Terms, import_file
from heritage.maps.imports.report import Outcome, PlaceReport
from heritage.maps.imports.rights import Rights, rights_of

__all__ = ["Outcome", "PlaceReport", "Rights", "Terms", "UnreadableFileError", "import_file", "rights_of"]
