"""Works as catalogue records that travel: MARC 21, MARCXML and CSV both ways, Dublin Core out."""

from heritage.library.records import dublin_core, formats, marc, tables
from heritage.library.records.description import Description, describe
from heritage.library.records.errors import RecordsError
from heritage.library.records.opening import open_records, preview
from heritage.library.records.taking import take_each, take_records

__all__ = [
    "Description",
    "RecordsError",
    "describe",
    "dublin_core",
    "formats",
    "marc",
    "open_records",
    "preview",
    "tables",
    "take_each",
    "take_records",
]
