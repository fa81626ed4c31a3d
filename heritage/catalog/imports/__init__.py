"""Importing the register from a CSV file: every row becomes a record, or is refused with what would be right."""

from heritage.catalog.imports.importing import import_file
from heritage.catalog.imports.report import Refusal, Report, UnreadableFileError

__all__ = ["Refusal", "Report", "UnreadableFileError", "import_file"]
