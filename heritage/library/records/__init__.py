"""Works as catalogue records that travel: MARC 21, MARCXML and CSV both ways, Dublin Core out."""

from heritage.library.records import dublin_core, marc, tables
from heritage.library.records.description import Description, describe
from heritage.library.records.taking import take_records

__all__ = ["Description", "describe", "dublin_core", "marc", "tables", "take_records"]
