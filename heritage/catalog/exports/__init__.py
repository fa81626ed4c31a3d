"""Exports of the register for its staff: the columns of the import, and other forms for other programs."""

from heritage.catalog.exports.formats import FORMATS, Format
from heritage.catalog.exports.rows import FURTHER, rows

__all__ = ["FORMATS", "FURTHER", "Format", "rows"]
